//! Vietnamese text: normal form, comparison key, dates, numbers. Every change is reported.
//!
//! Must not know: cells, files.

mod key;

pub use key::{key, plain_key};

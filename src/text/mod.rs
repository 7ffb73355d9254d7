//! Vietnamese text: normal form, comparison key, dates, numbers, marks. Every change is reported.
//!
//! Must not know: cells, files.

mod dates;
mod key;
mod marks;
mod normal;
mod numbers;
mod pending;

pub use dates::{WrittenDate, date};
pub use key::{key, plain_key};
pub use marks::mark;
pub use normal::{Normal, normal};
pub use numbers::number;
pub use pending::*;

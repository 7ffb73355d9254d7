//! Vietnamese text: normal form, comparison key, dates, numbers, marks. Every change is reported.
//!
//! Must not know: cells, files.

mod dates;
mod detect;
mod kept;
mod key;
mod legacy;
mod letters;
mod marks;
mod normal;
mod numbers;
mod syllable;

pub use dates::{WrittenDate, date, dates, near};
pub use detect::{Evidence, decoded};
pub use key::{key, plain_key};
pub use legacy::{decode, font};
pub use marks::mark;
pub use normal::{Normal, normal};
pub use numbers::number;

#[cfg(test)]
mod legacy_tests;

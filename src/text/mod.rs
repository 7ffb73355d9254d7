//! Vietnamese text: normal form, comparison key, legacy encodings, dates, numbers, ids, marks, and the wording of rows
//! that are no data. Every change is reported.
//!
//! A cell's text goes first to [`decoded`] (in TCVN3 the soft hyphen is a letter), then to [`normal`], then to the reader
//! of its type. What cannot be read with certainty is `None`.
//!
//! Must not know: cells, files.

mod dates;
mod detect;
mod footers;
mod ids;
mod kept;
mod key;
mod legacy;
mod letters;
mod marks;
mod normal;
mod numbers;
mod rows;
mod sections;
mod syllable;
mod wording;

pub use dates::{WrittenDate, date, dates, near};
pub use detect::{Evidence, decoded};
pub use footers::{is_footer, is_nothing_to_report, is_signatory};
pub use ids::{WrittenId, digits};
pub use key::{key, plain_key};
pub use legacy::{decode, font};
pub use marks::mark;
pub use normal::{Normal, normal};
pub use numbers::number;
pub use rows::{is_ditto, is_part_of_total, is_total};
pub use sections::{is_page_number, is_section_numeral, is_section_title};

#[cfg(test)]
mod corpus_tests;
#[cfg(test)]
mod legacy_tests;

//! Opening: a folder in, workbooks and their raw cells out; refusals as data.
//!
//! Must not know: types of fields, checks. Only this room names calamine.

mod biff;
mod cells;
mod compact;
mod compound;
mod delimited;
mod encoding;
mod facts;
mod folder;
mod guard;
mod held;
mod html;
mod kept;
mod literal;
mod open;
mod open_document;
mod refusals;
mod sniff;
mod spreadsheet_ml;
mod worker;
mod xlsb;
mod xlsx;
mod xml;

#[cfg(test)]
mod tests;

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[
    delimited::TEXTS,
    folder::TEXTS,
    html::TEXTS,
    refusals::TEXTS,
    sniff::foreign::TEXTS,
    spreadsheet_ml::TEXTS,
    worker::TEXTS,
    xlsb::TEXTS,
    xlsx::TEXTS,
];

pub use folder::{FileFound, Listing, list};
pub use kept::kept;
pub use open::{format_of, open, open_bytes, open_own, outline};
pub use worker::{READER, read_apart, serve};

/// The name of a file without folders and ending.
fn stem(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or(file);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

//! Opening: a folder in, workbooks and their raw cells out; refusals as data.
//!
//! Must not know: types of fields, checks. Only this room names calamine.

mod cells;
mod folder;
mod open;
mod sniff;

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[folder::TEXTS, open::TEXTS, sniff::TEXTS];

pub use folder::{FileFound, Listing, list};
pub use open::open;

//! Writing: consolidated workbook, hand-back, blank template, JSON. Only this room names rust_xlsxwriter.
//!
//! Must not know: how it was judged.

mod consolidated;
mod grid;
mod hand_back;
mod json;
mod lists;
mod names;
mod publish;
mod registers;
mod staging;
mod styles;
mod template;
#[cfg(test)]
mod tests;
mod words;

use crate::model::{Label, Text, Vocabulary};

pub use consolidated::consolidated;
pub use hand_back::{HandBack, Replay, hand_back, reminder};
pub use json::json;
pub use names::{hand_back_name, template_name};
pub use staging::Staging;
pub use template::template;
pub use words::{level as level_word, status as status_word};

/// Wordings of the writers, for the catalogue test.
pub const TEXTS: &[&[(&str, Text)]] = &[hand_back::TEXTS, lists::TEXTS, staging::TEXTS, template::TEXTS, words::TEXTS];

/// What writers need of a form.
#[derive(Clone, Copy, Debug)]
pub struct FormFace<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its edition.
    pub edition: &'a str,
    /// Its title.
    pub title: &'a Label,
    /// Tables, lists, measures.
    pub vocabulary: &'a Vocabulary,
}

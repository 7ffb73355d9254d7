//! Writing: consolidated workbook, hand-back, blank template, JSON. Only this room names rust_xlsxwriter.
//!
//! Must not know: how it was judged.

mod chart;
mod consolidated;
mod grid;
mod hand_back;
mod json;
mod lists;
mod names;
mod paper;
mod publish;
mod register_rows;
mod registers;
mod runs;
mod safe;
#[cfg(test)]
mod soundness_tests;
mod staging;
mod stream;
mod styles;
mod template;
#[cfg(test)]
mod tests;
mod words;

use crate::model::{Label, Text, Vocabulary};

pub use consolidated::consolidated;
pub use grid::MOST_ROWS;
pub use hand_back::{HandBack, Marked, Replay, Shown, added_sheets, hand_back, marks, receipt, reminder};
pub use json::json;
pub use names::{hand_back_name, template_name};
pub use staging::Staging;
pub use template::template;
pub use words::{level as level_word, status as status_word};

/// Wordings of the writers, for the catalogue test.
pub const TEXTS: &[&[(&str, Text)]] = &[
    grid::TEXTS,
    hand_back::below::TEXTS,
    hand_back::countdown::TEXTS,
    hand_back::findings::TEXTS,
    hand_back::groups::TEXTS,
    hand_back::head::TEXTS,
    hand_back::image::TEXTS,
    hand_back::listed::TEXTS,
    hand_back::marks::TEXTS,
    hand_back::receipt::TEXTS,
    hand_back::reminder::TEXTS,
    hand_back::rounds::TEXTS,
    hand_back::status::TEXTS,
    lists::TEXTS,
    staging::TEXTS,
    template::TEXTS,
    words::TEXTS,
];

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

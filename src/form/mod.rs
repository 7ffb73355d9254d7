//! The definition of a form: TOML and code lists in, a sound [`Form`] or every [`Mistake`] out.
//!
//! Must not know: workbooks.

mod csvs;
mod entry;
mod files;
mod lists;
mod resolve;
mod rules;
mod tables;
mod written;

use std::sync::OnceLock;

use chrono::NaiveDate;

use crate::checks;
use crate::model::{Accept, Code, Label, Mistake, Mistakes, Repairs, Titles, Vocabulary};
use crate::summaries::{self, Office};

pub use files::{Files, built_in, built_in_files, read_files};
pub use resolve::resolve;

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[files::TEXTS];

/// A form with no names left to look up; judging and writing by it cannot fail.
#[derive(Debug)]
pub struct Form {
    /// Its id, carried by every blank workbook: `chqs-xa`.
    pub id: String,
    /// Its edition: `2019`.
    pub edition: String,
    /// Its title.
    pub title: Label,
    /// Who issues it.
    pub office: Office,
    /// Tables, lists, measures.
    pub vocabulary: Vocabulary,
    /// The declared checks, in order.
    pub checks: Vec<checks::Declared>,
    /// The declared summaries, in sheet order.
    pub summaries: Vec<summaries::Declared>,
    /// What an error costs, unless the command line says otherwise.
    pub accept: Accept,
    /// How kinds of repair are handled, unless the command line turns all off.
    pub repairs: Repairs,
    /// Above this number of accepted rows summary numbers are written as values.
    pub live_rows: u32,
    /// Printed codes of the districts that must report.
    pub must_report: Vec<String>,
    /// The titles of each table as reading compares them; kept here from file to file.
    pub titles: OnceLock<Vec<Titles>>,
}

impl Form {
    /// The districts that must report, valid on a day, in list order.
    pub fn expected_on(&self, day: NaiveDate) -> Vec<Code> {
        let valid = self.vocabulary.lists[self.vocabulary.districts].valid(day, None);
        valid.filter(|(_, entry)| self.must_report.contains(&entry.code)).map(|(code, _)| code).collect()
    }
}

/// Collects mistakes: those of `form.toml` by byte position, those of other files by line.
#[derive(Debug, Default)]
struct Report {
    here: Mistakes,
    others: Vec<Mistake>,
}

impl Report {
    /// Records a mistake in a file beside the definition.
    fn elsewhere(&mut self, file: &str, line: usize, what: String, hint: Option<String>) {
        self.others.push(mistake(file, line, what, hint));
    }
}

/// A mistake in a file beside the definition.
fn mistake(file: &str, line: usize, what: String, hint: Option<String>) -> Mistake {
    Mistake { file: file.to_owned(), line, column: 1, what, hint }
}

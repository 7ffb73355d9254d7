//! The definition of a form: TOML and code lists in, a sound [`Form`] or every [`Mistake`] out.
//!
//! Must not know: workbooks.

use chrono::NaiveDate;

use crate::checks;
use crate::model::{Accept, Code, Label, Mistake, Vocabulary};
use crate::summaries::{self, Office};

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
    /// Above this number of accepted rows summary numbers are written as values.
    pub live_rows: u32,
    /// Printed codes of the districts that must report.
    pub must_report: Vec<String>,
}

impl Form {
    /// The districts that must report, valid on a day, in list order.
    pub fn expected_on(&self, day: NaiveDate) -> Vec<Code> {
        let valid = self.vocabulary.lists[self.vocabulary.districts].valid(day, None);
        valid.filter(|(_, entry)| self.must_report.contains(&entry.code)).map(|(code, _)| code).collect()
    }
}

/// The files of a definition: path relative to its folder (`form.toml`, `lists/units.csv`) and text.
pub type Files = std::collections::BTreeMap<String, String>;

/// Names of the forms inside the binary; the first is the default.
pub fn built_in() -> Vec<&'static str> {
    Vec::new()
}

/// The files of a form inside the binary.
pub fn built_in_files(_name: &str) -> Option<Files> {
    None
}

/// Reads the files of a definition folder (or of the folder that holds the given `form.toml`).
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_files(_path: &std::path::Path) -> anyhow::Result<Files> {
    anyhow::bail!("not built yet")
}

/// Resolves a definition.
///
/// # Errors
/// Every mistake of every file, in order of file and position.
pub fn resolve(_files: &Files) -> Result<Form, Vec<Mistake>> {
    Err(Vec::new())
}

//! What is wrong or worth knowing in a submission, and what the tool repaired.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CellAt, Code, Label, Sentence, baseline::Baseline};

/// How grave a finding is. Order: the gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Nothing of this file can be used.
    Block,
    /// The row is held back.
    Error,
    /// The row is accepted; the district may explain.
    Warning,
    /// Something worth knowing.
    Note,
}

/// A place in a district's file.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    /// The sheet's name as the district has it.
    pub sheet: String,
    /// The cell; `None` means the sheet as a whole.
    pub cell: Option<CellAt>,
}

impl fmt::Display for Place {
    /// `Học viên!B10`, or the sheet's name alone.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.cell {
            Some(cell) => write!(f, "{}!{cell}", self.sheet),
            None => f.write_str(&self.sheet),
        }
    }
}

/// What a finding is about; decides what an error holds back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// These rows of a table, by positions; an error holds them back.
    Rows {
        /// The table, by position in the vocabulary.
        table: usize,
        /// The rows, by position in the table.
        rows: Vec<u32>,
    },
    /// Every row of a table, because a required column is missing; an error holds them all back.
    WholeTable(usize),
    /// A table or the submission as a whole (a control total, an absent commune); holds no row back.
    Submission,
    /// A district of which nothing came; belongs to no file.
    Absent(Code),
}

/// A fault or remark, as data. Screen, workbook and JSON render the same list.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The id of the check, declared or baseline: `id-shape`.
    pub check: String,
    /// The check's title.
    pub title: Label,
    /// How grave it is.
    pub level: Level,
    /// The submission it belongs to, by position; `None` for the province.
    pub submission: Option<usize>,
    /// What it is about.
    pub scope: Scope,
    /// The cells; the first is the one to look at. Never empty for a file that could be opened, save for
    /// faults of the file as a whole.
    pub places: Vec<Place>,
    /// The row's key, as people say it; empty where no row is meant.
    pub key: String,
    /// What was found there.
    pub found: Sentence,
    /// What was expected.
    pub expected: Sentence,
    /// What to do.
    pub remedy: Sentence,
}

impl Finding {
    /// A baseline finding about a file as a whole: what was found, what was expected, what to do.
    pub fn of_file(baseline: &Baseline, places: Vec<Place>, said: [Sentence; 3]) -> Self {
        let [found, expected, remedy] = said;
        Self {
            check: baseline.id.to_owned(),
            title: Label::from(&baseline.title),
            level: baseline.level,
            submission: None,
            scope: Scope::Submission,
            places,
            key: String::new(),
            found,
            expected,
            remedy,
        }
    }
}

//! What consolidation gives: accepted rows, held-back rows, a line a district, and what is measured on them.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, ChangeCounts, Code, Condition, Finding, Label, Level, Round, Scope, Submission};

/// What an error costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Accept {
    /// Rows with errors are held back, the rest of the submission is accepted.
    #[default]
    Rows,
    /// A submission with any error is held back whole.
    Submissions,
    /// Every row is accepted; errors are listed.
    All,
}

/// What became of a district's report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Đã nhận: nothing to correct.
    Received,
    /// Trả lại: there are faults to correct; what is sound is merged.
    Returned,
    /// Thiếu: no usable file.
    Missing,
    /// Bị thay thế: a newer file of the same district and period counts.
    Superseded,
}

/// A row of a register, by its origin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RegisterRow {
    /// The submission, by position.
    pub submission: u32,
    /// The row of its table, by position.
    pub row: u32,
}

/// The accepted rows of one table of the form, districts in list order, rows in sheet order.
#[derive(Clone, Debug)]
pub struct Register {
    /// The table, by position in the vocabulary.
    pub table: usize,
    /// The rows.
    pub rows: Vec<RegisterRow>,
}

/// A row that was held back.
#[derive(Clone, Debug)]
pub struct HeldRow {
    /// Its table, by position in the vocabulary.
    pub table: usize,
    /// Where it is.
    pub at: RegisterRow,
    /// The findings that hold it back, by position in [`Consolidated::findings`].
    pub reasons: Vec<usize>,
}

/// A warning that its district explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// The warning, by position in [`Consolidated::findings`].
    pub finding: usize,
    /// The district's words.
    pub text: String,
}

/// A line of «Nộp báo cáo»: one file, or an expected district without one.
#[derive(Clone, Debug)]
pub struct DistrictLine {
    /// The district; `None` for a file whose sender is unknown.
    pub district: Option<Code>,
    /// The file, by position of its submission; `None` when nothing came.
    pub submission: Option<usize>,
    /// What became of it.
    pub status: Status,
    /// Rows received, by table.
    pub received: Vec<u32>,
    /// Rows accepted, by table.
    pub accepted: Vec<u32>,
    /// Rows held back, by table; received = accepted + held back.
    pub held: Vec<u32>,
    /// Findings of level block or error.
    pub errors: u32,
    /// Findings of level warning.
    pub warnings: u32,
    /// Findings of level note.
    pub notes: u32,
    /// Control totals: declared on the cover, in the form's order.
    pub declared: Vec<Option<f64>>,
    /// Control totals: counted in the rows received, in the form's order.
    pub counted: Vec<f64>,
    /// What became of the district's findings since the round before; `None` where there is none, and on the second
    /// and further lines of a district.
    pub change: Option<Change>,
}

/// A number of the form: how many accepted rows meet some conditions.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The name in the definition.
    pub name: String,
    /// The wording.
    pub label: Label,
    /// The table, by position.
    pub table: usize,
    /// The conditions; all must hold.
    pub when: Vec<Condition>,
}

/// The result of consolidation; writers and summaries read nothing else.
#[derive(Debug)]
pub struct Consolidated {
    /// Every file that was read, in name order.
    pub submissions: Vec<Submission>,
    /// Every finding: province first, then by submission, level, place, check.
    pub findings: Vec<Finding>,
    /// The accepted rows, a register a table.
    pub registers: Vec<Register>,
    /// The rows held back, in order of submission, table and row.
    pub held: Vec<HeldRow>,
    /// The warnings that were explained, in order of findings.
    pub explained: Vec<Explained>,
    /// A line a district or file, expected districts in list order, files of unknown sender last.
    pub lines: Vec<DistrictLine>,
    /// The period asked for.
    pub period: String,
    /// The cut-off date that most submissions give; lists are looked up as of it.
    pub cut_off: Option<NaiveDate>,
    /// The policy in force.
    pub accept: Accept,
    /// Ids of checks that did not run for a submission, because something they need was not found.
    pub not_run: Vec<(usize, Vec<String>)>,
    /// Files that were skipped (lock files, hidden files), by name.
    pub skipped: Vec<String>,
    /// The round that this run makes in its folder of results; `None` where nothing is kept.
    pub round: Option<Round>,
}

impl Consolidated {
    /// What a district said to a warning, by position of the finding; empty where it said nothing.
    pub fn explanation(&self, finding: usize) -> &str {
        let found = self.explained.binary_search_by_key(&finding, |explained| explained.finding);
        found.ok().and_then(|at| self.explained.get(at)).map_or("", |explained| &explained.text)
    }

    /// Whether there is something to hand back: a finding of level block or error.
    pub fn has_errors(&self) -> bool {
        self.findings.iter().any(|finding| finding.level <= Level::Error)
    }

    /// The district that a finding is about; `None` where a file's sender is unknown.
    pub fn district(&self, finding: &Finding) -> Option<Code> {
        match finding.scope {
            Scope::Absent(code) => Some(code),
            _ => finding.submission.and_then(|at| self.submissions.get(at)).and_then(|one| one.cover.district),
        }
    }

    /// Whether a district has nothing to do about a file: there is no error in it, and every warning is explained.
    pub fn is_settled(&self, submission: usize) -> bool {
        let own = self.findings.iter().enumerate().filter(|(_, one)| one.submission == Some(submission));
        own.filter(|(_, one)| one.level <= Level::Warning)
            .all(|(at, one)| one.level == Level::Warning && !self.explanation(at).is_empty())
    }

    /// What changed since the round before, over all districts; `None` where there is none.
    pub fn changed(&self) -> Option<ChangeCounts> {
        self.round.as_ref()?.before.as_ref()?;
        Some(self.lines.iter().filter_map(|line| line.change.as_ref()).map(Change::counts).sum())
    }
}

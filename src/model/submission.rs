//! What one file holds: who sent it, for when, its cover, tables, repairs and findings.

use chrono::NaiveDate;

use super::{Code, Finding, Hidden, Repair, Table};

/// A file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// The path below the folder, with `/`.
    pub name: String,
    /// Size in bytes.
    pub size: u64,
    /// Last modification, seconds since 1970, to choose the newest of several; 0 if unknown.
    pub modified: i64,
    /// A digest of the content, to recognise identical files.
    pub digest: u64,
    /// The format by content: `xlsx`, `xlsb`, `xls`, `ods`, `html`, `xml`, `csv`; empty where the file is none of them.
    pub format: &'static str,
}

/// The cover of a submission; blank where a cell is blank or unreadable (which has its own finding).
#[derive(Clone, Debug, Default)]
pub struct Cover {
    /// The submitting district.
    pub district: Option<Code>,
    /// The reporting period as written: `2019`, `6T-2019`, `Q3-2019`.
    pub period: String,
    /// The day the figures hold for.
    pub cut_off: Option<NaiveDate>,
    /// Who prepared it.
    pub prepared_by: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// The declared control totals, in the form's order, each with its cell.
    pub totals: Vec<Option<f64>>,
    /// The places of the declared control totals' values, in the same order.
    pub total_places: Vec<Option<super::Place>>,
}

/// A warning that the district explained in the hand-back's column «Giải trình».
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Explanation {
    /// The id of the check.
    pub check: String,
    /// The row's key at that time.
    pub key: String,
    /// What was found at that time, to tell apart warnings of one check that are about no row.
    pub found: String,
    /// The district's words.
    pub text: String,
}

/// One file, read.
#[derive(Clone, Debug)]
pub struct Submission {
    /// The file.
    pub file: SourceFile,
    /// The cover.
    pub cover: Cover,
    /// The tables, in the form's order; empty ones where a sheet is missing.
    pub tables: Vec<Table>,
    /// What was repaired.
    pub repairs: Vec<Repair>,
    /// Baseline findings of this file; `submission` is set when files are joined.
    pub findings: Vec<Finding>,
    /// What the district explained.
    pub explanations: Vec<Explanation>,
    /// Names of sheets that belong to no table and were not read.
    pub other_sheets: Vec<String>,
    /// Hidden rows and columns, which were read like all others.
    pub hidden: Hidden,
    /// Names of sheets that were read although hidden.
    pub hidden_sheets: Vec<String>,
}

impl Submission {
    /// Whether a finding refuses the whole file.
    pub fn blocked(&self) -> bool {
        self.findings.iter().any(|finding| finding.level == super::Level::Block)
    }
}

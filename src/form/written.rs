//! The frame of a definition as it is written: serde reads it, validator judges what stands on its own.

use std::collections::BTreeMap;

use serde::Deserialize;
use validator::Validate;

use crate::model::{Accept, Handling, Label, Level, Located, RepairKind, WrittenCondition};

/// The top of `form.toml`.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// The form's id.
    #[validate(length(min = 1, message = "the form's id is empty"))]
    pub id: String,
    /// Its edition.
    #[validate(length(min = 1, message = "the edition is empty"))]
    pub edition: String,
    /// Its title.
    pub title: Label,
    /// What an error costs.
    #[serde(default)]
    pub accept: Accept,
    /// How kinds of repair are handled; those left out are repaired.
    #[serde(default)]
    pub repair: BTreeMap<RepairKind, Handling>,
    /// Above this number of accepted rows sheets hold values.
    #[serde(default = "default_live_rows")]
    #[validate(range(min = 1, message = "live_rows must be at least 1"))]
    pub live_rows: u32,
    /// The list of submitting districts.
    pub districts: Located<String>,
    /// `"all"` or printed codes.
    #[serde(default)]
    pub must_report: MustReport,
}

/// Which districts must report.
#[derive(Debug, Default, Deserialize)]
#[serde(untagged)]
pub enum MustReport {
    /// All of the list: left out, or `"all"`.
    #[default]
    #[serde(skip)]
    Everyone,
    /// `"all"`
    Word(All),
    /// These printed codes.
    Codes(Vec<String>),
}

/// The word for every district.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum All {
    /// `"all"`
    All,
}

/// `[office]`
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Office {
    /// The body above.
    pub parent: Label,
    /// The issuing body.
    pub body: Label,
    /// The place of the date line.
    pub place: String,
    /// The signature block.
    pub signatures: Vec<Label>,
}

/// `[cover]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The sheet's name.
    pub sheet: Label,
    /// The control totals.
    #[serde(default)]
    pub total: Vec<Total>,
}

/// `[[cover.total]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Total {
    /// Its name.
    pub name: String,
    /// Its wording.
    pub label: Label,
    /// Other wordings.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// What is counted.
    pub measure: Located<String>,
}

/// `[[list]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct List {
    /// Its name.
    pub name: Located<String>,
    /// Its CSV file.
    pub file: Located<String>,
    /// The list of the parents.
    pub parent: Option<Located<String>>,
}

/// `[[reference]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reference {
    /// Its name.
    pub name: Located<String>,
    /// Its wording.
    pub label: Label,
    /// Its CSV file.
    pub file: Located<String>,
    /// Its columns.
    pub columns: Vec<ReferenceColumn>,
}

/// A column of a reference table.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReferenceColumn {
    /// The name in the CSV's header.
    pub name: Located<String>,
    /// Its wording.
    pub label: Label,
    /// The list of its codes.
    pub list: Option<Located<String>>,
}

/// `[[table]]` without its fields and checks.
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// Its name.
    pub name: Located<String>,
    /// The sheet.
    pub sheet: Label,
    /// The heading.
    pub title: Label,
    /// Other sheet names.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// The register's Excel table.
    #[validate(custom(function = "table_name"))]
    pub register: String,
    /// Fields that name a row.
    pub key: Vec<Located<String>>,
    /// Rows of the blank workbook.
    #[serde(default = "default_blank_rows")]
    #[validate(range(min = 1, max = 100_000, message = "blank_rows must lie between 1 and 100000"))]
    pub blank_rows: u32,
}

/// `[[table.field]]`
#[derive(Debug, Deserialize, Validate)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Its name.
    pub name: Located<String>,
    /// The column title.
    pub label: Label,
    /// Other titles.
    #[serde(default)]
    pub synonyms: Vec<String>,
    /// Titles of the columns it is spread over.
    #[serde(default)]
    pub split: Vec<Vec<String>>,
    /// Titles of columns that it shares with other values, standing first.
    #[serde(default)]
    pub joint: Vec<String>,
    /// What it holds.
    #[serde(rename = "type")]
    pub kind: Kind,
    /// When it must be filled.
    #[serde(default)]
    pub need: Need,
    /// The column's width.
    #[serde(default = "default_width")]
    #[validate(range(min = 2.0, max = 100.0, message = "width must lie between 2 and 100 characters"))]
    pub width: f64,
    /// How to fill it in.
    pub hint: Option<Label>,
    /// How the tool computes it.
    pub derived: Option<Derived>,
}

/// A field's type.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Free text.
    Text,
    /// A date.
    Date,
    /// A mark.
    Flag,
    /// A number.
    Number,
    /// Digits.
    Id(Vec<u8>),
    /// A code.
    #[serde(untagged)]
    Code(CodeKind),
}

/// `{ code = "units", of_district = true }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeKind {
    /// The list.
    pub code: String,
    /// Only entries below the submitting district.
    #[serde(default)]
    pub of_district: bool,
}

/// When a field must be filled.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Need {
    /// It may stay blank.
    #[default]
    Optional,
    /// Always.
    Always,
    /// Unless this flag is marked.
    Unless(Located<String>),
}

/// How the tool computes a field.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Derived {
    /// From an attribute of a code's entry.
    Attribute {
        /// The code field.
        field: Located<String>,
        /// The attribute of its list.
        attribute: Located<String>,
    },
    /// From the age.
    AgeBand {
        /// The birth date.
        born: Located<String>,
        /// The day the age is taken on.
        at: Option<Located<String>>,
    },
}

/// `[[measure]]`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure {
    /// Its name.
    pub name: Located<String>,
    /// Its wording.
    pub label: Label,
    /// Its table.
    pub table: Located<String>,
    /// Its conditions.
    #[serde(default)]
    pub when: Vec<WrittenCondition>,
}

/// The keys that every check has.
pub const CHECK_KEYS: &[&str] = &["id", "level", "title", "basis", "when", "from", "until"];

/// What every check has.
#[derive(Debug, Deserialize)]
pub struct CheckHead {
    /// Its id.
    pub id: Located<String>,
    /// Its level.
    pub level: Level,
    /// What it demands.
    pub title: Label,
    /// The rule behind it.
    pub basis: Option<Label>,
    /// The rows it is about.
    #[serde(default)]
    pub when: Vec<WrittenCondition>,
    /// First cut-off date, yyyy-mm-dd.
    pub from: Option<Located<String>>,
    /// Last cut-off date, yyyy-mm-dd.
    pub until: Option<Located<String>>,
}

/// The keys that every summary has.
pub const SUMMARY_KEYS: &[&str] = &["tab", "title", "note", "unit", "order"];

/// What every summary has.
#[derive(Debug, Deserialize)]
pub struct SummaryHead {
    /// The tab's name.
    pub tab: Label,
    /// The title.
    pub title: Label,
    /// A note below.
    pub note: Option<Label>,
    /// The unit of measure; the kind's own where it gives none.
    pub unit: Option<Label>,
    /// Its place among the sheets.
    pub order: u32,
}

fn default_live_rows() -> u32 {
    20_000
}

fn default_blank_rows() -> u32 {
    200
}

fn default_width() -> f64 {
    14.0
}

/// A name that formulas can use: letters, digits and `_`, beginning with a letter, unlike a cell's address.
fn table_name(name: &str) -> Result<(), validator::ValidationError> {
    let sound = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && !name.ends_with(|c: char| c.is_ascii_digit());
    let fault = validator::ValidationError::new("table_name")
        .with_message("register takes ASCII letters and _, beginning with a letter and not ending with a digit".into());
    if sound { Ok(()) } else { Err(fault) }
}

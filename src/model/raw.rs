//! Cells as a spreadsheet gives them, before any field is known: the door between intake and reading.

use super::{CellAt, Sentence};

/// The value of a raw cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Raw<'a> {
    /// Text.
    Text(&'a str),
    /// A number.
    Number(f64),
    /// A number with a date format, as a serial of the 1900 calendar (days since 1899-12-30; 1904 workbooks are shifted).
    Date(f64),
    /// TRUE or FALSE.
    Bool(bool),
    /// An error value: `#REF!`, `#N/A`.
    Error(&'static str),
}

/// The error values of spreadsheets, as they are shown.
const ERRORS: [&str; 10] =
    ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA", "#SPILL!", "#CALC!"];

impl Raw<'_> {
    /// The error value that a text shows, if it is one: a formula's error is an error even where it was pasted as text.
    pub fn error_shown(text: &str) -> Option<&'static str> {
        ERRORS.into_iter().find(|error| *error == text.trim())
    }
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetSeen {
    /// The sheet's name.
    pub name: String,
    /// Whether the sheet is hidden; hidden sheets are read and counted.
    pub hidden: bool,
}

/// An opened workbook of any format, read cell by cell.
pub trait Workbook {
    /// The sheets with cells, in order.
    fn sheets(&self) -> &[SheetSeen];

    /// A custom document property, such as the form's id.
    fn property(&self, name: &str) -> Option<&str>;

    /// Gives the filled cells of a sheet, by position, to `sink`: row by row, left to right.
    ///
    /// # Errors
    /// A [`Refusal`] when the sheet cannot be read to its end; cells given before it are then not to be used.
    fn cells(&mut self, sheet: usize, sink: &mut dyn FnMut(CellAt, Raw<'_>)) -> Result<(), Refusal>;
}

/// Why a file cannot be used. Each kind becomes one baseline finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefusalKind {
    /// It cannot be opened or is damaged.
    Unreadable,
    /// It has a password.
    Encrypted,
    /// It is no workbook (PDF, DOCX, image, HTML, CSV …).
    NotAWorkbook,
    /// It passes a size limit.
    TooLarge,
    /// It was made to do harm, or looks like it.
    Unsafe,
}

/// A file that cannot be used, said for the district: what it is and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The kind of refusal.
    pub kind: RefusalKind,
    /// What was found.
    pub found: Sentence,
    /// What to do.
    pub remedy: Sentence,
}

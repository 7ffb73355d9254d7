//! Cells as a spreadsheet gives them, before any field is known: the door between intake and reading.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

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
    /// A formula whose result was never computed and stored.
    Uncomputed,
}

/// An 8-bit Vietnamese encoding of the time before Unicode, as it appears when its bytes are taken for Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Legacy {
    /// TCVN3 (TCVN 5712:1993), fonts `.VnTime` and kin.
    Tcvn3,
    /// TCVN3 in a font that has capitals only, `.VnTimeH` and kin: the decoded text is in capitals.
    Tcvn3Capitals,
    /// VNI, fonts `VNI-Times` and kin.
    Vni,
}

/// A filled cell as the spreadsheet gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell<'a> {
    /// Where it stands.
    pub at: CellAt,
    /// What it holds.
    pub raw: Raw<'a>,
    /// The legacy encoding that the cell's font shows; `None` where the font is of Unicode or the format does not tell.
    pub font: Option<Legacy>,
}

/// What is hidden on a sheet; hidden rows and columns are read like all others and only counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Hidden {
    /// Hidden rows that hold a cell.
    pub rows: u32,
    /// Hidden columns within the used ones.
    pub columns: u32,
}

/// Cells merged into one: its value stands in the first of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Merged {
    /// The cell at the top left.
    pub first: CellAt,
    /// The cell at the bottom right.
    pub last: CellAt,
}

/// What takes the cells of a sheet; it may stop before the end.
pub type Sink<'a> = dyn FnMut(Cell<'_>) -> ControlFlow<()> + 'a;

/// Which cells of a sheet are asked for.
#[derive(Clone, Copy, Debug)]
pub enum Wanted<'a> {
    /// All of them.
    All,
    /// Those of some rows, from zero.
    Rows(&'a BTreeSet<u32>),
    /// Those of the first columns, so many.
    Columns(u16),
}

impl Wanted<'_> {
    /// Whether cells of a row are among them.
    pub fn row(&self, row: u32) -> bool {
        !matches!(self, Self::Rows(rows) if !rows.contains(&row))
    }

    /// Whether cells of a column are among them.
    pub fn column(&self, column: u16) -> bool {
        !matches!(self, Self::Columns(columns) if column >= *columns)
    }

    /// Whether none of them stands in a row or below it.
    pub fn end_above(&self, row: u32) -> bool {
        matches!(self, Self::Rows(rows) if rows.last().is_none_or(|last| *last < row))
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

/// The bytes of a file, shared by those who look at them.
#[derive(Clone, Debug)]
pub struct Bytes(Arc<Vec<u8>>);

impl Bytes {
    /// The bytes themselves; copied where others still look at them.
    pub fn into_vec(self) -> Vec<u8> {
        Arc::unwrap_or_clone(self.0)
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self(Arc::new(bytes))
    }
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// An opened workbook of any format, read cell by cell.
pub trait Workbook {
    /// The sheets with cells, in order.
    fn sheets(&self) -> &[SheetSeen];

    /// A custom document property, such as the form's id.
    fn property(&self, name: &str) -> Option<&str>;

    /// Gives the filled cells of a sheet, by position, to `sink`, row by row, left to right, until it breaks
    /// off; what was hidden among them where the format tells.
    ///
    /// # Errors
    /// A [`Refusal`] when the sheet cannot be read to its end; cells given before it are then not to be used.
    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal>;

    /// Gives the filled cells that are wanted to `sink`, as [`Workbook::cells`] does; a format may pass over all others, so
    /// that nothing is said of faults in them.
    ///
    /// # Errors
    /// As [`Workbook::cells`].
    fn wanted(&mut self, sheet: usize, wanted: Wanted<'_>, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        let mut sink = |cell: Cell<'_>| match () {
            () if wanted.end_above(cell.at.row) => ControlFlow::Break(()),
            () if wanted.row(cell.at.row) && wanted.column(cell.at.column) => sink(cell),
            () => ControlFlow::Continue(()),
        };
        self.cells(sheet, &mut sink).map(drop)
    }

    /// The merged cells of a sheet, by position, where the format tells. They are asked for only where blank cells
    /// might be explained by them, since finding them can cost as much as reading the sheet.
    ///
    /// # Errors
    /// A [`Refusal`] when the sheet cannot be read.
    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        let _ = sheet;
        Ok(Vec::new())
    }

    /// The bytes that it holds in memory while it is open; `None` where that is not known.
    fn weight(&self) -> Option<usize> {
        None
    }

    /// The package that it is, where its format is one that can be marked.
    fn package(&self) -> Option<Bytes> {
        None
    }
}

/// Why a file cannot be used. Each kind becomes one baseline finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
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

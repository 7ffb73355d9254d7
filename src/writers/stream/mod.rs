//! Sheets of many rows, streamed into the package of a workbook.
//!
//! In: a workbook that rust_xlsxwriter has laid out in full save for the rows of some sheets, and those rows. Out: the
//! finished package. In place of the rows a sheet holds one line of *samples*: every kind of cell that its rows are made
//! of, written once by the library. Each is then repeated, at its own address, as often as the rows say. So styles and
//! strings stay the library's, and a row costs no more than its bytes, deflated in parallel blocks.
//! Must not know: what the rows say.

mod cells;
mod package;
mod rows;
mod samples;
mod xml;

use std::io::Write;
use std::ops::Range;

use anyhow::Result;
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::model::CellAt;

pub use cells::Line;
pub use samples::{Sample, Samples};

/// How a cell tells where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Addresses {
    /// By its address.
    Each,
    /// By its place in the row, where blank cells fill the gaps. Valid too (ECMA-376, part 1, 18.3.1.4), and half the
    /// time and two fifths of the bytes: nothing in a sheet is as hard to deflate as its addresses.
    Counted,
}

/// What the rows of a sheet say; asked for from several threads, each row once and in no order.
pub trait Rows: Sync {
    /// The number of rows.
    fn count(&self) -> usize;

    /// How their cells tell where they stand.
    fn addresses(&self) -> Addresses;

    /// Writes the cells of some rows, left to right, each line ended with [`Line::end`].
    fn write(&self, rows: Range<usize>, line: &mut Line<'_>);
}

/// A sheet whose rows are streamed.
pub struct Streamed<'a> {
    /// The sheet, by position in the workbook.
    pub sheet: usize,
    /// Its table, by name: laid out over its titles and the line of samples, below which the rows go on.
    pub table: String,
    /// What stands in place of the rows.
    pub samples: Samples,
    /// The last cell of the sheet, rows included.
    pub last: CellAt,
    /// The rows.
    pub rows: Box<dyn Rows + 'a>,
}

/// Writes the workbook with its streamed sheets.
///
/// # Errors
/// When it cannot be written; a failure of the disk is an [`std::io::Error`].
pub fn save(workbook: &mut Workbook, sheets: &[Streamed<'_>], out: &mut (impl Write + Send)) -> Result<()> {
    if sheets.is_empty() {
        return workbook.save_to_writer(out).map_err(|error| match error {
            XlsxError::IoError(error) => error.into(),
            other => other.into(),
        });
    }
    package::write(&workbook.save_to_buffer()?, sheets, out)
}

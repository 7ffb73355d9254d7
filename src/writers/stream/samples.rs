//! Samples: cells written once by the library, to be repeated.

use anyhow::{Context, Result};
use memchr::memmem;
use rust_xlsxwriter::Format;

use super::super::runs::Runs;
use crate::model::CellAt;

/// Columns of a sheet, and so samples on its one line.
const MOST: u16 = 16_384;

/// A kind of cell, by position among the samples of its sheet.
#[derive(Clone, Copy, Debug)]
pub struct Sample(u16);

/// The samples of a sheet, on the line where its rows begin.
#[derive(Debug)]
pub struct Samples {
    /// That line, from zero.
    pub row: u32,
    count: u16,
}

impl Samples {
    /// No samples yet.
    pub fn new(row: u32) -> Self {
        Self { row, count: 0 }
    }

    /// A blank cell of a format; the format of numbers and texts as well.
    pub fn blank<'f>(&mut self, cells: &mut Runs<'_, 'f>, format: &'f Format) -> Result<Sample> {
        cells.blank(CellAt::new(self.row, self.count), format)?;
        Ok(self.added())
    }

    /// A cell that holds a text; `None` for a blank one, and where the line is full.
    pub fn text<'f>(&mut self, cells: &mut Runs<'_, 'f>, text: &str, format: &'f Format) -> Result<Option<Sample>> {
        if text.is_empty() || self.count >= MOST {
            return Ok(None);
        }
        cells.text(CellAt::new(self.row, self.count), text, format)?;
        Ok(Some(self.added()))
    }

    fn added(&mut self) -> Sample {
        self.count += 1;
        Sample(self.count - 1)
    }
}

/// A sheet's part of the package around its rows.
#[derive(Debug)]
pub struct Stub<'a> {
    /// What stands before the rows.
    pub head: Vec<u8>,
    /// The samples.
    pub cells: Cells<'a>,
    /// What stands behind the rows.
    pub tail: &'a [u8],
}

/// Samples as the library wrote them.
#[derive(Debug)]
pub struct Cells<'a>(Vec<Cell<'a>>);

/// A cell from behind its address on.
#[derive(Clone, Copy, Debug, Default)]
struct Cell<'a> {
    /// All of it: ` s="5" t="s"><v>12</v></c>`.
    whole: &'a [u8],
    /// Its style: ` s="5"`.
    style: &'a [u8],
}

impl<'a> Stub<'a> {
    /// Finds the samples in the part that the library wrote; `last` is the address of the sheet's last cell.
    pub fn of(part: &'a [u8], samples: &Samples, last: &str) -> Result<Self> {
        let row = format!("<row r=\"{}\"", samples.row + 1);
        let (before, rest) = split(part, row.as_bytes())?;
        let (line, tail) = split(rest, b"</row>")?;
        let (start, rest) = split(before, b"<dimension ref=\"A1:")?;
        let (_, end) = split(rest, b"\"")?;
        let head = [start, b"<dimension ref=\"A1:", last.as_bytes(), b"\"", end].concat();
        let mut cells = Vec::with_capacity(usize::from(samples.count));
        let mut starts = memmem::find_iter(line, b"<c r=\"").map(|at| at + 6).peekable();
        while let Some(start) = starts.next() {
            let end = starts.peek().map_or(line.len(), |next| next - 6);
            cells.push(Cell::of(line.get(start..end).unwrap_or_default())?);
        }
        anyhow::ensure!(cells.len() == usize::from(samples.count), "{} samples, not {}", cells.len(), samples.count);
        Ok(Self { head, cells: Cells(cells), tail })
    }
}

impl Cells<'_> {
    /// A sample from behind its address on.
    pub fn whole(&self, sample: Sample) -> &[u8] {
        self.0.get(usize::from(sample.0)).map_or(b"/>", |cell| cell.whole)
    }

    /// A sample's style.
    pub fn style(&self, sample: Sample) -> &[u8] {
        self.0.get(usize::from(sample.0)).map_or(b"", |cell| cell.style)
    }
}

impl<'a> Cell<'a> {
    /// A cell from its address on.
    fn of(cell: &'a [u8]) -> Result<Self> {
        let end = memmem::find(cell, b"\"").context("a cell without an address")? + 1;
        let whole = cell.get(end..).unwrap_or_default();
        // A text says that it is one before its content; a blank cell ends behind its style.
        let style = [&b" t=\""[..], b"/>"].iter().filter_map(|mark| memmem::find(whole, mark)).min();
        Ok(Self { whole, style: whole.get(..style.unwrap_or(0)).unwrap_or_default() })
    }
}

/// What stands before and behind the first of some bytes.
fn split<'a>(whole: &'a [u8], at: &[u8]) -> Result<(&'a [u8], &'a [u8])> {
    let found = memmem::find(whole, at);
    let parts = found.and_then(|found| Some((whole.get(..found)?, whole.get(found + at.len()..)?)));
    parts.with_context(|| format!("no {} in a sheet of our own", String::from_utf8_lossy(at)))
}

//! Cells of a row, as XML.

use std::io::Write;

use super::samples::{Cells, Sample};
use super::{Addresses, xml};
use crate::writers::safe;

/// The row under way, and those before it.
pub struct Line<'a> {
    out: &'a mut Vec<u8>,
    cells: Vec<u8>,
    samples: &'a Cells<'a>,
    columns: &'a [String],
    addresses: Addresses,
    /// The column behind the last cell, where cells are counted.
    next: usize,
    /// The row's number, from one, as digits.
    row: itoa::Buffer,
    number: u32,
}

impl<'a> Line<'a> {
    /// Lines from a row (from zero) on; `columns` are the letters of the sheet's columns.
    pub fn new(
        (row, addresses): (u32, Addresses),
        samples: &'a Cells<'a>,
        columns: &'a [String],
        out: &'a mut Vec<u8>,
    ) -> Self {
        let (cells, next, number) = (Vec::new(), 0, row + 1);
        Self { out, cells, samples, columns, addresses, next, row: itoa::Buffer::new(), number }
    }

    /// A cell like its sample.
    pub fn sample(&mut self, column: usize, sample: Sample) {
        self.begin(column);
        self.cells.extend_from_slice(self.samples.whole(sample));
    }

    /// A text in the style of one of two samples: the second where a spreadsheet could take it for a formula.
    pub fn text(&mut self, column: usize, text: &str, [plain, quoted]: [Sample; 2]) {
        self.begin(column);
        let style = if safe::looks_live(text) { quoted } else { plain };
        self.cells.extend_from_slice(self.samples.style(style));
        self.cells.extend_from_slice(b" t=\"inlineStr\"><is>");
        xml::push(&mut self.cells, text);
        self.cells.extend_from_slice(b"</is></c>");
    }

    /// A number in the style of a sample; nothing for what is no number.
    pub fn number(&mut self, column: usize, number: f64, style: Sample) {
        if !number.is_finite() {
            return;
        }
        self.begin(column);
        self.cells.extend_from_slice(self.samples.style(style));
        self.cells.extend_from_slice(b"><v>");
        let whole = number as i64;
        // Beyond 2^53 not every whole number is one of these.
        match whole as f64 == number && whole.unsigned_abs() < 1 << 53 {
            true => self.cells.extend_from_slice(itoa::Buffer::new().format(whole).as_bytes()),
            // Writing to memory does not fail.
            false => _ = write!(self.cells, "{number}"),
        }
        self.cells.extend_from_slice(b"</v></c>");
    }

    /// The row is complete; its height in points, where it has one of its own.
    pub fn end(&mut self, height: Option<f64>) {
        let row = self.row.format(self.number);
        self.out.extend_from_slice(b"<row r=\"");
        self.out.extend_from_slice(row.as_bytes());
        if let Some(height) = height {
            // Writing to memory does not fail.
            _ = write!(self.out, "\" ht=\"{height}\" customHeight=\"1");
        }
        self.out.extend_from_slice(b"\">");
        self.out.append(&mut self.cells);
        self.out.extend_from_slice(b"</row>");
        self.number += 1;
        self.next = 0;
    }

    /// Begins a cell, up to its style.
    fn begin(&mut self, column: usize) {
        match self.addresses {
            Addresses::Each => {
                self.cells.extend_from_slice(b"<c r=\"");
                self.cells.extend_from_slice(self.columns.get(column).map_or(b"A", |letters| letters.as_bytes()));
                self.cells.extend_from_slice(self.row.format(self.number).as_bytes());
                self.cells.push(b'"');
            }
            Addresses::Counted => {
                (self.next..column).for_each(|_| self.cells.extend_from_slice(b"<c/>"));
                self.cells.extend_from_slice(b"<c");
                self.next = column + 1;
            }
        }
    }
}

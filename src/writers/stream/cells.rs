//! Cells of a row, as XML.

use std::io::Write;

use super::samples::{Cells, Sample};
use super::{Addresses, xml};
use crate::model::CellAt;
use crate::writers::safe;

/// The row under way, and those before it.
pub struct Line<'a> {
    out: &'a mut Vec<u8>,
    cells: Vec<u8>,
    samples: &'a Cells<'a>,
    /// For each column how a cell begins, up to its row's number.
    columns: &'a [String],
    addresses: Addresses,
    /// The column behind the last cell, where cells are counted.
    next: usize,
    /// The row's number, from one.
    number: u32,
    /// The end of each address in the row: the number and a quotation mark.
    end: Vec<u8>,
    /// The height of the last row that has one of its own, and how it is told: few are different.
    height: (f64, String),
}

impl<'a> Line<'a> {
    /// Lines from a row (from zero) on; `columns` are [`columns`] of the sheet.
    pub fn new(
        (row, addresses): (u32, Addresses),
        samples: &'a Cells<'a>,
        columns: &'a [String],
        out: &'a mut Vec<u8>,
    ) -> Self {
        let (cells, next, number, end) = (Vec::new(), 0, row, Vec::new());
        let height = (0.0, String::new());
        let mut line = Self { out, cells, samples, columns, addresses, next, number, end, height };
        line.turn();
        line
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
        self.out.extend_from_slice(b"<row r=\"");
        self.out.extend_from_slice(&self.end);
        if let Some(height) = height {
            if self.height.0 != height {
                self.height = (height, format!(" ht=\"{height}\" customHeight=\"1\""));
            }
            self.out.extend_from_slice(self.height.1.as_bytes());
        }
        self.out.push(b'>');
        self.out.append(&mut self.cells);
        self.out.extend_from_slice(b"</row>");
        self.turn();
    }

    /// Goes on to the next row.
    fn turn(&mut self) {
        self.number += 1;
        self.next = 0;
        self.end.clear();
        self.end.extend_from_slice(itoa::Buffer::new().format(self.number).as_bytes());
        self.end.push(b'"');
    }

    /// Begins a cell, up to its style.
    fn begin(&mut self, column: usize) {
        match self.addresses {
            Addresses::Each => {
                self.cells.extend_from_slice(self.columns.get(column).map_or(b"<c r=\"A", |begin| begin.as_bytes()));
                self.cells.extend_from_slice(&self.end);
            }
            Addresses::Counted => {
                (self.next..column).for_each(|_| self.cells.extend_from_slice(b"<c/>"));
                self.cells.extend_from_slice(b"<c");
                self.next = column + 1;
            }
        }
    }
}

/// How cells begin in the columns of a sheet, from the first to the last.
pub fn columns(last: u16) -> Vec<String> {
    (0..=last).map(|column| format!("<c r=\"{}", CellAt::new(0, column).column_letters())).collect()
}

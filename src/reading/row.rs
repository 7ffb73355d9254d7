//! The cells of one row, kept until the row is whole.

use crate::model::{CellAt, Raw};

/// The cells of the row under way.
#[derive(Debug, Default)]
pub struct Row {
    at: Option<u32>,
    cells: Vec<(u16, Kept)>,
    texts: String,
}

/// A raw value that outlives the reader's buffer; texts share one string.
#[derive(Clone, Copy, Debug)]
enum Kept {
    Text(usize, usize),
    Other(Raw<'static>),
}

impl Row {
    /// The row's number, from zero; `None` before its first cell.
    pub fn at(&self) -> Option<u32> {
        self.at
    }

    /// Adds the next cell of the row.
    pub fn push(&mut self, at: CellAt, raw: Raw<'_>) {
        self.at = Some(at.row);
        let kept = match raw {
            Raw::Text(text) => {
                let start = self.texts.len();
                self.texts.push_str(text);
                Kept::Text(start, self.texts.len())
            }
            Raw::Number(number) => Kept::Other(Raw::Number(number)),
            Raw::Date(serial) => Kept::Other(Raw::Date(serial)),
            Raw::Bool(truth) => Kept::Other(Raw::Bool(truth)),
            Raw::Error(error) => Kept::Other(Raw::Error(error)),
        };
        self.cells.push((at.column, kept));
    }

    /// The cell in a column.
    pub fn raw(&self, column: u16) -> Option<Raw<'_>> {
        let (_, kept) = self.cells.iter().find(|(at, _)| *at == column)?;
        Some(self.value(*kept))
    }

    /// The cells that hold something, left to right.
    pub fn filled(&self) -> impl Iterator<Item = (u16, Raw<'_>)> {
        let cells = self.cells.iter().map(|(column, kept)| (*column, self.value(*kept)));
        cells.filter(|(_, raw)| !matches!(raw, Raw::Text(text) if text.trim().is_empty()))
    }

    /// Forgets the cells, for the next row.
    pub fn clear(&mut self) {
        self.at = None;
        self.cells.clear();
        self.texts.clear();
    }

    fn value(&self, kept: Kept) -> Raw<'_> {
        match kept {
            Kept::Text(start, end) => Raw::Text(self.texts.get(start..end).unwrap_or("")),
            Kept::Other(raw) => raw,
        }
    }
}

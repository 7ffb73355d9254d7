//! The cells of one sheet row, kept until it is known what the row is.

use crate::model::{Cell, CellAt, Legacy, Raw};

/// A filled row. Cells that hold nothing but white space are left out.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The sheet row, from zero.
    pub at: u32,
    cells: Vec<Kept>,
    texts: String,
}

/// A cell that outlives the reader's buffer; the texts of a row share one string.
#[derive(Clone, Debug)]
struct Kept {
    column: u16,
    value: Value,
    font: Option<Legacy>,
}

#[derive(Clone, Debug)]
enum Value {
    Text { from: usize, to: usize },
    Other(Raw<'static>),
}

impl Row {
    /// Forgets the cells; the next ones belong to sheet row `at`.
    pub fn begin(&mut self, at: u32) {
        self.at = at;
        self.cells.clear();
        self.texts.clear();
    }

    /// Adds the next cell of the row.
    pub fn push(&mut self, cell: Cell<'_>) {
        let value = match cell.raw {
            Raw::Text(text) if text.trim().is_empty() => return,
            Raw::Text(text) => {
                let from = self.texts.len();
                self.texts.push_str(text);
                Value::Text { from, to: self.texts.len() }
            }
            Raw::Number(number) => Value::Other(Raw::Number(number)),
            Raw::Date(serial) => Value::Other(Raw::Date(serial)),
            Raw::Bool(truth) => Value::Other(Raw::Bool(truth)),
            Raw::Error(error) => Value::Other(Raw::Error(error)),
            Raw::Uncomputed => Value::Other(Raw::Uncomputed),
        };
        self.cells.push(Kept { column: cell.at.column, value, font: cell.font });
    }

    /// Whether nothing is filled.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell in a sheet column.
    pub fn cell(&self, column: u16) -> Option<Cell<'_>> {
        // Readers give cells left to right, so that the columns are sorted.
        let found = self.cells.binary_search_by_key(&column, |kept| kept.column).ok()?;
        self.cells.get(found).map(|kept| self.given(kept))
    }

    /// The filled cells, left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells.iter().map(|kept| self.given(kept))
    }

    /// The filled cells among some columns, in the order of the columns given.
    pub fn filled(&self, columns: &[u16]) -> Vec<Cell<'_>> {
        columns.iter().filter_map(|column| self.cell(*column)).collect()
    }

    /// Whether the row could be titles: nothing but texts, none of which begins with a digit.
    pub fn may_be_titles(&self) -> bool {
        let starts_with_digit = |text: &str| {
            text.trim_start_matches(|c: char| c.is_whitespace() || c == '(').starts_with(|c: char| c.is_ascii_digit())
        };
        self.cells().all(|cell| matches!(cell.raw, Raw::Text(text) if !starts_with_digit(text)))
    }

    fn given(&self, kept: &Kept) -> Cell<'_> {
        let raw = match kept.value {
            Value::Text { from, to } => Raw::Text(self.texts.get(from..to).unwrap_or("")),
            Value::Other(raw) => raw,
        };
        Cell { at: CellAt::new(self.at, kept.column), raw, font: kept.font }
    }
}

//! The cells of one sheet row, kept until it is known what the row is.

use crate::model::{Cell, CellAt, Legacy, Raw};

/// A filled row. Cells that hold nothing but white space are left out.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// The sheet row, from zero.
    pub at: u32,
    cells: Vec<Kept>,
    /// For each sheet column, the position of its cell among those kept, from one; 0 for none.
    by_column: Vec<u32>,
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
        for kept in self.cells.drain(..) {
            self.by_column[usize::from(kept.column)] = 0;
        }
        self.texts.clear();
    }

    /// Adds the next cell of the row.
    pub fn push(&mut self, cell: Cell<'_>) {
        let value = match cell.raw {
            Raw::Text(text) if text.chars().all(char::is_whitespace) => return,
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
        let column = usize::from(cell.at.column);
        if self.by_column.len() <= column {
            self.by_column.resize(column + 1, 0);
        }
        self.by_column[column] = u32::try_from(self.cells.len()).unwrap_or(0);
    }

    /// Whether nothing is filled.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// The cell in a sheet column.
    pub fn cell(&self, column: u16) -> Option<Cell<'_>> {
        let place = self.by_column.get(usize::from(column)).copied().unwrap_or(0);
        self.cells.get(place.checked_sub(1)? as usize).map(|kept| self.given(kept))
    }

    /// The filled cells, left to right.
    pub fn cells(&self) -> impl Iterator<Item = Cell<'_>> {
        self.cells.iter().map(|kept| self.given(kept))
    }

    /// Where the filled cells stand, left to right.
    pub fn places(&self) -> impl Iterator<Item = CellAt> {
        self.cells.iter().map(|kept| CellAt::new(self.at, kept.column))
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

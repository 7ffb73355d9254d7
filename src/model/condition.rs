//! Conditions on a row: which rows a check or a measure is about.

use super::{Code, State, Table};

/// What a condition asks of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Test {
    /// The code is one of these.
    Is(Vec<Code>),
    /// There is a code and it is none of these.
    IsNot(Vec<Code>),
    /// The cell is filled; for a flag: it is marked.
    Filled,
    /// The cell is blank; for a flag: it is not marked.
    Blank,
}

/// A test of one field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// The field, by position in its table.
    pub field: usize,
    /// What is asked of it.
    pub test: Test,
}

impl Condition {
    /// Whether a row meets the condition; `None` where its cell could not be read, so that nobody knows.
    pub fn holds(&self, table: &Table, row: usize) -> Option<bool> {
        let column = table.columns.get(self.field)?;
        let state = column.state(row);
        match (&self.test, state) {
            (Test::Filled, _) => Some(state != State::Blank),
            (Test::Blank, _) => Some(state == State::Blank),
            (_, State::Unread) => None,
            (_, State::Blank) => Some(false),
            (Test::Is(codes), State::Read) => Some(codes.contains(&column.code(row))),
            (Test::IsNot(codes), State::Read) => Some(!codes.contains(&column.code(row))),
        }
    }

    /// Whether a row meets all conditions; `None` where that hangs on a cell that could not be read.
    pub fn all_hold(conditions: &[Self], table: &Table, row: usize) -> Option<bool> {
        let mut known = Some(true);
        for condition in conditions {
            match condition.holds(table, row) {
                Some(true) => {}
                Some(false) => return Some(false),
                None => known = None,
            }
        }
        known
    }
}

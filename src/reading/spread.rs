//! Fields whose value is spread over several columns, or shares one with others.

use super::fields::Reading;
use super::remarks;
use super::values::{self, Around, Judged, Typed, Value};
use super::written::Written;
use super::wrote::Wrote;
use crate::model::{Cell, Code, FieldType, Raw};
use crate::text;

impl Reading<'_> {
    /// The first of several values in one cell; a cell with one value is read as any other.
    pub(super) fn first(&mut self, field: usize, column: u16) {
        let Some(cell) = self.row.cell(column) else { return self.push(field, &Value::Blank) };
        let written = Written::of(cell, self.stretch.prior);
        let Raw::Text(text) = written.raw() else { return self.column(field, column) };
        match text::dates(text).as_slice() {
            [first, _, ..] => {
                let typed = Typed::Good(Value::Date(first.day()), None);
                self.settle(field, cell.at, typed, &Wrote::Columns(text.to_owned()));
            }
            _ => self.column(field, column),
        }
    }

    /// A value whose pieces stand in several columns.
    pub(super) fn joined(&mut self, field: usize, columns: &[u16], between: &str) {
        let cells = self.row.filled(columns);
        let Some(first) = cells.first() else { return self.push(field, &Value::Blank) };
        let at = first.at;
        let error = cells.iter().map(|cell| cell.raw).find(|raw| matches!(raw, Raw::Error(_) | Raw::Uncomputed));
        if let Some(error) = error {
            let typed = self.typed(field, error);
            return self.settle(field, at, typed, &Wrote::Cell(error));
        }
        let pieces = cells.iter().map(|cell| values::shown(Written::of(*cell, self.stretch.prior).raw()));
        let pieces: Vec<String> = pieces.map(|piece| text::normal(&piece).text.into_owned()).collect();
        let whole = pieces.join(between);
        let typed = self.typed(field, Raw::Text(&whole));
        self.settle(field, at, typed, &Wrote::Columns(pieces.join(" | ")));
    }

    /// A code that is told by the column in which a mark stands.
    pub(super) fn marked(&mut self, field: usize, columns: &[(u16, Code)], mark: fn(Raw<'_>) -> Option<bool>) {
        let mut marked: Vec<(Cell<'_>, Code)> = Vec::new();
        for (column, code) in columns {
            let Some(cell) = self.row.cell(*column) else { continue };
            match mark(cell.raw) {
                Some(true) => marked.push((cell, *code)),
                Some(false) => {}
                None => {
                    let typed = self.typed_mark(cell.raw);
                    return self.settle(field, cell.at, typed, &Wrote::Cell(cell.raw));
                }
            }
        }
        match marked.as_slice() {
            [] => self.push(field, &Value::Blank),
            [(cell, code)] => {
                let typed = Typed::Good(Value::Code(*code), None);
                self.settle(field, cell.at, typed, &Wrote::Columns(values::shown(cell.raw)));
            }
            several => {
                let cells: Vec<Cell<'_>> = several.iter().map(|(cell, _)| *cell).collect();
                self.contradiction(field, &cells);
            }
        }
    }

    /// Several columns are filled of which one should be.
    pub(super) fn contradiction(&mut self, field: usize, cells: &[Cell<'_>]) {
        let written: Vec<String> = cells.iter().map(|cell| values::shown(cell.raw)).collect();
        let Some(first) = cells.first() else { return };
        let (expected, remedy) = remarks::one_column();
        self.settle(field, first.at, Typed::Bad(expected, remedy), &Wrote::Columns(written.join(" | ")));
    }

    fn typed_mark<'r>(&self, raw: Raw<'r>) -> Typed<'r> {
        let around =
            Around { day: self.fields.day, district: None, lists: &self.form.vocabulary.lists, judged: Judged::Here };
        values::typed(raw, &FieldType::Flag, &around)
    }
}

/// Whether a mark says yes; `None` where the cell holds something else.
pub fn mark(raw: Raw<'_>) -> Option<bool> {
    match raw {
        Raw::Bool(truth) => Some(truth),
        Raw::Error(_) | Raw::Uncomputed => None,
        other => text::mark(&values::shown(other)),
    }
}

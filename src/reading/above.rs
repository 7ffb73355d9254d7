//! Cells that mean the value of the row above: ditto marks, and blank cells that are merged with those above them.

use super::fields::Reading;
use super::values::{self, Typed, Value};
use super::wrote::Wrote;
use super::{merged, remarks};
use crate::model::{Cell, CellAt, FieldType, Raw, RepairKind, State};
use crate::text;

impl Reading<'_> {
    /// A blank cell; one that is merged with those above it holds their value.
    pub(super) fn absent(&mut self, field: usize, column: u16) {
        let at = CellAt::new(self.row.at, column);
        let first = merged::first_row(&self.stretch.merged, at).filter(|_| self.may_repeat(field));
        let above = self.position.checked_sub(1).and_then(|above| self.table().origin.get(above));
        let within = |first: u32| above.is_some_and(|row| row.part == self.stretch.part && row.row >= first);
        match first.is_some_and(within) {
            true => self.ditto(field, Cell { at, raw: Raw::Text(""), font: None }),
            false => self.push(field, &Value::Blank),
        }
    }

    /// Names and ids are nobody else's, and running numbers count on.
    fn may_repeat(&self, field: usize) -> bool {
        self.shape.fields[field].kind != FieldType::Number && !self.shape.key.contains(&field)
    }

    /// Whether a cell says «the same as above».
    pub(super) fn is_ditto(&self, field: usize, cell: Cell<'_>) -> bool {
        let number = self.shape.fields[field].kind == FieldType::Number;
        matches!(cell.raw, Raw::Text(text) if text::is_ditto(text)) && !number
    }

    /// The value of the row above, in the same part.
    pub(super) fn ditto(&mut self, field: usize, cell: Cell<'_>) {
        if !self.may_repeat(field) {
            let (expected, remedy) = remarks::no_ditto();
            return self.settle(field, cell.at, Typed::Bad(expected, remedy), &Wrote::Cell(cell.raw));
        }
        let table = &mut self.submission.tables[self.fields.table];
        let above = self.position.checked_sub(1);
        let same_part = |above: &usize| table.origin.get(*above).is_some_and(|row| row.part == self.stretch.part);
        let Some(above) = above.filter(same_part).filter(|above| table.columns[field].state(*above) == State::Read)
        else {
            let (expected, remedy) = remarks::nothing_above();
            return self.settle(field, cell.at, Typed::Bad(expected, remedy), &Wrote::Cell(cell.raw));
        };
        let after = table.shown(&self.form.vocabulary, field, above).vi;
        if self.accepts(field, cell.at, RepairKind::Ditto, &values::shown(cell.raw), &after) {
            values::repeat(&mut self.submission.tables[self.fields.table].columns[field].values);
        }
    }
}

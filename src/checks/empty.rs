//! Kind `empty`: when its conditions hold, these cells must be blank.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{FieldNames, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "có {values}" / "there is {values}";
    EXPECTED = "để trống{because}" / "a blank cell{because}";
    REMEDY = "Xóa ô này{or_condition}." / "Clear this cell{or_condition}.";
}

/// Cells that must be blank.
#[derive(Debug)]
pub struct Empty {
    table: usize,
    fields: Vec<usize>,
}

/// `fields = ["ngay_vao_dang"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: FieldNames,
}

impl CheckKind for Empty {
    type Written = Written;
    const NAME: &'static str = "empty";
    const PAGE: &'static str = include_str!("empty.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        Some(Self { table: names.table, fields: names.fields(&written.fields, mistakes)? })
    }
}

impl Check for Empty {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            let filled = |field: &&usize| view.table.columns[**field].state(row) != State::Blank;
            let filled: Vec<usize> = self.fields.iter().filter(filled).copied().collect();
            if filled.is_empty() {
                continue;
            }
            verdicts.push(view.at(row, &filled).say(
                FOUND.say().with_label("values", view.values(filled.iter().copied(), row)),
                EXPECTED.say().with_label("because", view.because(row)),
                REMEDY.say().with_label("or_condition", view.or_condition()),
            ));
        }
    }
}

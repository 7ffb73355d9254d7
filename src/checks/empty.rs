//! Kind `empty`: when its conditions hold, these cells must be blank.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "«{field}» ghi «{value}»" / "\"{field}\" says \"{value}\"";
    EXPECTED = "để trống, vì {reason}" / "a blank cell, because {reason}";
    REMEDY = "Xóa ô này, hoặc sửa ô đã nêu làm điều kiện nếu ô đó sai." / "Clear this cell, or correct the cell named as the condition if that one is wrong.";
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
    fields: Vec<Located<String>>,
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
            if let Some(first) = filled.first() {
                verdicts.push(view.at(row, &filled).say(
                    FOUND.say().with_label("field", view.label(*first)).with_label("value", view.shown(*first, row)),
                    EXPECTED.say().with_label("reason", view.reason(row)),
                    REMEDY.say(),
                ));
            }
        }
    }
}

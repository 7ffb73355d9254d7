//! Kind `same`: when its conditions hold, two cells of a row say the same.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "«{field}» là {value}, «{other}» là {other_value}" / "\"{field}\" is {value}, \"{other}\" is {other_value}";
    EXPECTED = "hai ô giống nhau, vì {reason}" / "the same in both, because {reason}";
    REMEDY = "Sửa một trong hai ô, hoặc sửa ô đã nêu làm điều kiện." / "Correct one of the two cells, or the cell named as the condition.";
}

/// Two fields that must agree.
#[derive(Debug)]
pub struct Same {
    table: usize,
    fields: [usize; 2],
}

/// `fields = ["chuc_vu_sau", "chuc_vu_truoc"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: [Located<String>; 2],
}

impl CheckKind for Same {
    type Written = Written;
    const NAME: &'static str = "same";
    const PAGE: &'static str = include_str!("same.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let [first, second] = &written.fields;
        let (first, second) = (names.field(first, mistakes), names.field(second, mistakes));
        Some(Self { table: names.table, fields: [first?, second?] })
    }
}

impl Check for Same {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let [first, second] = self.fields;
        let read = |field: usize, row: usize| view.table.columns[field].state(row) == State::Read;
        for row in view.rows().filter(|row| read(first, *row) && read(second, *row)) {
            let (value, other_value) = (view.shown(first, row), view.shown(second, row));
            if value == other_value {
                continue;
            }
            verdicts.push(
                view.at(row, &[first, second]).say(
                    FOUND
                        .say()
                        .with_label("field", view.label(first))
                        .with_label("value", value)
                        .with_label("other", view.label(second))
                        .with_label("other_value", other_value),
                    EXPECTED.say().with_label("reason", view.reason(row)),
                    REMEDY.say(),
                ),
            );
        }
    }
}

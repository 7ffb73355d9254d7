//! Kind `same`: when its conditions hold, two cells of a row say the same.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "{values}" / "{values}";
    EXPECTED = "hai ô ghi giống nhau{because}" / "the same in both{because}";
    REMEDY = "Sửa một trong hai ô{or_condition}." / "Correct one of the two cells{or_condition}.";
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
        let (first, second) = names.pair(first, names.table, second, mistakes)?;
        Some(Self { table: names.table, fields: [first, second] })
    }
}

impl Check for Same {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let [first, second] = self.fields;
        for row in view.rows() {
            let values = view.part(first, row).zip(view.part(second, row));
            if values.is_none_or(|(one, other)| one.agrees(other)) {
                continue;
            }
            verdicts.push(view.at(row, &[first, second]).say(
                FOUND.say().with_label("values", view.values([first, second], row)),
                EXPECTED.say().with_label("because", view.because(row)),
                REMEDY.say().with_label("or_condition", view.or_condition()),
            ));
        }
    }
}

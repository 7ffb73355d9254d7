//! Kind `day-known`: a date on 1 January may stand for an unknown day.

use chrono::Datelike;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "«{field}» là {value}" / "\"{field}\" is {value}";
    EXPECTED = "đủ ngày, tháng, năm; 01/01 thường là không rõ ngày" / "day, month and year; 01/01 often means that the day is unknown";
    REMEDY = "Bổ sung ngày, tháng nếu biết; không phải sửa nếu đúng." / "Add day and month if known; nothing to correct if it is right.";
}

/// A date whose day may be unknown.
#[derive(Debug)]
pub struct DayKnown {
    table: usize,
    field: usize,
}

/// `field = "ngay_sinh"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
}

impl CheckKind for DayKnown {
    type Written = Written;
    const NAME: &'static str = "day-known";
    const PAGE: &'static str = include_str!("day_known.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        Some(Self { table: names.table, field: names.date_field(&written.field, mistakes)? })
    }
}

impl Check for DayKnown {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            let first = view.table.columns[self.field].date(row).is_some_and(|date| date.ordinal() == 1);
            if first {
                let found = FOUND.say().with_label("field", view.label(self.field));
                let found = found.with_label("value", view.shown(self.field, row));
                verdicts.push(view.at(row, &[self.field]).say(found, EXPECTED.say(), REMEDY.say()));
            }
        }
    }
}

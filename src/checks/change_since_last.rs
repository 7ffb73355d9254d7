//! Kind `change-since-last`: against the previous consolidated workbook, the number of rows and which rows are gone.

use serde::Deserialize;

use super::value_key::{Keys, Presence, read_key};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Condition, FieldNames, Mistakes, Names, Table};
use crate::texts;

texts! {
    MOVED = "kỳ trước {before} dòng, kỳ này {now}" / "{before} rows last time, {now} this time";
    VANISHED = "{count} dòng của kỳ trước không còn: {names}" / "{count} rows of last time are gone: {names}";
    WITHIN = "thay đổi không quá {percent} %" / "a change of at most {percent} %";
    STILL_THERE = "còn trong danh sách, hoặc có lý do" / "still on the list, or a reason";
    REMEDY = "Kiểm tra; nếu đúng, ghi lý do vào cột Giải trình." / "Look it over; if it is right, give the reason in the explanation column.";
}

/// How many of the rows that are gone a finding names.
const NAMED: usize = 5;

/// Changes worth explaining.
#[derive(Debug)]
pub struct ChangeSinceLast {
    table: usize,
    fields: Vec<usize>,
    percent: u32,
}

/// `fields = ["cccd", "khoa"]` name a row; `percent = 20`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: FieldNames,
    percent: u32,
}

impl CheckKind for ChangeSinceLast {
    type Written = Written;
    const NAME: &'static str = "change-since-last";
    const PAGE: &'static str = include_str!("change_since_last.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = names.value_fields(&written.fields, mistakes)?;
        Some(Self { table: names.table, fields, percent: written.percent })
    }
}

impl Check for ChangeSinceLast {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some(previous) = view.previous.and_then(|tables| tables.get(self.table)) else { return };
        let before: Vec<usize> =
            (0..previous.len()).filter(|row| Condition::all_hold(view.when, previous, *row) == Some(true)).collect();
        verdicts.extend(self.moved(view, before.len()));
        verdicts.extend(self.vanished(view, previous, &before));
    }
}

impl ChangeSinceLast {
    /// The number of rows moved too far. Rows of which nobody knows whether they count make the number uncertain; it
    /// is then the one nearest to the previous number.
    fn moved(&self, view: &View<'_>, before: usize) -> Option<Verdict> {
        let certain = view.rows().count();
        let now = before.clamp(certain, certain + view.doubtful_rows().count());
        let too_far = now.abs_diff(before) as f64 * 100.0 > f64::from(self.percent) * before as f64;
        too_far.then(|| {
            view.column(self.fields[0]).say(
                MOVED.say().with("before", before).with("now", now),
                WITHIN.say().with("percent", self.percent),
                REMEDY.say(),
            )
        })
    }

    /// Rows of last time that are gone. One that may be a row with an unread cell is not called gone.
    fn vanished(&self, view: &View<'_>, previous: &Table, before: &[usize]) -> Option<Verdict> {
        let mut here = Keys::default();
        here.add(view.vocabulary, view.table, &self.fields);
        let mut key = Vec::new();
        let mut gone = before.to_vec();
        gone.retain(|row| {
            read_key(view.vocabulary, previous, &self.fields, *row, &mut key) && here.presence(&key) == Presence::Absent
        });
        let named = gone.iter().take(NAMED).map(|row| previous.row_key(view.vocabulary, *row));
        let mut names: Vec<String> = named.collect();
        if gone.len() > NAMED {
            names.push("…".to_owned());
        }
        (!gone.is_empty()).then(|| {
            view.column(self.fields[0]).say(
                VANISHED.say().with("count", gone.len()).with("names", names.join("; ")),
                STILL_THERE.say(),
                REMEDY.say(),
            )
        })
    }
}

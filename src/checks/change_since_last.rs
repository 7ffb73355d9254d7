//! Kind `change-since-last`: against the previous consolidated workbook, the number of rows and the people in them.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::value_key::{KeyPart, key_of};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names};
use crate::texts;

texts! {
    MOVED = "kỳ trước {before} dòng, kỳ này {now}" / "{before} rows last time, {now} this time";
    VANISHED = "{count} người của kỳ trước không còn: {names}" / "{count} people of last time are gone: {names}";
    WITHIN = "thay đổi không quá {percent} %" / "a change of at most {percent} %";
    STILL_THERE = "còn trong danh sách, hoặc có lý do" / "still on the list, or a reason";
    REMEDY = "Kiểm tra; nếu đúng, ghi lý do vào cột Giải trình." / "Look it over; if it is right, give the reason in the explanation column.";
}

/// Changes worth explaining.
#[derive(Debug)]
pub struct ChangeSinceLast {
    table: usize,
    fields: Vec<usize>,
    percent: f64,
}

/// `fields = ["cccd", "khoa"]` name a row; `percent = 20`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: Vec<Located<String>>,
    percent: u32,
}

impl CheckKind for ChangeSinceLast {
    type Written = Written;
    const NAME: &'static str = "change-since-last";
    const PAGE: &'static str = include_str!("change_since_last.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = names.fields(&written.fields, mistakes)?;
        Some(Self { table: names.table, fields, percent: f64::from(written.percent) })
    }
}

impl Check for ChangeSinceLast {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some(previous) = view.previous.and_then(|tables| tables.get(self.table)) else { return };
        let Some(first) = self.fields.first().copied() else { return };
        let (before, now) = (previous.len(), view.table.len());
        if (now as f64 - before as f64).abs() * 100.0 > self.percent * before as f64 {
            verdicts.push(view.column(first).say(
                MOVED.say().with("before", before).with("now", now),
                WITHIN.say().with("percent", crate::model::shown_number(self.percent)),
                REMEDY.say(),
            ));
        }
        let here: FxHashSet<Vec<KeyPart<'_>>> =
            (0..now).filter_map(|row| key_of(view.table, &self.fields, row)).collect();
        let gone = |row: &usize| key_of(previous, &self.fields, *row).is_some_and(|key| !here.contains(&key));
        let gone: Vec<String> = (0..before).filter(gone).map(|row| previous.row_key(view.vocabulary, row)).collect();
        if !gone.is_empty() {
            let names = gone.iter().take(5).cloned().collect::<Vec<_>>().join("; ");
            verdicts.push(view.column(first).say(
                VANISHED.say().with("count", gone.len()).with("names", names),
                STILL_THERE.say(),
                REMEDY.say(),
            ));
        }
    }
}

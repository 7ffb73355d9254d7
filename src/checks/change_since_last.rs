//! Kind `change-since-last`: against the previous consolidated workbook, a district's number of rows and the people in them.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::value_key::{KeyPart, key_of};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Condition, Level, Located, Mistakes, Names, Table};
use crate::texts;

texts! {
    MOVED = "kỳ trước {before} dòng, kỳ này {now}" / "{before} rows last time, {now} this time";
    VANISHED = "{count} người của kỳ trước không còn: {names}" / "{count} people of last time are gone: {names}";
    ELSEWHERE = "{count} người của kỳ trước nay ở danh sách huyện khác: {names}" / "{count} people of last time are on another district's list now: {names}";
    WITHIN = "thay đổi không quá {percent} %" / "a change of at most {percent} %";
    STILL_THERE = "còn trong danh sách, hoặc có lý do" / "still on the list, or a reason";
    REMEDY = "Kiểm tra; nếu đúng, ghi lý do vào cột Giải trình." / "Look it over; if it is right, give the reason in the explanation column.";
    REMEDY_ELSEWHERE = "Không phải làm gì nếu đúng là đã chuyển huyện; nếu không, thống nhất với huyện kia." / "Nothing to do if they did move; otherwise agree with the other district.";
}

/// People named in one finding; the count says how many there are.
const MOST_NAMES: usize = 10;

/// Changes worth explaining. `previous` holds the rows that were accepted last time; this time every row received counts.
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

    fn looks_back(&self) -> bool {
        true
    }

    /// All districts together: who stands on another district's list now has moved, and is not gone.
    fn across(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let homes = self.homes(views);
        for view in views {
            let Some(previous) = view.previous.and_then(|tables| tables.get(self.table)) else { continue };
            self.compare(view, previous, &homes, verdicts);
        }
    }
}

/// The districts on whose lists a row with a key stands.
type Homes<'a> = FxHashMap<Vec<KeyPart<'a>>, Vec<Code>>;

impl ChangeSinceLast {
    /// Where every row of this time stands; a row of which nobody knows whether the check is about it counts as there.
    fn homes<'a>(&self, views: &[View<'a>]) -> Homes<'a> {
        let mut homes = Homes::default();
        for view in views {
            for row in view.rows().chain(view.doubtful_rows()) {
                if let Some(key) = key_of(view.table, &self.fields, row) {
                    homes.entry(key).or_default().push(view.district);
                }
            }
        }
        homes
    }

    fn compare(&self, view: &View<'_>, previous: &Table, homes: &Homes<'_>, verdicts: &mut Vec<Verdict>) {
        let Some(first) = self.fields.first().copied() else { return };
        let concerned = |row: &usize| Condition::all_hold(view.when, previous, *row) == Some(true);
        let rows: Vec<usize> = (0..previous.len()).filter(concerned).collect();
        let (before, now) = (rows.len(), view.rows().count());
        if (now as f64 - before as f64).abs() * 100.0 > self.percent * before as f64 {
            verdicts.push(view.column(first).say(
                MOVED.say().with("before", before).with("now", now),
                WITHIN.say().with("percent", crate::model::shown_number(self.percent)),
                REMEDY.say(),
            ));
        }
        let (mut gone, mut elsewhere) = (Vec::new(), Vec::new());
        for row in rows {
            let Some(key) = key_of(previous, &self.fields, row) else { continue };
            let name = previous.row_key(view.vocabulary, row);
            match homes.get(&key).and_then(|homes| homes.first().map(|home| (homes, *home))) {
                None => gone.push(name),
                Some((homes, _)) if homes.contains(&view.district) => {}
                Some((_, home)) => {
                    elsewhere.push(format!("{name} ({})", view.vocabulary.district_name(Some(home)).vi));
                }
            }
        }
        if !gone.is_empty() {
            let found = VANISHED.say().with("count", gone.len()).with("names", some(&gone));
            verdicts.push(view.column(first).say(found, STILL_THERE.say(), REMEDY.say()));
        }
        if !elsewhere.is_empty() {
            let found = ELSEWHERE.say().with("count", elsewhere.len()).with("names", some(&elsewhere));
            let unsaid = view.column(first).level(Level::Note);
            verdicts.push(unsaid.say(found, STILL_THERE.say(), REMEDY_ELSEWHERE.say()));
        }
    }
}

/// The first few names.
fn some(names: &[String]) -> String {
    let more = if names.len() > MOST_NAMES { "; …" } else { "" };
    format!("{}{more}", names.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join("; "))
}

//! Kind `change-since-last`: against the previous consolidated workbook, a district's number of rows and which rows are gone.

use serde::Deserialize;

use super::value_key::{KeyPart, Keys, Presence, read_key};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Condition, FieldNames, Label, Level, Mistakes, Names, Table};
use crate::texts;

texts! {
    MOVED = "kỳ trước {before} dòng, kỳ này {now}" / "{before} rows last time, {now} this time";
    VANISHED = "{count} dòng của kỳ trước không còn: {names}" / "{count} rows of last time are gone: {names}";
    ELSEWHERE = "{count} dòng của kỳ trước nay ở danh sách huyện khác: {names}" / "{count} rows of last time are on another district's list now: {names}";
    THERE = "{name} ({district})" / "{name} ({district})";
    WITHIN = "thay đổi không quá {percent} %" / "a change of at most {percent} %";
    STILL_THERE = "còn trong danh sách, hoặc có lý do" / "still on the list, or a reason";
    REMEDY = "Kiểm tra; nếu đúng, ghi lý do vào cột Giải trình." / "Look it over; if it is right, give the reason in the explanation column.";
    REMEDY_ELSEWHERE = "Không phải làm gì nếu đúng là đã chuyển huyện; nếu không, thống nhất với huyện kia." / "Nothing to do if that is a move; otherwise agree with the other district.";
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

    fn looks_back(&self) -> bool {
        true
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let before = self.before(view).map(|(_, rows)| rows.len());
        verdicts.extend(before.and_then(|before| self.moved(view, before)));
    }

    /// Who stands on another district's list now has moved, and is not gone.
    fn across(&self, views: &[View<'_>], all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let lists: Vec<Listed<'_>> = all.iter().map(|view| self.list(view)).collect();
        for view in views {
            let Some((previous, before)) = self.before(view) else { continue };
            verdicts.extend(self.missed(view, previous, &before, &lists));
        }
    }
}

impl ChangeSinceLast {
    /// The rows on a district's list.
    fn list<'a>(&'a self, view: &View<'a>) -> Listed<'a> {
        (view.district, Keys::of(view.vocabulary, vec![view.table], &self.fields))
    }

    /// The district's table of last time, and the rows of it that count.
    fn before<'a>(&self, view: &View<'a>) -> Option<(&'a Table, Vec<usize>)> {
        let previous = view.previous?.get(self.table)?;
        let counts = |row: &usize| Condition::all_hold(view.when, previous, *row) == Some(true);
        Some((previous, (0..previous.len()).filter(counts).collect()))
    }

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

    /// Rows of last time that the district's list lacks now: gone, or on another district's list. One that may be a
    /// row with an unread cell is neither.
    fn missed(&self, view: &View<'_>, previous: &Table, before: &[usize], lists: &[Listed<'_>]) -> Vec<Verdict> {
        let (mut gone, mut elsewhere) = (Vec::new(), Vec::new());
        let mut key = Vec::new();
        for row in before {
            if !read_key(view.vocabulary, previous, &self.fields, *row, &mut key) {
                continue;
            }
            let name = || previous.row_key(view.vocabulary, *row);
            match whereabouts(view.district, lists, &key) {
                Whereabouts::Unsaid => {}
                Whereabouts::Gone => gone.push(Label::same(name())),
                Whereabouts::Elsewhere(home) => {
                    let home = view.vocabulary.district_name(Some(home));
                    let named = THERE.say().with("name", name()).with_label("district", home);
                    elsewhere.push(Label::from(named));
                }
            }
        }
        let mut verdicts = Vec::new();
        let column = || view.column(self.fields[0]);
        if !gone.is_empty() {
            let found = VANISHED.say().with("count", gone.len()).with_label("names", some(gone));
            verdicts.push(column().say(found, STILL_THERE.say(), REMEDY.say()));
        }
        if !elsewhere.is_empty() {
            let found = ELSEWHERE.say().with("count", elsewhere.len()).with_label("names", some(elsewhere));
            let note = column().level(Some(Level::Note));
            verdicts.push(note.say(found, STILL_THERE.say(), REMEDY_ELSEWHERE.say()));
        }
        verdicts
    }
}

/// A district and the rows on its list.
type Listed<'a> = (Code, Keys<'a>);

/// What became of a row of last time.
enum Whereabouts {
    /// It is still there, or may be.
    Unsaid,
    /// It stands on no list.
    Gone,
    /// It stands on another district's list.
    Elsewhere(Code),
}

fn whereabouts<'a>(home: Code, lists: &[Listed<'a>], key: &[KeyPart<'a>]) -> Whereabouts {
    let mut own = lists.iter().filter(|(district, _)| *district == home);
    if own.any(|(_, keys)| keys.presence(key) != Presence::Absent) {
        return Whereabouts::Unsaid;
    }
    let others = || lists.iter().filter(|(district, _)| *district != home);
    match others().find(|(_, keys)| keys.presence(key) == Presence::Stands) {
        Some((district, _)) => Whereabouts::Elsewhere(*district),
        None if others().any(|(_, keys)| keys.presence(key) == Presence::MayStand) => Whereabouts::Unsaid,
        None => Whereabouts::Gone,
    }
}

/// The first few names.
fn some(names: Vec<Label>) -> Label {
    let more = (names.len() > NAMED).then(|| Label::same("…"));
    Label::join(names.into_iter().take(NAMED).chain(more), "; ")
}

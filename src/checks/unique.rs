//! Kind `unique`: no two rows have the same values in some fields, in a file or across the province.

use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde::Deserialize;

use super::repeated::{At, hashed, repeated};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{FieldNames, Label, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    HERE = "{values}: có ở {count} dòng của tệp này" / "{values}: stands in {count} rows of this file";
    ELSEWHERE = "{values}: cũng có trong báo cáo của {districts}" / "{values}: also stands in the report of {districts}";
    BOTH = "{values}: có ở {count} dòng của tệp này và trong báo cáo của {districts}" / "{values}: stands in {count} rows of this file and in the report of {districts}";
    EXPECTED = "chỉ một dòng" / "one row only";
    REMEDY_HERE = "Xóa dòng thừa hoặc sửa ô bị gõ nhầm." / "Remove the surplus row or correct the mistyped cell.";
    REMEDY_ELSEWHERE = "Thống nhất với {districts}: dòng thuộc huyện nào thì huyện kia xóa." / "Agree with {districts} whose row it is; the other removes it.";
}

/// Where values must be unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Across {
    File,
    Province,
}

/// Fields whose values together are unique.
#[derive(Debug)]
pub struct Unique {
    table: usize,
    fields: Vec<usize>,
    same_person: Option<usize>,
    across: Across,
}

/// `fields = ["cccd", "khoa"]`, `across = "province"`; rows with the same `same_person` id do not contradict each other
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: FieldNames,
    same_person: Option<Located<String>>,
    across: Across,
}

impl CheckKind for Unique {
    type Written = Written;
    const NAME: &'static str = "unique";
    const PAGE: &'static str = include_str!("unique.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = names.value_fields(&written.fields, mistakes);
        let same_person = match &written.same_person {
            Some(name) => Some(names.value_field(name, mistakes)?),
            None => None,
        };
        Some(Self { table: names.table, fields: fields?, same_person, across: written.across })
    }
}

impl Check for Unique {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().chain(&self.same_person).map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        if self.across == Across::File {
            self.judge(std::slice::from_ref(view), verdicts);
        }
    }

    fn across(&self, views: &[View<'_>], _all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        if self.across == Across::Province {
            self.judge(views, verdicts);
        }
    }
}

impl Unique {
    fn judge(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let hashed = hashed(views, |view, row| self.hash(view, row));
        let mut repeated = repeated(&hashed, |one, other| self.equal(views, one, other));
        repeated.retain(|rows| self.contradict(views, rows));
        for rows in repeated {
            let mut by_view: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            rows.iter().for_each(|(view, row)| by_view.entry(*view as usize).or_default().push(*row as usize));
            for (position, own) in &by_view {
                let others = by_view.keys().filter(|other| *other != position);
                verdicts.push(self.verdict(&views[*position], own, others.map(|other| &views[*other])));
            }
        }
    }

    /// A hash of a row's values; `None` where one is blank or unread.
    fn hash(&self, view: &View<'_>, row: usize) -> Option<u64> {
        let mut hasher = FxHasher::default();
        for field in &self.fields {
            view.part(*field, row)?.hash(&mut hasher);
        }
        Some(hasher.finish())
    }

    fn equal(&self, views: &[View<'_>], one: At, other: At) -> bool {
        let value = |(view, row): At, field: usize| views[view as usize].part(field, row as usize);
        self.fields.iter().all(|field| value(one, *field) == value(other, *field))
    }

    /// Rows of one person (the same id) are not a contradiction where the check says so; nor is a row whose id could
    /// not be read, since nobody knows.
    fn contradict(&self, views: &[View<'_>], rows: &[At]) -> bool {
        let Some(person) = self.same_person else { return true };
        let read = rows.iter().map(|(view, row)| (&views[*view as usize], *row as usize));
        let read = read.filter(|(view, row)| view.table.columns[person].state(*row) != State::Unread);
        let mut ids = read.map(|(view, row)| view.part(person, row));
        let Some(first) = ids.next() else { return false };
        ids.any(|id| id.is_none() || id != first)
    }

    fn verdict<'a>(&self, view: &View<'_>, rows: &[usize], others: impl Iterator<Item = &'a View<'a>>) -> Verdict {
        let districts: Vec<Label> = others.map(|other| other.vocabulary.district_name(Some(other.district))).collect();
        let (found, remedy) = match (rows.len(), districts.is_empty()) {
            (_, true) => (HERE.say(), REMEDY_HERE.say()),
            (1, false) => (ELSEWHERE.say(), REMEDY_ELSEWHERE.say()),
            (_, false) => (BOTH.say(), REMEDY_ELSEWHERE.say()),
        };
        let (first, districts) = (self.fields[0], Label::join(districts, ", "));
        let values = view.values(self.fields.iter().copied(), rows[0]);
        view.cells(rows.iter().map(|row| (*row, first)).collect()).say(
            found.with_label("values", values).with("count", rows.len()).with_label("districts", districts.clone()),
            EXPECTED.say(),
            remedy.with_label("districts", districts),
        )
    }
}

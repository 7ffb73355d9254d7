//! Kind `unique`: no two rows have the same values in some fields, in a file or across the province.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::value_key::{KeyPart, key_of, part};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Lang, Located, Mistakes, Names};
use crate::texts;

texts! {
    HERE = "{value} có ở {count} dòng của tệp này" / "{value} stands in {count} rows of this file";
    ELSEWHERE = "{value} cũng có trong báo cáo của {districts}" / "{value} also stands in the report of {districts}";
    BOTH = "{value} có ở {count} dòng của tệp này và trong báo cáo của {districts}" / "{value} stands in {count} rows of this file and in the report of {districts}";
    EXPECTED = "chỉ một dòng" / "one row only";
    REMEDY_HERE = "Xóa dòng thừa hoặc sửa số bị gõ nhầm." / "Remove the surplus row or correct the mistyped number.";
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
    fields: Vec<Located<String>>,
    same_person: Option<Located<String>>,
    across: Across,
}

impl CheckKind for Unique {
    type Written = Written;
    const NAME: &'static str = "unique";
    const PAGE: &'static str = include_str!("unique.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = names.fields(&written.fields, mistakes);
        let same_person = match &written.same_person {
            Some(name) => Some(names.field(name, mistakes)?),
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

    fn across(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        if self.across == Across::Province {
            self.judge(views, verdicts);
        }
    }
}

impl Unique {
    fn judge(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let mut rows: FxHashMap<Vec<KeyPart<'_>>, Vec<(usize, usize)>> = FxHashMap::default();
        for (position, view) in views.iter().enumerate() {
            for row in view.rows() {
                if let Some(key) = key_of(view.table, &self.fields, row) {
                    rows.entry(key).or_default().push((position, row));
                }
            }
        }
        let mut doubled: Vec<Vec<(usize, usize)>> =
            rows.into_values().filter(|rows| rows.len() > 1 && self.contradict(views, rows)).collect();
        doubled.sort();
        for rows in doubled {
            let mut by_view: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
            rows.iter().for_each(|(position, row)| by_view.entry(*position).or_default().push(*row));
            for (position, own) in &by_view {
                let others = by_view.keys().filter(|other| *other != position);
                let others: Vec<&View<'_>> = others.map(|other| &views[*other]).collect();
                verdicts.push(self.verdict(&views[*position], own, &others));
            }
        }
    }

    /// Rows of one person (the same id) are not a contradiction where the check says so.
    fn contradict(&self, views: &[View<'_>], rows: &[(usize, usize)]) -> bool {
        let Some(person) = self.same_person else { return true };
        let mut ids = rows.iter().map(|(position, row)| part(views[*position].table, person, *row));
        let first = ids.next().flatten();
        first.is_none() || ids.any(|id| id != first)
    }

    fn verdict(&self, view: &View<'_>, rows: &[usize], others: &[&View<'_>]) -> Verdict {
        let shown = |field: &usize| rows.first().map(|row| view.shown(*field, *row)).unwrap_or_default();
        let values: Vec<String> = self
            .fields
            .iter()
            .map(|field| format!("«{}» {}", view.label(*field).vi, shown(field).get(Lang::Vi)))
            .collect();
        let districts: Vec<String> =
            others.iter().map(|other| view.vocabulary.district_name(Some(other.district)).vi).collect();
        let (found, remedy) = match (rows.len(), others.is_empty()) {
            (_, true) => (HERE.say(), REMEDY_HERE.say()),
            (1, false) => (ELSEWHERE.say(), REMEDY_ELSEWHERE.say()),
            (_, false) => (BOTH.say(), REMEDY_ELSEWHERE.say()),
        };
        let first = self.fields.first().copied().unwrap_or(0);
        view.cells(rows.iter().map(|row| (*row, first)).collect()).say(
            found.with("value", values.join(", ")).with("count", rows.len()).with("districts", districts.join(", ")),
            EXPECTED.say(),
            remedy.with("districts", districts.join(", ")),
        )
    }
}

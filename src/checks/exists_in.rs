//! Kind `exists-in`: the values of some fields stand together in a row of another table of some district.

use serde::Deserialize;

use super::value_key::{Keys, Presence, read_key};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{FieldNames, Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "trong các báo cáo đã nhận, không có dòng nào của «{table}» ghi {values}" / "in the reports received, no row of \"{table}\" says {values}";
    EXPECTED = "một dòng tương ứng trong «{table}» của một huyện" / "a matching row in \"{table}\" of some district";
    REMEDY = "Bổ sung hoặc sửa dòng ở «{table}», hoặc sửa ô này; nếu đúng, ghi lý do vào cột Giải trình." / "Add or correct the row in \"{table}\", or correct this cell; if it is right, give the reason in the explanation column.";
}

/// Values that must exist in another table.
#[derive(Debug)]
pub struct ExistsIn {
    table: usize,
    fields: Vec<usize>,
    other: usize,
    other_fields: Vec<usize>,
}

/// `fields = ["cccd", "khoa_da_hoc"]`, `table = "hoc_vien"`, `other_fields = ["cccd", "khoa"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: FieldNames,
    table: Located<String>,
    other_fields: FieldNames,
}

impl CheckKind for ExistsIn {
    type Written = Written;
    const NAME: &'static str = "exists-in";
    const PAGE: &'static str = include_str!("exists_in.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let other = names.table(&written.table, mistakes)?;
        let pairs = names.pairs(&written.fields, other, &written.other_fields, mistakes)?;
        let (fields, other_fields) = pairs.into_iter().unzip();
        Some(Self { table: names.table, fields, other, other_fields })
    }
}

impl Check for ExistsIn {
    fn needs(&self) -> Vec<(usize, usize)> {
        let there = self.other_fields.iter().map(|field| (self.other, *field));
        self.fields.iter().map(|field| (self.table, *field)).chain(there).collect()
    }

    /// Where one report's other table cannot be read, the row that is looked for may stand there.
    fn needs_everywhere(&self) -> Vec<(usize, usize)> {
        self.other_fields.iter().map(|field| (self.other, *field)).collect()
    }

    fn across(&self, views: &[View<'_>], all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        // Most often the conditions leave no row to look for.
        let Some(first) = views.iter().find(|view| view.rows().next().is_some()) else { return };
        let tables = all.iter().map(|view| &view.tables[self.other]).collect();
        let there = Keys::of(first.vocabulary, tables, &self.other_fields);
        let mut key = Vec::new();
        for view in views {
            for row in view.rows() {
                let filled = read_key(view.vocabulary, view.table, &self.fields, row, &mut key);
                if filled && there.presence(&key) == Presence::Absent {
                    verdicts.push(self.verdict(view, row));
                }
            }
        }
    }
}

impl ExistsIn {
    fn verdict(&self, view: &View<'_>, row: usize) -> Verdict {
        let table = &view.vocabulary.tables[self.other].sheet;
        // The last field is what is claimed; the first ones say who claims it.
        let fields: Vec<usize> = self.fields.iter().rev().copied().collect();
        let values = view.values(self.fields.iter().copied(), row);
        view.at(row, &fields).say(
            FOUND.say().with_label("table", table.clone()).with_label("values", values),
            EXPECTED.say().with_label("table", table.clone()),
            REMEDY.say().with_label("table", table.clone()),
        )
    }
}

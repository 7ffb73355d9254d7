//! Kind `exists-in`: the values of some fields stand together in a row of another table of some district.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::value_key::{KeyPart, key_of};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Label, Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "không có dòng nào của «{table}» ghi {values}" / "no row of \"{table}\" says {values}";
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
    fields: Vec<Located<String>>,
    table: Located<String>,
    other_fields: Vec<Located<String>>,
}

impl CheckKind for ExistsIn {
    type Written = Written;
    const NAME: &'static str = "exists-in";
    const PAGE: &'static str = include_str!("exists_in.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let fields = names.fields(&written.fields, mistakes);
        let other = names.table(&written.table, mistakes)?;
        let other_fields = Names { table: other, ..*names }.fields(&written.other_fields, mistakes);
        if written.fields.len() != written.other_fields.len() {
            mistakes.add(written.table.span(), "fields and other_fields differ in number", None);
        }
        Some(Self { table: names.table, fields: fields?, other, other_fields: other_fields? })
    }
}

impl Check for ExistsIn {
    fn needs(&self) -> Vec<(usize, usize)> {
        let there = self.other_fields.iter().map(|field| (self.other, *field));
        self.fields.iter().map(|field| (self.table, *field)).chain(there).collect()
    }

    fn across(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let mut there: FxHashSet<Vec<KeyPart<'_>>> = FxHashSet::default();
        for view in views {
            let other = &view.tables[self.other];
            there.extend((0..other.len()).filter_map(|row| key_of(other, &self.other_fields, row)));
        }
        for view in views {
            for row in view.rows() {
                let Some(key) = key_of(view.table, &self.fields, row) else { continue };
                if !there.contains(&key) {
                    verdicts.push(self.verdict(view, row));
                }
            }
        }
    }
}

impl ExistsIn {
    fn verdict(&self, view: &View<'_>, row: usize) -> Verdict {
        let table = &view.vocabulary.tables[self.other].sheet;
        let said = |pick: fn(&Label) -> &str| {
            let values = self
                .fields
                .iter()
                .map(|field| format!("«{}» = {}", pick(&view.label(*field)), pick(&view.shown(*field, row))));
            values.collect::<Vec<_>>().join(", ")
        };
        let values = Label { vi: said(|label| &label.vi), en: said(|label| &label.en) };
        // The last field is what is claimed; the first ones say who claims it.
        let fields: Vec<usize> = self.fields.iter().rev().copied().collect();
        view.at(row, &fields).say(
            FOUND.say().with_label("table", table.clone()).with_label("values", values),
            EXPECTED.say().with_label("table", table.clone()),
            REMEDY.say().with_label("table", table.clone()),
        )
    }
}

//! Kind `one-per`: exactly one row for each entry of the submitting district.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

use super::nearest::Nearest;
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Label, Located, Mistakes, Names, shown_date};
use crate::texts;

texts! {
    NONE = "{entry} không có dòng nào{such}" / "{entry} has no row{such}";
    SEVERAL = "{entry}: {count} dòng{such}" / "{entry}: {count} rows{such}";
    EXPECTED = "đúng một dòng cho mỗi mục của «{field}» có hiệu lực ngày {day}" / "exactly one row for each entry of \"{field}\" in force on {day}";
    ADD = "Thêm một dòng cho {entry}.{hint}" / "Add a row for {entry}.{hint}";
    REMOVE = "Giữ một dòng, xóa hoặc sửa các dòng kia." / "Keep one row; remove or correct the others.";
    HINT = " {hint}" / " {hint}";
}

/// One row an entry.
#[derive(Debug)]
pub struct OnePer {
    table: usize,
    group: usize,
    hint: Label,
}

/// `group = "don_vi"`; `hint` is added to the advice where the row is missing
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    group: Located<String>,
    hint: Option<Label>,
}

impl CheckKind for OnePer {
    type Written = Written;
    const NAME: &'static str = "one-per";
    const PAGE: &'static str = include_str!("one_per.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (group, _) = names.code_field(&written.group, mistakes)?;
        let hint = written.hint.map(|hint| Label::from(HINT.say().with_label("hint", hint)));
        Some(Self { table: names.table, group, hint: hint.unwrap_or_default() })
    }
}

impl Check for OnePer {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.group)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        if view.table.nothing_to_report() {
            return;
        }
        let Some((list, parent)) = view.list(self.group) else { return };
        let mut rows: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
        for row in view.rows() {
            rows.entry(view.table.columns[self.group].code(row)).or_default().push(row);
        }
        let excused = self.excused(view);
        let expected = || {
            let expected = EXPECTED.say().with_label("field", view.label(self.group));
            expected.with("day", shown_date(view.cut_off))
        };
        for (code, entry) in list.valid(view.cut_off, parent) {
            let such = |text: &'static crate::model::Text| {
                text.say().with_label("entry", entry.label.clone()).with_label("such", view.such())
            };
            match rows.get(&code).map_or(&[][..], Vec::as_slice) {
                [_] => {}
                [] if excused.contains(&code) => {}
                [] => {
                    let remedy = ADD.say().with_label("entry", entry.label.clone());
                    let remedy = remedy.with_label("hint", self.hint.clone());
                    verdicts.push(view.column(self.group).say(such(&NONE), expected(), remedy));
                }
                several => {
                    let cells = several.iter().map(|row| (*row, self.group)).collect();
                    let found = such(&SEVERAL).with("count", several.len());
                    verdicts.push(view.cells(cells).say(found, expected(), REMOVE.say()));
                }
            }
        }
    }
}

impl OnePer {
    /// Entries that a faulty row may stand for, which has its own finding: a row that meets or may meet the
    /// conditions and whose entry is misspelt, or of which nobody knows whether it meets them.
    fn excused(&self, view: &View<'_>) -> BTreeSet<Code> {
        let column = &view.table.columns[self.group];
        let mut excused: BTreeSet<Code> = view.doubtful_rows().map(|row| column.code(row)).collect();
        let misspelt = column.unread.iter().filter(|(row, _)| view.may_hold(*row as usize));
        let misspelt: BTreeSet<&str> = misspelt.map(|(_, written)| written.as_ref()).collect();
        if let (false, Some((list, parent))) = (misspelt.is_empty(), view.list(self.group)) {
            let near = Nearest::among(list, view.cut_off, parent);
            excused.extend(misspelt.into_iter().filter_map(|written| near.to(written)));
        }
        excused
    }
}

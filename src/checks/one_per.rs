//! Kind `one-per`: exactly one row for each entry of the submitting district.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::nearest::nearest_entry;
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Located, Mistakes, Names};
use crate::texts;

texts! {
    NONE = "{entry} không có dòng nào như vậy" / "{entry} has no such row";
    SEVERAL = "{entry} có {count} dòng như vậy" / "{entry} has {count} such rows";
    EXPECTED = "đúng một dòng cho mỗi đơn vị của huyện" / "exactly one row for each unit of the district";
    ADD = "Thêm một dòng cho {entry}; nếu khuyết, đánh x ở cột Khuyết." / "Add a row for {entry}; if the post is vacant, mark it so.";
    REMOVE = "Giữ một dòng, xóa hoặc sửa các dòng kia." / "Keep one row; remove or correct the others.";
}

/// One row an entry.
#[derive(Debug)]
pub struct OnePer {
    table: usize,
    group: usize,
}

/// `group = "don_vi"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    group: Located<String>,
}

impl CheckKind for OnePer {
    type Written = Written;
    const NAME: &'static str = "one-per";
    const PAGE: &'static str = include_str!("one_per.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (group, _) = names.code_field(&written.group, mistakes)?;
        Some(Self { table: names.table, group })
    }
}

impl Check for OnePer {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.group)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some(list) = view.vocabulary.list_of(self.table, self.group) else { return };
        let column = &view.table.columns[self.group];
        let mut rows: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
        for row in view.rows() {
            rows.entry(column.code(row)).or_default().push(row);
        }
        // A misspelt unit, or a row whose conditions cannot be read, has its own finding and stands for its unit.
        let misspelt =
            column.unread.iter().filter_map(|(_, text)| nearest_entry(list, text, view.cut_off, Some(view.district)));
        let excused: Vec<Code> = misspelt.chain(view.doubtful_rows().map(|row| column.code(row))).collect();
        for (code, entry) in list.valid(view.cut_off, Some(view.district)) {
            match rows.get(&code).map_or(&[][..], Vec::as_slice) {
                [_] => {}
                [] if excused.contains(&code) => {}
                [] => verdicts.push(view.column(self.group).say(
                    NONE.say().with_label("entry", entry.label.clone()),
                    EXPECTED.say(),
                    ADD.say().with_label("entry", entry.label.clone()),
                )),
                several => {
                    let cells = several.iter().map(|row| (*row, self.group)).collect();
                    let found = SEVERAL.say().with_label("entry", entry.label.clone()).with("count", several.len());
                    verdicts.push(view.cells(cells).say(found, EXPECTED.say(), REMOVE.say()));
                }
            }
        }
    }
}

//! Kind `at-most-per`: at most so many rows per entry of a code field.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "{entry}: {count} dòng{such}" / "{entry}: {count} rows{such}";
    EXPECTED = "nhiều nhất {limit} dòng" / "at most {limit}";
    REMEDY = "Xóa dòng thừa; nếu đúng, ghi lý do vào cột Giải trình." / "Remove the surplus row; if it is right, give the reason in the explanation column.";
}

/// A limit per entry, raised for entries with an attribute.
#[derive(Debug)]
pub struct AtMostPer {
    table: usize,
    group: usize,
    limit: usize,
    raised: Vec<(usize, String, usize)>,
}

/// `group = "don_vi"`, `limit = 1`, `raised = [{ attribute = "border", is = "1", limit = 2 }]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    group: Located<String>,
    limit: usize,
    #[serde(default)]
    raised: Vec<Raised>,
}

/// A higher limit for entries whose attribute has a value.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Raised {
    attribute: Located<String>,
    is: String,
    limit: usize,
}

impl CheckKind for AtMostPer {
    type Written = Written;
    const NAME: &'static str = "at-most-per";
    const PAGE: &'static str = include_str!("at_most_per.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (group, list) = names.code_field(&written.group, mistakes)?;
        let raised = written.raised.into_iter().map(|raised| {
            let attribute = names.attribute(list, &raised.attribute, mistakes)?;
            Some((attribute, raised.is, raised.limit))
        });
        let raised: Option<Vec<_>> = raised.collect();
        Some(Self { table: names.table, group, limit: written.limit, raised: raised? })
    }
}

impl Check for AtMostPer {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.group)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some((list, _)) = view.list(self.group) else { return };
        let mut groups: BTreeMap<Code, Vec<usize>> = BTreeMap::new();
        for row in view.rows() {
            let code = view.table.columns[self.group].code(row);
            if code != Code::NONE {
                groups.entry(code).or_default().push(row);
            }
        }
        for (code, rows) in groups {
            let raised = self.raised.iter().filter(|(attribute, value, _)| list.attribute(code, *attribute) == value);
            let limit = raised.map(|(.., limit)| *limit).fold(self.limit, usize::max);
            if rows.len() <= limit {
                continue;
            }
            // The last row is the one that is too many; the others stand beside it.
            let cells = rows.iter().rev().map(|row| (*row, self.group)).collect();
            let entry = list.entry(code).map(|entry| entry.label.clone()).unwrap_or_default();
            verdicts.push(view.cells(cells).say(
                FOUND.say().with_label("entry", entry).with("count", rows.len()).with_label("such", view.such()),
                EXPECTED.say().with("limit", limit),
                REMEDY.say(),
            ));
        }
    }
}

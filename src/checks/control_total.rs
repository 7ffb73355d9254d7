//! Kind `control-total`: what the cover declares is what the rows received count to.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View, When};
use crate::model::{Condition, Located, Measure, Mistakes, Names, State, Test, shown_number};
use crate::texts;

texts! {
    FOUND = "«{total}» khai {declared}, đếm được {counted} (chênh {difference})" / "\"{total}\" declares {declared}, counted {counted} (difference {difference})";
    EXPECTED = "hai số bằng nhau" / "the two numbers equal";
    REMEDY = "Sửa số ở trang đầu, hoặc bổ sung, xóa dòng trong danh sách." / "Correct the number on the cover, or add or remove rows on the list.";
}

/// Control totals of the cover.
#[derive(Debug)]
pub struct ControlTotal {
    totals: Vec<(usize, usize)>,
}

/// `totals = ["tong_hoc_vien"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    totals: Vec<Located<String>>,
}

impl CheckKind for ControlTotal {
    type Written = Written;
    const NAME: &'static str = "control-total";
    const WHEN: When = When::Refused;
    const PAGE: &'static str = include_str!("control_total.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let shapes = &names.vocabulary.cover.totals;
        let known: Vec<&str> = shapes.iter().map(|total| total.name.as_str()).collect();
        let totals: Vec<Option<(usize, usize)>> = written
            .totals
            .iter()
            .map(|name| {
                let find = |name: &str| known.iter().position(|known| *known == name);
                let total = mistakes.name("control total", name, &known, find)?;
                Some((total, shapes[total].measure))
            })
            .collect();
        let totals: Option<Vec<_>> = totals.into_iter().collect();
        Some(Self { totals: totals? })
    }
}

impl Check for ControlTotal {
    fn needs(&self) -> Vec<(usize, usize)> {
        Vec::new()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for (total, measure) in &self.totals {
            let measure = &view.vocabulary.measures[*measure];
            let table = &view.tables[measure.table];
            let readable = measure.when.iter().all(|condition| table.has_column(view.vocabulary, condition.field));
            let Some(declared) = view.cover.totals.get(*total).copied().flatten().filter(|_| table.found() && readable)
            else {
                continue;
            };
            let (counted, doubtful) = count(measure, view);
            if (counted..=counted + doubtful).contains(&declared) {
                continue;
            }
            let label = view.vocabulary.cover.totals[*total].label.clone();
            verdicts.push(
                view.total(*total).say(
                    FOUND
                        .say()
                        .with_label("total", label)
                        .with("declared", shown_number(declared))
                        .with("counted", shown_number(counted))
                        .with("difference", shown_number(declared - counted)),
                    EXPECTED.say(),
                    REMEDY.say(),
                ),
            );
        }
    }
}

/// Rows that meet the measure, and rows of which nobody knows because a cell is unread, or blank though a code is
/// asked for; these have their own findings, and the district may have counted them.
fn count(measure: &Measure, view: &View<'_>) -> (f64, f64) {
    let table = &view.tables[measure.table];
    let (mut counted, mut doubtful) = (0.0, 0.0);
    let blank = |row: usize| {
        measure.when.iter().any(|condition: &Condition| {
            let asked = matches!(condition.test, Test::Is(_) | Test::IsNot(_));
            asked && table.columns[condition.field].state(row) == State::Blank
        })
    };
    for row in 0..table.len() {
        match Condition::all_hold(&measure.when, table, row) {
            Some(true) => counted += 1.0,
            None => doubtful += 1.0,
            Some(false) if blank(row) => doubtful += 1.0,
            Some(false) => {}
        }
    }
    (counted, doubtful)
}

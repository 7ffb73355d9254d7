//! Kind `filled`: when its conditions hold, these cells must be filled.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{FieldNames, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "ô «{field}» để trống" / "cell \"{field}\" is blank";
    EXPECTED = "có giá trị{because}" / "a value{because}";
    REMEDY = "Điền «{field}»{or_condition}." / "Fill in \"{field}\"{or_condition}.";
}

/// Cells that must be filled.
#[derive(Debug)]
pub struct Filled {
    table: usize,
    fields: Vec<usize>,
}

/// `fields = ["ngay_tot_nghiep", "xep_loai"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    fields: FieldNames,
}

impl CheckKind for Filled {
    type Written = Written;
    const NAME: &'static str = "filled";
    const PAGE: &'static str = include_str!("filled.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        Some(Self { table: names.table, fields: names.fields(&written.fields, mistakes)? })
    }
}

impl Check for Filled {
    fn needs(&self) -> Vec<(usize, usize)> {
        self.fields.iter().map(|field| (self.table, *field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            for field in &self.fields {
                if view.table.columns[*field].state(row) == State::Blank {
                    let label = view.label(*field);
                    verdicts.push(view.at(row, &[*field]).say(
                        FOUND.say().with_label("field", label.clone()),
                        EXPECTED.say().with_label("because", view.because(row)),
                        REMEDY.say().with_label("field", label).with_label("or_condition", view.or_condition()),
                    ));
                }
            }
        }
    }
}

//! Kind `quota`: rows per entry of a code field do not exceed the district's places.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Located, Mistakes, Names, shown_number};
use crate::texts;

texts! {
    FOUND = "{entry}: {count} dòng{such}" / "{entry}: {count} rows{such}";
    EXPECTED = "không quá chỉ tiêu {places}" / "at most the quota of {places}";
    REMEDY = "Kiểm tra các dòng của {entry}; nếu đúng, ghi lý do vào cột Giải trình." / "Look through the rows of {entry}; if they are right, give the reason in the explanation column.";
}

/// Places per entry and district, from a reference table.
#[derive(Debug)]
pub struct Quota {
    table: usize,
    group: usize,
    reference: usize,
    key: usize,
    district: usize,
    places: usize,
}

/// `group = "khoa"`, `reference = "quotas"`, and its columns `key`, `district`, `places`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    group: Located<String>,
    reference: Located<String>,
    key: Located<String>,
    district: Located<String>,
    places: Located<String>,
}

impl CheckKind for Quota {
    type Written = Written;
    const NAME: &'static str = "quota";
    const PAGE: &'static str = include_str!("quota.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (group, list) = names.code_field(&written.group, mistakes)?;
        let reference = names.reference(&written.reference, mistakes)?;
        let districts = &names.vocabulary.lists[names.vocabulary.districts];
        let key = names.reference_codes(reference, &written.key, list, mistakes);
        let district = names.reference_codes(reference, &written.district, districts, mistakes);
        let places = names.reference_column(reference, &written.places, mistakes);
        Some(Self { table: names.table, group, reference, key: key?, district: district?, places: places? })
    }
}

impl Check for Quota {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.group)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some((list, _)) = view.list(self.group) else { return };
        let reference = &view.vocabulary.references[self.reference];
        let mut counts: BTreeMap<Code, u32> = BTreeMap::new();
        for row in view.rows() {
            *counts.entry(view.table.columns[self.group].code(row)).or_default() += 1;
        }
        for (code, count) in counts {
            let Some(entry) = list.entry(code) else { continue };
            let Some(places) = reference.sum(self.places, &[(self.key, code), (self.district, view.district)]) else {
                continue;
            };
            if f64::from(count) > places {
                verdicts.push(
                    view.column(self.group).say(
                        FOUND
                            .say()
                            .with_label("entry", entry.label.clone())
                            .with("count", count)
                            .with_label("such", view.such()),
                        EXPECTED.say().with("places", shown_number(places)),
                        REMEDY.say().with_label("entry", entry.label.clone()),
                    ),
                );
            }
        }
    }
}

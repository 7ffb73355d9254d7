//! Kind `id-home`: a citizen id was registered in the home province.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View, citizen_id};
use crate::model::{Label, Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "«{field}» {value} đăng ký ở {province}" / "\"{field}\" {value} was registered in {province}";
    EXPECTED = "thường bắt đầu bằng {prefix}" / "usually begins with {prefix}";
    REMEDY = "Không phải sửa nếu đúng là người nơi khác chuyển đến." / "Nothing to correct if the person moved here.";
}

/// The province in which a citizen id was registered (circular 07/2016/TT-BCA).
#[derive(Debug)]
pub struct IdHome {
    table: usize,
    field: usize,
    prefix: String,
    prefixes: usize,
}

/// `field = "cccd"`, `prefix = "020"`, `prefixes = "cccd_provinces"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    prefix: String,
    prefixes: Located<String>,
}

impl CheckKind for IdHome {
    type Written = Written;
    const NAME: &'static str = "id-home";
    const PAGE: &'static str = include_str!("id_home.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let field = names.text_field(&written.field, mistakes);
        let prefixes = names.list(&written.prefixes, mistakes);
        Some(Self { table: names.table, field: field?, prefix: written.prefix, prefixes: prefixes? })
    }
}

impl Check for IdHome {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let column = &view.table.columns[self.field];
        let entries = view.vocabulary.lists[self.prefixes].entries.iter();
        let provinces: FxHashMap<&str, &Label> = entries.map(|entry| (entry.code.as_str(), &entry.label)).collect();
        for row in view.rows() {
            let value = column.text(row);
            if !citizen_id::is_one(value) || value.starts_with(&self.prefix) {
                continue;
            }
            // An unknown prefix is a fault of its own.
            let Some(province) = provinces.get(citizen_id::province(value)) else { continue };
            verdicts.push(
                view.at(row, &[self.field]).say(
                    FOUND
                        .say()
                        .with_label("field", view.label(self.field))
                        .with("value", value)
                        .with_label("province", (*province).clone()),
                    EXPECTED.say().with("prefix", &self.prefix),
                    REMEDY.say(),
                ),
            );
        }
    }
}

//! Kind `id-home`: a citizen id was registered in the home province.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "CCCD «{value}» đăng ký ở {province}" / "citizen id \"{value}\" was registered in {province}";
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
        let list = &view.vocabulary.lists[self.prefixes];
        for row in view.rows() {
            let value = column.text(row);
            if value.len() != 12 || value.starts_with(&self.prefix) {
                continue;
            }
            // An unknown prefix is a fault of its own.
            let Some(entry) = value.get(..3).and_then(|prefix| list.entry(list.by_code(prefix, None)?)) else {
                continue;
            };
            verdicts.push(view.at(row, &[self.field]).say(
                FOUND.say().with("value", value).with_label("province", entry.label.clone()),
                EXPECTED.say().with("prefix", &self.prefix),
                REMEDY.say(),
            ));
        }
    }
}

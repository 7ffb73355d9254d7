//! Kind `id-shape`: a citizen id has the right number of digits and a known province prefix.

use rustc_hash::FxHashSet;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View, citizen_id};
use crate::model::{Level, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    LETTERS = "«{value}» có ký tự không phải chữ số" / "\"{value}\" holds characters that are no digits";
    LENGTH = "«{value}» có {digits} chữ số" / "\"{value}\" has {digits} digits";
    PREFIX = "«{value}» bắt đầu bằng {prefix}, không phải mã tỉnh" / "\"{value}\" begins with {prefix}, which is no province";
    OLD = "«{value}» là số cũ, {digits} chữ số" / "\"{value}\" is an old number of {digits} digits";
    EXPECTED = "{digits} chữ số, ba số đầu là mã tỉnh" / "{digits} digits, the first three a province's code";
    REMEDY = "Đối chiếu giấy tờ của người này rồi gõ lại «{field}»; đặt ô dạng Văn bản." / "Compare with the person's papers and type \"{field}\" again; format the cell as Text.";
    ASK_NEW = "Ghi số mới, {accepted} chữ số, khi người này có." / "Write the new number of {accepted} digits once the person has it.";
}

/// The shape of a citizen id (law on citizen identification 2014; circular 07/2016/TT-BCA).
#[derive(Debug)]
pub struct IdShape {
    table: usize,
    field: usize,
    accepted: usize,
    noted: usize,
    prefixes: usize,
}

/// `field = "cccd"`, `accepted = 12`, `noted = 9`, `prefixes = "cccd_provinces"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    accepted: usize,
    noted: usize,
    prefixes: Located<String>,
}

impl CheckKind for IdShape {
    type Written = Written;
    const NAME: &'static str = "id-shape";
    const PAGE: &'static str = include_str!("id_shape.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let field = names.text_field(&written.field, mistakes);
        let prefixes = names.list(&written.prefixes, mistakes);
        let Written { accepted, noted, .. } = written;
        Some(Self { table: names.table, field: field?, accepted, noted, prefixes: prefixes? })
    }
}

impl Check for IdShape {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let column = &view.table.columns[self.field];
        let entries = view.vocabulary.lists[self.prefixes].entries.iter();
        let provinces: FxHashSet<&str> = entries.map(|entry| entry.code.as_str()).collect();
        for row in view.rows().filter(|row| column.state(*row) == State::Read) {
            let value = column.text(row);
            let province = citizen_id::province(value);
            let (found, remedy, level) = match value {
                _ if !value.bytes().all(|byte| byte.is_ascii_digit()) => (LETTERS.say(), REMEDY.say(), None),
                _ if value.len() == self.noted => (OLD.say(), ASK_NEW.say(), Some(Level::Note)),
                _ if value.len() != self.accepted => (LENGTH.say(), REMEDY.say(), None),
                _ if !provinces.contains(province) => (PREFIX.say().with("prefix", province), REMEDY.say(), None),
                _ => continue,
            };
            verdicts.push(view.at(row, &[self.field]).level(level).say(
                found.with("value", value).with("digits", value.len()),
                EXPECTED.say().with("digits", self.accepted),
                remedy.with_label("field", view.label(self.field)).with("accepted", self.accepted),
            ));
        }
    }
}

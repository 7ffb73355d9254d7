//! Kind `id-shape`: a citizen id has the right number of digits and a known province prefix.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{CodeList, Level, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    LETTERS = "«{value}» có ký tự không phải chữ số" / "\"{value}\" holds characters that are no digits";
    LENGTH = "«{value}» có {digits} chữ số" / "\"{value}\" has {digits} digits";
    PREFIX = "«{value}» bắt đầu bằng {prefix}, không phải mã tỉnh" / "\"{value}\" begins with {prefix}, which is no province";
    OLD = "«{value}» là số CMND {digits} chữ số" / "\"{value}\" is an old identity number of {digits} digits";
    EXPECTED = "{digits} chữ số, ba số đầu là mã tỉnh" / "{digits} digits, the first three a province's code";
    REMEDY = "Đối chiếu căn cước của người này rồi gõ lại; đặt ô dạng Văn bản." / "Compare with the person's card and type it again; format the cell as Text.";
    ASK_NEW = "Nên bổ sung số CCCD khi có." / "Add the citizen id once it is known.";
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
        let prefixes = &view.vocabulary.lists[self.prefixes];
        for row in view.rows().filter(|row| column.state(*row) == State::Read) {
            let value = column.text(row);
            let (found, level) = match value {
                _ if !value.bytes().all(|byte| byte.is_ascii_digit()) => (LETTERS.say(), None),
                _ if value.len() == self.noted => (OLD.say(), Some(Level::Note)),
                _ if value.len() != self.accepted => (LENGTH.say(), None),
                _ if !known_prefix(prefixes, value) => (PREFIX.say().with("prefix", prefix(value)), None),
                _ => continue,
            };
            let unsaid = view.at(row, &[self.field]);
            let unsaid = level.map_or_else(|| unsaid.clone(), |level| unsaid.clone().level(level));
            verdicts.push(unsaid.say(
                found.with("value", value).with("digits", value.chars().count()),
                EXPECTED.say().with("digits", self.accepted),
                if level.is_some() { ASK_NEW.say() } else { REMEDY.say() },
            ));
        }
    }
}

fn prefix(value: &str) -> &str {
    value.get(..3).unwrap_or(value)
}

fn known_prefix(prefixes: &CodeList, value: &str) -> bool {
    prefixes.by_code(prefix(value), None).is_some()
}

//! Kind `known`: a code field's value stands in its list, on the cut-off date and for the submitting district.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::nearest::Nearest;
use super::{Check, CheckKind, Verdict, View, When};
use crate::model::{Code, CodeList, Located, Lookup, Mistakes, Names, Sentence, Text, shown_date};
use crate::text::key;
use crate::texts;

texts! {
    FOUND = "«{field}» ghi «{value}»" / "\"{field}\" says \"{value}\"";
    ELSEWHERE = "«{field}» ghi «{value}», thuộc {owner}" / "\"{field}\" says \"{value}\", which belongs to {owner}";
    OTHER_PERIOD = "«{field}» ghi «{value}», không còn hoặc chưa có hiệu lực vào ngày {day}" / "\"{field}\" says \"{value}\", which is not in force on {day}";
    AMBIGUOUS = "«{field}» ghi «{value}», có thể là {entries}" / "\"{field}\" says \"{value}\", which may be {entries}";
    EXPECTED = "một giá trị trong danh mục có hiệu lực ngày {day}" / "an entry of the list in force on {day}";
    DID_YOU_MEAN = "Có phải «{near}»? Nếu đúng, ghi lại như vậy." / "Is it \"{near}\"? If so, write it like that.";
    CHOOSE = "Chọn lại từ danh sách thả xuống của biểu mẫu." / "Choose again from the drop-down of the blank workbook.";
    WHOLE_NAME = "Ghi cả tên, ví dụ «{near}»." / "Write the whole name, e.g. \"{near}\".";
}

/// A field whose value must be in its list.
#[derive(Debug)]
pub struct Known {
    table: usize,
    field: usize,
}

/// `field = "don_vi"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
}

impl CheckKind for Known {
    type Written = Written;
    const NAME: &'static str = "known";
    const WHEN: When = When::Refused;
    const PAGE: &'static str = include_str!("known.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (field, _) = names.code_field(&written.field, mistakes)?;
        Some(Self { table: names.table, field })
    }
}

impl Check for Known {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some((list, parent)) = view.list(self.field) else { return };
        let day = shown_date(view.cut_off);
        let near = Nearest::among(list, view.cut_off, parent);
        let mut said: FxHashMap<&str, (Sentence, Sentence)> = FxHashMap::default();
        let column = &view.table.columns[self.field];
        for row in column.unlisted.iter().map(|row| *row as usize) {
            let Some(written) = column.unread(row) else { continue };
            let said = said.entry(written).or_insert_with(|| says(list, written, parent, &near, view));
            let (found, remedy) = said.clone();
            let found = found.with_label("field", view.label(self.field)).with("value", written).with("day", &day);
            verdicts.push(view.at(row, &[self.field]).say(found, EXPECTED.say().with("day", &day), remedy));
        }
    }
}

/// What is wrong with a spelling, and what to do about it.
fn says(list: &CodeList, written: &str, parent: Option<Code>, near: &Nearest, view: &View<'_>) -> (Sentence, Sentence) {
    let naming = |text: &'static Text, code: Code| text.say().with_label("near", list.labels(&[code]));
    let nearest = || near.to(written).map_or_else(|| CHOOSE.say(), |code| naming(&DID_YOU_MEAN, code));
    match list.look_up(&key(written), view.cut_off, parent) {
        Lookup::Elsewhere(codes) => {
            let owners: Vec<Code> = codes.iter().filter_map(|code| list.entry(*code)?.parent).collect();
            let parents = list.parent.map(|parents| &view.vocabulary.lists[parents]);
            let owner = parents.map(|parents| parents.labels(&owners)).unwrap_or_default();
            (ELSEWHERE.say().with_label("owner", owner), nearest())
        }
        Lookup::OtherPeriod(_) => (OTHER_PERIOD.say(), nearest()),
        Lookup::Ambiguous(codes) => {
            let found = AMBIGUOUS.say().with_label("entries", list.labels(&codes));
            (found, codes.first().map_or_else(|| CHOOSE.say(), |code| naming(&WHOLE_NAME, *code)))
        }
        Lookup::One(_) | Lookup::Unknown => (FOUND.say(), nearest()),
    }
}

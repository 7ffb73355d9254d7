//! Kind `known`: a code field's value stands in its list, on the cut-off date and for the submitting district.

use serde::Deserialize;

use super::nearest::nearest_entry;
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, CodeList, FieldType, Label, Located, Lookup, Mistakes, Names, Sentence};
use crate::text::key;
use crate::texts;

texts! {
    FOUND = "«{field}» ghi «{value}»" / "\"{field}\" says \"{value}\"";
    ELSEWHERE = "«{field}» ghi «{value}», là đơn vị của {owner}" / "\"{field}\" says \"{value}\", which belongs to {owner}";
    OTHER_PERIOD = "«{field}» ghi «{value}», không còn hoặc chưa có hiệu lực vào ngày {day}" / "\"{field}\" says \"{value}\", which is not in force on {day}";
    AMBIGUOUS = "«{field}» ghi «{value}», có thể là {entries}" / "\"{field}\" says \"{value}\", which may be {entries}";
    EXPECTED = "một giá trị trong danh mục có hiệu lực ngày {day}" / "an entry of the list in force on {day}";
    DID_YOU_MEAN = "Có phải «{near}»? Nếu đúng, ghi lại như vậy." / "Is it \"{near}\"? If so, write it like that.";
    CHOOSE = "Chọn lại từ danh sách thả xuống của biểu mẫu." / "Choose again from the drop-down of the blank workbook.";
    WHOLE_NAME = "Ghi cả loại đơn vị, ví dụ «{near}»." / "Write the kind of unit too, e.g. \"{near}\".";
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
        let field = &view.vocabulary.tables[self.table].fields[self.field];
        let FieldType::Code { list, of_district } = field.kind else { return };
        let list = &view.vocabulary.lists[list];
        let parent = Some(view.district).filter(|_| of_district);
        let day = crate::model::shown_date(view.cut_off);
        for (row, written) in &view.table.columns[self.field].unread {
            // An error cell has its own finding.
            if written.starts_with('#') {
                continue;
            }
            let (found, remedy) = says(list, written, parent, view);
            let found = found.with_label("field", field.label.clone()).with("value", written).with("day", &day);
            let expected = EXPECTED.say().with("day", &day);
            verdicts.push(view.at(*row as usize, &[self.field]).say(found, expected, remedy));
        }
    }
}

/// What is wrong with a spelling, and what to do about it.
fn says(list: &CodeList, written: &str, parent: Option<Code>, view: &View<'_>) -> (Sentence, Sentence) {
    let label = |code: &Code| list.entry(*code).map(|entry| entry.label.clone()).unwrap_or_default();
    let near = nearest_entry(list, written, view.cut_off, parent);
    let remedy = near.map_or_else(|| CHOOSE.say(), |code| DID_YOU_MEAN.say().with_label("near", label(&code)));
    match list.look_up(&key(written), view.cut_off, parent) {
        Lookup::Elsewhere(codes) => {
            let owners = list.parent.map(|parents| &view.vocabulary.lists[parents]);
            let owner = codes.first().and_then(|code| owners?.entry(list.entry(*code)?.parent?));
            let owner = owner.map(|entry| entry.label.clone()).unwrap_or_default();
            (ELSEWHERE.say().with_label("owner", owner), remedy)
        }
        Lookup::OtherPeriod(_) => (OTHER_PERIOD.say(), remedy),
        Lookup::Ambiguous(codes) => {
            let names: Vec<String> = codes.iter().map(|code| label(code).vi).collect();
            let first = codes.first().map(label).unwrap_or_default();
            let found = AMBIGUOUS.say().with_label("entries", Label::same(names.join(", ")));
            (found, WHOLE_NAME.say().with_label("near", first))
        }
        Lookup::One(_) | Lookup::Unknown => (FOUND.say(), remedy),
    }
}

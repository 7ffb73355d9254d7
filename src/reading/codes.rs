//! Cells of code fields: from what was written to an entry of the list.

use chrono::Datelike;

use super::values::{Around, Judged, Typed, Value, blank_mark, day, is_blank_mark, shown};
use crate::model::{Code, CodeList, Label, Lookup, Raw, RepairKind};
use crate::text::{self, key, plain_key};
use crate::texts;

texts! {
    AN_ENTRY = "một giá trị trong danh mục: {known}" / "an entry of the list: {known}";
    CHOOSE = "Chọn lại từ danh sách thả xuống." / "Choose from the drop-down again.";
    DID_YOU_MEAN = "Có phải «{near}»? Nếu đúng, sửa lại như vậy." / "Is it \"{near}\"? If so, write it like that.";
}

/// Looks a cell up in a list, below a parent where the field wants that; what is not in it is a fault, with the nearest
/// entry to help.
pub fn code_value<'a>(raw: Raw<'a>, list: &CodeList, parent: Option<Code>, around: &Around<'_>) -> Typed<'a> {
    look_up(raw, list, parent, around).unwrap_or_else(|spelling| unlisted(list, &spelling, parent, around))
}

/// A cell that says an entry of a list; `None` where it says anything else.
pub fn listed<'a>(raw: Raw<'a>, list: &CodeList, parent: Option<Code>, around: &Around<'_>) -> Option<Typed<'a>> {
    look_up(raw, list, parent, around).ok().filter(|typed| matches!(typed, Typed::Good(Value::Code(_), _)))
}

/// What a cell says; its spelling where that is nothing of the list. A fraction that was turned into a date is read back.
fn look_up<'a>(raw: Raw<'a>, list: &CodeList, parent: Option<Code>, around: &Around<'_>) -> Result<Typed<'a>, String> {
    let look = |spelling: &str| match list.look_up(&key(spelling), around.day, parent) {
        Lookup::One(code) => Some(code),
        _ => None,
    };
    if let Raw::Date(serial) = raw {
        // 9/12 that the spreadsheet turned into a date: the list knows which way round it is a word.
        let fraction = day(serial).and_then(|day| {
            let ways = [format!("{}/{}", day.day(), day.month()), format!("{}/{}", day.month(), day.day())];
            let known: Vec<(Code, String)> =
                ways.into_iter().filter_map(|way| look(&way).map(|code| (code, way))).collect();
            match known.as_slice() {
                [(code, way)] => Some((*code, way.clone())),
                [(code, way), (other, _)] if code == other => Some((*code, way.clone())),
                _ => None,
            }
        });
        if let Some((code, way)) = fraction {
            return Ok(Typed::Good(Value::Code(code), Some((RepairKind::DateMeantFraction, way))));
        }
    }
    let written = shown(raw);
    let spelling = text::normal(&written).text;
    if spelling.is_empty() {
        return Ok(Typed::Good(Value::Blank, None));
    }
    match (look(&spelling), around.judged) {
        (Some(code), _) => Ok(Typed::Good(Value::Code(code), None)),
        (None, _) if is_blank_mark(&spelling) => Ok(blank_mark()),
        (None, Judged::ByCheck) => Ok(Typed::Unlisted),
        (None, Judged::Here) => Err(spelling.into_owned()),
    }
}

fn unlisted<'a>(list: &CodeList, spelling: &str, parent: Option<Code>, around: &Around<'_>) -> Typed<'a> {
    let plain = plain_key(spelling);
    let near = list
        .valid(around.day, parent)
        .flat_map(|(_, entry)| {
            let spellings = std::iter::once(&entry.label.vi).chain(&entry.variants);
            spellings.map(move |one| (one, &entry.label))
        })
        .map(|(one, label)| (strsim::normalized_damerau_levenshtein(&plain, &plain_key(one)), label))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let known = Label::join(list.valid(around.day, parent).map(|(_, entry)| entry.label.clone()).take(8), ", ");
    let remedy = near.map_or_else(|| CHOOSE.say(), |(_, label)| DID_YOU_MEAN.say().with_label("near", label.clone()));
    Typed::Bad(AN_ENTRY.say().with_label("known", known), remedy)
}

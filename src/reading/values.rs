//! One cell: from what was written to a value of the field's type.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::codes::{self, code_value};
use crate::model::{Code, CodeList, Field, FieldType, Raw, RepairKind, Sentence, Values, Vocabulary};
use crate::text::{self, WrittenId, plain_key};
use crate::texts;

texts! {
    A_DATE = "một ngày có thật, dd/mm/yyyy" / "a real date, dd/mm/yyyy";
    WRITE_DATE = "Ghi lại dạng dd/mm/yyyy, ví dụ 07/03/1985." / "Write it as dd/mm/yyyy, e.g. 07/03/1985.";
    IS_IT = "Có phải {day}? Nếu đúng, ghi lại dạng dd/mm/yyyy." / "Is it {day}? If so, write it as dd/mm/yyyy.";
    LOST_DIGITS = "đủ các chữ số; số ghi dạng khoa học đã mất các chữ số cuối" / "all digits; a number in scientific notation has lost its last ones";
    A_MARK = "x hoặc để trống" / "x or blank";
    WRITE_MARK = "Đánh x, hoặc để trống." / "Write x, or leave it blank.";
    A_NUMBER = "một số" / "a number";
    WRITE_NUMBER = "Ghi một số, không kèm chữ." / "Write a number without words.";
    DIGITS = "chỉ gồm chữ số, lưu dạng văn bản" / "digits only, kept as text";
    WRITE_DIGITS = "Đặt ô dạng Văn bản (Text) rồi gõ lại đủ các chữ số." / "Format the cell as Text and type all digits again.";
    UNCOMPUTED = "công thức chưa tính" / "formula not computed";
}

/// A value of a field's type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'a> {
    /// Text or id.
    Text(Cow<'a, str>),
    /// A date.
    Date(NaiveDate),
    /// A code.
    Code(Code),
    /// A mark.
    Flag(bool),
    /// A number.
    Number(f64),
    /// Nothing.
    Blank,
}

/// What became of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Typed<'a> {
    /// A value, perhaps repaired: why, and how it reads now.
    Good(Value<'a>, Option<(RepairKind, String)>),
    /// Not of the type: what was expected and what to do.
    Bad(Sentence, Sentence),
    /// Not in the list of a field whose list a declared check judges.
    Unlisted,
    /// A spreadsheet error.
    Error(&'static str),
    /// A formula without a stored result.
    Uncomputed,
}

/// What is known when a cell is typed.
pub struct Around<'a> {
    /// The day lists are looked up on.
    pub day: NaiveDate,
    /// The submitting district.
    pub district: Option<Code>,
    /// The form's lists.
    pub lists: &'a [CodeList],
    /// Whether a declared check judges what is not in this field's list.
    pub judged: Judged,
}

/// Who judges a value that is not in its list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// Reading itself.
    Here,
    /// A declared check of kind `known`.
    ByCheck,
}

/// Types one cell.
pub fn typed<'a>(raw: Raw<'a>, kind: &FieldType, around: &Around<'_>) -> Typed<'a> {
    match (error(raw), raw) {
        (Some(error), _) => return Typed::Error(error),
        (None, Raw::Uncomputed) => return Typed::Uncomputed,
        _ => {}
    }
    match kind {
        FieldType::Text => text_value(cow(raw)),
        FieldType::Date => date_value(raw),
        FieldType::Flag => match (raw, text::mark(&shown(raw))) {
            (Raw::Bool(truth), _) => Typed::Good(Value::Flag(truth), None),
            (_, Some(mark)) => Typed::Good(Value::Flag(mark), None),
            _ => Typed::Bad(A_MARK.say(), WRITE_MARK.say()),
        },
        FieldType::Number => number_value(raw),
        FieldType::Id { lengths } => id_value(raw, lengths),
        FieldType::Code { list, of_district } => {
            let parent = around.district.filter(|_| *of_district);
            code_value(raw, &around.lists[*list], parent, around)
        }
    }
}

/// A cell that says an entry of its field's list; `None` where it says anything else, or the field has no list.
pub fn listed<'a>(raw: Raw<'a>, kind: &FieldType, around: &Around<'_>) -> Option<Typed<'a>> {
    let FieldType::Code { list, of_district } = *kind else { return None };
    if error(raw).is_some() || raw == Raw::Uncomputed {
        return None;
    }
    codes::listed(raw, &around.lists[list], around.district.filter(|_| of_district), around)
}

/// A cell as people see it.
pub fn shown(raw: Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => text.to_owned(),
        Raw::Number(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        Raw::Number(number) => crate::model::shown_number(number),
        Raw::Date(serial) => day(serial).map(crate::model::shown_date).unwrap_or_else(|| serial.to_string()),
        Raw::Bool(truth) => truth.to_string(),
        Raw::Error(error) => error.to_owned(),
        Raw::Uncomputed => UNCOMPUTED.vi.to_owned(),
    }
}

/// The day of a serial of the 1900 calendar; `None` outside 1900-9999 and for the day that never was (60).
pub fn day(serial: f64) -> Option<NaiveDate> {
    let whole = serial.floor();
    if !(1.0..2_958_466.0).contains(&whole) || whole == 60.0 {
        return None;
    }
    // Excel's calendar holds 29/02/1900; serials before it are one day off.
    let days = if whole < 60.0 { whole + 1.0 } else { whole };
    NaiveDate::from_num_days_from_ce_opt(BEFORE_SERIALS + days as i32)
}

/// The day of serial 0, 30/12/1899, counted from 01/01/0001.
const BEFORE_SERIALS: i32 = 693_594;

/// Adds a value to its column.
pub fn push(values: &mut Values, value: &Value<'_>) {
    match (values, value) {
        (Values::Text(texts), Value::Text(text)) => texts.push(text),
        (Values::Text(texts), _) => texts.push(""),
        (Values::Date(dates), Value::Date(date)) => dates.push(Some(*date)),
        (Values::Date(dates), _) => dates.push(None),
        (Values::Code(codes), Value::Code(code)) => codes.push(*code),
        (Values::Code(codes), _) => codes.push(Code::NONE),
        (Values::Flag(flags), Value::Flag(flag)) => flags.push(*flag),
        (Values::Flag(flags), _) => flags.push(false),
        (Values::Number(numbers), Value::Number(number)) => numbers.push(Some(*number)),
        (Values::Number(numbers), _) => numbers.push(None),
    }
}

/// Spreadsheet errors as people paste them: the value of an error cell, become text.
const ERRORS: [&str; 8] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#GETTING_DATA"];

fn error(raw: Raw<'_>) -> Option<&'static str> {
    match raw {
        Raw::Error(error) => Some(error),
        Raw::Text(text) if text.starts_with('#') => ERRORS.into_iter().find(|error| *error == text.trim_end()),
        _ => None,
    }
}

/// A cell as people see it, borrowed where it is text.
fn cow(raw: Raw<'_>) -> Cow<'_, str> {
    match raw {
        Raw::Text(text) => Cow::Borrowed(text),
        other => Cow::Owned(shown(other)),
    }
}

/// Adds the last value of a column once more.
pub fn repeat(values: &mut Values) {
    match values {
        Values::Text(texts) => {
            let last = texts.len().checked_sub(1).map(|row| texts.get(row).to_owned()).unwrap_or_default();
            texts.push(&last);
        }
        Values::Date(dates) => dates.push(dates.last().copied().flatten()),
        Values::Code(codes) => codes.push(codes.last().copied().unwrap_or(Code::NONE)),
        Values::Flag(flags) => flags.push(flags.last().copied().unwrap_or(false)),
        Values::Number(numbers) => numbers.push(numbers.last().copied().flatten()),
    }
}

/// A value as people write it.
pub fn said(value: &Value<'_>, vocabulary: &Vocabulary, field: &Field) -> String {
    match (value, &field.kind) {
        (Value::Text(text), _) => text.clone().into_owned(),
        (Value::Date(date), _) => crate::model::shown_date(*date),
        (Value::Code(code), FieldType::Code { list, .. }) => {
            vocabulary.lists[*list].entry(*code).map(|entry| entry.label.vi.clone()).unwrap_or_default()
        }
        (Value::Flag(true), _) => "x".to_owned(),
        (Value::Number(number), _) => crate::model::shown_number(*number),
        _ => String::new(),
    }
}

fn text_value(written: Cow<'_, str>) -> Typed<'_> {
    let (value, kind) = match written {
        Cow::Borrowed(text) => {
            let normal = text::normal(text);
            (normal.text, normal.repair)
        }
        Cow::Owned(text) => (Cow::Owned(text), None),
    };
    match (value.is_empty(), kind) {
        (true, _) => Typed::Good(Value::Blank, None),
        // A word such as «không» may be what is meant in a free text.
        _ if value.chars().all(|c| matches!(c, '-' | '–' | '—')) => blank_mark(),
        (false, Some(kind)) => {
            let after = value.clone().into_owned();
            Typed::Good(Value::Text(value), Some((kind, after)))
        }
        (false, None) => Typed::Good(Value::Text(value), None),
    }
}

fn date_value(raw: Raw<'_>) -> Typed<'_> {
    let read = match raw {
        Raw::Date(serial) => day(serial).map(|day| (day, None)),
        // A bare year typed as a number, and else a serial whose date format was lost.
        Raw::Number(year) if year.fract() == 0.0 && (1900.0..=2100.0).contains(&year) => {
            NaiveDate::from_ymd_opt(year as i32, 1, 1).map(|day| (day, Some(RepairKind::BareYear)))
        }
        Raw::Number(serial) if (2101.0..73_050.0).contains(&serial) => {
            day(serial).map(|day| (day, Some(RepairKind::TextDate)))
        }
        Raw::Text(text) => match text::normal(text).text {
            text if text.is_empty() => return Typed::Good(Value::Blank, None),
            text if is_blank_mark(&text) => return blank_mark(),
            text => match text::date(&text) {
                Some(date) => Some((date.day(), Some(date.repair()))),
                None => return Typed::Bad(A_DATE.say(), text::near(&text).map_or_else(|| WRITE_DATE.say(), is_it)),
            },
        },
        _ => None,
    };
    match read {
        Some((day, repair)) => {
            let repair = repair.map(|kind| (kind, crate::model::shown_date(day)));
            Typed::Good(Value::Date(day), repair)
        }
        None => Typed::Bad(A_DATE.say(), WRITE_DATE.say()),
    }
}

fn is_it(day: NaiveDate) -> Sentence {
    IS_IT.say().with("day", crate::model::shown_date(day))
}

fn number_value(raw: Raw<'_>) -> Typed<'_> {
    match raw {
        Raw::Number(number) => Typed::Good(Value::Number(number), None),
        Raw::Text(text) if text::normal(text).text.is_empty() => Typed::Good(Value::Blank, None),
        Raw::Text(text) if is_blank_mark(text) => blank_mark(),
        Raw::Text(text) => match text::number(text) {
            Some(number) => {
                let repair = (RepairKind::TextNumber, crate::model::shown_number(number));
                Typed::Good(Value::Number(number), Some(repair))
            }
            None => Typed::Bad(A_NUMBER.say(), WRITE_NUMBER.say()),
        },
        _ => Typed::Bad(A_NUMBER.say(), WRITE_NUMBER.say()),
    }
}

fn id_value<'a>(raw: Raw<'a>, lengths: &[u8]) -> Typed<'a> {
    match raw {
        Raw::Number(number) if number.fract() != 0.0 || !(0.0..1e15).contains(&number) => {
            Typed::Bad(DIGITS.say(), WRITE_DIGITS.say())
        }
        Raw::Number(number) => match format!("{number:.0}") {
            digits if lost_zero(&digits, lengths) => leading_zero(&digits),
            digits => Typed::Good(Value::Text(digits.into()), None),
        },
        Raw::Text(text) if is_blank_mark(text) => blank_mark(),
        Raw::Text(text) => match text::digits(text) {
            WrittenId::Digits(digits) if digits.is_empty() => Typed::Good(Value::Blank, None),
            WrittenId::LostDigits => Typed::Bad(LOST_DIGITS.say(), WRITE_DIGITS.say()),
            WrittenId::Digits(digits) if lost_zero(&digits, lengths) => leading_zero(&digits),
            // What is no number at all is kept: a check says what an id looks like.
            WrittenId::Digits(id) | WrittenId::Other(id) => {
                let repair = (id != text).then(|| (RepairKind::Spaces, id.clone().into_owned()));
                Typed::Good(Value::Text(id), repair)
            }
        },
        _ => Typed::Bad(DIGITS.say(), WRITE_DIGITS.say()),
    }
}

/// Whether digits are one short of an allowed number and do not begin with the zero that spreadsheets drop, also when
/// they write numbers out as text.
fn lost_zero(digits: &str, lengths: &[u8]) -> bool {
    let fits = |length: usize| lengths.iter().any(|allowed| usize::from(*allowed) == length);
    fits(digits.len() + 1) && !fits(digits.len()) && !digits.starts_with('0')
}

fn leading_zero<'a>(digits: &str) -> Typed<'a> {
    let restored = format!("0{digits}");
    Typed::Good(Value::Text(restored.clone().into()), Some((RepairKind::LeadingZero, restored)))
}

/// A dash, or the word «không», where a blank is meant: common in rosters.
pub(super) fn is_blank_mark(text: &str) -> bool {
    // No such mark is longer, even decomposed; and keys cost.
    text.len() <= 24
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && matches!(plain_key(text).as_str(), "-" | "--" | "/" | "khong" | "khong co" | "chua" | "chua co")
}

pub(super) fn blank_mark<'a>() -> Typed<'a> {
    Typed::Good(Value::Blank, Some((RepairKind::BlankMark, String::new())))
}

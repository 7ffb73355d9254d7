//! What a workbook can hold: texts, sheet names. Whatever a district typed is written as text and nothing else.

use std::borrow::Cow;

use anyhow::Result;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// UTF-16 units that a cell holds at most.
pub const MOST_UNITS: usize = 32_767;
/// UTF-16 units that a sheet name holds at most.
const MOST_NAME_UNITS: usize = 31;
/// Stands where a text was cut.
const CUT: &str = "… [đã cắt bớt / cut]";

/// Writes a text as text, whatever it looks like; writes nothing for an empty one.
pub fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<()> {
    let text = clean(text);
    if looks_live(&text) {
        sheet.write_string_with_format(row, column, text.as_ref(), &format.clone().set_quote_prefix())?;
    } else if !text.is_empty() {
        sheet.write_string_with_format(row, column, text.as_ref(), format)?;
    }
    Ok(())
}

/// A text as a cell can hold it: control characters made visible, and cut with a notice where it is too long.
pub fn clean(text: &str) -> Cow<'_, str> {
    if text.len() <= MOST_UNITS && (is_plain(text.as_bytes()) || text.chars().all(|c| visible(c) == c)) {
        return Cow::Borrowed(text);
    }
    let shown: String = text.replace("\r\n", "\n").chars().map(visible).collect();
    Cow::Owned(fitted(&shown, MOST_UNITS))
}

/// A text of at most so many UTF-16 units; a longer one ends with a notice that it was cut.
pub fn fitted(text: &str, most: usize) -> String {
    if text.len() <= most || text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let room = most.saturating_sub(CUT.encode_utf16().count());
    format!("{}{CUT}", head(text, room))
}

/// A sheet name as Excel allows it: at most 31 UTF-16 units, none of `[]:*?/\`, and not the reserved name.
pub fn sheet_name(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() || "[]:*?/\\".contains(c) { ' ' } else { c }).collect();
    let short = head(plain.trim_matches(['\'', ' ']), MOST_NAME_UNITS).trim_end_matches(['\'', ' ']);
    match short.to_lowercase().as_str() {
        "" => "Sheet".to_owned(),
        "history" => format!("{short}_"),
        _ => short.to_owned(),
    }
}

/// A sheet name that is not among those taken; a number tells it from them where it must.
pub fn free_name<'a>(taken: impl Iterator<Item = &'a str>, name: &str) -> String {
    let taken: Vec<String> = taken.map(str::to_lowercase).collect();
    let plain = sheet_name(name);
    let mut free = plain.clone();
    let mut number = 2;
    while taken.contains(&free.to_lowercase()) {
        let ending = format!(" ({number})");
        free = format!("{}{ending}", head(&plain, MOST_NAME_UNITS - ending.len()).trim_end());
        number += 1;
    }
    free
}

/// A sheet name that the workbook does not have yet.
pub fn new_name(workbook: &mut Workbook, name: &str) -> String {
    let taken: Vec<String> = workbook.worksheets().iter().map(Worksheet::name).collect();
    free_name(taken.iter().map(String::as_str), name)
}

/// Whether a spreadsheet could take a text for a formula; keyboards of East Asia write the signs full width.
pub fn looks_live(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\n', '＝', '＋', '－', '＠'])
}

/// Whether a text certainly holds no control character, by its bytes: nearly all texts do, and they are many.
fn is_plain(text: &[u8]) -> bool {
    let control = |byte: u8| ((byte < b' ') & (byte != b'\n') & (byte != b'\t')) | (byte == 0x7f);
    // Those of two bytes begin with one, U+FFFE and U+FFFF with the other.
    let longer =
        |pair: &[u8]| matches!(pair, [first, second] if (*first == 0xc2) & (*second < 0xa0) | (*first == 0xef));
    // Without a way out, so that many bytes are looked at in one step.
    !(text.iter().fold(false, |found, byte| found | control(*byte))
        | text.windows(2).fold(false, |found, pair| found | longer(pair)))
}

/// A character that a workbook can hold: control characters have pictures of their own.
fn visible(c: char) -> char {
    match c {
        '\n' | '\t' => c,
        '\r' => '\n',
        '\u{0}'..='\u{1f}' => char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}'),
        '\u{7f}' => '\u{2421}',
        '\u{80}'..='\u{9f}' | '\u{fffe}' | '\u{ffff}' => '\u{fffd}',
        _ => c,
    }
}

/// The longest beginning of at most so many UTF-16 units.
fn head(text: &str, most: usize) -> &str {
    let mut units = 0;
    let end = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > most
    });
    end.map_or(text, |(at, _)| text.get(..at).unwrap_or(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_plain_by_its_bytes_is_shown_as_it_is() {
        for c in '\0'..='\u{ffff}' {
            let shown = clean(&format!("a{c}đ")).contains(c);
            assert_eq!(shown, visible(c) == c, "{c:?}");
        }
        assert!(is_plain("«Học viên»\n12 345".as_bytes()));
    }

    #[test]
    fn a_long_text_is_cut_by_utf16_units_with_a_notice() {
        let most = 30;
        let cut = fitted(&"😀".repeat(40), most);
        assert!(cut.ends_with(CUT) && cut.encode_utf16().count() <= most, "{cut}");
        assert_eq!(fitted(&"😀".repeat(15), most), "😀".repeat(15));
        assert_eq!(clean(&"a".repeat(MOST_UNITS)).len(), MOST_UNITS);
        assert!(clean(&"a".repeat(MOST_UNITS + 1)).ends_with(CUT));
    }

    #[test]
    fn texts_that_look_like_formulas_are_told() {
        for live in ["=1", "+84", "-1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠A1"] {
            assert!(looks_live(&clean(live)), "{live}");
        }
        // A carriage return is a line feed by then.
        assert!(looks_live(&clean("\r=1")));
        assert!(["", "1=1", "a", "–", " =1"].iter().all(|text| !looks_live(text)));
    }

    #[test]
    fn control_characters_are_shown_not_dropped() {
        assert_eq!(clean("a\u{0}b\u{1b}c\u{7f}\u{85}d\r\ne"), "a␀b␛c␡\u{fffd}d\ne");
    }

    #[test]
    fn sheet_names_are_short_free_and_not_reserved() {
        assert_eq!(sheet_name("'a/b:c'"), "a b c");
        assert_eq!(sheet_name("History"), "History_");
        assert_eq!(sheet_name("[]"), "Sheet");
        assert_eq!(sheet_name(&"😀".repeat(20)).encode_utf16().count(), 30);
        assert_eq!(free_name(["lỗi"].into_iter(), "Lỗi"), "Lỗi (2)");
        let long = "x".repeat(31);
        assert_eq!(free_name([long.as_str()].into_iter(), &long), format!("{} (2)", "x".repeat(27)));
    }

    proptest! {
        #[test]
        fn any_name_can_name_a_sheet(name in any::<String>()) {
            let name = sheet_name(&name);
            let mut workbook = Workbook::new();
            prop_assert!(workbook.add_worksheet().set_name(&name).is_ok(), "{:?}", name);
        }
    }
}

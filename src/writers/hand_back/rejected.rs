//! What a rejected cell holds, as a condition of a formula that is true as long as it still does.
//!
//! Only functions that Excel and LibreOffice both know. A condition may give an error where the cell is changed into
//! something else: an error in it counts as false.

use chrono::{Datelike, NaiveDate, TimeDelta};

use super::image::ERRORS;
use crate::model::Raw;
use crate::writers::safe;

/// UTF-16 units of a text constant in a formula at most; Excel refuses more.
const MOST_CONSTANT: usize = 255;
/// Pieces of a text with control characters that are looked for.
const MOST_PIECES: usize = 4;
/// The first serial that means the same day everywhere: Excel has a 29/02/1900 before it.
const FIRST_SERIAL: f64 = 61.0;
/// The serial after the last day that a cell can show.
const END_SERIAL: f64 = 2_958_466.0;

/// What a cell held when it was rejected.
#[derive(Clone, Debug, PartialEq)]
pub enum Rejected {
    /// Nothing, or nothing that is known.
    Blank,
    /// A number.
    Number(f64),
    /// A day.
    Day(NaiveDate),
    /// A text.
    Text(String),
    /// TRUE or FALSE.
    Truth(bool),
    /// An error.
    Error(&'static str),
}

impl From<Raw<'_>> for Rejected {
    fn from(raw: Raw<'_>) -> Self {
        match raw {
            Raw::Uncomputed => Self::Blank,
            Raw::Text(text) if text.trim_matches(' ').is_empty() => Self::Blank,
            Raw::Text(text) => Self::Text(text.to_owned()),
            Raw::Number(number) if number.is_finite() => Self::Number(number),
            Raw::Date(serial) => day(serial).map_or(Self::Number(serial), Self::Day),
            Raw::Bool(truth) => Self::Truth(truth),
            Raw::Number(_) => Self::Error("#NUM!"),
            Raw::Error(error) => Self::Error(error),
        }
    }
}

impl Rejected {
    /// A condition on the cell with a reference: `EXACT(D13,"12345")`.
    pub fn still_in(&self, cell: &str) -> String {
        match self {
            Self::Blank => format!("LEN(TRIM({cell}))=0"),
            // A blank cell equals 0.
            Self::Number(number) if *number == 0.0 => format!("OR(AND(ISNUMBER({cell}),{cell}=0),EXACT({cell},\"0\"))"),
            Self::Number(number) => {
                let number = decimal(*number);
                format!("OR({cell}={number},EXACT({cell},\"{number}\"))")
            }
            // By the calendar: serials of a workbook that counts from 1904 are others.
            Self::Day(day) => format!("INT({cell})=DATE({},{},{})", day.year(), day.month(), day.day()),
            Self::Text(text) => same_text(text, cell),
            // A blank cell equals FALSE.
            Self::Truth(truth) => format!("AND(ISLOGICAL({cell}),{cell}={})", if *truth { "TRUE" } else { "FALSE" }),
            Self::Error(error) if ERRORS.contains(error) => format!("ISERROR({cell})"),
            // The image shows it as text.
            Self::Error(error) => format!("IF(ISERROR({cell}),TRUE,EXACT({cell},{}))", constant(error)),
        }
    }
}

/// The day of a serial of the 1900 calendar.
fn day(serial: f64) -> Option<NaiveDate> {
    if !(FIRST_SERIAL..END_SERIAL).contains(&serial) {
        return None;
    }
    NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_signed(TimeDelta::days(serial as i64))
}

/// The shortest decimal that gives the number back, as a formula takes it.
fn decimal(number: f64) -> String {
    if (1e-5..1e15).contains(&number.abs()) {
        return number.to_string();
    }
    let shown = format!("{number:E}");
    shown.replace('E', if number.abs() < 1.0 { "E" } else { "E+" })
}

fn same_text(text: &str, cell: &str) -> String {
    let whole = safe::clean(text);
    if whole.contains(|c| kept_otherwise(c) && c != '\n') || text.contains('\r') {
        return same_pieces(text, cell);
    }
    if units(&whole) <= MOST_CONSTANT {
        return format!("EXACT({cell},{})", constant(&whole));
    }
    // Excel counts UTF-16 units, LibreOffice characters.
    if whole.chars().any(|c| c.len_utf16() > 1) {
        return same_pieces(text, cell);
    }
    let (first, last) = (beginning(whole.chars()), ending(&whole));
    let [left, right] = [&first, &last].map(|end| end.chars().count());
    let length = whole.chars().count();
    let [first, last] = [first, last].map(|end| constant(&end));
    format!("AND(LEN({cell})={length},EXACT(LEFT({cell},{left}),{first}),EXACT(RIGHT({cell},{right}),{last}))")
}

/// Of a text that programs keep in different ways, the pieces that all of them keep alike.
fn same_pieces(text: &str, cell: &str) -> String {
    let pieces = text.split(|c: char| kept_otherwise(c) || c.len_utf16() > 1).filter(|piece| !piece.is_empty());
    let found =
        pieces.take(MOST_PIECES).map(|piece| format!("ISNUMBER(FIND({},{cell}))", constant(&beginning(piece.chars()))));
    let found: Vec<String> = found.collect();
    if found.is_empty() { format!("LEN({cell})>0") } else { format!("AND({})", found.join(",")) }
}

/// Whether programs keep a character in different ways, or [`safe::clean`] shows it as another one.
fn kept_otherwise(c: char) -> bool {
    c.is_control() || ('\u{2400}'..='\u{2421}').contains(&c) || matches!(c, '\u{fffd}'..='\u{ffff}')
}

/// UTF-16 units of a text within quotes.
fn units(text: &str) -> usize {
    text.chars().map(unit).sum()
}

/// UTF-16 units of a character within quotes.
fn unit(c: char) -> usize {
    if c == '"' { 2 } else { c.len_utf16() }
}

/// As much of some characters as a constant holds.
fn beginning(characters: impl Iterator<Item = char>) -> String {
    let mut room = MOST_CONSTANT;
    let fits = |c: &char| {
        let left = room.checked_sub(unit(*c));
        room = left.unwrap_or(0);
        left.is_some()
    };
    characters.take_while(fits).collect()
}

/// As much of the end of a text as a constant holds.
fn ending(text: &str) -> String {
    beginning(text.chars().rev()).chars().rev().collect()
}

/// A text as a formula writes it; `_x` is torn apart, since it begins an escape in the file.
fn constant(text: &str) -> String {
    let line = |line: &str| format!("\"{}\"", line.replace('"', "\"\"").replace("_x", "_\"&\"x"));
    text.split('\n').map(line).collect::<Vec<_>>().join("&CHAR(10)&")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn condition(raw: Raw<'_>) -> String {
        Rejected::from(raw).still_in("B10")
    }

    #[test]
    fn each_kind_of_value_is_compared_as_it_needs() {
        let cases = [
            (Raw::Uncomputed, "LEN(TRIM(B10))=0"),
            (Raw::Text("  "), "LEN(TRIM(B10))=0"),
            (Raw::Text("\u{a0}"), "EXACT(B10,\"\u{a0}\")"),
            (Raw::Text("12345"), "EXACT(B10,\"12345\")"),
            (Raw::Text("xã \"Tân\""), "EXACT(B10,\"xã \"\"Tân\"\"\")"),
            (Raw::Text("a\nb"), "EXACT(B10,\"a\"&CHAR(10)&\"b\")"),
            (Raw::Text("_x0041_"), "EXACT(B10,\"_\"&\"x0041_\")"),
            (Raw::Number(-3.0), "OR(B10=-3,EXACT(B10,\"-3\"))"),
            (Raw::Number(0.1), "OR(B10=0.1,EXACT(B10,\"0.1\"))"),
            (Raw::Number(-0.0), "OR(AND(ISNUMBER(B10),B10=0),EXACT(B10,\"0\"))"),
            (Raw::Number(20_085_001_234.0), "OR(B10=20085001234,EXACT(B10,\"20085001234\"))"),
            (Raw::Number(1.5e20), "OR(B10=1.5E+20,EXACT(B10,\"1.5E+20\"))"),
            (Raw::Number(1e-7), "OR(B10=1E-7,EXACT(B10,\"1E-7\"))"),
            (Raw::Number(f64::NAN), "ISERROR(B10)"),
            (Raw::Date(43_646.0), "INT(B10)=DATE(2019,6,30)"),
            (Raw::Date(43_646.75), "INT(B10)=DATE(2019,6,30)"),
            (Raw::Date(1.0), "OR(B10=1,EXACT(B10,\"1\"))"),
            (Raw::Bool(false), "AND(ISLOGICAL(B10),B10=FALSE)"),
            (Raw::Error("#REF!"), "ISERROR(B10)"),
            (Raw::Error("#SPILL!"), "IF(ISERROR(B10),TRUE,EXACT(B10,\"#SPILL!\"))"),
        ];
        for (raw, expected) in cases {
            assert_eq!(condition(raw), expected, "{raw:?}");
        }
    }

    #[test]
    fn a_long_text_is_compared_by_its_length_and_both_ends() {
        let (first, last) = ("a".repeat(255), "b".repeat(255));
        let expected = format!("AND(LEN(B10)=511,EXACT(LEFT(B10,255),\"{first}\"),EXACT(RIGHT(B10,255),\"{last}\"))");
        assert_eq!(condition(Raw::Text(&format!("{first}-{last}"))), expected);
        let quotes = condition(Raw::Text(&"\"".repeat(300)));
        assert!(quotes.contains("LEN(B10)=300") && quotes.contains("LEFT(B10,127)"), "{quotes}");
    }

    #[test]
    fn what_programs_keep_in_different_ways_is_looked_for_in_pieces() {
        let lines = "AND(ISNUMBER(FIND(\"một\",B10)),ISNUMBER(FIND(\"hai\",B10)))";
        assert_eq!(condition(Raw::Text("một\r\nhai")), lines);
        assert_eq!(condition(Raw::Text("một\u{1}hai")), lines);
        assert_eq!(condition(Raw::Text("\u{1}")), "LEN(B10)>0");
        let long = format!("😀{}", "a".repeat(400));
        assert_eq!(condition(Raw::Text(&long)), format!("AND(ISNUMBER(FIND(\"{}\",B10)))", "a".repeat(255)));
    }

    proptest! {
        #[test]
        fn no_constant_is_longer_than_excel_takes(text in any::<String>(), more in 0usize..40) {
            let condition = condition(Raw::Text(&text.repeat(more + 1)));
            let inside = condition.replace("\"\"", "''");
            let constants = inside.split('"').skip(1).step_by(2);
            prop_assert!(constants.map(|one| one.encode_utf16().count()).all(|units| units <= 255), "{}", condition);
            prop_assert!(!condition.contains(|c: char| c.is_control()), "{:?}", condition);
        }
    }
}

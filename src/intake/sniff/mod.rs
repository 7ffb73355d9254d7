//! What a file is, by its content; the extension is not asked.

pub mod foreign;
mod package;
#[cfg(test)]
mod tests;

use super::delimited::Delimited;
use super::{compound, encoding};
use foreign::Foreign;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `.xlsx`
    Xlsx,
    /// `.xlsm`: the same with macros, which are never run.
    Xlsm,
    /// `.xlsb`
    Xlsb,
    /// `.ods`
    Ods,
    /// `.xls`
    Xls,
    /// Tables of a web page.
    Html,
    /// SpreadsheetML 2003.
    SpreadsheetMl,
    /// CSV and the like, by their separator.
    Delimited,
    /// An encrypted workbook.
    Encrypted,
    /// A package whose directory, at its end, is damaged or missing.
    Truncated,
    /// Something else, in words.
    Other(Foreign),
}

/// How much of a text file is looked at.
const HEAD: usize = 64 * 1024;

/// Looks at the content of a file.
pub fn sniff(bytes: &[u8]) -> Kind {
    match bytes {
        [] => Kind::Other(foreign::EMPTY),
        [b'P', b'K', 3, 4, ..] => package::kind(bytes),
        [0xD0, 0xCF, 0x11, 0xE0, ..] => compound::kind(bytes),
        _ => match foreign::by_magic(bytes) {
            Some(foreign) => Kind::Other(foreign),
            None => plain(bytes),
        },
    }
}

/// A file that may be text.
fn plain(bytes: &[u8]) -> Kind {
    let head = encoding::head(bytes, HEAD);
    let head = head.trim_start_matches('\u{feff}').trim_start();
    let begins = |marks: &[&str]| marks.iter().any(|mark| head.starts_with(mark));
    let says = |mark: &str| head.contains(mark);
    match () {
        () if head.is_empty() && bytes.len() <= HEAD => Kind::Other(foreign::EMPTY),
        () if head.chars().any(is_binary) => Kind::Other(foreign::UNKNOWN),
        () if begins(&["<?xml", "<workbook", "<ss:workbook"])
            && says("urn:schemas-microsoft-com:office:spreadsheet")
            && (says("<workbook") || says(":workbook")) =>
        {
            Kind::SpreadsheetMl
        }
        () if begins(&["<!doctype html", "<html", "<table", "<head", "<meta", "<style", "<body"])
            || (begins(&["<"]) && (says("<html") || says("<table")))
            || (says("<table") && says("<td")) =>
        {
            Kind::Html
        }
        () => match foreign::by_words(head) {
            Some(foreign) => Kind::Other(foreign),
            None if Delimited::is_table(head) => Kind::Delimited,
            None => Kind::Other(foreign::PROSE),
        },
    }
}

/// Control characters that no text holds; the last is the end mark of DOS.
fn is_binary(letter: char) -> bool {
    letter < ' ' && !matches!(letter, '\t' | '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1a}')
}

//! Damaged and nearly sound sheets: what calamine reads, the scanner reads alike or refuses.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::ops::ControlFlow;

use calamine::{DataRef, Reader, Xlsx};
use proptest::prelude::*;

use super::decode::{decode, trim, unescape};
use super::package_tests::{opened, package, read, rows, said};
use crate::model::{CellAt, Raw};

const SHEET: &str = "<?xml version=\"1.0\"?><worksheet><cols><col min=\"1\" max=\"2\" hidden=\"1\"/></cols><sheetData>\
    <row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>43646</v></c><c r=\"C1\" t=\"str\"><f>A1</f><v>x &amp; y</v></c></row>\
    <row r=\"2\" hidden=\"1\"><c r=\"A2\"><v>1.5</v></c><c r=\"C2\" t=\"b\"><v>1</v></c><c r=\"D2\" t=\"inlineStr\"><is><t xml:space=\"preserve\"> z </t></is></c></row>\
    <row><c><v>7</v></c><c t=\"e\"><v>#N/A</v></c><c s=\"1\"/><c t=\"s\"><v>1</v></c></row></sheetData></worksheet>";
const STRINGS: &str = "<sst><si><t>một</t></si><si><r><t>h</t></r><r><rPr><b/></rPr><t>ai</t></r></si></sst>";
const STYLES: &str = "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

fn made(sheet: &str) -> Vec<u8> {
    package(&[("xl/worksheets/sheet1.xml", sheet), ("xl/sharedStrings.xml", STRINGS), ("xl/styles.xml", STYLES)])
}

/// A cell in words, but for formulas without a result, which calamine does not tell, and blank texts.
fn alike(raw: Raw<'_>) -> Option<String> {
    match raw {
        Raw::Uncomputed => None,
        Raw::Text(text) if text.trim().is_empty() => None,
        raw => Some(said(raw)),
    }
}

/// Whether a value has white space around it: calamine takes such a number for a text, and such a string for the first.
fn has_spaced_value(sheet: &str) -> bool {
    let values = sheet.split("<v").filter_map(|rest| rest.split_once('>')?.1.split('<').next());
    values.into_iter().any(|value| value.trim() != value)
}

fn ours(sheet: &str) -> Option<Vec<String>> {
    let mut cells = Vec::new();
    let read = opened(made(sheet)).ok()?.cells(0, &mut |cell| {
        cells.extend(alike(cell.raw).map(|said| format!("{} {said}", cell.at)));
        ControlFlow::Continue(())
    });
    read.ok().map(|_| cells)
}

/// The cells as calamine gives them; it panics on some damage.
fn reference(sheet: &str) -> Option<Vec<String>> {
    std::panic::catch_unwind(|| by_calamine(sheet)).ok().flatten()
}

fn by_calamine(sheet: &str) -> Option<Vec<String>> {
    let mut workbook = Xlsx::new(std::io::Cursor::new(made(sheet))).ok()?;
    let mut reader = workbook.worksheet_cells_reader("Trang 1").ok()?;
    let mut cells = Vec::new();
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, column) = cell.get_position();
        let at = CellAt::new(row, u16::try_from(column).ok()?);
        let said = match cell.get_value() {
            DataRef::Empty => None,
            DataRef::Float(number) if !number.is_finite() => Some("#NUM!".to_owned()),
            DataRef::Float(number) => alike(Raw::Number(*number)),
            DataRef::DateTime(date) => alike(Raw::Date(date.as_f64())),
            DataRef::String(text) => alike(Raw::Text(text)),
            DataRef::SharedString(text) => alike(Raw::Text(text)),
            DataRef::Bool(truth) => alike(Raw::Bool(*truth)),
            other => Some(calamine::Data::from(other.clone()).to_string()),
        };
        cells.extend(said.map(|said| format!("{at} {said}")));
    }
    Some(cells)
}

#[test]
fn the_sound_sheet_reads_alike() {
    let read = ours(SHEET).unwrap();
    assert_eq!(read.len(), 9);
    assert_eq!(Some(read), reference(SHEET));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn cells_mean_the_same_however_they_are_set(
        cells in prop::collection::vec((
            prop::sample::select(vec!["A1", "B1", "C1", "AA1", "XFD1", "XFE1", "B2", "A0", "A", "AAAA1", "C1048577", "D9999999999"]),
            prop::sample::select(vec!["", " s=\"1\"", " s=\"99\"", " s=\"\"", " s=\"9999999999\""]),
            prop::sample::select(vec!["", " t=\"s\"", " t=\"n\"", " t=\"str\""]),
            prop::sample::select(vec!["", "0", "1", "007", "123456789012345", "1234567890123456", "1.5", " 1"]),
        ), 0..4),
    ) {
        let cell = |(at, style, kind, value): &(&str, &str, &str, &str)| match value.is_empty() {
            true => format!("<c r=\"{at}\"{style}{kind}/>"),
            false => format!("<c r=\"{at}\"{style}{kind}><v>{value}</v></c>"),
        };
        let common: String = cells.iter().map(cell).collect();
        let sheet = |cells: &str| read(made(&rows(&format!("<row r=\"1\">{cells}</row>"))));
        // With a second blank no cell is read in one step.
        prop_assert_eq!(sheet(&common), sheet(&common.replace("<c r", "<c  r")));
    }

    /// A few characters replaced, removed or doubled.
    #[test]
    fn a_mutated_sheet_reads_alike_or_is_refused(
        changes in proptest::collection::vec((0..SHEET.len(), 0..3_u8, "[<>/\"'= &;a-dr-v0-3!\\-]"), 1..4),
    ) {
        let mut sheet = SHEET.to_owned();
        for (at, how, with) in changes {
            let at = at.min(sheet.len() - 1);
            match how {
                0 => sheet.replace_range(at..at + 1, &with),
                1 => sheet.replace_range(at..at + 1, ""),
                _ => sheet.insert_str(at, &with),
            }
        }
        let (ours, reference) = (ours(&sheet), reference(&sheet));
        if let (Some(ours), Some(reference), false) = (ours, reference, has_spaced_value(&sheet)) {
            prop_assert_eq!(ours, reference, "{}", sheet);
        }
    }

    /// Any bytes at all between the tags of a sheet.
    #[test]
    fn any_content_is_read_or_refused(content in "[<>/cvrowt=\"' &;#x0-9A\u{1EA1}!\\[\\]?-]{0,60}") {
        let _ = ours(&format!("<worksheet><sheetData><row>{content}</row></sheetData></worksheet>"));
        let _ = ours(&format!("<worksheet>{content}<sheetData></sheetData></worksheet>"));
        let _ = ours(&content);
    }

    #[test]
    fn text_that_needs_no_decoding_stays(text in "[^&\r_]{0,40}") {
        let mut decoded = String::from("trước");
        decode(text.as_bytes(), &mut decoded).unwrap();
        unescape(&mut decoded, "trước".len());
        prop_assert_eq!(&decoded, &format!("trước{text}"));
        trim(&mut decoded, "trước".len());
        prop_assert_eq!(decoded, format!("trước{}", text.trim_matches([' ', '\t', '\r', '\n'])));
    }

    #[test]
    fn what_excel_escapes_comes_back(text in "[\\x00-\\x1Fa_x0D\u{1F600}]{0,20}") {
        let escaped: String = text.encode_utf16().map(|unit| format!("_x{unit:04X}_")).collect();
        let mut decoded = escaped;
        unescape(&mut decoded, 0);
        prop_assert_eq!(decoded, text);
    }
}

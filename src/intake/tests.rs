//! What tests of this room share.
#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::path::Path;

use encoding_rs::WINDOWS_1258;
use unicode_normalization::UnicodeNormalization;

use super::{FileFound, open};
use crate::model::{CellAt, Hidden, Legacy, Raw, Workbook};

/// The cells of a sheet, as `A1 Text("…")`.
pub fn given(workbook: &mut dyn Workbook, sheet: usize) -> Vec<String> {
    let mut given = Vec::new();
    let read = workbook.cells(sheet, &mut |cell| {
        given.push(format!("{} {:?}", cell.at, cell.raw));
        ControlFlow::Continue(())
    });
    read.unwrap();
    given
}

/// The texts of the first sheet with their cells.
pub fn texts(workbook: &mut dyn Workbook) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let read = workbook.cells(0, &mut |cell| {
        if let Raw::Text(text) = cell.raw {
            texts.push((cell.at.to_string(), text.to_owned()));
        }
        ControlFlow::Continue(())
    });
    read.unwrap();
    texts
}

/// A file below `tests/files`; `NGUON.md` there says how each was made.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

/// A table that needs every care: Vietnamese, zeros in front, separators, quotation marks and line breaks in texts.
const KNOWN: [[&str; 4]; 3] = [
    ["TT", "Họ và tên", "CCCD", "Ngày sinh; nơi sinh"],
    ["1", "Nguyễn Thị Mẩy", "020085000123", "07/03/1985; xã \"Tân Thanh\", huyện\nVăn Lãng"],
    ["2", "Đặng Văn Ất", "001190004567", "31/12/1990 <A&B>"],
];

/// Letters of Windows-1258: circumflex, breve and horn belong to the letter, tones stand behind it.
pub fn to_1258(text: &str) -> Vec<u8> {
    const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];
    let mut halves = String::new();
    for letter in text.chars() {
        let (tones, shape): (Vec<char>, Vec<char>) = letter.nfd().partition(|mark| TONES.contains(mark));
        halves.extend(shape.into_iter().nfc().chain(tones));
    }
    let (bytes, _, lost) = WINDOWS_1258.encode(&halves);
    assert!(!lost, "{halves}");
    bytes.into_owned()
}

/// The workbook of `make_fonts.py`, by two writers and in two formats.
#[test]
fn fonts_and_what_is_hidden_are_told_whatever_the_writer() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files");
    for name in ["fonts.xls", "fonts-libreoffice.xls", "fonts.ods"] {
        let (_, opened) = open(&FileFound { path: folder.join(name), name: name.to_owned() });
        let mut opened = opened.unwrap();
        let mut fonts = |sheet: usize| {
            let mut fonts = Vec::new();
            let hidden = opened.cells(sheet, &mut |cell| {
                if let Raw::Text(text) = cell.raw {
                    fonts.push((cell.at.to_string(), text.to_owned(), cell.font));
                }
                ControlFlow::Continue(())
            });
            (fonts, hidden.unwrap())
        };
        let (small, capitals) = (Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals));
        let row = [
            ("B", "Đặng Thị Ất", None),
            ("C", "§Æng ThÞ Êt", small),
            ("D", "®Æng thÞ Êt", capitals),
            ("E", "®Æng thÞ Êt", capitals),
            ("F", "Ñaëng Thò AÁt", Some(Legacy::Vni)),
            ("G", "Đặng Thị Ất", None),
        ];
        let cell = |row: u32, (column, text, font): (&str, &str, _)| (format!("{column}{row}"), text.to_owned(), font);
        let list = (2..=5).flat_map(|number| row.map(|one| cell(number, one))).collect();
        assert_eq!(fonts(0), (vec![cell(2, row[0])], Hidden::default()), "{name}");
        assert_eq!(fonts(1), (list, Hidden { rows: 2, columns: 2 }), "{name}");
    }
}

fn delimited(separator: char) -> String {
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    let line = |row: &[&str; 4]| row.map(quoted).join(&separator.to_string());
    KNOWN.iter().map(line).collect::<Vec<_>>().join("\r\n")
}

fn page(head: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "<br>");
    let row = |row: &[&str; 4]| format!("<tr>{}</tr>", row.map(|text| format!("<td>{}</td>", escaped(text))).concat());
    format!("<html><head>{head}</head><body><table>{}</table></body></html>", KNOWN.iter().map(row).collect::<String>())
}

fn spreadsheet_ml(declaration: &str) -> String {
    let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;").replace('\n', "&#10;");
    let cell = |text: &str| format!("<Cell><Data ss:Type=\"String\">{}</Data></Cell>", escaped(text));
    let rows: String = KNOWN.iter().map(|row| format!("<Row>{}</Row>", row.map(cell).concat())).collect();
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    format!(
        "{declaration}<Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\"><Worksheet ss:Name=\"A\"><Table>{rows}</Table></Worksheet></Workbook>"
    )
}

fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

#[test]
fn the_same_table_is_read_whatever_it_wears() {
    let marked = |text: &str| format!("\u{feff}{text}");
    let meta = |charset: &str| format!("<meta http-equiv=Content-Type content=\"text/html; charset={charset}\">");
    let declared = |encoding: &str| format!("<?xml version=\"1.0\" encoding=\"{encoding}\"?>");
    let clothes: Vec<(&str, &str, Vec<u8>)> = vec![
        ("a.csv", "csv", delimited(';').into_bytes()),
        ("a.csv", "csv", delimited(',').into_bytes()),
        ("a.csv", "csv", marked(&format!("sep=|\r\n{}", delimited('|'))).into_bytes()),
        ("a.xls", "csv", utf_16(&marked(&delimited('\t')), u16::to_le_bytes)),
        ("a.txt", "csv", utf_16(&delimited('\t'), u16::to_le_bytes)),
        ("a.txt", "csv", utf_16(&delimited('\t'), u16::to_be_bytes)),
        ("a.csv", "csv", to_1258(&delimited(';'))),
        ("a.xls", "html", page("").into_bytes()),
        ("a.xls", "html", page(&meta("utf-8")).into_bytes()),
        // A page that says another encoding than it has.
        ("a.xls", "html", page(&meta("windows-1252")).into_bytes()),
        ("a.xls", "html", to_1258(&page(&meta("windows-1258")))),
        ("a.xls", "html", to_1258(&page(&meta("windows-1252")))),
        ("a.xls", "html", utf_16(&marked(&page(&meta("unicode"))), u16::to_le_bytes)),
        ("a.xlsx", "xml", spreadsheet_ml("").into_bytes()),
        ("a.xls", "xml", spreadsheet_ml(&declared("utf-8")).into_bytes()),
        ("a.xls", "xml", to_1258(&spreadsheet_ml(&declared("windows-1258")))),
        ("a.xml", "xml", utf_16(&marked(&spreadsheet_ml(&declared("utf-16"))), u16::to_be_bytes)),
    ];
    let expected: Vec<(String, String)> = (0..)
        .zip(KNOWN)
        .flat_map(|(row, texts)| (0..).zip(texts).map(move |(column, text)| (CellAt::new(row, column), text)))
        .map(|(at, text)| (at.to_string(), text.to_owned()))
        .collect();
    let folder = tempfile::tempdir().unwrap();
    for (position, (name, format, bytes)) in clothes.iter().enumerate() {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let (source, opened) = open(&FileFound { path, name: (*name).to_owned() });
        assert_eq!(source.format, *format, "{position}");
        let read = texts(opened.unwrap().as_mut());
        let read: Vec<_> = read.into_iter().map(|(at, text)| (at, text.nfc().collect::<String>())).collect();
        assert_eq!(read, expected, "{position}");
    }
}

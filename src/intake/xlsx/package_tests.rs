//! Packages made for the tests, and what becomes of hostile ones.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::fault::Fault;
use super::package::{LIMITS, Limits, OWN, Package};
use super::{judged, open};
use crate::model::{Hidden, Lang, Legacy, Raw, Refusal, RefusalKind, Workbook};

/// A part by name and content.
pub type Made<'a> = (&'a str, &'a str);

const TOP: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const LINKS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
const EMPTY: &str = "<worksheet><sheetData/></worksheet>";

/// A package of the usual parts of a workbook with one sheet; `parts` replace and add to them.
pub fn package(parts: &[Made<'_>]) -> Vec<u8> {
    let usual = [
        ("[Content_Types].xml", "<Types/>"),
        ("_rels/.rels", TOP),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", LINKS),
        ("xl/worksheets/sheet1.xml", EMPTY),
    ];
    let kept = usual.iter().filter(|(name, _)| !parts.iter().any(|(other, _)| other == name));
    zipped(kept.chain(parts).map(|(name, content)| (*name, content.as_bytes())))
}

pub fn zipped<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        archive.start_file(name, SimpleFileOptions::default()).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// A package with one sheet.
pub fn with_sheet(sheet: &str) -> Vec<u8> {
    package(&[("xl/worksheets/sheet1.xml", sheet)])
}

/// A sheet around rows.
pub fn rows(rows: &str) -> String {
    format!("<worksheet><sheetData>{rows}</sheetData></worksheet>")
}

pub fn opened(bytes: Vec<u8>) -> Result<Box<dyn Workbook>, Refusal> {
    Ok(Box::new(open("tệp.xlsx", bytes, LIMITS)?))
}

/// The cells of the first sheet as `A1 value`, with their fonts.
pub type Cells = Vec<(String, Option<Legacy>)>;

pub fn read(bytes: Vec<u8>) -> Result<(Cells, Hidden), Refusal> {
    let mut workbook = opened(bytes)?;
    let mut cells = Cells::new();
    let hidden = workbook.cells(0, &mut |cell| {
        cells.push((format!("{} {}", cell.at, said(cell.raw)), cell.font));
        ControlFlow::Continue(())
    })?;
    Ok((cells, hidden))
}

/// The cells of the first sheet in words.
pub fn cells(bytes: Vec<u8>) -> Vec<String> {
    let (cells, _) = read(bytes).unwrap_or_else(|refusal| panic!("{}", refusal.found.get(Lang::En)));
    cells.into_iter().map(|(cell, _)| cell).collect()
}

/// Kind and English sentence of the refusal of a file.
pub fn refused(bytes: Vec<u8>) -> (RefusalKind, String) {
    let refusal = read(bytes).expect_err("must be refused");
    (refusal.kind, refusal.found.get(Lang::En))
}

pub fn said(raw: Raw<'_>) -> String {
    match raw {
        Raw::Text(text) => format!("{text:?}"),
        Raw::Number(number) => format!("{number}"),
        Raw::Date(serial) => format!("day {serial}"),
        Raw::Bool(truth) => format!("{truth}"),
        Raw::Error(error) => error.to_owned(),
        Raw::Uncomputed => "uncomputed".to_owned(),
    }
}

/// Replaces the only place of some bytes.
fn patched(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from).collect();
    assert!(!places.is_empty());
    for at in places {
        bytes[at..at + to.len()].copy_from_slice(to);
    }
    bytes
}

/// Where the central directory's entry of a part begins.
fn entry(bytes: &[u8], name: &str) -> usize {
    memchr::memmem::rfind(bytes, name.as_bytes()).unwrap() - 46
}

fn fault(bytes: Vec<u8>, limits: Limits) -> Fault {
    Package::open(bytes, limits).err().unwrap()
}

#[test]
fn limits_are_kept() {
    let bytes = || package(&[]);
    assert!(Package::open(bytes(), LIMITS).is_ok());
    assert_eq!(fault(bytes(), Limits { parts: 4, ..LIMITS }), Fault::Parts);
    assert_eq!(fault(bytes(), Limits { part: 100, ..LIMITS }), Fault::Size);
    assert_eq!(fault(bytes(), Limits { whole: 500, ..LIMITS }), Fault::Size);
    let blank = " ".repeat(200_000);
    let bomb = || package(&[("xl/blank.xml", &blank)]);
    assert!(Package::open(bomb(), LIMITS).is_ok());
    assert_eq!(fault(bomb(), Limits { free: 100_000, ..LIMITS }), Fault::Ratio);
}

#[test]
fn an_item_may_not_grow_without_end() {
    let long = rows(&format!("<row><c t=\"str\"><v>{}</v></c></row>", "a".repeat(400_000)));
    let mut package = Package::open(with_sheet(&long), Limits { item: 100_000, ..LIMITS }).unwrap();
    let part = package.find("xl/worksheets/sheet1.xml").unwrap();
    let scanned = package.scan(part, |scanner| {
        scanner.next()?;
        scanner.skip().map(ControlFlow::Continue)
    });
    assert_eq!(scanned, Err(Fault::Item));
    assert_eq!(cells(with_sheet(&long)), [format!("A1 {:?}", "a".repeat(400_000))]);
}

#[test]
fn parts_of_one_name_are_refused() {
    let equal_but_case = package(&[("xl/styles.xml", "<styleSheet/>"), ("xl/Styles.XML", "<styleSheet/>")]);
    assert_eq!(fault(equal_but_case, LIMITS), Fault::Names);
    let two = package(&[("xl/aaa.xml", ""), ("xl/bbb.xml", "")]);
    assert_eq!(fault(patched(two, b"xl/bbb.xml", b"xl/aaa.xml"), LIMITS), Fault::Names);
}

#[test]
fn overlapping_parts_are_refused() {
    let mut bytes = package(&[("xl/aaa.xml", "one"), ("xl/bbb.xml", "two")]);
    let (one, two) = (entry(&bytes, "xl/aaa.xml"), entry(&bytes, "xl/bbb.xml"));
    let offset: Vec<u8> = bytes[one + 42..one + 46].to_vec();
    bytes[two + 42..two + 46].copy_from_slice(&offset);
    assert_eq!(fault(bytes, LIMITS), Fault::Names);
}

#[test]
fn an_encrypted_part_is_a_password() {
    let mut bytes = package(&[]);
    let at = entry(&bytes, "xl/worksheets/sheet1.xml");
    bytes[at + 8] |= 1;
    assert_eq!(refused(bytes).0, RefusalKind::Encrypted);
}

#[test]
fn a_wrong_checksum_is_damage_even_behind_the_cells() {
    let tail =
        format!("<worksheet><sheetData><row><c><v>1</v></c></row></sheetData>{}</worksheet>", " ".repeat(99_999));
    let mut bytes = with_sheet(&tail);
    assert_eq!(cells(bytes.clone()), ["A1 1"]);
    let at = entry(&bytes, "xl/worksheets/sheet1.xml");
    bytes[at + 16] ^= 1;
    let (kind, found) = refused(bytes);
    assert_eq!(kind, RefusalKind::Unreadable);
    assert!(found.contains("checksum"), "{found}");
}

#[test]
fn a_part_larger_than_it_says_is_damage() {
    let mut bytes = with_sheet(&rows(&"<row><c><v>1</v></c></row>".repeat(1_000)));
    let at = entry(&bytes, "xl/worksheets/sheet1.xml");
    bytes[at + 24..at + 28].copy_from_slice(&100_u32.to_le_bytes());
    assert_eq!(refused(bytes).0, RefusalKind::Unreadable);
}

#[test]
fn a_package_cut_off_is_refused_at_every_length() {
    let bytes = with_sheet(&rows("<row><c><v>1</v></c></row>"));
    for length in 0..bytes.len() {
        let kind = refused(bytes[..length].to_vec()).0;
        assert_eq!(kind, RefusalKind::Unreadable, "{length} of {} bytes", bytes.len());
    }
}

#[test]
fn a_doctype_is_refused_wherever_it_stands() {
    let hostile = "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"b\">]>";
    for (part, content) in [("xl/worksheets/sheet1.xml", EMPTY), ("xl/workbook.xml", BOOK), ("_rels/.rels", TOP)] {
        let (kind, found) = refused(package(&[(part, &format!("{hostile}{content}"))]));
        assert_eq!(kind, RefusalKind::Unsafe, "{part}: {found}");
    }
}

#[test]
fn only_utf_8_is_read() {
    let wide: Vec<u8> = "\u{feff}".encode_utf16().chain(EMPTY.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let parts = |sheet: &[u8]| {
        let usual = [("_rels/.rels", TOP), ("xl/workbook.xml", BOOK), ("xl/_rels/workbook.xml.rels", LINKS)];
        let usual = usual.iter().map(|(name, content)| (*name, content.as_bytes()));
        zipped(usual.chain([("xl/worksheets/sheet1.xml", sheet)]))
    };
    let named = b"<?xml version='1.0' encoding='windows-1258'?><worksheet><sheetData/></worksheet>";
    for foreign in [wide.as_slice(), named] {
        assert!(refused(parts(foreign)).1.contains("UTF-8"));
    }
    let marked =
        b"\xEF\xBB\xBF<?xml version='1.0' encoding='UTF-8' standalone='yes'?><worksheet><sheetData/></worksheet>";
    assert_eq!(cells(parts(marked)), Vec::<String>::new());
}

#[test]
fn packages_of_other_readers_are_judged_alike() {
    let sound = package(&[]);
    assert_eq!(judged("a.ods", sound.clone()).unwrap(), sound);
    let mut damaged = sound;
    let at = entry(&damaged, "xl/workbook.xml");
    damaged[at + 16] ^= 1;
    assert_eq!(judged("a.ods", damaged).unwrap_err().kind, RefusalKind::Unreadable);
}

#[test]
fn parts_of_our_own_are_read_alike_though_they_are_inflated_at_once() {
    let many = (1..5_000).map(|row| format!("<row r=\"{row}\"><c r=\"B{row}\"><v>{row}</v></c></row>"));
    let bytes = with_sheet(&rows(&many.collect::<String>()));
    let read = |limits: Limits| {
        let mut workbook = open("tệp.xlsx", bytes.clone(), limits).unwrap();
        // The second time the part is there.
        [(); 2].map(|()| {
            let mut cells = Vec::new();
            let read = workbook.cells(0, &mut |cell| {
                cells.push(format!("{} {:?}", cell.at, cell.raw));
                ControlFlow::Continue(())
            });
            read.map(|_| cells).unwrap()
        })
    };
    assert_eq!(read(OWN), read(LIMITS));
    let mut damaged = bytes.clone();
    let middle = damaged.len() / 2;
    damaged[middle] ^= 0x10;
    let mut workbook = open("tệp.xlsx", damaged, OWN).unwrap();
    for _ in 0..2 {
        assert!(workbook.cells(0, &mut |_| ControlFlow::Continue(())).is_err());
    }
}

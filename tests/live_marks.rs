//! LibreOffice computes what a hand-back shows live: every state and every rule as stored, and another one once a cell is
//! corrected.
//!
//! Ignored by default because it needs LibreOffice; `.ci/run` installs it and runs this test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{Book, merged, recalculated, samples};

const LIST: &str = "Lỗi cần sửa";
/// Columns of the list.
const CELL: usize = 1;
const LEVEL: usize = 2;
const SHEET: usize = 5;
const STATE: usize = 10;
/// The first row of cells that compute rules; no sheet reaches it.
const BELOW: usize = 2_000;

fn said(row: &[Data], column: usize) -> String {
    row.get(column).map(ToString::to_string).unwrap_or_default()
}

/// The list's rows by number, and the line that counts down.
fn list(path: &Path) -> (BTreeMap<usize, Vec<Data>>, String) {
    let mut book = Book::open(path);
    let rows = book.rows(LIST);
    let countdown =
        rows.iter().map(|row| said(row, 0)).find(|text| text.starts_with("Còn ") || text.starts_with("Mọi ô"));
    let header = rows.iter().position(|row| said(row, 0) == "STT").unwrap();
    let numbered = (header + 1..).zip(&rows[header + 1..]).take_while(|(_, row)| said(row, 0).parse::<u32>().is_ok());
    (numbered.map(|(at, row)| (at, row.clone())).collect(), countdown.unwrap_or_default())
}

/// Rewrites the parts of a package.
fn rewritten(from: &Path, to: &Path, change: impl Fn(&str, String) -> String) {
    let mut package = zip::ZipArchive::new(std::fs::File::open(from).unwrap()).unwrap();
    let mut written = zip::ZipWriter::new(std::fs::File::create(to).unwrap());
    for at in 0..package.len() {
        let mut part = package.by_index(at).unwrap();
        let (name, mut text) = (part.name().unwrap().into_owned(), String::new());
        part.read_to_string(&mut text).unwrap();
        written.start_file(&name, zip::write::SimpleFileOptions::default()).unwrap();
        written.write_all(change(&name, text).as_bytes()).unwrap();
    }
    written.finish().unwrap();
}

/// The part of a sheet of a workbook.
fn part_of(path: &Path, sheet: &str) -> String {
    let mut package = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    let mut read = |part: &str| std::io::read_to_string(package.by_name(part).unwrap()).unwrap();
    let attribute = |tag: &str, name: &str| {
        let value = tag.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
        value.map(|(value, _)| value.to_owned()).unwrap_or_default()
    };
    let tag = |xml: &str, name: &str, value: &str| {
        xml.split('<').find(|tag| attribute(tag, name) == value).unwrap_or_else(|| panic!("no {value}")).to_owned()
    };
    let id = attribute(&tag(&read("xl/workbook.xml"), "name", sheet), "r:id");
    let target = attribute(&tag(&read("xl/_rels/workbook.xml.rels"), "Id", &id), "Target");
    format!("xl/{}", target.trim_start_matches("/xl/"))
}

/// Writes a text into cells of a workbook, given as (sheet, address).
fn corrected(from: &Path, to: &Path, cells: &[(String, String)], words: &str) {
    let parts: Vec<(String, &String)> = cells.iter().map(|(sheet, cell)| (part_of(from, sheet), cell)).collect();
    rewritten(from, to, |name, mut text| {
        for (_, cell) in parts.iter().filter(|(part, _)| part == name) {
            let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("{name} has no {cell}"));
            let closed = text[start..].find('>').map(|at| start + at).unwrap();
            let end = match text.as_bytes()[closed - 1] {
                b'/' => closed + 1,
                _ => start + text[start..].find("</c>").unwrap() + 4,
            };
            text.replace_range(start..end, &format!("<c r=\"{cell}\" t=\"inlineStr\"><is><t>{words}</t></is></c>"));
        }
        text
    });
}

/// The hand-backs of the first round that have a list of findings, under names that differ, beside their results.
fn hand_backs(folder: &Path) -> Vec<PathBuf> {
    merged(&samples("round-1"), folder);
    let districts = std::fs::read_dir(folder.join("tra-lai")).unwrap().map(|entry| entry.unwrap().path());
    let files = districts.flat_map(|folder| std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()));
    let listed = |path: &PathBuf| open_workbook::<Xlsx<_>, _>(path).unwrap().sheet_names().contains(&LIST.to_owned());
    let mut files: Vec<PathBuf> = files.filter(listed).collect();
    files.sort();
    assert!(files.len() >= 10, "{files:?}");
    files
}

/// Each hand-back changed by `change`, as LibreOffice computes it.
fn changed(files: &[PathBuf], folder: &Path, change: impl Fn(&Path, &Path)) -> Vec<PathBuf> {
    let copy = |(number, file): (usize, &PathBuf)| {
        let to = folder.join(format!("{number}.xlsx"));
        change(file, &to);
        to
    };
    recalculated(&files.iter().enumerate().map(copy).collect::<Vec<_>>(), folder)
}

/// The first error that is live, by row, with the cell to correct.
fn first_open(path: &Path) -> Option<(usize, (String, String))> {
    let (rows, _) = list(path);
    let (at, row) = rows.iter().find(|(_, row)| said(row, STATE) == "Chưa sửa" && said(row, LEVEL) == "Lỗi")?;
    Some((*at, (said(row, SHEET), said(row, CELL).split([',', ' ']).next()?.to_owned())))
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn states_are_stored_as_libreoffice_computes_them() {
    let folder = tempfile::tempdir().unwrap();
    let files = hand_backs(folder.path());
    let computed = changed(&files, folder.path(), |from, to| {
        std::fs::copy(from, to).unwrap();
    });
    for (stored, computed) in files.iter().zip(&computed) {
        let texts = |path: &Path| {
            let mut book = Book::open(path);
            let rows = book.rows(LIST).iter().map(|row| row.iter().map(ToString::to_string).collect::<Vec<_>>());
            rows.map(|row| row.join("|").trim_end_matches('|').to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(texts(stored), texts(computed), "{}", stored.display());
    }
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn a_state_and_the_countdown_change_when_a_cell_is_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let files = hand_backs(folder.path());
    let computed = changed(&files, folder.path(), |from, to| {
        let cells: Vec<_> = first_open(from).into_iter().map(|(_, cell)| cell).collect();
        corrected(from, to, &cells, "đã sửa");
    });
    let mut seen = 0;
    for (path, computed) in files.iter().zip(&computed) {
        let Some((at, cell)) = first_open(path) else { continue };
        let ((before, countdown), (after, counted)) = (list(path), list(computed));
        assert_eq!(said(&after[&at], STATE), "Đã thay đổi", "{} {cell:?}", path.display());
        let touched = |row: &[Data]| {
            (said(row, SHEET) == cell.0 && said(row, CELL).split(", ").any(|one| one == cell.1))
                || said(row, CELL).contains("(+")
        };
        for (at, row) in before.iter().filter(|(_, row)| !touched(row)) {
            assert_eq!(said(&after[at], STATE), said(row, STATE), "{} row {at}", path.display());
        }
        let open = |rows: &BTreeMap<usize, Vec<Data>>| {
            let errors = rows.values().filter(|row| said(row, LEVEL) == "Lỗi" && said(row, STATE) == "Chưa sửa");
            errors.count()
        };
        let (all, left) = (open(&before), open(&after));
        assert!(countdown.starts_with(&format!("Còn {all}/{all} lỗi chưa sửa")), "{countdown}");
        let warned = before.values().any(|row| said(row, LEVEL) == "Cảnh báo");
        let expected =
            if left == 0 && !warned { "Mọi ô".to_owned() } else { format!("Còn {left}/{all} lỗi chưa sửa") };
        assert!(left < all && counted.starts_with(&expected), "{counted}");
        seen += 1;
    }
    assert_eq!(seen, 10);
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn a_warning_is_settled_when_it_is_explained() {
    let folder = tempfile::tempdir().unwrap();
    merged(&samples("round-1"), folder.path());
    let path = folder.path().join("tra-lai/185-bac-son/185-2019.xlsx");
    let (before, _) = list(&path);
    let warnings: Vec<usize> =
        before.iter().filter(|(_, row)| said(row, LEVEL) == "Cảnh báo").map(|(at, _)| *at).collect();
    assert_eq!(warnings.len(), 3);
    let answers: Vec<_> = warnings.iter().map(|at| (LIST.to_owned(), format!("L{}", at + 1))).collect();
    let computed = changed(&[path], folder.path(), |from, to| corrected(from, to, &answers, "Đúng thực tế"));
    let (after, countdown) = list(&computed[0]);
    for at in warnings {
        assert_eq!(said(&after[&at], STATE), "Đã giải trình");
    }
    assert!(countdown.ends_with("0/3 cảnh báo chưa sửa, chưa giải trình"), "{countdown}");
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn every_rule_is_true_as_long_as_nothing_is_corrected() {
    let folder = tempfile::tempdir().unwrap();
    let files = hand_backs(folder.path());
    // Each rule once more as the formula of a cell far below, where LibreOffice tells what it gives.
    let below = |_: &str, text: String| {
        let formulas = text.split("<formula>").skip(1).map(|rest| rest.split_once("</formula>").unwrap().0);
        let cell =
            |(row, formula): (usize, &str)| format!("<row r=\"{row}\"><c r=\"A{row}\"><f>{formula}</f></c></row>");
        let rows: String = (BELOW..).zip(formulas.filter(|one| one.contains("tonghop"))).map(cell).collect();
        text.replace("</sheetData>", &format!("{rows}</sheetData>"))
    };
    let computed = changed(&files, folder.path(), |from, to| rewritten(from, to, below));
    let mut rules = 0;
    for path in &computed {
        let mut book: Xlsx<_> = open_workbook(path).unwrap();
        for sheet in book.sheet_names() {
            let range = book.worksheet_range(&sheet).unwrap();
            let top = range.start().map_or(0, |(row, _)| row as usize);
            for (row, _, value) in range.used_cells().filter(|(row, ..)| row + top + 1 >= BELOW) {
                assert_eq!(*value, Data::Bool(true), "{} {sheet} rule {row}", path.display());
                rules += 1;
            }
        }
    }
    assert!(rules > 40, "{rules}");
}

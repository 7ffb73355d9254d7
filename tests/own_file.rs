//! A district gets its own file back: with its macros under their ending, as a copy where it cannot be marked.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::fs::File;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use calamine::{Data, Range, Reader, Xlsx, open_workbook};
use common::{merged, samples};
use rust_xlsxwriter::Workbook;
use tonghop::marking::{Addition, Original};
use tonghop::model::mark::{Mark, MarkNote, MarkRule, MarkedSheet, NOTE_HEAD, TAG};
use tonghop::model::{CellAt, Level};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

const USUAL: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
const MACROS: &str = "application/vnd.ms-excel.sheet.macroEnabled.main+xml";
const TEMPLATE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml";
const PROJECT: &[u8] = b"a project of macros, never looked at";

/// The report of Bac Son with its parts changed, and with macros beside it.
fn changed(change: impl Fn(&str, Vec<u8>) -> Vec<u8>, to: &Path) {
    let original = std::fs::read(samples("round-1/185-bac-son.xlsx")).unwrap();
    let mut from = ZipArchive::new(Cursor::new(original)).unwrap();
    let mut out = ZipWriter::new(File::create(to).unwrap());
    for index in 0..from.len() {
        let mut entry = from.by_index(index).unwrap();
        let (name, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        out.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        out.write_all(&change(&name, content)).unwrap();
    }
    out.start_file("xl/vbaProject.bin", SimpleFileOptions::default()).unwrap();
    out.write_all(PROJECT).unwrap();
    out.finish().unwrap();
}

/// What goes back for one file of a type.
fn handed_back(kind: &str, name: &str) -> (tempfile::TempDir, Vec<PathBuf>) {
    let folder = tempfile::tempdir().unwrap();
    let (sent, out) = (folder.path().join("sent"), folder.path().join("out"));
    std::fs::create_dir(&sent).unwrap();
    let typed = |part: &str, content: Vec<u8>| match part {
        "[Content_Types].xml" => String::from_utf8(content).unwrap().replace(USUAL, kind).into_bytes(),
        _ => content,
    };
    changed(typed, &sent.join(name));
    assert_eq!(merged(&sent, &out), 1);
    let back = std::fs::read_dir(out.join("tra-lai/185-bac-son")).unwrap().map(|entry| entry.unwrap().path()).collect();
    (folder, back)
}

fn part(path: &Path, name: &str) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(File::open(path).unwrap()).unwrap();
    let mut content = Vec::new();
    archive.by_name(name).ok()?.read_to_end(&mut content).unwrap();
    Some(content)
}

fn sheets(path: &Path) -> Vec<String> {
    Xlsx::sheet_names(&open_workbook::<Xlsx<_>, _>(path).unwrap())
}

#[test]
fn a_file_with_macros_keeps_them_and_has_the_list_last() {
    let (_folder, back) = handed_back(MACROS, "185-bac-son.xlsm");
    assert_eq!(back.len(), 1);
    assert!(back[0].ends_with("185-2019.xlsm"), "{back:?}");
    assert_eq!(part(&back[0], "xl/vbaProject.bin").as_deref(), Some(PROJECT));
    // Macros count sheets from the first.
    assert_eq!(sheets(&back[0]), ["Thông tin", "Học viên", "Ban CHQS", "Lỗi cần sửa", "Tự sửa"]);
}

#[test]
fn a_file_that_cannot_be_marked_comes_back_as_a_copy_that_says_so() {
    let (_folder, back) = handed_back(TEMPLATE, "185-bac-son.xltx");
    assert_eq!(back.len(), 1);
    assert!(back[0].ends_with("185-2019.xlsx"), "{back:?}");
    assert_eq!(part(&back[0], "xl/vbaProject.bin"), None);
    assert_eq!(sheets(&back[0])[0], "Lỗi cần sửa");
    let mut book: Xlsx<_> = open_workbook(&back[0]).unwrap();
    let list = book.worksheet_range("Lỗi cần sửa").unwrap();
    let said = |words: &str| list.used_cells().any(|(.., cell)| cell.to_string().contains(words));
    assert!(said("Không đánh dấu được ngay trong tệp «185-bac-son.xltx»"));
}

#[test]
fn a_file_that_ends_within_a_sheet_gets_its_findings_and_costs_no_other_file_its_hand_back() {
    let folder = tempfile::tempdir().unwrap();
    let (sent, out) = (folder.path().join("sent"), folder.path().join("out"));
    std::fs::create_dir(&sent).unwrap();
    for sheet in ["xl/worksheets/sheet2.xml", "xl/worksheets/sheet3.xml"] {
        let cut = |part: &str, content: Vec<u8>| match part == sheet {
            true => content[..content.len() / 2].to_vec(),
            false => content,
        };
        changed(cut, &sent.join(sheet.replace("xl/worksheets/sheet", "185-").replace(".xml", ".xlsx")));
    }
    std::fs::copy(samples("round-1/186-huu-lung.xlsx"), sent.join("186-huu-lung.xlsx")).unwrap();
    assert_eq!(merged(&sent, &out), 1);
    assert!(sheets(&out.join("tra-lai/186-huu-lung/186-2019.xlsx")).contains(&"Học viên".to_owned()));
    for name in ["185-2019.xlsx", "185-2019-2.xlsx"] {
        assert_eq!(sheets(&out.join("tra-lai/185-bac-son").join(name))[0], "Lỗi cần sửa", "{name}");
    }
}

#[test]
fn what_a_district_wrote_is_not_touched() {
    let (folder, back) = handed_back(USUAL, "185-bac-son.xlsx");
    let sent = folder.path().join("sent/185-bac-son.xlsx");
    for name in ["xl/sharedStrings.xml", "xl/theme/theme1.xml", "xl/vbaProject.bin", "docProps/core.xml"] {
        assert!(part(&sent, name).is_some(), "{name}");
        assert_eq!(part(&sent, name), part(&back[0], name), "{name}");
    }
    let rows = |path: &Path| {
        let sheet = String::from_utf8(part(path, "xl/worksheets/sheet2.xml").unwrap()).unwrap();
        sheet[sheet.find("<sheetData").unwrap()..sheet.find("</sheetData>").unwrap()].to_owned()
    };
    assert_eq!(rows(&sent), rows(&back[0]));
}

/// A workbook with a list so long that most of its deflated blocks are kept.
fn long_list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Học viên").unwrap();
    for row in 0..20_000 {
        for column in 0..8 {
            match column % 3 {
                0 => sheet.write_number(row, column, f64::from(row * 37 % 1_009)).unwrap(),
                _ => sheet.write_string(row, column, format!("Nguyễn Văn {} {column}", row % 4_000)).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn marked(original: &[u8], marks: &[MarkedSheet], earlier: &[String]) -> Vec<u8> {
    let mut list = Workbook::new();
    list.add_worksheet().set_name("Lỗi cần sửa").unwrap();
    let (sheets, mut out) = (list.save_to_buffer().unwrap(), Cursor::new(Vec::new()));
    Original::open(original).unwrap().mark(&Addition { sheets: &sheets, marks, earlier }, &mut out).unwrap();
    out.into_inner()
}

fn rows_of(workbook: &[u8]) -> Range<Data> {
    Xlsx::new(Cursor::new(workbook)).unwrap().worksheet_range("Học viên").unwrap()
}

#[test]
fn a_long_list_keeps_every_cell_round_after_round() {
    let original = long_list();
    let mark = |row: u32| {
        let (at, formula) = (CellAt::new(row, 1), format!("AND({TAG},$B${}=\"x\")", row + 1));
        let note = Some(MarkNote { text: format!("{NOTE_HEAD}\nLỗi số {row}"), height: 60 });
        Mark { at, rules: vec![MarkRule { level: Level::Error, formula }], note }
    };
    let sheet = "Học viên".to_owned();
    let first = marked(&original, &[MarkedSheet { sheet: sheet.clone(), marks: (0..900).map(mark).collect() }], &[]);
    let earlier = ["Lỗi cần sửa".to_owned()];
    let second = marked(&first, &[MarkedSheet { sheet, marks: vec![mark(19_999)] }], &earlier);
    let expected = rows_of(&original);
    assert_eq!(expected.get_size(), (20_000, 8));
    assert!(rows_of(&first) == expected && rows_of(&second) == expected);
    // Blocks of the usual level were kept: deflated anew the list would be larger.
    let size = |bytes: &[u8]| {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().compressed_size()
    };
    assert!(size(&second) < size(&original) * 26 / 25, "{} of {}", size(&second), size(&original));
    let rules = |bytes: &[u8]| {
        let mut text = String::new();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        archive.by_name("xl/worksheets/sheet1.xml").unwrap().read_to_string(&mut text).unwrap();
        text.matches("<cfRule").count()
    };
    assert_eq!([rules(&original), rules(&first), rules(&second)], [0, 900, 1]);
}

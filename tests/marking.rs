//! A workbook marked in its own package: what it holds stays, marks come, a second round leaves one set of them.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Note, Workbook};
use serde::Deserialize;
use tonghop::marking::{Addition, Original};
use tonghop::model::mark::{Mark, MarkNote, MarkRule, MarkedSheet, NOTE_HEAD, TAG};
use tonghop::model::{CellAt, Level};
use zip::ZipArchive;

/// A workbook made by `tests/marking/make.py`, and the cells to mark.
#[derive(Deserialize)]
struct Case {
    name: String,
    marks: Vec<WantedMark>,
}

#[derive(Deserialize)]
struct WantedMark {
    sheet: String,
    cell: String,
    formula: String,
    level: Level,
}

fn marks(wanted: &[WantedMark]) -> Vec<MarkedSheet> {
    let mut sheets: BTreeMap<&str, Vec<Mark>> = BTreeMap::new();
    for one in wanted {
        let formula = format!("AND({TAG},{})", one.formula);
        let note = MarkNote { text: format!("{NOTE_HEAD}\nLỗi ở ô {} <&>", one.cell), height: 60 };
        let rules = vec![MarkRule { level: one.level, formula }];
        sheets.entry(&one.sheet).or_default().push(Mark {
            at: CellAt::named(&one.cell).unwrap(),
            rules,
            note: Some(note),
        });
    }
    let sorted = sheets.into_iter().map(|(sheet, mut marks)| {
        marks.sort_by_key(|mark| mark.at);
        MarkedSheet { sheet: sheet.to_owned(), marks }
    });
    sorted.collect()
}

/// A list as writers make it, in little: texts, a link, a formula, colours, print titles, a filter.
fn list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Lỗi cần sửa").unwrap();
    let bold = Format::new().set_bold().set_background_color(0xFFC7CE).set_num_format("[$-42A]#,##0_)");
    sheet.write_string_with_format(0, 0, "STT", &bold).unwrap();
    sheet.write_string(1, 0, "Nguyễn <An> & «Én»").unwrap();
    sheet.write_url(1, 1, "internal:'Học viên'!D3").unwrap();
    sheet
        .write_formula(1, 2, rust_xlsxwriter::Formula::new("=IF(1=1,\"Chưa sửa\",\"\")").set_result("Chưa sửa"))
        .unwrap();
    let rule = rust_xlsxwriter::ConditionalFormatFormula::new().set_rule("=C2=\"Chưa sửa\"").set_format(&bold);
    sheet.add_conditional_format(1, 2, 5, 2, &rule).unwrap();
    sheet.set_repeat_rows(0, 0).unwrap().autofilter(0, 0, 4, 2).unwrap();
    book.add_worksheet().set_name("Tự sửa").unwrap();
    book.save_to_buffer().unwrap()
}

fn marked(original: &[u8], marks: &[MarkedSheet], earlier: &[String]) -> anyhow::Result<Vec<u8>> {
    let mut out = Cursor::new(Vec::new());
    let mut original = Original::open(original)?;
    marks.iter().try_for_each(|sheet| original.merged(&sheet.sheet).map(drop))?;
    original.mark(&Addition { sheets: &list(), marks, earlier }, &mut out)?;
    Ok(out.into_inner())
}

fn added() -> Vec<String> {
    ["Lỗi cần sửa", "Tự sửa"].map(str::to_owned).to_vec()
}

/// The parts of a package by name.
fn parts(bytes: &[u8]) -> BTreeMap<String, String> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let part = |index| {
        let mut entry = archive.by_index(index).unwrap();
        let (name, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
        entry.read_to_end(&mut content).unwrap();
        (name, String::from_utf8_lossy(&content).into_owned())
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(part).collect()
}

/// A workbook with notes and a conditional format of its own.
fn original() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Học viên").unwrap();
    for row in 0..30 {
        sheet.write_string(row, 1, format!("người {row}")).unwrap();
        sheet.write_number(row, 2, f64::from(row)).unwrap();
    }
    sheet.insert_note(1, 1, &Note::new("Đã xác minh").set_author("Huyện")).unwrap();
    let rule = rust_xlsxwriter::ConditionalFormatFormula::new().set_rule("=C1>5").set_format(Format::new().set_bold());
    sheet.add_conditional_format(0, 2, 9, 2, &rule).unwrap();
    book.add_worksheet().set_name("Trang khác").unwrap().write_string(0, 0, "khác").unwrap();
    book.save_to_buffer().unwrap()
}

fn wanted() -> Vec<MarkedSheet> {
    let one = |cell: &str, level| WantedMark {
        sheet: "Học viên".into(),
        cell: cell.into(),
        formula: format!("EXACT({cell},\"x\")"),
        level,
    };
    marks(&[one("B2", Level::Error), one("C7", Level::Warning), one("D9", Level::Note)])
}

#[test]
fn marking_again_leaves_exactly_one_set_of_marks() {
    let original = original();
    let once = marked(&original, &wanted(), &[]).unwrap();
    let twice = marked(&once, &wanted(), &added()).unwrap();
    let count = |bytes: &[u8], word: &str| parts(bytes).values().map(|text| text.matches(word).count()).sum::<usize>();
    for word in ["N(&quot;tonghop&quot;)", NOTE_HEAD, "<dxf>", "<x:Row>", "<sheet ", "<definedName ", "<xf "] {
        assert_eq!(count(&twice, word), count(&once, word), "{word}");
    }
    assert_eq!(count(&once, "N(&quot;tonghop&quot;)"), 3);
    assert_eq!(count(&once, NOTE_HEAD), 3);
    let nothing = marked(&twice, &[], &added()).unwrap();
    assert_eq!(count(&nothing, "N(&quot;tonghop&quot;)") + count(&nothing, NOTE_HEAD), 0);
    assert_eq!(count(&nothing, "<x:Row>"), 1);
    let (before, after) = (parts(&original), parts(&nothing));
    let note = |parts: &BTreeMap<String, String>| parts["xl/comments1.xml"].matches("Đã xác minh").count();
    assert_eq!((note(&before), note(&after)), (1, 1));
    // What no mark touches is the very same, and the sheet has its own rule back.
    assert_eq!(before["xl/worksheets/sheet2.xml"], after["xl/worksheets/sheet2.xml"]);
    assert_eq!(
        before["xl/worksheets/sheet1.xml"].replace(" tabSelected=\"1\"", ""),
        after["xl/worksheets/sheet1.xml"].replace(" tabSelected=\"0\"", "")
    );
}

#[test]
fn marks_outrank_the_rules_of_the_district() {
    let sheet = parts(&marked(&original(), &wanted(), &[]).unwrap())["xl/worksheets/sheet1.xml"].clone();
    let own = sheet.find("tonghop").unwrap();
    let theirs = sheet.find("C1&gt;5").unwrap();
    assert!(own < theirs);
    assert!(sheet[own..theirs].contains("priority=\"4\""), "{}", &sheet[own..theirs]);
}

#[test]
fn a_workbook_of_added_sheets_alone_is_refused() {
    let once = marked(&original(), &wanted(), &[]).unwrap();
    let all = ["Học viên", "Trang khác", "Lỗi cần sửa", "Tự sửa"].map(str::to_owned);
    assert!(marked(&once, &[], &all).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever a part says, marking ends with a copy or an error.
    #[test]
    fn torn_parts_never_end_the_program(part in 0_usize..12, at in 0.0_f64..1.0, cut in 0_usize..40, put in "[<>/\"'&;=a-z0-9: ]{0,12}") {
        let original = original();
        let mut archive = ZipArchive::new(Cursor::new(original.as_slice())).unwrap();
        let torn = part % archive.len();
        let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let (name, mut content) = (entry.name().unwrap().into_owned(), Vec::new());
            entry.read_to_end(&mut content).unwrap();
            if index == torn {
                let start = (at * content.len() as f64) as usize;
                let end = (start + cut).min(content.len());
                content.splice(start..end, put.bytes());
            }
            out.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut out, &content).unwrap();
        }
        let torn = out.finish().unwrap().into_inner();
        if let Ok(copy) = marked(&torn, &wanted(), &[]) {
            prop_assert!(ZipArchive::new(Cursor::new(copy)).is_ok());
        }
    }
}

/// Needs Python with the writers of `tests/messy/requirements.txt` and LibreOffice; `.ci/run` installs both.
#[test]
#[ignore = "needs Python and LibreOffice"]
fn rich_workbooks_keep_all_they_hold() {
    let folder = tempfile::tempdir().unwrap();
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/marking");
    let python = |script: &str| {
        let output = Command::new("python3").arg(scripts.join(script)).arg(folder.path()).output().unwrap();
        assert!(
            output.status.success(),
            "{}{}",
            String::from_utf8_lossy(&output.stdout),
            String::from_utf8_lossy(&output.stderr)
        );
    };
    python("make.py");
    let cases: Vec<Case> =
        serde_json::from_str(&fs::read_to_string(folder.path().join("cases.json")).unwrap()).unwrap();
    assert!(cases.len() > 12);
    fs::create_dir(folder.path().join("marked")).unwrap();
    let mut refused = Vec::new();
    for round in [0, 1] {
        for case in &cases {
            let (from, earlier) = match round {
                0 => (folder.path().join(&case.name), Vec::new()),
                _ => (folder.path().join("marked").join(&case.name), added()),
            };
            match marked(&fs::read(from).unwrap(), &marks(&case.marks), &earlier) {
                Ok(bytes) => fs::write(folder.path().join("marked").join(&case.name), bytes).unwrap(),
                Err(error) => refused.push(format!("{}: {error:#}", case.name)),
            }
        }
        assert!(refused.is_empty(), "{refused:#?}");
        python("compare.py");
    }
    opened_by_libreoffice(folder.path(), &cases);
}

/// LibreOffice opens every marked workbook, and the marks are in what it saves.
fn opened_by_libreoffice(folder: &Path, cases: &[Case]) {
    // LibreOffice knows names of parts neither in another case nor with backslashes, marked or not.
    let known = |case: &&Case| !["odd-names.xlsx", "backslashes.xlsx"].contains(&case.name.as_str());
    let cases: Vec<&Case> = cases.iter().filter(known).collect();
    let files: Vec<PathBuf> = cases.iter().map(|case| folder.join("marked").join(&case.name)).collect();
    for (case, saved) in cases.iter().zip(common::recalculated(&files, folder)) {
        let saved = fs::read(saved).unwrap_or_else(|error| panic!("{}: {error}", case.name));
        let text: String = parts(&saved).into_values().collect();
        assert_eq!(text.matches("N(&quot;tonghop&quot;)").count(), case.marks.len(), "{}", case.name);
        let again = marked(&saved, &[], &added()).unwrap();
        let left: String = parts(&again).into_values().collect();
        assert!(!left.contains("N(&quot;tonghop&quot;)") && !left.contains(NOTE_HEAD), "{}", case.name);
    }
}

//! `--previous`: what a folder says against the consolidated workbook of the last period.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::PathBuf;
use std::sync::LazyLock;

use calamine::Data;
use common::{Book, checked, copy_folder, merged, samples, text, tonghop};
use serde_json::Value;

/// Rows of «Học viên» in a sample of round 2: header in row 6, column numbers in row 7, people from row 8.
const FIRST: usize = 7;
const NAME: usize = 1;
const ID: usize = 4;

/// Round 2 merged: the last period. Merged once for all tests.
static LAST: LazyLock<PathBuf> = LazyLock::new(|| {
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("last-period");
    assert_eq!(merged(&samples("round-2"), &out), 0);
    out.join("tong-hop.xlsx")
});

/// The last period, and a copy of round 2 to be changed (this period).
struct Periods {
    folder: tempfile::TempDir,
    last: PathBuf,
    now: PathBuf,
}

impl Periods {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let now = folder.path().join("now");
        copy_folder(&samples("round-2"), &now);
        Self { folder, last: LAST.clone(), now }
    }

    fn change(&self, file: &str, edit: impl FnOnce(&mut Vec<Vec<Data>>)) {
        let path = self.now.join(file);
        let mut book = Book::open(&path);
        edit(book.rows("Học viên"));
        book.save(&path);
    }

    fn judged(&self) -> Value {
        checked(&self.now, &["--previous", self.last.to_str().unwrap()])
    }

    /// The findings of the check: file, level, cell, found.
    fn changes(&self) -> Vec<[String; 4]> {
        let result = self.judged();
        let findings = result["findings"].as_array().unwrap().iter();
        let own = findings.filter(|one| text(one, "check") == "change-since-last");
        own.map(|one| ["file", "level", "cell", "found"].map(|key| text(one, key).to_owned())).collect()
    }
}

fn said(cell: &Data) -> &str {
    if let Data::String(text) = cell { text } else { panic!("{cell:?}") }
}

#[test]
fn nothing_is_said_where_nothing_changed() {
    let result = Periods::new().judged();
    assert_eq!(result["findings"].as_array().unwrap().len(), 0);
    assert_eq!(result["not_run"].as_array().unwrap().len(), 0);
}

#[test]
fn the_language_of_the_last_workbook_does_not_matter() {
    let periods = Periods::new();
    let (input, out) = (samples("round-2"), periods.folder.path().join("en"));
    let arguments = ["merge", input.to_str().unwrap(), "--out", out.to_str().unwrap(), "--lang", "en", "--quiet"];
    assert_eq!(tonghop(&arguments).0, 0);
    let periods = Periods { last: out.join("tong-hop.xlsx"), ..periods };
    periods.change("183-cao-loc.xlsx", |rows| drop(rows.pop()));
    let changes = periods.changes();
    let [gone] = changes.as_slice() else { panic!("{changes:#?}") };
    assert!(gone[3].starts_with("1 dòng của kỳ trước không còn"), "{}", gone[3]);
}

#[test]
fn a_district_that_shrank_is_warned_with_the_people_who_are_gone() {
    let periods = Periods::new();
    let (mut before, mut gone) = (0, Vec::new());
    periods.change("183-cao-loc.xlsx", |rows| {
        before = rows.len() - FIRST;
        // A quarter of the list goes; the form asks at a fifth.
        gone = rows.split_off(rows.len() - before.div_ceil(4));
    });
    let changes = periods.changes();
    let first = format!("{}, {}", said(&gone[0][NAME]), said(&gone[0][ID]));
    let [counts, people] = changes.as_slice() else { panic!("{changes:#?}") };
    for change in [counts, people] {
        assert_eq!(change[..3], ["183-cao-loc.xlsx", "warning", "E6"]);
    }
    assert_eq!(counts[3], format!("kỳ trước {before} dòng, kỳ này {}", before - gone.len()));
    let expected = format!("{} dòng của kỳ trước không còn: {first}", gone.len());
    assert!(people[3].starts_with(&expected), "{} / {expected}", people[3]);
}

#[test]
fn a_district_that_grew_is_warned_and_a_small_change_is_not() {
    let periods = Periods::new();
    let copy = |rows: &mut Vec<Vec<Data>>, share: usize| {
        let people = rows.len() - FIRST;
        for serial in 0..people / share {
            let mut row = rows[FIRST + serial].clone();
            row[ID] = Data::String(format!("0200850{serial:05}"));
            rows.push(row);
        }
    };
    periods.change("182-van-lang.xlsx", |rows| copy(rows, 3));
    periods.change("184-van-quan.xlsx", |rows| copy(rows, 10));
    let changes = periods.changes();
    let [grown] = changes.as_slice() else { panic!("{changes:#?}") };
    assert_eq!(grown[0], "182-van-lang.xlsx");
}

#[test]
fn a_person_who_moved_is_noted_at_the_old_district_and_is_not_gone() {
    let periods = Periods::new();
    let mut person = Vec::new();
    periods.change("186-huu-lung.xlsx", |rows| person = rows.pop().unwrap());
    periods.change("181-binh-gia.xlsx", |rows| rows.push(person.clone()));
    let key = format!("{}, {}", said(&person[NAME]), said(&person[ID]));
    let found = format!("1 dòng của kỳ trước nay ở danh sách huyện khác: {key} (Bình Gia)");
    assert_eq!(periods.changes(), [["186-huu-lung.xlsx", "note", "E6", &found].map(str::to_owned)]);
}

#[test]
fn a_check_without_its_register_is_listed_as_not_run() {
    let periods = Periods::new();
    let mut book = Book::open(&periods.last);
    book.sheets.retain(|(name, _)| name != "Học viên");
    let periods = Periods { last: periods.folder.path().join("tong-hop.xlsx"), ..periods };
    book.save(&periods.last);
    let result = periods.judged();
    let idle = result["not_run"].as_array().unwrap();
    assert_eq!(idle.len(), 11, "{idle:#?}");
    assert!(idle.iter().all(|one| one["checks"][0] == "change-since-last"), "{idle:#?}");
    let (code, screen, _) =
        tonghop(&["check", periods.now.to_str().unwrap(), "--previous", periods.last.to_str().unwrap()]);
    assert_eq!(code, 0);
    assert!(screen.contains("Chưa kiểm tra được 183-cao-loc.xlsx: change-since-last"), "{screen}");
}

#[test]
fn another_form_s_consolidated_workbook_is_refused() {
    let periods = Periods::new();
    let arguments = ["--form", "thiet-bi-y-te", "--previous", periods.last.to_str().unwrap()];
    let (code, _, stderr) = tonghop(&[&["check", periods.now.to_str().unwrap()], &arguments[..]].concat());
    assert_eq!(code, 2);
    assert!(stderr.contains("là bảng tổng hợp của biểu mẫu «chqs-xa», không phải «thiet-bi-y-te»"), "{stderr}");
}

//! Receipts: what a district gets that has nothing to do about its report.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use calamine::Data;
use common::{Book, Edit, checked, copy_folder, merged, samples, text};

/// The texts and numbers of a sheet, row by row, without blank cells.
fn rows(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book = Book::open(path);
    let filled = |row: &Vec<Data>| row.iter().filter(|cell| **cell != Data::Empty).map(ToString::to_string).collect();
    book.rows(sheet).iter().map(filled).filter(|row: &Vec<String>| !row.is_empty()).collect()
}

/// The values beside a label.
fn beside(rows: &[Vec<String>], label: &str) -> Vec<String> {
    let row = rows.iter().find(|row| row.first().is_some_and(|first| first == label));
    row.unwrap_or_else(|| panic!("no {label}: {rows:#?}"))[1..].to_vec()
}

fn sheets(path: &Path) -> Vec<String> {
    Book::open(path).sheets.into_iter().map(|(name, _)| name).collect()
}

/// How many people stand on a sheet of a sample: below the header and the column numbers, by their names.
fn people(file: &Path, sheet: &str, name: usize) -> String {
    let mut book = Book::open(file);
    book.rows(sheet).iter().skip(7).filter(|row| row[name] != Data::Empty).count().to_string()
}

#[test]
fn a_sound_report_is_receipted_on_one_sheet_with_what_was_counted() {
    let out = tempfile::tempdir().unwrap();
    assert_eq!(merged(&samples("round-2"), out.path()), 0);
    let receipt = out.path().join("tra-lai/183-cao-loc/183-2019.xlsx");
    assert_eq!(sheets(&receipt), ["Biên nhận"]);
    let (rows, sent) = (rows(&receipt, "Biên nhận"), samples("round-2/183-cao-loc.xlsx"));
    assert_eq!(beside(&rows, "Tệp"), ["183-cao-loc.xlsx"]);
    assert_eq!(beside(&rows, "ĐÃ NHẬN: không có gì phải sửa"), [""; 0]);
    let (trainees, posts) = (people(&sent, "Học viên", 1), people(&sent, "Ban CHQS", 4));
    assert_eq!(beside(&rows, "Học viên"), [trainees.as_str(); 2]);
    // A vacant post is a row without a name.
    let all: usize = beside(&rows, "Ban CHQS")[0].parse().unwrap();
    assert!(all >= posts.parse().unwrap());
    let total = (all + trainees.parse::<usize>().unwrap()).to_string();
    assert_eq!(beside(&rows, "Tổng số"), [total.as_str(); 2]);
    assert_eq!(beside(&rows, "Tổng số học viên"), [trainees.as_str(); 2]);
    assert_eq!(beside(&rows, "Tổng số chức danh Ban CHQS có người giữ"), [posts.as_str(); 2]);
}

#[test]
fn repairs_are_counted_and_listed() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("messy"), out.path());
    let receipt = out.path().join("tra-lai/183-cao-loc/183-2019.xlsx");
    assert_eq!(sheets(&receipt), ["Biên nhận", "Tự sửa"]);
    let (rows, listed) = (rows(&receipt, "Biên nhận"), rows(&receipt, "Tự sửa"));
    let composed = "dấu tiếng Việt được ghép lại (Unicode dựng sẵn)";
    let count = listed.iter().filter(|row| row.last().is_some_and(|why| why == composed)).count();
    assert!(count > 0);
    assert_eq!(beside(&rows, composed), [count.to_string()]);
}

#[test]
fn a_report_whose_warnings_are_all_explained_is_settled() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    copy_folder(&samples("round-1"), folder.path());
    merged(folder.path(), out.path());
    let back = out.path().join("tra-lai/185-bac-son/185-2019.xlsx");
    let mut book = Book::open(&back);
    for check in ["party-card-probationary", "not-graduated-not-placed", "trained-as-claimed"] {
        let cell = book.explanation(check);
        book.types(&Edit::new("Lỗi cần sửa", &cell, "Đúng thực tế, công văn 12"));
    }
    book.types(&Edit::new("Học viên", "E14", "Nam"));
    book.types(&Edit::new("Học viên", "V33", "Trung đội trưởng dân quân"));
    book.types(&Edit::new("Thông tin", "C14", "80"));
    book.rows("Ban CHQS").remove(87);
    book.save(&folder.path().join("185-bac-son.xlsx"));
    merged(folder.path(), out.path());
    let rows = rows(&back, "Biên nhận");
    assert_eq!(beside(&rows, "ĐÃ NHẬN: không có lỗi, 3 cảnh báo đã giải trình"), [""; 0]);
    assert_eq!(beside(&rows, "So với lần trước: đã sửa 3, đã giải trình 3, còn 0, mới 0."), [""; 0]);

    // What a newer file replaces is told which one counts, and no row of it.
    let old = out.path().join("tra-lai/178-lang-son/178-2019-2.xlsx");
    let rows = self::rows(&old, "Biên nhận");
    assert_eq!(beside(&rows, "BỊ THAY THẾ: đã có tệp mới hơn, tệp này không được tính"), [""; 0]);
    assert!(rows.iter().any(|row| row[0].contains("178-lang-son.xlsx (tệp kia tính đến ngày 30/06/2019")), "{rows:#?}");
    assert!(rows.iter().all(|row| row[0] != "Học viên"));
}

#[test]
fn a_receipt_or_reminder_that_comes_back_is_no_report() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("round-1"), out.path());
    for notice in ["178-lang-son/178-2019-2.xlsx", "181-binh-gia/181-2019.xlsx"] {
        let result = checked(&out.path().join("tra-lai").join(notice), &["--period", "2019"]);
        let findings = result["findings"].as_array().unwrap();
        let [one] = findings.as_slice() else { panic!("{notice}: {findings:#?}") };
        assert_eq!(text(one, "check"), "other-form");
        assert!(text(one, "found").contains("giấy biên nhận hoặc giấy đôn đốc"), "{one}");
    }
}

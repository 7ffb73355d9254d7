//! A hand-back that a district sends in again: the same rows as its own file, and its explanations.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{Book, checked, merged, samples, text};
use serde_json::Value;

/// Columns of «Lỗi cần sửa».
const LEVEL: usize = 2;
const CHECK: usize = 3;
const KEY: usize = 6;
const EXPLANATION: usize = 11;

fn said(cell: &Data) -> &str {
    if let Data::String(text) = cell { text } else { "" }
}

/// The first row of a list, below the one that holds its titles.
fn first(rows: &[Vec<Data>]) -> usize {
    let titles =
        |row: &Vec<Data>| ["Mã kiểm tra", "Giải trình"].iter().all(|title| row.iter().any(|cell| said(cell) == *title));
    rows.iter().position(titles).unwrap() + 1
}

/// Rows of a list of a result.
fn listed(path: &Path, sheet: &str) -> Vec<Vec<String>> {
    let mut book = Book::open(path);
    let rows = book.rows(sheet);
    rows[first(rows)..].iter().map(|row| row.iter().map(|cell| said(cell).to_owned()).collect()).collect()
}

/// Findings and repairs of each district that sent a usable file, without the names of files.
fn by_district(result: &Value) -> BTreeMap<String, Vec<String>> {
    let mut districts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for line in result["districts"].as_array().unwrap() {
        let rows = ["received", "accepted", "held"].map(|key| line[key].to_string());
        if rows[0] != "0" {
            districts.entry(text(line, "file").to_owned()).or_default().push(rows.join(" "));
        }
    }
    for one in ["findings", "repairs"].iter().flat_map(|list| result[*list].as_array().unwrap()) {
        let keys = ["check", "kind", "level", "sheet", "cell", "key", "found", "before", "after"];
        if let Some(said) = districts.get_mut(text(one, "file")) {
            said.push(keys.map(|key| text(one, key)).join(" | "));
        }
    }
    let code = |file: &String| file.chars().take(3).collect::<String>();
    districts.into_iter().map(|(file, said)| (code(&file), said)).collect()
}

#[test]
fn a_hand_back_sent_in_again_is_read_as_the_file_it_shows() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("round-1"), out.path());
    let (before, after) = (checked(&samples("round-1"), &[]), checked(&out.path().join("tra-lai"), &[]));
    let (before, after) = (by_district(&before), by_district(&after));
    assert_eq!(before.len(), 10);
    for (district, said) in &before {
        assert_eq!(after.get(district), Some(said), "{district}");
    }
}

#[test]
fn a_warning_is_explained_and_an_error_is_not() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("round-1"), out.path());
    let mut book = Book::open(&out.path().join("tra-lai/185-bac-son/185-2019.xlsx"));
    let mut expected = Vec::new();
    let rows = book.rows("Lỗi cần sửa");
    let first = first(rows);
    // What is written beside the lines below the list explains nothing.
    for (number, row) in rows[first..].iter_mut().enumerate() {
        row.resize(EXPLANATION + 1, Data::Empty);
        let words = format!("Đúng thực tế, công văn số {number}");
        if said(&row[LEVEL]) == "Cảnh báo" {
            expected.push([said(&row[CHECK]), said(&row[KEY]), &words].map(str::to_owned));
        }
        row[EXPLANATION] = Data::String(words);
    }
    assert_eq!(expected.len(), 3, "{expected:?}");
    let (sent, again) = (out.path().join("sent"), out.path().join("again"));
    std::fs::create_dir(&sent).unwrap();
    book.save(&sent.join("185-bac-son-gui-lai.xlsx"));
    assert_eq!(merged(&sent, &again), 1);

    let explained: Vec<[String; 3]> = listed(&again.join("tong-hop.xlsx"), "Giải trình")
        .iter()
        .map(|row| [2, 4, 6].map(|at| row[at].clone()))
        .collect();
    assert_eq!(explained, expected);

    // The next hand-back holds them again, beside the warnings alone.
    let next = listed(&again.join("tra-lai/185-bac-son/185-2019.xlsx"), "Lỗi cần sửa");
    for row in next.iter().filter(|row| !row[CHECK].is_empty()) {
        assert_eq!(row.get(EXPLANATION).is_some_and(|words| !words.is_empty()), row[LEVEL] == "Cảnh báo", "{row:?}");
    }
    let sheets =
        Xlsx::sheet_names(&open_workbook::<Xlsx<_>, _>(again.join("tra-lai/185-bac-son/185-2019.xlsx")).unwrap());
    assert_eq!(sheets, ["Lỗi cần sửa", "Tự sửa", "Thông tin", "Học viên", "Ban CHQS"]);
}

//! The samples: every planted fault is found exactly once, at its cell, and nothing else is found.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{checked, merged, samples, text};
use serde_json::Value;

/// A list beside the samples.
fn list(name: &str) -> Vec<Value> {
    serde_json::from_str(&std::fs::read_to_string(samples(name)).unwrap()).unwrap()
}

/// File, check, level, sheet, cell: what must be the same in the list of planted faults and in the result.
fn place(value: &Value) -> String {
    ["file", "check", "level", "sheet", "cell"].map(|key| text(value, key)).join(" | ")
}

fn counted<'a>(values: impl Iterator<Item = &'a Value>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(place(value)).or_default() += 1;
    }
    counts
}

#[test]
fn every_planted_fault_is_found_exactly_once_and_nothing_else() {
    let (planted, result) = (list("planted.json"), checked(&samples("round-1"), &[]));
    assert!(planted.len() >= 40, "only {} faults are planted", planted.len());
    assert_same(&planted, result["findings"].as_array().unwrap());
}

#[test]
fn every_broken_return_is_found_broken_and_in_nothing_else() {
    let planted = list("broken.json");
    let mut files: Vec<String> = planted.iter().map(|one| text(one, "file").to_owned()).collect();
    files.dedup();
    assert_eq!(files.len(), std::fs::read_dir(samples("broken")).unwrap().count());
    let judged = files.iter().map(|file| checked(&samples("broken").join(file), &["--period", "2019"]));
    let found: Vec<Value> = judged.flat_map(|result| result["findings"].as_array().unwrap().clone()).collect();
    assert_same(&planted, &found);
}

#[test]
fn every_kind_of_baseline_finding_that_a_sample_can_hold_is_planted() {
    let planted = [list("planted.json"), list("broken.json")].concat();
    // Not in a repository: a file of 256 MB, a link (tests/wrong_input.rs).
    let too_big_or_linked = ["too-large", "unsafe"];
    // What only messy files raise.
    let messy = [
        "other-format",
        "district-inferred",
        "district-conflict",
        "table-continued",
        "table-copied",
        "nothing-to-report",
        "column-ambiguous",
        "outside-table",
        "day-month-swapped",
        "repair-to-confirm",
        "formula-not-computed",
    ];
    let elsewhere = |id: &str| too_big_or_linked.contains(&id) || messy.contains(&id);
    for one in tonghop::model::baseline::ALL.iter().filter(|one| !elsewhere(one.id)) {
        assert!(planted.iter().any(|planted| text(planted, "check") == one.id), "{} is planted nowhere", one.id);
    }
}

#[test]
fn every_declared_check_is_planted() {
    let planted = list("planted.json");
    let form = tonghop::form::resolve(&tonghop::form::built_in_files("chqs-xa").unwrap()).unwrap();
    // In force from 2020, after the samples' cut-off date; and what tests/previous.rs is about.
    let elsewhere = ["commander-in-ubnd", "change-since-last"];
    for one in form.checks.iter().filter(|one| !elsewhere.contains(&one.id.as_str())) {
        assert!(planted.iter().any(|planted| text(planted, "check") == one.id), "{} is planted nowhere", one.id);
    }
}

#[test]
fn every_planted_repair_is_listed_exactly_once_and_nothing_else() {
    let out = tempfile::tempdir().unwrap();
    assert_eq!(merged(&samples("round-1"), out.path()), 1);
    let mut book: Xlsx<_> = open_workbook(out.path().join("tong-hop.xlsx")).unwrap();
    let range = book.worksheet_range("Tự sửa").unwrap();
    let said = |cell: &Data| cell.to_string();
    // Columns: district, file, sheet, cell, row key, before, after, why; below a title and the header.
    let rows = range.rows().skip(2).map(|row| [1, 2, 3, 5, 6, 7].map(|at| said(&row[at])));
    let why = |kind: &str| match kind {
        "spaces" => "thừa khoảng trắng",
        "composed" => "dấu tiếng Việt được ghép lại (Unicode dựng sẵn)",
        "leading-zero" => "mất số 0 ở đầu",
        "text-date" => "ngày ghi dạng chữ",
        "date-meant-fraction" => "trình độ lớp bị Excel đổi thành ngày",
        other => panic!("{other}"),
    };
    let mut planted: Vec<[String; 6]> = list("repaired.json")
        .iter()
        .map(|one| {
            let [file, sheet, cell, before, after] =
                ["file", "sheet", "cell", "before", "after"].map(|key| text(one, key).to_owned());
            [file, sheet, cell, before, after, why(text(one, "kind")).to_owned()]
        })
        .collect();
    let mut listed: Vec<[String; 6]> = rows.collect();
    planted.sort();
    listed.sort();
    assert_eq!(planted, listed);
}

#[test]
fn the_corrected_round_has_nothing_to_hand_back() {
    let out = tempfile::tempdir().unwrap();
    assert_eq!(merged(&samples("round-2"), out.path()), 0);
    let findings: Vec<_> =
        checked(&samples("round-2"), &[])["findings"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(findings, Vec::<String>::new());
}

#[test]
fn rows_received_are_accepted_or_held_back() {
    for round in ["round-1", "round-2"] {
        let result = checked(&samples(round), &[]);
        let mut received = 0;
        for line in result["districts"].as_array().unwrap() {
            let number = |key: &str| line[key].as_u64().unwrap();
            assert_eq!(number("received"), number("accepted") + number("held"), "{line}");
            received += number("received");
        }
        assert!(received > 1_000, "{round}: {received}");
    }
}

/// Each planted fault once, at its cell, and no other.
fn assert_same(planted: &[Value], found: &[Value]) {
    let (planted, found) = (counted(planted.iter()), counted(found.iter()));
    let missed: Vec<_> = planted.iter().filter(|(place, count)| found.get(*place) != Some(count)).collect();
    let surplus: Vec<_> = found.iter().filter(|(place, count)| planted.get(*place) != Some(count)).collect();
    assert!(
        missed.is_empty() && surplus.is_empty(),
        "planted, not found: {missed:#?}\nfound, not planted: {surplus:#?}"
    );
}

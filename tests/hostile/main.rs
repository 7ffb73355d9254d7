//! Files that were made to do harm, or that accidents made: each is generated here, lies in one folder with a good file,
//! and is told for what it is, while every row of the good one arrives.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::panic)]

#[path = "../common/mod.rs"]
mod common;

mod binary;
mod cells;
mod documents;
mod foreign;
mod input;
mod markup;
mod mutants;
mod packages;
mod places;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::path::Path;
use std::time::Instant;

use serde_json::Value;
use tonghop::intake::{FileFound, open};
use tonghop::model::Raw;

use input::{Expect, Input};

fn inputs() -> Vec<Input> {
    [
        packages::inputs(),
        markup::inputs(),
        cells::inputs(),
        binary::inputs(),
        documents::inputs(),
        foreign::inputs(),
        mutants::inputs(),
    ]
    .concat()
}

/// The good file, of district 184.
const GOOD: &str = "184-van-quan.xlsx";

fn put_good(folder: &Path) {
    std::fs::copy(common::samples("round-1").join(GOOD), folder.join(GOOD)).unwrap();
}

/// What the program says of a file: its tables, and of its district.
fn good(result: &Value) -> (Value, Value) {
    let one = |list: &str, key: &str, name: &str| {
        result[list].as_array().unwrap().iter().find(|one| one[key] == name).unwrap().clone()
    };
    (one("files", "file", GOOD), one("districts", "file", GOOD))
}

#[test]
fn every_hostile_file_is_told_for_what_it_is_and_costs_no_other_file_a_row() {
    let (alone, together) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put_good(alone.path());
    put_good(together.path());
    let inputs = inputs();
    assert!(inputs.len() >= 250, "{}", inputs.len());
    let names: BTreeSet<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!(names.len(), inputs.len(), "two inputs of one name");
    for input in &inputs {
        std::fs::write(together.path().join(&input.name), &input.bytes).unwrap();
    }
    let result = common::checked(together.path(), &["--date", "05/07/2019"]);
    let expected = common::checked(alone.path(), &["--date", "05/07/2019"]);
    let (good, expected) = (good(&result), good(&expected));
    assert_eq!(good, expected);
    assert!(expected.1["received"].to_string().len() > 2, "{}", expected.1);

    let mut findings: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for finding in result["findings"].as_array().unwrap() {
        findings.entry(common::text(finding, "file")).or_default().push(finding);
    }
    let wrong: Vec<String> =
        inputs.iter().filter_map(|input| judged(input, findings.get(input.name.as_str()))).collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), inputs.len(), wrong.join("\n"));
}

#[test]
fn every_hostile_file_gets_its_findings_back_and_costs_no_other_file_its_hand_back() {
    let folder = tempfile::tempdir().unwrap();
    let (sent, out) = (folder.path().join("sent"), folder.path().join("out"));
    std::fs::create_dir(&sent).unwrap();
    put_good(&sent);
    let inputs = inputs();
    for input in &inputs {
        std::fs::write(sent.join(&input.name), &input.bytes).unwrap();
    }
    assert_eq!(common::merged(&sent, &out), 1);
    let record = std::fs::read_to_string(out.join("ket-qua.json")).unwrap();
    let result: Value = serde_json::from_str(&record).unwrap();
    let back: BTreeMap<&str, &str> = result["districts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|line| (common::text(line, "file"), common::text(line, "hand_back")))
        .collect();
    for name in inputs.iter().map(|input| input.name.as_str()).chain([GOOD]) {
        let path = out.join(back.get(name).unwrap_or_else(|| panic!("nothing for {name}")));
        let first = FileFound::at(&path.with_extension("xlsx"));
        let sheets = open(&first).1.unwrap().sheets().to_vec();
        assert_eq!(sheets[0].name, "Lỗi cần sửa", "{name}");
        assert!(name != GOOD || sheets.iter().any(|sheet| sheet.name == "Học viên"));
    }
}

/// What is wrong with what was said of a file.
fn judged(input: &Input, findings: Option<&Vec<&Value>>) -> Option<String> {
    let findings = findings.map(Vec::as_slice).unwrap_or_default();
    let said: Vec<String> =
        findings.iter().map(|one| format!("{}: {}", common::text(one, "check"), common::text(one, "found"))).collect();
    let blocks: Vec<&&Value> = findings.iter().filter(|one| one["level"] == "block" && one["remedy"] != "").collect();
    let blocked = |check: &str| matches!(blocks[..], [one] if one["check"] == *check);
    let right = match &input.expect {
        Expect::Refused(check, words) => findings.len() == 1 && blocked(check) && said[0].contains(words),
        Expect::Cells(cells) => blocked("other-form") && seen(input).as_ref() == Ok(cells),
        Expect::Harmless => blocks.len() == 1,
        Expect::Whole(cells) => blocks.len() == 1 && seen(input).map_or(true, |seen| seen == *cells),
    };
    let seen = || match input.expect {
        Expect::Cells(_) | Expect::Whole(_) => format!("; seen {:?}", seen(input)),
        _ => String::new(),
    };
    (!right).then(|| format!("{}: expected {:?}, said {said:?}{}", input.name, input.expect, seen()))
}

/// The cells of all sheets in words, by the library.
fn seen(input: &Input) -> Result<Vec<String>, String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(&input.name);
    std::fs::write(&path, &input.bytes).unwrap();
    cells_of(&path)
}

fn cells_of(path: &Path) -> Result<Vec<String>, String> {
    let fault = |refusal: tonghop::model::Refusal| format!("{refusal:?}");
    let mut workbook = open(&FileFound::at(path)).1.map_err(fault)?;
    let mut cells = Vec::new();
    for sheet in 0..workbook.sheets().len() {
        let each = workbook.cells(sheet, &mut |cell| {
            let value = match cell.raw {
                Raw::Text(text) => format!("{text:?}"),
                Raw::Number(number) => number.to_string(),
                Raw::Date(serial) => format!("day {serial}"),
                Raw::Bool(truth) => truth.to_string(),
                Raw::Error(error) => error.to_owned(),
                Raw::Uncomputed => "uncomputed".to_owned(),
            };
            cells.push(format!("{} {value}", cell.at));
            ControlFlow::Continue(())
        });
        each.map_err(fault)?;
    }
    Ok(cells)
}

/// Each file by itself, by the program as it is built: median and worst time and memory. Run with `--release`.
#[test]
#[ignore = "a measurement"]
fn time_and_memory_of_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut measured: Vec<(u128, u64, String)> = Vec::new();
    for input in inputs() {
        let path = folder.path().join(&input.name);
        std::fs::write(&path, &input.bytes).unwrap();
        let begin = Instant::now();
        // GNU time gives the largest memory of the program and of what it started.
        let output = std::process::Command::new("/usr/bin/time")
            .args(["-f", "%M", env!("CARGO_BIN_EXE_tonghop"), "check", "--quiet"])
            .arg(&path)
            .output()
            .unwrap();
        let (took, said) = (begin.elapsed().as_millis(), String::from_utf8_lossy(&output.stderr).into_owned());
        let memory = said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0);
        measured.push((took, memory, input.name));
        std::fs::remove_file(&path).unwrap();
    }
    let middle = measured.len() / 2;
    measured.sort();
    let (median, worst) = (measured[middle].0, measured.last().unwrap().clone());
    println!("{} files; median {median} ms, worst {} ms ({})", measured.len(), worst.0, worst.2);
    measured.sort_by_key(|one| one.1);
    let (median, worst) = (measured[middle].1, measured.last().unwrap());
    println!("median {median} KiB, worst {} KiB ({})", worst.1, worst.2);
}

//! The samples: every planted fault is found exactly once, at its cell, and nothing else is found.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

fn samples() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("samples")
}

/// What `tonghop check --json` says of a round, and its exit code.
fn judged(round: &str) -> (Value, i32) {
    let output = cargo_bin_cmd!("tonghop").arg("check").arg(samples().join(round)).arg("--json").output().unwrap();
    let result = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    (result, output.status.code().unwrap())
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or("")
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
    let planted: Vec<Value> =
        serde_json::from_str(&std::fs::read_to_string(samples().join("planted.json")).unwrap()).unwrap();
    let (result, code) = judged("round-1");
    assert_eq!(code, 1);
    let (planted, found) = (counted(planted.iter()), counted(result["findings"].as_array().unwrap().iter()));
    let missed: Vec<_> = planted.iter().filter(|(place, count)| found.get(*place) != Some(count)).collect();
    let surplus: Vec<_> = found.iter().filter(|(place, count)| planted.get(*place) != Some(count)).collect();
    assert!(
        missed.is_empty() && surplus.is_empty(),
        "planted, not found: {missed:#?}\nfound, not planted: {surplus:#?}"
    );
    assert!(planted.len() >= 40, "only {} faults are planted", planted.len());
}

#[test]
fn the_corrected_round_has_nothing_to_hand_back() {
    let (result, code) = judged("round-2");
    let grave: Vec<_> = result["findings"].as_array().unwrap().iter().map(place).collect();
    assert_eq!((code, grave), (0, Vec::<String>::new()));
}

#[test]
fn rows_received_are_accepted_or_held_back() {
    for round in ["round-1", "round-2"] {
        let (result, _) = judged(round);
        let mut received = 0;
        for line in result["districts"].as_array().unwrap() {
            let number = |key: &str| line[key].as_u64().unwrap();
            assert_eq!(number("received"), number("accepted") + number("held"), "{line}");
            received += number("received");
        }
        assert!(received > 1_000, "{round}: {received}");
    }
}

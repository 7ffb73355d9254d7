//! Messy workbooks of known content: whatever the layout, the values, the encoding, the kind of file, the registers hold
//! the known content, every repair is listed, and nothing else is found.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// A row of a register by column title.
type Row = BTreeMap<String, String>;

/// A variant and what it must give, as `tests/messy/make.py` says.
#[derive(Debug, Deserialize)]
struct Variant {
    name: String,
    what: String,
    /// Findings of level warning and above, by check.
    findings: BTreeMap<String, usize>,
    /// Checks whose notes must appear.
    notes: BTreeSet<String>,
    /// Repairs by kind: at least, at most.
    repairs: BTreeMap<String, (usize, usize)>,
    /// Repairs are compared by kind, not by number.
    kinds_only: bool,
    /// Rows held back.
    held: usize,
    /// Rows that are no person by what they are taken for: at least, at most.
    taken: BTreeMap<String, (u64, u64)>,
    /// Hidden rows, columns and sheets.
    hidden: (u64, u64, usize),
    /// The accepted rows of each register.
    registers: BTreeMap<String, Vec<Row>>,
}

/// Notes that any variant may raise: they say what was skipped.
const FREE_NOTES: [&str; 2] = ["outside-table", "column-unknown"];

/// What is wrong with a variant, line by line; empty when all is as expected.
fn judge(folder: &Path, variant: &Variant) -> Vec<String> {
    let out = folder.join(format!("{}-ket-qua", variant.name));
    let merge = Command::new(env!("CARGO_BIN_EXE_tonghop"))
        .arg("merge")
        .arg(folder.join(&variant.name))
        .arg("--out")
        .arg(&out)
        .args(["--date", "05/07/2019", "--quiet"])
        .output()
        .unwrap();
    if !matches!(merge.status.code(), Some(0 | 1)) {
        return vec![format!("{}: {}", merge.status, String::from_utf8_lossy(&merge.stderr).trim())];
    }
    let result: Value = serde_json::from_str(&fs::read_to_string(out.join("ket-qua.json")).unwrap()).unwrap();
    let mut wrong = findings(&result, variant);
    wrong.extend(repairs(&result, variant));
    wrong.extend(taken(&result, variant));
    let hidden = &result["files"][0]["hidden"];
    let sheets = hidden["sheets"].as_array().unwrap().len();
    let hidden = (hidden["rows"].as_u64().unwrap(), hidden["columns"].as_u64().unwrap(), sheets);
    if hidden != variant.hidden {
        wrong.push(format!("hidden rows, columns, sheets {hidden:?}, expected {:?}", variant.hidden));
    }
    let held = result["held"].as_array().unwrap().len();
    if held != variant.held {
        wrong.push(format!("{held} rows held back, expected {}", variant.held));
    }
    let mut book: Xlsx<_> = open_workbook(out.join("tong-hop.xlsx")).unwrap();
    for (sheet, expected) in &variant.registers {
        wrong.extend(rows(sheet, &register(&mut book, sheet), expected));
    }
    fs::remove_dir_all(&out).unwrap();
    wrong
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or("")
}

fn findings(result: &Value, variant: &Variant) -> Vec<String> {
    let mut found: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    let mut notes: BTreeMap<&str, &Value> = BTreeMap::new();
    for finding in result["findings"].as_array().unwrap().iter().filter(|one| text(one, "check") != "district-missing")
    {
        match text(finding, "level") {
            "note" => _ = notes.insert(text(finding, "check"), finding),
            _ => found.entry(text(finding, "check")).or_default().push(finding),
        }
    }
    let mut wrong = Vec::new();
    let checks: BTreeSet<&str> = found.keys().copied().chain(variant.findings.keys().map(String::as_str)).collect();
    for check in checks {
        let (count, expected) =
            (found.get(check).map_or(0, Vec::len), variant.findings.get(check).copied().unwrap_or(0));
        if count != expected {
            let first = found.get(check).and_then(|all| all.first()).map_or(String::new(), |one| said(one));
            wrong.push(format!("{count} × {check}, expected {expected}{first}"));
        }
    }
    wrong.extend(
        variant.notes.iter().filter(|note| !notes.contains_key(note.as_str())).map(|note| format!("no note {note}")),
    );
    let surplus = notes.iter().filter(|(note, _)| !variant.notes.contains(**note) && !FREE_NOTES.contains(note));
    wrong.extend(surplus.map(|(note, finding)| format!("surplus note {note}{}", said(finding))));
    wrong
}

fn said(finding: &Value) -> String {
    format!(" ({} {}: {})", text(finding, "sheet"), text(finding, "cell"), text(finding, "found"))
}

fn repairs(result: &Value, variant: &Variant) -> Vec<String> {
    let mut made: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for repair in result["repairs"].as_array().unwrap() {
        made.entry(text(repair, "kind")).or_default().push(repair);
    }
    let kinds: BTreeSet<&str> = made.keys().copied().chain(variant.repairs.keys().map(String::as_str)).collect();
    let off = kinds.into_iter().filter_map(|kind| {
        let count = made.get(kind).map_or(0, Vec::len);
        let (least, most) = match variant.repairs.get(kind).copied() {
            Some((least, _)) if variant.kinds_only => (least.min(1), usize::MAX),
            bounds => bounds.unwrap_or((0, 0)),
        };
        let example = made.get(kind).and_then(|all| all.first()).map_or(String::new(), |one| {
            format!(
                " ({} {}: {:?} to {:?})",
                text(one, "sheet"),
                text(one, "cell"),
                text(one, "before"),
                text(one, "after")
            )
        });
        (!(least..=most).contains(&count))
            .then(|| format!("{count} repairs {kind}, expected {least} to {most}{example}"))
    });
    off.collect()
}

/// What the rows that are no person were taken for, all tables together.
fn taken(result: &Value, variant: &Variant) -> Vec<String> {
    let mut counts: BTreeMap<&str, u64> = variant.taken.keys().map(|kind| (kind.as_str(), 0)).collect();
    let tables = result["files"].as_array().unwrap().iter().flat_map(|file| file["tables"].as_array().unwrap());
    for row in tables.flat_map(|table| table["rows"].as_array().unwrap()) {
        *counts.entry(text(row, "kind")).or_default() += row["count"].as_u64().unwrap();
    }
    let counts = counts.into_iter().filter(|(kind, _)| !["data", "remark"].contains(kind));
    let off = counts.filter_map(|(kind, count)| {
        let (least, most) = variant.taken.get(kind).copied().unwrap_or((0, 0));
        (!(least..=most).contains(&count)).then(|| format!("{count} rows taken for {kind}, expected {least} to {most}"))
    });
    off.collect()
}

/// The rows of a register sheet: titles stand in its second row.
fn register(book: &mut Xlsx<std::io::BufReader<fs::File>>, sheet: &str) -> Vec<Row> {
    let range = book.worksheet_range(sheet).unwrap();
    let mut lines = range.rows().skip_while(|row| !row.iter().any(|cell| shown(cell) == "STT"));
    let titles: Vec<String> = lines.next().unwrap_or_default().iter().map(shown).collect();
    let filled = lines.filter(|row| row.iter().any(|cell| !shown(cell).is_empty()));
    filled.map(|row| titles.iter().cloned().zip(row.iter().map(shown)).collect()).collect()
}

fn shown(cell: &Data) -> String {
    match cell {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        other => other.to_string(),
    }
}

/// Compares row by row in order; a row that is only on one side is named by its post, name and commune.
fn rows(sheet: &str, found: &[Row], expected: &[Row]) -> Vec<String> {
    let name = |row: &Row| {
        let parts =
            ["Chức danh", "Họ và tên", "Đơn vị", "Khuyết"].map(|title| row.get(title).cloned().unwrap_or_default());
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    };
    if found.len() != expected.len() {
        let names = |rows: &[Row]| rows.iter().map(name).collect::<BTreeSet<_>>();
        let (have, want) = (names(found), names(expected));
        let missing: Vec<_> = want.difference(&have).take(3).collect();
        let extra: Vec<_> = have.difference(&want).take(3).collect();
        return vec![format!(
            "{sheet}: {} rows, expected {}; missing {missing:?}, extra {extra:?}",
            found.len(),
            expected.len()
        )];
    }
    let pairs = (1..).zip(found.iter().zip(expected));
    let cells = pairs.flat_map(|(at, (found, expected))| {
        expected.iter().map(move |(title, value)| (at, title, value, found.get(title)))
    });
    let off = cells.filter(|(_, _, value, found)| *found != Some(value));
    let lines: Vec<_> = off
        .map(|(at, title, value, found)| format!("{sheet} row {at}, {title}: {found:?}, expected {value:?}"))
        .collect();
    match lines.len() {
        0..=3 => lines,
        more => [lines[..2].to_vec(), vec![format!("{sheet}: {more} cells differ")]].concat(),
    }
}

/// Makes the variants; words in `MESSY` (a comma between) choose some of them by name.
fn made(folder: &Path) -> Vec<Variant> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messy/make.py");
    let words = std::env::var("MESSY").unwrap_or_default();
    let words = words.split(',').filter(|word| !word.is_empty());
    let output = Command::new("python3").arg("-B").arg(script).arg(folder).args(words).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_str(&fs::read_to_string(folder.join("index.json")).unwrap()).unwrap()
}

#[test]
#[ignore = "needs Python and LibreOffice; run by .ci/run"]
fn every_variant_reads_back_to_the_known_content() {
    let folder = tempfile::tempdir().unwrap();
    let variants = made(folder.path());
    let judged: Vec<(&Variant, Vec<String>)> =
        variants.par_iter().map(|variant| (variant, judge(folder.path(), variant))).collect();
    let failed: Vec<_> = judged.iter().filter(|(_, wrong)| !wrong.is_empty()).collect();
    let table: Vec<String> = failed
        .iter()
        .map(|(variant, wrong)| format!("{} ({})\n    {}", variant.name, variant.what, wrong.join("\n    ")))
        .collect();
    assert!(failed.is_empty(), "{} of {} variants fail:\n{}", failed.len(), variants.len(), table.join("\n"));
    let asked = std::env::var("MESSY").is_ok_and(|words| !words.is_empty());
    assert!(asked || variants.len() >= 120, "only {} variants", variants.len());
}

/// Merges a sample folder: the result, and its registers without where each row stood.
fn merged(samples: &str) -> (Value, BTreeMap<String, Vec<Row>>) {
    let out = tempfile::tempdir().unwrap();
    let merge = Command::new(env!("CARGO_BIN_EXE_tonghop"))
        .arg("merge")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(samples))
        .arg("--out")
        .arg(out.path())
        .args(["--date", "05/07/2019", "--quiet"])
        .output()
        .unwrap();
    assert!(matches!(merge.status.code(), Some(0 | 1)), "{}", String::from_utf8_lossy(&merge.stderr));
    let result = serde_json::from_str(&fs::read_to_string(out.path().join("ket-qua.json")).unwrap()).unwrap();
    let mut book: Xlsx<_> = open_workbook(out.path().join("tong-hop.xlsx")).unwrap();
    let registers = ["Học viên", "Ban CHQS"].map(|sheet| {
        let mut rows = register(&mut book, sheet);
        rows.iter_mut().for_each(|row| row.retain(|title, _| !["Tệp", "Trang tính", "Dòng"].contains(&title.as_str())));
        (sheet.to_owned(), rows)
    });
    (result, registers.into())
}

/// Kinds of repairs that each sample must show.
const SAMPLE_REPAIRS: [(&str, &[&str]); 11] = [
    ("178", &["decoded"]),
    ("180", &[]),
    ("181", &[]),
    ("182", &[]),
    ("183", &["composed", "spaces"]),
    ("184", &["columns"]),
    ("185", &["ditto"]),
    ("186", &[]),
    ("187", &["leading-zero", "text-date"]),
    ("188", &["decoded"]),
    ("189", &["date-meant-fraction", "leading-zero", "two-digit-year"]),
];

#[test]
fn the_messy_samples_merge_to_the_registers_of_the_corrected_round() {
    let (result, registers) = merged("messy");
    let mut grave: BTreeMap<(&str, &str), Vec<String>> = BTreeMap::new();
    for finding in result["findings"].as_array().unwrap().iter().filter(|one| text(one, "level") != "note") {
        grave.entry((text(finding, "file"), text(finding, "check"))).or_default().push(said(finding));
    }
    let table: Vec<String> =
        grave.iter().map(|((file, check), all)| format!("{file}: {} × {check}{}", all.len(), all[0])).collect();
    assert!(grave.is_empty(), "findings:\n{}", table.join("\n"));
    for (sheet, expected) in merged("round-2").1 {
        assert_eq!(rows(&sheet, &registers[&sheet], &expected), Vec::<String>::new());
    }
    let repairs = result["repairs"].as_array().unwrap();
    for (code, kinds) in SAMPLE_REPAIRS {
        let mine = repairs.iter().filter(|one| text(one, "file").starts_with(code));
        let found: BTreeSet<&str> = mine.map(|one| text(one, "kind")).collect();
        // Text files hold no dates and numbers; reading them as such may be listed.
        let texts = if ["181", "182"].contains(&code) { &["text-date", "text-number"][..] } else { &[] };
        let surplus: Vec<_> = found.iter().filter(|kind| !kinds.contains(kind) && !texts.contains(kind)).collect();
        assert!(
            kinds.iter().all(|kind| found.contains(kind)) && surplus.is_empty(),
            "{code}: {found:?}, expected {kinds:?}"
        );
    }
}

#[test]
fn clean_returns_are_not_repaired() {
    let (result, _) = merged("round-2");
    assert_eq!(result["repairs"].as_array().unwrap(), &Vec::<Value>::new());
}

//! LibreOffice recalculates the consolidated workbook: every formula gives the value we stored.
//!
//! Ignored by default because it needs LibreOffice; `.ci/run` installs it and runs this test.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx, open_workbook};

/// Tells LibreOffice to recalculate every formula when it opens a workbook, whoever saved it.
const ALWAYS_RECALCULATE: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>"#;

fn merged(round: &str, folder: &Path) -> PathBuf {
    let input = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(round);
    let out = folder.join(round);
    cargo_bin_cmd!("tonghop").arg("merge").arg(input).arg("--out").arg(&out).arg("--quiet").output().unwrap();
    out.join("tong-hop.xlsx")
}

fn recalculated(workbook: &Path, folder: &Path) -> PathBuf {
    let profile = folder.join("profile");
    fs::create_dir_all(profile.join("user")).unwrap();
    fs::write(profile.join("user/registrymodifications.xcu"), ALWAYS_RECALCULATE).unwrap();
    let out = folder.join("recalculated");
    let status = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}", profile.display()))
        .args(["--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"])
        .arg(&out)
        .arg(workbook)
        .output()
        .unwrap();
    assert!(status.status.success(), "{status:?}");
    out.join(workbook.file_name().unwrap())
}

fn compare(round: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    let ours = merged(round, folder.path());
    let theirs = recalculated(&ours, folder.path());
    let mut stored: Xlsx<_> = open_workbook(&ours).unwrap();
    let mut computed: Xlsx<_> = open_workbook(&theirs).unwrap();
    let (mut formulas, mut wrong) = (0, Vec::new());
    for sheet in stored.sheet_names() {
        let cells = stored.worksheet_formula(&sheet).unwrap();
        let (before, after) = (stored.worksheet_range(&sheet).unwrap(), computed.worksheet_range(&sheet).unwrap());
        let (top, left) = cells.start().unwrap_or_default();
        for (row, column, formula) in cells.used_cells() {
            let at = (row as u32 + top, column as u32 + left);
            let (stored, computed) = (before.get_value(at), after.get_value(at));
            formulas += 1;
            if !same(stored, computed) {
                wrong.push(format!("{sheet} {at:?} ={formula}: stored {stored:?}, recalculated {computed:?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {formulas} formulas differ:\n{}", wrong.len(), wrong.join("\n"));
    formulas
}

fn same(stored: Option<&Data>, computed: Option<&Data>) -> bool {
    let number = |data: Option<&Data>| match data {
        Some(Data::Float(number)) => Some(*number),
        Some(Data::Int(number)) => Some(*number as f64),
        _ => None,
    };
    let text = |data: Option<&Data>| match data {
        Some(Data::String(text)) => text.clone(),
        Some(Data::Empty) | None => String::new(),
        Some(other) => other.to_string(),
    };
    match (number(stored), number(computed)) {
        (Some(stored), Some(computed)) => (stored - computed).abs() <= 1e-9 * stored.abs().max(1.0),
        (None, None) => text(stored) == text(computed),
        _ => false,
    }
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn libreoffice_agrees_with_every_stored_value_of_the_corrected_round() {
    assert!(compare("round-2") > 300);
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn libreoffice_agrees_with_every_stored_value_of_the_faulty_round() {
    assert!(compare("round-1") > 300);
}

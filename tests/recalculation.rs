//! LibreOffice recalculates the consolidated workbook: every formula gives the value we stored.
//!
//! Ignored by default because it needs LibreOffice; `.ci/run` installs it and runs this test.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::{Path, PathBuf};

use calamine::{Data, Reader, Xlsx, open_workbook};
use common::{merged, recalculated, samples};

/// Compares every formula of a workbook with what LibreOffice makes of it; how many there are.
fn compare(ours: PathBuf, folder: &Path) -> usize {
    let mut stored: Xlsx<_> = open_workbook(&ours).unwrap();
    let mut computed: Xlsx<_> = open_workbook(&recalculated(&[ours], folder)[0]).unwrap();
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

/// The formulas of the consolidated workbook of a round.
fn of_round(round: &str) -> usize {
    let folder = tempfile::tempdir().unwrap();
    merged(&samples(round), folder.path());
    compare(folder.path().join("tong-hop.xlsx"), folder.path())
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn libreoffice_agrees_with_every_stored_value_of_the_corrected_round() {
    assert!(of_round("round-2") > 300);
}

#[test]
#[ignore = "needs LibreOffice; run by .ci/run"]
fn libreoffice_agrees_with_every_stored_value_of_the_faulty_round() {
    assert!(of_round("round-1") > 300);
}

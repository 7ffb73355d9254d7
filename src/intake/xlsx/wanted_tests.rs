//! Cells that are wanted: the same as when all are read, whatever stands in the rows that are passed over.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::collections::BTreeSet;
use std::ops::ControlFlow;

use proptest::prelude::*;

use super::package_tests::{opened, said, with_sheet};
use crate::model::{CellAt, Merged, Wanted};

/// What a cell may hold and stand beside; `C` is its address, `x:` a prefix that the sheet may have.
const CELLS: [&str; 8] = [
    "<x:c r=\"C\"><x:v>12</x:v></x:c>",
    "<x:c r=\"C\" s=\"0\"/>",
    "<x:c r=\"C\" t=\"str\"><x:v>xã &lt;/row> Hội! ? Hoan</x:v></x:c>",
    "<!-- </row></sheetData> --><x:c r=\"C\"><x:v>3</x:v></x:c>",
    "<?p </row>?><x:c r=\"C\"><x:v>4</x:v></x:c>",
    "<x:c r=\"C\" t=\"inlineStr\"><x:is><x:t><![CDATA[</row></sheetData>]]></x:t></x:is></x:c>",
    "<x:c r=\"C\"><x:v>5</x:v></x:c><x:extLst><y:row/></x:extLst>",
    "<x:c r=\"C\" t=\"inlineStr\"><x:is><x:t>LONG</x:t></x:is></x:c>",
];
const ROWS: [&str; 4] = [
    "<x:row r=\"R\">CELLS</x:row>",
    "<x:row>CELLS</x:row >",
    "<x:row r='R' ht='1'\n>CELLS</x:row>",
    "<x:row r=\"R\"/>",
];

/// A sheet of rows of cells, by their positions in the lists above; `long` is the length of long texts.
fn sheet(rows: &[(usize, Vec<usize>)], prefix: &str, long: usize) -> String {
    let mut all = String::new();
    for (number, (row, cells)) in (1..).zip(rows) {
        let cells: String = ('A'..)
            .zip(cells)
            .map(|(column, cell)| CELLS[*cell].replace("\"C\"", &format!("\"{column}{number}\"")))
            .collect();
        all +=
            &ROWS[*row].replace('R', &number.to_string()).replace("CELLS", &cells.replace("LONG", &"ạ".repeat(long)));
    }
    let merged = "<x:mergeCells><x:mergeCell ref=\"A1:B2\"/></x:mergeCells>";
    format!("<x:worksheet><x:sheetData>{all}</x:sheetData>{merged}</x:worksheet>").replace("x:", prefix)
}

fn read(sheet: &str, wanted: Wanted<'_>) -> Result<Vec<String>, String> {
    let mut cells = Vec::new();
    let read = opened(with_sheet(sheet)).unwrap().wanted(0, wanted, &mut |cell| {
        cells.push(format!("{} {}", cell.at, said(cell.raw)));
        ControlFlow::Continue(())
    });
    read.map(|()| cells).map_err(|refusal| refusal.found.to_string())
}

/// The cells that are wanted, of all those read.
fn filtered(sheet: &str, wanted: Wanted<'_>) -> Result<Vec<String>, String> {
    let mut cells = Vec::new();
    let read = opened(with_sheet(sheet)).unwrap().cells(0, &mut |cell| {
        if wanted.row(cell.at.row) && wanted.column(cell.at.column) {
            cells.push(format!("{} {}", cell.at, said(cell.raw)));
        }
        ControlFlow::Continue(())
    });
    read.map(|_| cells).map_err(|refusal| refusal.found.to_string())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]
    #[test]
    fn what_is_passed_over_changes_nothing(
        rows in prop::collection::vec((0usize..4, prop::collection::vec(0usize..8, 0..6)), 0..12),
        prefix in prop::sample::select(vec!["", "x:"]),
        long in 0usize..40_000,
        these in prop::collection::btree_set(0u32..12, 0..5),
        columns in 0u16..6,
    ) {
        let sheet = sheet(&rows, prefix, long);
        for wanted in [Wanted::Rows(&these), Wanted::Columns(columns), Wanted::All] {
            let expected = filtered(&sheet, wanted);
            prop_assert!(expected.is_ok(), "{:?}", expected);
            prop_assert_eq!(read(&sheet, wanted), expected);
        }
        let merged = opened(with_sheet(&sheet)).unwrap().merged(0).unwrap();
        let expected = Merged { first: CellAt::new(0, 0), last: CellAt::new(1, 1) };
        prop_assert_eq!(merged, [expected]);
    }
}

#[test]
fn rows_behind_the_last_wanted_one_are_not_looked_at() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"2\"><d/></row></sheetData></worksheet>";
    let first = BTreeSet::from([0]);
    assert_eq!(read(sheet, Wanted::Rows(&first)).unwrap(), ["A1 1"]);
    assert!(read(sheet, Wanted::Rows(&BTreeSet::from([1]))).is_err());
    assert!(read(sheet, Wanted::All).is_err());
}

#[test]
fn a_row_that_is_cut_off_is_found_though_no_cell_of_it_is_wanted() {
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>";
    assert!(read(sheet, Wanted::Columns(1)).is_err());
}

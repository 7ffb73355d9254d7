//! Cells as workbooks hold them: numbers, dates, errors, formulas that were never computed.
#![allow(clippy::unwrap_used, clippy::panic)]

use tonghop::form;
use tonghop::model::{Cell, CellAt, Hidden, Raw, Refusal, RowKind, SheetSeen, Sink, SourceFile, Submission, Workbook};
use tonghop::reading;

const COVER: &[&[Raw<'static>]] = &[
    &[Raw::Text("Mã huyện"), Raw::Number(178.0)],
    &[Raw::Text("Kỳ báo cáo"), Raw::Number(2019.0)],
    &[Raw::Text("Số liệu tính đến ngày"), Raw::Date(43646.0)],
];

const TITLES: &[Raw<'static>] =
    &[Raw::Text("STT"), Raw::Text("Họ và tên"), Raw::Text("Ngày sinh"), Raw::Text("Số CCCD"), Raw::Text("Sức khỏe")];

/// A blank cell.
const NONE: Raw<'static> = Raw::Text("");

/// A workbook of raw cells.
struct Book {
    sheets: Vec<SheetSeen>,
    rows: Vec<Vec<Vec<Raw<'static>>>>,
}

impl Workbook for Book {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheets
    }

    fn property(&self, _name: &str) -> Option<&str> {
        None
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        for (row, cells) in (0..).zip(&self.rows[sheet]) {
            for (column, raw) in (0..).zip(cells).filter(|(_, raw)| **raw != NONE) {
                if sink(Cell { at: CellAt::new(row, column), raw: *raw, font: None }).is_break() {
                    return Ok(Hidden::default());
                }
            }
        }
        Ok(Hidden::default())
    }
}

/// Trainees below their titles.
fn read(trainees: &[&[Raw<'static>]]) -> Submission {
    let form = form::resolve(&form::built_in_files("chqs-xa").unwrap()).unwrap();
    let rows = |rows: &[&[Raw<'static>]]| rows.iter().map(|row| row.to_vec()).collect::<Vec<_>>();
    let sheet = |name: &str| SheetSeen { name: name.to_owned(), hidden: false };
    let trainees = [&[TITLES], trainees].concat();
    let mut book =
        Book { sheets: vec![sheet("Thông tin"), sheet("Học viên")], rows: vec![rows(COVER), rows(&trainees)] };
    let file = SourceFile { name: "178.xlsx".to_owned(), size: 0, modified: 0, digest: 0, format: "xlsx" };
    reading::read(file, Ok(&mut book), &form)
}

fn found<'a>(submission: &'a Submission, check: &str) -> Vec<&'a tonghop::model::Finding> {
    submission.findings.iter().filter(|finding| finding.check == check).collect()
}

#[test]
fn what_cannot_be_read_is_still_somebodys() {
    for (row, check) in [
        ([Raw::Uncomputed, Raw::Text("Nông Văn Ba"), NONE, NONE, NONE], "required-cell"),
        ([Raw::Number(1.0), Raw::Error("#REF!"), NONE, NONE, NONE], "error-cell"),
        ([Raw::Number(1.0), Raw::Uncomputed, Raw::Uncomputed, Raw::Uncomputed, NONE], "formula-not-computed"),
        ([Raw::Number(1.0), NONE, Raw::Date(31113.0), NONE, NONE], "required-cell"),
        ([NONE, NONE, NONE, Raw::Number(20_085_001_234.0), NONE], "required-cell"),
        ([Raw::Number(1.0), Raw::Text("Nông Văn Ba"), NONE, NONE, Raw::Number(1.0)], "required-cell"),
    ] {
        let submission = read(&[&row]);
        assert_eq!(submission.tables[0].len(), 1, "{row:?}");
        assert!(!found(&submission, check).is_empty(), "{row:?}: no {check}");
    }
}

#[test]
fn totals_stay_totals_whatever_their_cells_look_like() {
    for row in [
        // A count in a column of dates is shown as a day of 1900.
        [NONE, Raw::Text("Tổng cộng"), Raw::Date(35.0), NONE, Raw::Number(3.0)],
        [NONE, Raw::Text("Tổng cộng"), NONE, Raw::Uncomputed, Raw::Number(3.0)],
        [NONE, Raw::Text("Nữ"), Raw::Number(35.0), NONE, Raw::Number(3.0)],
    ] {
        let submission = read(&[&row]);
        assert_eq!(submission.tables[0].tally.count(RowKind::Total), 1, "{row:?}");
        assert_eq!(submission.tables[0].len(), 0, "{row:?}");
    }
}

#[test]
fn days_that_read_alike_both_ways_prove_no_swap() {
    let row =
        |birth: Raw<'static>| [Raw::Number(1.0), Raw::Text("Nông Văn Ba"), birth, Raw::Text("020085001234"), NONE];
    let texts = [row(Raw::Text("13/05/1985")), row(Raw::Text("25/11/1987"))];
    let swapped = |serials: [f64; 2]| {
        let dates = serials.map(|serial| row(Raw::Date(serial)));
        let rows: Vec<&[Raw<'static>]> = texts.iter().chain(&dates).map(|row| row.as_slice()).collect();
        found(&read(&rows), "day-month-swapped").len()
    };
    // 03/05/1985 and 07/04/1986, then 01/01/1985 and 01/01/1986.
    assert_eq!(swapped([31_170.0, 31_509.0]), 1);
    assert_eq!(swapped([31_048.0, 31_413.0]), 0);
}

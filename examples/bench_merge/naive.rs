//! The obvious loop: a range a sheet, a cell a call, defaults throughout; checks nothing.

use std::path::Path;

use calamine::{Data, Reader, Xlsx, open_workbook};
use rust_xlsxwriter::{Format, Workbook};

use super::measure::stage;
use super::sets::Set;

/// The lists of a return.
pub const SHEETS: [&str; 2] = ["Học viên", "Ban CHQS"];
/// Rows of a return before the first person.
pub const ABOVE: usize = 7;

pub fn merge(set: &Set, out: &Path) {
    stage("whole", || written(set, &out.join("naive.xlsx")), |rows| *rows);
}

fn written(set: &Set, out: &Path) -> usize {
    let mut book = Workbook::new();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    let mut rows = 0;
    for name in SHEETS {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        let mut at = 0;
        for path in set.files() {
            let file = path.file_name().unwrap().to_str().unwrap();
            let mut from: Xlsx<_> = open_workbook(&path).unwrap();
            let range = from.worksheet_range(name).unwrap();
            let first = range.start().unwrap().0;
            for (row, cells) in (first + 1..).zip(range.rows()).skip(ABOVE - first as usize) {
                sheet.write_string(at, 0, file).unwrap();
                sheet.write_string(at, 1, name).unwrap();
                sheet.write_number(at, 2, f64::from(row)).unwrap();
                for (column, cell) in (3..).zip(cells) {
                    match cell {
                        Data::Empty => continue,
                        Data::Float(number) => sheet.write_number(at, column, *number),
                        Data::DateTime(day) => sheet.write_number_with_format(at, column, day.as_f64(), &date),
                        other => sheet.write_string(at, column, other.to_string()),
                    }
                    .unwrap();
                }
                at += 1;
            }
        }
        rows += at as usize;
    }
    book.save(out).unwrap();
    rows
}

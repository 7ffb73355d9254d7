//! The floor: the least work that reads such a set and writes its rows into one workbook. A scanner and a writer by hand,
//! for exactly these files, deflate level 3, a thread a file. Checks nothing, repairs nothing, knows no other workbook.

mod scanner;
mod writer;

use std::path::Path;

use rayon::prelude::*;

use super::measure::stage;
use super::naive::{ABOVE, SHEETS};
use super::sets::Set;
use scanner::{Book, Value};
use writer::{Addresses, Common, Sheet};

/// Reads and writes everything, each cell with its address.
pub fn merge(set: &Set, out: &Path) {
    whole(set, out, Addresses::Each);
}

/// The same, with cells that are counted, as long registers have them.
pub fn merge_counted(set: &Set, out: &Path) {
    whole(set, out, Addresses::Counted);
}

fn whole(set: &Set, out: &Path, addresses: Addresses) {
    let path = out.join("floor.xlsx");
    stage("whole", || written(set, addresses, &path), |rows| *rows);
    assert!(std::fs::metadata(&path).unwrap().len() > 0);
}

/// Filled cells, read by one thread.
pub fn scan(set: &Set, _: &Path) {
    let scanned = |path: &std::path::PathBuf| {
        let book = Book::open(path);
        let mut cells = 0;
        for sheet in 0..=SHEETS.len() {
            book.cells(sheet, |_, _, value| {
                std::hint::black_box(value);
                cells += 1;
            });
        }
        cells
    };
    stage("scan alone, one thread", || set.files().iter().map(scanned).sum::<usize>(), |cells| *cells);
}

fn written(set: &Set, addresses: Addresses, out: &Path) -> usize {
    let books: Vec<Book> = set.files().par_iter().map(|path| Book::open(path)).collect();
    let common = Common::default();
    let mut rows = 0;
    let sheets = (1..=SHEETS.len()).map(|sheet| {
        let mut first = 2;
        let starts = books.iter().map(|book| {
            let start = first;
            first += book.last_row(sheet) - ABOVE as u32;
            (book, start)
        });
        let starts: Vec<(&Book, u32)> = starts.collect();
        rows += first as usize - 2;
        starts.into_par_iter().map(|(book, first)| part((book, sheet), (first, addresses), &common)).collect()
    });
    let sheets: Vec<Vec<Sheet>> = sheets.collect();
    writer::package(out, sheets, common);
    rows
}

/// The rows of one sheet of one file, deflated.
fn part((book, sheet): (&Book, usize), (first, addresses): (u32, Addresses), common: &Common) -> Sheet {
    let mut known = vec![writer::UNSEEN; book.strings()];
    let provenance = [&book.name, &book.name, SHEETS[sheet - 1]].map(|text| common.number(text.as_bytes()));
    let mut out = Sheet::new(addresses);
    let mut last = 0;
    book.cells(sheet, |row, column, value| {
        if row <= ABOVE as u32 {
            return;
        }
        let to = first + row - ABOVE as u32 - 1;
        if row != last {
            out.row(to);
            (0..).zip(provenance).for_each(|(column, number)| out.shared(column, to, number));
            out.number(3, to, f64::from(row), 0);
            last = row;
        }
        match value {
            Value::Number(number, style) => out.number(4 + column, to, number, style),
            Value::Shared(at) => match &mut known[at] {
                new @ &mut writer::UNSEEN => {
                    *new = writer::ONCE;
                    out.text(4 + column, to, book.string(at));
                }
                number => {
                    if *number == writer::ONCE {
                        *number = common.number(book.string(at));
                    }
                    out.shared(4 + column, to, *number);
                }
            },
        }
    });
    out.finish();
    out
}

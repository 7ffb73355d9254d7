//! Any package is marked, or it is an error; what was marked can be read.
#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use tonghop::marking::{Addition, Original};
use tonghop::{intake, model::mark::{Mark, MarkedSheet}, model::CellAt};

#[path = "read.rs"]
mod read;

const ADDED: &[u8] = include_bytes!("../../samples/round-1/184-van-quan.xlsx");

fuzz_target!(|bytes: &[u8]| {
    if intake::format_of(bytes) != "xlsx" || intake::open_bytes("a.xlsx", bytes.to_vec()).1.is_err() {
        return;
    }
    let marks: Vec<Mark> = [(0, 0), (1, 1), (5, 2)]
        .map(|(row, column)| Mark { at: CellAt::new(row, column), rules: Vec::new(), note: None })
        .into();
    let marks = ["A", "Sheet1", "Trang 1"].map(|sheet| MarkedSheet { sheet: sheet.to_owned(), marks: marks.clone() });
    let addition = Addition { sheets: ADDED, marks: &marks, earlier: &[] };
    let mut out = Cursor::new(Vec::new());
    if Original::open(bytes).and_then(|original| original.mark(&addition, &mut out)).is_ok() {
        read::whole(intake::open_bytes("a.xlsx", out.into_inner()).1);
    }
});

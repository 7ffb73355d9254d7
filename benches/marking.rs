//! Marks a workbook of 50,000 rows with 5,000 findings: `cargo bench --bench marking`. The peak of memory is told on
//! Linux, once, for the first marking in a fresh process.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]

use std::hint::black_box;
use std::io::Cursor;

use criterion::{Criterion, criterion_group, criterion_main};
use rust_xlsxwriter::Workbook;
use tonghop::marking::{Addition, Original};
use tonghop::model::mark::{Mark, MarkNote, MarkRule, MarkedSheet, NOTE_HEAD, TAG};
use tonghop::model::{CellAt, Level};

const ROWS: u32 = 50_000;
const COLUMNS: u16 = 16;
const FINDINGS: u32 = 5_000;
/// Notes on one sheet, as the hand-back has them.
const NOTES: u32 = 1_000;

fn original() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet_with_low_memory().unwrap();
    sheet.set_name("Học viên").unwrap();
    for row in 0..ROWS {
        for column in 0..COLUMNS {
            match column % 3 {
                0 => sheet.write_number(row, column, f64::from(row) + f64::from(column)).unwrap(),
                _ => sheet.write_string(row, column, format!("Nguyễn Văn {} {column}", row % 4_000)).unwrap(),
            };
        }
    }
    book.save_to_buffer().unwrap()
}

fn marks() -> Vec<MarkedSheet> {
    let mark = |number: u32| {
        let at = CellAt::new(number * (ROWS / FINDINGS), 1);
        let formula = format!("AND({TAG},EXACT({},\"Nguyễn Văn {number}\"))", at.absolute());
        let text = format!("{NOTE_HEAD}\nLỗi số {number}: số căn cước phải có 12 chữ số.");
        let note = (number < NOTES).then_some(MarkNote { text, height: 60 });
        Mark { at, rules: vec![MarkRule { level: Level::Error, formula }], note }
    };
    vec![MarkedSheet { sheet: "Học viên".to_owned(), marks: (0..FINDINGS).map(mark).collect() }]
}

fn list() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("Lỗi cần sửa").unwrap();
    for row in 0..FINDINGS {
        for column in 0..12 {
            sheet.write_string(row, column, format!("dòng {row}, cột {column}")).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

fn marking(criterion: &mut Criterion) {
    // Another process makes the workbook, so that its memory is not counted.
    let folder = std::env::temp_dir().join("tonghop-bench-marking");
    let file = folder.join("original.xlsx");
    if !file.exists() {
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(&file, original()).unwrap();
        println!("made {}; run again to see the peak of memory", file.display());
    }
    let (original, list, marks) = (std::fs::read(&file).unwrap(), list(), marks());
    let mark = || {
        let mut out = Cursor::new(Vec::new());
        Original::open(&original)
            .unwrap()
            .mark(&Addition { sheets: &list, marks: &marks, earlier: &[] }, &mut out)
            .unwrap();
        out.into_inner()
    };
    let before = peak();
    let copy = mark();
    println!("peak before {before:?} kB, after {:?} kB; {} bytes in, {} out", peak(), original.len(), copy.len());
    let mut group = criterion.benchmark_group("mark");
    group.sample_size(10);
    group.bench_function("50,000 rows, 5,000 findings", |bencher| bencher.iter(|| black_box(mark())));
    group.finish();
}

criterion_group!(benches, marking);
criterion_main!(benches);

//! The stages of a merge on a generated set: rows a second, cells a second. Run with `cargo bench`.
//! The whole beside its floor is measured by the example `bench_merge`.
//!
//! The set is made by `cargo run --release --example make_samples -- <folder> --districts 11 --rows 300`;
//! its folder is given in `TONGHOP_BENCH`, else the shipped corrected round is used.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic)]

use std::hint::black_box;
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::PathBuf;

use calamine::{DataRef, Reader, Xlsx};
use chrono::NaiveDate;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tonghop::form::{self, Form};
use tonghop::intake::{self, FileFound};
use tonghop::model::Lang;
use tonghop::run::{self, Outcome, Request, Stage, Watch};
use tonghop::summaries::{self, Live};
use tonghop::writers::{self, FormFace};
use tonghop::{checks, reading};

struct Silent;

impl Watch for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

fn shipped_form() -> Form {
    let files = form::built_in_files(form::built_in()[0]).unwrap();
    form::resolve(&files).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

fn request() -> Request {
    let shipped = concat!(env!("CARGO_MANIFEST_DIR"), "/samples/round-2");
    Request {
        input: std::env::var_os("TONGHOP_BENCH").map_or_else(|| PathBuf::from(shipped), PathBuf::from),
        period: None,
        accept: None,
        lang: Lang::Vi,
        today: NaiveDate::from_ymd_opt(2019, 7, 5).unwrap(),
    }
}

fn judged(form: &Form, request: &Request) -> Outcome {
    run::judge(form, run::Files::find(&request.input).unwrap(), request, run::Before::default(), &Silent)
}

fn merge(criterion: &mut Criterion) {
    let (form, request) = (shipped_form(), request());
    let outcome = judged(&form, &request);
    let rows: usize =
        outcome.consolidated.submissions.iter().flat_map(|one| &one.tables).map(|table| table.len()).sum();
    let mut group = criterion.benchmark_group("merge");
    group.sample_size(10).throughput(Throughput::Elements(rows as u64));
    group.bench_function("form", |bencher| bencher.iter(shipped_form));
    group.bench_function("read", |bencher| {
        bencher.iter(|| {
            let listing = intake::list(&request.input).unwrap();
            let read = |file| {
                let (source, mut opened) = intake::open(file);
                reading::read(source, opened.as_deref_mut(), &form).tables.len()
            };
            listing.files.iter().map(read).sum::<usize>()
        });
    });
    group.bench_function("read and check", |bencher| {
        bencher.iter(|| judged(&form, &request).consolidated.findings.len());
    });
    let counted: Vec<usize> = (0..outcome.consolidated.submissions.len()).collect();
    group.bench_function("check", |bencher| {
        let submissions = &outcome.consolidated.submissions;
        bencher.iter(|| checks::judge(&form.checks, &form.vocabulary, submissions, &counted, &[]).findings.len());
    });
    group.bench_function("summaries", |bencher| {
        bencher.iter(|| summaries::sheets(&form.summaries, &summed(&form, &outcome)).len());
    });
    let out = tempfile::tempdir().unwrap();
    group.bench_function("write the consolidated workbook", |bencher| {
        let sheets = summaries::sheets(&form.summaries, &summed(&form, &outcome));
        let face = FormFace { id: &form.id, edition: &form.edition, title: &form.title, vocabulary: &form.vocabulary };
        let path = out.path().join(run::CONSOLIDATED);
        bencher.iter(|| writers::consolidated(&outcome.consolidated, &sheets, &face, Lang::Vi, &path).unwrap());
    });
    group.bench_function("write", |bencher| {
        bencher.iter(|| run::publish(&form, &outcome, &request, out.path(), &Silent).unwrap());
    });
    group.bench_function("whole merge", |bencher| {
        bencher.iter(|| {
            let outcome = judged(&form, &request);
            run::publish(&form, &outcome, &request, out.path(), &Silent).unwrap();
        });
    });
    group.finish();
}

/// What summaries are computed from.
fn summed<'a>(form: &'a Form, outcome: &'a Outcome) -> summaries::Input<'a> {
    summaries::Input {
        consolidated: &outcome.consolidated,
        vocabulary: &form.vocabulary,
        office: &form.office,
        lang: Lang::Vi,
        today: NaiveDate::from_ymd_opt(2019, 7, 5).unwrap(),
        live: Live::Formulas,
    }
}

/// Filled cells of the `.xlsx` files of a set, by the reader of `intake`.
fn scanned(files: &[FileFound]) -> u64 {
    let mut count = 0;
    for file in files {
        let mut workbook = intake::open(file).1.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        for sheet in 0..workbook.sheets().len() {
            let read = workbook.cells(sheet, &mut |cell| {
                black_box(cell);
                count += 1;
                ControlFlow::Continue(())
            });
            read.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        }
    }
    count
}

/// The same by calamine, cell by cell.
fn referred(files: &[FileFound]) -> u64 {
    let mut count = 0;
    for file in files {
        let mut workbook = Xlsx::new(Cursor::new(std::fs::read(&file.path).unwrap())).unwrap();
        for sheet in workbook.sheet_names() {
            let mut cells = workbook.worksheet_cells_reader(&sheet).unwrap();
            while let Some(cell) = cells.next_cell().unwrap() {
                count += u64::from(*black_box(cell.get_value()) != DataRef::Empty);
            }
        }
    }
    count
}

fn cells(criterion: &mut Criterion) {
    let mut files = intake::list(&request().input).unwrap().files;
    files.retain(|file| file.name.ends_with(".xlsx"));
    let mut group = criterion.benchmark_group("cells");
    group.sample_size(10).throughput(Throughput::Elements(scanned(&files)));
    group.bench_function("scanner", |bencher| bencher.iter(|| scanned(&files)));
    group.bench_function("calamine", |bencher| bencher.iter(|| referred(&files)));
    group.finish();
}

criterion_group!(benches, cells, merge);
criterion_main!(benches);

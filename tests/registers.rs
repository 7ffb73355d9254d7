//! The streamed registers hold what was read, cell by cell, for another reader.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;
#[allow(dead_code)]
#[path = "../examples/make_samples/main.rs"]
mod make_samples;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use tonghop::form::{self, Form};
use tonghop::model::{FieldType, Lang, RegisterRow, own::REGISTER_HEADER};
use tonghop::run::{self, Before, Files, Outcome, Request, Stage, Watch};
use zip::ZipArchive;

struct Silent;

impl Watch for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// Merges a folder; its result, and the consolidated workbook.
fn merged(input: &Path, out: &Path) -> (Form, Outcome, Xlsx<BufReader<File>>) {
    let form = form::resolve(&form::built_in_files(form::built_in()[0]).unwrap()).unwrap();
    let today = NaiveDate::from_ymd_opt(2019, 7, 5).unwrap();
    let request = Request { input: input.to_owned(), period: None, accept: None, lang: Lang::Vi, today };
    let outcome = run::judge(&form, Files::find(&request.input).unwrap(), &request, Before::default(), &Silent);
    run::publish(&form, &outcome, &request, out, &Silent).unwrap();
    let book = open_workbook(out.join(run::CONSOLIDATED)).unwrap();
    (form, outcome, book)
}

/// What the cells of a row must read as: dates as the numbers of their days, blanks as nothing.
fn expected(form: &Form, outcome: &Outcome, table: usize, at: RegisterRow) -> Vec<String> {
    let submission = &outcome.consolidated.submissions[at.submission as usize];
    let (table, row) = (&submission.tables[table], at.row as usize);
    let origin = table.origin[row];
    let mut cells = vec![
        form.vocabulary.district_name(submission.cover.district).vi,
        submission.file.name.clone(),
        table.parts[usize::from(origin.part)].sheet.clone(),
        (origin.row + 1).to_string(),
    ];
    for (field, shape) in form.vocabulary.tables[table.shape].fields.iter().enumerate() {
        let date = table.columns[field].date(row).filter(|_| matches!(shape.kind, FieldType::Date));
        cells.push(date.map_or_else(|| table.shown(&form.vocabulary, field, row).vi, |date| number(date).to_string()));
    }
    cells
}

/// The number of a day from 1 March 1900 on: a spreadsheet counts from the last day of 1899, and 29 February 1900 as well.
fn number(date: NaiveDate) -> i64 {
    (date - NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days()
}

fn read(cell: &Data) -> String {
    match cell {
        Data::DateTime(day) => day.as_f64().to_string(),
        other => other.to_string(),
    }
}

/// Every cell of every register is what was read.
fn compare(form: &Form, outcome: &Outcome, book: &mut Xlsx<BufReader<File>>) {
    for register in &outcome.consolidated.registers {
        let shape = &form.vocabulary.tables[register.table];
        let range = book.worksheet_range(&shape.sheet.vi).unwrap();
        assert_eq!(range.end().unwrap().0 as usize, register.rows.len() + REGISTER_HEADER as usize, "{}", shape.name);
        for (row, at) in (REGISTER_HEADER + 1..).zip(&register.rows) {
            let expected = expected(form, outcome, register.table, *at);
            let cells =
                (0..).zip(&expected).map(|(column, _)| range.get_value((row, column)).map_or(String::new(), read));
            assert_eq!(cells.collect::<Vec<_>>(), expected, "{}, row {}", shape.name, row + 1);
        }
    }
}

/// Merges more rows than a register gives addresses for.
fn many(out: &Path) -> (Form, Outcome, Xlsx<BufReader<File>>) {
    let sent = out.join("sent");
    make_samples::large(&sent, 1, 20_100, 2019);
    let made = merged(&sent, &out.join("out"));
    let mut xml = Vec::new();
    let file = File::open(out.join("out").join(run::CONSOLIDATED)).unwrap();
    let mut package = ZipArchive::new(file).unwrap();
    let parts = (1..20).map(|number| format!("xl/worksheets/sheet{number}.xml"));
    let sizes = parts.filter_map(|part| Some((package.by_name(&part).ok()?.size(), part))).max().unwrap();
    package.by_name(&sizes.1).unwrap().read_to_end(&mut xml).unwrap();
    let row = format!("<row r=\"{}\"><c s=", REGISTER_HEADER + 2);
    assert!(String::from_utf8(xml).unwrap().contains(&row), "cells have addresses");
    made
}

#[test]
fn every_cell_of_a_register_is_what_was_read() {
    for round in ["round-1", "round-2"] {
        let out = tempfile::tempdir().unwrap();
        let (form, outcome, mut book) = merged(&common::samples(round), out.path());
        compare(&form, &outcome, &mut book);
    }
}

#[test]
fn cells_without_addresses_are_what_was_read() {
    let out = tempfile::tempdir().unwrap();
    let (form, outcome, mut book) = many(out.path());
    compare(&form, &outcome, &mut book);
}

/// As `cargo test --test registers -- --ignored`; needs LibreOffice, and openpyxl for Python.
#[test]
#[ignore = "needs soffice and openpyxl; .ci/run runs it"]
fn cells_without_addresses_are_the_same_to_other_programs() {
    let out = tempfile::tempdir().unwrap();
    let (form, outcome, _) = many(out.path());
    let ours = out.path().join("out").join(run::CONSOLIDATED);
    let office = common::recalculated(std::slice::from_ref(&ours), out.path()).remove(0);
    let script = "import sys, openpyxl; openpyxl.load_workbook(sys.argv[1]).save(sys.argv[2])";
    let python = out.path().join("python.xlsx");
    let saved = Command::new("python3").args(["-c", script]).arg(&ours).arg(&python).output().unwrap();
    assert!(saved.status.success(), "{saved:?}");
    for saved in [office, python] {
        let mut book = open_workbook(saved).unwrap();
        compare(&form, &outcome, &mut book);
    }
}

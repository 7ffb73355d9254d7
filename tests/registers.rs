//! The streamed registers hold what was read, cell by cell, for another reader.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;
use tonghop::form::{self, Form};
use tonghop::model::{FieldType, Lang, RegisterRow, own::REGISTER_HEADER};
use tonghop::run::{self, Before, Outcome, Request, Stage, Watch};

struct Silent;

impl Watch for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

/// Merges a round of the samples; its result, and the consolidated workbook.
fn merged(round: &str, out: &std::path::Path) -> (Form, Outcome, Xlsx<std::io::BufReader<std::fs::File>>) {
    let form = form::resolve(&form::built_in_files(form::built_in()[0]).unwrap()).unwrap();
    let today = NaiveDate::from_ymd_opt(2019, 7, 5).unwrap();
    let request = Request { input: common::samples(round), period: None, accept: None, lang: Lang::Vi, today };
    let outcome = run::judge(&form, &request, Before::default(), &Silent).unwrap();
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

#[test]
fn every_cell_of_a_register_is_what_was_read() {
    for round in ["round-1", "round-2"] {
        let out = tempfile::tempdir().unwrap();
        let (form, outcome, mut book) = merged(round, out.path());
        for register in &outcome.consolidated.registers {
            let shape = &form.vocabulary.tables[register.table];
            let range = book.worksheet_range(&shape.sheet.vi).unwrap();
            assert_eq!(range.end().unwrap().0 as usize, register.rows.len() + REGISTER_HEADER as usize, "{round}");
            for (row, at) in (REGISTER_HEADER + 1..).zip(&register.rows) {
                let expected = expected(&form, &outcome, register.table, *at);
                let cells =
                    (0..).zip(&expected).map(|(column, _)| range.get_value((row, column)).map_or(String::new(), read));
                assert_eq!(cells.collect::<Vec<_>>(), expected, "{round}, {}, row {}", shape.name, row + 1);
            }
        }
    }
}

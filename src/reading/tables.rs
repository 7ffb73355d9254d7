//! The tables of a file: every sheet that may hold one is read; what merged cells explain is read again.

use super::header::{Demand, is_named};
use super::merged::{self, MergedSheets};
use super::rows::Reader;
use super::{derived, layout};
use crate::form::Form;
use crate::model::{Refusal, Submission, TableShape, Workbook};

/// Reads the tables of a submission whose cover is read; gives the sheets that held one.
pub fn read(
    workbook: &mut dyn Workbook,
    free: &[usize],
    form: &Form,
    submission: &mut Submission,
) -> Result<Vec<usize>, Refusal> {
    let before = submission.clone();
    let started = read_with(workbook, free, &MergedSheets::default(), form, submission)?;
    let merged = merged::that_matter(workbook, &started, form, submission)?;
    if merged.is_empty() {
        return Ok(started);
    }
    *submission = before;
    read_with(workbook, free, &merged, form, submission)
}

fn read_with(
    workbook: &mut dyn Workbook,
    free: &[usize],
    merged: &MergedSheets,
    form: &Form,
    submission: &mut Submission,
) -> Result<Vec<usize>, Refusal> {
    let Some(day) = submission.cover.cut_off else { return Ok(Vec::new()) };
    let sheets = workbook.sheets().to_vec();
    let shapes = &form.vocabulary.tables;
    // For each table the sheets that bear its name.
    let bearers =
        |shape: &TableShape| free.iter().copied().filter(|sheet| is_named(shape, &sheets[*sheet].name)).collect();
    let named: Vec<Vec<usize>> = shapes.iter().map(bearers).collect();
    let mut started = Vec::new();
    let mut reader = Reader::new(form, submission, merged, day);
    for sheet in free {
        let demand = |named: &Vec<usize>| match named.contains(sheet) {
            true => Demand::Few,
            false if named.is_empty() => Demand::Most,
            false => Demand::All,
        };
        if reader.read(workbook, *sheet, named.iter().map(demand).collect())? {
            started.push(*sheet);
        }
    }
    for (table, shape) in shapes.iter().enumerate() {
        let sheet = named[table].first().map(|sheet| sheets[*sheet].name.as_str());
        let others: Vec<String> = sheets.iter().map(|sheet| sheet.name.clone()).collect();
        submission.findings.extend(layout::of_table(shape, &submission.tables[table], sheet, &others));
        derived::fill(&mut submission.tables[table], &form.vocabulary, day);
    }
    Ok(started)
}

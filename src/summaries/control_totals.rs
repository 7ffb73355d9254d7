//! The control totals of every report: declared on the cover, counted in the rows, and the difference.

use super::page::{Page, Title, cell};
use super::{Look, submissions};
use crate::model::{DistrictLine, Status};
use crate::texts;

texts! {
    TOTALS = "Số khống chế (khai báo, đếm được và chênh lệch)" / "Control totals (declared, counted and difference)";
    NUMBER = "TT" / "No.";
    DISTRICT = "Huyện, thành phố" / "District";
    FILE = "Tệp" / "File";
    DECLARED = "Khai" / "Declared";
    COUNTED = "Đếm" / "Counted";
    DIFFERENCE = "Lệch" / "Diff.";
    TOTAL = "Tổng số" / "Total";
}

/// Columns before the totals.
const LEADING: usize = 3;
/// Totals side by side at most; further ones stand in a table below.
const ABREAST: usize = 5;

/// The columns that the table needs for some totals.
pub fn columns(totals: usize) -> usize {
    LEADING + totals.min(ABREAST) * 3
}

/// Writes the table on a page of its own: each total in three columns, a row a file.
pub fn write(page: &mut Page<'_>) {
    let lang = page.input.lang;
    page.row += 1;
    page.new_page();
    let all: Vec<usize> = (0..page.input.vocabulary.cover.totals.len()).collect();
    let last = columns(all.len()) - 1;
    page.merged(cell(page.row, 0), cell(page.row, last), TOTALS.get(lang), Look::Group);
    page.row += 1;
    for block in all.chunks(ABREAST) {
        control_block(page, block);
        page.row += 1;
    }
    page.row -= 1;
}

fn control_block(page: &mut Page<'_>, block: &[usize]) {
    let input = page.input;
    let lang = input.lang;
    let mut titles: Vec<Title> = [NUMBER, DISTRICT, FILE].map(|text| Title::alone(text.get(lang))).into();
    for total in block.iter().filter_map(|total| input.vocabulary.cover.totals.get(*total)) {
        let texts = [DECLARED, COUNTED, DIFFERENCE];
        titles.extend(texts.map(|text| Title::below(total.label.get(lang), text.get(lang))));
    }
    page.titles_here(&titles);
    let top = page.row;
    for (number, line) in input.consolidated.lines.iter().enumerate() {
        submissions::sender(page, number, line);
        for (group, total) in block.iter().enumerate() {
            control_cells(page, line, *total, LEADING + group * 3);
        }
        page.row += 1;
    }
    total_row(page, top, block.len());
}

fn total_row(page: &mut Page<'_>, top: u32, totals: usize) {
    let row = page.row;
    for column in [0, 2] {
        page.text(cell(row, column), "", Look::TotalName);
    }
    page.text(cell(row, 1), TOTAL.get(page.input.lang), Look::TotalName);
    for group in 0..totals {
        let [declared, counted, difference] = [0, 1, 2].map(|part| LEADING + group * 3 + part);
        for column in [declared, counted] {
            super::by_district::total(page, cell(top, column), row);
        }
        page.subtract(cell(row, difference), cell(row, declared), cell(row, counted), Look::TotalDifference);
    }
    page.row += 1;
}

/// A file that a newer one replaced counts nowhere: its cells stay blank, so that the totals are not counted twice.
fn control_cells(page: &mut Page<'_>, line: &DistrictLine, total: usize, first: usize) {
    let row = page.row;
    let declared = line.declared.get(total).copied().flatten();
    let counted = line.counted.get(total).copied().unwrap_or(0.0);
    let [at_declared, at_counted, at_difference] = [0, 1, 2].map(|part| cell(row, first + part));
    if matches!(line.status, Status::Superseded | Status::Missing) {
        for at in [at_declared, at_counted, at_difference] {
            page.text(at, "", Look::Count);
        }
        return;
    }
    page.number(at_counted, counted, Look::Count);
    match declared {
        Some(declared) => {
            page.number(at_declared, declared, Look::Count);
            page.subtract(at_difference, at_declared, at_counted, Look::Difference);
        }
        None => {
            page.text(at_declared, "", Look::Count);
            page.text(at_difference, "", Look::Count);
        }
    }
}

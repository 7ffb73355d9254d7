//! Lists of the hand-back: every finding with a link to its cell and room to explain; every repair.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use super::{HandBack, target};
use crate::model::own::{CHECK, EXPLANATION, FOUND, KEY, LIST, OTHER_ROWS, REPAIRS};
use crate::model::{Finding, Level, Place, RowTaken};
use crate::texts;
use crate::writers::grid::{self, Item, List};
use crate::writers::lists::{self, with};
use crate::writers::styles::Styles;
use crate::writers::words::{self, AFTER, BEFORE, CELL, EXPECTED, LEVEL, REMEDY, SHEET, TITLE, WHY};

texts! {
    NUMBER = "STT" / "No.";
    TAKEN_FOR = "Được hiểu là" / "Taken for";
    SAYS = "Nội dung đầu dòng" / "First text of the row";
}

/// Writes the list of findings, each with what the district said to it: in the order of the file, the gravest first
/// within it. Only a warning can be explained; an error is corrected.
pub fn findings(
    workbook: &mut Workbook,
    input: &HandBack<'_>,
    findings: &[(&Finding, &str)],
    names: &[String],
    styles: &Styles,
) -> Result<()> {
    let lang = input.lang;
    let titles = [NUMBER, LEVEL, CHECK, TITLE, SHEET, CELL, KEY, FOUND, EXPECTED, REMEDY, EXPLANATION];
    let widths = [5.0, 10.0, 12.0, 20.0, 11.0, 9.0, 20.0, 27.0, 24.0, 29.0, 26.0];
    let row = |(number, (one, said)): (usize, &(&Finding, &str))| {
        let place = one.places.first();
        let cells = lists::cells(one);
        let link = place.and_then(|place| target(place, input, names));
        vec![
            Item::Number(number as f64 + 1.0),
            Item::Level(one.level),
            Item::text(&one.check),
            Item::text(one.title.get(lang)),
            Item::text(place.map_or("", |place| place.sheet.as_str())),
            match link {
                Some(link) => Item::Link(cells, link),
                None => Item::Text(cells),
            },
            Item::text(&one.key),
            Item::Text(one.found.get(lang)),
            Item::Text(one.expected.get(lang)),
            Item::Text(one.remedy.get(lang)),
            match one.level {
                Level::Warning => Item::Answer((*said).to_owned()),
                _ => Item::text(""),
            },
        ]
    };
    let rows: Vec<_> = findings.iter().enumerate().map(row).collect();
    let columns = with(&titles.map(|text| text.get(lang)), &widths);
    let list = List { name: LIST.get(lang), columns: &columns, rows: &rows };
    grid::list(workbook, &list, grid::MOST_ROWS, lang, styles)
}

/// Writes the list of repairs, where there are any.
pub fn repairs(workbook: &mut Workbook, input: &HandBack<'_>, names: &[String], styles: &Styles) -> Result<()> {
    let lang = input.lang;
    let Some(submission) = input.submission().filter(|submission| !submission.repairs.is_empty()) else {
        return Ok(());
    };
    let titles = [NUMBER, SHEET, CELL, KEY, BEFORE, AFTER, WHY];
    let columns = with(&titles.map(|text| text.get(lang)), &[6.0, 14.0, 9.0, 32.0, 32.0, 32.0, 44.0]);
    let row = |(number, one): (usize, &crate::model::Repair)| {
        let mut row = vec![Item::Number(number as f64 + 1.0), Item::text(&one.place.sheet)];
        row.push(linked(&one.place, input, names));
        row.extend(lists::repair(one, lang));
        row
    };
    let rows: Vec<_> = submission.repairs.iter().enumerate().map(row).collect();
    let list = List { name: REPAIRS.get(lang), columns: &columns, rows: &rows };
    grid::list(workbook, &list, grid::MOST_ROWS, lang, styles)
}

/// Writes the list of rows that were taken for no row of a table, where there are any.
pub fn other_rows(workbook: &mut Workbook, input: &HandBack<'_>, names: &[String], styles: &Styles) -> Result<()> {
    let lang = input.lang;
    let taken: Vec<&RowTaken> =
        input.submission().into_iter().flat_map(|one| &one.tables).flat_map(|table| &table.taken).collect();
    if taken.is_empty() {
        return Ok(());
    }
    let columns =
        with(&[NUMBER, SHEET, CELL, TAKEN_FOR, SAYS].map(|text| text.get(lang)), &[6.0, 20.0, 10.0, 44.0, 70.0]);
    let row = |(number, one): (usize, &&RowTaken)| {
        vec![
            Item::Number(number as f64 + 1.0),
            Item::text(&one.place.sheet),
            linked(&one.place, input, names),
            Item::text(words::row_kind(one.kind).get(lang)),
            Item::text(&one.text),
        ]
    };
    let rows: Vec<_> = taken.iter().enumerate().map(row).collect();
    let list = List { name: OTHER_ROWS.get(lang), columns: &columns, rows: &rows };
    grid::list(workbook, &list, grid::MOST_ROWS, lang, styles)
}

/// A cell's address, with a link to it where it stands on an image.
fn linked(place: &Place, input: &HandBack<'_>, names: &[String]) -> Item {
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    match target(place, input, names) {
        Some(link) => Item::Link(cell, link),
        None => Item::Text(cell),
    }
}

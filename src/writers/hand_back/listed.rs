//! Lists of the hand-back beside that of findings: every repair, every row that was taken for no row of a table.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use super::findings::NUMBER;
use super::{HandBack, Names};
use crate::model::own::{KEY, OTHER_ROWS, REPAIRS};
use crate::model::{Place, RowTaken};
use crate::texts;
use crate::writers::grid::{self, Item, List};
use crate::writers::lists::{self, with};
use crate::writers::styles::Styles;
use crate::writers::words::{self, AFTER, BEFORE, CELL, SHEET, WHY};

texts! {
    TAKEN_FOR = "Được hiểu là" / "Taken for";
    SAYS = "Nội dung đầu dòng" / "First text of the row";
}

/// Writes the list of repairs, where there are any.
pub fn repairs(workbook: &mut Workbook, input: &HandBack<'_>, names: &Names, styles: &Styles) -> Result<()> {
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
    let list = List { name: REPAIRS.get(lang), taken: &names.sheets, columns: &columns, rows: &rows };
    grid::list(workbook, &list, grid::MOST_ROWS, lang, styles)
}

/// Writes the list of rows that were taken for no row of a table, where there are any.
pub fn other_rows(workbook: &mut Workbook, input: &HandBack<'_>, names: &Names, styles: &Styles) -> Result<()> {
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
    let list = List { name: OTHER_ROWS.get(lang), taken: &names.sheets, columns: &columns, rows: &rows };
    grid::list(workbook, &list, grid::MOST_ROWS, lang, styles)
}

/// A cell's address, with a link to it where the hand-back shows it.
fn linked(place: &Place, input: &HandBack<'_>, names: &Names) -> Item {
    let cell = place.cell.map(|cell| cell.to_string()).unwrap_or_default();
    match names.target(input, place) {
        Some(link) => Item::Link(cell, link),
        None => Item::Text(cell),
    }
}

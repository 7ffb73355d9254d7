//! The sheet that a hand-back begins with: what became of the report, then every finding with a link to its cell, its
//! state and room to explain, then what else there is to know.

use anyhow::Result;
use rust_xlsxwriter::{Color, ConditionalFormatFormula, Format, Workbook};

use super::head::{self, Counted, ListAt};
use super::marks::Standing;
use super::page::{Columns, Page};
use super::{HandBack, Listed, Marked, Names, addresses, below, status};
use crate::model::own::{CHECK, EXPLANATION, FOUND, KEY, LIST};
use crate::model::{CellAt, Level, Text};
use crate::summaries::fit;
use crate::texts;
use crate::writers::grid::{self, Item, List};
use crate::writers::lists;
use crate::writers::styles::{self, SIZE, Styles};
use crate::writers::words::{self, CELL, EXPECTED, LEVEL, REMEDY, SHEET, TITLE};

texts! {
    pub NUMBER = "STT" / "No.";
    STATUS = "Tình trạng" / "State";
    ALL = "DANH SÁCH LỖI, CẢNH BÁO, GHI CHÚ" / "ERRORS, WARNINGS AND NOTES";
}

/// Titles of the list.
const TITLES: [Text; 12] =
    [NUMBER, CELL, LEVEL, CHECK, TITLE, SHEET, KEY, FOUND, EXPECTED, REMEDY, STATUS, EXPLANATION];
/// Widths of the list in characters, and the columns in which the parts of the page begin.
const COLUMNS: Columns =
    Columns { widths: &[5.0, 10.0, 10.0, 13.0, 20.0, 11.0, 19.0, 26.0, 23.0, 26.0, 12.0, 22.0], parts: [0, 4, 7, 9] };
/// Columns that formulas name.
const LEVEL_AT: u16 = 2;
const STATUS_AT: u16 = 10;
const EXPLANATION_AT: u16 = 11;
/// Findings on the first sheet; what is more goes on on further ones.
const MOST_LISTED: usize = 1_000_000;

/// Writes the sheet.
///
/// The findings stand in the order of the file, the gravest first. Only a warning can be explained; an error is corrected.
pub fn write(
    workbook: &mut Workbook,
    input: &HandBack<'_>,
    marked: &Marked,
    names: &Names,
    styles: &Styles,
) -> Result<()> {
    let findings = input.findings();
    let none = Standing::default();
    let rows: Vec<(usize, &Listed<'_>, &Standing)> =
        findings.iter().enumerate().map(|(at, one)| (at, one, marked.standing.get(at).unwrap_or(&none))).collect();
    let (first, rest) = rows.split_at(rows.len().min(MOST_LISTED));
    let mut page = Page::lying(workbook, &names.list, COLUMNS, input.office, head::PAGE_TITLE, input.lang)?;
    let counted: Vec<Counted> = first
        .iter()
        .map(|(_, one, standing)| Counted { level: one.finding.level, now: status::now(input, one, standing) })
        .collect();
    let live = head::write(&mut page, input, names, &findings, &counted)?;
    if !first.is_empty() {
        let row = list(&mut page, input, names, first, styles)?;
        let column = |column: u16| {
            let [first, last] = [row, page.row - 1].map(|row| CellAt::new(row, column).absolute());
            format!("{first}:{last}")
        };
        let [levels, states] = [LEVEL_AT, STATUS_AT].map(column);
        let at = ListAt { sheet: names.list.clone(), first: row, levels, states };
        live.fill(&mut page, &at, &counted)?;
    }
    below::write(&mut page, input, marked, names)?;
    page.finish(input.office, input.today)?;
    if rest.is_empty() {
        return Ok(());
    }
    let row = |at: usize| 2 + u32::try_from(at % grid::MOST_ROWS).unwrap_or(u32::MAX);
    let items: Vec<Vec<Item>> =
        rest.iter().enumerate().map(|(at, finding)| items(input, names, *finding, row(at))).collect();
    let columns = lists::with(&TITLES.map(|text| text.get(input.lang)), COLUMNS.widths);
    let list = List { name: LIST.get(input.lang), taken: &names.sheets, columns: &columns, rows: &items };
    grid::list(workbook, &list, grid::MOST_ROWS, input.lang, styles)
}

/// Writes the list; gives its first row below the titles.
fn list(
    page: &mut Page<'_>,
    input: &HandBack<'_>,
    names: &Names,
    findings: &[(usize, &Listed<'_>, &Standing)],
    styles: &Styles,
) -> Result<u32> {
    let lang = page.lang;
    page.gap();
    page.heading(ALL.get(lang))?;
    let header = page.row;
    let titles = TITLES.map(|text| text.get(lang));
    let format = styles::column();
    let pieces: Vec<_> = (0u16..).zip(titles).map(|(column, title)| (column, column, title, &format)).collect();
    page.row(&pieces)?;
    page.sheet.set_row_height(header, fit::height(2, SIZE) + 6.0)?;
    let columns = lists::with(&titles, COLUMNS.widths);
    for finding in findings {
        grid::line(page.sheet, page.row, &columns, &items(input, names, *finding, page.row), lang, styles)?;
        page.row += 1;
    }
    page.sheet.autofilter(header, 0, page.row - 1, EXPLANATION_AT)?.set_repeat_rows(header, header)?;
    colour(page, header + 1)?;
    Ok(header + 1)
}

/// A row of the list.
fn items(
    input: &HandBack<'_>,
    names: &Names,
    (at, listed, standing): (usize, &Listed<'_>, &Standing),
    row: u32,
) -> Vec<Item> {
    let (lang, one) = (input.lang, listed.finding);
    let place = one.places.first();
    let cells = addresses(&one.places);
    let answer = CellAt::new(row, EXPLANATION_AT).absolute();
    vec![
        Item::Number(at as f64 + 1.0),
        match place.and_then(|place| names.target(input, place)) {
            Some(link) => Item::Link(cells, link),
            None => Item::Text(cells),
        },
        Item::Level(one.level),
        Item::text(&one.check),
        Item::text(one.title.get(lang)),
        Item::text(place.map_or("", |place| place.sheet.as_str())),
        Item::text(&one.key),
        Item::Text(one.found.get(lang)),
        Item::Text(one.expected.get(lang)),
        Item::Text(one.remedy.get(lang)),
        {
            let now = status::now(input, listed, standing).get(lang);
            match status::formula(input, listed, standing, names, &answer) {
                Some(formula) => Item::Live(formula, now),
                None => Item::text(now),
            }
        },
        match one.level {
            Level::Warning => Item::Answer(listed.said.to_owned()),
            _ => Item::text(""),
        },
    ]
}

/// Colours of the states: of the level while something is to be done, green once it is.
fn colour(page: &mut Page<'_>, first: u32) -> Result<()> {
    let lang = page.lang;
    let [state, level] = [STATUS_AT, LEVEL_AT].map(|column| {
        let cell = CellAt::new(first, column);
        format!("${}{}", cell.column_letters(), cell.row_number())
    });
    let is = |cell: &str, text: Text| format!("{cell}=\"{}\"", text.get(lang));
    let done = format!("OR({},{})", is(&state, status::CHANGED), is(&state, status::EXPLAINED));
    let [open, warned] = [is(&state, status::OPEN), is(&level, words::level(Level::Warning))];
    let rules = [
        (done, Color::RGB(0xC6_EF_CE)),
        (format!("AND({open},{warned})"), styles::colour(Level::Warning)),
        (open, styles::colour(Level::Error)),
    ];
    for (rule, colour) in rules {
        let format = Format::new().set_background_color(colour);
        let rule = ConditionalFormatFormula::new().set_rule(format!("={rule}").as_str()).set_format(format);
        page.sheet.add_conditional_format(first, STATUS_AT, page.row - 1, STATUS_AT, &rule)?;
    }
    Ok(())
}

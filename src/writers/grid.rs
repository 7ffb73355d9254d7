//! Lists: a title, column titles that stay in view, and rows; what one sheet cannot hold goes on on the next.

use anyhow::Result;
use rust_xlsxwriter::{Formula, Url, Workbook, Worksheet};

use super::paper::{self, Page};
use super::runs::{self, Runs};
use super::safe::{self, write_text};
use super::styles::{SIZE, Styles};
use super::words;
use crate::model::{CellAt, Lang, Level};
use crate::summaries::fit;
use crate::texts;

texts! {
    CONTINUED = "{name} (tiếp theo, phần {part}/{parts})" / "{name} (continued, part {part} of {parts})";
    GOES_ON = "Còn tiếp ở trang «{sheet}»: một trang tính của Excel chỉ chứa được {rows} dòng." / "Continued on the sheet \"{sheet}\": a sheet of Excel holds {rows} rows only.";
    NOTHING = "Không có dòng nào." / "None.";
}

/// The rows that a sheet holds below its title and header, with one left for the notice that it goes on.
pub const MOST_ROWS: usize = 1_048_573;
/// Links on one sheet at most; Excel ends at 65,530.
const MOST_LINKS: usize = 60_000;
/// The last row that is worth a height of its own; beyond it a list is filtered, not leafed through.
const MOST_HEIGHTS: u32 = 100_000;

/// A cell of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// A text; blank when empty.
    Text(String),
    /// A number.
    Number(f64),
    /// The word for a level, in its colour.
    Level(Level),
    /// A text that leads to a cell: `'Học viên'!B10`.
    Link(String, String),
    /// What a formula gives: the formula, and its result for now.
    Live(String, &'static str),
    /// A cell to fill in, with what was filled in before.
    Answer(String),
}

impl Item {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn shown(&self) -> &str {
        match self {
            Self::Text(text) | Self::Link(text, _) | Self::Answer(text) => text,
            Self::Live(_, shown) => shown,
            Self::Number(_) | Self::Level(_) => "",
        }
    }
}

/// A list to write.
#[derive(Clone, Copy, Debug)]
pub struct List<'a> {
    /// The sheet's name and title.
    pub name: &'a str,
    /// Names that the sheet must not bear, though they are not in the workbook.
    pub taken: &'a [String],
    /// Column titles with widths in characters.
    pub columns: &'a [(&'a str, f64)],
    /// The rows.
    pub rows: &'a [Vec<Item>],
}

/// The title of one part of a list: `LỖI (tiếp theo, phần 2/3)`.
pub fn title(name: &str, part: usize, parts: usize, lang: Lang) -> String {
    let name = name.to_uppercase();
    if part == 1 {
        return name;
    }
    CONTINUED.say().with("name", name).with("part", part).with("parts", parts).get(lang)
}

/// The notice below the last row of a part that is not the last.
pub fn goes_on(sheet: &str, rows: usize, lang: Lang) -> String {
    GOES_ON.say().with("sheet", sheet).with("rows", rows).get(lang)
}

/// Writes a list on as many sheets as it takes, `most` rows each.
pub fn list(workbook: &mut Workbook, list: &List<'_>, most: usize, lang: Lang, styles: &Styles) -> Result<()> {
    let parts: Vec<&[Vec<Item>]> = match list.rows.is_empty() {
        true => vec![list.rows],
        false => list.rows.chunks(most.max(1)).collect(),
    };
    for (number, rows) in (1..).zip(&parts) {
        let name = free_name(workbook, list);
        let sheet = workbook.add_worksheet();
        sheet.set_name(&name)?;
        frame(sheet, list, &title(list.name, number, parts.len(), lang), rows.len(), styles)?;
        for (row, items) in (2u32..).zip(*rows) {
            line(sheet, row, list.columns, items, lang, styles)?;
        }
        let below = 2 + u32::try_from(rows.len())?;
        if rows.is_empty() {
            write_text(sheet, below, 0, NOTHING.get(lang), &super::styles::plain().set_italic())?;
        } else if number < parts.len() {
            let next = free_name(workbook, list);
            let last = workbook.worksheets_mut().last_mut();
            last.map_or(Ok(()), |sheet| {
                write_text(sheet, below, 0, &goes_on(&next, most, lang), &super::styles::plain().set_italic())
            })?;
        }
    }
    Ok(())
}

/// The name of the next sheet of a list.
fn free_name(workbook: &mut Workbook, list: &List<'_>) -> String {
    let own: Vec<String> = workbook.worksheets().iter().map(Worksheet::name).collect();
    safe::free_name(own.iter().chain(list.taken).map(String::as_str), list.name)
}

/// Title, column titles, filter, frozen header, paper.
fn frame(sheet: &mut Worksheet, list: &List<'_>, title: &str, rows: usize, styles: &Styles) -> Result<()> {
    let last_column = u16::try_from(list.columns.len().saturating_sub(1))?;
    paper::set_up(sheet, Page::Lying);
    paper::one_wide(sheet, Page::Lying, list.columns.iter().map(|(_, width)| *width));
    sheet.set_screen_gridlines(false);
    runs::write(sheet, |cells| {
        cells.merged(CellAt::new(0, 0), CellAt::new(0, last_column), title, &styles.title)?;
        let mut titles = (0u16..).zip(list.columns);
        titles.try_for_each(|(column, (title, _))| cells.text(CellAt::new(1, column), title, &styles.column))
    })?;
    let mut lines = 1;
    for (column, (title, width)) in (0u16..).zip(list.columns) {
        sheet.set_column_width(column, *width)?;
        lines = lines.max(fit::lines(title, fit::column(*width), SIZE * fit::BOLD));
    }
    sheet.set_row_height(0, 30)?.set_row_height(1, fit::height(lines, SIZE) + 6.0)?;
    sheet.autofilter(1, 0, u32::try_from(rows)? + 1, last_column)?;
    sheet.set_freeze_panes(2, 0)?.set_repeat_rows(1, 1)?;
    Ok(())
}

/// Writes a row of a list.
pub fn line(
    sheet: &mut Worksheet,
    row: u32,
    columns: &[(&str, f64)],
    items: &[Item],
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    runs::write(sheet, |cells| {
        (0u16..)
            .zip(items)
            .try_for_each(|(column, item)| self::item(cells, CellAt::new(row, column), item, lang, styles))
    })?;
    if row < MOST_HEIGHTS {
        let shown = items.iter().zip(columns);
        let lines = shown.map(|(item, (_, width))| fit::lines(item.shown(), fit::column(*width), SIZE));
        sheet.set_row_height(row, fit::height(lines.max().unwrap_or(1), SIZE))?;
    }
    Ok(())
}

fn item<'f>(cells: &mut Runs<'_, 'f>, at: CellAt, item: &Item, lang: Lang, styles: &'f Styles) -> Result<()> {
    match item {
        Item::Text(text) if text.is_empty() => cells.blank(at, &styles.wrapped),
        Item::Text(text) => cells.text(at, text, &styles.wrapped),
        Item::Number(number) => cells.number(at, *number, &styles.number),
        Item::Level(level) => cells.text(at, words::level(*level).get(lang), styles.level(*level)),
        Item::Link(text, _) if at.row as usize > MOST_LINKS => cells.text(at, text, &styles.wrapped),
        Item::Link(text, to) => {
            let url = Url::new(format!("internal:{to}")).set_text(safe::clean(text));
            cells.link(at, url, &styles.link)
        }
        Item::Live(formula, shown) => cells.formula(at, Formula::new(formula).set_result(*shown), &styles.wrapped),
        Item::Answer(text) if text.is_empty() => cells.blank(at, &styles.answer),
        Item::Answer(text) => cells.text(at, text, &styles.answer),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use calamine::{Reader, Xlsx, open_workbook_from_rs};

    use super::*;

    #[test]
    fn rows_beyond_the_limit_go_on_on_further_sheets_with_a_notice() {
        let rows: Vec<Vec<Item>> = (1..=7).map(|number| vec![Item::text(format!("dòng {number}"))]).collect();
        let one = List { name: "Lỗi", taken: &[], columns: &[("Nội dung", 20.0)], rows: &rows };
        let mut workbook = Workbook::new();
        list(&mut workbook, &one, 3, Lang::Vi, &Styles::new()).unwrap();
        let bytes = std::io::Cursor::new(workbook.save_to_buffer().unwrap());
        let mut book: Xlsx<_> = open_workbook_from_rs(bytes).unwrap();
        assert_eq!(book.sheet_names(), ["Lỗi", "Lỗi (2)", "Lỗi (3)"]);
        let column = |book: &mut Xlsx<_>, sheet: &str| -> Vec<String> {
            book.worksheet_range(sheet).unwrap().rows().filter_map(|row| row.first().map(ToString::to_string)).collect()
        };
        let first = column(&mut book, "Lỗi");
        assert_eq!(first[..5], ["LỖI", "Nội dung", "dòng 1", "dòng 2", "dòng 3"]);
        assert!(first[5].contains("«Lỗi (2)»"), "{first:?}");
        let last = column(&mut book, "Lỗi (3)");
        assert_eq!(last, ["LỖI (tiếp theo, phần 3/3)", "Nội dung", "dòng 7"]);
    }

    #[test]
    fn an_empty_list_says_so() {
        let one = List { name: "Lỗi", taken: &[], columns: &[("Nội dung", 20.0), ("Ô", 8.0)], rows: &[] };
        let mut workbook = Workbook::new();
        list(&mut workbook, &one, 3, Lang::Vi, &Styles::new()).unwrap();
        let bytes = std::io::Cursor::new(workbook.save_to_buffer().unwrap());
        let mut book: Xlsx<_> = open_workbook_from_rs(bytes).unwrap();
        let range = book.worksheet_range("Lỗi").unwrap();
        assert_eq!(range.get_value((2, 0)).unwrap().to_string(), "Không có dòng nào.");
    }
}

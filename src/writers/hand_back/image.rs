//! The district's sheets at the same addresses: wrong cells coloured, with a note on each.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::{Format, FormatAlign, Formula, Note, Workbook, Worksheet};

use super::{HandBack, Replay};
use crate::model::{CellAt, Finding, Lang, Level, Raw};
use crate::summaries::fit;
use crate::texts;
use crate::writers::paper::{self, Page};
use crate::writers::safe::{self, write_text};
use crate::writers::styles::{self, SIZE};

/// Notes on one sheet at most: programs slow down beyond; the list of findings has no such end.
const MOST_NOTES: usize = 1_000;
/// Rows and columns of a sheet.
const MOST: CellAt = CellAt { row: 1_048_576, column: 16_384 };
/// The narrowest and the widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 60.0);
/// Error values that a cell can hold; they stay errors, so that the next check finds them as such.
const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
/// UTF-16 units of a note at most; the list of findings has the whole text.
const MOST_UNITS: usize = 2_000;
/// Width of a note in pixels.
const NOTE_WIDTH: u32 = 300;

texts! {
    SOME_NOTES = "Trang này có {cells} ô cần xem; chỉ {most} ô đầu có chú thích, trang «Lỗi cần sửa» có đủ." / "{cells} cells of this sheet need a look; only the first {most} have notes, the list of findings has all.";
    OUTSIDE = "{cells} ô nằm ngoài giới hạn của Excel nên không chép được vào đây." / "{cells} cells lie beyond Excel's limits and could not be copied.";
}

/// The gravest level and the messages of each wrong cell.
type Marks = BTreeMap<CellAt, (Level, String)>;

/// Writes the image of a sheet, by its position and the name it gets.
pub fn write(
    workbook: &mut Workbook,
    input: &HandBack<'_>,
    (position, name): (usize, &str),
    findings: &[&Finding],
    replay: &mut Replay<'_>,
) -> Result<()> {
    let seen = input.sheets.get(position).map_or("", |seen| seen.name.as_str());
    let header = header(input, seen);
    let marks = marks(seen, findings, input.lang);
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    if let Some(gravest) = marks.values().map(|(level, _)| *level).min() {
        sheet.set_tab_color(styles::colour(gravest));
    }
    let mut image = Image::new(sheet, (header, named(input, seen)), &marks);
    for cell in marks.keys().filter(|cell| inside(cell)) {
        let format = image.format(cell, &image.looks.text);
        image.sheet.write_blank(cell.row, cell.column, &format)?;
    }
    let mut failed = Ok(());
    replay(position, &mut |cell, raw| {
        if failed.is_ok() {
            failed = image.copy(cell, raw);
        }
    })?;
    failed?;
    image.finish(input.lang)
}

/// The row of column titles, where a table was read from the sheet.
fn header(input: &HandBack<'_>, seen: &str) -> Option<u32> {
    let parts = input.submission()?.tables.iter().flat_map(|table| &table.parts);
    parts.filter(|part| part.sheet == seen).map(|part| part.header).min()
}

/// The column that names a row, where a table was read from the sheet.
fn named(input: &HandBack<'_>, seen: &str) -> Option<u16> {
    let mut columns = input.submission()?.tables.iter().filter_map(|table| {
        let key = input.form.vocabulary.tables.get(table.shape)?.key.first()?;
        table.parts.iter().find(|part| part.sheet == seen)?.columns.get(*key).copied()?
    });
    columns.next()
}

fn marks(seen: &str, findings: &[&Finding], lang: Lang) -> Marks {
    let mut marks = Marks::new();
    for one in findings {
        for cell in one.places.iter().filter(|place| place.sheet == seen).filter_map(|place| place.cell) {
            let mark = marks.entry(cell).or_insert((one.level, String::new()));
            mark.0 = mark.0.min(one.level);
            let title = one.title.get(lang);
            mark.1.push_str(&format!("• {title}: {}. {}\n", one.found.get(lang), one.remedy.get(lang)));
        }
    }
    marks
}

fn inside(cell: &CellAt) -> bool {
    cell.row < MOST.row && cell.column < MOST.column
}

/// Formats of copied cells.
struct Looks {
    free: Format,
    text: Format,
    date: Format,
    number: Format,
    long: Format,
    title: Format,
}

/// A sheet being copied.
struct Image<'a> {
    sheet: &'a mut Worksheet,
    header: Option<u32>,
    /// The column that names a row; every page repeats the columns up to it.
    named: Option<u16>,
    marks: &'a Marks,
    looks: Looks,
    /// The widest text of each column, in points.
    widest: BTreeMap<u16, f64>,
    outside: usize,
}

impl<'a> Image<'a> {
    fn new(sheet: &'a mut Worksheet, (header, named): (Option<u32>, Option<u16>), marks: &'a Marks) -> Self {
        let text = styles::bordered();
        let looks = Looks {
            free: styles::plain(),
            date: text.clone().set_num_format("dd/mm/yyyy").set_align(FormatAlign::Center),
            number: text.clone().set_num_format("General"),
            long: text.clone().set_num_format("0"),
            title: styles::column(),
            text,
        };
        Self { sheet, header, named, marks, looks, widest: BTreeMap::new(), outside: 0 }
    }

    /// A format with the colour of the cell's finding.
    fn format(&self, cell: &CellAt, format: &Format) -> Format {
        match self.marks.get(cell) {
            Some((level, _)) => format.clone().set_background_color(styles::colour(*level)),
            None => format.clone(),
        }
    }

    /// Copies a cell to its own address.
    fn copy(&mut self, at: CellAt, raw: Raw<'_>) -> Result<()> {
        if !inside(&at) {
            self.outside += 1;
            return Ok(());
        }
        let CellAt { row, column } = at;
        let above = self.header.is_some_and(|header| row < header);
        let text = if Some(row) == self.header {
            &self.looks.title
        } else if above {
            &self.looks.free
        } else {
            &self.looks.text
        };
        match raw {
            Raw::Error(error) if ERRORS.contains(&error) => {
                let format = self.format(&at, text);
                let formula = Formula::new(format!("={error}")).set_result(error);
                self.sheet.write_formula_with_format(row, column, formula, &format)?;
            }
            Raw::Text(found) | Raw::Error(found) => {
                let format = self.format(&at, text);
                if !above {
                    self.widen(column, found, Some(row) == self.header);
                }
                write_text(self.sheet, row, column, found, &format)?;
            }
            Raw::Uncomputed => {
                let format = self.format(&at, text);
                self.sheet.write_blank(row, column, &format)?;
            }
            Raw::Bool(value) => {
                let format = self.format(&at, text);
                self.sheet.write_boolean_with_format(row, column, value, &format)?;
            }
            Raw::Date(serial) => {
                self.widen(column, "00/00/0000", false);
                let format = self.format(&at, &self.looks.date);
                self.sheet.write_number_with_format(row, column, serial, &format)?;
            }
            Raw::Number(number) => {
                let long = number.fract() == 0.0 && number.abs() >= 1e8;
                self.widen(column, &number.to_string(), false);
                let format = self.format(&at, if long { &self.looks.long } else { &self.looks.number });
                self.sheet.write_number_with_format(row, column, number, &format)?;
            }
        }
        Ok(())
    }

    /// Makes a column wide enough for a text; a title may take several lines, so its words alone count.
    fn widen(&mut self, column: u16, text: &str, title: bool) {
        let words = text.split(' ').map(|word| fit::width(word, SIZE) * 1.1);
        let width = if title { words.fold(0.0, f64::max) } else { fit::width(text, SIZE) };
        let widest = self.widest.entry(column).or_default();
        *widest = widest.max(width);
    }

    /// Widths, the frozen header, paper and notes.
    fn finish(self, lang: Lang) -> Result<()> {
        let (narrowest, most) = WIDTHS;
        let last = self.widest.keys().next_back().copied().unwrap_or(0);
        let characters = |points: f64| fit::characters(points).clamp(narrowest, most);
        let widths: Vec<f64> =
            (0..=last).map(|column| self.widest.get(&column).map_or(narrowest, |points| characters(*points))).collect();
        for (column, width) in (0u16..).zip(&widths) {
            self.sheet.set_column_width(column, *width)?;
        }
        paper::set_up(self.sheet, Page::Lying);
        paper::several_wide(self.sheet, &widths, self.named.unwrap_or(0).min(last))?;
        if let Some(header) = self.header {
            self.sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?;
            self.sheet.set_row_height(header, fit::height(3, SIZE))?;
        }
        let (cells, most) = (self.marks.len(), MOST_NOTES);
        let mut about_sheet = String::new();
        if cells > most {
            about_sheet = SOME_NOTES.say().with("cells", cells).with("most", most).get(lang);
        }
        if self.outside > 0 {
            about_sheet = format!("{about_sheet}\n{}", OUTSIDE.say().with("cells", self.outside).get(lang));
        }
        let corner = CellAt::new(0, 0);
        let own = self.marks.get(&corner).map_or("", |(_, text)| text.as_str());
        if !about_sheet.is_empty() {
            note(self.sheet, corner, &format!("{about_sheet}\n{own}"))?;
        }
        let marked = self.marks.iter().filter(|(cell, _)| inside(cell)).take(MOST_NOTES);
        for (cell, (_, text)) in marked.filter(|(cell, _)| about_sheet.is_empty() || **cell != corner) {
            note(self.sheet, *cell, text)?;
        }
        Ok(())
    }
}

/// A note as large as its text.
fn note(sheet: &mut Worksheet, at: CellAt, text: &str) -> Result<()> {
    let text = safe::fitted(safe::clean(text).trim(), MOST_UNITS);
    let lines = fit::lines(&text, f64::from(NOTE_WIDTH) * 0.75 - 10.0, 10.0);
    let note = Note::new(text).add_author_prefix(false).set_font_size(9).set_width(NOTE_WIDTH);
    sheet.insert_note(at.row, at.column, &note.set_height((lines * 16 + 16).clamp(40, 480)))?;
    Ok(())
}

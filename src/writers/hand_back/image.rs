//! The district's sheets at the same addresses: wrong cells coloured, with a note on each.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign, Formula, Note, Workbook, Worksheet};

use super::marks::{Marked, inside, note_height};
use super::{HandBack, Replay};
use crate::model::mark::{Mark, NOTE_WIDTH};
use crate::model::{CellAt, Lang, Raw, Wanted};
use crate::summaries::fit;
use crate::texts;
use crate::writers::paper::{self, Page};
use crate::writers::safe::write_text;
use crate::writers::styles::{self, SIZE};

/// The narrowest and the widest column, in characters.
const WIDTHS: (f64, f64) = (6.0, 60.0);
/// Error values that a cell can hold; they stay errors, so that the next check finds them as such.
pub const ERRORS: [&str; 7] = ["#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"];
texts! {
    OUTSIDE = "{cells} ô nằm ngoài giới hạn của Excel nên không chép được vào đây." / "{cells} cells lie beyond Excel's limits and could not be copied.";
}

/// Writes the image of a sheet, by its position and the name it gets.
pub fn write(
    workbook: &mut Workbook,
    input: &HandBack<'_>,
    (position, name): (usize, &str),
    marked: &Marked,
    replay: &mut Replay<'_>,
) -> Result<()> {
    let seen = input.sheets.get(position).map_or("", |seen| seen.name.as_str());
    let header = header(input, seen);
    let own = marked.sheets.iter().find(|sheet| sheet.sheet == seen);
    let marks = own.map_or(&[][..], |sheet| &sheet.marks);
    let sheet = workbook.add_worksheet();
    sheet.set_name(name)?;
    if let Some(gravest) = marks.iter().flat_map(|mark| &mark.rules).map(|rule| rule.level).min() {
        sheet.set_tab_color(styles::colour(gravest));
    }
    let mut image = Image::new(sheet, (header, named(input, seen)), marks);
    for mark in marks {
        image.sheet.write_blank(mark.at.row, mark.at.column, &image.looks.text)?;
    }
    let mut failed = Ok(());
    replay(position, Wanted::All, &mut |cell, raw| {
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
    marks: &'a [Mark],
    looks: Looks,
    /// The widest text of each column, in points.
    widest: BTreeMap<u16, f64>,
    outside: usize,
}

impl<'a> Image<'a> {
    fn new(sheet: &'a mut Worksheet, (header, named): (Option<u32>, Option<u16>), marks: &'a [Mark]) -> Self {
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

    /// Copies a cell to its own address.
    fn copy(&mut self, at: CellAt, raw: Raw<'_>) -> Result<()> {
        if !inside(at) {
            self.outside += 1;
            return Ok(());
        }
        let CellAt { row, column } = at;
        let above = self.header.is_some_and(|header| row < header);
        if let Raw::Text(found) | Raw::Error(found) = raw
            && !above
        {
            self.widen(column, found, Some(row) == self.header);
        }
        let text = if Some(row) == self.header {
            &self.looks.title
        } else if above {
            &self.looks.free
        } else {
            &self.looks.text
        };
        match raw {
            Raw::Error(error) if ERRORS.contains(&error) => {
                let formula = Formula::new(format!("={error}")).set_result(error);
                self.sheet.write_formula_with_format(row, column, formula, text)?;
            }
            Raw::Text(found) | Raw::Error(found) => {
                write_text(self.sheet, row, column, found, text)?;
            }
            Raw::Uncomputed => {
                self.sheet.write_blank(row, column, text)?;
            }
            Raw::Bool(value) => {
                self.sheet.write_boolean_with_format(row, column, value, text)?;
            }
            Raw::Date(serial) => {
                self.widen(column, "00/00/0000", false);
                self.sheet.write_number_with_format(row, column, serial, &self.looks.date)?;
            }
            Raw::Number(number) => {
                let long = number.fract() == 0.0 && number.abs() >= 1e8;
                self.widen(column, &number.to_string(), false);
                let format = if long { &self.looks.long } else { &self.looks.number };
                self.sheet.write_number_with_format(row, column, number, format)?;
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
        for mark in self.marks {
            show(self.sheet, mark)?;
        }
        if self.outside > 0 {
            let corner = CellAt::new(0, 0);
            let own = self.marks.first().filter(|mark| mark.at == corner).and_then(|mark| mark.note.as_ref());
            let said = OUTSIDE.say().with("cells", self.outside).get(lang);
            let said = own.map_or(said.clone(), |note| format!("{said}\n{}", note.text));
            note(self.sheet, corner, &said, note_height(&said))?;
        }
        Ok(())
    }
}

/// Shows a mark: its rules as conditional formats, its note.
fn show(sheet: &mut Worksheet, mark: &Mark) -> Result<()> {
    let CellAt { row, column } = mark.at;
    for rule in &mark.rules {
        let format = Format::new().set_background_color(styles::colour(rule.level));
        let shown = ConditionalFormatFormula::new().set_rule(format!("={}", rule.formula).as_str()).set_format(format);
        sheet.add_conditional_format(row, column, row, column, &shown)?;
    }
    mark.note.as_ref().map_or(Ok(()), |own| note(sheet, mark.at, &own.text, own.height))
}

fn note(sheet: &mut Worksheet, at: CellAt, text: &str, height: u32) -> Result<()> {
    let note = Note::new(text).add_author_prefix(false).set_font_size(9).set_width(NOTE_WIDTH).set_height(height);
    sheet.insert_note(at.row, at.column, &note)?;
    Ok(())
}

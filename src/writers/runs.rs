//! Cells of a sheet, left to right: the values first, then one format for a whole run of them. The library hashes a format
//! each time it is given one, which costs more than the cell.

use anyhow::Result;
use rust_xlsxwriter::{Format, Formula, Url, Worksheet};

use super::safe::{clean, looks_live, write_text};
use crate::model::CellAt;

/// Writes cells; formats are the same where they stand at one place, so a caller makes each once.
///
/// # Errors
/// When a cell cannot be written, or `cells` fails.
pub fn write<'f, T>(sheet: &mut Worksheet, cells: impl FnOnce(&mut Runs<'_, 'f>) -> Result<T>) -> Result<T> {
    let mut runs = Runs { sheet, run: None };
    let written = cells(&mut runs)?;
    runs.end()?;
    Ok(written)
}

/// Cells being written; best from left to right, because only neighbours share a format.
pub struct Runs<'s, 'f> {
    sheet: &'s mut Worksheet,
    run: Option<Run<'f>>,
}

/// Neighbours in a row that are still to get their format.
struct Run<'f> {
    first: CellAt,
    last: CellAt,
    format: &'f Format,
}

impl<'f> Runs<'_, 'f> {
    /// A blank cell; it joins no run, because the library counts one that a run makes as no part of the sheet.
    pub fn blank(&mut self, at: CellAt, format: &'f Format) -> Result<()> {
        self.end()?;
        self.sheet.write_blank(at.row, at.column, format)?;
        Ok(())
    }

    /// A text as text, whatever it looks like; nothing for an empty one.
    pub fn text(&mut self, at: CellAt, text: &str, format: &'f Format) -> Result<()> {
        let text = clean(text);
        if text.is_empty() {
            return Ok(());
        }
        if looks_live(&text) {
            self.end()?;
            return write_text(self.sheet, at.row, at.column, &text, format);
        }
        self.sheet.write_string(at.row, at.column, text)?;
        self.join(at, format)
    }

    /// A number.
    pub fn number(&mut self, at: CellAt, number: f64, format: &'f Format) -> Result<()> {
        self.sheet.write_number(at.row, at.column, number)?;
        self.join(at, format)
    }

    /// A formula.
    pub fn formula(&mut self, at: CellAt, formula: Formula, format: &'f Format) -> Result<()> {
        self.sheet.write_formula(at.row, at.column, formula)?;
        self.join(at, format)
    }

    /// A text that leads somewhere; the library gives one without a format its own.
    pub fn link(&mut self, at: CellAt, link: Url, format: &'f Format) -> Result<()> {
        self.end()?;
        self.sheet.write_url_with_format(at.row, at.column, link, format)?;
        Ok(())
    }

    /// A text over cells up to another one, merged into one cell; blank for an empty text.
    pub fn merged(&mut self, at: CellAt, to: CellAt, text: &str, format: &'f Format) -> Result<()> {
        if at == to {
            return if text.is_empty() { self.blank(at, format) } else { self.text(at, text, format) };
        }
        self.end()?;
        let text = clean(text);
        // Only the cell that holds the text bears the sign that it is none but a text.
        let plain = if looks_live(&text) { "" } else { text.as_ref() };
        self.sheet.merge_range(at.row, at.column, to.row, to.column, plain, format)?;
        if plain.is_empty() { self.text(at, &text, format) } else { Ok(()) }
    }

    /// Puts a cell that is written into the run, or begins the next one with it.
    fn join(&mut self, at: CellAt, format: &'f Format) -> Result<()> {
        match &mut self.run {
            Some(run) if run.goes_on(at, format) => run.last = at,
            _ => {
                self.end()?;
                self.run = Some(Run { first: at, last: at, format });
            }
        }
        Ok(())
    }

    /// Gives the run its format. Formats get their numbers in the order of the cells, so a run ends before the next one's
    /// format is named.
    fn end(&mut self) -> Result<()> {
        if let Some(Run { first, last, format }) = self.run.take() {
            self.sheet.set_range_format(first.row, first.column, last.row, last.column, format)?;
        }
        Ok(())
    }
}

impl Run<'_> {
    fn goes_on(&self, at: CellAt, format: &Format) -> bool {
        (at.row, at.column) == (self.last.row, self.last.column + 1) && std::ptr::eq(self.format, format)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};

    use super::*;
    use crate::writers::styles::{Styles, plain};

    /// A workbook with one sheet, by the bytes of its package.
    fn package(fill: impl FnOnce(&mut Worksheet) -> Result<()>) -> Vec<u8> {
        let mut workbook = Workbook::new();
        let day = ExcelDateTime::from_ymd(2000, 1, 1).unwrap();
        workbook.set_properties(&DocProperties::new().set_creation_datetime(&day));
        fill(workbook.add_worksheet()).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn runs_say_what_cells_with_a_format_each_say() {
        let styles = Styles::new();
        let (text, number, link) = (&styles.wrapped, &styles.number, &styles.link);
        let url = || Url::new("internal:'A'!A1").set_text("đi");
        let by_runs = package(|sheet| {
            write(sheet, |cells| {
                let at = CellAt::new;
                cells.merged(at(0, 0), at(0, 3), "tên", &styles.title)?;
                cells.merged(at(1, 0), at(1, 3), "=1", &styles.title)?;
                cells.number(at(2, 0), 1.0, number)?;
                cells.link(at(2, 1), url(), link)?;
                cells.text(at(2, 2), "một", text)?;
                cells.text(at(2, 3), "hai", text)?;
                cells.text(at(2, 4), "+84", text)?;
                cells.formula(at(2, 5), Formula::new("=1+1").set_result("2"), text)?;
                cells.blank(at(2, 6), text)?;
                // A gap, and the next row.
                cells.text(at(2, 8), "ba", text)?;
                cells.text(at(3, 9), "", text)?;
                cells.merged(at(3, 9), at(3, 9), "bốn", text)
            })
        });
        let by_cells = package(|sheet| {
            sheet.merge_range(0, 0, 0, 3, "tên", &styles.title)?.merge_range(1, 0, 1, 3, "", &styles.title)?;
            write_text(sheet, 1, 0, "=1", &styles.title)?;
            sheet.write_number_with_format(2, 0, 1.0, number)?.write_url_with_format(2, 1, url(), link)?;
            sheet.write_string_with_format(2, 2, "một", text)?.write_string_with_format(2, 3, "hai", text)?;
            write_text(sheet, 2, 4, "+84", text)?;
            sheet.write_formula_with_format(2, 5, Formula::new("=1+1").set_result("2"), text)?;
            sheet.write_blank(2, 6, text)?.write_string_with_format(2, 8, "ba", text)?;
            sheet.write_string_with_format(3, 9, "bốn", text)?;
            Ok(())
        });
        assert!(by_runs == by_cells);
    }

    #[test]
    fn a_sheet_is_as_large_as_its_blank_cells() {
        let format = plain();
        let by_runs = package(|sheet| {
            write(sheet, |cells| {
                cells.text(CellAt::new(0, 0), "a", &format)?;
                cells.blank(CellAt::new(0, 1), &format)
            })
        });
        let by_cells = package(|sheet| {
            sheet.write_string_with_format(0, 0, "a", &format)?.write_blank(0, 1, &format)?;
            Ok(())
        });
        assert!(by_runs == by_cells);
    }
}

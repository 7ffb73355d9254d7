//! Register sheets: the accepted rows of one table, with where each came from.

use anyhow::Result;
use rust_xlsxwriter::{IgnoreError, Table as ExcelTable, TableColumn, TableStyle, Workbook, Worksheet};

use super::paper::{self, Page};
use super::register_rows::{MARK, RegisterRows};
use super::safe::{new_name, write_text};
use super::stream::{Samples, Streamed};
use super::styles::{SIZE, Styles};
use super::{grid, styles};
use crate::model::{
    CellAt, Consolidated, FieldType, Lang, Register, RegisterRow, Table, TableShape, Values, Vocabulary,
    own::{PROVENANCE, REGISTER_HEADER},
    shown_date, shown_number,
};
use crate::summaries::fit;

/// Rows that column widths are taken from: further ones hold the same kind of text.
const MEASURED_ROWS: usize = 2_000;
/// The narrowest and the widest column, in characters; longer texts wrap.
const WIDTHS: (f64, f64) = (7.0, 34.0);
/// The columns that say where a row comes from; those of the fields follow.
pub const PROVENANCE_COLUMNS: usize = PROVENANCE.len();

/// What registers are written from.
#[derive(Clone, Copy, Debug)]
pub struct Registers<'a> {
    /// The result of consolidation.
    pub consolidated: &'a Consolidated,
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// The language.
    pub lang: Lang,
    /// The formats.
    pub styles: &'a Styles,
    /// Rows on one sheet at most; further ones go on on the next sheet.
    pub most: usize,
}

impl<'a> Registers<'a> {
    /// Adds the sheets of a register: one, or as many as its rows take. Gives those whose rows are to be streamed.
    pub fn write(&self, workbook: &mut Workbook, register: &'a Register) -> Result<Vec<Streamed<'a>>> {
        let Some(shape) = self.vocabulary.tables.get(register.table) else { return Ok(Vec::new()) };
        let parts: Vec<&[RegisterRow]> = match register.rows.is_empty() {
            true => vec![&register.rows],
            false => register.rows.chunks(self.most.max(1)).collect(),
        };
        let mut streamed = Vec::new();
        for (number, rows) in (1..).zip(&parts) {
            let name = new_name(workbook, shape.sheet.get(self.lang));
            let next = match number < parts.len() {
                true => Some(self.next_name(workbook, &name, shape)),
                false => None,
            };
            let position = workbook.worksheets().len();
            let sheet = workbook.add_worksheet();
            sheet.set_name(name)?;
            let widths = self.widths(register.table, shape, rows);
            let table = self.frame(sheet, shape, &widths, rows.len(), (number, parts.len()))?;
            let below = REGISTER_HEADER + 1 + u32::try_from(rows.len())?;
            let mut last = CellAt::new(below.saturating_sub(1), u16::try_from(widths.len().saturating_sub(1))?);
            if let Some(next) = next {
                let notice = grid::goes_on(&next, self.most, self.lang);
                write_text(sheet, below, 0, &notice, &styles::plain().set_italic())?;
                last.row = below;
            }
            if !rows.is_empty() {
                let mut samples = Samples::new(REGISTER_HEADER + 1);
                let rows = RegisterRows::new(*self, (register.table, shape), rows, &widths, (sheet, &mut samples))?;
                streamed.push(Streamed { sheet: position, table, samples, last, rows: Box::new(rows) });
            }
        }
        Ok(streamed)
    }

    /// The name that the next part of a register gets, once this one is taken.
    fn next_name(&self, workbook: &mut Workbook, taken: &str, shape: &TableShape) -> String {
        let names: Vec<String> = workbook.worksheets().iter().map(Worksheet::name).collect();
        let names = names.iter().map(String::as_str).chain([taken]);
        super::safe::free_name(names, shape.sheet.get(self.lang))
    }

    /// Title, column titles as those of an Excel table, paper; gives the table's name.
    fn frame(
        &self,
        sheet: &mut Worksheet,
        shape: &TableShape,
        widths: &[f64],
        rows: usize,
        (part, parts): (usize, usize),
    ) -> Result<String> {
        let header = REGISTER_HEADER;
        let titles: Vec<&str> = titles(shape, self.lang).collect();
        paper::set_up(sheet, Page::Lying);
        // The key names the row on every page; the title stands right of it, so that only the first page shows it.
        let named = 4 + u16::try_from(shape.key.first().copied().unwrap_or(0))?;
        paper::several_wide(sheet, widths, named)?;
        sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?;
        let last_column = u16::try_from(titles.len().saturating_sub(1))?;
        sheet.set_row_height(0, 30)?;
        let title = grid::title(shape.title.get(self.lang), part, parts, self.lang);
        write_text(sheet, 0, (named + 1).min(last_column), &title, &styles::plain().set_font_size(14).set_bold())?;
        let mut lines = 1;
        let mut columns = Vec::new();
        for (column, (title, width)) in (0u16..).zip(titles.iter().zip(widths)) {
            columns.push(TableColumn::new().set_header(*title).set_header_format(&self.styles.column));
            sheet.set_column_width(column, *width)?;
            // The filter's button takes some of the width.
            lines = lines.max(fit::lines(title, fit::column(*width - 2.5), SIZE * fit::BOLD));
        }
        sheet.set_row_height(header, fit::height(lines, SIZE) + 6.0)?;
        let last_row = u32::try_from(rows)? + header;
        for (column, field) in (4u16..).zip(&shape.fields) {
            if matches!(field.kind, FieldType::Id { .. } | FieldType::Text) {
                sheet.ignore_error_range(
                    header + 1,
                    column,
                    last_row.max(header + 1),
                    column,
                    IgnoreError::NumberStoredAsText,
                )?;
            }
        }
        let name = if part == 1 { shape.register.clone() } else { format!("{}_{part}", shape.register) };
        let table = ExcelTable::new().set_name(&name).set_columns(&columns).set_style(TableStyle::Light1);
        // The library remembers every cell of a table: the first row will do until the others are streamed.
        sheet.add_table(header, 0, header + 1, last_column, &table)?;
        Ok(name)
    }

    /// Column widths that hold the texts of the first rows, and the longest word of each title.
    fn widths(&self, table: usize, shape: &TableShape, rows: &[RegisterRow]) -> Vec<f64> {
        let words = |title: &str| title.split(' ').map(|word| fit::width(word, SIZE) * 1.1).fold(0.0, f64::max);
        let mut points: Vec<f64> = titles(shape, self.lang).map(words).collect();
        let rows = rows.get(..MEASURED_ROWS).unwrap_or(rows);
        // The rows of a report stand together.
        for rows in rows.chunk_by(|one, next| one.submission == next.submission) {
            let submission = rows.first().and_then(|at| self.consolidated.submissions.get(at.submission as usize));
            let Some((submission, values)) = submission.and_then(|one| Some((one, one.tables.get(table)?))) else {
                continue;
            };
            let district = self.vocabulary.district_name(submission.cover.district);
            let sheets = values.parts.iter().map(|part| (2, part.sheet.as_str()));
            for (column, text) in [(0, district.get(self.lang)), (1, &submission.file.name)].into_iter().chain(sheets) {
                points[column] = points[column].max(width(text));
            }
            for (field, widest) in points.iter_mut().skip(PROVENANCE_COLUMNS).enumerate() {
                *widest = widest.max(self.width(values, field, rows));
            }
        }
        let (narrowest, most) = WIDTHS;
        points.into_iter().map(|points| fit::characters(points).clamp(narrowest, most)).collect()
    }

    /// The width in points of the widest cell of a field in some rows of a report.
    fn width(&self, table: &Table, field: usize, rows: &[RegisterRow]) -> f64 {
        let Some(column) = table.columns.get(field) else { return 0.0 };
        let rows = rows.iter().map(|at| at.row as usize);
        let unread = widest(rows.clone().filter_map(|row| column.unread(row)));
        unread.max(match &column.values {
            Values::Text(texts) => widest(rows.map(|row| texts.get(row))),
            Values::Code(_) => {
                let entries = self.vocabulary.list_of(table.shape, field).map_or(&[][..], |list| &list.entries);
                let mut met = vec![false; entries.len()];
                rows.filter_map(|row| column.code(row).position()).for_each(|position| met[position] = true);
                let met = entries.iter().zip(met).filter(|(_, met)| *met);
                widest(met.map(|(entry, _)| entry.label.get(self.lang)))
            }
            // All dates are equally wide.
            Values::Date(_) => {
                rows.filter_map(|row| column.date(row)).next().map_or(0.0, |date| width(&shown_date(date)))
            }
            Values::Flag(_) => width(MARK),
            Values::Number(_) => {
                let numbers = rows.filter_map(|row| column.number(row));
                // Digits are equally wide, so that of whole numbers the greatest is as wide as any.
                let (whole, others): (Vec<f64>, _) =
                    numbers.partition(|number| number.is_sign_positive() && number.fract() == 0.0);
                let shown = others.into_iter().chain(whole.into_iter().reduce(f64::max)).map(shown_number);
                shown.map(|text| width(&text)).fold(0.0, f64::max)
            }
        })
    }
}

fn widest<'t>(texts: impl Iterator<Item = &'t str>) -> f64 {
    texts.map(width).fold(0.0, f64::max)
}

fn width(text: &str) -> f64 {
    fit::width(text, SIZE)
}

fn titles(shape: &TableShape, lang: Lang) -> impl Iterator<Item = &str> {
    PROVENANCE.iter().map(move |text| text.get(lang)).chain(shape.fields.iter().map(move |field| field.label.get(lang)))
}

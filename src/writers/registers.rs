//! Register sheets: the accepted rows of one table, with where each came from.

use anyhow::Result;
use rust_xlsxwriter::{IgnoreError, Table as ExcelTable, TableColumn, TableStyle, Workbook, Worksheet};

use super::{grid, styles::Styles};
use crate::model::{
    Consolidated, Field, FieldType, Lang, Register, RegisterRow, Submission, Table, TableShape, Vocabulary,
    own::{PROVENANCE, REGISTER_HEADER},
};

/// Above this number of rows a sheet is written row by row to disk.
const MANY_ROWS: usize = 20_000;

/// Adds the sheet of a register.
pub fn register(
    workbook: &mut Workbook,
    consolidated: &Consolidated,
    register: &Register,
    vocabulary: &Vocabulary,
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    let Some(shape) = vocabulary.tables.get(register.table) else { return Ok(()) };
    let name = grid::free_name(workbook, shape.sheet.get(lang));
    let sheet = match register.rows.len() > MANY_ROWS {
        true => workbook.add_worksheet_with_low_memory()?,
        false => workbook.add_worksheet(),
    };
    sheet.set_name(name)?;
    sheet.set_landscape();
    grid::print_setup(sheet);
    let header = REGISTER_HEADER;
    sheet.set_freeze_panes(header + 1, 0)?.set_repeat_rows(header, header)?.set_row_height(header, 48)?;
    grid::write_text(sheet, 0, 0, shape.title.get(lang), &styles.title)?;
    frame(sheet, shape, register.rows.len(), lang, styles)?;
    for (row, at) in (header + 1..).zip(register.rows.iter().take(grid::MOST_ROWS)) {
        let Some(submission) = consolidated.submissions.get(at.submission as usize) else { continue };
        let Some(table) = submission.tables.get(register.table) else { continue };
        line(sheet, row, *at, (submission, table), vocabulary, lang, styles)?;
    }
    Ok(())
}

fn frame(sheet: &mut Worksheet, shape: &TableShape, rows: usize, lang: Lang, styles: &Styles) -> Result<()> {
    let own = shape.fields.iter().map(|field| (field.label.get(lang), field.width));
    let titles = PROVENANCE.iter().map(|text| (text.get(lang), 16.0)).chain(own);
    let mut columns = Vec::new();
    for (column, (title, width)) in (0u16..).zip(titles) {
        columns.push(TableColumn::new().set_header(title).set_header_format(&styles.column));
        sheet.set_column_width(column, width)?;
    }
    let last_row = u32::try_from(rows.clamp(1, grid::MOST_ROWS)).unwrap_or(1) + REGISTER_HEADER;
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    for (column, field) in (4u16..).zip(&shape.fields) {
        if matches!(field.kind, FieldType::Id { .. } | FieldType::Text) {
            sheet.ignore_error_range(REGISTER_HEADER + 1, column, last_row, column, IgnoreError::NumberStoredAsText)?;
        }
    }
    let table = ExcelTable::new().set_name(&shape.register).set_columns(&columns).set_style(TableStyle::Light1);
    sheet.add_table(REGISTER_HEADER, 0, last_row, last_column, &table)?;
    Ok(())
}

fn line(
    sheet: &mut Worksheet,
    row: u32,
    at: RegisterRow,
    (submission, table): (&Submission, &Table),
    vocabulary: &Vocabulary,
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    let district = vocabulary.district_name(submission.cover.district);
    grid::write_text(sheet, row, 0, district.get(lang), &styles.text)?;
    grid::write_text(sheet, row, 1, &submission.file.name, &styles.text)?;
    if let Some(origin) = table.origin.get(at.row as usize) {
        let part = table.parts.get(usize::from(origin.part)).map_or("", |part| part.sheet.as_str());
        grid::write_text(sheet, row, 2, part, &styles.text)?;
        sheet.write_number_with_format(row, 3, f64::from(origin.row) + 1.0, &styles.number)?;
    }
    let fields = vocabulary.tables.get(table.shape).map_or(&[][..], |shape| &shape.fields);
    for (column, (position, field)) in (4u16..).zip(fields.iter().enumerate()) {
        value(sheet, (row, column), table, (position, field, at.row as usize), vocabulary, lang, styles)?;
    }
    Ok(())
}

fn value(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    table: &Table,
    (position, field, table_row): (usize, &Field, usize),
    vocabulary: &Vocabulary,
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    let Some(values) = table.columns.get(position) else { return Ok(()) };
    match field.kind {
        FieldType::Date if values.unread(table_row).is_none() => {
            if let Some(date) = values.date(table_row) {
                sheet.write_date_with_format(row, column, date, &styles.date)?;
            }
        }
        FieldType::Number if values.unread(table_row).is_none() => {
            if let Some(number) = values.number(table_row) {
                sheet.write_number_with_format(row, column, number, &styles.number)?;
            }
        }
        _ => {
            let shown = table.shown(vocabulary, position, table_row);
            grid::write_text(sheet, row, column, shown.get(lang), &styles.text)?;
        }
    }
    Ok(())
}

//! The consolidated workbook: summary sheets, registers, held-back rows, findings, explanations, repairs.

use std::path::Path;

use anyhow::Result;
use rust_xlsxwriter::{Formula, Workbook, Worksheet};

use super::registers::Registers;
use super::{FormFace, chart, grid, lists, paper, publish, safe, styles};
use crate::model::{CellAt, Consolidated, Lang, own::Purpose};
use crate::summaries::{self, Content};

/// Writes the consolidated workbook.
///
/// # Errors
/// When the file cannot be written.
pub fn consolidated(
    consolidated: &Consolidated,
    sheets: &[summaries::Sheet],
    form: &FormFace<'_>,
    lang: Lang,
    path: &Path,
) -> Result<()> {
    let mut workbook = publish::workbook(form, Purpose::Consolidated, &consolidated.period, consolidated.cut_off)?;
    let styles = styles::Styles::new();
    for sheet in sheets {
        summary(&mut workbook, sheet)?;
    }
    let (vocabulary, most) = (form.vocabulary, grid::MOST_ROWS);
    let registers = Registers { consolidated, vocabulary, lang, styles: &styles, most };
    let mut streamed = Vec::new();
    for register in &consolidated.registers {
        streamed.extend(registers.write(&mut workbook, register)?);
    }
    lists::all(&mut workbook, consolidated, form.vocabulary, lang, &styles)?;
    publish::publish_streamed(&mut workbook, &streamed, path)
}

fn summary(workbook: &mut Workbook, from: &summaries::Sheet) -> Result<()> {
    let name = safe::new_name(workbook, &from.name);
    let sheet = workbook.add_worksheet();
    sheet.set_name(&name)?;
    sheet.set_screen_gridlines(false);
    // An empty result is written as this default, and the default is 0 unless said otherwise.
    sheet.set_formula_result_default("");
    paper::summary(sheet, from)?;
    for (column, width) in (0u16..).zip(&from.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (row, height) in &from.heights {
        sheet.set_row_height(*row, *height)?;
    }
    if from.frozen_rows > 0 {
        sheet.set_freeze_panes(from.frozen_rows, from.frozen_columns)?;
    }
    for one in &from.cells {
        cell(sheet, one)?;
    }
    for one in &from.charts {
        sheet.insert_chart_with_offset(one.at.row, one.at.column, &chart::chart(&name, one), one.offset, 0)?;
    }
    Ok(())
}

fn cell(sheet: &mut Worksheet, cell: &summaries::Cell) -> Result<()> {
    let format = styles::look(cell.look);
    let CellAt { row, column } = cell.at;
    if let Some(to) = cell.merged_to.filter(|to| *to != cell.at) {
        sheet.merge_range(row, column, to.row, to.column, "", &format)?;
    }
    match &cell.content {
        Content::Blank => {
            sheet.write_blank(row, column, &format)?;
        }
        Content::Text(text) => safe::write_text(sheet, row, column, text, &format)?,
        Content::Number(number) => {
            sheet.write_number_with_format(row, column, *number, &format)?;
        }
        Content::Formula { formula, value } => {
            let result = value.map(|value| value.to_string()).unwrap_or_default();
            let live = Formula::new(formula).set_result(result);
            sheet.write_formula_with_format(row, column, live, &format)?;
        }
    }
    Ok(())
}

//! The consolidated workbook: summary sheets, registers, held-back rows, findings, explanations, repairs.

use std::path::Path;

use anyhow::{Context, Result};
use rust_xlsxwriter::{Format, Formula, Workbook};
use rustc_hash::FxHashMap;

use super::registers::Registers;
use super::runs::{self, Runs};
use super::{FormFace, chart, grid, lists, paper, publish, safe, styles};
use crate::model::{Consolidated, Lang, own::Purpose};
use crate::summaries::{self, Content, Look};

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
    // Nearly all of its bytes are the registers', which are deflated by themselves.
    workbook.set_zip_compression_level(1);
    let styles = styles::Styles::new();
    let looks = styles::looks(sheets.iter().flat_map(|sheet| &sheet.cells).map(|cell| cell.look));
    for sheet in sheets {
        summary(&mut workbook, sheet, &looks)?;
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

fn summary(workbook: &mut Workbook, from: &summaries::Sheet, looks: &FxHashMap<Look, Format>) -> Result<()> {
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
    runs::write(sheet, |cells| {
        from.cells.iter().try_for_each(|one| cell(cells, one, looks.get(&one.look).context("a look without a format")?))
    })?;
    for one in &from.charts {
        sheet.insert_chart_with_offset(one.at.row, one.at.column, &chart::chart(&name, one), one.offset, 0)?;
    }
    Ok(())
}

fn cell<'f>(cells: &mut Runs<'_, 'f>, cell: &summaries::Cell, format: &'f Format) -> Result<()> {
    let at = cell.at;
    match (&cell.content, cell.merged_to) {
        (Content::Text(text), Some(to)) => return cells.merged(at, to, text, format),
        (_, Some(to)) => cells.merged(at, to, "", format)?,
        (_, None) => {}
    }
    match &cell.content {
        Content::Blank => cells.blank(at, format),
        Content::Text(text) => cells.text(at, text, format),
        Content::Number(number) => cells.number(at, *number, format),
        Content::Formula { formula, value } => {
            let result = value.map(|value| value.to_string()).unwrap_or_default();
            cells.formula(at, Formula::new(formula).set_result(result), format)
        }
    }
}

//! The consolidated workbook: summary sheets, registers, held-back rows, findings, explanations, repairs.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Chart, ChartType, Formula, Workbook, Worksheet};

use super::{FormFace, grid, lists, publish, registers, styles};
use crate::model::{CellAt, Consolidated, Lang, own::Purpose};
use crate::summaries::{self, ChartKind, Content};

/// Writes the consolidated workbook.
///
/// # Errors
/// When the file cannot be written.
pub fn consolidated(
    consolidated: &Consolidated,
    sheets: &[summaries::Sheet],
    form: &FormFace<'_>,
    lang: Lang,
    _today: NaiveDate,
    path: &Path,
) -> Result<()> {
    let mut workbook = publish::workbook(form, Purpose::Consolidated, &consolidated.period, consolidated.cut_off)?;
    let styles = styles::Styles::new();
    for sheet in sheets {
        summary(&mut workbook, sheet)?;
    }
    for register in &consolidated.registers {
        registers::register(&mut workbook, consolidated, register, form.vocabulary, lang, &styles)?;
    }
    lists::all(&mut workbook, consolidated, form.vocabulary, lang, &styles)?;
    publish::publish(&mut workbook, path)
}

fn summary(workbook: &mut Workbook, from: &summaries::Sheet) -> Result<()> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(grid::sheet_name(&from.name))?;
    sheet.set_screen_gridlines(false);
    // An empty result is written as this default, and the default is 0 unless said otherwise.
    sheet.set_formula_result_default("");
    grid::print_setup(sheet);
    if from.portrait {
        sheet.set_portrait();
    } else {
        sheet.set_landscape();
    }
    for (column, width) in (0u16..).zip(&from.widths) {
        sheet.set_column_width(column, *width)?;
    }
    for (row, height) in &from.heights {
        sheet.set_row_height(*row, *height)?;
    }
    if let Some((first, last)) = from.header_rows {
        sheet.set_repeat_rows(first, last)?;
        sheet.set_freeze_panes(last + 1, from.frozen_columns)?;
    }
    for one in &from.cells {
        cell(sheet, one)?;
    }
    for one in &from.charts {
        sheet.insert_chart(one.at.row, one.at.column, &chart(&from.name, one))?;
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
        Content::Text(text) => grid::write_text(sheet, row, column, text, &format)?,
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

fn chart(sheet: &str, from: &summaries::Chart) -> Chart {
    let mut chart = Chart::new(match from.kind {
        ChartKind::Column => ChartType::Column,
        ChartKind::Bar => ChartType::Bar,
        ChartKind::Pie => ChartType::Pie,
    });
    let name = grid::sheet_name(sheet);
    let range = |(first, last): (CellAt, CellAt)| (name.clone(), first.row, first.column, last.row, last.column);
    for one in &from.series {
        let (sheet, row, column, last_row, last_column) = range(one.categories);
        let series = chart.add_series();
        series.set_name(&one.name).set_categories((sheet.as_str(), row, column, last_row, last_column));
        let (sheet, row, column, last_row, last_column) = range(one.values);
        series.set_values((sheet.as_str(), row, column, last_row, last_column));
    }
    chart.title().set_name(&from.title);
    if from.kind != ChartKind::Pie {
        chart.y_axis().set_min(0);
        chart.y_axis().set_num_format(if from.shares { "0%" } else { "#,##0" });
    }
    if from.series.len() < 2 && from.kind != ChartKind::Pie {
        chart.legend().set_hidden();
    }
    chart.set_width(from.size.0).set_height(from.size.1);
    chart
}

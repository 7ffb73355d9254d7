//! Plain sheets: safe texts, a title line over a list, print setup.

use anyhow::Result;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::styles::Styles;

/// The rows that a list can hold below its title and header; Excel ends at 1,048,576.
pub const MOST_ROWS: usize = 1_048_570;

/// A cell of a list.
#[derive(Clone, Debug)]
pub enum Item {
    /// A text; blank when empty.
    Text(String),
    /// A number.
    Number(f64),
}

impl Item {
    /// A text.
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

/// A text as a cell can hold it: no control characters, at most 32,767 characters.
pub fn clean(text: &str) -> String {
    text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t' | '\r')).take(32_767).collect()
}

/// Whether a spreadsheet could take a text for a formula.
pub fn looks_live(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Writes a text as text, whatever it looks like; writes nothing for an empty one.
pub fn write_text(sheet: &mut Worksheet, row: u32, column: u16, text: &str, format: &Format) -> Result<()> {
    let text = clean(text);
    if looks_live(&text) {
        sheet.write_string_with_format(row, column, text, &format.clone().set_quote_prefix())?;
    } else if !text.is_empty() {
        sheet.write_string_with_format(row, column, text, format)?;
    }
    Ok(())
}

/// A sheet name as Excel allows it: at most 31 characters, none of `[]:*?/\`.
pub fn sheet_name(name: &str) -> String {
    let plain: String = clean(name).chars().map(|c| if "[]:*?/\\\n\t\r".contains(c) { ' ' } else { c }).collect();
    let short: String = plain.trim_matches(['\'', ' ']).chars().take(31).collect();
    if short.is_empty() { "Sheet".to_owned() } else { short }
}

/// A sheet name that the workbook does not have yet: a summary may be named as a register is.
pub fn free_name(workbook: &mut Workbook, name: &str) -> String {
    let taken: Vec<String> = workbook.worksheets().iter().map(|sheet| sheet.name().to_lowercase()).collect();
    let plain = sheet_name(name);
    let mut free = plain.clone();
    let mut number = 2;
    while taken.contains(&free.to_lowercase()) {
        free = format!("{} ({number})", plain.chars().take(25).collect::<String>());
        number += 1;
    }
    free
}

/// A4, official margins (mm 20/20/30/15), one page wide, page number centred on top.
pub fn print_setup(sheet: &mut Worksheet) {
    let inch = |mm: f64| mm / 25.4;
    sheet.set_paper_size(9).set_margins(inch(30.0), inch(15.0), inch(20.0), inch(20.0), inch(10.0), inch(10.0));
    sheet.set_print_fit_to_pages(1, 0).set_header("&C&P");
}

/// A sheet with a title, a header row that stays in view, and rows below it.
pub fn list<'w>(
    workbook: &'w mut Workbook,
    name: &str,
    columns: &[(&str, f64)],
    rows: &[Vec<Item>],
    styles: &Styles,
) -> Result<&'w mut Worksheet> {
    let free = free_name(workbook, name);
    let sheet = workbook.add_worksheet();
    sheet.set_name(free)?;
    sheet.set_landscape();
    print_setup(sheet);
    sheet.set_row_height(1, 34)?;
    write_text(sheet, 0, 0, name, &styles.title)?;
    for (column, (title, width)) in (0u16..).zip(columns) {
        write_text(sheet, 1, column, title, &styles.column)?;
        sheet.set_column_width(column, *width)?;
    }
    let wrapped = styles.text.clone().set_text_wrap();
    for (row, items) in (2u32..).zip(rows.iter().take(MOST_ROWS)) {
        for (column, item) in (0u16..).zip(items) {
            match item {
                Item::Text(text) => write_text(sheet, row, column, text, &wrapped)?,
                Item::Number(number) => {
                    sheet.write_number_with_format(row, column, *number, &styles.number)?;
                }
            }
        }
    }
    let last_row = u32::try_from(rows.len().min(MOST_ROWS)).unwrap_or(0) + 1;
    let last_column = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    sheet.autofilter(1, 0, last_row.max(2), last_column)?;
    sheet.set_freeze_panes(2, 0)?.set_repeat_rows(1, 1)?;
    Ok(sheet)
}

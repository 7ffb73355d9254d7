//! SpreadsheetML 2003, the XML that Excel 2003 and many programs write under the names .xls and .xml.
//!
//! Source: XML Spreadsheet Reference (Microsoft, 2003): elements Workbook, Styles, Worksheet, Table, Column, Row, Cell, Data.

#[cfg(test)]
mod tests;

use std::collections::HashMap;

use chrono::NaiveDateTime;
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::held::{Held, HeldSheet};
use super::xml::{attribute, push_entity};
use super::{literal, refusals};
use crate::model::{CellAt, Legacy, Merged, Raw, Refusal, SheetSeen};
use crate::text;
use crate::texts;

texts! {
    OVERLAPPING = "trang «{sheet}» có ô chồng nhau hoặc nằm ngoài khung ở dòng {row}" / "sheet \"{sheet}\" has cells that overlap or stand outside of it in row {row}";
    SAVE_NEW = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
}

/// Rows and columns of a sheet (Excel's limits).
const ROWS: u32 = 1_048_576;
const COLUMNS: u32 = 16_384;

/// The workbook of a SpreadsheetML text.
///
/// # Errors
/// A [`Refusal`] when it is no well-formed XML, declares entities, or puts cells where none can stand.
pub fn open(file: &str, text: &str) -> Result<Held, Refusal> {
    let mut xml = Reader::from_str(text);
    xml.config_mut().expand_empty_elements = true;
    let mut book = Book::default();
    loop {
        match xml.read_event() {
            Ok(Event::Start(tag)) => book.start(&tag),
            Ok(Event::End(tag)) => book.end(tag.local_name().into_inner()),
            Ok(Event::Text(text)) => book.text.push_str(&text.xml10_content()),
            Ok(Event::CData(text)) => book.text.push_str(&text.xml10_content()),
            Ok(Event::GeneralRef(entity)) => push_entity(&mut book.text, &entity),
            Ok(Event::DocType(_)) => return Err(refusals::entities(file)),
            Ok(Event::Eof) if book.complete => return Ok(book.held),
            Ok(Event::Eof) => return Err(refusals::truncated(file)),
            Ok(_) => {}
            Err(error) => return Err(refusals::damaged(file, &error.to_string())),
        }
        if let Some(row) = book.overlap {
            let why = OVERLAPPING.say().with("sheet", &book.seen.name).with("row", row);
            return Err(refusals::unreadable(file, why, SAVE_NEW.say()));
        }
    }
}

/// What a style means for a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    font: Option<Legacy>,
    is_date: bool,
}

/// A cell whose end has not come yet.
#[derive(Debug, Default)]
struct Open {
    style: Style,
    has_formula: bool,
    /// The type and text of its data.
    data: Option<(String, String)>,
}

/// The workbook so far.
struct Book {
    held: Held,
    styles: HashMap<String, Style>,
    style: String,
    seen: SheetSeen,
    sheet: HeldSheet,
    columns: Columns,
    /// The row and column that come next, from 0.
    next: (u32, u32),
    row: u32,
    row_style: Option<String>,
    row_hidden: bool,
    row_filled: bool,
    cell: Option<(u32, Open)>,
    /// The text of the innermost element that holds one.
    text: String,
    in_comment: bool,
    in_properties: bool,
    /// Whether the end of the workbook was seen.
    complete: bool,
    /// The row, from 1, in which cells overlap or leave the sheet.
    overlap: Option<u32>,
}

/// Styles and hiding of columns, by ranges.
#[derive(Debug, Default)]
struct Columns {
    next: u32,
    /// From the first column to before the last one, in order, with their style.
    ranges: Vec<(u32, u32, Option<String>)>,
    hidden: Vec<(u32, u32)>,
    /// Columns up to the last filled one.
    used: u32,
}

impl Default for Book {
    fn default() -> Self {
        Self {
            held: Held::default(),
            styles: HashMap::new(),
            style: String::new(),
            seen: SheetSeen { name: String::new(), hidden: false },
            sheet: HeldSheet::default(),
            columns: Columns::default(),
            next: (0, 0),
            row: 0,
            row_style: None,
            row_hidden: false,
            row_filled: false,
            cell: None,
            text: String::new(),
            in_comment: false,
            in_properties: false,
            complete: false,
            overlap: None,
        }
    }
}

impl Book {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().into_inner() {
            "Style" => {
                self.style = attribute(tag, "ID").unwrap_or_default();
                let parent = attribute(tag, "Parent").unwrap_or_else(|| "Default".to_owned());
                let inherited = self.styles.get(&parent).copied().unwrap_or_default();
                self.styles.insert(self.style.clone(), inherited);
            }
            "Font" if self.cell.is_none() => {
                let font = attribute(tag, "FontName");
                if let (Some(style), Some(font)) = (self.styles.get_mut(&self.style), font) {
                    style.font = text::font(&font);
                }
            }
            "NumberFormat" => {
                let format = attribute(tag, "Format").unwrap_or_default();
                if let Some(style) = self.styles.get_mut(&self.style) {
                    style.is_date = is_date_format(&format);
                }
            }
            "Worksheet" => {
                self.seen = SheetSeen { name: attribute(tag, "Name").unwrap_or_default(), hidden: false };
                (self.next, self.columns) = ((0, 0), Columns::default());
            }
            "Column" => self.columns.add(tag),
            "Row" => self.start_row(tag),
            "Cell" => self.start_cell(tag),
            "Comment" => self.in_comment = true,
            "Data" if !self.in_comment => {
                self.text.clear();
                if let Some((_, open)) = &mut self.cell {
                    open.data = attribute(tag, "Type").map(|kind| (kind, String::new()));
                }
            }
            "CustomDocumentProperties" => self.in_properties = true,
            // Parts of a text in a cell.
            _ if self.cell.is_some() => {}
            _ => self.text.clear(),
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "Data" if !self.in_comment => {
                if let Some((_, Open { data: Some((_, data)), .. })) = &mut self.cell {
                    *data = std::mem::take(&mut self.text);
                }
            }
            "Cell" => self.end_cell(),
            "Workbook" => self.complete = true,
            "Comment" => self.in_comment = false,
            "CustomDocumentProperties" => self.in_properties = false,
            "Visible" => self.seen.hidden |= self.text.trim() != "SheetVisible",
            "Worksheet" => {
                let mut sheet = std::mem::take(&mut self.sheet);
                sheet.hidden.columns = self.columns.hidden_among_used();
                self.held.add(self.seen.clone(), sheet);
            }
            name if self.in_properties => self.held.set_property(name.to_owned(), std::mem::take(&mut self.text)),
            _ => {}
        }
    }

    fn start_row(&mut self, tag: &BytesStart<'_>) {
        let row = index(tag).unwrap_or(self.next.0);
        if row < self.next.0 || row >= ROWS {
            self.overlap = Some(row.saturating_add(1));
        }
        self.row = row;
        self.next = (row.saturating_add(number(tag, "Span").unwrap_or(0)).saturating_add(1), 0);
        self.row_style = attribute(tag, "StyleID");
        self.row_hidden = attribute(tag, "Hidden").is_some_and(|hidden| hidden != "0");
        self.row_filled = false;
    }

    fn start_cell(&mut self, tag: &BytesStart<'_>) {
        let column = index(tag).unwrap_or(self.next.1);
        let across = number(tag, "MergeAcross").unwrap_or(0);
        let end = column.saturating_add(across).saturating_add(1);
        if column < self.next.1 || end > COLUMNS {
            self.overlap = Some(self.row.saturating_add(1));
        }
        self.next.1 = end;
        let down = number(tag, "MergeDown").unwrap_or(0);
        if across > 0 || down > 0 {
            let last = self.row.saturating_add(down).min(ROWS - 1);
            self.sheet.merged.extend(merged((self.row, column), (last, end - 1)));
        }
        let style = attribute(tag, "StyleID").or_else(|| self.row_style.clone());
        let style = style.or_else(|| self.columns.style(column)).unwrap_or_else(|| "Default".to_owned());
        let style = self.styles.get(&style).copied().unwrap_or_default();
        self.cell = Some((column, Open { style, has_formula: attribute(tag, "Formula").is_some(), data: None }));
    }

    fn end_cell(&mut self) {
        let Some((column, open)) = self.cell.take() else { return };
        let raw = match &open.data {
            None if open.has_formula => Raw::Uncomputed,
            None => return,
            Some((kind, text)) => raw(kind, text, open.style.is_date),
        };
        if raw == Raw::Text("") {
            return;
        }
        let Ok(at) = u16::try_from(column) else { return };
        self.sheet.hidden.rows += u32::from(self.row_hidden && !self.row_filled);
        self.row_filled = true;
        self.columns.used = self.columns.used.max(column + 1);
        self.sheet.push(CellAt::new(self.row, at), raw, open.style.font);
    }
}

impl Columns {
    fn add(&mut self, tag: &BytesStart<'_>) {
        let start = index(tag).unwrap_or(self.next);
        let end = start.saturating_add(number(tag, "Span").unwrap_or(0)).saturating_add(1);
        if start < self.next {
            return;
        }
        self.next = end;
        self.ranges.push((start, end, attribute(tag, "StyleID")));
        if attribute(tag, "Hidden").is_some_and(|hidden| hidden != "0") {
            self.hidden.push((start, end));
        }
    }

    fn style(&self, column: u32) -> Option<String> {
        let after = self.ranges.partition_point(|(start, ..)| *start <= column);
        let (_, end, style) = self.ranges.get(after.checked_sub(1)?)?;
        style.clone().filter(|_| column < *end)
    }

    fn hidden_among_used(&self) -> u32 {
        self.hidden.iter().map(|(start, end)| (*end).min(self.used).saturating_sub(*start)).sum()
    }
}

/// The value of a `Data` element.
fn raw<'a>(kind: &str, text: &'a str, is_date: bool) -> Raw<'a> {
    let number = || text.trim().parse().ok().filter(|number: &f64| number.is_finite());
    let read = match kind {
        "Number" if is_date => number().map(Raw::Date),
        "Number" => number().map(Raw::Number),
        "DateTime" => {
            let moment = NaiveDateTime::parse_from_str(text.trim(), "%Y-%m-%dT%H:%M:%S%.f").ok();
            moment.and_then(literal::serial).map(Raw::Date)
        }
        "Boolean" => Some(Raw::Bool(text.trim() == "1" || text.trim().eq_ignore_ascii_case("true"))),
        "Error" => literal::error(text.trim()).map(Raw::Error),
        _ => None,
    };
    read.unwrap_or(Raw::Text(text))
}

/// Formats by name (`Short Date`) or by their code.
fn is_date_format(format: &str) -> bool {
    match format {
        "General" | "General Number" | "Currency" | "Euro Currency" | "Fixed" | "Standard" | "Percent"
        | "Scientific" | "Yes/No" | "True/False" | "On/Off" | "Long Time" | "Medium Time" | "Short Time" => false,
        named if named.ends_with(" Date") => true,
        code => literal::is_date_format(code),
    }
}

/// `ss:Index`, from 0.
fn index(tag: &BytesStart<'_>) -> Option<u32> {
    number(tag, "Index").map(|index| index.saturating_sub(1))
}

fn merged(first: (u32, u32), last: (u32, u32)) -> Option<Merged> {
    let cell = |(row, column): (u32, u32)| Some(CellAt::new(row, u16::try_from(column).ok()?));
    Some(Merged { first: cell(first)?, last: cell(last)? })
}

fn number(tag: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(tag, name)?.trim().parse().ok()
}

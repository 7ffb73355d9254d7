//! What an `.ods` workbook tells beside the values that calamine reads: the legacy encoding that a cell's font shows, what
//! is hidden, and formulas that were never computed; and a look at its sizes before calamine believes them. A cell may
//! stand for any number of cells and rows, and calamine keeps the whole rectangle around those that are filled; rows
//! beyond the last it leaves out without a word.
//!
//! Source: OpenDocument 1.3, part 3: styles in 16, fonts in 16.23, tables in 9.1.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::facts::{Facts, MOST_CELLS};
use super::refusals;
use super::xml::attribute;
use crate::model::{CellAt, Legacy, Refusal};
use crate::text;

/// Bytes of a part that are looked at; the package was judged before, so that this is a second wall.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The facts of every sheet of a file, in order; none where its content cannot be read to the end.
///
/// # Errors
/// A [`Refusal`] when the content is cut off, or cells stand outside the grid or too far apart.
pub fn facts(file: &str, bytes: &[u8]) -> Result<Vec<Facts>, Refusal> {
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(Vec::new()) };
    let mut document = Document::default();
    // Styles that have names of their own stand in a part before; without it, the cells tell most.
    let _ = document.read(&mut package, "styles.xml");
    let whole = document.read(&mut package, "content.xml");
    match document.outside.take() {
        Some(sheet) => Err(refusals::outside(file, &sheet)),
        // calamine would look for the end for ever.
        None if document.is_cut => Err(refusals::truncated(file)),
        None if document.span > MOST_CELLS => Err(refusals::scattered(file)),
        None => Ok(whole.map(|()| document.sheets).unwrap_or_default()),
    }
}

/// The style of cells that name none.
const DEFAULT: &str = "Default";

/// How far the document was read.
#[derive(Default)]
struct Document {
    sheets: Vec<Facts>,
    /// What the names of fonts stand for.
    faces: HashMap<String, Option<Legacy>>,
    /// The cell style that is being described, and the cell styles whose font is a legacy one.
    style: Option<String>,
    styles: HashMap<String, Legacy>,
    sheet: Facts,
    name: String,
    /// First and last rows, first and last columns around the filled cells of the sheet.
    around: Option<[(u32, u32); 2]>,
    /// Cells in the rectangles around the filled cells of all sheets.
    span: u64,
    /// Whether the part that was read last ends before its elements do.
    is_cut: bool,
    /// A sheet with a cell outside the grid.
    outside: Option<String>,
    /// Last column of each stretch of columns, with the style of its cells.
    columns: Vec<(u32, Option<String>)>,
    row: Row,
    /// The next row, and the next column of the row or of the list of columns.
    next: (u32, u32),
}

/// The row under way.
#[derive(Default)]
struct Row {
    /// The last row for which it stands.
    last: u32,
    /// The style of its cells.
    style: Option<String>,
}

impl Document {
    /// Reads a part; `None` where it is missing or damaged.
    fn read(&mut self, package: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<()> {
        let part = package.by_name(name).ok()?;
        let mut reader = Reader::from_reader(BufReader::new(part.take(MOST_BYTES)));
        let (mut buffer, mut depth) = (Vec::new(), 0_u64);
        loop {
            match reader.read_event_into(&mut buffer).ok()? {
                Event::Start(tag) => {
                    depth += 1;
                    self.start(&tag);
                }
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().as_ref());
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    self.end(tag.local_name().as_ref());
                }
                Event::Eof => {
                    self.is_cut = depth > 0;
                    return Some(());
                }
                _ => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "font-face" => {
                let family = attribute(tag, "font-family").unwrap_or_default();
                self.faces.insert(attribute(tag, "name").unwrap_or_default(), family_font(&family));
            }
            "style" if attribute(tag, "family").is_some_and(|family| family == "table-cell") => self.style(tag),
            "text-properties" => self.font(tag),
            "table" => self.name = attribute(tag, "name").unwrap_or_default(),
            "table-column" => {
                let (first, count) = (self.next.1, repeated(tag, "number-columns-repeated"));
                self.next.1 = first.saturating_add(count);
                self.columns.push((self.next.1 - 1, attribute(tag, "default-cell-style-name")));
                if is_hidden(tag) {
                    self.sheet.hide_columns(first, self.next.1 - 1);
                }
            }
            "table-row" => {
                let last = self.next.0.saturating_add(repeated(tag, "number-rows-repeated") - 1);
                self.row = Row { last, style: attribute(tag, "default-cell-style-name") };
                self.next.1 = 0;
                if is_hidden(tag) {
                    self.sheet.hide_rows(self.next.0, last);
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "style" => self.style = None,
            "table-row" => self.next = (self.row.last.saturating_add(1), 0),
            "table" => {
                self.sheets.push(std::mem::take(&mut self.sheet).ordered());
                let size = |(first, last): (u32, u32)| u64::from(last - first) + 1;
                self.span += self.around.take().map_or(0, |[rows, columns]| size(rows) * size(columns));
                self.columns.clear();
                self.next = (0, 0);
            }
            _ => {}
        }
    }

    /// A cell style begins with the font of the one that it is made from.
    fn style(&mut self, tag: &BytesStart<'_>) {
        let name = attribute(tag, "name").unwrap_or_default();
        let parent = attribute(tag, "parent-style-name").and_then(|parent| self.styles.get(&parent).copied());
        self.set_font(name.clone(), parent);
        self.style = Some(name);
    }

    /// The font of the cell style that is being described.
    fn font(&mut self, tag: &BytesStart<'_>) {
        let Some(style) = self.style.clone() else { return };
        if let Some(name) = attribute(tag, "font-name") {
            let legacy = self.faces.get(&name).copied().unwrap_or_else(|| text::font(&name));
            self.set_font(style, legacy);
        } else if let Some(family) = attribute(tag, "font-family") {
            self.set_font(style, family_font(&family));
        }
    }

    fn set_font(&mut self, style: String, legacy: Option<Legacy>) {
        match legacy {
            Some(legacy) => drop(self.styles.insert(style, legacy)),
            None => drop(self.styles.remove(&style)),
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        let (mut count, mut is_text, mut style) = (1, false, None);
        let (mut has_value, mut has_formula) = (false, false);
        // One pass: cells are nearly all of a document.
        for one in tag.attributes().with_checks(false).flatten() {
            match one.key.local_name().into_inner() {
                "number-columns-repeated" => count = one.value.parse().unwrap_or(1).max(1),
                // There are two of that name, and they say the same.
                "value-type" => (has_value, is_text) = (true, is_text || one.value == "string"),
                "formula" => has_formula = true,
                "style-name" => style = one.normalized_value(XmlVersion::Implicit1_0).ok(),
                _ => {}
            }
        }
        let first = self.next.1;
        self.next.1 = first.saturating_add(count);
        if !has_value && !has_formula {
            return;
        }
        // In a damaged document, a cell may stand outside a row.
        let (rows, last) = ((self.next.0, self.row.last.max(self.next.0)), self.next.1 - 1);
        if !self.is_within(rows, (first, last)) {
            return;
        }
        let (Ok(first), Ok(last)) = (u16::try_from(first), u16::try_from(last)) else { return };
        if !has_value {
            let cells = (rows.0..=rows.1).flat_map(|row| (first..=last).map(move |column| CellAt::new(row, column)));
            cells.for_each(|at| self.sheet.tell_uncomputed(at));
        }
        if !is_text || self.styles.is_empty() {
            return;
        }
        let style = style.as_deref().or(self.row.style.as_deref()).or_else(|| self.style_of_column(first.into()));
        if let Some(legacy) = self.styles.get(style.unwrap_or(DEFAULT)) {
            self.sheet.tell_font(rows, (first, last), *legacy);
        }
    }

    /// Takes note of where filled cells stand; whether they are in the grid and near enough to the others to be looked at.
    fn is_within(&mut self, rows: (u32, u32), columns: (u32, u32)) -> bool {
        if rows.1 > CellAt::LAST.row || columns.1 > u32::from(CellAt::LAST.column) {
            self.outside.get_or_insert_with(|| self.name.clone());
            return false;
        }
        let [all_rows, all_columns] = self.around.unwrap_or([rows, columns]);
        let widen = |all: (u32, u32), more: (u32, u32)| (all.0.min(more.0), all.1.max(more.1));
        let around = [widen(all_rows, rows), widen(all_columns, columns)];
        self.around = Some(around);
        let span: u64 = around.iter().map(|(first, last)| u64::from(last - first) + 1).product();
        self.span.saturating_add(span) <= MOST_CELLS
    }

    fn style_of_column(&self, column: u32) -> Option<&str> {
        let at = self.columns.partition_point(|(last, _)| *last < column);
        self.columns.get(at)?.1.as_deref()
    }
}

/// The legacy encoding of the first font of a list of families: `'VNI-Times', serif`.
fn family_font(families: &str) -> Option<Legacy> {
    text::font(families.split(',').next()?.trim().trim_matches(['\'', '"']))
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).filter(|count| *count > 0).unwrap_or(1)
}

//! A workbook kept in memory: what HTML and SpreadsheetML become, whose parts do not stand in reading order.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Cell, CellAt, Hidden, Legacy, Merged, Raw, Refusal, SheetSeen, Sink, Workbook};

/// A workbook in memory.
#[derive(Debug, Default)]
pub struct Held {
    seen: Vec<SheetSeen>,
    sheets: Vec<HeldSheet>,
    properties: HashMap<String, String>,
}

/// The cells of one sheet, in reading order.
#[derive(Debug, Default)]
pub struct HeldSheet {
    /// What is hidden among the cells.
    pub hidden: Hidden,
    /// Merged cells.
    pub merged: Vec<Merged>,
    texts: String,
    cells: Vec<(CellAt, Option<Legacy>, HeldRaw)>,
}

/// [`Raw`], with texts as places in one long text.
#[derive(Clone, Debug)]
enum HeldRaw {
    Text(Range<usize>),
    Other(Raw<'static>),
}

impl HeldSheet {
    /// Adds a cell; cells come row by row, left to right. An empty text is no cell.
    pub fn push(&mut self, at: CellAt, raw: Raw<'_>, font: Option<Legacy>) {
        let held = match raw {
            Raw::Text("") => return,
            Raw::Text(text) => {
                let start = self.texts.len();
                self.texts.push_str(text);
                HeldRaw::Text(start..self.texts.len())
            }
            Raw::Number(number) => HeldRaw::Other(Raw::Number(number)),
            Raw::Date(serial) => HeldRaw::Other(Raw::Date(serial)),
            Raw::Bool(truth) => HeldRaw::Other(Raw::Bool(truth)),
            Raw::Error(error) => HeldRaw::Other(Raw::Error(error)),
            Raw::Uncomputed => HeldRaw::Other(Raw::Uncomputed),
        };
        self.cells.push((at, font, held));
    }
}

impl Held {
    /// Adds a sheet.
    pub fn add(&mut self, seen: SheetSeen, sheet: HeldSheet) {
        self.seen.push(seen);
        self.sheets.push(sheet);
    }

    /// Sets a custom document property.
    pub fn set_property(&mut self, name: String, value: String) {
        self.properties.insert(name, value);
    }
}

impl Workbook for Held {
    fn sheets(&self) -> &[SheetSeen] {
        &self.seen
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let Some(sheet) = self.sheets.get(sheet) else { return Ok(Hidden::default()) };
        for (at, font, held) in &sheet.cells {
            let raw = match held {
                HeldRaw::Text(place) => Raw::Text(sheet.texts.get(place.clone()).unwrap_or_default()),
                HeldRaw::Other(raw) => *raw,
            };
            if sink(Cell { at: *at, raw, font: *font }).is_break() {
                break;
            }
        }
        Ok(sheet.hidden)
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        Ok(self.sheets.get(sheet).map(|sheet| sheet.merged.clone()).unwrap_or_default())
    }
}

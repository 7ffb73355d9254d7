//! A workbook kept in memory: what HTML and SpreadsheetML become, whose parts do not stand in reading order, and what a
//! worker sent.

use std::collections::HashMap;

use super::compact::Compact;
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
    cells: Compact,
}

impl HeldSheet {
    /// A sheet whose cells came as bytes; `None` where they are none.
    pub fn received(bytes: Vec<u8>, hidden: Hidden, merged: Vec<Merged>) -> Option<Self> {
        Some(Self { hidden, merged, cells: Compact::received(bytes)? })
    }

    /// Adds a cell; cells come row by row, left to right. An empty text is no cell.
    pub fn push(&mut self, at: CellAt, raw: Raw<'_>, font: Option<Legacy>) {
        self.cells.push(Cell { at, raw, font });
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
        sheet.cells.replay(sink);
        Ok(sheet.hidden)
    }

    fn weight(&self) -> Option<usize> {
        Some(self.sheets.iter().map(|sheet| sheet.cells.weight()).sum())
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        Ok(self.sheets.get(sheet).map(|sheet| sheet.merged.clone()).unwrap_or_default())
    }
}

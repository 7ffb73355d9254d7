//! `.xlsb`, the binary workbook: a reader of our own.
//!
//! calamine 0.38 passes over the short cell records that some writers use, over formulas that give an error and over
//! rich texts in place, each without a word. This reader takes every cell record or refuses the file.
//!
//! Sources: [MS-XLSB] for the records; for the short ones, which it leaves out, the notes of SheetJS on «XLSB short
//! records» (2021), whose program writes them.

mod cells;
mod parts;
mod records;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::refusals::{truncated, unreadable};
use crate::model::{Hidden, Legacy, Merged, Refusal, SheetSeen, Sink, Workbook};
use crate::texts;
use parts::Parts;

texts! {
    BAD_PART = "phần «{part}» bên trong tệp hỏng hoặc thiếu" / "the part \"{part}\" inside the file is damaged or missing";
    SAVE_XLSX = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
}

/// A part that cannot be read, by its name.
#[derive(Debug)]
struct BadPart(String);

/// What a style means for a cell.
#[derive(Clone, Copy, Debug, Default)]
struct Style {
    font: Option<Legacy>,
    is_date: bool,
}

/// An opened binary workbook. Sheets are inflated when they are read.
#[derive(Debug)]
pub struct Xlsb {
    file: String,
    parts: Parts,
    seen: Vec<SheetSeen>,
    /// The part of each sheet.
    sheets: Vec<String>,
    strings: Vec<String>,
    styles: Vec<Style>,
    epoch_1904: bool,
    properties: HashMap<String, String>,
}

impl Xlsb {
    /// The workbook in the bytes of a file.
    ///
    /// # Errors
    /// A [`Refusal`] when a part that every sheet needs is damaged or missing.
    pub fn open(file: &str, bytes: Vec<u8>) -> Result<Self, Refusal> {
        let Some(mut parts) = Parts::open(bytes) else { return Err(truncated(file)) };
        let read = || -> Result<Self, BadPart> {
            let relations = parts.relations()?;
            let book = parts.workbook(&relations)?;
            let (strings, styles, properties) = (parts.strings()?, parts.styles()?, parts.properties()?);
            let (seen, sheets) = book.sheets.into_iter().unzip();
            let file = file.to_owned();
            Ok(Self { file, parts, seen, sheets, strings, styles, epoch_1904: book.epoch_1904, properties })
        };
        read().map_err(|bad| refusal(file, &bad))
    }
}

impl Workbook for Xlsb {
    fn sheets(&self) -> &[SheetSeen] {
        &self.seen
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let Some(part) = self.sheets.get(sheet).cloned() else { return Ok(Hidden::default()) };
        let around = cells::Around { strings: &self.strings, styles: &self.styles, epoch_1904: self.epoch_1904 };
        let read = self.parts.needed(&part).and_then(|bytes| cells::read(&bytes, &around, sink).ok_or(BadPart(part)));
        read.map_err(|bad| refusal(&self.file, &bad))
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        let Some(part) = self.sheets.get(sheet).cloned() else { return Ok(Vec::new()) };
        let merged = self.parts.needed(&part).and_then(|bytes| cells::merged(&bytes).ok_or(BadPart(part)));
        merged.map_err(|bad| refusal(&self.file, &bad))
    }
}

fn refusal(file: &str, bad: &BadPart) -> Refusal {
    unreadable(file, BAD_PART.say().with("part", &bad.0), SAVE_XLSX.say())
}

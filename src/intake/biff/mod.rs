//! What a `.xls` workbook tells beside the values that calamine reads: the legacy encoding that a cell's font shows, and
//! what is hidden; and a look at its sizes before calamine believes them.
//!
//! Of Excel 97 to 2003 (BIFF8) and of Excel 5 and 95 (BIFF5), whose records differ in how texts are written. Of a stream
//! that is damaged, or of another version, nothing is told.
//!
//! calamine keeps the whole rectangle around the cells of every sheet, makes room for as many cells as a sheet says it has,
//! and reads a sheet as often as the list of sheets names it: a few bytes may ask for more memory than there is, which ends
//! the program. Such a file is refused here.
//!
//! Sources: [MS-XLS]; for BIFF5, «OpenOffice.org's Documentation of the Microsoft Excel File Format» (2008).

mod records;
mod sheet;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::compound;
use super::facts::{Facts, MOST_CELLS};
use super::refusals;
use crate::model::{Legacy, Refusal};
use crate::text;
use records::{Records, long, short};

/// The facts of every sheet of a file, in the order of the workbook's list of sheets.
///
/// # Errors
/// A [`Refusal`] when the workbook is encrypted, or of sizes that no reader can be asked to believe.
pub fn facts(file: &str, bytes: &[u8]) -> Result<Vec<Facts>, Refusal> {
    let stream = compound::stream(bytes, "workbook").or_else(|| compound::stream(bytes, "book")).unwrap_or_default();
    told(&stream).map_err(|fault| match fault {
        Fault::Encrypted => refusals::password(file),
        Fault::Scattered => refusals::scattered(file),
        Fault::Shared => refusals::shared(file),
        Fault::Cut => refusals::truncated(file),
    })
}

/// Why a workbook is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fault {
    Encrypted,
    /// The cells span more than a reader can hold.
    Scattered,
    /// The list of sheets leads to the same content again and again.
    Shared,
    /// A sheet does not reach its end.
    Cut,
}

/// All sheets together are no longer than the stream. A few places may be wrong, as those of modules in old files.
const MOST_TIMES: usize = 16;

/// Records ([MS-XLS] 2.3.2).
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const FONT: u16 = 0x0031;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;

/// The kind of a sheet of cells in a BOUND_SHEET record; others are charts, macros, modules.
const WORKSHEET: u8 = 0;

/// Versions in a BOF record.
const BIFF8: u16 = 0x0600;
const BIFF5: u16 = 0x0500;

fn told(stream: &[u8]) -> Result<Vec<Facts>, Fault> {
    let book = Book::read(stream)?;
    let (mut bytes, mut cells) = (stream.len().saturating_mul(MOST_TIMES), MOST_CELLS);
    let mut all = Vec::new();
    let mut starts = BTreeSet::new();
    for (start, kind) in book.sheets {
        let is_worksheet = kind == WORKSHEET;
        // Its rows would be counted twice.
        if is_worksheet && !starts.insert(start) {
            return Err(Fault::Shared);
        }
        let mut records = Records(stream.get(start..).unwrap_or_default());
        let before = records.0.len();
        let sheet = sheet::read(&mut records, &book.styles);
        bytes = bytes.checked_sub(before - records.0.len()).ok_or(Fault::Shared)?;
        if is_worksheet && !sheet.is_whole {
            return Err(Fault::Cut);
        }
        cells = cells.checked_sub(sheet.span).ok_or(Fault::Scattered)?;
        if sheet.announced > MOST_CELLS {
            return Err(Fault::Scattered);
        }
        all.push(sheet.facts);
    }
    Ok(all)
}

/// What stands before the sheets.
#[derive(Default)]
struct Book {
    /// Where each sheet begins in the stream, and of what kind it is.
    sheets: Vec<(usize, u8)>,
    /// The legacy encoding of each cell style.
    styles: Vec<Option<Legacy>>,
}

impl Book {
    fn read(stream: &[u8]) -> Result<Self, Fault> {
        let (mut book, mut version) = (Self::default(), 0);
        let (mut fonts, mut used) = (Vec::new(), Vec::new());
        let mut records = Records(stream);
        while let Some((kind, content)) = records.next().filter(|(kind, _)| *kind != EOF) {
            match kind {
                BOF => version = short(content, 0).unwrap_or_default(),
                FILE_PASS => return Err(Fault::Encrypted),
                FONT => fonts.push(font_name(version, content).and_then(|name| text::font(&name))),
                XF => used.push(short(content, 0).unwrap_or_default()),
                BOUND_SHEET => {
                    let start = long(content, 0).map(|start| start as usize);
                    book.sheets.extend(start.zip(content.get(5).copied()));
                }
                _ => {}
            }
        }
        // Font number 4 does not exist: those behind it count one too many.
        let font = |number: u16| usize::from(if number > 4 { number - 1 } else { number });
        book.styles = used.into_iter().map(|number| fonts.get(font(number)).copied().flatten()).collect();
        Ok(book)
    }
}

/// The name in a FONT record: its length and the letters, in BIFF8 with a mark between them whether they take two bytes.
fn font_name(version: u16, content: &[u8]) -> Option<String> {
    let length = usize::from(*content.get(14)?);
    let is_wide = match version {
        BIFF8 => content.get(15)? & 1 != 0,
        BIFF5 => false,
        _ => return None,
    };
    let letters = content.get(if version == BIFF8 { 16 } else { 15 }..)?;
    match is_wide {
        // Legacy fonts have names of plain letters, which are the same in every code page.
        false => Some(letters.get(..length)?.iter().copied().map(char::from).collect()),
        true => {
            let units = letters.get(..length * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
    }
}

//! What a `.xls` workbook (BIFF8, [MS-XLS]) tells beside the values that calamine reads: the legacy encoding that a cell's
//! font shows, and what is hidden.
//!
//! Of a stream that is damaged, or of an older version, nothing is known.

use std::collections::BTreeSet;

use super::compound;
use super::facts::{Facts, Used};
use crate::model::{CellAt, Hidden, Legacy};
use crate::text;

/// The facts of every sheet of a file, in the order of the workbook's list of sheets.
pub fn facts(bytes: &[u8]) -> Vec<Facts> {
    let stream = compound::stream(bytes, "workbook").unwrap_or_default();
    let Some(book) = Book::read(&stream) else { return Vec::new() };
    book.sheets.iter().map(|start| sheet(stream.get(*start..).unwrap_or_default(), &book.styles)).collect()
}

/// Records ([MS-XLS] 2.3.2).
const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FONT: u16 = 0x0031;
const XF: u16 = 0x00E0;
const BOUND_SHEET: u16 = 0x0085;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
/// Cells that can hold a text: LABELSST, LABEL, RSTRING, FORMULA.
const TEXTS: [u16; 4] = [0x00FD, 0x0204, 0x00D6, 0x0006];
/// Other cells: NUMBER, RK, MULRK (its first cell), BOOLERR.
const OTHERS: [u16; 4] = [0x0203, 0x027E, 0x00BD, 0x0205];

/// What stands before the sheets.
struct Book {
    /// Where each sheet begins in the stream.
    sheets: Vec<usize>,
    /// The legacy encoding of each cell style.
    styles: Vec<Option<Legacy>>,
}

impl Book {
    /// `None` for another version than BIFF8.
    fn read(stream: &[u8]) -> Option<Self> {
        let mut records = Records(stream);
        let (BOF, content) = records.next()? else { return None };
        if short(content, 0)? != 0x0600 {
            return None;
        }
        let (mut fonts, mut used, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        while let Some((kind, content)) = records.next().filter(|(kind, _)| *kind != EOF) {
            match kind {
                FONT => fonts.push(font_name(content).and_then(|name| text::font(&name))),
                XF => used.push(short(content, 0)?),
                BOUND_SHEET => sheets.push(long(content, 0)? as usize),
                _ => {}
            }
        }
        // Font number 4 does not exist: those behind it count one too many.
        let font = |number: u16| usize::from(if number > 4 { number - 1 } else { number });
        let styles = used.into_iter().map(|number| fonts.get(font(number)).copied().flatten()).collect();
        Some(Self { sheets, styles })
    }
}

/// The facts of the sheet whose records these are, as far as they go.
fn sheet(stream: &[u8], styles: &[Option<Legacy>]) -> Facts {
    let (mut fonts, mut hidden) = (Vec::new(), Hidden::default());
    let mut hidden_rows = BTreeSet::new();
    let mut hidden_columns: Vec<(u16, u16)> = Vec::new();
    let mut used = Used::default();
    let mut depth = 0_u32;
    let mut records = Records(stream);
    while let Some((kind, content)) = records.next() {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => break,
            EOF => depth -= 1,
            // A chart on the sheet has records of its own.
            _ if depth > 1 => {}
            ROW if short(content, 12).is_some_and(|flags| flags & 0x20 != 0) => hidden_rows.extend(short(content, 0)),
            COLUMNS if short(content, 8).is_some_and(|flags| flags & 1 != 0) => {
                hidden_columns.extend(short(content, 0).zip(short(content, 2)));
            }
            kind if TEXTS.contains(&kind) || OTHERS.contains(&kind) => {
                let (Some(row), Some(column)) = (short(content, 0), short(content, 2)) else { continue };
                hidden.rows += u32::from(hidden_rows.remove(&row));
                used.see(column);
                let style = short(content, 4).and_then(|style| styles.get(usize::from(style)));
                if let (Some(Some(legacy)), true) = (style, TEXTS.contains(&kind)) {
                    fonts.push((CellAt::new(u32::from(row), column), *legacy));
                }
            }
            _ => {}
        }
    }
    hidden.columns = used.hidden(&hidden_columns);
    Facts::new(fonts, hidden)
}

/// The name of a FONT record: its length in letters, whether they take two bytes, the letters.
fn font_name(content: &[u8]) -> Option<String> {
    let length = usize::from(*content.get(14)?);
    let letters = content.get(16..)?;
    match content.get(15)? & 1 {
        0 => Some(letters.get(..length)?.iter().map(|byte| char::from(*byte)).collect()),
        _ => {
            let units = letters.get(..length * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
    }
}

/// The records of a stream: number, length, content.
struct Records<'a>(&'a [u8]);

impl<'a> Records<'a> {
    fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let content = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((kind, content))
    }
}

fn short(content: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?))
}

fn long(content: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(content.get(at..at + 4)?.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap_or(0);
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    }

    fn font(name: &str) -> Vec<u8> {
        let mut content = vec![0; 14];
        content.extend([u8::try_from(name.len()).unwrap_or(0), 0]);
        content.extend(name.bytes());
        record(FONT, &content)
    }

    fn words(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// A workbook of six fonts, of which the last is `.VnTimeH`, and one sheet.
    fn stream() -> Vec<u8> {
        let fonts = ["Arial", "Arial", "Arial", "Arial", ".VnTime", ".VnTimeH"].map(font).concat();
        let styles = [0, 5, 6].map(|number| record(XF, &words(&[number, 0]))).concat();
        let before = [record(BOF, &words(&[0x0600, 5])), fonts, styles].concat();
        let start = before.len() + record(BOUND_SHEET, &[0; 8]).len() + record(EOF, &[]).len();
        let start = u32::try_from(start).unwrap_or(0).to_le_bytes();
        let bound = record(BOUND_SHEET, &[&start[..], &[0; 4]].concat());
        let sheet = [
            record(BOF, &words(&[0x0600, 0x10])),
            record(COLUMNS, &words(&[1, 2, 0, 0, 1, 0])),
            record(ROW, &words(&[3, 0, 0, 0, 0, 0, 0x20, 0])),
            record(ROW, &words(&[9, 0, 0, 0, 0, 0, 0x20, 0])),
            record(0x00FD, &words(&[2, 0, 0, 0, 0])),
            record(0x00FD, &words(&[3, 0, 1, 0, 0])),
            record(0x0204, &words(&[3, 1, 2, 0])),
            record(0x0203, &words(&[3, 2, 2, 0, 0, 0, 0])),
            record(EOF, &[]),
        ];
        [before, bound, record(EOF, &[]), sheet.concat()].concat()
    }

    fn read(stream: &[u8]) -> Option<Facts> {
        let book = Book::read(stream)?;
        Some(sheet(stream.get(*book.sheets.first()?..)?, &book.styles))
    }

    #[test]
    fn fonts_and_what_is_hidden_are_told() {
        let facts = read(&stream()).unwrap_or_default();
        assert_eq!(facts.font(CellAt::new(2, 0)), None);
        assert_eq!(facts.font(CellAt::new(3, 0)), Some(Legacy::Tcvn3));
        assert_eq!(facts.font(CellAt::new(3, 1)), Some(Legacy::Tcvn3Capitals));
        assert_eq!(facts.font(CellAt::new(3, 2)), None);
        assert_eq!(facts.hidden, Hidden { rows: 1, columns: 2 });
    }

    proptest! {
        #[test]
        fn no_damage_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in 0..400usize) {
            let mut stream = stream();
            for (at, byte) in changes {
                let at = at.index(stream.len());
                stream[at] = byte;
            }
            stream.truncate(stream.len().saturating_sub(cut));
            let _ = read(&stream);
        }
    }
}

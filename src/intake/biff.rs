//! What a `.xls` workbook tells beside the values that calamine reads: the legacy encoding that a cell's font shows, and
//! what is hidden.
//!
//! Of Excel 97 to 2003 (BIFF8) and of Excel 5 and 95 (BIFF5), whose records differ in how texts are written. Of a stream
//! that is damaged, or of another version, nothing is known.
//!
//! Sources: [MS-XLS]; for BIFF5, «OpenOffice.org's Documentation of the Microsoft Excel File Format» (2008).

use super::compound;
use super::facts::Facts;
use crate::model::Legacy;
use crate::text;

/// The facts of every sheet of a file, in the order of the workbook's list of sheets.
pub fn facts(bytes: &[u8]) -> Vec<Facts> {
    let stream = compound::stream(bytes, "workbook").or_else(|| compound::stream(bytes, "book")).unwrap_or_default();
    Book::read(&stream).map(|book| book.sheets(&stream)).unwrap_or_default()
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

/// Versions in a BOF record.
const BIFF8: u16 = 0x0600;
const BIFF5: u16 = 0x0500;

/// What stands before the sheets.
struct Book {
    /// Where each sheet begins in the stream.
    sheets: Vec<usize>,
    /// The legacy encoding of each cell style.
    styles: Vec<Option<Legacy>>,
}

impl Book {
    /// `None` for a version that is not known.
    fn read(stream: &[u8]) -> Option<Self> {
        let mut records = Records(stream);
        let (BOF, content) = records.next()? else { return None };
        let version = short(content, 0)?;
        let name = match version {
            BIFF8 => name,
            BIFF5 => name_of_bytes,
            _ => return None,
        };
        let (mut fonts, mut used, mut sheets) = (Vec::new(), Vec::new(), Vec::new());
        while let Some((kind, content)) = records.next().filter(|(kind, _)| *kind != EOF) {
            match kind {
                FONT => fonts.push(name(content).and_then(|name| text::font(&name))),
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

    /// The facts of all sheets, as far as their records go.
    fn sheets(&self, stream: &[u8]) -> Vec<Facts> {
        // Sheets stand one behind the other. A file that leads to the same one again and again is not followed.
        let mut left = stream.len();
        let sheet = |start: &usize| {
            let rest = stream.get(*start..)?;
            let before = rest.len().min(left);
            let mut records = Records(&rest[..before]);
            let facts = self.sheet(&mut records);
            left -= before - records.0.len();
            facts
        };
        self.sheets.iter().map(sheet).map(Option::unwrap_or_default).collect()
    }

    /// The facts of the sheet whose records these are.
    fn sheet(&self, records: &mut Records<'_>) -> Option<Facts> {
        let (BOF, _) = records.next()? else { return None };
        let (mut facts, mut inner) = (Facts::default(), 0_u32);
        while let Some((kind, content)) = records.next() {
            match kind {
                BOF => inner += 1,
                EOF if inner == 0 => break,
                EOF => inner -= 1,
                // A chart on the sheet has records of its own.
                _ if inner > 0 => {}
                ROW if is_set(content, 12, 0x20) => {
                    let row = u32::from(short(content, 0)?);
                    facts.hide_rows(row, row);
                }
                COLUMNS if is_set(content, 8, 0x01) => {
                    facts.hide_columns(u32::from(short(content, 0)?), u32::from(short(content, 2)?));
                }
                kind if TEXTS.contains(&kind) => {
                    let (row, column, style) = (short(content, 0)?, short(content, 2)?, short(content, 4)?);
                    if let Some(Some(legacy)) = self.styles.get(usize::from(style)) {
                        facts.tell_font((u32::from(row), u32::from(row)), (column, column), *legacy);
                    }
                }
                _ => {}
            }
        }
        Some(facts.ordered())
    }
}

/// The name in a FONT record of BIFF8: its length in letters, whether they take two bytes, the letters.
fn name(content: &[u8]) -> Option<String> {
    let length = usize::from(*content.get(14)?);
    let letters = content.get(16..)?;
    match content.get(15)? & 1 {
        0 => Some(latin(letters.get(..length)?)),
        _ => {
            let units = letters.get(..length * 2)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
            Some(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
    }
}

/// The name in a FONT record of BIFF5: its length in bytes, the bytes of some code page.
fn name_of_bytes(content: &[u8]) -> Option<String> {
    let length = usize::from(*content.get(14)?);
    Some(latin(content.get(15..)?.get(..length)?))
}

/// The legacy fonts have names of plain letters, which are the same in every code page.
fn latin(bytes: &[u8]) -> String {
    bytes.iter().copied().map(char::from).collect()
}

fn is_set(content: &[u8], at: usize, flag: u16) -> bool {
    short(content, at).is_some_and(|flags| flags & flag != 0)
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
#[allow(clippy::panic)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::intake::facts::Counting;
    use crate::model::{CellAt, Hidden};

    fn record(kind: u16, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len()).unwrap_or(0);
        [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
    }

    /// A font record; `marks` stand between the length of the name and the name.
    fn font(name: &str, marks: &[u8]) -> Vec<u8> {
        let length = u8::try_from(name.len()).unwrap_or(0);
        record(FONT, &[&[0; 14][..], &[length], marks, name.as_bytes()].concat())
    }

    fn words(numbers: &[u16]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    /// A workbook of six fonts, of which the last is `.VnTimeH`, and one sheet to which its list leads some times.
    fn stream(version: u16, leads: usize) -> Vec<u8> {
        let marks: &[u8] = if version == BIFF8 { &[0] } else { &[] };
        let fonts = ["Arial", "Arial", "Arial", "Arial", ".VnTime", ".VnTimeH"];
        let fonts = fonts.map(|name| font(name, marks)).concat();
        let styles = [0, 5, 6].map(|number| record(XF, &words(&[number, 0]))).concat();
        let before = [record(BOF, &words(&[version, 5])), fonts, styles].concat();
        let start = before.len() + leads * record(BOUND_SHEET, &[0; 8]).len() + record(EOF, &[]).len();
        let start = u32::try_from(start).unwrap_or(0).to_le_bytes();
        let bound = record(BOUND_SHEET, &[&start[..], &[0; 4]].concat()).repeat(leads);
        let sheet = [
            record(BOF, &words(&[version, 0x10])),
            record(COLUMNS, &words(&[1, 2, 0, 0, 1, 0])),
            record(ROW, &words(&[3, 0, 0, 0, 0, 0, 0x20, 0])),
            record(0x00FD, &words(&[2, 0, 0, 0, 0])),
            record(0x00FD, &words(&[3, 0, 1, 0, 0])),
            // A chart with a cell of its own.
            record(BOF, &words(&[version, 0x20])),
            record(0x0204, &words(&[3, 4, 2, 0])),
            record(EOF, &[]),
            record(0x0204, &words(&[3, 1, 2, 0])),
            record(0x0203, &words(&[3, 2, 2, 0, 0, 0, 0])),
            record(EOF, &[]),
            record(0x0204, &words(&[3, 3, 2, 0])),
        ];
        [before, bound, record(EOF, &[]), sheet.concat()].concat()
    }

    fn read(stream: &[u8]) -> Vec<Facts> {
        Book::read(stream).map(|book| book.sheets(stream)).unwrap_or_default()
    }

    #[test]
    fn fonts_and_what_is_hidden_are_told() {
        for version in [BIFF8, BIFF5] {
            let all = read(&stream(version, 1));
            let [facts] = &all[..] else { panic!("{version}: {all:?}") };
            let fonts = (0..5).map(|column| facts.font(CellAt::new(3, column)));
            let expected = [Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals), None, None, None];
            assert_eq!(fonts.collect::<Vec<_>>(), expected, "{version}");
            assert_eq!(facts.font(CellAt::new(2, 0)), None);
            let mut counting = Counting::new(facts);
            (0..3).for_each(|column| counting.see(CellAt::new(3, column)));
            assert_eq!(counting.hidden(), Hidden { rows: 1, columns: 2 });
        }
    }

    #[test]
    fn an_older_version_tells_nothing() {
        assert!(read(&stream(0x0400, 1)).is_empty());
    }

    #[test]
    fn a_sheet_is_not_read_again_and_again() {
        let all = read(&stream(BIFF8, 1000));
        assert_eq!(all.len(), 1000);
        let read = all.iter().filter(|facts| facts.font(CellAt::new(3, 0)).is_some()).count();
        assert!((1..200).contains(&read), "{read}");
    }

    proptest! {
        #[test]
        fn no_damage_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in 0..400usize) {
            let mut stream = stream(BIFF8, 2);
            for (at, byte) in changes {
                let at = at.index(stream.len());
                stream[at] = byte;
            }
            stream.truncate(stream.len().saturating_sub(cut));
            let _ = read(&stream);
        }
    }
}

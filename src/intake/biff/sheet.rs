//! The records of a sheet.

use super::records::{Records, long, short};
use super::{BOF, EOF};
use crate::intake::facts::Facts;
use crate::model::Legacy;

/// Records ([MS-XLS] 2.3.2).
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const COLUMNS: u16 = 0x007D;
/// Many numbers in one record, which ends with their last column.
const NUMBERS: u16 = 0x00BD;
/// Cells that can hold a text: LABELSST, LABEL, RSTRING, FORMULA.
const TEXTS: [u16; 4] = [0x00FD, 0x0204, 0x00D6, 0x0006];
/// Other cells: NUMBER, RK, BOOLERR.
const OTHERS: [u16; 3] = [0x0203, 0x027E, 0x0205];

/// What the records of a sheet tell.
#[derive(Debug, Default)]
pub struct Sheet {
    /// What they tell of its cells.
    pub facts: Facts,
    /// Cells in the rectangle around its cells.
    pub span: u64,
    /// Cells in the rectangle that it says it has.
    pub announced: u64,
    /// Whether the records go on to its end.
    pub is_whole: bool,
}

/// Reads the records of a sheet as far as they go.
pub fn read(records: &mut Records<'_>, styles: &[Option<Legacy>]) -> Sheet {
    let mut reading = Reading { styles, facts: Facts::default(), around: None, announced: 0 };
    let (mut depth, mut is_whole) = (0_u32, false);
    while let Some((kind, content)) = records.next() {
        match kind {
            BOF => depth += 1,
            EOF if depth <= 1 => {
                is_whole = true;
                break;
            }
            EOF => depth -= 1,
            // A chart on the sheet has records of its own.
            _ if depth > 1 => {}
            // A record that is too short tells nothing.
            _ => drop(reading.record(kind, content)),
        }
    }
    let span = reading.around.map_or(0, |(rows, columns)| size(rows) * size(columns));
    Sheet { facts: reading.facts.ordered(), span, announced: reading.announced, is_whole }
}

/// Rows or columns, first and last.
type Stretch = (u16, u16);

struct Reading<'a> {
    styles: &'a [Option<Legacy>],
    facts: Facts,
    /// The rows and columns with a cell.
    around: Option<(Stretch, Stretch)>,
    announced: u64,
}

impl Reading<'_> {
    fn record(&mut self, kind: u16, content: &[u8]) -> Option<()> {
        match kind {
            ROW if short(content, 12)? & 0x20 != 0 => {
                let row = u32::from(short(content, 0)?);
                self.facts.hide_rows(row, row);
            }
            COLUMNS if short(content, 8)? & 0x01 != 0 => {
                self.facts.hide_columns(u32::from(short(content, 0)?), u32::from(short(content, 2)?));
            }
            DIMENSIONS => self.announced = self.announced.max(announced(content)?),
            NUMBERS => self.cells(content, short(content, content.len().checked_sub(2)?)?)?,
            kind if TEXTS.contains(&kind) => {
                let column = short(content, 2)?;
                self.cells(content, column)?;
                if let Some(Some(legacy)) = self.styles.get(usize::from(short(content, 4)?)) {
                    let row = u32::from(short(content, 0)?);
                    self.facts.tell_font((row, row), (column, column), *legacy);
                }
            }
            kind if OTHERS.contains(&kind) => self.cells(content, short(content, 2)?)?,
            _ => {}
        }
        Some(())
    }

    /// Takes note of the cells of a record, up to a column.
    fn cells(&mut self, content: &[u8], last: u16) -> Option<()> {
        let (row, first) = (short(content, 0)?, short(content, 2)?);
        let (rows, columns) = self.around.unwrap_or(((row, row), (first, last)));
        let widen = |stretch: Stretch, first: u16, last: u16| (stretch.0.min(first), stretch.1.max(last));
        self.around = Some((widen(rows, row, row), widen(columns, first, last)));
        Some(())
    }
}

fn size((first, last): Stretch) -> u64 {
    (u64::from(last) + 1).saturating_sub(u64::from(first))
}

/// The cells that a DIMENSIONS record announces: rows and columns, each from the first to behind the last; in BIFF5 rows
/// have two bytes.
fn announced(content: &[u8]) -> Option<u64> {
    let (rows, columns) = match content.len() {
        10 => ((u32::from(short(content, 0)?), u32::from(short(content, 2)?)), 4),
        _ => ((long(content, 0)?, long(content, 4)?), 8),
    };
    let (first, behind) = (short(content, columns)?, short(content, columns + 2)?);
    // calamine takes a first column that none can be for the first of all.
    let width = behind.checked_sub(first).filter(|_| first <= 0xFF).unwrap_or(behind);
    Some(u64::from(rows.1.saturating_sub(rows.0)) * u64::from(width))
}

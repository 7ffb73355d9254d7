//! The cells of a sheet part.

use super::Style;
use super::records::{Records, double, long, short, text};
use crate::intake::literal;
use crate::model::{Cell, CellAt, Hidden, Merged, Raw, Sink};

/// What cells refer to.
pub struct Around<'a> {
    /// Shared strings.
    pub strings: &'a [String],
    /// Cell styles.
    pub styles: &'a [Style],
    /// Whether days count from 1904.
    pub epoch_1904: bool,
}

/// Records of a sheet ([MS-XLSB] 2.3.2).
const ROW: u16 = 0x00;
const RICH_TEXT: u16 = 0x3E;
const COLUMNS: u16 = 0x3C;
const END: u16 = 0x92;
/// Cells with their column, and cells that follow the one before them.
const WHOLE_CELLS: std::ops::RangeInclusive<u16> = 0x01..=0x0B;
const SHORT_CELLS: std::ops::RangeInclusive<u16> = 0x0C..=0x12;

/// Rows and columns of a sheet (Excel's limits).
const LAST_ROW: u32 = 1_048_575;
const LAST_COLUMN: u32 = 16_383;
/// Days from the beginning of the 1900 calendar to that of 1904.
const SHIFT_1904: f64 = 1462.0;

/// Merged cells, listed behind the rows.
const MERGED: u16 = 0xB0;

/// The merged cells of a part; `None` where the part is damaged.
pub fn merged(part: &[u8]) -> Option<Vec<Merged>> {
    let mut records = Records(part);
    let mut merged = Vec::new();
    while !records.0.is_empty() {
        let (kind, content) = records.next()?;
        if kind == MERGED {
            let corner = |row: usize, column: usize| {
                Some(CellAt::new(long(content, row)?, u16::try_from(long(content, column)?).ok()?))
            };
            merged.push(Merged { first: corner(0, 8)?, last: corner(4, 12)? });
        }
    }
    Some(merged)
}

/// Gives the cells of a part to the sink; `None` where the part is damaged.
pub fn read(part: &[u8], around: &Around<'_>, sink: &mut Sink<'_>) -> Option<Hidden> {
    let mut records = Records(part);
    let mut hidden = Hidden::default();
    let mut hidden_columns = Vec::new();
    let mut row: Option<u32> = None;
    let (mut row_hidden, mut next, mut used) = (false, 0, 0);
    loop {
        let (kind, content) = records.next()?;
        let (kind, column, head) = match kind {
            COLUMNS => {
                if short(content, 16)? & 1 != 0 {
                    hidden_columns.push((long(content, 0)?, long(content, 4)?.saturating_add(1)));
                }
                continue;
            }
            ROW => {
                let seen = long(content, 0).filter(|seen| *seen <= LAST_ROW && row.is_none_or(|row| row < *seen))?;
                (row, next) = (Some(seen), 0);
                row_hidden = content.get(11)? & 0x10 != 0;
                continue;
            }
            END => break,
            kind if WHOLE_CELLS.contains(&kind) || kind == RICH_TEXT => (kind, long(content, 0)?, 4),
            kind if SHORT_CELLS.contains(&kind) => (kind - 0x0B, next, 0),
            _ => continue,
        };
        if column < next || column > LAST_COLUMN {
            return None;
        }
        next = column + 1;
        let mut owned = String::new();
        let style = around.styles.get((long(content, head)? & 0x00FF_FFFF) as usize).copied().unwrap_or_default();
        let Some(raw) = value(kind, content, head + 4, around, &mut owned)? else { continue };
        let raw = match raw {
            Raw::Number(serial) if style.is_date && around.epoch_1904 => Raw::Date(serial + SHIFT_1904),
            Raw::Number(serial) if style.is_date => Raw::Date(serial),
            raw => raw,
        };
        hidden.rows += u32::from(std::mem::take(&mut row_hidden));
        used = used.max(next);
        let at = CellAt::new(row?, u16::try_from(column).ok()?);
        if sink(Cell { at, raw, font: style.font }).is_break() {
            break;
        }
    }
    hidden.columns = hidden_columns.iter().map(|(start, end)| used.min(*end).saturating_sub(*start)).sum();
    Some(hidden)
}

/// The value of a cell record whose value stands at an offset; `Some(None)` for a blank cell.
fn value<'a>(
    kind: u16,
    content: &[u8],
    at: usize,
    around: &Around<'a>,
    owned: &'a mut String,
) -> Option<Option<Raw<'a>>> {
    Some(
        match kind {
            0x02 => Some(Raw::Number(packed(long(content, at)?))),
            0x03 | 0x0B => Some(Raw::Error(literal::error_of_code(*content.get(at)?))),
            0x04 | 0x0A => Some(Raw::Bool(*content.get(at)? != 0)),
            0x05 | 0x09 => Some(number(double(content, at)?)),
            0x06 | 0x08 | RICH_TEXT => {
                // A rich text has a byte of flags before it.
                (*owned, _) = text(content, at + usize::from(kind == RICH_TEXT))?;
                Some(Raw::Text(owned))
            }
            0x07 => Some(Raw::Text(around.strings.get(long(content, at)? as usize)?)),
            _ => None,
        }
        .filter(|raw| *raw != Raw::Text("")),
    )
}

/// A number that no calculation gives is an error.
fn number(number: f64) -> Raw<'static> {
    if number.is_finite() { Raw::Number(number) } else { Raw::Error("#NUM!") }
}

/// A number in four bytes (RkNumber, [MS-XLSB] 2.5.123): an integer or the upper half of a float, perhaps in hundredths.
fn packed(bits: u32) -> f64 {
    let value = match bits & 2 {
        0 => f64::from_bits(u64::from(bits & !3) << 32),
        _ => f64::from((bits as i32) >> 2),
    };
    if bits & 1 == 0 { value } else { value / 100.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn merged_cells_are_read_and_damage_is_seen() {
        let mut part = vec![0xB0, 0x01, 16];
        for number in [4u32, 8, 1, 1] {
            part.extend(number.to_le_bytes());
        }
        let range = Merged { first: CellAt::new(4, 1), last: CellAt::new(8, 1) };
        assert_eq!(merged(&part), Some(vec![range]));
        assert_eq!(merged(&part[..12]), None);
    }
}

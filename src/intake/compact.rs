//! The cells of a sheet as bytes: one form for what is kept in memory and for what a worker sends.
//!
//! A cell is a head, its row where it begins one, its column, its value. The head holds the kind of the value (3 bits), the
//! font (2 bits), whether a row begins (1 bit). Whole numbers have 7 bits a byte, the lowest first; others 8 bytes.

use std::ops::ControlFlow;

use super::literal;
use crate::model::{Cell, CellAt, Legacy, Raw, Sink};

const TEXT: u8 = 0;
const NUMBER: u8 = 1;
const DATE: u8 = 2;
const TRUE: u8 = 3;
const FALSE: u8 = 4;
const ERROR: u8 = 5;
const UNCOMPUTED: u8 = 6;

const KIND: u8 = 0b0000_0111;
const ROW: u8 = 0b0010_0000;
/// Where the font stands in a head.
const FONT_SHIFT: u32 = 3;

/// Fonts in the order of their numbers; none has number 0.
const FONTS: [Option<Legacy>; 4] = [None, Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals), Some(Legacy::Vni)];

/// Writes cells, which come row by row.
#[derive(Clone, Debug, Default)]
pub struct Compact {
    bytes: Vec<u8>,
    row: Option<u32>,
}

impl Compact {
    /// Cells that came as bytes; `None` where the bytes are none.
    pub fn received(bytes: Vec<u8>) -> Option<Self> {
        replay(&bytes, &mut |_| ControlFlow::Continue(()))?;
        Some(Self { bytes, row: None })
    }

    /// The bytes that they hold in memory.
    pub fn weight(&self) -> usize {
        self.bytes.capacity()
    }

    /// Adds a cell; an empty text is no cell.
    pub fn push(&mut self, cell: Cell<'_>) {
        let kind = match cell.raw {
            Raw::Text("") => return,
            Raw::Text(_) => TEXT,
            Raw::Number(_) => NUMBER,
            Raw::Date(_) => DATE,
            Raw::Bool(true) => TRUE,
            Raw::Bool(false) => FALSE,
            Raw::Error(_) => ERROR,
            Raw::Uncomputed => UNCOMPUTED,
        };
        let begins = self.row.replace(cell.at.row) != Some(cell.at.row);
        self.bytes.push(kind | font_number(cell.font) << FONT_SHIFT | if begins { ROW } else { 0 });
        if begins {
            self.whole(u64::from(cell.at.row));
        }
        self.whole(u64::from(cell.at.column));
        match cell.raw {
            Raw::Text(text) => {
                self.whole(text.len() as u64);
                self.bytes.extend_from_slice(text.as_bytes());
            }
            Raw::Number(number) | Raw::Date(number) => self.bytes.extend_from_slice(&number.to_le_bytes()),
            Raw::Error(error) => self.bytes.push(literal::error_number(error)),
            Raw::Bool(_) | Raw::Uncomputed => {}
        }
    }

    /// Gives the cells to `sink` until it breaks off.
    pub fn replay(&self, sink: &mut Sink<'_>) {
        // They are cells to their end: we wrote them, or looked at them when they came.
        let _ = replay(&self.bytes, sink);
    }

    /// The bytes so far.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Forgets the bytes so far; the cells go on where they were.
    pub fn clear(&mut self) {
        self.bytes.clear();
    }

    fn whole(&mut self, mut number: u64) {
        while number > 0x7F {
            self.bytes.push((number & 0x7F) as u8 | 0x80);
            number >>= 7;
        }
        self.bytes.push(number as u8);
    }
}

/// Gives the cells to `sink` until it breaks off; `None` where the bytes are no cells.
fn replay(bytes: &[u8], sink: &mut Sink<'_>) -> Option<()> {
    let mut rest = Rest(bytes);
    let mut row = None;
    while !rest.0.is_empty() {
        let [head] = rest.take()?;
        if head & ROW != 0 {
            row = Some(u32::try_from(rest.whole()?).ok()?);
        }
        let at = CellAt::new(row?, u16::try_from(rest.whole()?).ok()?);
        let font = *FONTS.get(usize::from(head >> FONT_SHIFT & 0b11))?;
        let raw = rest.raw(head & KIND)?;
        if sink(Cell { at, raw, font }).is_break() {
            break;
        }
    }
    Some(())
}

/// The bytes that are left.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }

    fn whole(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.take()?;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn raw(&mut self, kind: u8) -> Option<Raw<'a>> {
        Some(match kind {
            TEXT => {
                let length = usize::try_from(self.whole()?).ok()?;
                let (text, rest) = self.0.split_at_checked(length)?;
                self.0 = rest;
                Raw::Text(std::str::from_utf8(text).ok()?)
            }
            NUMBER => Raw::Number(f64::from_le_bytes(self.take()?)),
            DATE => Raw::Date(f64::from_le_bytes(self.take()?)),
            TRUE => Raw::Bool(true),
            FALSE => Raw::Bool(false),
            ERROR => {
                let [number] = self.take()?;
                Raw::Error(literal::error_of_number(number)?)
            }
            UNCOMPUTED => Raw::Uncomputed,
            _ => return None,
        })
    }
}

fn font_number(font: Option<Legacy>) -> u8 {
    FONTS.iter().zip(0..).find(|(known, _)| **known == font).map_or(0, |(_, number)| number)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A value that owns its text.
    #[derive(Clone, Debug)]
    enum Value {
        Text(String),
        Other(Raw<'static>),
    }

    impl Value {
        fn raw(&self) -> Raw<'_> {
            match self {
                Self::Text(text) => Raw::Text(text),
                Self::Other(raw) => *raw,
            }
        }
    }

    fn value() -> impl Strategy<Value = Value> {
        prop_oneof![
            ".{1,200}".prop_map(Value::Text),
            any::<f64>().prop_filter("NaN equals nothing", |number| !number.is_nan()).prop_flat_map(|number| {
                prop_oneof![Just(Value::Other(Raw::Number(number))), Just(Value::Other(Raw::Date(number)))]
            }),
            any::<bool>().prop_map(|truth| Value::Other(Raw::Bool(truth))),
            (0..19u8).prop_map(|number| Value::Other(Raw::Error(literal::error_of_number(number).unwrap()))),
            Just(Value::Other(Raw::Uncomputed)),
        ]
    }

    fn read(bytes: &[u8]) -> Option<Vec<(CellAt, Value, Option<Legacy>)>> {
        let mut cells = Vec::new();
        replay(bytes, &mut |cell| {
            let value = match cell.raw {
                Raw::Text(text) => Value::Text(text.to_owned()),
                Raw::Number(number) => Value::Other(Raw::Number(number)),
                Raw::Date(serial) => Value::Other(Raw::Date(serial)),
                Raw::Bool(truth) => Value::Other(Raw::Bool(truth)),
                Raw::Error(error) => Value::Other(Raw::Error(error)),
                Raw::Uncomputed => Value::Other(Raw::Uncomputed),
            };
            cells.push((cell.at, value, cell.font));
            ControlFlow::Continue(())
        })?;
        Some(cells)
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(
            cells in prop::collection::vec((0..1_048_576u32, 0..=u16::MAX, value(), prop::sample::select(&FONTS[..])), 0..30),
            cut: prop::sample::Index,
        ) {
            let mut compact = Compact::default();
            let mut sent = Vec::new();
            for (position, (row, column, value, font)) in cells.iter().enumerate() {
                compact.push(Cell { at: CellAt::new(*row, *column), raw: value.raw(), font: *font });
                // Pieces put together are the whole.
                if position == cut.index(cells.len()) {
                    sent.extend_from_slice(compact.bytes());
                    compact.clear();
                }
            }
            sent.extend_from_slice(compact.bytes());
            let read = read(&sent).unwrap();
            prop_assert_eq!(read.len(), cells.len());
            for ((row, column, value, font), (at, seen, seen_font)) in cells.iter().zip(&read) {
                prop_assert_eq!(*at, CellAt::new(*row, *column));
                prop_assert_eq!((seen.raw(), *seen_font), (value.raw(), *font));
            }
            prop_assert!(Compact::received(sent).is_some());
        }

        #[test]
        fn no_bytes_panic(bytes: Vec<u8>) {
            let _ = Compact::received(bytes);
        }
    }

    #[test]
    fn what_is_cut_is_not_sound() {
        let mut compact = Compact::default();
        compact.push(Cell { at: CellAt::new(300, 3), raw: Raw::Text("Văn Lãng"), font: Some(Legacy::Vni) });
        let bytes = compact.bytes();
        for length in 1..bytes.len() {
            assert!(Compact::received(bytes[..length].to_vec()).is_none(), "{length}");
        }
    }
}

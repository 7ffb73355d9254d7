//! What a cell says: legacy encodings decoded.

use std::borrow::Cow;
use std::ops::ControlFlow;

use crate::model::{Cell, Legacy, Raw, Refusal, Workbook};
use crate::text::{self, Evidence};

/// What the first rows of a sheet tell about the encoding of its texts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Prior {
    /// The encoding of texts whose font tells none.
    legacy: Option<Legacy>,
    /// Texts in legacy fonts are Unicode: the fonts are left over from an old workbook and tell nothing.
    fonts_are_left_over: bool,
}

/// The texts of a sheet, by whether their fonts are of a legacy encoding.
#[derive(Debug, Default)]
pub struct Seen {
    in_plain_fonts: Evidence,
    in_legacy_fonts: Evidence,
}

impl Seen {
    /// Takes note of a cell.
    pub fn see(&mut self, cell: Cell<'_>) {
        if let Raw::Text(text) = cell.raw {
            match cell.font {
                Some(_) => self.in_legacy_fonts.see(text),
                None => self.in_plain_fonts.see(text),
            }
        }
    }

    /// What the texts seen so far tell.
    pub fn prior(&self) -> Prior {
        Prior { legacy: self.in_plain_fonts.verdict(), fonts_are_left_over: self.in_legacy_fonts.is_unicode() }
    }
}

/// Rows whose texts tell the encoding of a sheet that is looked through before it is read.
const TELLING_ROWS: u32 = 60;

/// What the first rows of a sheet tell.
pub fn prior(workbook: &mut dyn Workbook, sheet: usize) -> Result<Prior, Refusal> {
    let mut seen = Seen::default();
    workbook.cells(sheet, &mut |cell| {
        seen.see(cell);
        if cell.at.row < TELLING_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    Ok(seen.prior())
}

/// A raw value with its text decoded, and whether it was.
pub struct Written<'a> {
    /// The value.
    raw: Raw<'a>,
    /// The decoded text, which stands for the value.
    decoded: Option<String>,
}

impl<'a> Written<'a> {
    /// Decodes a cell by its font, the sheet's prior, and its content.
    pub fn of(cell: Cell<'a>, prior: Prior) -> Self {
        let decoded = match cell.raw {
            Raw::Text(text) => decoded(text, cell.font, prior),
            _ => None,
        };
        Self { raw: cell.raw, decoded }
    }

    /// A cell whose text stands for itself.
    pub fn as_is(cell: Cell<'a>) -> Self {
        Self { raw: cell.raw, decoded: None }
    }

    /// The readings of a text in every legacy encoding, where they differ from it.
    pub fn readings(cell: Cell<'a>) -> impl Iterator<Item = Self> {
        let text = match cell.raw {
            Raw::Text(text) if !text.is_ascii() => text,
            _ => "",
        };
        [Legacy::Tcvn3, Legacy::Vni].into_iter().filter_map(move |legacy| {
            let decoded = text::decode(text, legacy).into_owned();
            (decoded != text).then_some(Self { raw: cell.raw, decoded: Some(decoded) })
        })
    }

    /// The value to be read.
    pub fn raw(&self) -> Raw<'_> {
        self.decoded.as_deref().map_or(self.raw, Raw::Text)
    }

    /// The decoded text, if it was in a legacy encoding.
    pub fn decoded(&self) -> Option<&str> {
        self.decoded.as_deref()
    }
}

/// The text of a cell, decoded; `None` where it holds no text.
pub fn words(cell: Cell<'_>, prior: Prior) -> Option<Cow<'_, str>> {
    let Raw::Text(text) = cell.raw else { return None };
    Some(decoded(text, cell.font, prior).map_or(Cow::Borrowed(text), Cow::Owned))
}

fn decoded(text: &str, font: Option<Legacy>, prior: Prior) -> Option<String> {
    let font = font.filter(|_| !prior.fonts_are_left_over);
    text::decoded(text, font, prior.legacy).map(|(_, text)| text)
}

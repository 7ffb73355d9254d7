//! What a cell says: legacy encodings decoded.

use std::borrow::Cow;

use crate::model::{Cell, Legacy, Raw};
use crate::text;

/// A raw value with its text decoded, and whether it was.
pub struct Written<'a> {
    /// The value.
    raw: Raw<'a>,
    /// The decoded text, which stands for the value.
    decoded: Option<String>,
}

impl<'a> Written<'a> {
    /// Decodes a cell by its font, the sheet's prior, and its content.
    pub fn of(cell: Cell<'a>, prior: Option<Legacy>) -> Self {
        let decoded = match cell.raw {
            Raw::Text(text) => text::decoded(text, cell.font, prior).map(|(_, text)| text),
            _ => None,
        };
        Self { raw: cell.raw, decoded }
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
pub fn words(cell: Cell<'_>, prior: Option<Legacy>) -> Option<Cow<'_, str>> {
    let Raw::Text(text) = cell.raw else { return None };
    Some(match text::decoded(text, cell.font, prior) {
        Some((_, decoded)) => Cow::Owned(decoded),
        None => Cow::Borrowed(text),
    })
}

//! What a district wrote, for messages and the record of repairs.

use super::values::{self, Value};
use crate::model::{Field, Raw, RepairKind, Vocabulary};

/// What was written of one value.
pub enum Wrote<'a> {
    /// In one cell.
    Cell(Raw<'a>),
    /// In a legacy encoding.
    Decoded { before: &'a str, after: &'a str },
    /// In several columns, or several values in one.
    Columns(String),
}

impl Wrote<'_> {
    /// As it stands in the file.
    pub fn before(&self) -> String {
        match self {
            Self::Cell(raw) => values::shown(*raw),
            Self::Decoded { before, .. } => (*before).to_owned(),
            Self::Columns(before) => before.clone(),
        }
    }

    /// The repair to be recorded: its kind, and how the value reads now.
    pub fn repair(
        &self,
        value: &Value<'_>,
        typed: Option<(RepairKind, String)>,
        vocabulary: &Vocabulary,
        field: &Field,
    ) -> Option<(RepairKind, String)> {
        match (self, typed) {
            (Self::Decoded { after, .. }, typed) => {
                Some((RepairKind::Decoded, typed.map_or_else(|| (*after).to_owned(), |(_, after)| after)))
            }
            // A year without its day or century is the graver repair.
            (Self::Columns(_), Some((kind @ (RepairKind::BareYear | RepairKind::TwoDigitYear), after))) => {
                Some((kind, after))
            }
            (Self::Columns(_), _) => Some((RepairKind::Columns, values::said(value, vocabulary, field))),
            (Self::Cell(_), typed) => typed,
        }
    }
}

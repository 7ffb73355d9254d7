//! What the tool repairs in what districts wrote, and how a form wants each kind handled.

use serde::{Deserialize, Serialize};

use super::Place;

/// Declares the kinds of repair and `ALL`, the list of them.
macro_rules! kinds {
    ($($(#[$meta:meta])* $name:ident,)+) => {
        /// Why the tool changed what a district wrote.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum RepairKind {
            $($(#[$meta])* $name,)+
        }

        impl RepairKind {
            /// Every kind.
            pub const ALL: &[Self] = &[$(Self::$name),+];
        }
    };
}

kinds! {
    /// Leading, trailing, doubled, non-breaking or zero-width spaces.
    Spaces,
    /// Decomposed or half-composed Unicode, composed (NFC).
    Composed,
    /// A leading zero that a number cell had lost.
    LeadingZero,
    /// A date that was written as text, or as a number without a date format.
    TextDate,
    /// A bare year, or a month and a year, read as its first day.
    BareYear,
    /// A school level such as 9/12 that the spreadsheet had turned into a date.
    DateMeantFraction,
    /// A number that was written as text.
    TextNumber,
    /// Text in a legacy encoding (TCVN3, VNI), decoded.
    Decoded,
    /// A letter that looks like a Vietnamese one (Ð for Đ), replaced by it.
    LookAlike,
    /// A ditto mark, or a cell merged with those above: the value above.
    Ditto,
    /// A value put together from several columns (Họ + Tên; Ngày, Tháng, Năm), or taken out of a joint one.
    Columns,
    /// A date without its century.
    TwoDigitYear,
    /// A dash or «không» that stands for a blank cell.
    BlankMark,
}

/// What becomes of a value that can be repaired.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Handling {
    /// It is repaired and recorded.
    #[default]
    Repair,
    /// It is repaired and recorded, and a warning asks the district to confirm it.
    Warn,
    /// It is not read; an error suggests the repaired value.
    Refuse,
}

/// How a form wants each kind of repair handled.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repairs {
    other: Vec<(RepairKind, Handling)>,
}

impl Repairs {
    /// Every kind handled in one way: `--no-repair` is [`Handling::Refuse`] for all.
    pub fn all(handling: Handling) -> Self {
        RepairKind::ALL.iter().map(|kind| (*kind, handling)).collect()
    }

    /// How a kind is handled.
    pub fn handling(&self, kind: RepairKind) -> Handling {
        self.other.iter().find(|(other, _)| *other == kind).map(|(_, handling)| *handling).unwrap_or_default()
    }
}

impl FromIterator<(RepairKind, Handling)> for Repairs {
    /// Kinds that are not named are repaired.
    fn from_iter<T: IntoIterator<Item = (RepairKind, Handling)>>(kinds: T) -> Self {
        Self { other: kinds.into_iter().collect() }
    }
}

/// A recorded change: nothing is repaired silently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repair {
    /// Why.
    pub kind: RepairKind,
    /// Where.
    pub place: Place,
    /// The row's key; empty on the cover.
    pub key: String,
    /// What the district wrote.
    pub before: String,
    /// What the tool reads.
    pub after: String,
}

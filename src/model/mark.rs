//! Marks on the cells of a district's own sheets: what writers decide and both kinds of hand-back show.
//!
//! A mark is live: its colour shows while a formula is true, which it is as long as the cell holds the rejected value.
//! Marks of an earlier round are known by [`TAG`] in their formula and [`NOTE_HEAD`] in their note, which survive
//! Excel and LibreOffice.

use super::{CellAt, Level};

/// Stands in the formula of every rule of ours; true, and without effect.
pub const TAG: &str = "N(\"tonghop\")=0";
/// The line that begins every note of ours, and our part of a note that was there before.
pub const NOTE_HEAD: &str = "——— tonghop ———";
/// Width of a note, in pixels.
pub const NOTE_WIDTH: u32 = 300;

/// The fill of a marked cell, as RGB.
pub const fn fill(level: Level) -> u32 {
    match level {
        Level::Block | Level::Error => 0xFFC7CE,
        Level::Warning => 0xFFE699,
        Level::Note => 0xD6DCE4,
    }
}

/// The colour of the text of a marked cell, as RGB: dark, since the district's own may be white.
pub const fn ink(level: Level) -> u32 {
    match level {
        Level::Block | Level::Error => 0x9C0006,
        Level::Warning => 0x7F6000,
        Level::Note => 0x1F3864,
    }
}

/// The cells to mark on one sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedSheet {
    /// The sheet's name as the district has it.
    pub sheet: String,
    /// The cells, in order of rows, then columns; none twice.
    pub marks: Vec<Mark>,
}

/// A cell to mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it stands; the first cell of a merged area.
    pub at: CellAt,
    /// Its rules, the gravest first; the first that is true gives the colour.
    pub rules: Vec<MarkRule>,
    /// Its note; `None` where the sheet has too many.
    pub note: Option<MarkNote>,
}

/// When a marked cell shows a colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkRule {
    /// The level, which gives the colour.
    pub level: Level,
    /// An Excel formula without `=`, true while the mark is to be seen; holds [`TAG`] and names cells of the same
    /// sheet only, since older programs know no other in a rule.
    pub formula: String,
}

/// The note of a marked cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkNote {
    /// Its text, which begins with [`NOTE_HEAD`].
    pub text: String,
    /// The height that the text needs at [`NOTE_WIDTH`], in pixels.
    pub height: u32,
}

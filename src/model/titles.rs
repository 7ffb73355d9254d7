//! Titles of columns: what each means in a table, by comparison key.

use rustc_hash::FxHashMap;

/// What a title means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// The column of a field.
    Field(usize),
    /// A column that a field shares with other values, standing first.
    Joint(usize),
    /// One of the columns over which a text is spread, counted from the left.
    Piece {
        /// The field.
        field: usize,
        /// Which of its columns.
        piece: usize,
    },
    /// Several fields; nobody can tell which.
    Several(Vec<usize>),
}

/// The titles of a table.
#[derive(Clone, Debug, Default)]
pub struct Titles {
    /// By their comparison keys.
    pub exact: FxHashMap<String, Meaning>,
    /// By their keys without diacritics.
    pub plain: FxHashMap<String, Meaning>,
}

//! What a workbook tells of a sheet beside the values that calamine reads.

use crate::model::{CellAt, Hidden, Legacy};

/// What one sheet tells. It is advice: of a file that is damaged nothing is known, and its cells are read all the same.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Text cells in a legacy font, by place, ascending.
    fonts: Vec<(CellAt, Legacy)>,
    /// Hidden rows that hold a cell, and hidden columns within the used ones.
    pub hidden: Hidden,
}

/// Columns with a cell: the leftmost and the rightmost.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used(Option<(u16, u16)>);

impl Facts {
    /// The facts of a sheet.
    pub fn new(mut fonts: Vec<(CellAt, Legacy)>, hidden: Hidden) -> Self {
        fonts.sort_unstable_by_key(|(at, _)| *at);
        Self { fonts, hidden }
    }

    /// The legacy encoding of a cell's font.
    pub fn font(&self, at: CellAt) -> Option<Legacy> {
        let found = self.fonts.binary_search_by_key(&at, |(cell, _)| *cell).ok()?;
        self.fonts.get(found).map(|(_, legacy)| *legacy)
    }
}

impl Used {
    /// Takes note of a cell.
    pub fn see(&mut self, column: u16) {
        let (left, right) = self.0.unwrap_or((column, column));
        self.0 = Some((left.min(column), right.max(column)));
    }

    /// The hidden columns within the used ones; `hidden` are stretches of columns, first and last.
    pub fn hidden(self, hidden: &[(u16, u16)]) -> u32 {
        let Some((left, right)) = self.0 else { return 0 };
        let is_hidden = |column: &u16| hidden.iter().any(|(first, last)| (first..=last).contains(&column));
        u32::try_from((left..=right).filter(is_hidden).count()).unwrap_or(u32::MAX)
    }
}

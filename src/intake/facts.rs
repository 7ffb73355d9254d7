//! What a workbook tells of a sheet beside the values that calamine reads.

use crate::model::{CellAt, Hidden, Legacy};

/// What one sheet tells. It is advice: of a file that is damaged nothing is known, and its cells are read all the same.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    fonts: Vec<Stretch>,
    /// Hidden rows and columns, first and last.
    rows: Vec<(u32, u32)>,
    columns: Vec<(u32, u32)>,
    /// Cells with a formula and no result.
    uncomputed: Vec<CellAt>,
}

/// Cells in the rectangles around the filled cells of all sheets at most, which calamine keeps whole: as many as one full
/// sheet of `.xls` has.
pub const MOST_CELLS: u64 = 65_536 * 256;

/// Cells in a legacy font: rows and columns, first and last.
#[derive(Clone, Copy, Debug)]
struct Stretch {
    rows: (u32, u32),
    columns: (u16, u16),
    legacy: Legacy,
}

impl Facts {
    /// Takes note of cells in a legacy font, from the first to the last row and column.
    pub fn tell_font(&mut self, rows: (u32, u32), columns: (u16, u16), legacy: Legacy) {
        match self.fonts.last_mut() {
            Some(last)
                if last.rows == rows && last.legacy == legacy && last.columns.1.checked_add(1) == Some(columns.0) =>
            {
                last.columns.1 = columns.1;
            }
            _ => self.fonts.push(Stretch { rows, columns, legacy }),
        }
    }

    /// Takes note of hidden rows, first and last.
    pub fn hide_rows(&mut self, first: u32, last: u32) {
        self.rows.push((first, last));
    }

    /// Takes note of hidden columns, first and last.
    pub fn hide_columns(&mut self, first: u32, last: u32) {
        self.columns.push((first, last));
    }

    /// Takes note of a formula without a result.
    pub fn tell_uncomputed(&mut self, at: CellAt) {
        self.uncomputed.push(at);
    }

    /// Cells with a formula and no result, in reading order.
    pub fn uncomputed(&self) -> &[CellAt] {
        &self.uncomputed
    }

    /// The facts, ready to be asked, in whatever order they came.
    pub fn ordered(mut self) -> Self {
        self.fonts.sort_unstable_by_key(|stretch| (stretch.rows.0, stretch.columns.0));
        self.rows = merged(self.rows);
        self.columns = merged(self.columns);
        self.uncomputed.sort_unstable();
        self
    }

    /// The legacy encoding of a cell's font.
    pub fn font(&self, at: CellAt) -> Option<Legacy> {
        let last = |row, column| {
            let behind = self.fonts.partition_point(|one| (one.rows.0, one.columns.0) <= (row, column));
            self.fonts.get(behind.checked_sub(1)?)
        };
        // Rows that stand for many begin above the cell.
        let (first, _) = last(at.row, u16::MAX)?.rows;
        let stretch = last(first, at.column)?;
        (at.row <= stretch.rows.1 && at.column <= stretch.columns.1).then_some(stretch.legacy)
    }
}

/// Counts what is hidden among the cells of a sheet, which come row by row.
#[derive(Debug)]
pub struct Counting<'a> {
    facts: &'a Facts,
    row: Option<u32>,
    rows: u32,
    /// Leftmost and rightmost column with a cell.
    used: Option<(u16, u16)>,
}

impl<'a> Counting<'a> {
    /// Counts from the first cell.
    pub fn new(facts: &'a Facts) -> Self {
        Self { facts, row: None, rows: 0, used: None }
    }

    /// Takes note of a filled cell.
    pub fn see(&mut self, at: CellAt) {
        let (left, right) = self.used.unwrap_or((at.column, at.column));
        self.used = Some((left.min(at.column), right.max(at.column)));
        if self.row.replace(at.row) != Some(at.row) {
            let behind = self.facts.rows.partition_point(|(first, _)| *first <= at.row);
            let before = behind.checked_sub(1).and_then(|before| self.facts.rows.get(before));
            self.rows += u32::from(before.is_some_and(|(_, last)| at.row <= *last));
        }
    }

    /// What was hidden among the cells seen.
    pub fn hidden(&self) -> Hidden {
        let Some((left, right)) = self.used else { return Hidden::default() };
        let within = |(first, last): &(u32, u32)| {
            let (first, last) = ((*first).max(u32::from(left)), (*last).min(u32::from(right)));
            (last + 1).saturating_sub(first)
        };
        Hidden { rows: self.rows, columns: self.facts.columns.iter().map(within).sum() }
    }
}

/// Stretches in order, those that overlap as one.
fn merged(mut stretches: Vec<(u32, u32)>) -> Vec<(u32, u32)> {
    stretches.retain(|(first, last)| first <= last);
    stretches.sort_unstable();
    stretches.dedup_by(|next, before| {
        let overlap = next.0 <= before.1;
        if overlap {
            before.1 = before.1.max(next.1);
        }
        overlap
    });
    stretches
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn fonts_of_rows_and_columns_that_stand_for_many_are_found() {
        let mut facts = Facts::default();
        facts.tell_font((3, 5), (2, 2), Legacy::Vni);
        facts.tell_font((3, 5), (3, 4), Legacy::Vni);
        facts.tell_font((3, 5), (9, 9), Legacy::Tcvn3);
        facts.tell_font((6, 6), (4, 4), Legacy::Tcvn3Capitals);
        let facts = facts.ordered();
        let found = |row| (0..11).map(|column| facts.font(CellAt::new(row, column))).collect::<Vec<_>>();
        let (vni, small, capitals) = (Some(Legacy::Vni), Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals));
        for row in 3..=5 {
            assert_eq!(found(row), [None, None, vni, vni, vni, None, None, None, None, small, None]);
        }
        assert_eq!(found(6), [None, None, None, None, capitals, None, None, None, None, None, None]);
        for row in [0, 2, 7] {
            assert!(found(row).iter().all(Option::is_none));
        }
    }

    proptest! {
        /// Against the plain reading of what «hidden» means.
        #[test]
        fn what_is_hidden_among_cells_is_counted(
            rows in proptest::collection::vec((0..20u32, 0..20u32), 0..6),
            columns in proptest::collection::vec((0..20u32, 0..20u32), 0..6),
            cells in proptest::collection::btree_set((0..20u32, 0..20u16), 0..30),
        ) {
            let mut facts = Facts::default();
            rows.iter().for_each(|(first, last)| facts.hide_rows(*first, *last));
            columns.iter().for_each(|(first, last)| facts.hide_columns(*first, *last));
            let facts = facts.ordered();
            let mut counting = Counting::new(&facts);
            cells.iter().for_each(|(row, column)| counting.see(CellAt::new(*row, *column)));
            let within = |all: &[(u32, u32)], one: u32| all.iter().any(|(first, last)| (*first..=*last).contains(&one));
            let filled = (0..20).filter(|row| within(&rows, *row) && cells.iter().any(|(filled, _)| filled == row));
            let used = cells.iter().map(|(_, column)| u32::from(*column));
            let (left, right) = (used.clone().min().unwrap_or(1), used.max().unwrap_or(0));
            let hidden = (left..=right).filter(|column| within(&columns, *column));
            let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
            let expected = Hidden { rows: count(filled.count()), columns: count(hidden.count()) };
            prop_assert_eq!(counting.hidden(), expected);
        }
    }
}

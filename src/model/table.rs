//! A typed table: columns, and where each row came from.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use super::{CellAt, Column, FieldType, Label, Lang, Place, State, Vocabulary};

/// Where a row stood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowOrigin {
    /// The part of the table, by position in [`Table::parts`].
    pub part: u16,
    /// The sheet row, from zero.
    pub row: u32,
}

/// A stretch of a sheet that holds rows of the table, under its own header.
#[derive(Clone, Debug)]
pub struct Part {
    /// The sheet's name in the district's file.
    pub sheet: String,
    /// The last row of the header, from zero; the rows of the table stand below it.
    pub header: u32,
    /// For each field of the table, the sheet column that holds it; the first one where several together do.
    pub columns: Vec<Option<u16>>,
    /// For each field of the table, the cell of its title.
    pub titles: Vec<Option<CellAt>>,
}

/// What a row of a sheet was taken for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// A row of the table: received.
    Data,
    /// Nothing but a pre-filled number or default.
    Prefilled,
    /// A total, a sub-total, or a count «trong đó».
    Total,
    /// A title of a section.
    Section,
    /// Column numbers: (1) (2), 3=4+6.
    Numbering,
    /// The header once more, as printed pages have it.
    Header,
    /// The date line, the signatures and the names below them.
    Footer,
    /// The declaration that there is nothing to report.
    Nothing,
    /// Anything else: a remark beside or below the table.
    Remark,
}

impl RowKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::Data,
        Self::Prefilled,
        Self::Total,
        Self::Section,
        Self::Numbering,
        Self::Header,
        Self::Footer,
        Self::Nothing,
        Self::Remark,
    ];
}

/// What the rows below a header were taken for; the counts add up to the rows that held anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowTally([u32; RowKind::ALL.len()]);

impl RowTally {
    /// Counts one more row.
    pub fn add(&mut self, kind: RowKind) {
        self.0[kind as usize] += 1;
    }

    /// The rows taken for a kind.
    pub fn count(&self, kind: RowKind) -> u32 {
        self.0[kind as usize]
    }
}

/// A row that holds something and is no row of the table: where, what it was taken for, and what it says first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowTaken {
    /// Its first filled cell.
    pub place: Place,
    /// What it was taken for.
    pub kind: RowKind,
    /// Its first text.
    pub text: String,
}

/// A table of a submission.
#[derive(Clone, Debug)]
pub struct Table {
    /// The table's shape, by position in the vocabulary.
    pub shape: usize,
    /// Where its rows stood; empty when the sheet or its header was not found.
    pub parts: Vec<Part>,
    /// A column a field of the shape, in the same order.
    pub columns: Vec<Column>,
    /// The origin of each row.
    pub origin: Vec<RowOrigin>,
    /// What the sheets' rows were taken for.
    pub tally: RowTally,
    /// The rows that are none of the table, save for pre-filled ones, column numbers and repeated headers.
    pub taken: Vec<RowTaken>,
}

impl Table {
    /// The number of rows received.
    pub fn len(&self) -> usize {
        self.origin.len()
    }

    /// Whether no row was received.
    pub fn is_empty(&self) -> bool {
        self.origin.is_empty()
    }

    /// Whether the district declares that this table has nothing to report.
    pub fn nothing_to_report(&self) -> bool {
        self.is_empty() && self.tally.count(RowKind::Nothing) > 0
    }

    /// Whether a header was found, so that the table can be judged at all.
    pub fn found(&self) -> bool {
        !self.parts.is_empty()
    }

    /// Whether a field has a column in every part, or is computed.
    pub fn has_column(&self, vocabulary: &Vocabulary, field: usize) -> bool {
        let derived = vocabulary.tables[self.shape].fields[field].derived.is_some();
        derived || (self.found() && self.parts.iter().all(|part| part.columns[field].is_some()))
    }

    /// The sheet and cell of a field in a row; the sheet and the row's first cell where the column is missing.
    pub fn place(&self, field: usize, row: usize) -> Option<Place> {
        let origin = self.origin.get(row)?;
        let part = self.parts.get(usize::from(origin.part))?;
        let column = part.columns.get(field).copied().flatten().unwrap_or(0);
        Some(Place { sheet: part.sheet.clone(), cell: Some(CellAt::new(origin.row, column)) })
    }

    /// The sheet and header cell of a field, in the table's first part.
    pub fn header_place(&self, field: usize) -> Option<Place> {
        let part = self.parts.first()?;
        Some(Place { sheet: part.sheet.clone(), cell: part.titles.get(field).copied().flatten() })
    }

    /// What a cell holds, as people write it; what the district wrote where it could not be read.
    pub fn shown(&self, vocabulary: &Vocabulary, field: usize, row: usize) -> Label {
        let column = &self.columns[field];
        if let Some(written) = column.unread(row) {
            return Label::same(written);
        }
        match vocabulary.tables[self.shape].fields[field].kind {
            FieldType::Text | FieldType::Id { .. } => Label::same(column.text(row)),
            FieldType::Date => Label::same(column.date(row).map(shown_date).unwrap_or_default()),
            FieldType::Flag => Label::same(if column.flag(row) { "x" } else { "" }),
            FieldType::Number => Label::same(column.number(row).map(shown_number).unwrap_or_default()),
            FieldType::Code { list, .. } => {
                let entry = vocabulary.lists[list].entry(column.code(row));
                entry.map(|entry| entry.label.clone()).unwrap_or_default()
            }
        }
    }

    /// The row's key as people say it: the filled key fields, joined by a comma.
    pub fn row_key(&self, vocabulary: &Vocabulary, row: usize) -> String {
        let key = &vocabulary.tables[self.shape].key;
        let parts = key.iter().filter(|field| self.columns[**field].state(row) != State::Blank);
        let said: Vec<String> =
            parts.map(|field| self.shown(vocabulary, *field, row).get(Lang::Vi).to_owned()).collect();
        said.join(", ")
    }
}

/// A date as people write it here: dd/mm/yyyy.
pub fn shown_date(date: NaiveDate) -> String {
    let Some(year) = u32::try_from(date.year()).ok().filter(|year| *year < 10_000) else {
        return date.format("%d/%m/%Y").to_string();
    };
    // Registers hold thousands: a pattern that is read anew for each costs ten times as much.
    let digit = |number: u32| char::from_digit(number % 10, 10).unwrap_or_default();
    let two = |number: u32| [digit(number / 10), digit(number)];
    let parts = [&two(date.day())[..], &['/'], &two(date.month()), &['/'], &two(year / 100), &two(year)];
    parts.into_iter().flatten().collect()
}

/// A number as people write it here: a decimal comma, no grouping.
pub fn shown_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_as_the_pattern_writes_them() {
        for (year, month, day) in [(1985, 3, 7), (2019, 12, 31), (7, 1, 1), (9999, 10, 20), (10_000, 1, 2), (-4, 5, 6)]
        {
            let date = NaiveDate::from_ymd_opt(year, month, day).unwrap_or_default();
            assert_eq!(shown_date(date), date.format("%d/%m/%Y").to_string());
        }
    }
}

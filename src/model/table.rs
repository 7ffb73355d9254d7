//! A typed table: columns, and where each row came from.

use chrono::NaiveDate;

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
    /// The header row, from zero.
    pub header: u32,
    /// For each field of the table, the sheet column that holds it.
    pub columns: Vec<Option<u16>>,
}

/// What the rows below a header were taken for; they add up to the rows that held anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RowTally {
    /// Rows of people: received.
    pub data: u32,
    /// Rows with nothing but a pre-filled number or default.
    pub blank: u32,
    /// Total and sub-total rows.
    pub total: u32,
    /// Column-number rows, section titles, signature blocks.
    pub other: u32,
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
    /// What the sheet's rows were taken for.
    pub tally: RowTally,
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
        let cell = part.columns.get(field).copied().flatten().map(|column| CellAt::new(part.header, column));
        Some(Place { sheet: part.sheet.clone(), cell })
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
    date.format("%d/%m/%Y").to_string()
}

/// A number as people write it here: a decimal comma, no grouping.
pub fn shown_number(number: f64) -> String {
    number.to_string().replace('.', ",")
}

//! Reference tables that the province keeps beside a definition: quotas, curriculum.

use super::{Code, Label};

/// A column of a reference table.
#[derive(Clone, Debug)]
pub struct ReferenceColumn {
    /// The column's name in the definition and in the CSV's header.
    pub name: String,
    /// The column's wording on a sheet.
    pub label: Label,
    /// The code list its values are codes of; `None` for a number or a text.
    pub list: Option<usize>,
}

/// A value of a reference table.
#[derive(Clone, Debug, PartialEq)]
pub enum ReferenceValue {
    /// An entry of the column's code list.
    Code(Code),
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
}

/// A row of a reference table, a value a column.
pub type ReferenceRow = Vec<ReferenceValue>;

/// A reference table, as read from its CSV.
#[derive(Clone, Debug)]
pub struct ReferenceTable {
    /// The table's name in the definition.
    pub name: String,
    /// The table's wording on a sheet.
    pub label: Label,
    /// Its columns.
    pub columns: Vec<ReferenceColumn>,
    /// Its rows, in file order.
    pub rows: Vec<ReferenceRow>,
}

impl ReferenceTable {
    /// The position of a column by its name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// The sum of a number column over the rows whose code columns have the given values.
    pub fn sum(&self, number: usize, wanted: &[(usize, Code)]) -> Option<f64> {
        let matches = |row: &&ReferenceRow| {
            wanted.iter().all(|(column, code)| row.get(*column) == Some(&ReferenceValue::Code(*code)))
        };
        let numbers = self.rows.iter().filter(matches).filter_map(|row| match row.get(number) {
            Some(ReferenceValue::Number(number)) => Some(*number),
            _ => None,
        });
        numbers.fold(None, |sum, number| Some(sum.unwrap_or(0.0) + number))
    }
}

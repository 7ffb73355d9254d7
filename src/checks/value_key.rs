//! The values of some cells of a row, as a key that is the same wherever the same values stand.

use crate::model::{Code, State, Table, Values};

/// A value that can be compared across tables; texts are borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyPart<'a> {
    /// Text or id.
    Text(&'a str),
    /// An entry; comparable where both fields use one list.
    Code(Code),
    /// A date.
    Date(chrono::NaiveDate),
}

/// The key of a row over some fields; `None` where one of them is blank or unread.
pub fn key_of<'a>(table: &'a Table, fields: &[usize], row: usize) -> Option<Vec<KeyPart<'a>>> {
    fields.iter().map(|field| part(table, *field, row)).collect()
}

/// One value; `None` where the cell is blank or unread, or holds a mark or a number.
pub fn part(table: &Table, field: usize, row: usize) -> Option<KeyPart<'_>> {
    let column = &table.columns[field];
    if column.state(row) != State::Read {
        return None;
    }
    match &column.values {
        Values::Text(texts) => Some(KeyPart::Text(texts.get(row))),
        Values::Code(codes) => codes.get(row).copied().map(KeyPart::Code),
        Values::Date(dates) => dates.get(row).copied().flatten().map(KeyPart::Date),
        Values::Flag(_) | Values::Number(_) => None,
    }
}

//! The values of some cells of a row, as a key that is the same wherever the same values stand.

use rustc_hash::FxHashSet;

use crate::model::{Code, State, Table, Values, Vocabulary};
use crate::text::key;

/// A value that can be compared across tables; texts are borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyPart<'a> {
    /// Text or id.
    Text(&'a str),
    /// An entry, by its first version; the loader sees to it that both fields use one list.
    Code(Code),
    /// A date.
    Date(chrono::NaiveDate),
    /// A number, by its bits.
    Number(u64),
}

impl KeyPart<'_> {
    /// Whether two values say the same; texts are compared by their comparison key, so that `Hoà` and `Hòa` agree.
    pub fn agrees(self, other: KeyPart<'_>) -> bool {
        match (self, other) {
            (KeyPart::Text(one), KeyPart::Text(other)) => one == other || key(one) == key(other),
            (one, other) => one == other,
        }
    }
}

/// One value; `None` where the cell is blank or unread, or holds a mark.
pub fn part<'a>(vocabulary: &Vocabulary, table: &'a Table, field: usize, row: usize) -> Option<KeyPart<'a>> {
    let column = &table.columns[field];
    match &column.values {
        Values::Text(texts) => Some(texts.get(row)).filter(|text| !text.is_empty()).map(KeyPart::Text),
        Values::Code(codes) => {
            let code = codes.get(row).copied().filter(|code| *code != Code::NONE)?;
            let list = vocabulary.list_of(table.shape, field);
            Some(KeyPart::Code(list.map_or(code, |list| list.first_version(code))))
        }
        Values::Date(dates) => dates.get(row).copied().flatten().map(KeyPart::Date),
        // Adding zero makes -0 the same as 0.
        Values::Number(numbers) => {
            numbers.get(row).copied().flatten().map(|one| KeyPart::Number((one + 0.0).to_bits()))
        }
        Values::Flag(_) => None,
    }
}

/// Fills `key` with a row's values over some fields; `false` where one of them is blank or unread.
pub fn read_key<'a>(
    vocabulary: &Vocabulary,
    table: &'a Table,
    fields: &[usize],
    row: usize,
    key: &mut Vec<KeyPart<'a>>,
) -> bool {
    key.clear();
    key.extend(fields.iter().map_while(|field| part(vocabulary, table, *field, row)));
    key.len() == fields.len()
}

/// Whether a key stands in a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// It does.
    Stands,
    /// It may: a row that could be it has a cell that could not be read.
    MayStand,
    /// It does not.
    Absent,
}

/// The keys that stand in some tables, and those that may because a cell could not be read.
#[derive(Debug, Default)]
pub struct Keys<'a> {
    whole: FxHashSet<Vec<KeyPart<'a>>>,
    partial: FxHashSet<Vec<Option<KeyPart<'a>>>>,
    /// Which values of the partial keys could be read; few, however many rows there are.
    gaps: Vec<Vec<bool>>,
}

impl<'a> Keys<'a> {
    /// Adds the keys of every row of a table. A row with a blank cell names nothing.
    pub fn add(&mut self, vocabulary: &Vocabulary, table: &'a Table, fields: &[usize]) {
        let mut key = Vec::with_capacity(fields.len());
        for row in 0..table.len() {
            if read_key(vocabulary, table, fields, row, &mut key) {
                if !self.whole.contains(key.as_slice()) {
                    self.whole.insert(key.clone());
                }
            } else if fields.iter().all(|field| table.columns[*field].state(row) != State::Blank) {
                let partial: Vec<_> = fields.iter().map(|field| part(vocabulary, table, *field, row)).collect();
                let read: Vec<bool> = partial.iter().map(Option::is_some).collect();
                self.partial.insert(partial);
                if !self.gaps.contains(&read) {
                    self.gaps.push(read);
                }
            }
        }
    }

    /// Whether a key stands there.
    pub fn presence(&self, key: &[KeyPart<'a>]) -> Presence {
        let with_gaps = |read: &Vec<bool>| -> Vec<_> {
            key.iter().zip(read).map(|(part, read)| Some(*part).filter(|_| *read)).collect()
        };
        match self.whole.contains(key) {
            true => Presence::Stands,
            false if self.gaps.iter().any(|read| self.partial.contains(&with_gaps(read))) => Presence::MayStand,
            false => Presence::Absent,
        }
    }
}

//! The values of some cells of a row, as a key that is the same wherever the same values stand.

use std::hash::BuildHasher;

use rayon::prelude::*;
use rustc_hash::{FxBuildHasher, FxHashSet};

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
#[derive(Debug)]
pub struct Keys<'a> {
    tables: Vec<&'a Table>,
    vocabulary: &'a Vocabulary,
    fields: &'a [usize],
    /// A hash of each whole key with its table and row, sorted: the key itself is read where it stands.
    whole: Vec<(u64, (u32, u32))>,
    partial: FxHashSet<Vec<Option<KeyPart<'a>>>>,
    /// Which values of the partial keys could be read; few, however many rows there are.
    gaps: Vec<Vec<bool>>,
}

impl<'a> Keys<'a> {
    /// The keys of every row of some tables. A row with a blank cell names nothing.
    pub fn of(vocabulary: &'a Vocabulary, tables: Vec<&'a Table>, fields: &'a [usize]) -> Self {
        let rows = tables.iter().map(|table| table.len()).sum();
        let whole = Vec::with_capacity(rows);
        let mut keys = Self { tables, vocabulary, fields, whole, partial: FxHashSet::default(), gaps: Vec::new() };
        let mut key = Vec::with_capacity(fields.len());
        for (position, table) in (0..).zip(keys.tables.clone()) {
            for row in 0..table.len() {
                match read_key(vocabulary, table, fields, row, &mut key) {
                    true => keys.whole.push((hash(&key), (position, row as u32))),
                    false => keys.add_partial(table, row),
                }
            }
        }
        keys.whole.par_sort_unstable();
        keys
    }

    fn add_partial(&mut self, table: &'a Table, row: usize) {
        if self.fields.iter().any(|field| table.columns[*field].state(row) == State::Blank) {
            return;
        }
        let partial: Vec<_> = self.fields.iter().map(|field| part(self.vocabulary, table, *field, row)).collect();
        let read: Vec<bool> = partial.iter().map(Option::is_some).collect();
        self.partial.insert(partial);
        if !self.gaps.contains(&read) {
            self.gaps.push(read);
        }
    }

    /// Whether a key stands there.
    pub fn presence(&self, key: &[KeyPart<'a>]) -> Presence {
        let with_gaps = |read: &Vec<bool>| -> Vec<_> {
            key.iter().zip(read).map(|(part, read)| Some(*part).filter(|_| *read)).collect()
        };
        match self.stands(key) {
            true => Presence::Stands,
            false if self.gaps.iter().any(|read| self.partial.contains(&with_gaps(read))) => Presence::MayStand,
            false => Presence::Absent,
        }
    }

    fn stands(&self, key: &[KeyPart<'a>]) -> bool {
        let wanted = hash(key);
        let first = self.whole.partition_point(|(hash, _)| *hash < wanted);
        self.whole[first..].iter().take_while(|(hash, _)| *hash == wanted).any(|(_, (table, row))| {
            let value = |field: &usize| part(self.vocabulary, self.tables[*table as usize], *field, *row as usize);
            self.fields.iter().zip(key).all(|(field, one)| value(field) == Some(*one))
        })
    }
}

fn hash(key: &[KeyPart<'_>]) -> u64 {
    FxBuildHasher.hash_one(key)
}

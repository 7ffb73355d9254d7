//! Columns: the values of one field, down the rows of a table.

use chrono::NaiveDate;

use super::Code;

/// Texts of a column in one allocation: the bytes of all rows, and where each row's text ends.
#[derive(Clone, Debug, Default)]
pub struct TextColumn {
    bytes: String,
    ends: Vec<u32>,
}

impl TextColumn {
    /// Adds the text of the next row; an empty text is a blank cell.
    pub fn push(&mut self, text: &str) {
        self.bytes.push_str(text);
        self.ends.push(u32::try_from(self.bytes.len()).unwrap_or(u32::MAX));
    }

    /// The text of a row; empty for a blank cell.
    pub fn get(&self, row: usize) -> &str {
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let end = self.ends.get(row).copied().unwrap_or(start);
        self.bytes.get(start as usize..end as usize).unwrap_or("")
    }

    /// The same texts with some of them replaced: rows, ascending, with their new texts.
    pub fn with(&self, replaced: &[(usize, String)]) -> Self {
        let mut texts = Self::default();
        let mut replaced = replaced.iter().peekable();
        for row in 0..self.len() {
            match replaced.next_if(|(other, _)| *other == row) {
                Some((_, text)) => texts.push(text),
                None => texts.push(self.get(row)),
            }
        }
        texts
    }

    /// Forgets the rows from one on.
    pub fn truncate(&mut self, rows: usize) {
        self.ends.truncate(rows);
        self.bytes.truncate(self.ends.last().map_or(0, |end| *end as usize));
    }

    /// The number of rows.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is no row.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Typed values, a row each.
#[derive(Clone, Debug)]
pub enum Values {
    /// Free text and ids.
    Text(TextColumn),
    /// Dates; `None` is blank.
    Date(Vec<Option<NaiveDate>>),
    /// Entries of a code list; [`Code::NONE`] is blank.
    Code(Vec<Code>),
    /// Marks.
    Flag(Vec<bool>),
    /// Numbers; `None` is blank.
    Number(Vec<Option<f64>>),
}

/// What a cell gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Nothing was written there.
    Blank,
    /// A value of the field's type.
    Read,
    /// Something was written that is not of the field's type; see [`Column::unread`].
    Unread,
}

/// The values of one field and what could not be read as its type.
#[derive(Clone, Debug)]
pub struct Column {
    /// The typed values; blank where the cell is blank or unread.
    pub values: Values,
    /// Rows, ascending, whose cell is not of the field's type, with what was written there.
    pub unread: Vec<(u32, Box<str>)>,
    /// Those of the unread rows, ascending, whose cell is only not in the field's list and is left to a declared check;
    /// every other unread cell has a baseline finding.
    pub unlisted: Vec<u32>,
}

impl Column {
    /// An empty column for values of a kind.
    pub fn new(values: Values) -> Self {
        Self { values, unread: Vec::new(), unlisted: Vec::new() }
    }

    /// Whether two rows hold the same, also where it could not be read.
    pub fn same(&self, one: usize, other: usize) -> bool {
        let read = match &self.values {
            Values::Text(texts) => texts.get(one) == texts.get(other),
            Values::Date(dates) => dates.get(one) == dates.get(other),
            Values::Code(codes) => codes.get(one) == codes.get(other),
            Values::Flag(flags) => flags.get(one) == flags.get(other),
            Values::Number(numbers) => numbers.get(one) == numbers.get(other),
        };
        read && (self.unread.is_empty() || self.unread(one) == self.unread(other))
    }

    /// Forgets the rows from one on.
    pub fn truncate(&mut self, rows: usize) {
        match &mut self.values {
            Values::Text(texts) => texts.truncate(rows),
            Values::Date(dates) => dates.truncate(rows),
            Values::Code(codes) => codes.truncate(rows),
            Values::Flag(flags) => flags.truncate(rows),
            Values::Number(numbers) => numbers.truncate(rows),
        }
        self.unread.retain(|(row, _)| (*row as usize) < rows);
        self.unlisted.retain(|row| (*row as usize) < rows);
    }

    /// What was written in a cell that could not be read as its type.
    pub fn unread(&self, row: usize) -> Option<&str> {
        let wanted = u32::try_from(row).ok()?;
        let found = self.unread.binary_search_by_key(&wanted, |(row, _)| *row).ok()?;
        self.unread.get(found).map(|(_, text)| text.as_ref())
    }

    /// Whether a cell is blank, read or unread. An unmarked flag is blank.
    pub fn state(&self, row: usize) -> State {
        let filled = match &self.values {
            Values::Text(texts) => !texts.get(row).is_empty(),
            Values::Date(dates) => dates.get(row).copied().flatten().is_some(),
            Values::Code(codes) => codes.get(row).is_some_and(|code| *code != Code::NONE),
            Values::Flag(flags) => flags.get(row).copied().unwrap_or(false),
            Values::Number(numbers) => numbers.get(row).copied().flatten().is_some(),
        };
        match (filled, self.unread.is_empty()) {
            (true, _) => State::Read,
            (false, true) => State::Blank,
            (false, false) if self.unread(row).is_some() => State::Unread,
            _ => State::Blank,
        }
    }

    /// The text of a cell; empty unless this is a text or id column.
    pub fn text(&self, row: usize) -> &str {
        match &self.values {
            Values::Text(texts) => texts.get(row),
            _ => "",
        }
    }

    /// The date of a cell; `None` unless this is a date column.
    pub fn date(&self, row: usize) -> Option<NaiveDate> {
        match &self.values {
            Values::Date(dates) => dates.get(row).copied().flatten(),
            _ => None,
        }
    }

    /// The code of a cell; [`Code::NONE`] unless this is a code column.
    pub fn code(&self, row: usize) -> Code {
        match &self.values {
            Values::Code(codes) => codes.get(row).copied().unwrap_or(Code::NONE),
            _ => Code::NONE,
        }
    }

    /// The mark of a cell; unmarked unless this is a flag column.
    pub fn flag(&self, row: usize) -> bool {
        match &self.values {
            Values::Flag(flags) => flags.get(row).copied().unwrap_or(false),
            _ => false,
        }
    }

    /// The number of a cell; `None` unless this is a number column.
    pub fn number(&self, row: usize) -> Option<f64> {
        match &self.values {
            Values::Number(numbers) => numbers.get(row).copied().flatten(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_found_by_row() {
        let mut texts = TextColumn::default();
        for text in ["Hoàng", "", "Nùng"] {
            texts.push(text);
        }
        assert_eq!((texts.get(0), texts.get(1), texts.get(2), texts.get(3)), ("Hoàng", "", "Nùng", ""));
        let mut short = texts.clone();
        short.truncate(1);
        short.push("Tày");
        assert_eq!((short.get(0), short.get(1), short.len()), ("Hoàng", "Tày", 2));
        let other = texts.with(&[(1, "Tày".to_owned())]);
        assert_eq!((other.get(0), other.get(1), other.get(2), other.len()), ("Hoàng", "Tày", "Nùng", 3));
    }

    #[test]
    fn rows_are_compared_with_what_could_not_be_read() {
        let dates = vec![NaiveDate::from_ymd_opt(1985, 3, 7), None, None, NaiveDate::from_ymd_opt(1985, 3, 7)];
        let mut column = Column::new(Values::Date(dates));
        column.unread = vec![(1, "31/02".into()), (2, "31/04".into())];
        assert!(column.same(0, 3) && !column.same(1, 2) && !column.same(0, 1));
        column.truncate(2);
        assert_eq!([0, 1, 2].map(|row| column.state(row)), [State::Read, State::Unread, State::Blank]);
    }

    #[test]
    fn a_cell_is_blank_read_or_unread() {
        let dates = vec![NaiveDate::from_ymd_opt(1985, 3, 7), None, None];
        let mut column = Column::new(Values::Date(dates));
        column.unread.push((2, "31/02/1985".into()));
        assert_eq!([0, 1, 2].map(|row| column.state(row)), [State::Read, State::Blank, State::Unread]);
    }
}

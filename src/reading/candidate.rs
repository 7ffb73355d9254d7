//! A row below a header that may be somebody: what its filled cells say of it.

use super::mapping::Source;
use super::row::Row;
use super::stretch::{Stretch, is_counter};
use super::written::words;
use crate::model::{Cell, CodeList, FieldType, Need, Raw, TableShape};
use crate::text;

/// A row to be judged, as a row of a table.
pub struct Candidate<'a> {
    /// The row.
    pub row: &'a Row,
    /// The table it would belong to.
    pub shape: &'a TableShape,
    /// The form's lists.
    pub lists: &'a [CodeList],
    /// Where it stands.
    pub stretch: &'a Stretch,
}

/// Which fields of a row are filled, told apart by what they say of it.
#[derive(Default)]
pub struct Filled {
    /// Fields other than running numbers.
    pub own: usize,
    /// Fields that name a person.
    pub key: usize,
    /// Those of them whose cell holds an error, or a formula that was never computed.
    pub untold: usize,
    /// Fields that say a day.
    pub dates: usize,
    /// Those of them that every row needs: no default stands there.
    pub needed_dates: usize,
    /// Fields that are marked.
    pub marks: usize,
    /// The running number is an Arabic one, or was never computed.
    pub numbered: bool,
}

impl Candidate<'_> {
    /// Whether an id is filled that is long enough to be one: then the row is somebody's, whatever else it says.
    pub fn has_id(&self) -> bool {
        self.stretch.ids.iter().any(|column| self.row.cell(*column).is_some_and(is_long))
    }

    /// Whether a name stands beside a day, or beside two entries of lists: no total and no signature has them.
    pub fn is_known(&self) -> bool {
        let filled = self.filled();
        filled.key > 0 && (filled.dates > 0 || self.entries() >= 2)
    }

    /// Whether the row has a running number, however it is written: `12`, `12a`, a formula that was never computed.
    pub fn is_numbered(&self) -> bool {
        let numbered = |cell: Cell<'_>| match cell.raw {
            Raw::Text(text) => text.trim_start().starts_with(|c: char| c.is_ascii_digit()),
            Raw::Number(_) | Raw::Uncomputed => true,
            _ => false,
        };
        self.stretch.counters.iter().any(|column| self.row.cell(*column).is_some_and(numbered))
    }

    /// What is filled.
    pub fn filled(&self) -> Filled {
        let mut filled = Filled { numbered: self.is_numbered(), ..Filled::default() };
        for (field, columns) in self.stretch.columns.iter().enumerate() {
            let Some(cell) = columns.iter().find_map(|column| self.row.cell(*column)) else { continue };
            if is_counter(self.shape, field) {
                continue;
            }
            filled.own += 1;
            if self.shape.key.contains(&field) && !is_dash(cell) {
                filled.key += 1;
                filled.untold += usize::from(matches!(cell.raw, Raw::Error(_) | Raw::Uncomputed));
            }
            match self.shape.fields[field].kind {
                FieldType::Date if self.says_day(field) => {
                    filled.dates += 1;
                    filled.needed_dates += usize::from(self.shape.fields[field].need != Need::Optional);
                }
                FieldType::Flag => filled.marks += usize::from(is_mark(cell)),
                _ => {}
            }
        }
        filled
    }

    /// The texts of the row, decoded.
    pub fn texts(&self) -> Vec<String> {
        let texts = self.row.cells().filter_map(|cell| words(cell, self.stretch.prior));
        texts.map(|text| text.into_owned()).collect()
    }

    /// What stands in the text fields that name a person, in normal form.
    pub fn name(&self) -> String {
        let named = self.shape.key.iter().filter(|field| self.shape.fields[**field].kind == FieldType::Text);
        let cells = named.flat_map(|field| self.row.filled(&self.stretch.columns[*field]));
        let texts: Vec<_> = cells.filter_map(|cell| words(cell, self.stretch.prior)).collect();
        text::normal(&texts.join(" ")).text.into_owned()
    }

    /// The number of code fields whose cell names an entry of their list.
    pub fn entries(&self) -> usize {
        self.recognised().count()
    }

    /// Whether the row names a post that nobody holds: in a table whose rows may be vacant, an entry that every row
    /// needs. A place alone heads a section.
    pub fn is_vacancy(&self) -> bool {
        let needs = || self.shape.fields.iter().map(|field| &field.need);
        let post = |field: usize| {
            let field = &self.shape.fields[field];
            field.need == Need::Always && !matches!(field.kind, FieldType::Code { of_district: true, .. })
        };
        needs().any(|need| matches!(need, Need::Unless(_))) && self.recognised().any(post)
    }

    /// Whether a row counts others, whatever it calls itself: one label and nothing but small whole numbers, at least
    /// so many.
    pub fn counts(&self, least: usize) -> bool {
        let counters = &self.stretch.counters;
        let (mut labels, mut numbers) = (0, 0);
        for cell in self.row.cells().filter(|cell| !counters.contains(&cell.at.column)) {
            match (small_number(cell.raw), cell.raw) {
                (Some(number), _) if is_year(number) => return false,
                (Some(_), _) => numbers += 1,
                (None, Raw::Text(_)) => labels += 1,
                _ => return false,
            }
        }
        labels == 1 && numbers >= least
    }

    /// Whether the row's one text stands where running numbers do.
    pub fn is_in_counter(&self) -> bool {
        let counters = &self.stretch.counters;
        self.row.cells().count() == 1 && self.row.cells().all(|cell| counters.contains(&cell.at.column))
    }

    /// Whether nothing but lines of signs stands beside the running number.
    pub fn is_drawn(&self) -> bool {
        let drawn = |cell: &Cell<'_>| matches!(cell.raw, Raw::Text(text) if is_rule(text));
        let counter = |cell: &Cell<'_>| self.stretch.counters.contains(&cell.at.column);
        self.row.cells().any(|cell| drawn(&cell)) && self.row.cells().all(|cell| drawn(&cell) || counter(&cell))
    }

    /// The code fields whose cell names an entry of their list; a number may as well be a count.
    fn recognised(&self) -> impl Iterator<Item = usize> {
        let known = |(field, columns): &(usize, &Vec<u16>)| {
            let FieldType::Code { list, .. } = self.shape.fields[*field].kind else { return false };
            let cell = columns.iter().find_map(|column| self.row.cell(*column));
            let said =
                cell.filter(|cell| small_number(cell.raw).is_none()).and_then(|cell| words(cell, self.stretch.prior));
            said.is_some_and(|text| self.lists[list].knows(&text::key(&text)))
        };
        self.stretch.columns.iter().enumerate().filter(known).map(|(field, _)| field)
    }

    /// Whether a date field says a day, or all of day, month and year. A small number may be a count, a text the date
    /// below a table.
    fn says_day(&self, field: usize) -> bool {
        let cells = self.row.filled(&self.stretch.columns[field]);
        let whole = matches!(self.stretch.mapping.sources[field], Source::DateParts(_)) && cells.len() == 3;
        let says = |cell: &Cell<'_>| match cell.raw {
            Raw::Date(serial) => serial >= FIRST_DAY,
            Raw::Text(text) => {
                let counted = small_number(cell.raw).is_some_and(|number| !is_year(number));
                !counted && text.contains(|c: char| c.is_ascii_digit()) && !text::is_footer(text)
            }
            Raw::Number(number) => number >= FIRST_DAY,
            Raw::Bool(_) | Raw::Error(_) | Raw::Uncomputed => false,
        };
        whole || cells.iter().any(says)
    }
}

/// Years and serials of days are at least so large; counts are smaller.
const FIRST_DAY: f64 = 1900.0;

/// A year is somebody's.
fn is_year(number: f64) -> bool {
    (1900.0..=2100.0).contains(&number)
}

/// A whole number of at most four digits.
fn small_number(raw: Raw<'_>) -> Option<f64> {
    match raw {
        Raw::Number(number) if number.fract() == 0.0 && (0.0..10_000.0).contains(&number) => Some(number),
        Raw::Text(text) if text.trim().len() <= 4 => text.trim().parse::<u16>().ok().map(f64::from),
        _ => None,
    }
}

/// A line drawn with signs: `-----`, `***`, `...`.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '.' | '…'))
}

fn is_dash(cell: Cell<'_>) -> bool {
    matches!(cell.raw, Raw::Text(text) if text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—')))
}

fn is_mark(cell: Cell<'_>) -> bool {
    match cell.raw {
        Raw::Text(text) => text::mark(text) == Some(true),
        Raw::Bool(truth) => truth,
        Raw::Number(number) => number == 1.0,
        Raw::Date(_) | Raw::Error(_) | Raw::Uncomputed => false,
    }
}

/// Long enough to be somebody's id and no count; a letter or two may be mistyped digits.
fn is_long(cell: Cell<'_>) -> bool {
    match cell.raw {
        Raw::Number(number) => number >= 1e6,
        Raw::Text(text) => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            let letters = || text.chars().filter(|c| c.is_alphabetic()).count();
            let may_be_digits = || match letters() {
                0 => true,
                1 | 2 => !text.trim().contains(char::is_whitespace),
                _ => false,
            };
            digits >= 7 && (digits == text.len() || may_be_digits())
        }
        _ => false,
    }
}

//! The stretch of a sheet below a header: what each of its rows is taken for.

use crate::model::{Cell, CodeList, FieldType, Merged, Raw, RowKind, TableShape};
use crate::text;

use super::mapping::Mapping;
use super::row::Row;
use super::written::{Prior, words};

/// Rows below one header, of one table.
pub struct Stretch {
    /// The table, by position in the vocabulary.
    pub table: usize,
    /// The part of the table, by position.
    pub part: u16,
    /// Where the values of each field stand.
    pub mapping: Mapping,
    /// What the sheet's texts show of their encoding.
    pub prior: Prior,
    /// Merged cells of the sheet, where they are known to explain something.
    pub merged: Vec<Merged>,
    /// The sheet columns of each field.
    pub columns: Vec<Vec<u16>>,
    /// The row before was a total.
    totalled: bool,
    /// The signature block has begun.
    signed: bool,
    /// The row before was one of column numbers, or the header.
    numbering_may_follow: bool,
}

/// A text of more words than this is a sentence, no name and no title.
const MOST_WORDS: usize = 8;

/// Which fields of a row are filled, told apart by what they say of it.
#[derive(Default)]
struct Filled {
    /// Fields other than running numbers.
    own: usize,
    /// Fields that name a person.
    key: usize,
    dates: usize,
    marks: usize,
    /// An id that is long enough to be one.
    id: bool,
    /// The running number is an Arabic one.
    numbered: bool,
}

impl Stretch {
    /// The stretch below a header.
    pub fn new(table: usize, part: u16, mapping: Mapping, merged: Vec<Merged>, prior: Prior) -> Self {
        let columns = mapping.sources.iter().map(super::mapping::Source::columns).collect();
        Self {
            table,
            part,
            mapping,
            merged,
            prior,
            columns,
            totalled: false,
            signed: false,
            numbering_may_follow: true,
        }
    }

    /// What a row is. A row of the table it is as soon as anything says that it is somebody's, so that a person
    /// without a name is still a person.
    pub fn kind(&mut self, row: &Row, shape: &TableShape, lists: &[CodeList]) -> RowKind {
        // Bare numbers are those of columns only below a header; numbers in brackets are nothing else anywhere.
        if is_numbering(row) && (self.numbering_may_follow || is_bracketed(row)) {
            return RowKind::Numbering;
        }
        self.numbering_may_follow = false;
        let filled = self.filled(row, shape);
        if filled.id {
            return RowKind::Data;
        }
        let said: Vec<String> =
            row.cells().filter_map(|cell| words(cell, self.prior)).map(|text| text.into_owned()).collect();
        let first = said.iter().find(|text| !text::is_section_numeral(text)).map_or("", String::as_str);
        if !said.is_empty() && said.iter().all(|text| is_rule(text)) {
            return RowKind::Remark;
        }
        if text::is_total(first) || text::is_part_of_total(first) || self.is_counted(row, shape, &filled) {
            self.totalled = true;
            return RowKind::Total;
        }
        self.totalled = false;
        if said.iter().any(|text| text::is_nothing_to_report(text)) && filled.dates == 0 {
            return RowKind::Nothing;
        }
        if filled.key > 0 && filled.dates > 0 {
            return RowKind::Data;
        }
        let footer = said.iter().any(|text| text::is_footer(text));
        let signatories = said.len() == row.cells().count() && said.iter().all(|text| text::is_signatory(text));
        self.signed |= footer || signatories;
        // A vacant post may stand below a remark that looks like a footer.
        if self.signed && filled.marks == 0 && self.recognised(row, shape, lists) < 2 {
            return RowKind::Footer;
        }
        self.weak(&filled, &said, first, (row, shape, lists))
    }

    /// A row with neither id nor date: somebody of whom little is known, a title, a remark, or a default.
    fn weak(
        &self,
        filled: &Filled,
        said: &[String],
        first: &str,
        (row, shape, lists): (&Row, &TableShape, &[CodeList]),
    ) -> RowKind {
        let numerals = said.iter().all(|text| text::is_section_numeral(text));
        let default = || !text::is_section_title(first) && self.recognised(row, shape, lists) == 1;
        match filled {
            Filled { own: 0, numbered: true, .. } if numerals => RowKind::Prefilled,
            Filled { own: 0 | 1, marks: 0, .. } if said.is_empty() => RowKind::Prefilled,
            _ if text::is_page_number(first) && said.len() == 1 => RowKind::Remark,
            Filled { own: 0, .. } if numerals || is_section(first, lists) => RowKind::Section,
            Filled { own: 0, numbered: false, .. } if self.in_counter(row, shape) => RowKind::Section,
            Filled { own: 0, .. } => RowKind::Remark,
            Filled { own: 1, .. } if first.split_whitespace().count() > MOST_WORDS => RowKind::Remark,
            Filled { own: 1, key: 1, numbered, .. } => alone(first, *numbered || !self.has_counter(shape), lists),
            Filled { own: 1, marks: 0, numbered, .. } if *numbered || default() => RowKind::Prefilled,
            Filled { own: 1, marks: 0, .. } => RowKind::Section,
            _ => RowKind::Data,
        }
    }

    /// Whether a row counts others, whatever it calls itself: one label and nothing but small whole numbers. A row with a
    /// running number is somebody's, and where nobody has one a name is.
    fn is_counted(&self, row: &Row, shape: &TableShape, filled: &Filled) -> bool {
        if filled.numbered || (filled.key > 0 && !self.has_counter(shape)) {
            return false;
        }
        let counters = self.counters(shape);
        let mut labels = 0;
        let mut numbers = 0;
        for cell in row.cells().filter(|cell| !counters.contains(&cell.at.column)) {
            match (small_number(cell.raw), cell.raw) {
                // A year is somebody's.
                (Some(number), _) if (1900.0..=2100.0).contains(&number) => return false,
                (Some(_), _) => numbers += 1,
                (None, Raw::Text(_)) => labels += 1,
                _ => return false,
            }
        }
        // Below a total, and behind a bullet, one number is enough: «- Nữ: 3».
        let part =
            self.totalled || row.cells().find_map(|cell| words(cell, self.prior)).is_some_and(|text| is_bullet(&text));
        labels == 1 && numbers >= if part { 1 } else { 2 }
    }

    /// Whether the row's one text stands where running numbers do.
    fn in_counter(&self, row: &Row, shape: &TableShape) -> bool {
        let counters = self.counters(shape);
        row.cells().count() == 1 && row.cells().all(|cell| counters.contains(&cell.at.column))
    }

    fn counters(&self, shape: &TableShape) -> Vec<u16> {
        let counters = (0..shape.fields.len()).filter(|field| is_counter(shape, *field));
        counters.flat_map(|field| self.columns[field].iter().copied()).collect()
    }

    /// The header was repeated, as printed pages have it.
    pub fn header_again(&mut self) {
        self.signed = false;
        self.numbering_may_follow = true;
    }

    /// Whether two rows say the same but for the running number.
    pub fn alike(&self, one: &Row, other: &Row, shape: &TableShape) -> bool {
        let counters = self.counters(shape);
        fn said<'a>(row: &'a Row, counters: &'a [u16]) -> impl Iterator<Item = (u16, Raw<'a>)> {
            row.cells().filter(|cell| !counters.contains(&cell.at.column)).map(|cell| (cell.at.column, cell.raw))
        }
        said(one, &counters).eq(said(other, &counters))
    }

    /// Whether a row names nobody and marks nothing: it may be a default that was filled in beforehand.
    pub fn is_nobody(&self, row: &Row, shape: &TableShape) -> bool {
        let filled = self.filled(row, shape);
        filled.key == 0 && filled.marks == 0 && !filled.id
    }

    fn filled(&self, row: &Row, shape: &TableShape) -> Filled {
        let mut filled = Filled::default();
        for (field, columns) in self.columns.iter().enumerate() {
            let Some(cell) = columns.iter().find_map(|column| row.cell(*column)) else { continue };
            if is_counter(shape, field) {
                filled.numbered |= matches!(cell.raw, Raw::Number(_)) || starts_with_digit(cell);
                continue;
            }
            filled.own += 1;
            filled.key += usize::from(shape.key.contains(&field));
            match shape.fields[field].kind {
                FieldType::Date => filled.dates += usize::from(has_digit(cell)),
                FieldType::Flag => filled.marks += usize::from(is_mark(cell)),
                FieldType::Id { .. } => filled.id |= is_long(cell),
                _ => {}
            }
        }
        filled
    }

    /// The code fields whose cell names an entry of their list.
    fn recognised(&self, row: &Row, shape: &TableShape, lists: &[CodeList]) -> usize {
        let known = |(field, columns): &(usize, &Vec<u16>)| {
            let FieldType::Code { list, .. } = shape.fields[*field].kind else { return false };
            let said = columns.iter().find_map(|column| words(row.cell(*column)?, self.prior));
            said.is_some_and(|text| lists[list].knows(&text::key(&text)))
        };
        self.columns.iter().enumerate().filter(known).count()
    }

    fn has_counter(&self, shape: &TableShape) -> bool {
        (0..shape.fields.len()).any(|field| is_counter(shape, field) && !self.columns[field].is_empty())
    }
}

/// A running number: a number field that names nobody.
pub fn is_counter(shape: &TableShape, field: usize) -> bool {
    shape.fields[field].kind == FieldType::Number && !shape.key.contains(&field)
}

/// A row that holds a name and nothing else: somebody of whom nothing else is known, or the title of a section.
fn alone(text: &str, numbered: bool, lists: &[CodeList]) -> RowKind {
    let words = text.split_whitespace().count();
    let name_like = (2..=6).contains(&words) && text.chars().all(|c| c.is_alphabetic() || c.is_whitespace());
    match numbered && name_like && !is_section(text, lists) {
        true => RowKind::Data,
        false => RowKind::Section,
    }
}

/// The title of a section: it begins with a word for units or courses, or is an entry of a list.
fn is_section(text: &str, lists: &[CodeList]) -> bool {
    let spelling = text::key(text);
    text::is_section_title(text) || lists.iter().any(|list| list.knows(&spelling))
}

/// A row of column numbers: (1) (2) (3), or A B 1 2 3, or 3=4+6.
fn is_numbering(row: &Row) -> bool {
    let numbered = |raw: Raw<'_>| match raw {
        Raw::Number(number) => number.fract() == 0.0 && (0.0..100.0).contains(&number),
        Raw::Text(text) => {
            let inner = text.trim().trim_start_matches(['(', '[']).trim_end_matches([')', ']']);
            let letter = inner.len() == 1 && inner.bytes().all(|byte| byte.is_ascii_uppercase());
            let sum = inner.len() <= 24 && inner.chars().all(|c| c.is_ascii_digit() || "=+-() ".contains(c));
            letter || (sum && inner.contains(|c: char| c.is_ascii_digit()))
        }
        _ => false,
    };
    row.cells().count() >= 3 && row.cells().all(|cell| numbered(cell.raw))
}

/// A text that begins with a bullet: a part of something above.
fn is_bullet(text: &str) -> bool {
    text.trim_start().starts_with(['-', '+', '–', '•'])
}

/// A line drawn with signs: `-----`, `***`, `...`.
fn is_rule(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '_' | '=' | '*' | '.' | '…'))
}

/// A whole number of at most four digits.
fn small_number(raw: Raw<'_>) -> Option<f64> {
    match raw {
        Raw::Number(number) if number.fract() == 0.0 && (0.0..10_000.0).contains(&number) => Some(number),
        Raw::Text(text) if text.trim().len() <= 4 => text.trim().parse::<u16>().ok().map(f64::from),
        _ => None,
    }
}

fn is_mark(cell: Cell<'_>) -> bool {
    match cell.raw {
        Raw::Text(text) => text::mark(text) == Some(true),
        Raw::Bool(truth) => truth,
        Raw::Number(number) => number == 1.0,
        Raw::Date(_) | Raw::Error(_) | Raw::Uncomputed => false,
    }
}

/// Whether a cell can say a day: a word in a date column says none.
fn has_digit(cell: Cell<'_>) -> bool {
    match cell.raw {
        Raw::Text(text) => text.contains(|c: char| c.is_ascii_digit()),
        Raw::Number(_) | Raw::Date(_) => true,
        Raw::Bool(_) | Raw::Error(_) | Raw::Uncomputed => false,
    }
}

/// Whether every cell of a row is in brackets: (1) (2) (3=1+2).
fn is_bracketed(row: &Row) -> bool {
    row.cells()
        .all(|cell| matches!(cell.raw, Raw::Text(text) if text.trim().starts_with('(') && text.trim().ends_with(')')))
}

fn starts_with_digit(cell: Cell<'_>) -> bool {
    matches!(cell.raw, Raw::Text(text) if text.trim_start().starts_with(|c: char| c.is_ascii_digit()))
}

/// Long enough to be somebody's id and no count.
fn is_long(cell: Cell<'_>) -> bool {
    match cell.raw {
        Raw::Number(number) => number >= 1e6,
        Raw::Text(text) => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            digits >= 7 && !text.contains(char::is_alphabetic)
        }
        _ => false,
    }
}

//! The stretch of a sheet below a header: what each of its rows is taken for.

use super::candidate::{Candidate, Filled};
use super::mapping::{Mapping, Source};
use super::row::Row;
use super::written::{Prior, words};
use crate::model::{CodeList, FieldType, Merged, Raw, RowKind, TableShape};
use crate::text;

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
    /// The sheet columns of running numbers.
    pub counters: Vec<u16>,
    /// The sheet columns of ids.
    pub ids: Vec<u16>,
    /// The row before was a total.
    totalled: bool,
    /// The signature block has begun.
    signed: bool,
    /// The row before was one of column numbers, or the header.
    numbering_may_follow: bool,
    /// The last one who is surely somebody has no running number.
    unnumbered: bool,
}

/// A text of more words than this is a sentence, no name and no title.
const MOST_WORDS: usize = 8;

impl Stretch {
    /// The stretch below a header of a table, as a part of it.
    pub fn new(
        (table, shape): (usize, &TableShape),
        part: u16,
        mapping: Mapping,
        merged: Vec<Merged>,
        prior: Prior,
    ) -> Self {
        let columns: Vec<Vec<u16>> = mapping.sources.iter().map(Source::columns).collect();
        let all = |wanted: &dyn Fn(usize) -> bool| {
            let fields = (0..shape.fields.len()).filter(|field| wanted(*field));
            fields.flat_map(|field| columns[field].iter().copied()).collect()
        };
        let counters = all(&|field| is_counter(shape, field));
        let ids = all(&|field| matches!(shape.fields[field].kind, FieldType::Id { .. }));
        Self {
            table,
            part,
            mapping,
            merged,
            prior,
            columns,
            counters,
            ids,
            totalled: false,
            signed: false,
            numbering_may_follow: true,
            unnumbered: false,
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
        let candidate = Candidate { row, shape, lists, stretch: self };
        if candidate.has_id() || candidate.is_known() {
            (self.totalled, self.signed, self.unnumbered) = (false, false, !candidate.is_numbered());
            return RowKind::Data;
        }
        let kind = self.of_little(&candidate);
        self.totalled = kind == RowKind::Total;
        self.signed |= kind == RowKind::Footer;
        kind
    }

    /// A row that says too little to be surely somebody's: first what wordings say, then what is filled.
    fn of_little(&self, candidate: &Candidate<'_>) -> RowKind {
        let (filled, said) = (&candidate.filled(), candidate.texts());
        let first = said.iter().find(|text| !text::is_section_numeral(text)).map_or("", String::as_str);
        let name = candidate.name();
        let numbered_name = filled.numbered && is_like_name(&name) && !text::is_footer(&name);
        if candidate.is_drawn() {
            return RowKind::Remark;
        }
        if text::is_total(first) || text::is_part_of_total(first) || self.is_counted(filled, &name, candidate) {
            return RowKind::Total;
        }
        if filled.own <= 1 && said.iter().any(|text| text::is_nothing_to_report(text)) {
            return RowKind::Nothing;
        }
        let only_texts = said.len() == candidate.row.cells().count();
        let signs = || only_texts && said.iter().all(|text| text::is_signatory(text)) && candidate.entries() == 0;
        let signed = self.signed || said.iter().any(|text| text::is_footer(text)) || signs();
        // A vacant post may stand below a remark that looks like a footer, and so may somebody with a running number.
        if signed && filled.marks == 0 && !numbered_name && candidate.entries() < 2 {
            return RowKind::Footer;
        }
        self.weak(filled, &said, (first, &name), candidate)
    }

    /// A row without a telling word: somebody of whom little is known, a title, a remark, or a default.
    fn weak(
        &self,
        filled: &Filled,
        said: &[String],
        (first, name): (&str, &str),
        candidate: &Candidate<'_>,
    ) -> RowKind {
        let numerals = said.iter().all(|text| text::is_section_numeral(text));
        let entry = || !text::is_section_title(first) && candidate.entries() == 1;
        match filled {
            Filled { untold: 1.., .. } | Filled { needed_dates: 1.., numbered: true, .. } => RowKind::Data,
            Filled { own: 0, numbered: true, .. } if numerals => RowKind::Prefilled,
            Filled { own: 0 | 1, marks: 0, .. } if said.is_empty() => RowKind::Prefilled,
            _ if text::is_page_number(first) && said.len() == 1 => RowKind::Remark,
            Filled { own: 0, .. } if numerals || is_section(first, candidate.lists) => RowKind::Section,
            Filled { own: 0, numbered: false, .. } if candidate.is_in_counter() => RowKind::Section,
            Filled { own: 0, .. } => RowKind::Remark,
            Filled { own: 1, .. } if first.split_whitespace().count() > MOST_WORDS => RowKind::Remark,
            Filled { own: 1, key: 1, .. } if self.is_somebody(name, filled, candidate) => RowKind::Data,
            Filled { own: 1, key: 1, .. } => RowKind::Section,
            Filled { own: 1, .. } if entry() && candidate.is_vacancy() => RowKind::Data,
            Filled { own: 1, marks: 0, numbered, .. } if *numbered || entry() => RowKind::Prefilled,
            Filled { own: 1, marks: 0, .. } => RowKind::Section,
            _ => RowKind::Data,
        }
    }

    /// Whether a row counts others. A row with a running number is somebody's, and where people have none a name is.
    fn is_counted(&self, filled: &Filled, name: &str, candidate: &Candidate<'_>) -> bool {
        if filled.numbered || (self.counts_nobody() && is_name(name)) {
            return false;
        }
        let first = candidate.row.cells().find_map(|cell| words(cell, self.prior));
        // Below a total, and behind a bullet, one number is enough: «- Nữ: 3».
        let part = self.totalled || first.is_some_and(|text| is_bullet(&text));
        candidate.counts(if part { 1 } else { 2 })
    }

    /// Whether a row that holds a name and nothing else is somebody, not the title of a section.
    fn is_somebody(&self, name: &str, filled: &Filled, candidate: &Candidate<'_>) -> bool {
        let named = (filled.numbered && is_like_name(name)) || (self.counts_nobody() && is_name(name));
        named && !is_section(name, candidate.lists)
    }

    /// Whether people stand here without running numbers.
    fn counts_nobody(&self) -> bool {
        self.unnumbered || self.counters.is_empty()
    }

    /// The header was repeated, as printed pages have it.
    pub fn header_again(&mut self) {
        self.signed = false;
        self.numbering_may_follow = true;
    }

    /// Whether two rows say the same but for the running number.
    pub fn alike(&self, one: &Row, other: &Row) -> bool {
        fn said<'a>(row: &'a Row, counters: &'a [u16]) -> impl Iterator<Item = (u16, Raw<'a>)> {
            row.cells().filter(|cell| !counters.contains(&cell.at.column)).map(|cell| (cell.at.column, cell.raw))
        }
        said(one, &self.counters).eq(said(other, &self.counters))
    }

    /// Whether a row of the table names nobody, marks nothing and has no day that everybody needs: it may be a default
    /// that was filled in beforehand.
    pub fn is_nobody(&self, row: &Row, shape: &TableShape, lists: &[CodeList]) -> bool {
        let candidate = Candidate { row, shape, lists, stretch: self };
        if candidate.has_id() {
            return false;
        }
        let filled = candidate.filled();
        filled.key == 0 && filled.marks == 0 && filled.needed_dates == 0
    }
}

/// A running number: a number field that names nobody.
pub fn is_counter(shape: &TableShape, field: usize) -> bool {
    shape.fields[field].kind == FieldType::Number && !shape.key.contains(&field)
}

/// A few words without digits.
fn is_like_name(text: &str) -> bool {
    let letters = |c: char| c.is_alphabetic() || c.is_whitespace() || ".,'’()-".contains(c);
    (2..=6).contains(&text.split_whitespace().count()) && text.chars().all(letters)
}

/// A few words of which the first and the last are capitalised, as in a name.
fn is_name(text: &str) -> bool {
    let capital = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
    is_like_name(text) && capital(text.split_whitespace().next()) && capital(text.split_whitespace().last())
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

/// Whether every cell of a row is in brackets: (1) (2) (3=1+2).
fn is_bracketed(row: &Row) -> bool {
    row.cells()
        .all(|cell| matches!(cell.raw, Raw::Text(text) if text.trim().starts_with('(') && text.trim().ends_with(')')))
}

/// A text that begins with a bullet: a part of something above.
fn is_bullet(text: &str) -> bool {
    text.trim_start().starts_with(['-', '+', '–', '•'])
}

//! Headers: among rows of texts, the block of one to four rows whose titles are those of a table.

use std::ops::Range;

use super::mapping::{Mapping, map};
use super::titles::Title;
use crate::model::{CellAt, Field, Meaning, Need, TableShape, Titles, Vocabulary};
use crate::text::plain_key;

/// The most rows a header has.
const MOST_ROWS: usize = 4;

/// The texts of a row that could be titles, decoded.
#[derive(Clone, Debug)]
pub struct TitleRow {
    /// The sheet row, from zero.
    pub row: u32,
    /// Column and text, left to right.
    pub cells: Vec<(u16, Title)>,
}

/// The titles above a column, from the top down; a title that spans several columns stands in each.
#[derive(Clone, Debug)]
pub struct Path<'a> {
    /// The sheet column.
    pub column: u16,
    /// The titles with the cells they are written in.
    pub titles: Vec<(CellAt, &'a Title)>,
}

impl Path<'_> {
    /// The lowest title without diacritics, and its cell.
    pub fn plain(&self) -> Option<(CellAt, &str)> {
        let (at, title) = self.titles.last()?;
        Some((*at, &title.keys.as_ref()?.plain))
    }
}

/// A header that was found.
#[derive(Clone, Debug)]
pub struct Header {
    /// The table, by position in the vocabulary.
    pub table: usize,
    /// Its rows, by position among the rows given.
    pub rows: Range<usize>,
    /// The sheet column of each field, and what is wrong with the titles.
    pub mapping: Mapping,
}

/// How much of a table's titles a sheet must show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demand {
    /// The sheet bears the table's name: three titles are enough, one of them of a field that names a row.
    Few,
    /// The sheet bears another name: two thirds of the required titles.
    Most,
    /// The sheet bears another name and a sheet with the table's name exists: every required title.
    All,
}

/// A header that could be chosen, and how good it is.
struct Choice {
    score: (usize, usize),
    header: Header,
}

/// The headers among rows of texts, top down: the best, then the best of those below it, and so on. The best has the
/// most fields; of equals it is the one of the demanded table, the one that explains the most columns, the one of fewest
/// rows, the first.
pub fn find(rows: &[TitleRow], vocabulary: &Vocabulary, titles: &[Titles], demands: &[Demand]) -> Vec<Header> {
    let mut choices = choices(rows, vocabulary, titles, demands);
    let mut headers = Vec::new();
    loop {
        // Of equals the first stands.
        fn better<'c>(best: &'c Choice, other: &'c Choice) -> &'c Choice {
            if other.score > best.score { other } else { best }
        }
        let end = headers.last().map_or(0, |last: &Header| last.rows.end);
        choices.retain(|choice| choice.header.rows.start >= end);
        let Some(best) = choices.iter().reduce(better) else { return headers };
        headers.push(best.header.clone());
    }
}

/// Every block of rows that shows enough of a table's titles. Each is looked at once, since mapping is what costs.
fn choices(rows: &[TitleRow], vocabulary: &Vocabulary, titles: &[Titles], demands: &[Demand]) -> Vec<Choice> {
    let mut choices = Vec::new();
    for (table, shape) in vocabulary.tables.iter().enumerate() {
        let meanings: Vec<Vec<&Meaning>> = rows.iter().map(|row| meanings(row, &titles[table])).collect();
        for start in (0..rows.len()).filter(|start| !meanings[*start].is_empty()) {
            for end in start + 1..=(start + MOST_ROWS).min(rows.len()) {
                let near = rows[end - 1].row - rows[start].row < MOST_ROWS as u32;
                let known = meanings[start..end].concat();
                if !near || known.iter().all(|meaning| *meaning == known[0]) {
                    continue;
                }
                let mapping = map(&paths(&rows[start..end]), &titles[table], shape, vocabulary);
                if enough(&mapping, shape, demands[table]) {
                    let score = (mapping.found() * 2 + usize::from(demands[table] == Demand::Few), mapping.width());
                    choices.push(Choice { score, header: Header { table, rows: start..end, mapping } });
                }
            }
        }
    }
    choices
}

/// Whether a sheet is named after a table.
pub fn is_named(shape: &TableShape, sheet: &str) -> bool {
    let names = [shape.sheet.vi.as_str(), shape.sheet.en.as_str(), shape.name.as_str()];
    let sheet = plain_key(sheet);
    names.into_iter().chain(shape.synonyms.iter().map(String::as_str)).any(|name| plain_key(name) == sheet)
}

/// What the titles of a row mean in a table.
fn meanings<'a>(row: &TitleRow, titles: &'a Titles) -> Vec<&'a Meaning> {
    row.cells.iter().filter_map(|(_, title)| titles.meaning(title)).collect()
}

fn enough(mapping: &Mapping, shape: &TableShape, demand: Demand) -> bool {
    let own = shape.fields.iter().filter(|field| field.derived.is_none()).count();
    let required = || shape.fields.iter().enumerate().filter(|(_, field)| field.need != Need::Optional);
    let (total, found) = (required().count(), required().filter(|(field, _)| mapping.has(*field)).count());
    let many = mapping.found() >= own.min(3);
    match demand {
        Demand::Few => many && (names_rows(mapping, shape) || found * 2 >= total),
        Demand::Most => many && found * 3 >= total * 2,
        Demand::All => many && found == total,
    }
}

/// Whether there is a column for what names a row, or for the mark that nobody is to be named: else its rows may be the
/// lines of a summary above the list.
fn names_rows(mapping: &Mapping, shape: &TableShape) -> bool {
    let vacant = |field: &Field| matches!(field.need, Need::Unless(flag) if mapping.has(flag));
    shape.key.iter().any(|field| mapping.has(*field)) || shape.fields.iter().any(vacant)
}

/// The titles above each column of a block.
fn paths(rows: &[TitleRow]) -> Vec<Path<'_>> {
    let mut columns: Vec<u16> = rows.iter().flat_map(|row| row.cells.iter().map(|(column, _)| *column)).collect();
    columns.sort_unstable();
    columns.dedup();
    columns.into_iter().map(|column| Path { column, titles: above(rows, column) }).collect()
}

fn above(rows: &[TitleRow], column: u16) -> Vec<(CellAt, &Title)> {
    let mut titles = Vec::new();
    for (depth, row) in rows.iter().enumerate() {
        let below = &rows[depth + 1..];
        let Some((from, title)) = row.cells.iter().rev().find(|(from, _)| *from <= column) else { continue };
        // A title reaches over the columns to its right as far as there are titles below each of them.
        let spans = *from == column || (*from..=column).all(|column| below.iter().any(|row| has(row, column)));
        if spans && title.keys.is_some() {
            titles.push((CellAt::new(row.row, *from), title));
        }
    }
    titles
}

fn has(row: &TitleRow, column: u16) -> bool {
    row.cells.iter().any(|(at, _)| *at == column)
}

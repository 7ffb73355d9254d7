//! A page being filled in: cells, formulas with the values they give, titles.

use std::collections::BTreeMap;

use super::formula::LONGEST;
use super::{Cell, Content, Input, Live, Look, Sheet, fit};
use crate::model::CellAt;

/// The font size of the sheets, in points.
const SIZE: f64 = 12.0;

/// A sheet under construction; it remembers the values placed, so that sums and shares know theirs.
#[derive(Debug)]
pub struct Page<'a> {
    /// What the sheet is computed from.
    pub input: &'a Input<'a>,
    /// The sheet so far.
    pub sheet: Sheet,
    /// The next free row.
    pub row: u32,
    values: BTreeMap<CellAt, f64>,
}

/// A column title, below a group's title where it has one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title {
    /// The title over several columns; equal neighbours are merged.
    pub group: Option<String>,
    /// The column's own title.
    pub text: String,
}

impl Title {
    /// A title that stands alone.
    pub fn alone(text: impl Into<String>) -> Self {
        Self { group: None, text: text.into() }
    }

    /// A title below a group's.
    pub fn below(group: impl Into<String>, text: impl Into<String>) -> Self {
        Self { group: Some(group.into()), text: text.into() }
    }
}

/// A cell by row and column.
pub fn cell(row: u32, column: usize) -> CellAt {
    CellAt::new(row, u16::try_from(column).unwrap_or(u16::MAX))
}

/// A cell with its column fixed: `$B8`.
pub fn fixed_column(at: CellAt) -> String {
    format!("${at}")
}

impl<'a> Page<'a> {
    /// An empty page with column widths.
    pub fn blank(input: &'a Input<'a>, name: &str, widths: Vec<f64>) -> Self {
        let sheet = Sheet { name: name.to_owned(), widths, ..Sheet::default() };
        Self { input, sheet, row: 0, values: BTreeMap::new() }
    }

    /// Places a text.
    pub fn text(&mut self, at: CellAt, text: impl Into<String>, look: Look) {
        let text = text.into();
        let content = if text.is_empty() { Content::Blank } else { Content::Text(text) };
        self.place(at, content, look, None);
    }

    /// Places a text over an area.
    pub fn merged(&mut self, at: CellAt, last: CellAt, text: impl Into<String>, look: Look) {
        let text = text.into();
        let lines = self.lines(&text, look, at.column, last.column);
        if at.row == last.row {
            self.at_least(at.row, lines);
        }
        self.place(at, Content::Text(text), look, (at != last).then_some(last));
    }

    /// Places a number that is not computed.
    pub fn number(&mut self, at: CellAt, number: f64, look: Look) {
        self.values.insert(at, number);
        self.place(at, Content::Number(number), look, None);
    }

    /// Places a number that is not computed over an area.
    pub fn merged_number(&mut self, at: CellAt, last: CellAt, number: f64, look: Look) {
        self.values.insert(at, number);
        self.place(at, Content::Number(number), look, (at != last).then_some(last));
    }

    /// Places a computed number; `formula` has no `=`.
    pub fn computed(&mut self, at: CellAt, formula: &str, value: Option<f64>, look: Look) {
        if let Some(value) = value {
            self.values.insert(at, value);
        }
        let live = self.input.live == Live::Formulas && formula.len() < LONGEST;
        let content = match value {
            _ if live => Content::Formula { formula: format!("={formula}"), value },
            Some(value) => Content::Number(value),
            None => Content::Blank,
        };
        self.place(at, content, look, None);
    }

    /// Places the sum of a stretch of a column or row.
    pub fn sum(&mut self, at: CellAt, first: CellAt, last: CellAt, look: Look) {
        let inside =
            |at: &CellAt| (first.row..=last.row).contains(&at.row) && (first.column..=last.column).contains(&at.column);
        let value = self.values.iter().filter(|(at, _)| inside(at)).map(|(_, value)| value).sum();
        self.computed(at, &format!("SUM({first}:{last})"), Some(value), look);
    }

    /// Places the sum of single cells.
    pub fn add(&mut self, at: CellAt, cells: &[CellAt], look: Look) {
        let value = cells.iter().map(|cell| self.value(*cell)).sum();
        let named: Vec<String> = cells.iter().map(ToString::to_string).collect();
        let formula = if named.is_empty() { "0".to_owned() } else { named.join("+") };
        self.computed(at, &formula, Some(value), look);
    }

    /// Places a difference.
    pub fn subtract(&mut self, at: CellAt, from: CellAt, less: CellAt, look: Look) {
        let value = self.value(from) - self.value(less);
        self.computed(at, &format!("{from}-{less}"), Some(value), look);
    }

    /// Places a share of one cell in another; empty where there is nothing to share.
    pub fn share(&mut self, at: CellAt, part: CellAt, whole: CellAt, look: Look) {
        let (part_value, whole_value) = (self.value(part), self.value(whole));
        let value = (whole_value != 0.0).then(|| part_value / whole_value);
        self.computed(at, &format!("IF({whole}=0,\"\",{part}/{whole})"), value, look);
    }

    /// The value placed in a cell; 0 where there is none.
    pub fn value(&self, at: CellAt) -> f64 {
        self.values.get(&at).copied().unwrap_or(0.0)
    }

    /// Writes column titles and the column-number row of the sheet's first table; they stay visible when scrolling.
    pub fn titles(&mut self, titles: &[Title]) {
        self.titles_here(titles);
        self.sheet.frozen_rows = self.row;
    }

    /// Writes column titles and the column-number row; pages that the table runs on to repeat them.
    pub fn titles_here(&mut self, titles: &[Title]) {
        let top = self.row;
        let grouped = titles.iter().any(|title| title.group.is_some());
        let bottom = if grouped { top + 1 } else { top };
        for (column, title) in titles.iter().enumerate() {
            let starts = column == 0 || titles.get(column - 1).is_none_or(|before| before.group != title.group);
            match &title.group {
                None if grouped => self.merged(cell(top, column), cell(bottom, column), &title.text, Look::Column),
                None => self.text(cell(top, column), &title.text, Look::Column),
                Some(group) => {
                    if starts {
                        let span = titles.iter().skip(column).take_while(|next| next.group == title.group).count();
                        self.merged(cell(top, column), cell(top, column + span - 1), group, Look::Column);
                    }
                    self.text(cell(bottom, column), &title.text, Look::Column);
                }
            }
            let column = u16::try_from(column).unwrap_or(u16::MAX);
            let lines = self.lines(&title.text, Look::Column, column, column);
            let above = if title.group.is_none() && grouped { 1 } else { 0 };
            self.at_least(bottom, lines.saturating_sub(above).max(1));
        }
        for column in 0..titles.len() {
            self.text(cell(bottom + 1, column), format!("({})", column + 1), Look::ColumnNumber);
        }
        self.row = bottom + 2;
        self.sheet.repeated_rows = Some((top, bottom + 1));
    }

    /// Begins a new printed page.
    pub fn new_page(&mut self) {
        self.sheet.page_starts.push(self.row);
    }

    /// Makes a row high enough for a number of lines.
    pub fn at_least(&mut self, row: u32, lines: u32) {
        let height = fit::height(lines, SIZE);
        match self.sheet.heights.iter_mut().find(|(known, _)| *known == row) {
            Some((_, known)) => *known = known.max(height),
            None => self.sheet.heights.push((row, height)),
        }
    }

    /// The number of lines that a text takes over some columns.
    fn lines(&self, text: &str, look: Look, first: u16, last: u16) -> u32 {
        let size = match look {
            Look::Title => 14.0 * fit::BOLD,
            Look::Column | Look::Group | Look::Heading | Look::Motto | Look::TotalName => SIZE * fit::BOLD,
            _ => SIZE,
        };
        let widths = self.sheet.widths.iter().skip(usize::from(first)).take(usize::from(last - first) + 1);
        fit::lines(text, widths.map(|width| fit::column(*width)).sum(), size)
    }

    /// The width of the sheet in points.
    pub fn width(&self) -> f64 {
        self.sheet.widths.iter().map(|width| fit::column(*width)).sum()
    }

    /// The sheet, its cells in order.
    pub fn done(mut self) -> Sheet {
        self.sheet.cells.sort_by_key(|cell| (cell.at.row, cell.at.column));
        self.sheet.cells.dedup_by_key(|cell| cell.at);
        for row in 0..self.row {
            self.at_least(row, 1);
        }
        self.sheet.heights.sort_by_key(|(row, _)| *row);
        self.sheet
    }

    fn place(&mut self, at: CellAt, content: Content, look: Look, merged_to: Option<CellAt>) {
        if let (Content::Text(text), Look::Name | Look::Member | Look::Text | Look::Group | Look::TotalName) =
            (&content, look)
        {
            let lines = self.lines(text, look, at.column, merged_to.map_or(at.column, |last| last.column));
            self.at_least(at.row, lines);
        }
        self.sheet.cells.push(Cell { at, content, look, merged_to });
    }
}

//! The grid that a page of tables makes: which cell is which, with merged cells and tables inside tables.

use crate::intake::held::HeldSheet;
use crate::intake::literal;
use crate::model::{CellAt, Legacy};

/// Columns of a sheet (Excel's limit).
const COLUMNS: usize = 16_384;
/// Rows of a sheet (Excel's limit).
const ROWS: u32 = 1_048_576;

/// How many columns and rows a cell covers.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    columns: usize,
    rows: u32,
}

impl Span {
    /// What a cell covers, within the limits of the HTML standard; no rows means all the rows below.
    pub fn new(columns: Option<u32>, rows: Option<u32>) -> Self {
        let rows = rows.unwrap_or(1);
        Self { columns: columns.unwrap_or(1).clamp(1, 1000) as usize, rows: if rows == 0 { u32::MAX } else { rows } }
    }
}

/// A sheet that grows row by row: texts and tables below each other.
#[derive(Debug, Default)]
pub struct Grid {
    /// The cells so far.
    pub sheet: HeldSheet,
    /// Whether something passed the last row or column of a sheet.
    pub overflows: bool,
    /// The row that is being filled.
    row: u32,
    /// Whether that row holds a cell.
    filled: bool,
    tables: Vec<Table>,
    outside: Text,
}

/// A table that is open.
#[derive(Debug, Default)]
struct Table {
    /// The row, counted within the table.
    row: u32,
    in_row: bool,
    hidden: bool,
    /// The next column of the row.
    column: usize,
    /// For each column, the row of the table from which it is free again.
    free_from: Vec<u32>,
    cell: Option<(u16, Text)>,
}

/// Text with its white space as a browser shows it.
#[derive(Debug, Default)]
struct Text {
    shown: String,
    font: Option<Legacy>,
}

impl Text {
    fn push(&mut self, text: &str, font: Option<Legacy>) {
        for letter in text.chars() {
            match letter.is_whitespace() {
                true if self.shown.is_empty() || self.shown.ends_with([' ', '\n']) => {}
                true => self.shown.push(' '),
                false => {
                    if self.shown.is_empty() {
                        self.font = font;
                    }
                    self.shown.push(letter);
                }
            }
        }
    }

    fn break_line(&mut self) {
        if !self.shown.is_empty() {
            self.shown.truncate(self.shown.trim_end_matches(' ').len());
            self.shown.push('\n');
        }
    }
}

impl Grid {
    /// How many tables are open.
    pub fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Text as it stands in the page; non-breaking spaces are how pages leave room.
    pub fn text(&mut self, text: &str, font: Option<Legacy>) {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((_, cell)) => cell.push(text, font),
            None => self.outside.push(text, None),
        }
    }

    /// A line break inside a text.
    pub fn break_line(&mut self) {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((_, cell)) => cell.break_line(),
            None => self.end_block(),
        }
    }

    /// The end of a paragraph: a line break in a cell, a row outside of tables.
    pub fn end_block(&mut self) {
        match self.tables.last_mut().and_then(|table| table.cell.as_mut()) {
            Some((_, cell)) if !cell.shown.ends_with('\n') => cell.break_line(),
            Some(_) => {}
            None => self.put_outside(),
        }
    }

    /// A table begins; inside a cell of another one, it stands in the rows below the text so far.
    pub fn start_table(&mut self) {
        self.put_outside();
        self.put_cell();
        self.next_row();
        self.tables.push(Table::default());
    }

    /// The innermost table ends.
    pub fn end_table(&mut self) {
        self.end_row();
        self.tables.pop();
    }

    /// A row of the innermost table begins.
    pub fn start_row(&mut self, hidden: bool) {
        self.end_row();
        self.put_outside();
        if let Some(table) = self.tables.last_mut() {
            (table.in_row, table.hidden, table.column) = (true, hidden, 0);
        }
    }

    /// The row of the innermost table ends.
    pub fn end_row(&mut self) {
        self.end_cell();
        let Some(table) = self.tables.last_mut().filter(|table| table.in_row) else { return };
        table.in_row = false;
        table.row = table.row.saturating_add(1);
        self.filled = true;
        self.next_row();
    }

    /// A cell of the innermost table begins.
    pub fn start_cell(&mut self, span: Span) {
        self.end_cell();
        if self.tables.last().is_some_and(|table| !table.in_row) {
            self.start_row(false);
        }
        let Some(table) = self.tables.last_mut() else { return };
        while table.free_from.get(table.column).is_some_and(|free| *free > table.row) {
            table.column += 1;
        }
        let (start, end) = (table.column, table.column + span.columns);
        if end > COLUMNS {
            self.overflows = true;
            return;
        }
        if table.free_from.len() < end {
            table.free_from.resize(end, 0);
        }
        table.free_from[start..end].fill(table.row.saturating_add(span.rows));
        table.column = end;
        table.cell = Some((start as u16, Text::default()));
    }

    /// The cell of the innermost table ends.
    pub fn end_cell(&mut self) {
        self.put_cell();
        if let Some(table) = self.tables.last_mut() {
            table.cell = None;
        }
    }

    /// The page ends, with whatever was left open.
    pub fn finish(&mut self) {
        while !self.tables.is_empty() {
            self.end_table();
        }
        self.put_outside();
    }

    /// Writes the text of the open cell so far; the cell stays open.
    fn put_cell(&mut self) {
        let Some(table) = self.tables.last_mut() else { return };
        let Some((column, text)) = &mut table.cell else { return };
        let Text { shown, font } = std::mem::take(text);
        if shown.is_empty() {
            return;
        }
        self.sheet.hidden.rows += u32::from(table.hidden && !self.filled);
        self.filled = true;
        self.sheet.push(CellAt::new(self.row, *column), literal::plain(shown.trim_end()), font);
    }

    /// Writes the text that stands outside of tables, in a row of its own.
    fn put_outside(&mut self) {
        let Text { shown, .. } = std::mem::take(&mut self.outside);
        if !shown.is_empty() {
            self.next_row();
            self.sheet.push(CellAt::new(self.row, 0), literal::plain(shown.trim_end()), None);
            self.filled = true;
            self.next_row();
        }
    }

    /// Leaves a row that holds a cell.
    fn next_row(&mut self) {
        if self.filled {
            self.row = self.row.saturating_add(1);
            self.filled = false;
            self.overflows |= self.row >= ROWS;
        }
    }
}

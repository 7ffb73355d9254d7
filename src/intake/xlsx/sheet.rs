//! A worksheet: its rows and cells in one pass, each cell given as it is scanned.

use std::ops::ControlFlow;

use memchr::memmem;

use super::blocks::Blocks;
use super::cell::{Parts, address};
use super::common::{CommonCell, CommonValue};
use super::decode::decimal;
use super::fault::Fault;
use super::shared::Shared;
use super::styles::{Style, Styles};
use super::xml::{Scanned, Scanner, Token};
use crate::model::{Cell, CellAt, Hidden, Legacy, Raw, Sink, Wanted};

/// The last row and column of a sheet, from zero.
const LAST: CellAt = CellAt::new(1_048_575, 16_383);

/// What the cells of every sheet refer to.
#[derive(Debug, Default)]
pub struct Book {
    /// Shared strings.
    pub shared: Shared,
    /// Cell formats.
    pub styles: Styles,
    /// What makes a stored serial one of the 1900 calendar (days).
    pub shift: f64,
}

impl Book {
    /// A number in a cell of a style.
    pub fn number(&self, number: f64, style: Style) -> Raw<'static> {
        match style.date {
            true => Raw::Date(number + self.shift),
            false => Raw::Number(number),
        }
    }

    /// A shared string in a cell of a style, and the encoding of its font.
    ///
    /// # Errors
    /// [`Fault::String`] where there is none of that number.
    pub fn string(&self, index: usize, style: Style) -> Result<(Raw<'_>, Option<Legacy>), Fault> {
        let (text, fonts) = self.shared.get(index).ok_or(Fault::String)?;
        Ok((Raw::Text(text), fonts.in_cell(style.font)))
    }
}

/// How far the scan has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Before the rows.
    Head,
    /// Between rows.
    Rows,
    /// Inside a row.
    Row,
    /// Inside a row, behind the last of its cells that are wanted.
    Rest,
}

/// A worksheet that is being scanned.
pub struct Sheet<'a> {
    book: &'a Book,
    wanted: Wanted<'a>,
    /// Finds the end of a row.
    row_end: memmem::Finder<'static>,
    stage: Stage,
    row: Row,
    /// Hidden columns, first and last.
    hidden: Vec<(u32, u32)>,
    hidden_rows: u32,
    /// Leftmost and rightmost column with a cell.
    used: Option<(u16, u16)>,
    /// Whether the scan broke off before the end of the rows.
    left: bool,
    scratch: String,
}

/// The row under way, or the last one.
#[derive(Debug, Default)]
struct Row {
    /// Its number from zero; the number of a first row that does not tell it.
    number: u32,
    /// Whether a later cell may still tell the number: the row does not, and no cell of it was given.
    open: bool,
    /// The column of a next cell that does not tell it.
    next: u32,
    /// Whether the row is hidden and no cell of it was given.
    hidden: bool,
    /// Whether a row was met at all.
    met: bool,
    /// Whether its tags have a prefix.
    prefixed: bool,
}

impl<'a> Sheet<'a> {
    /// A worksheet of a workbook, before its first cell; of the wanted ones.
    pub fn new(book: &'a Book, wanted: Wanted<'a>) -> Self {
        let (row, scratch, row_end) = (Row::default(), String::new(), memmem::Finder::new("</row"));
        let (stage, hidden) = (Stage::Head, Vec::new());
        Self { book, wanted, row_end, stage, row, hidden, hidden_rows: 0, used: None, left: false, scratch }
    }

    /// Gives the filled cells that are wanted to `sink` until it breaks off or the sheet ends; counts what is hidden among
    /// them.
    ///
    /// # Errors
    /// A [`Fault`] of the part or of a cell.
    pub fn scan(&mut self, blocks: &mut Blocks<'_>, sink: &mut Sink<'_>) -> Result<Hidden, Fault> {
        blocks.scan(|scanner| self.item(scanner, sink))?;
        if !self.left {
            blocks.finish()?;
        }
        Ok(Hidden { rows: self.hidden_rows, columns: self.hidden_columns() })
    }

    /// The cell that is read next, for a message; `None` before the first row.
    pub fn place(&self) -> Option<CellAt> {
        let column = u16::try_from(self.row.next.min(u32::from(LAST.column))).unwrap_or(LAST.column);
        self.row.met.then(|| CellAt::new(self.row.number, column))
    }

    /// Scans what comes next.
    #[inline]
    fn item(&mut self, scanner: &mut Scanner<'_>, sink: &mut Sink<'_>) -> Scanned<ControlFlow<()>> {
        if self.stage == Stage::Row
            && let Some(cell) = scanner.common(CommonCell::read)
        {
            return self.common(cell, sink);
        }
        if self.stage == Stage::Rest && !self.row.prefixed && scanner.pass_to(&self.row_end) {
            return Ok(ControlFlow::Continue(()));
        }
        match (self.stage, scanner.next()?) {
            (Stage::Row, Token::Start(b"c")) => self.cell(scanner, sink),
            (Stage::Row | Stage::Rest, Token::End(b"row")) => Ok(self.enter(Stage::Rows)),
            (Stage::Rest, Token::End(_)) => Ok(ControlFlow::Continue(())),
            (Stage::Rest, Token::Start(_)) => scanner.skip().map(ControlFlow::Continue),
            (Stage::Rows, Token::Start(b"row")) => {
                self.stage = self.row(scanner)?;
                self.left = self.wanted.end_above(self.row.number);
                Ok(if self.left { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
            }
            (Stage::Rows, Token::End(b"sheetData")) => Ok(ControlFlow::Break(())),
            (Stage::Head, token) => self.head(token, scanner),
            (Stage::Row, Token::Start(b"extLst")) => scanner.skip().map(ControlFlow::Continue),
            (_, Token::Text(_) | Token::Literal(_)) => Ok(ControlFlow::Continue(())),
            // What stands among rows or cells and is neither could be one that is misspelt: never passed over.
            (_, Token::Start(_) | Token::End(_)) => Err(Fault::Markup.into()),
        }
    }

    fn enter(&mut self, stage: Stage) -> ControlFlow<()> {
        self.stage = stage;
        ControlFlow::Continue(())
    }

    /// What stands before the rows.
    fn head(&mut self, token: Token<'_>, scanner: &mut Scanner<'_>) -> Scanned<ControlFlow<()>> {
        match token {
            Token::Start(b"sheetData") => match scanner.is_empty()? {
                true => Ok(ControlFlow::Break(())),
                false => Ok(self.enter(Stage::Rows)),
            },
            Token::Start(b"col") => {
                let columns = columns(scanner)?;
                self.hidden.extend(columns);
                Ok(ControlFlow::Continue(()))
            }
            Token::Start(b"worksheet" | b"cols") => scanner.is_empty().map(|_| ControlFlow::Continue(())),
            Token::Start(_) => scanner.skip().map(ControlFlow::Continue),
            Token::End(b"cols") | Token::Text(_) | Token::Literal(_) => Ok(ControlFlow::Continue(())),
            Token::End(_) => Err(Fault::Markup.into()),
        }
    }

    /// Begins a row.
    fn row(&mut self, scanner: &mut Scanner<'_>) -> Scanned<Stage> {
        let (mut told, mut hidden, prefixed) = (None, false, scanner.is_prefixed());
        while let Some((name, value)) = scanner.attribute()? {
            match name {
                b"r" => told = Some(decimal(value).and_then(|number| number.checked_sub(1)).ok_or(Fault::Outside)?),
                b"hidden" => hidden = is_true(value),
                _ => {}
            }
        }
        let empty = scanner.is_empty()?;
        let least = if self.row.met { self.row.number.saturating_add(1) } else { 0 };
        let number = told.unwrap_or(least);
        if number > LAST.row {
            return Err(Fault::Outside.into());
        }
        if number < least {
            return Err(Fault::Order.into());
        }
        self.row = Row { number, open: told.is_none(), next: 0, hidden, met: true, prefixed };
        Ok(match () {
            () if empty => Stage::Rows,
            // A cell can tell the number of a row that does not.
            () if told.is_some() && !(self.wanted.row(number) && self.wanted.column(0)) => Stage::Rest,
            () => Stage::Row,
        })
    }

    /// Takes a cell as nearly every writer sets it.
    #[inline]
    fn common(&mut self, cell: CommonCell, sink: &mut Sink<'_>) -> Scanned<ControlFlow<()>> {
        let row = cell.row.checked_sub(1).ok_or(Fault::Outside)?;
        let at = self.position(row, cell.column - 1)?;
        let style = self.book.styles.get(cell.style);
        let value = match cell.value {
            CommonValue::Nothing => None,
            CommonValue::Number(number) => Some((self.book.number(number as f64, style), style.font)),
            CommonValue::Shared(index) => Some(self.book.string(index, style)?),
        };
        Ok(self.give(at, value, sink))
    }

    /// Scans a cell set in any way.
    fn cell(&mut self, scanner: &mut Scanner<'_>, sink: &mut Sink<'_>) -> Scanned<ControlFlow<()>> {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        let parts = Parts::scan(scanner, &mut scratch)?;
        let (row, column) = match parts.reference {
            Some(reference) => address(reference).ok_or(Fault::Outside)?,
            // It stands right of the one before it.
            None => (self.row.number, self.row.next),
        };
        let at = self.position(row, column)?;
        let value = parts.value(self.book, self.book.styles.get(parts.style), &mut scratch)?;
        let flow = self.give(at, value, sink);
        self.scratch = scratch;
        Ok(flow)
    }

    /// Gives a cell if it holds something.
    #[inline]
    fn give(&mut self, at: CellAt, value: Option<(Raw<'_>, Option<Legacy>)>, sink: &mut Sink<'_>) -> ControlFlow<()> {
        self.row.next = u32::from(at.column) + 1;
        (self.row.number, self.row.open) = (at.row, false);
        if !self.wanted.row(at.row) || !self.wanted.column(at.column) {
            return self.enter(Stage::Rest);
        }
        if !self.wanted.column(at.column.saturating_add(1)) {
            self.stage = Stage::Rest;
        }
        let Some((raw, font)) = value else { return ControlFlow::Continue(()) };
        if self.row.hidden {
            self.row.hidden = false;
            self.hidden_rows += 1;
        }
        let (left, right) = self.used.unwrap_or((at.column, at.column));
        self.used = Some((left.min(at.column), right.max(at.column)));
        let flow = sink(Cell { at, raw, font });
        self.left = flow.is_break();
        flow
    }

    /// Where a cell stands.
    fn position(&self, row: u32, column: u32) -> Result<CellAt, Fault> {
        let at = CellAt::new(row, u16::try_from(column).map_err(|_| Fault::Outside)?);
        match () {
            () if at.row > LAST.row || at.column > LAST.column => Err(Fault::Outside),
            () if column < self.row.next => Err(Fault::Order),
            () if row == self.row.number || (self.row.open && row > self.row.number) => Ok(at),
            () => Err(Fault::Outside),
        }
    }

    /// Hidden columns within the used ones.
    fn hidden_columns(&self) -> u32 {
        let Some((left, right)) = self.used else { return 0 };
        let within = |(first, last): &(u32, u32)| {
            let (first, last) = ((*first).max(u32::from(left)), (*last).min(u32::from(right)));
            (last + 1).saturating_sub(first)
        };
        self.hidden.iter().map(within).sum()
    }
}

/// The columns of `<col>` from zero, if they are hidden.
fn columns(scanner: &mut Scanner<'_>) -> Scanned<Option<(u32, u32)>> {
    let (mut first, mut last, mut hidden) = (None, None, false);
    while let Some((name, value)) = scanner.attribute()? {
        match name {
            b"min" => first = decimal(value),
            b"max" => last = decimal(value),
            b"hidden" => hidden = is_true(value),
            _ => {}
        }
    }
    scanner.skip()?;
    let columns = first.zip(last).and_then(|(first, last)| Some((first.checked_sub(1)?, last.checked_sub(1)?)));
    Ok(columns.filter(|_| hidden))
}

fn is_true(value: &[u8]) -> bool {
    matches!(value, b"1" | b"true")
}

//! Raw cells of a workbook that calamine opened: `.xls`, `.ods`.

use std::collections::BTreeSet;
use std::io::Cursor;

use calamine::{CellErrorType, Data, ExcelDateTime, Ods, Reader, Sheet, SheetType, SheetVisible, Xls};

use super::facts::{Counting, Facts};
use super::guard::guarded;
use super::{literal, refusals};
use crate::model::{Cell, CellAt, Hidden, Merged, Raw, Refusal, SheetSeen, Sink, Workbook};

type Bytes = Cursor<Vec<u8>>;

/// A workbook of one of the formats that calamine reads whole when it opens them.
pub enum OwnedSheets {
    /// `.xls`
    Xls(Xls<Bytes>),
    /// `.ods`
    Ods(Ods<Bytes>),
}

/// An opened workbook.
pub struct Opened {
    name: String,
    sheets: Vec<SheetSeen>,
    /// What the file tells of each sheet beside its cells.
    facts: Vec<Facts>,
    workbook: OwnedSheets,
}

impl Opened {
    /// A workbook with its worksheets, and what the file tells of every sheet, in their order; chart and macro sheets
    /// have no cells.
    ///
    /// # Errors
    /// A [`Refusal`] when two sheets have one name, by which calamine would take one for both.
    pub fn new(name: String, workbook: OwnedSheets, facts: Vec<Facts>) -> Result<Self, Refusal> {
        let metadata = match &workbook {
            OwnedSheets::Xls(book) => book.sheets_metadata(),
            OwnedSheets::Ods(book) => book.sheets_metadata(),
        };
        let known = facts.len() == metadata.len();
        let facts = if known { facts } else { vec![Facts::default(); metadata.len()] };
        let sheets = metadata.iter().zip(facts).filter(|(sheet, _)| sheet.typ == SheetType::WorkSheet);
        let seen =
            |sheet: &Sheet| SheetSeen { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible };
        let (sheets, facts): (Vec<SheetSeen>, _) = sheets.map(|(sheet, facts)| (seen(sheet), facts)).unzip();
        let mut names = BTreeSet::new();
        match sheets.iter().find(|sheet| !names.insert(sheet.name.to_lowercase())) {
            Some(twice) => Err(refusals::same_name(&name, &twice.name)),
            None => Ok(Self { name, sheets, facts, workbook }),
        }
    }
}

impl Workbook for Opened {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheets
    }

    fn property(&self, _: &str) -> Option<&str> {
        None
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let Some((seen, facts)) = self.sheets.get(sheet).zip(self.facts.get(sheet)) else {
            return Ok(Hidden::default());
        };
        let workbook = &mut self.workbook;
        guarded(&self.name, || {
            let cells = match workbook {
                OwnedSheets::Xls(book) => book.worksheet_range(&seen.name).map_err(|error| error.to_string()),
                OwnedSheets::Ods(book) => book.worksheet_range(&seen.name).map_err(|error| error.to_string()),
            };
            Ok(range(&cells?, facts, sink))
        })?
        .ok_or_else(|| refusals::outside(&self.name, &seen.name))
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        let (Some(seen), OwnedSheets::Xls(book)) = (self.sheets.get(sheet), &self.workbook) else {
            return Ok(Vec::new());
        };
        let ranges = book.merge_cells_by_sheet_name(&seen.name).unwrap_or_default();
        let merged =
            |range: calamine::Dimensions| Some(Merged { first: corner(range.start)?, last: corner(range.end)? });
        Ok(ranges.into_iter().filter_map(merged).collect())
    }
}

fn corner((row, column): (u32, u32)) -> Option<CellAt> {
    let at = CellAt::new(row, u16::try_from(column).ok()?);
    (at.row <= CellAt::LAST.row && at.column <= CellAt::LAST.column).then_some(at)
}

/// Gives the filled cells of a range, and between them those that were never computed; `None` where one lies outside the
/// grid.
fn range(range: &calamine::Range<Data>, facts: &Facts, sink: &mut Sink<'_>) -> Option<Hidden> {
    let mut counting = Counting::new(facts);
    let (top, left) = range.start().unwrap_or_default();
    let place = |row: usize, column: usize| {
        let (row, column) = (u32::try_from(row).ok()?, u32::try_from(column).ok()?);
        corner((row.checked_add(top)?, column.checked_add(left)?))
    };
    let mut give = |at, raw| {
        counting.see(at);
        sink(Cell { at, raw, font: facts.font(at) }).is_break()
    };
    let mut uncomputed = facts.uncomputed().iter().copied().peekable();
    for (row, column, value) in range.used_cells() {
        let at = place(row, column)?;
        while let Some(before) = uncomputed.next_if(|one| *one < at) {
            if give(before, Raw::Uncomputed) {
                return Some(counting.hidden());
            }
        }
        let raw = raw(value);
        if raw.is_some() {
            uncomputed.next_if_eq(&at);
        }
        if raw.is_some_and(|raw| give(at, raw)) {
            return Some(counting.hidden());
        }
    }
    // Those behind the last filled cell.
    let _ = uncomputed.find(|at| give(*at, Raw::Uncomputed));
    Some(counting.hidden())
}

fn raw(value: &Data) -> Option<Raw<'_>> {
    match value {
        Data::Int(number) => Some(Raw::Number(*number as f64)),
        Data::Float(number) if !number.is_finite() => Some(Raw::Error("#NUM!")),
        Data::Float(number) => Some(Raw::Number(*number)),
        // A formula that gives an empty text fills no cell. In .ods, error values are texts.
        Data::String(text) => Some(literal::plain(text)).filter(|_| !text.is_empty()),
        Data::Bool(truth) => Some(Raw::Bool(*truth)),
        Data::DateTime(date) => Some(serial(date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => {
            Some(literal::iso_serial(text).map_or(Raw::Text(text), Raw::Date))
        }
        Data::Error(error) => Some(Raw::Error(error_name(error))),
        Data::Empty => None,
    }
}

/// A date as a serial of the 1900 calendar. calamine gives the stored serial and the epoch beside it.
fn serial(date: &ExcelDateTime) -> Raw<'static> {
    let (year, month, day, ..) = match date.as_f64() {
        // The day that never was, 29/02/1900; readers differ in what they make of it.
        stored if (60.0..61.0).contains(&stored) => return Raw::Date(stored),
        stored if (0.0..2_958_466.0).contains(&stored) => date.to_ymd_hms_milli(),
        stored if stored.is_finite() => return Raw::Number(stored),
        _ => return Raw::Error("#NUM!"),
    };
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    let serial = day.and_then(|day| literal::serial(day.and_hms_opt(0, 0, 0)?));
    serial.map_or(Raw::Number(date.as_f64()), Raw::Date)
}

fn error_name(error: &CellErrorType) -> &'static str {
    match error {
        CellErrorType::Div0 => "#DIV/0!",
        CellErrorType::NA => "#N/A",
        CellErrorType::Name => "#NAME?",
        CellErrorType::Null => "#NULL!",
        CellErrorType::Num => "#NUM!",
        CellErrorType::Ref => "#REF!",
        CellErrorType::Value => "#VALUE!",
        CellErrorType::GettingData => "#GETTING_DATA",
    }
}

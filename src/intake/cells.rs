//! Raw cells of an opened workbook, whatever its format.

use std::collections::HashMap;
use std::io::Cursor;
use std::ops::ControlFlow;

use calamine::{CellErrorType, Data, DataRef, ExcelDateTime, Ods, Reader, SheetType, SheetVisible, Xls, Xlsx};

use super::guard::guarded;
use crate::model::{Cell, CellAt, Hidden, Raw, Refusal, SheetSeen, Sink, Workbook};

type Bytes = Cursor<Vec<u8>>;

/// A workbook of one of calamine's formats.
pub enum OwnedSheets {
    /// Streamed.
    Xlsx(Xlsx<Bytes>),
    /// Read whole when opened, as the format demands.
    Xls(Xls<Bytes>),
    /// Read whole when opened, as the format demands.
    Ods(Ods<Bytes>),
}

/// An opened workbook.
pub struct Opened {
    name: String,
    sheets: Vec<SheetSeen>,
    properties: HashMap<String, String>,
    workbook: OwnedSheets,
}

impl Opened {
    /// A workbook with its worksheets; chart and macro sheets have no cells.
    pub fn new(name: String, mut workbook: OwnedSheets) -> Self {
        let properties = match &mut workbook {
            OwnedSheets::Xlsx(book) => book.workbook_properties().map(|all| all.custom_properties).unwrap_or_default(),
            _ => HashMap::new(),
        };
        let metadata = match &workbook {
            OwnedSheets::Xlsx(book) => book.sheets_metadata(),
            OwnedSheets::Xls(book) => book.sheets_metadata(),
            OwnedSheets::Ods(book) => book.sheets_metadata(),
        };
        let sheets = metadata.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet);
        let sheets = sheets
            .map(|sheet| SheetSeen { name: sheet.name.clone(), hidden: sheet.visible != SheetVisible::Visible })
            .collect();
        Self { name, sheets, properties, workbook }
    }
}

impl Workbook for Opened {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheets
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let Some(seen) = self.sheets.get(sheet) else { return Ok(Hidden::default()) };
        let workbook = &mut self.workbook;
        guarded(&self.name, || match workbook {
            OwnedSheets::Xlsx(book) => {
                let mut cells = book.worksheet_cells_reader(&seen.name).map_err(|error| error.to_string())?;
                while let Some(cell) = cells.next_cell().map_err(|error| error.to_string())? {
                    if give(cell.get_position(), raw_ref(cell.get_value()), sink).is_break() {
                        break;
                    }
                }
                Ok(Hidden::default())
            }
            OwnedSheets::Xls(book) => range(book.worksheet_range(&seen.name).map_err(|error| error.to_string()), sink),
            OwnedSheets::Ods(book) => range(book.worksheet_range(&seen.name).map_err(|error| error.to_string()), sink),
        })
    }
}

fn range(range: Result<calamine::Range<Data>, String>, sink: &mut Sink<'_>) -> Result<Hidden, String> {
    let range = range?;
    let (top, left) = range.start().unwrap_or_default();
    for (row, column, value) in range.used_cells() {
        let at = (u32::try_from(row).unwrap_or(u32::MAX), u32::try_from(column).unwrap_or(u32::MAX));
        if give((at.0.saturating_add(top), at.1.saturating_add(left)), raw(value), sink).is_break() {
            break;
        }
    }
    Ok(Hidden::default())
}

fn give(at: (u32, u32), value: Option<Raw<'_>>, sink: &mut Sink<'_>) -> ControlFlow<()> {
    match (value, u16::try_from(at.1)) {
        (Some(raw), Ok(column)) => sink(Cell { at: CellAt::new(at.0, column), raw, font: None }),
        _ => ControlFlow::Continue(()),
    }
}

fn raw_ref<'a>(value: &'a DataRef<'_>) -> Option<Raw<'a>> {
    match value {
        DataRef::Int(number) => Some(Raw::Number(*number as f64)),
        DataRef::Float(number) => Some(Raw::Number(*number)),
        DataRef::String(text) => Some(Raw::Text(text)),
        DataRef::SharedString(text) => Some(Raw::Text(text)),
        DataRef::Bool(truth) => Some(Raw::Bool(*truth)),
        DataRef::DateTime(date) => Some(serial(date)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Some(iso(text)),
        DataRef::Error(error) => Some(Raw::Error(error_name(error))),
        DataRef::Empty => None,
    }
}

fn raw(value: &Data) -> Option<Raw<'_>> {
    match value {
        Data::Int(number) => Some(Raw::Number(*number as f64)),
        Data::Float(number) => Some(Raw::Number(*number)),
        Data::String(text) => Some(Raw::Text(text)),
        Data::Bool(truth) => Some(Raw::Bool(*truth)),
        Data::DateTime(date) => Some(serial(date)),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Some(iso(text)),
        Data::Error(error) => Some(Raw::Error(error_name(error))),
        Data::Empty => None,
    }
}

/// A date as a serial of the 1900 calendar. calamine gives the stored serial and the epoch beside it.
fn serial(date: &ExcelDateTime) -> Raw<'static> {
    let (year, month, day, ..) = match date.as_f64() {
        stored if (0.0..2_958_466.0).contains(&stored) => date.to_ymd_hms_milli(),
        stored => return Raw::Number(stored),
    };
    let day = chrono::NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day));
    let epoch = chrono::NaiveDate::from_ymd_opt(1899, 12, 30);
    match (day, epoch) {
        (Some(day), Some(epoch)) => Raw::Date((day - epoch).num_days() as f64),
        _ => Raw::Number(date.as_f64()),
    }
}

/// `.ods` dates come as ISO texts: 2019-06-30 or 2019-06-30T00:00:00.
fn iso(text: &str) -> Raw<'_> {
    let day = text.get(..10).and_then(|day| chrono::NaiveDate::parse_from_str(day, "%Y-%m-%d").ok());
    match (day, chrono::NaiveDate::from_ymd_opt(1899, 12, 30)) {
        (Some(day), Some(epoch)) => Raw::Date((day - epoch).num_days() as f64),
        _ => Raw::Text(text),
    }
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

//! Rows: the stream of cells below a header, into typed columns.

use chrono::NaiveDate;

use super::header::{self, HEADER_ROWS, Head};
use super::row::Row;
use super::values::{self, Around, Judged, Typed, Value};
use super::{derived, remarks};
use crate::form::Form;
use crate::model::{
    CellAt, Code, FieldType, Finding, Need, Part, Raw, Refusal, Repair, RowOrigin, State, Submission, Table,
    TableShape, Workbook, baseline,
};
use crate::text::plain_key;

/// Reads the rows of a table's sheet into the submission.
pub fn read(
    workbook: &mut dyn Workbook,
    sheet: usize,
    shape: usize,
    form: &Form,
    submission: &mut Submission,
) -> Result<(), Refusal> {
    let table_shape = &form.vocabulary.tables[shape];
    let name = workbook.sheets()[sheet].name.clone();
    let Some(day) = submission.cover.cut_off else { return Ok(()) };
    let mut reader = Reader {
        form,
        shape: table_shape,
        table: &mut submission.tables[shape],
        day,
        district: submission.cover.district,
        judged: (0..table_shape.fields.len()).map(|field| judged(form, shape, field)).collect(),
        findings: Vec::new(),
        repairs: Vec::new(),
        sheet: name,
        held: Vec::new(),
        head: Head::new(),
        part: None,
        row: Row::default(),
    };
    workbook.cells(sheet, &mut |at, raw| reader.cell(at, raw))?;
    reader.finish();
    let (findings, repairs) = (reader.findings, reader.repairs);
    submission.findings.extend(findings);
    submission.repairs.extend(repairs);
    derived::fill(&mut submission.tables[shape], &form.vocabulary, day);
    Ok(())
}

/// Whether a declared check of kind `known` judges what is not in a field's list.
fn judged(form: &Form, table: usize, field: usize) -> Judged {
    let by_check = form
        .checks
        .iter()
        .any(|check| check.kind == "known" && check.table == table && check.check.needs().contains(&(table, field)));
    if by_check { Judged::ByCheck } else { Judged::Here }
}

struct Reader<'a> {
    form: &'a Form,
    shape: &'a TableShape,
    table: &'a mut Table,
    day: NaiveDate,
    district: Option<Code>,
    judged: Vec<Judged>,
    findings: Vec<Finding>,
    repairs: Vec<Repair>,
    sheet: String,
    /// Cells of the first rows, until the header is known.
    held: Vec<(CellAt, Option<String>, Raw<'static>)>,
    head: Head,
    part: Option<Part>,
    row: Row,
}

impl Reader<'_> {
    /// Takes the next cell: held back until the header is known, then into its row.
    fn cell(&mut self, at: CellAt, raw: Raw<'_>) {
        if self.part.is_none() && at.row < HEADER_ROWS {
            let (text, value) = match raw {
                Raw::Text(text) => {
                    self.head.insert(at, text.to_owned());
                    (Some(text.to_owned()), Raw::Bool(false))
                }
                Raw::Number(number) => (None, Raw::Number(number)),
                Raw::Date(serial) => (None, Raw::Date(serial)),
                Raw::Bool(truth) => (None, Raw::Bool(truth)),
                Raw::Error(error) => (None, Raw::Error(error)),
            };
            self.held.push((at, text, value));
            return;
        }
        self.find_header();
        self.take(at, raw);
    }

    fn finish(&mut self) {
        self.find_header();
        self.end_row();
        if self.part.is_none() {
            self.findings.push(header::no_header(self.shape, &self.sheet));
        }
    }

    /// Looks for the header in the rows held back, then reads those below it.
    fn find_header(&mut self) {
        if self.part.is_some() || self.held.is_empty() {
            return;
        }
        let held = std::mem::take(&mut self.held);
        let Some(found) = header::read(self.table.shape, self.shape, &self.sheet, &self.head) else { return };
        self.findings.extend(found.findings);
        self.table.parts.push(found.part.clone());
        self.part = Some(found.part);
        for (at, text, value) in held {
            self.take(at, text.as_deref().map_or(value, Raw::Text));
        }
    }

    fn take(&mut self, at: CellAt, raw: Raw<'_>) {
        if self.part.as_ref().is_none_or(|part| at.row <= part.header) {
            return;
        }
        if self.row.at() != Some(at.row) {
            self.end_row();
        }
        self.row.push(at, raw);
    }

    /// Decides what the row under way is, and reads it if it is data.
    fn end_row(&mut self) {
        let Some(at) = self.row.at() else { return };
        let Some(part) = self.part.take() else { return };
        let row = std::mem::take(&mut self.row);
        match self.taken_for(&row, at, &part) {
            RowKind::Data => self.read_row(&row, at, &part),
            RowKind::Blank => self.table.tally.blank += 1,
            RowKind::Total => self.table.tally.total += 1,
            RowKind::Other => self.table.tally.other += 1,
        }
        self.row = row;
        self.row.clear();
        self.part = Some(part);
    }

    /// What a row is. A row is data as soon as two of its own columns are filled, so that a person
    /// without a name is still a person.
    fn taken_for(&self, row: &Row, at: u32, part: &Part) -> RowKind {
        let counter =
            |field: usize| self.shape.fields[field].kind == FieldType::Number && !self.shape.key.contains(&field);
        let own: Vec<usize> = (0..self.shape.fields.len())
            .filter(|field| {
                let filled = part.columns[*field].and_then(|column| row.raw(column));
                filled.is_some_and(|raw| !matches!(raw, Raw::Text(text) if text.trim().is_empty()))
            })
            .collect();
        let first = row.filled().find_map(|(_, raw)| match raw {
            Raw::Text(text) => Some(plain_key(text)),
            _ => None,
        });
        let first = first.unwrap_or_default();
        let total = ["tong", "cong"].iter().any(|word| first == *word || first.starts_with(&format!("{word} ")));
        let keyed = self.shape.key.iter().filter(|field| own.contains(field)).count();
        match own.iter().filter(|field| !counter(**field)).count() {
            _ if at == part.header + 1 && is_numbering(row) => RowKind::Other,
            0 if row.filled().next().is_none() || !own.is_empty() => RowKind::Blank,
            _ if total && keyed <= 1 && own.len() < self.shape.fields.len() / 2 => RowKind::Total,
            0 | 1 => RowKind::Other,
            _ => RowKind::Data,
        }
    }

    fn read_row(&mut self, row: &Row, at: u32, part: &Part) {
        let position = self.table.len();
        let part_number = u16::try_from(self.table.parts.len().saturating_sub(1)).unwrap_or(u16::MAX);
        self.table.origin.push(RowOrigin { part: part_number, row: at });
        self.table.tally.data += 1;
        let (first_finding, first_repair) = (self.findings.len(), self.repairs.len());
        for field in 0..self.shape.fields.len() {
            let raw = part.columns[field].and_then(|column| row.raw(column));
            self.read_cell(raw, field, position);
        }
        self.required(part, position);
        let key = self.table.row_key(&self.form.vocabulary, position);
        self.findings[first_finding..].iter_mut().for_each(|finding| finding.key.clone_from(&key));
        self.repairs[first_repair..].iter_mut().for_each(|repair| repair.key.clone_from(&key));
    }

    fn read_cell(&mut self, raw: Option<Raw<'_>>, field: usize, position: usize) {
        let shape = &self.shape.fields[field];
        let Some(raw) = raw else {
            values::push(&mut self.table.columns[field].values, &Value::Blank);
            return;
        };
        let around = Around {
            day: self.day,
            district: self.district,
            lists: &self.form.vocabulary.lists,
            judged: self.judged[field],
        };
        let typed = values::typed(raw, &shape.kind, &around);
        let blank = Value::Blank;
        let value = if let Typed::Good(value, _) = &typed { value } else { &blank };
        values::push(&mut self.table.columns[field].values, value);
        let place = self.table.place(field, position);
        let (Some(place), written) = (place, values::shown(raw)) else { return };
        let unread = |table: &mut Table| {
            table.columns[field].unread.push((u32::try_from(position).unwrap_or(u32::MAX), written.as_str().into()));
        };
        let table = self.table.shape;
        match typed {
            Typed::Good(_, None) => {}
            Typed::Good(_, Some((kind, after))) => {
                self.repairs.push(Repair { kind, place, key: String::new(), before: written, after });
            }
            Typed::Unlisted => unread(self.table),
            Typed::Bad(expected, remedy) => {
                unread(self.table);
                let said = [remarks::written(&shape.label, &written), expected, remedy];
                self.findings.push(remarks::of_row(&baseline::WRONG_TYPE, table, position, place, String::new(), said));
            }
            Typed::Error(error) => {
                unread(self.table);
                let said = remarks::error_cell(&shape.label, error);
                self.findings.push(remarks::of_row(&baseline::ERROR_CELL, table, position, place, String::new(), said));
            }
        }
    }

    /// Required cells of a row that are blank; a column that is missing altogether has its own finding.
    fn required(&mut self, part: &Part, position: usize) {
        for (field, shape) in self.shape.fields.iter().enumerate() {
            let needed = match shape.need {
                Need::Optional => false,
                Need::Always => true,
                Need::Unless(flag) => self.table.columns[flag].state(position) == State::Blank,
            };
            let blank = part.columns[field].is_some() && self.table.columns[field].state(position) == State::Blank;
            if let (true, true, Some(place)) = (needed, blank, self.table.place(field, position)) {
                let said = remarks::required(&shape.label);
                let table = self.table.shape;
                self.findings.push(remarks::of_row(
                    &baseline::REQUIRED_CELL,
                    table,
                    position,
                    place,
                    String::new(),
                    said,
                ));
            }
        }
    }
}

/// What a row below the header was taken for.
enum RowKind {
    Data,
    Blank,
    Total,
    Other,
}

/// A column-number row: (1) (2) (3), or 1 2 3, or 3=4+6.
fn is_numbering(row: &Row) -> bool {
    let numbered = |raw: Raw<'_>| match raw {
        Raw::Number(number) => number.fract() == 0.0 && (1.0..100.0).contains(&number),
        Raw::Text(text) => {
            let inner = text.trim().trim_start_matches('(').trim_end_matches(')');
            !inner.is_empty() && inner.chars().all(|c| c.is_ascii_digit() || "=+-".contains(c)) && inner.len() <= 12
        }
        _ => false,
    };
    let cells: Vec<_> = row.filled().collect();
    cells.len() >= 3 && cells.into_iter().all(|(_, raw)| numbered(raw))
}

//! The fields of one row of data: each cell typed into its column, repairs recorded, faults found.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::columns::Noticed;
use super::mapping::Source;
use super::remarks;
use super::row::Row;
use super::spread::mark;
use super::stretch::{Stretch, is_counter};
use super::values::{self, Around, Judged, Typed, Value};
use super::written::Written;
use super::wrote::Wrote;
use crate::form::Form;
use crate::model::{
    Cell, CellAt, Code, FieldType, Finding, Handling, Need, Place, Raw, Repair, RepairKind, RowOrigin, State,
    Submission, Table, TableShape, baseline,
};

/// What is known of the fields of a table before a row is read.
pub struct Fields {
    pub(super) table: usize,
    pub(super) day: NaiveDate,
    district: Option<Code>,
    judged: Vec<Judged>,
    /// Texts that a declared check wants to be unique: «không» is nobody's number.
    unique: Vec<bool>,
    /// For each code field, spellings that were looked up and stand for an entry as they are.
    spellings: Vec<FxHashMap<Box<str>, Code>>,
}

/// One row being read.
pub(super) struct Reading<'a> {
    pub(super) form: &'a Form,
    pub(super) shape: &'a TableShape,
    pub(super) fields: &'a mut Fields,
    pub(super) stretch: &'a Stretch,
    sheet: &'a str,
    pub(super) row: &'a Row,
    pub(super) position: usize,
    pub(super) submission: &'a mut Submission,
    noticed: &'a mut Noticed,
}

impl Fields {
    /// The fields of a table, to be read as of a day and for a district.
    pub fn new(form: &Form, table: usize, day: NaiveDate, district: Option<Code>) -> Self {
        let fields = form.vocabulary.tables[table].fields.len();
        let declared = |kind, field| is_declared(form, kind, (table, field), day);
        let judged = |field| if declared("known", field) { Judged::ByCheck } else { Judged::Here };
        let judged = (0..fields).map(judged).collect();
        let text = |field: usize| form.vocabulary.tables[table].fields[field].kind == FieldType::Text;
        let unique = (0..fields).map(|field| text(field) && declared("unique", field)).collect();
        Self { table, day, district, judged, unique, spellings: vec![FxHashMap::default(); fields] }
    }

    /// Reads a row into the submission's table.
    pub fn read(
        &mut self,
        form: &Form,
        row: &Row,
        stretch: &Stretch,
        sheet: &str,
        submission: &mut Submission,
        noticed: &mut Noticed,
    ) {
        let shape = &form.vocabulary.tables[self.table];
        let table = &mut submission.tables[self.table];
        let position = table.len();
        table.origin.push(RowOrigin { part: stretch.part, row: row.at });
        let (first_finding, first_repair) = (submission.findings.len(), submission.repairs.len());
        let mut reading = Reading { form, shape, fields: self, stretch, sheet, row, position, submission, noticed };
        (0..shape.fields.len()).for_each(|field| reading.field(field));
        reading.required();
        let said = submission.findings.len() > first_finding || submission.repairs.len() > first_repair;
        if said {
            let key = submission.tables[self.table].row_key(&form.vocabulary, position);
            submission.findings[first_finding..].iter_mut().for_each(|finding| finding.key.clone_from(&key));
            submission.repairs[first_repair..].iter_mut().for_each(|repair| repair.key.clone_from(&key));
        }
    }
}

/// Whether a check of a kind, in force on the cut-off date, needs a field.
fn is_declared(form: &Form, kind: &str, field: (usize, usize), day: NaiveDate) -> bool {
    let mut checks = form.checks.iter().filter(|check| check.kind == kind && check.in_force(day));
    checks.any(|check| check.table == field.0 && check.check.needs().contains(&field))
}

impl Reading<'_> {
    fn field(&mut self, field: usize) {
        let stretch = self.stretch;
        match &stretch.mapping.sources[field] {
            Source::Missing => self.push(field, &Value::Blank),
            Source::Column(column) => self.column(field, *column),
            Source::First(column) => self.first(field, *column),
            Source::Joined(columns) => self.joined(field, columns, " "),
            Source::DateParts(columns) => self.joined(field, columns, "/"),
            Source::Marked(columns) => self.marked(field, columns, mark),
            Source::Beside(columns) => self.marked(field, columns, |_| Some(true)),
            Source::AnyOf(columns) => match self.row.filled(columns).as_slice() {
                [] => self.push(field, &Value::Blank),
                [cell] => self.column(field, cell.at.column),
                several => self.contradiction(field, several),
            },
        }
    }

    /// A value in one column.
    pub(super) fn column(&mut self, field: usize, column: u16) {
        let Some(cell) = self.row.cell(column) else { return self.absent(field, column) };
        let code = match cell {
            Cell { raw: Raw::Text(text), font: None, .. } => self.fields.spellings[field].get(text).copied(),
            _ => None,
        };
        if let Some(code) = code {
            return self.push(field, &Value::Code(code));
        }
        if self.is_ditto(field, cell) {
            return self.ditto(field, cell);
        }
        let listed = self.listed(field, cell.raw);
        let written = match (&listed, &self.shape.fields[field].kind) {
            (Some(_), _) => Written::as_is(cell),
            (None, FieldType::Code { .. }) => self.of_list(field, cell),
            (None, _) => Written::of(cell, self.stretch.prior),
        };
        let typed = listed.unwrap_or_else(|| self.typed(field, written.raw()));
        if written.decoded().is_none() {
            self.remember(field, cell, &typed);
        }
        if let (FieldType::Text, Raw::Text(text)) = (&self.shape.fields[field].kind, cell.raw)
            && !text.is_ascii()
        {
            let left = written.decoded().is_none() && text.chars().all(|c| c <= '\u{ff}');
            self.noticed.text(field, text, left.then_some((self.position, cell.at)));
        }
        match (cell.raw, written.decoded()) {
            (Raw::Text(before), Some(after)) => {
                self.settle(field, cell.at, typed, &Wrote::Decoded { before, after });
            }
            _ => self.settle(field, cell.at, typed, &Wrote::Cell(cell.raw)),
        }
    }

    pub(super) fn table(&self) -> &Table {
        &self.submission.tables[self.fields.table]
    }

    /// A spelling of a code field's list: it stands as it is, even where it could be a legacy text too.
    fn listed<'r>(&self, field: usize, raw: Raw<'r>) -> Option<Typed<'r>> {
        values::listed(raw, &self.shape.fields[field].kind, &self.around(field))
    }

    /// A cell of a code field that the list does not know as it is: of its readings as legacy text the one that the list
    /// knows is right.
    fn of_list<'c>(&self, field: usize, cell: Cell<'c>) -> Written<'c> {
        let listed = |written: &Written<'_>| self.listed(field, written.raw()).is_some();
        let decoded = Written::of(cell, self.stretch.prior);
        if listed(&decoded) {
            return decoded;
        }
        let mut known = Written::readings(cell).filter(listed);
        let only = known.next();
        if known.next().is_none() { only.unwrap_or(decoded) } else { decoded }
    }

    pub(super) fn typed<'r>(&self, field: usize, raw: Raw<'r>) -> Typed<'r> {
        if matches!(raw, Raw::Text(text) if self.fields.unique[field] && values::is_blank_mark(text)) {
            return values::blank_mark();
        }
        values::typed(raw, &self.shape.fields[field].kind, &self.around(field))
    }

    fn around(&self, field: usize) -> Around<'_> {
        let Fields { day, district, .. } = *self.fields;
        Around { day, district, lists: &self.form.vocabulary.lists, judged: self.fields.judged[field] }
    }

    /// Keeps a spelling that stands for an entry as it is, and notes on which way round dates are written.
    fn remember(&mut self, field: usize, cell: Cell<'_>, typed: &Typed<'_>) {
        match (cell.raw, typed) {
            (Raw::Text(text), Typed::Good(Value::Code(code), None)) if cell.font.is_none() => {
                let spellings = &mut self.fields.spellings[field];
                if spellings.len() < MOST_SPELLINGS {
                    spellings.insert(text.into(), *code);
                }
            }
            (Raw::Text(_), Typed::Good(Value::Date(date), Some((RepairKind::TextDate, _)))) => {
                self.noticed.text_date(field, *date);
            }
            (Raw::Date(_), Typed::Good(Value::Date(date), None)) => self.noticed.real_date(field, *date, cell.at),
            _ => {}
        }
    }

    /// Puts a typed value into its column, with its repair or its finding.
    pub(super) fn settle(&mut self, field: usize, at: CellAt, typed: Typed<'_>, wrote: &Wrote<'_>) {
        let label = &self.shape.fields[field].label;
        let (baseline, said) = match typed {
            Typed::Good(value, repair) => {
                let repair = wrote.repair(&value, repair, &self.form.vocabulary, &self.shape.fields[field]);
                let accepted =
                    repair.is_none_or(|(kind, after)| self.accepts(field, at, kind, &wrote.before(), &after));
                if accepted {
                    self.push(field, &value);
                }
                return;
            }
            Typed::Unlisted => {
                self.unread(field, &wrote.before());
                let row = u32::try_from(self.position).unwrap_or(u32::MAX);
                return self.submission.tables[self.fields.table].columns[field].unlisted.push(row);
            }
            Typed::Bad(expected, remedy) => {
                (&baseline::WRONG_TYPE, [remarks::written(label, &wrote.before()), expected, remedy])
            }
            Typed::Error(error) => (&baseline::ERROR_CELL, remarks::error_cell(label, error)),
            // A running number that was never computed costs nobody anything.
            Typed::Uncomputed if is_counter(self.shape, field) => return self.push(field, &Value::Blank),
            Typed::Uncomputed => (&baseline::UNCOMPUTED, remarks::uncomputed(label)),
        };
        self.unread(field, &wrote.before());
        self.find(remarks::of_row(baseline, self.fields.table, self.position, self.place(at), said));
    }

    /// Records a repair as the form wants it handled; `false` where it is refused, and the cell stays unread.
    pub(super) fn accepts(&mut self, field: usize, at: CellAt, kind: RepairKind, before: &str, after: &str) -> bool {
        let label = &self.shape.fields[field].label;
        let (table, place) = (self.fields.table, self.place(at));
        let handling = self.form.repairs.handling(kind);
        match handling {
            Handling::Refuse => {
                self.unread(field, before);
                let said = remarks::refused_repair(label, before, after);
                self.find(remarks::of_row(&baseline::WRONG_TYPE, table, self.position, place, said));
                return false;
            }
            Handling::Warn => {
                let said = remarks::repair_to_confirm(label, before, after);
                self.find(remarks::of_row(&baseline::REPAIR_UNCERTAIN, table, self.position, place.clone(), said));
            }
            Handling::Repair => {}
        }
        let (before, after) = (before.to_owned(), after.to_owned());
        self.submission.repairs.push(Repair { kind, place, key: String::new(), before, after });
        true
    }

    /// Required cells that are blank; a column that is missing altogether has its own finding.
    fn required(&mut self) {
        for (field, shape) in self.shape.fields.iter().enumerate() {
            let columns = &self.submission.tables[self.fields.table].columns;
            let needed = match shape.need {
                Need::Optional => false,
                Need::Always => true,
                Need::Unless(flag) => columns[flag].state(self.position) == State::Blank,
            };
            let (Some(column), true) = (self.stretch.columns[field].first(), needed) else { continue };
            if columns[field].state(self.position) == State::Blank {
                let place = self.place(CellAt::new(self.row.at, *column));
                let said = remarks::required(&shape.label);
                self.find(remarks::of_row(&baseline::REQUIRED_CELL, self.fields.table, self.position, place, said));
            }
        }
    }

    pub(super) fn push(&mut self, field: usize, value: &Value<'_>) {
        values::push(&mut self.submission.tables[self.fields.table].columns[field].values, value);
    }

    /// Leaves a cell blank and keeps what the district wrote.
    fn unread(&mut self, field: usize, written: &str) {
        self.push(field, &Value::Blank);
        let row = u32::try_from(self.position).unwrap_or(u32::MAX);
        self.submission.tables[self.fields.table].columns[field].unread.push((row, written.into()));
    }

    fn find(&mut self, finding: Finding) {
        self.submission.findings.push(finding);
    }

    fn place(&self, at: CellAt) -> Place {
        Place { sheet: self.sheet.to_owned(), cell: Some(at) }
    }
}

/// Spellings that are kept for one field; a file with more of them than this gains nothing by keeping them.
const MOST_SPELLINGS: usize = 10_000;

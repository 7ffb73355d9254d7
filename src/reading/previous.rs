//! The consolidated workbook of the last period, read back: its registers as one submission a district.
//!
//! Registers are known by the provenance columns that `writers` puts before the form's own; columns are found by
//! title, so that a workbook of an older edition can be compared as far as it goes.

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::header;
use super::row::Row;
use super::titles::{self, Title};
use super::values::{self, Around, Judged, Typed, Value};
use super::{derived, empty};
use crate::form::Form;
use crate::model::{
    Cell, CellAt, Code, Cover, Lookup, Meaning, Part, Raw, Refusal, RowOrigin, Sentence, SourceFile, Submission, Table,
    TableShape, Text, Workbook,
    own::{self, PROVENANCE, Purpose, REGISTER_HEADER},
};
use crate::text::key;
use crate::texts;

texts! {
    FOREIGN = "tệp «{file}» không phải bảng tổng hợp do tonghop lập" / "file \"{file}\" is no consolidated workbook that tonghop wrote";
    HAND_BACK = "tệp «{file}» là báo cáo trả lại huyện, không phải bảng tổng hợp" / "file \"{file}\" is a hand-back to a district, not the consolidated workbook";
    BLANK = "tệp «{file}» là báo cáo lập trên biểu mẫu của huyện, không phải bảng tổng hợp" / "file \"{file}\" is a district's report, not the consolidated workbook";
    OTHER_FORM = "tệp «{file}» là bảng tổng hợp của biểu mẫu «{found}», không phải «{form}»" / "file \"{file}\" consolidates form \"{found}\", not \"{form}\"";
    NO_ROWS = "bảng tổng hợp «{file}» không có dòng nào để so" / "the consolidated workbook \"{file}\" holds no row to compare with";
    NO_DISTRICT = "trang «{sheet}», dòng {row} của «{file}»: không có huyện «{district}» trong danh mục" / "sheet \"{sheet}\", row {row} of \"{file}\": there is no district \"{district}\" on the list";
}

/// Why a file does not serve as the consolidated workbook of the last period.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It could not be read.
    Unreadable(Refusal),
    /// It is something else: what was found.
    Other(Sentence),
}

/// Reads the registers of a consolidated workbook: a submission for each district with rows, in list order. The
/// table of a register that the workbook does not have is not [`Table::found`].
///
/// # Errors
/// When the file cannot be read, is no consolidated workbook of the form, or holds no row.
pub fn previous(
    file: SourceFile,
    opened: Result<Box<dyn Workbook + Send>, Refusal>,
    form: &Form,
) -> Result<Vec<Submission>, Unfit> {
    let mut workbook = opened.map_err(Unfit::Unreadable)?;
    let cut_off = identify(&file, workbook.as_ref(), form)?;
    let mut registers = Registers {
        form,
        file,
        cut_off,
        parts: vec![None; form.vocabulary.tables.len()],
        districts: BTreeMap::new(),
        unknown: None,
    };
    for (sheet, seen) in workbook.sheets().to_vec().into_iter().enumerate() {
        let (head, row) = (BTreeMap::new(), Row::default());
        let mut reader = Reader { name: seen.name, registers: &mut registers, head, table: None, row };
        workbook.cells(sheet, &mut |cell| reader.cell(cell)).map_err(Unfit::Unreadable)?;
        reader.end_row();
    }
    registers.whole()
}

/// The day that the workbook's codes were looked up on, if it is what it should be.
fn identify(file: &SourceFile, workbook: &dyn Workbook, form: &Form) -> Result<NaiveDate, Unfit> {
    let other = |text: &'static Text| Unfit::Other(text.say().with("file", &file.name));
    match workbook.property(own::PURPOSE).and_then(Purpose::by_name) {
        None => return Err(other(&FOREIGN)),
        Some(Purpose::HandBack | Purpose::Notice) => return Err(other(&HAND_BACK)),
        Some(Purpose::Blank) => return Err(other(&BLANK)),
        Some(Purpose::Consolidated) => {}
    }
    let found = workbook.property(own::FORM).unwrap_or_default();
    if found != form.id {
        let said = OTHER_FORM.say().with("file", &file.name).with("found", found).with("form", &form.id);
        return Err(Unfit::Other(said));
    }
    let cut_off = workbook.property(own::CUT_OFF).and_then(|day| day.parse().ok());
    cut_off.ok_or_else(|| other(&NO_ROWS))
}

/// What was read so far.
struct Registers<'a> {
    form: &'a Form,
    file: SourceFile,
    cut_off: NaiveDate,
    /// The columns of each table's register, once it was found.
    parts: Vec<Option<Part>>,
    districts: BTreeMap<Code, Submission>,
    /// A row whose district is on no list.
    unknown: Option<Sentence>,
}

impl Registers<'_> {
    /// The submissions; tables whose register was found are marked so in each.
    fn whole(self) -> Result<Vec<Submission>, Unfit> {
        if let Some(unknown) = self.unknown {
            return Err(Unfit::Other(unknown));
        }
        if self.districts.is_empty() {
            return Err(Unfit::Other(NO_ROWS.say().with("file", &self.file.name)));
        }
        let mut submissions: Vec<Submission> = self.districts.into_values().collect();
        for table in submissions.iter_mut().flat_map(|submission| &mut submission.tables) {
            table.parts = self.parts[table.shape].iter().cloned().collect();
            derived::fill(table, &self.form.vocabulary, self.cut_off);
        }
        Ok(submissions)
    }

    /// Adds a row to the table of its district.
    fn add(&mut self, table: usize, columns: &[Option<u16>], row: &Row, sheet: &str) {
        let vocabulary = &self.form.vocabulary;
        let written = row.cell(0).map(|cell| values::shown(cell.raw)).unwrap_or_default();
        let districts = &vocabulary.lists[vocabulary.districts];
        let Lookup::One(district) = districts.look_up(&key(&written), self.cut_off, None) else {
            let said = NO_DISTRICT.say().with("sheet", sheet).with("row", row.at + 1).with("file", &self.file.name);
            self.unknown.get_or_insert_with(|| said.with("district", written));
            return;
        };
        let (form, file, cut_off) = (self.form, &self.file, self.cut_off);
        let submission = self.districts.entry(district).or_insert_with(|| blank(form, file, district, cut_off));
        let around =
            Around { day: cut_off, district: Some(district), lists: &vocabulary.lists, judged: Judged::ByCheck };
        push(&mut submission.tables[table], &vocabulary.tables[table], columns, row, &around);
        submission.tables[table].origin.push(RowOrigin { part: 0, row: row.at });
    }
}

/// The reader of one sheet; sheets that are no register are passed over.
struct Reader<'a, 'b> {
    name: String,
    registers: &'a mut Registers<'b>,
    /// The cells of the header row.
    head: BTreeMap<u16, String>,
    /// The table whose register this is, with its columns.
    table: Option<(usize, Vec<Option<u16>>)>,
    row: Row,
}

impl Reader<'_, '_> {
    fn cell(&mut self, cell: Cell<'_>) -> ControlFlow<()> {
        match (cell.at.row.cmp(&REGISTER_HEADER), cell.raw) {
            (Ordering::Less, _) => {}
            (Ordering::Equal, Raw::Text(text)) => drop(self.head.insert(cell.at.column, text.to_owned())),
            (Ordering::Equal, _) => {}
            (Ordering::Greater, _) => {
                if self.row.at != cell.at.row {
                    self.end_row();
                    if self.table.is_none() {
                        return ControlFlow::Break(());
                    }
                    self.row.begin(cell.at.row);
                }
                self.row.push(cell);
            }
        }
        ControlFlow::Continue(())
    }

    /// Takes the row under way; below the header, finds out whose register this is.
    fn end_row(&mut self) {
        if let (Some((table, columns)), false) = (&self.table, self.row.is_empty()) {
            self.registers.add(*table, columns, &self.row, &self.name);
        }
        self.row.begin(self.row.at);
        if self.table.is_none() {
            self.find_table();
        }
    }

    /// The table whose register this is: by its name, else by most titles.
    fn find_table(&mut self) {
        let head = std::mem::take(&mut self.head);
        let ours = (0u16..)
            .zip(PROVENANCE)
            .all(|(column, title)| head.get(&column).is_some_and(|text| own::says(text, title)));
        let first = u16::try_from(PROVENANCE.len()).unwrap_or(u16::MAX);
        let head: Vec<_> = head.range(first..).map(|(column, text)| (*column, Title::new(text.clone()))).collect();
        let form = self.registers.form;
        let tables = form.vocabulary.tables.iter().zip(titles::of(form)).enumerate();
        let free = tables.filter(|(table, _)| ours && self.registers.parts[*table].is_none());
        let fits = free.filter_map(|(table, (shape, titles))| {
            let mut columns: Vec<Option<u16>> = vec![None; shape.fields.len()];
            for (column, title) in &head {
                if let Some(Meaning::Field(field)) = titles.meaning(title) {
                    columns[*field].get_or_insert(*column);
                }
            }
            let (named, found) = (header::is_named(shape, &self.name), columns.iter().flatten().count());
            (named || found * 2 > shape.fields.len()).then_some(((named, found), table, columns))
        });
        if let Some((_, table, columns)) = fits.max_by_key(|(fit, ..)| *fit) {
            let title = |column: &Option<u16>| column.map(|column| CellAt::new(REGISTER_HEADER, column));
            let titles = columns.iter().map(title).collect();
            let part = Part { sheet: self.name.clone(), header: REGISTER_HEADER, columns: columns.clone(), titles };
            self.registers.parts[table] = Some(part);
            self.table = Some((table, columns));
        }
    }
}

/// A submission without rows.
fn blank(form: &Form, file: &SourceFile, district: Code, cut_off: NaiveDate) -> Submission {
    Submission {
        cover: Cover { district: Some(district), cut_off: Some(cut_off), ..Cover::default() },
        ..empty(file.clone(), form)
    }
}

/// Adds the values of a row to the columns of its table.
fn push(table: &mut Table, shape: &TableShape, columns: &[Option<u16>], row: &Row, around: &Around<'_>) {
    for ((field, values), column) in shape.fields.iter().zip(&mut table.columns).zip(columns) {
        let raw = column.and_then(|column| row.cell(column)).map(|cell| cell.raw);
        match raw.map(|raw| (values::typed(raw, &field.kind, around), raw)) {
            Some((Typed::Good(value, _), _)) => values::push(&mut values.values, &value),
            Some((_, raw)) => {
                values::push(&mut values.values, &Value::Blank);
                let row = u32::try_from(table.origin.len()).unwrap_or(u32::MAX);
                values.unread.push((row, values::shown(raw).into()));
            }
            None => values::push(&mut values.values, &Value::Blank),
        }
    }
}

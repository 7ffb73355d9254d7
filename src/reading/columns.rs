//! What is noticed down the columns of a stretch: dates whose day and month may be swapped, cells outside the table.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::late::Undecided;
use super::mapping::Mapping;
use super::row::Row;
use super::stretch::Stretch;
use crate::model::{CellAt, Finding, Place, TableShape, baseline};
use crate::texts;

texts! {
    SWAPPED = "«{field}»: {texts} ngày ghi dạng chữ đều có ngày lớn hơn 12, {dates} ngày dạng số đều có ngày không quá 12" / "\"{field}\": all {texts} dates written as text have a day above 12, all {dates} real dates have a day of at most 12";
    IN_ORDER = "ngày trước, tháng sau, như nhau trong cả cột" / "day before month, alike in the whole column";
    COMPARE = "Excel có thể đã đảo ngày và tháng của các ô này: đối chiếu hồ sơ, sửa ô sai; nếu đúng, ghi vào cột Giải trình." / "The spreadsheet may have swapped day and month of these cells: compare with the files and correct them; if they are right, say so in the explanation column.";
    OUTSIDE = "{count} ô có dữ liệu ở cột {column}, không có tiêu đề, không được đọc" / "{count} cells are filled in column {column}, which has no title; they are not read";
    TITLED = "dữ liệu nằm dưới một tiêu đề của biểu mẫu" / "data below a title of the form";
    GIVE_TITLE = "Ghi tiêu đề cho cột này nếu thuộc biểu mẫu; nếu không, bỏ qua." / "Give the column a title if it belongs to the form; ignore this otherwise.";
    NEXT_TO = "{count} ô có dữ liệu ở cột {column}, không có tiêu đề, ngay bên phải «{field}»: có thể là một phần của cột đó" / "{count} cells are filled in column {column}, which has no title, right of \"{field}\": they may be a part of it";
    SPLIT_TITLES = "Nếu «{field}» viết ở hai cột, ghi tiêu đề cho từng cột ({pieces}); nếu không, xóa cột thừa." / "If \"{field}\" is written in two columns, give each its title ({pieces}); otherwise remove the surplus column.";
}

/// Dates of one column, as text and as real dates.
#[derive(Clone, Debug, Default)]
struct Dates {
    texts_above_12: usize,
    texts_below: usize,
    real_above_12: usize,
    real: Vec<CellAt>,
}

/// A column without a title.
#[derive(Clone, Debug)]
struct Outside {
    count: usize,
    first: CellAt,
}

/// What was noticed so far.
#[derive(Clone, Debug, Default)]
pub struct Noticed {
    titled: Vec<u16>,
    rows: usize,
    dates: BTreeMap<usize, Dates>,
    outside: BTreeMap<u16, Outside>,
    undecided: BTreeMap<usize, Undecided>,
}

impl Noticed {
    /// Nothing yet, below titles.
    pub fn new(mapping: &Mapping) -> Self {
        Self { titled: mapping.titled.clone(), ..Self::default() }
    }

    /// A row of data: cells below no title are counted.
    pub fn row(&mut self, row: &Row) {
        self.rows += 1;
        for cell in row.cells().filter(|cell| self.titled.binary_search(&cell.at.column).is_err()) {
            self.outside.entry(cell.at.column).or_insert(Outside { count: 0, first: cell.at }).count += 1;
        }
    }

    /// A text beyond ASCII of a free field; its row in the table and its cell where it could be in another encoding than
    /// it was read in.
    pub fn text(&mut self, field: usize, written: &str, left: Option<(usize, CellAt)>) {
        self.undecided.entry(field).or_default().see(written, left);
    }

    /// The texts whose encoding only their column tells, by field.
    pub fn undecided(&mut self) -> BTreeMap<usize, Undecided> {
        std::mem::take(&mut self.undecided)
    }

    /// A date that was written as text, day first.
    pub fn text_date(&mut self, field: usize, date: NaiveDate) {
        let dates = self.dates.entry(field).or_default();
        match date.day() > 12 {
            true => dates.texts_above_12 += 1,
            false => dates.texts_below += 1,
        }
    }

    /// A real date.
    pub fn real_date(&mut self, field: usize, date: NaiveDate, at: CellAt) {
        let dates = self.dates.entry(field).or_default();
        dates.real_above_12 += usize::from(date.day() > 12);
        if dates.real_above_12 == 0 {
            dates.real.push(at);
        }
    }

    /// The findings at the end of a stretch.
    pub fn findings(self, stretch: &Stretch, shape: &TableShape, sheet: &str) -> Vec<Finding> {
        let place = |cell: CellAt| Place { sheet: sheet.to_owned(), cell: Some(cell) };
        let mut findings = Vec::new();
        for (field, dates) in self.dates {
            // Typed where months come first, 13/05 stays a text and 05/03 becomes 3 May: two of each are evidence.
            let suspicious = dates.texts_above_12 >= 2 && dates.texts_below == 0 && dates.real_above_12 == 0;
            if suspicious && dates.real.len() >= 2 {
                let found = SWAPPED
                    .say()
                    .with_label("field", shape.fields[field].label.clone())
                    .with("texts", dates.texts_above_12)
                    .with("dates", dates.real.len());
                let places = dates.real.into_iter().map(place).collect();
                findings.push(Finding::of_file(
                    &baseline::DAY_MONTH_SWAPPED,
                    places,
                    [found, IN_ORDER.say(), COMPARE.say()],
                ));
            }
        }
        for (column, outside) in self.outside {
            findings.push(outside_table(stretch, shape, column, &outside, self.rows, place(outside.first)));
        }
        findings
    }
}

/// Cells below no title. Right of a text that may be written in pieces, in most rows, they may be a part of it: then
/// reading on would lose half a name.
fn outside_table(
    stretch: &Stretch,
    shape: &TableShape,
    column: u16,
    outside: &Outside,
    rows: usize,
    place: Place,
) -> Finding {
    let letters = outside.first.column_letters();
    let beside = stretch.columns.iter().position(|columns| columns.last().is_some_and(|last| last + 1 == column));
    let torn = beside.filter(|field| !shape.fields[*field].split.is_empty() && outside.count * 2 > rows);
    match torn {
        Some(field) => {
            let shape = &shape.fields[field];
            let pieces: Vec<&str> = shape.split.iter().filter_map(|names| names.first()).map(String::as_str).collect();
            let found = NEXT_TO.say().with("count", outside.count).with("column", letters);
            let remedy = SPLIT_TITLES.say().with_label("field", shape.label.clone()).with("pieces", pieces.join(", "));
            let said = [found.with_label("field", shape.label.clone()), TITLED.say(), remedy];
            let finding = Finding::of_file(&baseline::COLUMN_AMBIGUOUS, vec![place], said);
            Finding { scope: crate::model::Scope::WholeTable(stretch.table), ..finding }
        }
        None => {
            let found = OUTSIDE.say().with("count", outside.count).with("column", letters);
            Finding::of_file(&baseline::OUTSIDE_TABLE, vec![place], [found, TITLED.say(), GIVE_TITLE.say()])
        }
    }
}

//! What is noticed down the columns of a stretch: dates whose day and month may be swapped, cells outside the table.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::late::Undecided;
use super::mapping::Mapping;
use super::row::Row;
use super::stretch::Stretch;
use crate::model::{CellAt, Field, Finding, Place, Scope, TableShape, baseline};
use crate::texts;

texts! {
    SWAPPED = "«{field}»: {texts} ngày ghi dạng chữ đều có ngày lớn hơn 12, {dates} ngày dạng số đều có ngày không quá 12" / "\"{field}\": all {texts} dates written as text have a day above 12, all {dates} real dates have a day of at most 12";
    IN_ORDER = "ngày trước, tháng sau, như nhau trong cả cột" / "day before month, alike in the whole column";
    COMPARE = "Excel có thể đã đảo ngày và tháng của các ô này: đối chiếu hồ sơ, sửa ô sai; nếu đúng, ghi vào cột Giải trình." / "The spreadsheet may have swapped day and month of these cells: compare with the files and correct them; if they are right, say so in the explanation column.";
    OUTSIDE = "{count} ô có dữ liệu ở cột không có tiêu đề ({columns}), không được đọc" / "{count} cells are filled in columns without a title ({columns}); they are not read";
    TITLED = "dữ liệu nằm dưới một tiêu đề của biểu mẫu" / "data below a title of the form";
    GIVE_TITLE = "Ghi tiêu đề cho cột nếu thuộc biểu mẫu; nếu không, bỏ qua." / "Give a column a title if it belongs to the form; ignore this otherwise.";
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
    /// Whether each sheet column has a title.
    titled: Vec<bool>,
    rows: usize,
    /// For each field of the table.
    dates: Vec<Dates>,
    outside: BTreeMap<u16, Outside>,
    /// For each field of the table.
    undecided: Vec<Undecided>,
}

impl Noticed {
    /// Nothing yet, below titles.
    pub fn new(mapping: &Mapping) -> Self {
        let last = mapping.titled.last().copied().unwrap_or(0);
        let titled = (0..=last).map(|column| mapping.titled.binary_search(&column).is_ok()).collect();
        let fields = mapping.sources.len();
        let (dates, undecided) = (vec![Dates::default(); fields], vec![Undecided::default(); fields]);
        Self { titled, dates, undecided, ..Self::default() }
    }

    /// A row of data: cells below no title are counted.
    pub fn row(&mut self, row: &Row) {
        self.rows += 1;
        let outside = |at: &CellAt| self.titled.get(usize::from(at.column)) != Some(&true);
        for at in row.places().filter(outside) {
            self.outside.entry(at.column).or_insert(Outside { count: 0, first: at }).count += 1;
        }
    }

    /// A text beyond ASCII of a free field; its row in the table and its cell where it could be in another encoding than
    /// it was read in.
    pub fn text(&mut self, field: usize, written: &str, left: Option<(usize, CellAt)>) {
        self.undecided[field].see(written, left);
    }

    /// The texts whose encoding only their column tells, by field.
    pub fn undecided(&mut self) -> Vec<Undecided> {
        std::mem::take(&mut self.undecided)
    }

    /// A date that was written as text, day first.
    pub fn text_date(&mut self, field: usize, date: NaiveDate) {
        let dates = &mut self.dates[field];
        match date.day() > 12 {
            true => dates.texts_above_12 += 1,
            false => dates.texts_below += 1,
        }
    }

    /// A real date.
    pub fn real_date(&mut self, field: usize, date: NaiveDate, at: CellAt) {
        let dates = &mut self.dates[field];
        dates.real_above_12 += usize::from(date.day() > 12);
        // 01/01/1985 is the same either way round.
        if dates.real_above_12 == 0 && date.day() != date.month() {
            dates.real.push(at);
        }
    }

    /// The findings at the end of a stretch.
    pub fn findings(self, stretch: &Stretch, shape: &TableShape, sheet: &str) -> Vec<Finding> {
        let place = |cell: CellAt| Place { sheet: sheet.to_owned(), cell: Some(cell) };
        let mut findings = Vec::new();
        for (field, dates) in self.dates.into_iter().enumerate() {
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
        let mut others = Vec::new();
        for (column, outside) in self.outside {
            match torn(stretch, shape, column, &outside, self.rows) {
                Some(field) => findings.push(torn_text(stretch, &shape.fields[field], &outside, place(outside.first))),
                None => others.push(outside),
            }
        }
        findings.extend(outside_table(&others, place));
        findings
    }
}

/// The text field whose value may go on in a column without a title, because that stands right of it and is filled in
/// most rows.
fn torn(stretch: &Stretch, shape: &TableShape, column: u16, outside: &Outside, rows: usize) -> Option<usize> {
    let beside = stretch.columns.iter().position(|columns| columns.last().is_some_and(|last| last + 1 == column));
    beside.filter(|field| !shape.fields[*field].split.is_empty() && outside.count * 2 > rows)
}

/// Reading on would lose half a name.
fn torn_text(stretch: &Stretch, field: &Field, outside: &Outside, place: Place) -> Finding {
    let pieces: Vec<&str> = field.split.iter().filter_map(|names| names.first()).map(String::as_str).collect();
    let found = NEXT_TO.say().with("count", outside.count).with("column", outside.first.column_letters());
    let remedy = SPLIT_TITLES.say().with_label("field", field.label.clone()).with("pieces", pieces.join(", "));
    let said = [found.with_label("field", field.label.clone()), TITLED.say(), remedy];
    let finding = Finding::of_file(&baseline::COLUMN_AMBIGUOUS, vec![place], said);
    Finding { scope: Scope::WholeTable(stretch.table), ..finding }
}

/// Columns that are named in one finding; junk far to the right can fill thousands.
const MOST_NAMED: usize = 20;

/// Cells below no title, in one finding.
fn outside_table(columns: &[Outside], place: impl Fn(CellAt) -> Place) -> Option<Finding> {
    let named = columns.iter().take(MOST_NAMED);
    let mut letters: Vec<String> = named.clone().map(|outside| outside.first.column_letters()).collect();
    if columns.len() > MOST_NAMED {
        letters.push("…".to_owned());
    }
    let count: usize = columns.iter().map(|outside| outside.count).sum();
    let found = OUTSIDE.say().with("count", count).with("columns", letters.join(", "));
    let places: Vec<Place> = named.map(|outside| place(outside.first)).collect();
    let finding = Finding::of_file(&baseline::OUTSIDE_TABLE, places, [found, TITLED.say(), GIVE_TITLE.say()]);
    (!columns.is_empty()).then_some(finding)
}

//! The cover's cells: labels in one column, values beside them, found by label wherever they stand.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::LazyLock;

use chrono::NaiveDate;

use super::written::{Written, prior};
use crate::form::Form;
use crate::model::{Cell, CellAt, Label, Place, Raw, Refusal, Text, Workbook};
use crate::text::{self, WrittenDate, plain_key};

/// Labels of the cover's fixed values, in the order of the constants below; the blank workbook prints the same.
pub const LABELS: [Text; 7] = [
    Text { vi: "Mã huyện", en: "District code" },
    Text { vi: "Tên huyện, thành phố", en: "District" },
    Text { vi: "Kỳ báo cáo", en: "Period" },
    Text { vi: "Số liệu tính đến ngày", en: "Cut-off date" },
    Text { vi: "Người lập biểu", en: "Prepared by" },
    Text { vi: "Điện thoại", en: "Telephone" },
    Text { vi: "Email", en: "E-mail" },
];
/// Position of this value among [`LABELS`].
pub const CODE: usize = 0;
/// Position of this value among [`LABELS`].
pub const NAME: usize = 1;
/// Position of this value among [`LABELS`].
pub const PERIOD: usize = 2;
/// Position of this value among [`LABELS`].
pub const CUT_OFF: usize = 3;
/// Position of this value among [`LABELS`].
pub const PREPARED_BY: usize = 4;
/// Position of this value among [`LABELS`].
pub const PHONE: usize = 5;
/// Position of this value among [`LABELS`].
pub const EMAIL: usize = 6;

/// A value of the cover and its place.
#[derive(Clone)]
pub struct Value {
    /// As people see it.
    pub text: String,
    /// As a number, if it is one.
    pub number: Option<f64>,
    /// As a day, if it is one.
    pub date: Option<NaiveDate>,
    /// Its cell.
    pub place: Place,
    /// As labels are compared.
    bare: String,
}

/// The keys of all labels, in both languages.
static LABEL_KEYS: LazyLock<Vec<String>> =
    LazyLock::new(|| LABELS.iter().flat_map(|label| [plain_key(label.vi), plain_key(label.en)]).collect());

impl Value {
    /// A value that was written as text.
    fn of_text(text: &str, place: Place) -> Self {
        let date = text::date(text).and_then(|date| match date {
            WrittenDate::Whole(day) | WrittenDate::TwoDigitYear(day) => Some(day),
            WrittenDate::MonthYear(_) | WrittenDate::BareYear(_) => None,
        });
        Self { number: text::number(text), date, ..Self::shown(text.to_owned(), place) }
    }

    fn is_label(&self) -> bool {
        LABEL_KEYS.contains(&self.bare)
    }

    /// A value of which nothing but the text counts.
    fn shown(text: String, place: Place) -> Self {
        Self { bare: bare(&text), text, number: None, date: None, place }
    }
}

/// Where the cover is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// On the sheet that bears its name.
    Named(usize),
    /// On a sheet with most of its labels, perhaps above a table.
    ByLabels(usize),
    /// Nowhere.
    Nowhere,
}

impl Found {
    /// The sheet, by position.
    pub fn sheet(self) -> Option<usize> {
        match self {
            Self::Named(sheet) | Self::ByLabels(sheet) => Some(sheet),
            Self::Nowhere => None,
        }
    }
}

/// Rows in which the cover's labels are looked for.
const COVER_ROWS: u32 = 60;

/// The cover's sheet: by name, else the one with most of its labels.
pub fn find(workbook: &mut dyn Workbook, form: &Form, free: &[usize]) -> Result<Found, Refusal> {
    let name = plain_key(&form.vocabulary.cover.sheet.vi);
    let other = plain_key(&form.vocabulary.cover.sheet.en);
    let named = |sheet: &usize| [&name, &other].contains(&&plain_key(&workbook.sheets()[*sheet].name));
    if let Some(sheet) = free.iter().copied().find(|sheet| named(sheet)) {
        return Ok(Found::Named(sheet));
    }
    let mut best = (2, Found::Nowhere);
    for sheet in free {
        let labels = cells(workbook, *sheet)?.values().filter(|cell| cell.is_label()).count();
        if labels > best.0 {
            best = (labels, Found::ByLabels(*sheet));
        }
    }
    Ok(best.1)
}

/// The filled cells of the cover's first rows.
#[derive(Default)]
pub struct Cells(BTreeMap<CellAt, Value>);

impl Cells {
    /// The values, in the order of the sheet.
    pub fn values(&self) -> impl Iterator<Item = &Value> {
        self.0.values()
    }

    /// The value beside a label, or behind it in one cell.
    pub fn value(&self, label: &Label, synonyms: &[String]) -> Option<Value> {
        let names = [label.vi.as_str(), label.en.as_str()];
        let names: Vec<String> = names.into_iter().chain(synonyms.iter().map(String::as_str)).map(bare).collect();
        let mut labels = self.0.iter().filter(|(_, cell)| names.contains(&cell.bare));
        labels.find_map(|(at, _)| self.beside(*at)).or_else(|| self.value_in_one_cell(&names))
    }

    /// The value right of a label; none where the next label or a signature follows.
    fn beside(&self, label: CellAt) -> Option<Value> {
        let right = CellAt::new(label.row, label.column + 1)..CellAt::new(label.row + 1, 0);
        let said = |cell: &&Value| cell.text.contains(char::is_alphanumeric);
        let value = self.0.range(right).map(|(_, cell)| cell).find(said)?;
        let no_value = value.is_label() || text::is_footer(&value.text) || text::is_signatory(&value.text);
        (!no_value).then(|| value.clone())
    }

    /// A value that stands behind its label in one cell: «Kỳ báo cáo: 2019».
    fn value_in_one_cell(&self, names: &[String]) -> Option<Value> {
        self.0.values().find_map(|cell| {
            let (label, value) = cell.text.split_once(':')?;
            let value = value.trim();
            let fits = names.contains(&bare(label)) && !value.is_empty();
            fits.then(|| Value::of_text(value, cell.place.clone()))
        })
    }
}

/// The filled cells of the cover: text as people see it, number, date.
pub fn cells(workbook: &mut dyn Workbook, sheet: usize) -> Result<Cells, Refusal> {
    let name = workbook.sheets()[sheet].name.clone();
    let prior = prior(workbook, sheet)?;
    let mut cells = BTreeMap::new();
    workbook.cells(sheet, &mut |cell| {
        if cell.at.row >= COVER_ROWS {
            return ControlFlow::Break(());
        }
        let Cell { at, .. } = cell;
        let written = Written::of(cell, prior);
        let place = Place { sheet: name.clone(), cell: Some(at) };
        let value = match written.raw() {
            Raw::Text(text) => Value::of_text(&text::normal(text).text, place),
            Raw::Number(number) => {
                Value { number: Some(number), ..Value::shown(crate::model::shown_number(number), place) }
            }
            Raw::Date(serial) => {
                let date = super::values::day(serial);
                Value { date, ..Value::shown(date.map(crate::model::shown_date).unwrap_or_default(), place) }
            }
            Raw::Bool(truth) => Value::shown(truth.to_string(), place),
            Raw::Error(error) => Value::shown(error.to_owned(), place),
            Raw::Uncomputed => return ControlFlow::Continue(()),
        };
        if !value.text.is_empty() {
            cells.insert(at, value);
        }
        ControlFlow::Continue(())
    })?;
    Ok(Cells(cells))
}

/// A label as it is compared: without marks, colon, and what stands in parentheses.
fn bare(label: &str) -> String {
    let outside = label.split('(').next().unwrap_or("");
    plain_key(&outside.replace(['*', ':'], " "))
}

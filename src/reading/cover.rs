//! The cover: labels in one column, values beside them; found by label, not by fixed cell.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;
use validator::Validate;

use super::written::{Written, prior};
use crate::form::Form;
use crate::model::{
    Cell, CellAt, Code, Finding, Label, Level, Lookup, Place, Raw, Refusal, RowKind, Sentence, Submission, Text,
    Workbook,
    baseline::{self, Baseline},
    own,
};
use crate::text::{self, WrittenDate, key, plain_key};
use crate::texts;

texts! {
    BLANK = "«{label}» để trống hoặc không có ở trang đầu" / "\"{label}\" is blank or absent on the cover";
    VALUE = "có giá trị" / "a value";
    FILL_IN = "Điền «{label}» ở trang «{sheet}»." / "Fill in \"{label}\" on sheet \"{sheet}\".";
    SAYS = "«{label}» ghi «{value}»" / "\"{label}\" says \"{value}\"";
    A_NUMBER = "một số" / "a number";
    A_DATE = "một ngày dd/mm/yyyy" / "a date dd/mm/yyyy";
    AN_EMAIL = "một địa chỉ thư điện tử" / "an e-mail address";
    A_DISTRICT = "mã hoặc tên một huyện trong danh mục" / "code or name of a district on the list";
    CORRECT = "Sửa «{label}» ở trang «{sheet}»." / "Correct \"{label}\" on sheet \"{sheet}\".";
    CONFLICT = "mã huyện «{code}» và tên huyện «{name}» là hai huyện khác nhau" / "district code \"{code}\" and name \"{name}\" are two districts";
    ONE_DISTRICT = "mã và tên của cùng một huyện" / "code and name of one district";
    OTHER_FORM = "tệp lập theo biểu mẫu «{found}»" / "the file follows form \"{found}\"";
    THIS_FORM = "biểu mẫu «{form}»" / "form \"{form}\"";
    USE_FORM = "Lập lại báo cáo trên biểu mẫu «{form}» do tỉnh gửi." / "Fill in the blank workbook \"{form}\" that the province sent.";
    OTHER_EDITION = "tệp lập theo bản {found} của biểu mẫu" / "the file follows edition {found} of the form";
    THIS_EDITION = "bản {edition}" / "edition {edition}";
    USE_EDITION = "Lần sau dùng bản {edition}; lần này các cột được đọc theo tiêu đề." / "Use edition {edition} next time; this time columns were read by their titles.";
}

/// Labels of the cover's fixed values, in the order of the constants below; the blank workbook prints the same.
const LABELS: [Text; 7] = [
    Text { vi: "Mã huyện", en: "District code" },
    Text { vi: "Tên huyện, thành phố", en: "District" },
    Text { vi: "Kỳ báo cáo", en: "Period" },
    Text { vi: "Số liệu tính đến ngày", en: "Cut-off date" },
    Text { vi: "Người lập biểu", en: "Prepared by" },
    Text { vi: "Điện thoại", en: "Telephone" },
    Text { vi: "Email", en: "E-mail" },
];
const CODE: usize = 0;
const NAME: usize = 1;
const PERIOD: usize = 2;
const CUT_OFF: usize = 3;
const PREPARED_BY: usize = 4;
const PHONE: usize = 5;
const EMAIL: usize = 6;

/// The fixed values of the cover with the rules that stand on their own.
#[derive(Debug, Default, Validate)]
struct Fixed {
    #[validate(length(min = 1))]
    prepared_by: String,
    #[validate(email)]
    email: Option<String>,
}

/// A value of the cover and its place.
struct Value {
    text: String,
    number: Option<f64>,
    date: Option<NaiveDate>,
    place: Place,
}

impl Value {
    /// A value that was written as text.
    fn of_text(text: &str, place: Place) -> Self {
        let date = text::date(text).and_then(|date| match date {
            WrittenDate::Whole(day) | WrittenDate::TwoDigitYear(day) => Some(day),
            WrittenDate::MonthYear(_) | WrittenDate::BareYear(_) => None,
        });
        Self { text: text.to_owned(), number: text::number(text), date, place }
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
        let labels = cells(workbook, *sheet)?.values().filter(|cell| is_label(&cell.text)).count();
        if labels > best.0 {
            best = (labels, Found::ByLabels(*sheet));
        }
    }
    Ok(best.1)
}

fn is_label(text: &str) -> bool {
    let text = bare(text);
    LABELS.iter().any(|label| plain_key(label.vi) == text || plain_key(label.en) == text)
}

/// Reads the cover into the submission; what is missing or wrong becomes a finding.
pub fn read(
    workbook: &mut dyn Workbook,
    sheet: Option<usize>,
    form: &Form,
    submission: &mut Submission,
) -> Result<(), Refusal> {
    let cells = sheet.map_or_else(|| Ok(BTreeMap::new()), |sheet| cells(workbook, sheet))?;
    let edition = (workbook.property(own::FORM), workbook.property(own::EDITION));
    let mut reader = Reader { form, cells, findings: Vec::new() };
    reader.form_id(edition);
    if reader.findings.iter().any(|finding| finding.level == Level::Block) {
        // Nothing of this form is to be looked for in it.
        submission.findings.extend(reader.findings);
        return Ok(());
    }
    let fixed: Vec<Option<Value>> = LABELS.iter().map(|label| reader.value(&Label::from(label), &[])).collect();
    let text = |at: usize| fixed[at].as_ref().map(|value| value.text.clone()).unwrap_or_default();

    submission.cover.district = reader.district(fixed[CODE].as_ref(), fixed[NAME].as_ref());
    submission.cover.period = text(PERIOD);
    if submission.cover.period.is_empty() {
        reader.blank(&baseline::PERIOD_UNKNOWN, &Label::from(&LABELS[PERIOD]));
    }
    submission.cover.cut_off = reader.cut_off(fixed[CUT_OFF].as_ref());
    submission.cover.prepared_by = text(PREPARED_BY);
    submission.cover.phone = text(PHONE);
    submission.cover.email = text(EMAIL);
    let email = Some(text(EMAIL)).filter(|email| !email.is_empty());
    reader.validate(&Fixed { prepared_by: text(PREPARED_BY), email }, &fixed);
    for total in &form.vocabulary.cover.totals {
        let value = reader.value(&total.label, &total.synonyms);
        if value.is_none() {
            reader.blank(&baseline::COVER_REQUIRED, &total.label);
        }
        let number = value.as_ref().and_then(|value| value.number);
        if let (Some(value), None) = (&value, number) {
            reader.wrong(&baseline::COVER_VALUE, &total.label, value, A_NUMBER.say());
        }
        submission.cover.totals.push(number);
        submission.cover.total_places.push(value.map(|value| value.place));
    }
    if reader.cells.values().any(|cell| text::is_nothing_to_report(&cell.text)) {
        submission.tables.iter_mut().for_each(|table| table.tally.add(RowKind::Nothing));
    }
    submission.findings.extend(reader.findings);
    Ok(())
}

/// The finding of a file of which nothing tells the sender.
pub fn district_unknown(form: &Form) -> Finding {
    blank(form, &baseline::DISTRICT_UNKNOWN, &Label::from(&LABELS[CODE]))
}

/// The filled cells of the cover: text as people see it, number, date.
fn cells(workbook: &mut dyn Workbook, sheet: usize) -> Result<BTreeMap<CellAt, Value>, Refusal> {
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
        let (text, number, date) = match written.raw() {
            Raw::Text(text) => {
                let Value { text, number, date, .. } = Value::of_text(&text::normal(text).text, place.clone());
                (text, number, date)
            }
            Raw::Number(number) => (crate::model::shown_number(number), Some(number), None),
            Raw::Date(serial) => {
                let date = super::values::day(serial);
                (date.map(crate::model::shown_date).unwrap_or_default(), None, date)
            }
            Raw::Bool(truth) => (truth.to_string(), None, None),
            Raw::Error(error) => (error.to_owned(), None, None),
            Raw::Uncomputed => (String::new(), None, None),
        };
        if !text.is_empty() {
            cells.insert(at, Value { text, number, date, place });
        }
        ControlFlow::Continue(())
    })?;
    Ok(cells)
}

struct Reader<'a> {
    form: &'a Form,
    cells: BTreeMap<CellAt, Value>,
    findings: Vec<Finding>,
}

impl Reader<'_> {
    /// The value beside a label: the next filled cell to its right, in the same row, that is no label itself.
    fn value(&self, label: &Label, synonyms: &[String]) -> Option<Value> {
        let names = [label.vi.as_str(), label.en.as_str()];
        let names: Vec<String> = names.into_iter().chain(synonyms.iter().map(String::as_str)).map(bare).collect();
        let Some((at, _)) = self.cells.iter().find(|(_, cell)| names.contains(&bare(&cell.text))) else {
            return self.value_in_one_cell(&names);
        };
        let beside = CellAt::new(at.row, at.column + 1)..CellAt::new(at.row + 1, 0);
        let (_, found) = self.cells.range(beside).next()?;
        let Value { text, number, date, place } = found;
        Some(Value { text: text.clone(), number: *number, date: *date, place: place.clone() })
    }

    /// A value that stands behind its label in one cell: «Kỳ báo cáo: 2019».
    fn value_in_one_cell(&self, names: &[String]) -> Option<Value> {
        self.cells.values().find_map(|cell| {
            let (label, value) = cell.text.split_once(':')?;
            let value = value.trim();
            let fits = names.contains(&bare(label)) && !value.is_empty();
            fits.then(|| Value::of_text(value, cell.place.clone()))
        })
    }

    /// Judges the form's id and edition: the document properties, else the line «Mẫu: chqs-xa · 2019».
    fn form_id(&mut self, properties: (Option<&str>, Option<&str>)) {
        let line = self.cells.values().find_map(|cell| {
            let rest = cell.text.strip_prefix("Mẫu:").or_else(|| cell.text.strip_prefix("Form:"))?;
            let (id, edition) = rest.split_once('·')?;
            Some((id.trim().to_owned(), edition.trim().to_owned(), cell.place.clone()))
        });
        let id = properties.0.map(str::to_owned).or_else(|| line.as_ref().map(|(id, ..)| id.clone()));
        let edition = properties.1.map(str::to_owned).or_else(|| line.as_ref().map(|(_, edition, _)| edition.clone()));
        let places = || line.iter().map(|(.., place)| place.clone()).collect();
        let form = self.form;
        if let Some(id) = id.filter(|id| *id != form.id) {
            let said = [
                OTHER_FORM.say().with("found", id),
                THIS_FORM.say().with("form", &form.id),
                USE_FORM.say().with("form", &form.id),
            ];
            self.findings.push(Finding::of_file(&baseline::OTHER_FORM, places(), said));
        } else if let Some(edition) = edition.filter(|edition| *edition != form.edition) {
            let said = [
                OTHER_EDITION.say().with("found", edition),
                THIS_EDITION.say().with("edition", &form.edition),
                USE_EDITION.say().with("edition", &form.edition),
            ];
            self.findings.push(Finding::of_file(&baseline::OTHER_EDITION, places(), said));
        }
    }

    /// The district by code and by name; both must mean the same one.
    fn district(&mut self, code: Option<&Value>, name: Option<&Value>) -> Option<Code> {
        let list = &self.form.vocabulary.lists[self.form.vocabulary.districts];
        let find = |value: &Value| {
            let any_day = list.by_code(&value.text, None);
            any_day.or_else(|| match list.look_up(&key(&value.text), NaiveDate::MAX, None) {
                Lookup::One(code) => Some(code),
                _ => None,
            })
        };
        match (code.map(find), name.map(find)) {
            (Some(Some(by_code)), Some(Some(by_name))) if by_code != by_name => {
                let (code, name) = (code?, name?);
                let found = CONFLICT.say().with("code", &code.text).with("name", &name.text);
                let remedy = self.correct(&Label::from(&LABELS[CODE]));
                let places = vec![code.place.clone(), name.place.clone()];
                let said = [found, ONE_DISTRICT.say(), remedy];
                self.findings.push(Finding::of_file(&baseline::DISTRICT_UNKNOWN, places, said));
                None
            }
            (Some(Some(found)), _) | (None, Some(Some(found))) | (Some(None), Some(Some(found))) => Some(found),
            // Something else may tell the sender.
            (None, None) => None,
            _ => {
                let written = code.or(name)?;
                self.wrong(&baseline::DISTRICT_UNKNOWN, &Label::from(&LABELS[CODE]), written, A_DISTRICT.say());
                None
            }
        }
    }

    fn cut_off(&mut self, value: Option<&Value>) -> Option<NaiveDate> {
        let label = Label::from(&LABELS[CUT_OFF]);
        match value {
            None => self.blank(&baseline::CUT_OFF_UNKNOWN, &label),
            Some(value) if value.date.is_none() => {
                self.wrong(&baseline::CUT_OFF_UNKNOWN, &label, value, A_DATE.say());
            }
            Some(_) => {}
        }
        value.and_then(|value| value.date)
    }

    /// The rules of [`Fixed`], in the order of the cover; validator's own order is that of a hash map.
    fn validate(&mut self, values: &Fixed, written: &[Option<Value>]) {
        let Err(faults) = values.validate() else { return };
        let faults = faults.field_errors();
        if faults.contains_key("prepared_by") {
            self.blank(&baseline::COVER_REQUIRED, &Label::from(&LABELS[PREPARED_BY]));
        }
        if let (true, Some(email)) = (faults.contains_key("email"), &written[EMAIL]) {
            self.wrong(&baseline::COVER_VALUE, &Label::from(&LABELS[EMAIL]), email, AN_EMAIL.say());
        }
    }

    fn blank(&mut self, baseline: &Baseline, label: &Label) {
        self.findings.push(blank(self.form, baseline, label));
    }

    fn wrong(&mut self, baseline: &Baseline, label: &Label, value: &Value, expected: Sentence) {
        let found = SAYS.say().with_label("label", label.clone()).with("value", &value.text);
        let said = [found, expected, self.correct(label)];
        self.findings.push(Finding::of_file(baseline, vec![value.place.clone()], said));
    }

    fn correct(&self, label: &Label) -> Sentence {
        CORRECT.say().with_label("label", label.clone()).with_label("sheet", self.form.vocabulary.cover.sheet.clone())
    }
}

/// A value of the cover that is blank.
fn blank(form: &Form, baseline: &Baseline, label: &Label) -> Finding {
    let sheet = &form.vocabulary.cover.sheet;
    let found = BLANK.say().with_label("label", label.clone());
    let remedy = FILL_IN.say().with_label("label", label.clone()).with_label("sheet", sheet.clone());
    let place = Place { sheet: sheet.vi.clone(), cell: None };
    Finding::of_file(baseline, vec![place], [found, VALUE.say(), remedy])
}

/// A label as it is compared: without marks, colon, and what stands in parentheses.
fn bare(label: &str) -> String {
    let outside = label.split('(').next().unwrap_or("");
    plain_key(&outside.replace(['*', ':'], " "))
}

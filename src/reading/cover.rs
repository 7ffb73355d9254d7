//! The cover: labels in one column, values beside them; found by label, not by fixed cell.

use chrono::NaiveDate;
use validator::Validate;

use super::labels::{CODE, CUT_OFF, Cells, EMAIL, LABELS, NAME, PERIOD, PHONE, PREPARED_BY, Value, cells};
use crate::form::Form;
use crate::model::{
    Code, Finding, Label, Level, Lookup, Place, Refusal, RowKind, Sentence, Submission, Workbook,
    baseline::{self, Baseline},
    own,
};
use crate::text::{self, key};
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

/// The fixed values of the cover with the rules that stand on their own.
#[derive(Debug, Default, Validate)]
struct Fixed {
    #[validate(length(min = 1))]
    prepared_by: String,
    #[validate(email)]
    email: Option<String>,
}

/// Reads the cover into the submission; what is missing or wrong becomes a finding.
pub fn read(
    workbook: &mut dyn Workbook,
    sheet: Option<usize>,
    form: &Form,
    submission: &mut Submission,
) -> Result<(), Refusal> {
    let cells = sheet.map_or_else(|| Ok(Cells::default()), |sheet| cells(workbook, sheet))?;
    let edition = (workbook.property(own::FORM), workbook.property(own::EDITION));
    let mut reader = Reader { form, cells, findings: Vec::new() };
    reader.form_id(edition);
    if reader.findings.iter().any(|finding| finding.level == Level::Block) {
        // Nothing of this form is to be looked for in it.
        submission.findings.extend(reader.findings);
        return Ok(());
    }
    let fixed: Vec<Option<Value>> = LABELS.iter().map(|label| reader.cells.value(&Label::from(label), &[])).collect();
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
        let value = reader.cells.value(&total.label, &total.synonyms);
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

struct Reader<'a> {
    form: &'a Form,
    cells: Cells,
    findings: Vec<Finding>,
}

impl Reader<'_> {
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

//! Kind `submissions`: a line a district or file: rows received, accepted, held back; findings; control totals.

use serde::Deserialize;

use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, control_totals, layout};
use crate::model::{DistrictLine, Lang, Mistakes, Status, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    DISTRICT = "Huyện, thành phố" / "District";
    FILE = "Tệp" / "File";
    STATUS = "Tình trạng" / "Status";
    FINDINGS = "Phát hiện" / "Findings";
    ERRORS = "Lỗi" / "Errors";
    WARNINGS = "Cảnh báo" / "Warnings";
    ALL_ROWS = "Tất cả các bảng (dòng)" / "All tables (rows)";
    TABLE_ROWS = "{table} (dòng)" / "{table} (rows)";
    RECEIVED = "Nhận" / "Received";
    ACCEPTED = "Đưa vào" / "Accepted";
    HELD = "Giữ lại" / "Held back";
    DIFFERENCE = "Lệch" / "Diff.";
    NOTES = "Ghi chú" / "Notes";
    TOTAL = "Tổng số" / "Total";
    UNKNOWN = "(không rõ)" / "(unknown)";
    STATUS_RECEIVED = "Đã nhận" / "Received";
    STATUS_RETURNED = "Trả lại" / "Returned";
    STATUS_MISSING = "Thiếu" / "Missing";
    STATUS_SUPERSEDED = "Bị thay thế" / "Superseded";
    UNIT = "dòng" / "rows";
    CLOSES = "Nhận: số dòng đọc được trong tệp; Đưa vào: số dòng có trong sổ tổng hợp; Giữ lại: số dòng ở trang «Dòng giữ lại». Lệch = Nhận - Đưa vào - Giữ lại, phải bằng 0." / "Received: rows read in the file; Accepted: rows in the register; Held back: rows on the sheet of rows held back. Difference = Received - Accepted - Held back, must be 0.";
    CONTROL = "Số khống chế: Lệch = Khai - Đếm; ô để trống: huyện không khai, hoặc tệp không được tính." / "Control totals: Difference = Declared - Counted; blank: nothing was declared, or the file does not count.";
}

/// The status of every report.
#[derive(Debug)]
pub struct Submissions;

/// No keys.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {}

impl SummaryKind for Submissions {
    type Written = Written;
    const NAME: &'static str = "submissions";
    const PAGE: &'static str = include_str!("submissions.md");

    fn resolve(_: Written, _: &Vocabulary, _: &mut Mistakes) -> Option<Self> {
        Some(Self)
    }
}

/// Columns before the groups.
const LEADING: usize = 7;
/// Columns of the group of all tables: received, accepted, held back, difference.
const WHOLE: usize = 4;

impl Summary for Submissions {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let tables = input.vocabulary.tables.len();
        let totals = input.vocabulary.cover.totals.len();
        let columns = LEADING + WHOLE + tables * 3;
        let widths = [5.0, 15.0, 22.0, 11.0, 7.5, 10.0, 8.5].into_iter().chain(std::iter::repeat(8.5));
        let wide = columns.max(control_totals::columns(totals));
        let mut page = layout::page(input, heading, widths.take(wide).collect(), UNIT.get(lang));
        page.titles(&titles(input));
        page.sheet.frozen_columns = 2;
        let top = page.row;
        for (number, line) in input.consolidated.lines.iter().enumerate() {
            leading(&mut page, number, line);
            rows(&mut page, line, tables);
            page.row += 1;
        }
        total_row(&mut page, top, columns);
        let mut notes = vec![CLOSES.get(lang).to_owned(), layout::policy(input)];
        if totals > 0 {
            control_totals::write(&mut page);
            notes.push(CONTROL.get(lang).to_owned());
        }
        layout::finish(page, heading, &notes)
    }
}

fn titles(input: &Input<'_>) -> Vec<Title> {
    let lang = input.lang;
    let mut titles: Vec<Title> = [NUMBER, DISTRICT, FILE, STATUS].map(|text| Title::alone(text.get(lang))).into();
    titles.extend([ERRORS, WARNINGS, NOTES].map(|text| Title::below(FINDINGS.get(lang), text.get(lang))));
    let whole = [RECEIVED, ACCEPTED, HELD, DIFFERENCE];
    titles.extend(whole.map(|text| Title::below(ALL_ROWS.get(lang), text.get(lang))));
    for table in &input.vocabulary.tables {
        let group = TABLE_ROWS.say().with("table", table.sheet.get(lang)).get(lang);
        titles.extend([RECEIVED, ACCEPTED, HELD].map(|text| Title::below(group.as_str(), text.get(lang))));
    }
    titles
}

fn leading(page: &mut Page<'_>, number: usize, line: &DistrictLine) {
    let (row, input) = (page.row, page.input);
    sender(page, number, line);
    page.text(cell(row, 3), status(line.status, input.lang), Look::Centred);
    for (column, count) in (4..).zip([line.errors, line.warnings, line.notes]) {
        page.number(cell(row, column), f64::from(count), Look::Count);
    }
}

/// Number, district and file of a line.
pub(super) fn sender(page: &mut Page<'_>, number: usize, line: &DistrictLine) {
    let (row, input) = (page.row, page.input);
    page.text(cell(row, 0), (number + 1).to_string(), Look::Centred);
    page.text(cell(row, 1), district(input, line), Look::Name);
    page.text(cell(row, 2), file(input, line), Look::Text);
}

fn file<'a>(input: &Input<'a>, line: &DistrictLine) -> &'a str {
    let submission = line.submission.and_then(|at| input.consolidated.submissions.get(at));
    submission.map_or("", |submission| submission.file.name.as_str())
}

/// Received as read, accepted as counted in the register, held back as listed; the first group adds up the tables'.
fn rows(page: &mut Page<'_>, line: &DistrictLine, tables: usize) {
    let (row, input) = (page.row, page.input);
    let number = |of: &[u32], table: usize| of.get(table).copied().map_or(0.0, f64::from);
    let name = file(input, line);
    for table in 0..tables {
        let first = LEADING + WHOLE + table * 3;
        page.number(cell(row, first), number(&line.received, table), Look::Count);
        let accepted = number(&line.accepted, table);
        if name.is_empty() {
            page.number(cell(row, first + 1), accepted, Look::Count);
        } else {
            let pick = Pick::Label { label: name.to_owned(), cell: fixed_column(cell(row, 2)) };
            let formula = formula::count(input, table, &[], &[(Of::File, pick)]);
            page.computed(cell(row, first + 1), &formula, Some(accepted), Look::Count);
        }
        page.number(cell(row, first + 2), number(&line.held, table), Look::Count);
    }
    for part in 0..3 {
        let parts: Vec<_> = (0..tables).map(|table| cell(row, LEADING + WHOLE + table * 3 + part)).collect();
        page.add(cell(row, LEADING + part), &parts, Look::Count);
    }
    difference(page, row, Look::Difference);
}

/// Received less accepted and held back.
fn difference(page: &mut Page<'_>, row: u32, look: Look) {
    let [received, accepted, held] = [0, 1, 2].map(|part| cell(row, LEADING + part));
    let value = page.value(received) - page.value(accepted) - page.value(held);
    page.computed(cell(row, LEADING + 3), &format!("{received}-{accepted}-{held}"), Some(value), look);
}

fn total_row(page: &mut Page<'_>, top: u32, columns: usize) {
    let (row, lang) = (page.row, page.input.lang);
    for column in [0, 2, 3] {
        page.text(cell(row, column), "", Look::TotalName);
    }
    page.text(cell(row, 1), TOTAL.get(lang), Look::TotalName);
    for column in (4..columns).filter(|column| *column != LEADING + 3) {
        super::by_district::total(page, cell(top, column), row);
    }
    difference(page, row, Look::TotalDifference);
    page.row += 1;
}

fn district(input: &Input<'_>, line: &DistrictLine) -> String {
    match line.district {
        Some(_) => input.vocabulary.district_name(line.district).get(input.lang).to_owned(),
        None => UNKNOWN.get(input.lang).to_owned(),
    }
}

fn status(status: Status, lang: Lang) -> &'static str {
    let text = match status {
        Status::Received => STATUS_RECEIVED,
        Status::Returned => STATUS_RETURNED,
        Status::Missing => STATUS_MISSING,
        Status::Superseded => STATUS_SUPERSEDED,
    };
    text.get(lang)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::model::Accept;
    use crate::summaries::Content;

    #[test]
    fn received_is_what_was_read_accepted_what_the_register_counts_and_the_difference_closes() {
        let sample = sample();
        let sheet = Submissions.sheet(&sample.input(), &sample.heading);
        let formula = |text: &str, value: f64| Content::Formula { formula: text.to_owned(), value: Some(value) };
        assert_eq!(content(&sheet, "D11"), Content::Text("Thiếu".to_owned()));
        assert_eq!(content(&sheet, "L10"), Content::Number(2.0));
        assert_eq!(content(&sheet, "M10"), formula("=COUNTIFS(HocVien[Tệp],$C10)", 2.0));
        assert_eq!(content(&sheet, "H10"), formula("=L10", 2.0));
        assert_eq!(content(&sheet, "K10"), formula("=H10-I10-J10", 0.0));
        assert_eq!(content(&sheet, "K12"), formula("=H12-I12-J12", 0.0));
    }

    #[test]
    fn control_totals_are_compared_and_the_policy_is_said() {
        let mut sample = sample();
        sample.consolidated.accept = Accept::All;
        let sheet = Submissions.sheet(&sample.input(), &sample.heading);
        let difference = Content::Formula { formula: "=D18-E18".to_owned(), value: Some(1.0) };
        assert!(sheet.cells.iter().any(|cell| cell.content == difference && cell.look == Look::Difference));
        let says = |part: &str| {
            sheet.cells.iter().any(|cell| matches!(&cell.content, Content::Text(text) if text.contains(part)))
        };
        assert!(says("--accept all") && !says("--accept rows"));
    }
}

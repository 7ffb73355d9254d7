//! Kind `submissions`: a line a district or file: rows received, accepted, held back; findings; control totals.

use serde::Deserialize;

use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, control_totals, layout};
use crate::model::{Change, ChangeCounts, DistrictLine, Lang, Mistakes, Status, Vocabulary};
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
    SINCE = "So với lần {number}" / "Since round {number}";
    FIXED = "Đã sửa" / "Corrected";
    EXPLAINED = "Giải trình" / "Explained";
    OPEN = "Còn" / "Still open";
    NEW = "Mới" / "New";
    TOTAL = "Tổng số" / "Total";
    UNKNOWN = "(không rõ)" / "(unknown)";
    STATUS_RECEIVED = "Đã nhận" / "Received";
    STATUS_RETURNED = "Trả lại" / "Returned";
    STATUS_MISSING = "Thiếu" / "Missing";
    STATUS_SUPERSEDED = "Bị thay thế" / "Superseded";
    UNIT = "dòng" / "rows";
    CLOSES = "Nhận: số dòng đọc được trong tệp; Đưa vào: số dòng có trong sổ tổng hợp; Giữ lại: số dòng ở trang «Dòng giữ lại». Lệch = Nhận - Đưa vào - Giữ lại, phải bằng 0." / "Received: rows read in the file; Accepted: rows in the register; Held back: rows on the sheet of rows held back. Difference = Received - Accepted - Held back, must be 0.";
    ROUNDS = "So với lần {number}, tính lỗi và cảnh báo chưa giải trình: Còn: lần trước đã nêu, chưa sửa, kể cả khi lần này không đọc được báo cáo; Mới: lần trước chưa có." / "Since round {number}, errors and unexplained warnings: Still open: said last time and not corrected, even where the report could not be read this time; New: not there last time.";
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

/// Columns before the groups, without those of changes.
const LEADING: usize = 7;
/// Columns of changes since the round before: fixed, explained, open, new.
const CHANGES: usize = 4;
/// Columns of the group of all tables: received, accepted, held back, difference.
const WHOLE: usize = 4;

impl Summary for Submissions {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let tables = input.vocabulary.tables.len();
        let totals = input.vocabulary.cover.totals.len();
        let columns = leading_columns(input) + WHOLE + tables * 3;
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
        notes.extend(round_before(input).map(|number| ROUNDS.say().with("number", number).get(lang)));
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
    if let Some(number) = round_before(input) {
        let group = SINCE.say().with("number", number).get(lang);
        titles.extend([FIXED, EXPLAINED, OPEN, NEW].map(|text| Title::below(group.as_str(), text.get(lang))));
    }
    let whole = [RECEIVED, ACCEPTED, HELD, DIFFERENCE];
    titles.extend(whole.map(|text| Title::below(ALL_ROWS.get(lang), text.get(lang))));
    for table in &input.vocabulary.tables {
        let group = TABLE_ROWS.say().with("table", table.sheet.get(lang)).get(lang);
        titles.extend([RECEIVED, ACCEPTED, HELD].map(|text| Title::below(group.as_str(), text.get(lang))));
    }
    titles
}

/// The number of the round before; `None` where there is none to compare with.
fn round_before(input: &Input<'_>) -> Option<u32> {
    input.consolidated.changed()?;
    input.consolidated.round.as_ref().map(|round| round.number.saturating_sub(1))
}

/// Columns before the groups.
fn leading_columns(input: &Input<'_>) -> usize {
    LEADING + round_before(input).map_or(0, |_| CHANGES)
}

fn leading(page: &mut Page<'_>, number: usize, line: &DistrictLine) {
    let (row, input) = (page.row, page.input);
    sender(page, number, line);
    page.text(cell(row, 3), status(line.status, input.lang), Look::Centred);
    for (column, count) in (4..).zip([line.errors, line.warnings, line.notes]) {
        page.number(cell(row, column), f64::from(count), Look::Count);
    }
    let changes = LEADING..leading_columns(input);
    match line.change.as_ref().map(Change::counts) {
        Some(ChangeCounts { fixed, explained, open, new }) => {
            for (column, count) in changes.zip([fixed, explained, open, new]) {
                page.number(cell(row, column), f64::from(count), Look::Count);
            }
        }
        None => changes.for_each(|column| page.text(cell(row, column), "", Look::Count)),
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
    let leading = leading_columns(input);
    for table in 0..tables {
        let first = leading + WHOLE + table * 3;
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
        let parts: Vec<_> = (0..tables).map(|table| cell(row, leading + WHOLE + table * 3 + part)).collect();
        page.add(cell(row, leading + part), &parts, Look::Count);
    }
    difference(page, row, Look::Difference);
}

/// Received less accepted and held back.
fn difference(page: &mut Page<'_>, row: u32, look: Look) {
    let leading = leading_columns(page.input);
    let [received, accepted, held] = [0, 1, 2].map(|part| cell(row, leading + part));
    let value = page.value(received) - page.value(accepted) - page.value(held);
    page.computed(cell(row, leading + 3), &format!("{received}-{accepted}-{held}"), Some(value), look);
}

fn total_row(page: &mut Page<'_>, top: u32, columns: usize) {
    let (row, lang) = (page.row, page.input.lang);
    let difference_column = leading_columns(page.input) + 3;
    for column in [0, 2, 3] {
        page.text(cell(row, column), "", Look::TotalName);
    }
    page.text(cell(row, 1), TOTAL.get(lang), Look::TotalName);
    for column in (4..columns).filter(|column| *column != difference_column) {
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
    use crate::model::{Accept, Round};
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

    #[test]
    fn changes_since_the_round_before_have_columns_of_their_own_and_totals() {
        let mut sample = sample();
        let change = |explained, open, new: &[usize]| Change { fixed: Vec::new(), explained, open, new: new.to_vec() };
        let lines = &mut sample.consolidated.lines;
        lines[0].change = Some(change(2, 3, &[5]));
        lines.insert(1, DistrictLine { change: None, ..lines[0].clone() });
        lines[2].change = Some(change(0, 1, &[]));
        sample.consolidated.round = Some(Round { number: 3, before: Some(Vec::new()), ..Round::default() });
        let sheet = Submissions.sheet(&sample.input(), &sample.heading);
        assert_eq!(content(&sheet, "H7"), Content::Text("So với lần 2".to_owned()));
        let row = |row| ["H", "I", "J", "K"].map(|column| content(&sheet, &format!("{column}{row}")));
        assert_eq!(row(10), [0.0, 2.0, 3.0, 1.0].map(Content::Number));
        assert_eq!(row(11), [(); 4].map(|()| Content::Blank));
        assert_eq!(row(12), [0.0, 0.0, 1.0, 0.0].map(Content::Number));
        let sum =
            |column, value| Content::Formula { formula: format!("=SUM({column}10:{column}12)"), value: Some(value) };
        assert_eq!(row(13), [sum("H", 0.0), sum("I", 2.0), sum("J", 4.0), sum("K", 1.0)]);
        // The groups stand further right, and still close.
        let difference = Content::Formula { formula: "=L10-M10-N10".to_owned(), value: Some(0.0) };
        assert_eq!(content(&sheet, "O10"), difference);
    }
}

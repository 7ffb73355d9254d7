//! Kind `submissions`: a line a district or file: rows received, accepted, held back; findings; control totals.

use serde::Deserialize;

use super::page::{Page, Title, cell};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
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
    TOTALS = "Số khống chế (khai báo, đếm được và chênh lệch)" / "Control totals (declared, counted and difference)";
    DECLARED = "Khai" / "Declared";
    COUNTED = "Đếm" / "Counted";
    DIFFERENCE = "Lệch" / "Difference";
    TOTAL = "Tổng số" / "Total";
    UNKNOWN = "(không rõ)" / "(unknown)";
    STATUS_RECEIVED = "Đã nhận" / "Received";
    STATUS_RETURNED = "Trả lại" / "Returned";
    STATUS_MISSING = "Thiếu" / "Missing";
    STATUS_SUPERSEDED = "Bị thay thế" / "Superseded";
    UNIT = "dòng" / "rows";
    CLOSES = "Nhận = Đưa vào + Giữ lại; Lệch = Khai - Đếm; ô Khai để trống: huyện không khai báo." / "Received = Accepted + Held back; Difference = Declared - Counted; Declared left blank: the district declared nothing.";
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

/// Columns before the groups of three.
const LEADING: usize = 6;

impl Summary for Submissions {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let tables = input.vocabulary.tables.len();
        let totals = input.vocabulary.cover.totals.len();
        let groups = 1 + tables;
        let widths = [5.0, 16.0, 26.0, 12.0, 9.0, 10.0].into_iter().chain((0..groups * 3).map(|_| 10.0));
        let mut page = layout::page(input, heading, widths.collect(), UNIT.get(lang));
        page.titles(&titles(input));
        page.sheet.frozen_columns = 2;
        let top = page.row;
        for (number, line) in input.consolidated.lines.iter().enumerate() {
            leading(&mut page, number, line);
            rows(&mut page, line, tables);
            page.row += 1;
        }
        total_row(&mut page, top, LEADING + groups * 3);
        if totals > 0 {
            page.row += 1;
            control_totals(&mut page);
        }
        layout::finish(page, heading, &[CLOSES.get(lang).to_owned()])
    }
}

fn titles(input: &Input<'_>) -> Vec<Title> {
    let lang = input.lang;
    let mut titles: Vec<Title> = [NUMBER, DISTRICT, FILE, STATUS].map(|text| Title::alone(text.get(lang))).into();
    titles.extend([ERRORS, WARNINGS].map(|text| Title::below(FINDINGS.get(lang), text.get(lang))));
    let mut groups = vec![ALL_ROWS.get(lang).to_owned()];
    let tables = input.vocabulary.tables.iter();
    groups.extend(tables.map(|table| TABLE_ROWS.say().with("table", table.sheet.get(lang)).get(lang)));
    for group in groups {
        titles.extend([RECEIVED, ACCEPTED, HELD].map(|text| Title::below(group.as_str(), text.get(lang))));
    }
    titles
}

fn leading(page: &mut Page<'_>, number: usize, line: &DistrictLine) {
    let (row, input) = (page.row, page.input);
    let file = line.submission.and_then(|at| input.consolidated.submissions.get(at));
    page.text(cell(row, 0), (number + 1).to_string(), Look::Centred);
    page.text(cell(row, 1), district(input, line), Look::Name);
    page.text(cell(row, 2), file.map_or("", |submission| submission.file.name.as_str()), Look::Text);
    page.text(cell(row, 3), status(line.status, input.lang), Look::Centred);
    page.number(cell(row, 4), f64::from(line.errors), Look::Count);
    page.number(cell(row, 5), f64::from(line.warnings), Look::Count);
}

/// Accepted and held back as counted, received as their sum; the first group adds up the tables'.
fn rows(page: &mut Page<'_>, line: &DistrictLine, tables: usize) {
    let row = page.row;
    let number = |of: &[u32], table: usize| of.get(table).copied().map_or(0.0, f64::from);
    for table in 0..tables {
        let first = LEADING + 3 + table * 3;
        page.number(cell(row, first + 1), number(&line.accepted, table), Look::Count);
        page.number(cell(row, first + 2), number(&line.held, table), Look::Count);
        page.add(cell(row, first), &[cell(row, first + 1), cell(row, first + 2)], Look::Count);
    }
    for part in [1, 2] {
        let parts: Vec<_> = (0..tables).map(|table| cell(row, LEADING + 3 + table * 3 + part)).collect();
        page.add(cell(row, LEADING + part), &parts, Look::Count);
    }
    page.add(cell(row, LEADING), &[cell(row, LEADING + 1), cell(row, LEADING + 2)], Look::Count);
}

fn total_row(page: &mut Page<'_>, top: u32, columns: usize) {
    let (row, lang) = (page.row, page.input.lang);
    for column in [0, 2, 3] {
        page.text(cell(row, column), "", Look::TotalName);
    }
    page.text(cell(row, 1), TOTAL.get(lang), Look::TotalName);
    for column in 4..columns {
        super::by_district::total(page, cell(top, column), row);
    }
    page.row += 1;
}

/// A second table: each control total in three columns, as many to a block as the sheet is wide.
fn control_totals(page: &mut Page<'_>) {
    let lang = page.input.lang;
    let last = page.sheet.widths.len() - 1;
    page.merged(cell(page.row, 0), cell(page.row, last), TOTALS.get(lang), Look::Group);
    page.row += 1;
    let all: Vec<usize> = (0..page.input.vocabulary.cover.totals.len()).collect();
    let abreast = ((page.sheet.widths.len() - 3) / 3).max(1);
    for block in all.chunks(abreast) {
        control_block(page, block);
        page.row += 1;
    }
}

fn control_block(page: &mut Page<'_>, block: &[usize]) {
    let input = page.input;
    let lang = input.lang;
    let mut titles: Vec<Title> = [NUMBER, DISTRICT, FILE].map(|text| Title::alone(text.get(lang))).into();
    for total in block.iter().filter_map(|total| input.vocabulary.cover.totals.get(*total)) {
        let texts = [DECLARED, COUNTED, DIFFERENCE];
        titles.extend(texts.map(|text| Title::below(total.label.get(lang), text.get(lang))));
    }
    let group_row = page.row;
    page.titles_here(&titles);
    page.at_least(group_row, 3);
    let top = page.row;
    for (number, line) in input.consolidated.lines.iter().enumerate() {
        let row = page.row;
        let file = line.submission.and_then(|at| input.consolidated.submissions.get(at));
        page.text(cell(row, 0), (number + 1).to_string(), Look::Centred);
        page.text(cell(row, 1), district(input, line), Look::Name);
        page.text(cell(row, 2), file.map_or("", |submission| submission.file.name.as_str()), Look::Text);
        for (group, total) in block.iter().enumerate() {
            control_cells(page, line, *total, 3 + group * 3);
        }
        page.row += 1;
    }
    let row = page.row;
    for column in [0, 2] {
        page.text(cell(row, column), "", Look::TotalName);
    }
    page.text(cell(row, 1), TOTAL.get(lang), Look::TotalName);
    for column in 3..3 + block.len() * 3 {
        super::by_district::total(page, cell(top, column), row);
    }
    page.row += 1;
}

fn control_cells(page: &mut Page<'_>, line: &DistrictLine, total: usize, first: usize) {
    let row = page.row;
    let declared = line.declared.get(total).copied().flatten();
    page.number(cell(row, first + 1), line.counted.get(total).copied().unwrap_or(0.0), Look::Count);
    match declared {
        Some(declared) => {
            page.number(cell(row, first), declared, Look::Count);
            page.subtract(cell(row, first + 2), cell(row, first), cell(row, first + 1), Look::Count);
        }
        None => {
            page.text(cell(row, first), "", Look::Count);
            page.text(cell(row, first + 2), "", Look::Count);
        }
    }
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
    use crate::summaries::Content;

    #[test]
    fn received_is_accepted_and_held_back_and_totals_are_compared() {
        let sample = sample();
        let sheet = Submissions.sheet(&sample.input(), &sample.heading);
        let formula = |text: &str, value: f64| Content::Formula { formula: text.to_owned(), value: Some(value) };
        assert_eq!(content(&sheet, "D11"), Content::Text("Thiếu".to_owned()));
        assert_eq!(content(&sheet, "G10"), formula("=H10+I10", 2.0));
        assert_eq!(content(&sheet, "J10"), formula("=K10+L10", 2.0));
        assert!(sheet.cells.iter().any(|cell| cell.content == formula("=D18-E18", 1.0)));
    }
}

//! What stands below the list of findings: what was repaired, what was not checked and why, how the rows were read.

use anyhow::Result;

use super::marks::{MOST_NOTES, Marked};
use super::page::Page;
use super::{HandBack, Names};
use crate::model::{RowKind, Submission, Table};
use crate::texts;
use crate::writers::words;

texts! {
    REPAIRS = "Những chỗ phần mềm đã tự sửa" / "What the tool repaired";
    SEE_REPAIRS = "Phần mềm đã tự sửa {cells} ô (dấu cách thừa, số 0 ở đầu, ngày ghi dạng chữ…): xem trang «{list}» và báo tỉnh nếu sửa không đúng." / "The tool repaired {cells} cells (extra spaces, leading zeros, dates written as text …): see the sheet \"{list}\" and tell the province where that is wrong.";
    NOT_CHECKED = "Những gì chưa được kiểm tra" / "What was not checked";
    NOT_RUN = "Phép kiểm tra chưa chạy vì thiếu trang tính, cột hoặc thông tin cần thiết: {checks}. Sửa các lỗi trên rồi gửi lại, tỉnh sẽ kiểm tra tiếp." / "Checks that did not run because a sheet, column or entry they need was not found: {checks}. They run once the above is corrected.";
    NOT_READ = "Trang không thuộc biểu mẫu, không được đọc: {sheets}." / "Sheets that do not belong to the form and were not read: {sheets}.";
    SOME_NOTES = "Trang «{sheet}» có {cells} ô cần xem; chỉ {most} ô có chú thích, danh sách trên có đủ." / "{cells} cells of the sheet \"{sheet}\" need a look; only {most} have notes, the list above has all.";
    ROWS = "Các dòng của tệp được đọc thế nào" / "How the rows of the file were read";
    HIDDEN = "Có {rows} dòng, {columns} cột, {sheets} trang bị ẩn: vẫn được đọc như các dòng, cột, trang khác." / "{rows} rows, {columns} columns and {sheets} sheets are hidden: they were read like all others.";
    SEE_OTHER = "Từng dòng không phải dữ liệu: xem trang «{list}» và báo tỉnh nếu có dòng bị hiểu sai." / "Each row that is no data: see the sheet \"{list}\" and tell the province where one was misread.";
}

/// Writes what stands below the list.
pub fn write(page: &mut Page<'_>, input: &HandBack<'_>, marked: &Marked, names: &Names) -> Result<()> {
    let lang = page.lang;
    section(page, NOT_CHECKED.get(lang), &not_checked(input))?;
    let Some(submission) = input.submission() else { return Ok(()) };
    section(page, ROWS.get(lang), &rows_read(submission, input, marked))?;
    if submission.tables.iter().any(|table| !table.taken.is_empty()) {
        let said = SEE_OTHER.say().with("list", &names.other_rows);
        page.line_to(&said.get(lang), &names.other_rows)?;
    }
    if !submission.repairs.is_empty() {
        page.gap();
        page.heading(REPAIRS.get(lang))?;
        let said = SEE_REPAIRS.say().with("cells", submission.repairs.len()).with("list", &names.repairs);
        page.line_to(&said.get(lang), &names.repairs)?;
    }
    Ok(())
}

/// A heading with lines below it; nothing where there is none.
fn section(page: &mut Page<'_>, heading: &str, lines: &[String]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    page.gap();
    page.heading(heading)?;
    lines.iter().try_for_each(|line| page.line(line))
}

fn not_checked(input: &HandBack<'_>) -> Vec<String> {
    let lang = input.lang;
    let not_run =
        input.consolidated.not_run.iter().filter(|(at, checks)| *at == input.submission && !checks.is_empty());
    let mut lines: Vec<String> =
        not_run.map(|(_, checks)| NOT_RUN.say().with("checks", checks.join(", ")).get(lang)).collect();
    let others = input.submission().map_or(&[][..], |one| &one.other_sheets);
    if !others.is_empty() {
        lines.push(NOT_READ.say().with("sheets", others.join(", ")).get(lang));
    }
    lines
}

/// What the rows of each table were taken for, and what was hidden: nothing is lost without a trace.
fn rows_read(submission: &Submission, input: &HandBack<'_>, marked: &Marked) -> Vec<String> {
    let lang = input.lang;
    let tables = submission.tables.iter().filter(|table| table.found());
    let mut lines: Vec<String> = tables.map(|table| rows_of(table, input)).collect();
    let hidden = &submission.hidden;
    if hidden.rows + hidden.columns > 0 || !submission.hidden_sheets.is_empty() {
        let said = HIDDEN.say().with("rows", hidden.rows).with("columns", hidden.columns);
        lines.push(said.with("sheets", submission.hidden_sheets.len()).get(lang));
    }
    for sheet in marked.sheets.iter().filter(|sheet| sheet.marks.len() > MOST_NOTES) {
        let said = SOME_NOTES.say().with("sheet", &sheet.sheet).with("cells", sheet.marks.len());
        lines.push(said.with("most", MOST_NOTES).get(lang));
    }
    lines
}

/// «Học viên: 30 dòng dữ liệu, 2 tiêu đề mục».
fn rows_of(table: &Table, input: &HandBack<'_>) -> String {
    let lang = input.lang;
    let counted = RowKind::ALL.into_iter().map(|kind| (kind, table.tally.count(kind)));
    let said = counted
        .filter(|(kind, count)| *count > 0 || *kind == RowKind::Data)
        .map(|(kind, count)| format!("{count} {}", words::row_kind(kind).get(lang)));
    let sheet = input.form.vocabulary.tables.get(table.shape).map_or("", |shape| shape.sheet.get(lang));
    format!("{sheet}: {}.", said.collect::<Vec<_>>().join(", "))
}

//! The receipt for a report that its district need not touch again: what was received, accepted and repaired.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use super::head::{DAY, DISTRICT, FILE, PERIOD};
use super::page::{Fill, Page, Piece};
use super::{HandBack, Names, listed, rounds};
use crate::model::own::{Purpose, REPAIRS};
use crate::model::{DistrictLine, Finding, Lang, Level, Status, Submission, Text, shown_date};
use crate::summaries::Look;
use crate::texts;
use crate::writers::styles::{self, Styles};
use crate::writers::{publish, words};

texts! {
    SHEET = "Biên nhận" / "Receipt";
    TITLE = "GIẤY BIÊN NHẬN BÁO CÁO" / "RECEIPT OF THE REPORT";
    CUT_OFF = "Số liệu tính đến ngày" / "Figures as of";
    PREPARED_BY = "Người lập báo cáo" / "Prepared by";
    SOUND = "ĐÃ NHẬN: không có gì phải sửa" / "RECEIVED: nothing to correct";
    OLD = "BỊ THAY THẾ: đã có tệp mới hơn, tệp này không được tính" / "SUPERSEDED: a newer file counts instead of this one";
    EXPLAINED = "ĐÃ NHẬN: không có lỗi, {count} cảnh báo đã giải trình" / "RECEIVED: no errors, {count} warnings explained";
    TABLE = "Số dòng của bảng" / "Rows of the table";
    RECEIVED = "Nhận được" / "Received";
    ACCEPTED = "Được tổng hợp" / "Accepted";
    TOTAL = "Tổng số" / "Total";
    CONTROL = "Số khống chế" / "Control total";
    DECLARED = "Huyện khai" / "Declared";
    COUNTED = "Đếm được" / "Counted";
    REPAIRED = "Phần mềm đã tự sửa" / "Repaired by the tool";
    CELLS = "Số ô" / "Cells";
    NOTES = "Ghi chú, không phải sửa" / "Remarks, nothing to correct";
    NOTE = "– {title}: {found}{place}." / "– {title}: {found}{place}.";
    MORE_NOTES = "– và {count} ghi chú khác; tỉnh có đủ ở trang «Lỗi» của bảng tổng hợp." / "– and {count} more; the province has all on the sheet \"Findings\" of the consolidated workbook.";
    KEEP = "Huyện không phải làm gì thêm; giữ giấy này để đối chiếu với tỉnh." / "Nothing more to do; keep this receipt to compare with the province.";
    SEE_REPAIRS = "Từng ô đã tự sửa: xem trang «{list}» và báo tỉnh nếu có ô sửa không đúng." / "Each repaired cell: see the sheet \"{list}\" and tell the province where one is wrong.";
}

/// So many remarks are said, so that the receipt stays one page.
const MOST_NOTES: usize = 8;

/// Writes the receipt of one submission, which [`crate::model::Consolidated::is_settled`]; the sheets of the file are
/// not needed.
///
/// # Errors
/// When the result cannot be written.
pub fn receipt(input: &HandBack<'_>, path: &Path) -> Result<()> {
    let whole = input.consolidated;
    let mut workbook = publish::workbook(&input.form, Purpose::Notice, &whole.period, whole.cut_off)?;
    let line = whole.lines.iter().find(|line| line.submission == Some(input.submission));
    if let Some((submission, line)) = input.submission().zip(line) {
        page(&mut workbook, input, submission, line)?;
    }
    listed::repairs(&mut workbook, input, &Names::of_district(input), &Styles::new())?;
    publish::publish(&mut workbook, path)
}

fn page(workbook: &mut Workbook, input: &HandBack<'_>, submission: &Submission, line: &DistrictLine) -> Result<()> {
    let lang = input.lang;
    let mut page = Page::upright(workbook, SHEET.get(lang), input.office, TITLE, lang)?;
    page.fact(DISTRICT, input.form.vocabulary.district_name(line.district).get(lang))?;
    page.fact(FILE, &submission.file.name)?;
    page.fact(PERIOD, &submission.cover.period)?;
    page.fact(CUT_OFF, &submission.cover.cut_off.map(shown_date).unwrap_or_default())?;
    page.fact(PREPARED_BY, &submission.cover.prepared_by)?;
    page.fact(DAY, &shown_date(input.today))?;
    page.gap();
    match (line.status, line.warnings) {
        (Status::Superseded, _) => page.banner(OLD.get(lang), Fill::Past)?,
        (_, 0) => page.banner(SOUND.get(lang), Fill::Good)?,
        (_, count) => page.banner(&EXPLAINED.say().with("count", count).get(lang), Fill::Good)?,
    }
    if line.status != Status::Superseded {
        rows(&mut page, input, line)?;
        totals(&mut page, input, line)?;
        repairs(&mut page, submission)?;
    }
    notes(&mut page, input)?;
    page.gap();
    rounds::lines(line.change.as_ref(), lang).iter().try_for_each(|said| page.line(said))?;
    if !submission.repairs.is_empty() {
        page.line(&SEE_REPAIRS.say().with("list", REPAIRS.get(lang)).get(lang))?;
    }
    page.line(KEEP.get(lang))?;
    page.finish(input.office, input.today)
}

/// Rows received and accepted, table by table.
fn rows(page: &mut Page<'_>, input: &HandBack<'_>, line: &DistrictLine) -> Result<()> {
    let lang = page.lang;
    page.gap();
    titles(page, [TABLE, RECEIVED, ACCEPTED])?;
    for ((table, received), accepted) in input.form.vocabulary.tables.iter().zip(&line.received).zip(&line.accepted) {
        row_of_numbers(page, table.sheet.get(lang), [received, accepted].map(|rows| Some(f64::from(*rows))))?;
    }
    let sum = |rows: &[u32]| Some(f64::from(rows.iter().sum::<u32>()));
    row_of_numbers(page, TOTAL.get(lang), [sum(&line.received), sum(&line.accepted)])
}

/// What the district declared on the cover, and what was counted.
fn totals(page: &mut Page<'_>, input: &HandBack<'_>, line: &DistrictLine) -> Result<()> {
    let shapes = &input.form.vocabulary.cover.totals;
    if shapes.is_empty() {
        return Ok(());
    }
    page.gap();
    titles(page, [CONTROL, DECLARED, COUNTED])?;
    for ((shape, declared), counted) in shapes.iter().zip(&line.declared).zip(&line.counted) {
        row_of_numbers(page, shape.label.get(page.lang), [*declared, Some(*counted)])?;
    }
    Ok(())
}

/// How many cells were repaired, and why; a sheet of its own lists them.
fn repairs(page: &mut Page<'_>, submission: &Submission) -> Result<()> {
    if submission.repairs.is_empty() {
        return Ok(());
    }
    let mut kinds: BTreeMap<&str, f64> = BTreeMap::new();
    for one in &submission.repairs {
        *kinds.entry(words::repair(one.kind).get(page.lang)).or_default() += 1.0;
    }
    page.gap();
    titles(page, [REPAIRED, CELLS])?;
    kinds.into_iter().try_for_each(|(kind, cells)| row_of_numbers(page, kind, [Some(cells)]))
}

/// What is worth knowing and asks for nothing.
fn notes(page: &mut Page<'_>, input: &HandBack<'_>) -> Result<()> {
    let own = input.consolidated.findings.iter().filter(|one| one.submission == Some(input.submission));
    let notes: Vec<&Finding> = own.filter(|one| one.level == Level::Note).collect();
    if notes.is_empty() {
        return Ok(());
    }
    page.gap();
    page.heading(NOTES.get(page.lang))?;
    for one in notes.iter().take(MOST_NOTES) {
        page.line(&note(one, page.lang))?;
    }
    match notes.len().saturating_sub(MOST_NOTES) {
        0 => Ok(()),
        more => page.line(&MORE_NOTES.say().with("count", more).get(page.lang)),
    }
}

/// «– Cột ngoài biểu mẫu: cột «Ghi chú riêng» (Học viên!X6).»
fn note(one: &Finding, lang: Lang) -> String {
    let place = one.places.first().map(|place| format!(" ({place})")).unwrap_or_default();
    let said = NOTE.say().with_label("title", one.title.clone()).with("found", one.found.get(lang));
    said.with("place", place).get(lang)
}

/// Column titles of a table whose last columns hold numbers.
fn titles<const N: usize>(page: &mut Page<'_>, titles: [Text; N]) -> Result<()> {
    let (format, lang) = (styles::column(), page.lang);
    let [name, numbers @ ..] = titles.as_slice() else { return Ok(()) };
    let first = first_number(page, numbers.len());
    let mut pieces: Vec<Piece<'_>> = vec![(0, first - 1, name.get(lang), &format)];
    pieces.extend((first..).zip(numbers).map(|(column, title)| (column, column, title.get(lang), &format)));
    page.row(&pieces)
}

/// A row of such a table; a number that is not known leaves its cell blank.
fn row_of_numbers<const N: usize>(page: &mut Page<'_>, name: &str, numbers: [Option<f64>; N]) -> Result<()> {
    let (named, format) = (styles::look(Look::Name), styles::look(Look::Count));
    let first = first_number(page, N);
    let mut pieces: Vec<Piece<'_>> = vec![(0, first - 1, name, &named)];
    pieces.extend((first..).zip(numbers).map(|(column, _)| (column, column, "", &format)));
    let row = page.row;
    page.row(&pieces)?;
    for (column, number) in (first..).zip(numbers) {
        if let Some(number) = number {
            page.sheet.write_number_with_format(row, column, number, &format)?;
        }
    }
    Ok(())
}

/// The column of the first of some numbers; the name of the row takes the room before it.
fn first_number(page: &Page<'_>, numbers: usize) -> u16 {
    let numbers = u16::try_from(numbers).unwrap_or(u16::MAX);
    (page.last() + 1).saturating_sub(numbers).max(1)
}

//! The hand-back's front page: what became of the report, what to do next, findings by check.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::{FormatAlign, Workbook};

use super::page::{Fill, Page};
use super::{HandBack, to};
use crate::model::own::{FRONT, LIST, OTHER_ROWS, REPAIRS};
use crate::model::{CellAt, DistrictLine, Finding, Lang, Level, RowKind, Status, Submission, Table, Text, shown_date};
use crate::texts;
use crate::writers::styles;
use crate::writers::words;

texts! {
    TITLE = "KẾT QUẢ KIỂM TRA BÁO CÁO" / "RESULT OF CHECKING THE REPORT";
    pub DISTRICT = "Huyện, thành phố" / "District";
    UNKNOWN = "(không rõ huyện)" / "(unknown district)";
    pub FILE = "Tệp" / "File";
    pub PERIOD = "Kỳ báo cáo" / "Period";
    pub DAY = "Ngày kiểm tra" / "Checked on";
    GOOD = "ĐÃ NHẬN: không có lỗi phải sửa" / "RECEIVED: nothing to correct";
    LOOK_AT = "ĐÃ NHẬN: có {warnings} cảnh báo cần xem lại" / "RECEIVED: {warnings} warnings to look at";
    BAD = "TRẢ LẠI ĐỂ SỬA: {errors} lỗi phải sửa, {warnings} cảnh báo cần xem" / "RETURNED: {errors} errors to correct, {warnings} warnings to look at";
    REFUSED = "TỪ CHỐI TỆP: chưa có dòng nào được tổng hợp" / "REFUSED: not one row of this file counts";
    pub OLD = "BỊ THAY THẾ: đã có tệp mới hơn, tệp này không được tính" / "SUPERSEDED: a newer file counts instead of this one";
    RECEIVED = "Số dòng nhận được" / "Rows received";
    ACCEPTED = "Số dòng được tổng hợp" / "Rows accepted";
    HELD = "Số dòng giữ lại" / "Rows held back";
    REPAIRED = "Số ô tự sửa" / "Cells repaired";
    ERRORS = "Lỗi" / "Errors";
    WARNINGS = "Cảnh báo" / "Warnings";
    NOTES = "Ghi chú" / "Notes";
    FINDINGS = "Tất cả" / "All findings";
    STEPS = "Việc cần làm" / "What to do next";
    DO_CORRECT = "1. Mở trang «{list}»: mỗi dòng là một lỗi; bấm vào địa chỉ ở cột «Ô» để đến ô sai (đã tô màu, có chú thích)." / "1. Open the sheet \"{list}\": a row a finding; click the address in the column \"Cell\" to go to the wrong cell (coloured, with a note).";
    DO_HERE = "2. Sửa ngay trong tệp này theo cột «Cách sửa». Dòng còn lỗi chưa được tính vào số liệu của tỉnh." / "2. Correct it in this file as the column \"Remedy\" says. Rows with errors do not count in the province's figures yet.";
    DO_EXPLAIN = "3. Cảnh báo mà số liệu đúng thực tế: giữ nguyên ô, ghi lý do vào cột «Giải trình» (ô màu vàng)." / "3. Where a warning is as it should be, leave the cell and say why in the column \"Explanation\" (yellow).";
    DO_SEND = "4. Lưu tệp và gửi lại tỉnh; không xóa trang «{list}», không chèn hoặc xóa cột." / "4. Save the file and send it again; do not delete the sheet \"{list}\", do not insert or delete columns.";
    DO_SEE_WHY = "1. Xem lý do ở trang «{list}»." / "1. See why on the sheet \"{list}\".";
    DO_REPLACE = "2. Làm theo cột «Cách sửa», dùng biểu mẫu của tỉnh." / "2. Do as the column \"Remedy\" says, with the province's form.";
    DO_SEND_ANEW = "3. Gửi lại tệp đúng." / "3. Send the right file.";
    DO_WARNINGS = "Xem từng cảnh báo ở trang «{list}»: số liệu sai thì sửa và gửi lại; đúng thực tế thì ghi lý do vào cột «Giải trình» và gửi lại." / "Look at each warning on the sheet \"{list}\": where the figure is wrong, correct it and send the file again; where it is right, say why in the column \"Explanation\" and send the file again.";
    DO_NOTHING = "Không phải làm gì thêm." / "Nothing more to do.";
    DO_NOT = "Không phải sửa tệp này. Kết quả kiểm tra tệp mới hơn ở tệp trả lại khác của huyện." / "This file needs no correction. The newer file has a hand-back of its own.";
    SEE_REPAIRS = "Phần mềm đã tự sửa {cells} ô (dấu cách thừa, số 0 ở đầu, ngày ghi dạng chữ…): xem trang «{list}» và báo tỉnh nếu sửa không đúng." / "The tool repaired {cells} cells (extra spaces, leading zeros, dates written as text …): see the sheet \"{list}\" and tell the province where that is wrong.";
    ROWS = "Các dòng của tệp được đọc thế nào" / "How the rows of the file were read";
    HIDDEN = "Có {rows} dòng, {columns} cột, {sheets} trang bị ẩn: vẫn được đọc như các dòng, cột, trang khác." / "{rows} rows, {columns} columns and {sheets} sheets are hidden: they were read like all others.";
    NOT_READ = "Trang không thuộc biểu mẫu, không được đọc: {sheets}." / "Sheets that do not belong to the form and were not read: {sheets}.";
    SEE_OTHER = "Từng dòng không phải dữ liệu: xem trang «{list}» và báo tỉnh nếu có dòng bị hiểu sai." / "Each row that is no data: see the sheet \"{list}\" and tell the province where one was misread.";
    BY_CHECK = "Tổng hợp theo phép kiểm tra" / "By check";
    COUNT = "Số lượng" / "Number";
    NOT_RUN = "Phép kiểm tra chưa chạy vì thiếu trang tính, cột hoặc thông tin cần thiết: {checks}. Sửa các lỗi trên rồi gửi lại, tỉnh sẽ kiểm tra tiếp." / "Checks that did not run because a sheet, column or entry they need was not found: {checks}. They run once the above is corrected.";
}

/// Writes the front page of a hand-back.
pub fn write(workbook: &mut Workbook, input: &HandBack<'_>, findings: &[&Finding]) -> Result<()> {
    let lang = input.lang;
    let line = input.consolidated.lines.iter().find(|line| line.submission == Some(input.submission));
    let submission = input.submission();
    let mut page = Page::new(workbook, FRONT, input.office, TITLE, lang)?;
    let district = submission.and_then(|one| one.cover.district).or(line.and_then(|line| line.district));
    let name = input.form.vocabulary.district_name(district);
    page.fact(DISTRICT, if district.is_some() { name.get(lang) } else { UNKNOWN.get(lang) })?;
    page.fact(FILE, submission.map_or("", |one| one.file.name.as_str()))?;
    page.fact(PERIOD, &input.consolidated.period)?;
    page.fact(DAY, &shown_date(input.today))?;
    page.gap();
    let fate = Fate::of(line, findings);
    page.banner(&fate.banner(line, lang), fate.fill())?;
    let repairs = submission.map_or(0, |one| u32::try_from(one.repairs.len()).unwrap_or(u32::MAX));
    if let Some(line) = line {
        counts(&mut page, line, repairs)?;
    }
    super::rounds::lines(line.and_then(|line| line.change.as_ref()), lang)
        .iter()
        .try_for_each(|said| page.line(said))?;
    page.gap();
    page.heading(STEPS.get(lang))?;
    for step in fate.steps() {
        page.line(&step.say().with("list", LIST.get(lang)).get(lang))?;
    }
    if repairs > 0 {
        page.line(&SEE_REPAIRS.say().with("cells", repairs).with("list", REPAIRS.get(lang)).get(lang))?;
    }
    by_check(&mut page, findings)?;
    if let Some(submission) = submission {
        rows_read(&mut page, submission, input)?;
    }
    let not_run = input.consolidated.not_run.iter().filter(|(at, _)| *at == input.submission);
    for (_, checks) in not_run.filter(|(_, checks)| !checks.is_empty()) {
        page.gap();
        page.line(&NOT_RUN.say().with("checks", checks.join(", ")).get(lang))?;
    }
    page.finish(input.office, input.today)
}

/// What became of a report, as its sender needs to know it.
#[derive(Clone, Copy)]
enum Fate {
    Superseded,
    Refused,
    Returned,
    Warned,
    Sound,
}

impl Fate {
    fn of(line: Option<&DistrictLine>, findings: &[&Finding]) -> Self {
        let gravest = findings.iter().map(|one| one.level).min();
        match (line.map(|line| line.status), gravest) {
            (Some(Status::Superseded), _) => Self::Superseded,
            (_, Some(Level::Block)) => Self::Refused,
            (_, Some(Level::Error)) => Self::Returned,
            (_, Some(Level::Warning)) => Self::Warned,
            _ => Self::Sound,
        }
    }

    fn banner(self, line: Option<&DistrictLine>, lang: Lang) -> String {
        let (errors, warnings) = line.map_or((0, 0), |line| (line.errors, line.warnings));
        match self {
            Self::Superseded => OLD.get(lang).to_owned(),
            Self::Refused => REFUSED.get(lang).to_owned(),
            Self::Returned => BAD.say().with("errors", errors).with("warnings", warnings).get(lang),
            Self::Warned => LOOK_AT.say().with("warnings", warnings).get(lang),
            Self::Sound => GOOD.get(lang).to_owned(),
        }
    }

    fn fill(self) -> Fill {
        match self {
            Self::Superseded => Fill::Past,
            Self::Refused | Self::Returned => Fill::Bad,
            Self::Warned => Fill::Look,
            Self::Sound => Fill::Good,
        }
    }

    fn steps(self) -> &'static [Text] {
        match self {
            Self::Superseded => &[DO_NOT],
            Self::Refused => &[DO_SEE_WHY, DO_REPLACE, DO_SEND_ANEW],
            Self::Returned => &[DO_CORRECT, DO_HERE, DO_EXPLAIN, DO_SEND],
            Self::Warned => &[DO_WARNINGS],
            Self::Sound => &[DO_NOTHING],
        }
    }
}

fn counts(page: &mut Page<'_>, line: &DistrictLine, repairs: u32) -> Result<()> {
    let sum = |rows: &[u32]| rows.iter().sum::<u32>();
    page.numbers([(RECEIVED, sum(&line.received)), (ERRORS, line.errors)])?;
    page.numbers([(ACCEPTED, sum(&line.accepted)), (WARNINGS, line.warnings)])?;
    page.numbers([(HELD, sum(&line.held)), (NOTES, line.notes)])?;
    page.numbers([(REPAIRED, repairs), (FINDINGS, line.errors + line.warnings + line.notes)])
}

/// What the rows of each table were taken for, and what was hidden: nothing is lost without a trace.
fn rows_read(page: &mut Page<'_>, submission: &Submission, input: &HandBack<'_>) -> Result<()> {
    let lang = page.lang;
    let tables = submission.tables.iter().filter(|table| table.found());
    let lines: Vec<String> = tables.map(|table| rows_of(table, input, lang)).collect();
    if lines.is_empty() {
        return Ok(());
    }
    page.gap();
    page.heading(ROWS.get(lang))?;
    lines.iter().try_for_each(|line| page.line(line))?;
    let hidden = &submission.hidden;
    if hidden.rows + hidden.columns > 0 || !submission.hidden_sheets.is_empty() {
        let said = HIDDEN.say().with("rows", hidden.rows).with("columns", hidden.columns);
        page.line(&said.with("sheets", submission.hidden_sheets.len()).get(lang))?;
    }
    if !submission.other_sheets.is_empty() {
        page.line(&NOT_READ.say().with("sheets", submission.other_sheets.join(", ")).get(lang))?;
    }
    if submission.tables.iter().any(|table| !table.taken.is_empty()) {
        page.line(&SEE_OTHER.say().with("list", OTHER_ROWS.get(lang)).get(lang))?;
    }
    Ok(())
}

/// «Học viên: 30 dòng dữ liệu, 2 tiêu đề mục».
fn rows_of(table: &Table, input: &HandBack<'_>, lang: Lang) -> String {
    let counted = RowKind::ALL.into_iter().map(|kind| (kind, table.tally.count(kind)));
    let said = counted
        .filter(|(kind, count)| *count > 0 || *kind == RowKind::Data)
        .map(|(kind, count)| format!("{count} {}", words::row_kind(kind).get(lang)));
    let sheet = input.form.vocabulary.tables.get(table.shape).map_or("", |shape| shape.sheet.get(lang));
    format!("{sheet}: {}.", said.collect::<Vec<_>>().join(", "))
}

/// A table of the checks that found something; the number leads to the first finding on the list.
fn by_check(page: &mut Page<'_>, findings: &[&Finding]) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let lang = page.lang;
    page.gap();
    page.heading(BY_CHECK.get(lang))?;
    let column = styles::column();
    page.row_of_three([words::LEVEL, words::TITLE, COUNT].map(|text| text.get(lang)), [&column, &column, &column])?;
    let mut groups: BTreeMap<(Level, &str), (&str, u32, u32)> = BTreeMap::new();
    for (row, one) in (2u32..).zip(findings) {
        groups.entry((one.level, &one.check)).or_insert((one.title.get(lang), 0, row)).1 += 1;
    }
    let (text, count_format) = (styles::bordered().set_text_wrap(), styles::link().set_align(FormatAlign::Center));
    for ((level, check), (title, count, first)) in groups {
        let filled = text.clone().set_background_color(styles::colour(level));
        let (said, count) = (format!("{title} ({check})"), count.to_string());
        page.link(3, &count, &to(LIST.get(lang), CellAt::new(first, 0)), &count_format)?;
        page.row_of_three([words::level(level).get(lang), &said, ""], [&filled, &text, &count_format])?;
    }
    Ok(())
}

//! The reminder to a district of which nothing usable came.

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use super::head::{DAY, DISTRICT, PERIOD};
use super::page::{Fill, Page};
use crate::model::own::{FRONT, Purpose};
use crate::model::{Code, Lang, shown_date};
use crate::summaries::Office;
use crate::texts;
use crate::writers::{FormFace, publish};

texts! {
    TITLE = "ĐÔN ĐỐC GỬI BÁO CÁO" / "REMINDER TO SEND THE REPORT";
    STATUS = "THIẾU: tỉnh chưa nhận được báo cáo dùng được của huyện" / "MISSING: no usable report of the district has been received";
    STEPS = "Việc cần làm" / "What to do next";
    FILL_IN = "1. Điền biểu mẫu «{form}», phiên bản {edition}, kỳ báo cáo {period}." / "1. Fill in the form \"{form}\", edition {edition}, period {period}.";
    SHEETS = "2. Kiểm tra đủ các trang tính: {sheets}." / "2. See that all sheets are there: {sheets}.";
    SEND = "3. Gửi tệp về tỉnh. Huyện đã gửi rồi thì gửi lại và báo cho tỉnh biết." / "3. Send the file to the province. If it was sent before, send it again and tell the province.";
}

/// Writes the reminder.
///
/// # Errors
/// When the file cannot be written.
pub fn reminder(
    form: &FormFace<'_>,
    office: &Office,
    district: Code,
    period: &str,
    lang: Lang,
    today: NaiveDate,
    path: &Path,
) -> Result<()> {
    let mut workbook = publish::workbook(form, Purpose::Notice, period, None)?;
    let mut page = Page::upright(&mut workbook, FRONT.get(lang), office, TITLE, lang)?;
    page.fact(DISTRICT, form.vocabulary.district_name(Some(district)).get(lang))?;
    page.fact(PERIOD, period)?;
    page.fact(DAY, &shown_date(today))?;
    page.gap();
    page.banner(STATUS.get(lang), Fill::Bad)?;
    page.gap();
    page.heading(STEPS.get(lang))?;
    let tables = form.vocabulary.tables.iter().map(|table| table.sheet.get(lang));
    let sheets: Vec<&str> = std::iter::once(form.vocabulary.cover.sheet.get(lang)).chain(tables).collect();
    let fill_in = FILL_IN.say().with_label("form", form.title.clone()).with("edition", form.edition);
    page.line(&fill_in.with("period", period).get(lang))?;
    page.line(&SHEETS.say().with("sheets", sheets.join(", ")).get(lang))?;
    page.line(SEND.get(lang))?;
    page.finish(office, today)?;
    publish::publish(&mut workbook, path)
}

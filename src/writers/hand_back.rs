//! The hand-back: what became of a report, every fault with its cell, and the district's sheets marked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Color, Format, Note, Url, Workbook, Worksheet};

use super::{
    FormFace,
    grid::{self, Item},
    lists, publish,
    styles::{self, Styles},
    words,
};
use crate::model::own::{self, CHECK, EXPLANATION, FOUND, FRONT, KEY, LIST, Purpose};
use crate::model::{CellAt, Code, Consolidated, DistrictLine, Finding, Lang, Level, Raw, SheetSeen, Text};
use crate::summaries::Office;
use crate::texts;

/// Notes on one sheet at most; the list holds every finding.
const MOST_NOTES: usize = 1_000;

texts! {
    TITLE = "KẾT QUẢ KIỂM TRA BÁO CÁO" / "RESULT OF CHECKING THE REPORT";
    MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" / "SOCIALIST REPUBLIC OF VIET NAM";
    FREEDOM = "Độc lập - Tự do - Hạnh phúc" / "Independence - Freedom - Happiness";
    DISTRICT = "Huyện, thành phố" / "District";
    FILE = "Tệp" / "File";
    PERIOD = "Kỳ báo cáo" / "Period";
    DAY = "Ngày kiểm tra" / "Checked on";
    STATUS = "Kết quả" / "Status";
    RECEIVED = "Số dòng nhận được" / "Rows received";
    ACCEPTED = "Số dòng được tổng hợp" / "Rows accepted";
    HELD = "Số dòng giữ lại" / "Rows held back";
    ERRORS = "Số lỗi" / "Errors";
    WARNINGS = "Số cảnh báo" / "Warnings";
    NOTES = "Số ghi chú" / "Notes";
    BY_CHECK = "Tổng hợp theo phép kiểm tra" / "By check";
    STEPS = "Việc cần làm" / "What to do next";
    STEP_1 = "1. Mở trang «Lỗi cần sửa», bấm vào địa chỉ ô để đến ô sai (ô tô màu)." / "1. Open the list of findings and click an address to go to the coloured cell.";
    STEP_2 = "2. Sửa từng ô ngay trong tệp này; cảnh báo đúng thực tế thì ghi lý do vào cột «Giải trình»." / "2. Correct each cell in this file; where a warning is as it should be, say why in the explanation column.";
    STEP_3 = "3. Lưu tệp và gửi lại tỉnh; không xóa trang «Lỗi cần sửa»." / "3. Save and send the file again; do not delete the list of findings.";
    CLEAN = "Không có lỗi cần sửa." / "Nothing to correct.";
    NOT_RUN = "Phép kiểm tra chưa chạy vì thiếu trang tính, cột hoặc thông tin cần thiết: {checks}" / "Checks that did not run because something they need was not found: {checks}";
    NO_REPORT = "Tỉnh chưa nhận được báo cáo của huyện." / "No usable report has been received from the district.";
    SEND = "1. Điền biểu mẫu «{form}» (phiên bản {edition}), kỳ {period}. 2. Kiểm tra đủ các trang tính: {sheets}. 3. Gửi tệp về tỉnh." / "1. Fill in the form \"{form}\" (edition {edition}), period {period}. 2. Check that all sheets are there: {sheets}. 3. Send the file to the province.";
    NUMBER = "STT" / "No.";
    LEVEL = "Mức" / "Level";
    CHECK_TITLE = "Nội dung kiểm tra" / "Check";
    SHEET = "Trang tính" / "Sheet";
    CELL = "Ô" / "Cell";
    EXPECTED = "Cần có" / "Expected";
    REMEDY = "Cách sửa" / "Remedy";
}

/// What a hand-back is written from.
#[derive(Clone, Copy, Debug)]
pub struct HandBack<'a> {
    /// The result of consolidation.
    pub consolidated: &'a Consolidated,
    /// The submission, by position.
    pub submission: usize,
    /// The sheets of the district's file, in order; empty when it could not be read.
    pub sheets: &'a [SheetSeen],
    /// The form.
    pub form: FormFace<'a>,
    /// Who issues it.
    pub office: &'a Office,
    /// The language.
    pub lang: Lang,
    /// The day printed on it.
    pub today: NaiveDate,
}

/// Gives the filled cells of a sheet, by position.
pub type Replay<'a> = dyn FnMut(usize, &mut dyn FnMut(CellAt, Raw<'_>)) -> Result<()> + 'a;

/// Writes the hand-back of one submission.
///
/// # Errors
/// When the file cannot be read again or the result cannot be written.
pub fn hand_back(input: &HandBack<'_>, replay: &mut Replay<'_>, path: &Path) -> Result<()> {
    let whole = input.consolidated;
    let mut workbook = publish::workbook(&input.form, Purpose::HandBack, &whole.period, whole.cut_off)?;
    let all = input.consolidated.findings.iter().enumerate();
    let own = all.filter(|(_, one)| one.submission == Some(input.submission));
    // What a district explained stands in the list again, so that it need not say it twice.
    let own = own.map(|(at, one)| (one, input.consolidated.explanation(at)));
    let (findings, said): (Vec<&Finding>, Vec<&str>) = own.unzip();
    let names = image_names(input);
    let styles = Styles::new();
    front(&mut workbook, input, &findings)?;
    list(&mut workbook, input, &findings, &said, &names, &styles)?;
    // A hand-back that was sent in again gets its two first sheets anew.
    for (position, seen) in input.sheets.iter().enumerate().filter(|(_, seen)| !own::is_added(seen)) {
        let sheet = workbook.add_worksheet();
        if let Some(name) = names.get(position) {
            sheet.set_name(name)?;
        }
        image(sheet, position, &marks(seen, &findings, input.lang), replay, &styles)?;
    }
    publish::publish(&mut workbook, path)
}

/// Writes the reminder to a district that sent nothing usable.
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
    let mut workbook = publish::workbook(form, Purpose::HandBack, period, None)?;
    let mut page = Page::new(&mut workbook, office, lang)?;
    page.pair(DISTRICT, form.vocabulary.district_name(Some(district)).get(lang))?;
    page.pair(PERIOD, period)?;
    page.pair(DAY, &crate::model::shown_date(today))?;
    page.pair(STATUS, words::status(crate::model::Status::Missing).get(lang))?;
    page.gap();
    page.line(NO_REPORT.get(lang), false)?;
    let tables = form.vocabulary.tables.iter().map(|table| table.sheet.get(lang));
    let sheets: Vec<&str> = std::iter::once(form.vocabulary.cover.sheet.get(lang)).chain(tables).collect();
    let send = SEND.say().with("sheets", sheets.join(", ")).with("period", period).with("edition", form.edition);
    page.line(&send.with_label("form", form.title.clone()).get(lang), false)?;
    publish::publish(&mut workbook, path)
}

/// The front page, written downwards.
struct Page<'w> {
    sheet: &'w mut Worksheet,
    row: u32,
    lang: Lang,
}

impl<'w> Page<'w> {
    fn new(workbook: &'w mut Workbook, office: &Office, lang: Lang) -> Result<Self> {
        use crate::summaries::Look;
        let sheet = workbook.add_worksheet();
        sheet.set_name(FRONT.get(lang))?.set_portrait().set_screen_gridlines(false);
        grid::print_setup(sheet);
        for (column, width) in [(0, 46.0), (1, 14.0), (2, 46.0)] {
            sheet.set_column_width(column, width)?;
        }
        let (heading, plain) = (styles::look(Look::Heading).set_text_wrap(), styles::look(Look::Subheading));
        grid::write_text(sheet, 0, 0, office.parent.get(lang), &plain)?;
        grid::write_text(sheet, 1, 0, office.body.get(lang), &heading)?;
        grid::write_text(sheet, 0, 2, MOTTO.get(lang), &heading)?;
        grid::write_text(sheet, 1, 2, FREEDOM.get(lang), &heading)?;
        sheet.set_row_height(0, 34)?.set_row_height(1, 34)?.set_row_height(3, 30)?;
        sheet.merge_range(3, 0, 3, 2, TITLE.get(lang), &styles::look(Look::Title))?;
        Ok(Self { sheet, row: 5, lang })
    }

    fn pair(&mut self, label: Text, value: &str) -> Result<()> {
        grid::write_text(self.sheet, self.row, 0, label.get(self.lang), &styles::plain().set_bold())?;
        grid::write_text(self.sheet, self.row, 1, value, &styles::plain())?;
        self.row += 1;
        Ok(())
    }

    fn line(&mut self, text: &str, heading: bool) -> Result<()> {
        let format = styles::plain().set_text_wrap();
        let format = if heading { format.set_bold() } else { format };
        self.sheet.merge_range(self.row, 0, self.row, 2, "", &format)?;
        grid::write_text(self.sheet, self.row, 0, text, &format)?;
        let lines = text.chars().count() / 95 + 1;
        self.sheet.set_row_height(self.row, 17.0 * lines as f64)?;
        self.row += 1;
        Ok(())
    }

    fn gap(&mut self) {
        self.row += 1;
    }
}

fn front(workbook: &mut Workbook, input: &HandBack<'_>, findings: &[&Finding]) -> Result<()> {
    let lang = input.lang;
    let line = input.consolidated.lines.iter().find(|line| line.submission == Some(input.submission));
    let submission = input.consolidated.submissions.get(input.submission);
    let mut page = Page::new(workbook, input.office, lang)?;
    let district = submission.and_then(|one| one.cover.district).or(line.and_then(|line| line.district));
    page.pair(DISTRICT, input.form.vocabulary.district_name(district).get(lang))?;
    page.pair(FILE, submission.map_or("", |one| one.file.name.as_str()))?;
    page.pair(PERIOD, &input.consolidated.period)?;
    page.pair(DAY, &crate::model::shown_date(input.today))?;
    if let Some(line) = line {
        counts(&mut page, line)?;
    }
    page.gap();
    if findings.is_empty() {
        page.line(CLEAN.get(lang), true)?;
    } else {
        page.line(STEPS.get(lang), true)?;
        for step in [STEP_1, STEP_2, STEP_3] {
            page.line(step.get(lang), false)?;
        }
        page.gap();
        page.line(BY_CHECK.get(lang), true)?;
        let mut groups: BTreeMap<(Level, &str), (&str, u32)> = BTreeMap::new();
        for one in findings {
            groups.entry((one.level, &one.check)).or_insert((one.title.get(lang), 0)).1 += 1;
        }
        for ((level, check), (title, count)) in groups {
            page.line(&format!("{}: {title} ({check}): {count}", words::level(level).get(lang)), false)?;
        }
    }
    let not_run = input.consolidated.not_run.iter().filter(|(at, _)| *at == input.submission);
    for (_, checks) in not_run.filter(|(_, checks)| !checks.is_empty()) {
        page.gap();
        page.line(&NOT_RUN.say().with("checks", checks.join(", ")).get(lang), false)?;
    }
    Ok(())
}

fn counts(page: &mut Page<'_>, line: &DistrictLine) -> Result<()> {
    page.pair(STATUS, words::status(line.status).get(page.lang))?;
    let sum = |rows: &[u32]| rows.iter().sum::<u32>();
    let numbers = [
        (RECEIVED, sum(&line.received)),
        (ACCEPTED, sum(&line.accepted)),
        (HELD, sum(&line.held)),
        (ERRORS, line.errors),
        (WARNINGS, line.warnings),
        (NOTES, line.notes),
    ];
    numbers.into_iter().try_for_each(|(label, number)| page.pair(label, &number.to_string()))
}

/// Names of the district's sheets, safe and unlike the two first ones and each other.
fn image_names(input: &HandBack<'_>) -> Vec<String> {
    let mut taken: BTreeSet<String> = [FRONT, LIST].iter().map(|text| text.get(input.lang).to_lowercase()).collect();
    let mut names = Vec::new();
    for seen in input.sheets {
        let plain = grid::sheet_name(&seen.name);
        let mut name = plain.clone();
        let mut number = 2;
        while !taken.insert(name.to_lowercase()) {
            name = format!("{} ({number})", plain.chars().take(25).collect::<String>());
            number += 1;
        }
        names.push(name);
    }
    names
}

fn list(
    workbook: &mut Workbook,
    input: &HandBack<'_>,
    findings: &[&Finding],
    said: &[&str],
    names: &[String],
    styles: &Styles,
) -> Result<()> {
    let lang = input.lang;
    let columns = [
        (NUMBER, 6.0),
        (LEVEL, 11.0),
        (CHECK, 18.0),
        (CHECK_TITLE, 26.0),
        (SHEET, 14.0),
        (CELL, 12.0),
        (KEY, 28.0),
        (FOUND, 34.0),
        (EXPECTED, 34.0),
        (REMEDY, 40.0),
        (EXPLANATION, 44.0),
    ];
    let row = |(number, one): (usize, &&Finding)| {
        let sheet = one.places.first().map_or("", |place| place.sheet.as_str());
        let (cells, level) = (lists::cells(one), words::level(one.level).get(lang));
        let (found, expected, remedy) = (one.found.get(lang), one.expected.get(lang), one.remedy.get(lang));
        let texts: [&str; 9] =
            [level, &one.check, one.title.get(lang), sheet, &cells, &one.key, &found, &expected, &remedy];
        std::iter::once(Item::Number(number as f64 + 1.0)).chain(texts.map(Item::text)).collect::<Vec<_>>()
    };
    let rows: Vec<_> = findings.iter().enumerate().map(row).collect();
    let sheet =
        grid::list(workbook, LIST.get(lang), &columns.map(|(text, width)| (text.get(lang), width)), &rows, styles)?;
    let link = styles::plain().set_font_color(Color::Blue).set_underline(rust_xlsxwriter::FormatUnderline::Single);
    let explain = styles::plain().set_text_wrap().set_background_color(0xFF_F2_CC).set_unlocked();
    for (row, (one, said)) in (2u32..).zip(findings.iter().zip(said).take(grid::MOST_ROWS)) {
        // An error is corrected, not explained.
        if one.level == Level::Warning {
            sheet.write_blank(row, 10, &explain)?;
            grid::write_text(sheet, row, 10, said, &explain)?;
        }
        sheet.set_row_height(row, 16.0 * f64::from(lines_of(one, lang)))?;
        let Some(place) = one.places.first() else { continue };
        let position = input.sheets.iter().position(|seen| seen.name == place.sheet);
        let (Some(name), Some(cell)) = (position.and_then(|at| names.get(at)), place.cell) else { continue };
        if row < 60_000 {
            let target = format!("internal:'{}'!{cell}", name.replace('\'', "''"));
            sheet.write_url_with_format(row, 5, Url::new(target).set_text(lists::cells(one)), &link)?;
        }
    }
    Ok(())
}

/// Lines that the longest wrapped text of a finding takes in its column of the list (Times New Roman 12).
fn lines_of(one: &Finding, lang: Lang) -> u32 {
    let texts = [(one.title.get(lang).to_owned(), 24), (one.found.get(lang), 31), (one.expected.get(lang), 31)];
    let longest = texts.into_iter().chain([(one.remedy.get(lang), 37), (one.key.clone(), 25)]);
    let lines = longest.map(|(text, width)| text.chars().count().div_ceil(width)).max().unwrap_or(1);
    u32::try_from(lines.clamp(1, 20)).unwrap_or(20)
}

/// The wrong cells of a sheet, with the gravest level and the messages.
fn marks(seen: &SheetSeen, findings: &[&Finding], lang: Lang) -> BTreeMap<CellAt, (Level, String)> {
    let mut marks: BTreeMap<CellAt, (Level, String)> = BTreeMap::new();
    for one in findings {
        let cells = one.places.iter().filter(|place| place.sheet == seen.name).filter_map(|place| place.cell);
        for cell in cells {
            let mark = marks.entry(cell).or_insert((one.level, String::new()));
            mark.0 = mark.0.min(one.level);
            let title = one.title.get(lang);
            mark.1.push_str(&format!("{title}: {}. {}\n", one.found.get(lang), one.remedy.get(lang)));
        }
    }
    marks
}

fn image(
    sheet: &mut Worksheet,
    position: usize,
    marks: &BTreeMap<CellAt, (Level, String)>,
    replay: &mut Replay<'_>,
    styles: &Styles,
) -> Result<()> {
    let paint = |cell: &CellAt, format: &Format| match marks.get(cell) {
        Some((level, _)) => format.clone().set_background_color(colour(*level)),
        None => format.clone(),
    };
    for cell in marks.keys() {
        sheet.set_column_width(cell.column, 14)?;
        sheet.write_blank(cell.row, cell.column, &paint(cell, &styles.text))?;
    }
    for column in 0..30 {
        sheet.set_column_width(column, 14)?;
    }
    let mut failed = Ok(());
    replay(position, &mut |cell, raw| {
        if failed.is_ok() {
            failed = copy(sheet, cell, raw, &|format| paint(&cell, format), styles);
        }
    })?;
    failed?;
    for (cell, (_, text)) in marks.iter().take(MOST_NOTES) {
        let short: String = grid::clean(text).chars().take(1_000).collect();
        let note = Note::new(short.trim_end()).add_author_prefix(false).set_width(260).set_height(120);
        sheet.insert_note(cell.row, cell.column, &note)?;
    }
    Ok(())
}

fn copy(
    sheet: &mut Worksheet,
    cell: CellAt,
    raw: Raw<'_>,
    paint: &dyn Fn(&Format) -> Format,
    styles: &Styles,
) -> Result<()> {
    let CellAt { row, column } = cell;
    match raw {
        Raw::Text(text) => grid::write_text(sheet, row, column, text, &paint(&styles.text))?,
        Raw::Error(text) => grid::write_text(sheet, row, column, text, &paint(&styles.text))?,
        Raw::Uncomputed => {
            sheet.write_blank(row, column, &paint(&styles.text))?;
        }
        Raw::Bool(value) => {
            sheet.write_boolean_with_format(row, column, value, &paint(&styles.text))?;
        }
        Raw::Date(serial) => {
            sheet.write_number_with_format(row, column, serial, &paint(&styles.date))?;
        }
        Raw::Number(number) => {
            let long = number.fract() == 0.0 && number.abs() >= 1e8;
            let format = if long { styles.number.clone().set_num_format("0") } else { styles.number.clone() };
            sheet.write_number_with_format(row, column, number, &paint(&format))?;
        }
    }
    Ok(())
}

fn colour(level: Level) -> Color {
    match level {
        Level::Block | Level::Error => Color::RGB(0xFF_C7_CE),
        Level::Warning => Color::RGB(0xFF_D9_66),
        Level::Note => Color::RGB(0xD6_DC_E4),
    }
}

//! What the screen says.

use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, Table, presets};

use crate::form::Form;
use crate::model::{Consolidated, DistrictLine, Finding, Lang, Level, Mistake, Sentence, Status, shown_date};
use crate::texts;

texts! {
    PERIOD = "Kỳ báo cáo {period}, số liệu tính đến ngày {cut_off}." / "Period {period}, figures as of {cut_off}.";
    UNKNOWN = "(không rõ)" / "(unknown)";
    DISTRICT = "Huyện" / "District";
    FILE = "Tệp" / "File";
    RECEIVED = "Nhận" / "Received";
    ACCEPTED = "Gộp" / "Accepted";
    HELD = "Giữ lại" / "Held back";
    ERRORS = "Lỗi" / "Errors";
    WARNINGS = "Cảnh báo" / "Warnings";
    STATUS = "Tình trạng" / "Status";
    TOTAL = "Cộng" / "Total";
    UNKNOWN_SENDER = "(không rõ huyện)" / "(unknown sender)";
    ST_RECEIVED = "đã nhận" / "received";
    ST_RETURNED = "trả lại" / "returned";
    ST_MISSING = "thiếu" / "missing";
    ST_SUPERSEDED = "bị thay thế" / "superseded";
    MISSING = "Chưa nộp ({count}): {names}." / "Missing ({count}): {names}.";
    ALL_IN = "Mọi huyện đều đã nộp." / "Every district has reported.";
    SKIPPED = "Bỏ qua {count} tệp tạm hoặc ẩn: {names}." / "Skipped {count} temporary or hidden files: {names}.";
    CLEAN = "Không có gì phải trả lại." / "Nothing to hand back.";
    TO_RETURN = "Có báo cáo phải trả lại để sửa." / "There are reports to hand back.";
    RESULTS = "Kết quả ở {out}: tong-hop.xlsx, tra-lai/<huyện>/…xlsx, ket-qua.json" / "Results in {out}: tong-hop.xlsx, tra-lai/<district>/…xlsx, ket-qua.json";
    EXPECTED = "cần" / "expected";
    UNKNOWN_FORM = "Không có biểu mẫu «{name}». Có sẵn: {known}; hoặc nêu thư mục chứa form.toml." / "There is no form \"{name}\". Built in: {known}; or name a folder with form.toml.";
    INSIDE = "Thư mục kết quả «{out}» nằm trong thư mục đầu vào «{input}»: lần sau báo cáo trả lại sẽ bị đọc như báo cáo của huyện. Chọn nơi khác bằng --out." / "The folder of results \"{out}\" lies in the input folder \"{input}\": the next run would take hand-backs for reports. Choose another place by --out.";
    REPLACED = "--previous: kết quả lần này sẽ ghi đè «{previous}». Chọn thư mục kết quả khác bằng --out." / "--previous: the results would replace \"{previous}\". Choose another folder of results by --out.";
    UNFIT = "--previous: {found}. Hãy nêu tệp tong-hop.xlsx mà lệnh merge đã lập cho kỳ trước theo biểu mẫu «{form}»." / "--previous: {found}. Name the tong-hop.xlsx that merge wrote for the last period by form \"{form}\".";
    NOT_RUN = "Chưa kiểm tra được {file}: {checks} (thiếu trang, cột hoặc dữ liệu kỳ trước cần cho phép kiểm tra)." / "Not run on {file}: {checks} (a sheet, column or register of the last period that the check needs is not there).";
    MISTAKES = "Định nghĩa biểu mẫu «{name}» có {count} lỗi:" / "The definition of form \"{name}\" has {count} mistakes:";
    SOUND = "Biểu mẫu {id} ({edition}) hợp lệ: {tables} bảng, {checks} phép kiểm tra, {summaries} trang tổng hợp." / "Form {id} ({edition}) is sound: {tables} tables, {checks} checks, {summaries} summary sheets.";
    WRITTEN = "Đã ghi {count} biểu mẫu:" / "Wrote {count} blank workbooks:";
    FAILED = "Không thực hiện được: {why}" / "Could not do it: {why}";
    BLOCK = "Từ chối tệp" / "Block";
    ERROR = "Lỗi" / "Error";
    WARNING = "Cảnh báo" / "Warning";
    NOTE = "Ghi chú" / "Note";
}

/// The table of districts, who is missing, and the verdict.
pub fn overview(form: &Form, consolidated: &Consolidated, lang: Lang) -> String {
    let cut_off = consolidated.cut_off.map_or_else(|| UNKNOWN.get(lang).to_owned(), shown_date);
    let period = if consolidated.period.is_empty() { UNKNOWN.get(lang) } else { &consolidated.period };
    let head = PERIOD.say().with("period", period).with("cut_off", cut_off).get(lang);
    let mut parts = vec![head, districts(form, consolidated, lang).to_string(), missing(form, consolidated, lang)];
    if !consolidated.skipped.is_empty() {
        let names = consolidated.skipped.join(", ");
        parts.push(SKIPPED.say().with("count", consolidated.skipped.len()).with("names", names).get(lang));
    }
    for (position, checks) in &consolidated.not_run {
        let Some(submission) = consolidated.submissions.get(*position) else { continue };
        let said = NOT_RUN.say().with("file", &submission.file.name).with("checks", checks.join(", "));
        parts.push(said.get(lang));
    }
    parts.extend(super::rounds::since_last(form, consolidated, lang));
    let verdict = if consolidated.has_errors() { TO_RETURN } else { CLEAN };
    parts.push(verdict.get(lang).to_owned());
    parts.join("\n")
}

/// Where the results are.
pub fn results(out: &Path, lang: Lang) -> String {
    RESULTS.say().with("out", out.display()).get(lang)
}

/// Every finding, a line each, as `check` prints them.
pub fn findings(form: &Form, consolidated: &Consolidated, lang: Lang) -> String {
    let lines: Vec<String> =
        consolidated.findings.iter().map(|finding| finding_line(form, consolidated, finding, lang)).collect();
    lines.join("\n")
}

/// A level in words.
pub fn level(level: Level, lang: Lang) -> &'static str {
    let text = match level {
        Level::Block => BLOCK,
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Note => NOTE,
    };
    text.get(lang)
}

/// The district of a line.
pub fn name(form: &Form, line: &DistrictLine, lang: Lang) -> String {
    let name = form.vocabulary.district_name(line.district);
    if line.district.is_none() { UNKNOWN_SENDER.get(lang).to_owned() } else { name.get(lang).to_owned() }
}

/// A form that was named and is not known.
pub fn unknown_form(name: &str, known: &[&str], lang: Lang) -> String {
    UNKNOWN_FORM.say().with("name", name).with("known", known.join(", ")).get(lang)
}

/// Results that would lie in the folder that is read.
pub fn results_inside(out: &Path, input: &Path, lang: Lang) -> String {
    INSIDE.say().with("out", out.display()).with("input", input.display()).get(lang)
}

/// Results that would replace the consolidated workbook of the last period.
pub fn previous_replaced(previous: &Path, lang: Lang) -> String {
    REPLACED.say().with("previous", previous.display()).get(lang)
}

/// A file that does not serve as `--previous`.
pub fn unfit(form: &Form, found: &Sentence, lang: Lang) -> String {
    UNFIT.say().with("found", found.get(lang)).with("form", &form.id).get(lang)
}

/// Every mistake of a definition.
pub fn mistakes(name: &str, mistakes: &[Mistake], lang: Lang) -> String {
    let head = MISTAKES.say().with("name", name).with("count", mistakes.len()).get(lang);
    let lines = mistakes.iter().map(|mistake| format!("  {mistake}"));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// A definition without mistakes.
pub fn sound(form: &Form, lang: Lang) -> String {
    SOUND
        .say()
        .with("id", &form.id)
        .with("edition", &form.edition)
        .with("tables", form.vocabulary.tables.len())
        .with("checks", form.checks.len())
        .with("summaries", form.summaries.len())
        .get(lang)
}

/// The blank workbooks that were written.
pub fn templates(written: &[PathBuf], lang: Lang) -> String {
    let head = WRITTEN.say().with("count", written.len()).get(lang);
    let lines = written.iter().map(|path| format!("  {}", path.display()));
    std::iter::once(head).chain(lines).collect::<Vec<_>>().join("\n")
}

/// A failure of the machine; with its causes where it is not one of those that have a sentence.
pub fn machine(error: &anyhow::Error, lang: Lang) -> String {
    let said = error.downcast_ref::<Sentence>().map(|said| said.get(lang));
    FAILED.say().with("why", said.unwrap_or_else(|| format!("{error:#}"))).get(lang)
}

fn districts(form: &Form, consolidated: &Consolidated, lang: Lang) -> Table {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    table.set_header([DISTRICT, FILE, RECEIVED, ACCEPTED, HELD, ERRORS, WARNINGS, STATUS].map(|text| text.get(lang)));
    let mut totals = [0_u64; 5];
    for line in &consolidated.lines {
        let numbers = numbers(line);
        totals.iter_mut().zip(numbers).for_each(|(total, number)| *total += number);
        table.add_row(row(&name(form, line, lang), &file(consolidated, line), numbers, status(line.status, lang)));
    }
    table.add_row(row(TOTAL.get(lang), "", totals, ""));
    for column in table.column_iter_mut().skip(2).take(5) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}

fn row(name: &str, file: &str, numbers: [u64; 5], status: &str) -> Vec<String> {
    let numbers = numbers.map(|number| number.to_string());
    [name, file].into_iter().map(str::to_owned).chain(numbers).chain([status.to_owned()]).collect()
}

fn numbers(line: &DistrictLine) -> [u64; 5] {
    let sum = |rows: &[u32]| rows.iter().map(|rows| u64::from(*rows)).sum();
    let (received, accepted, held) = (sum(&line.received), sum(&line.accepted), sum(&line.held));
    [received, accepted, held, u64::from(line.errors), u64::from(line.warnings)]
}

fn file(consolidated: &Consolidated, line: &DistrictLine) -> String {
    let submission = line.submission.and_then(|position| consolidated.submissions.get(position));
    submission.map_or_else(|| "–".to_owned(), |submission| submission.file.name.clone())
}

fn status(status: Status, lang: Lang) -> &'static str {
    let text = match status {
        Status::Received => ST_RECEIVED,
        Status::Returned => ST_RETURNED,
        Status::Missing => ST_MISSING,
        Status::Superseded => ST_SUPERSEDED,
    };
    text.get(lang)
}

fn missing(form: &Form, consolidated: &Consolidated, lang: Lang) -> String {
    let absent = consolidated.lines.iter().filter(|line| line.status == Status::Missing);
    let names: Vec<String> = absent.map(|line| name(form, line, lang)).collect();
    if names.is_empty() {
        return ALL_IN.get(lang).to_owned();
    }
    MISSING.say().with("count", names.len()).with("names", names.join(", ")).get(lang)
}

fn finding_line(form: &Form, consolidated: &Consolidated, finding: &Finding, lang: Lang) -> String {
    let submission = finding.submission.and_then(|position| consolidated.submissions.get(position));
    let file = submission.map(|submission| submission.file.name.as_str()).unwrap_or(&form.id);
    let place = finding.places.first().map(|place| format!(" {place}")).unwrap_or_default();
    format!(
        "{file}{place}: {} [{}] {}; {} {}. {}",
        level(finding.level, lang),
        finding.check,
        finding.found.get(lang),
        EXPECTED.get(lang),
        finding.expected.get(lang),
        finding.remedy.get(lang),
    )
}

//! What stands above the list of findings: what became of the report, a countdown, what to do next, findings by check.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign};

use super::page::{Fill, Page, Piece, banner_format};
use super::{HandBack, Listed, Names, addresses, rounds, status, to};
use crate::model::{CellAt, DistrictLine, Lang, Level, Place, Text, shown_date};
use crate::summaries::Look;
use crate::texts;
use crate::writers::styles;
use crate::writers::words;

texts! {
    pub PAGE_TITLE = "KẾT QUẢ KIỂM TRA BÁO CÁO" / "RESULT OF CHECKING THE REPORT";
    pub DISTRICT = "Huyện, thành phố" / "District";
    UNKNOWN = "(không rõ huyện)" / "(unknown district)";
    pub FILE = "Tệp" / "File";
    pub PERIOD = "Kỳ báo cáo" / "Period";
    pub DAY = "Ngày kiểm tra" / "Checked on";
    LOOK_AT = "ĐÃ NHẬN: có {warnings} cảnh báo cần xem lại" / "RECEIVED: {warnings} warnings to look at";
    BAD = "TRẢ LẠI ĐỂ SỬA: {errors} lỗi phải sửa, {warnings} cảnh báo cần xem" / "RETURNED: {errors} errors to correct, {warnings} warnings to look at";
    REFUSED = "TỪ CHỐI TỆP: chưa có dòng nào được tổng hợp" / "REFUSED: not one row of this file counts";
    RECEIVED = "Số dòng nhận được" / "Rows received";
    ACCEPTED = "Số dòng được tổng hợp" / "Rows accepted";
    HELD = "Số dòng giữ lại" / "Rows held back";
    REPAIRED = "Số ô tự sửa" / "Cells repaired";
    TOTAL = "Tổng số" / "Total";
    DONE = "Đã thay đổi, đã giải trình" / "Changed or explained";
    ERRORS_LEFT = "Còn {open}/{all} lỗi chưa sửa" / "{open} of {all} errors not corrected";
    WARNINGS_LEFT = "Còn {open}/{all} cảnh báo chưa sửa, chưa giải trình" / "{open} of {all} warnings neither corrected nor explained";
    NONE_LEFT = "Mọi ô đã nêu đều đã thay đổi hoặc giải trình: hãy lưu tệp và gửi lại tỉnh để kiểm tra." / "All cells named are changed or explained: save the file and send it again to be checked.";
    STEPS = "Việc cần làm" / "What to do next";
    DO_CORRECT = "1. Mỗi dòng của danh sách dưới đây là một chỗ cần xem. Bấm vào địa chỉ ở cột «Ô» để đến ô đó: ô được tô màu, có chú thích mang số thứ tự của dòng." / "1. Each row of the list below is something to look at. Click the address in the column \"Cell\" to go to the cell: it is coloured and has a note with the number of the row.";
    DO_HERE = "2. Sửa ngay trong tệp này theo cột «Cách sửa»: sửa xong, màu của ô mất đi và cột «Tình trạng» đổi thành «Đã thay đổi». Dòng còn lỗi chưa được tính vào số liệu của tỉnh." / "2. Correct it in this file as the column \"Remedy\" says: the colour of the cell goes away and the column \"State\" says \"Changed\". Rows with errors do not count in the province's figures yet.";
    DO_EXPLAIN = "3. Cảnh báo mà số liệu đúng thực tế: giữ nguyên ô, ghi lý do vào cột «Giải trình» (ô màu vàng)." / "3. Where a warning is as it should be, leave the cell and say why in the column \"Explanation\" (yellow).";
    DO_SEND = "4. Lưu tệp và gửi lại tỉnh. Không xóa trang này, không chèn hoặc xóa cột." / "4. Save the file and send it again. Do not delete this sheet, do not insert or delete columns.";
    DO_SEE_WHY = "1. Xem lý do ở danh sách dưới đây." / "1. See why in the list below.";
    DO_REPLACE = "2. Làm theo cột «Cách sửa», dùng biểu mẫu của tỉnh." / "2. Do as the column \"Remedy\" says, with the province's form.";
    DO_SEND_ANEW = "3. Gửi lại tệp đúng." / "3. Send the right file.";
    DO_WARNINGS = "Xem từng cảnh báo ở danh sách dưới đây: số liệu sai thì sửa ngay trong tệp này; đúng thực tế thì ghi lý do vào cột «Giải trình» (ô màu vàng). Sau đó lưu tệp và gửi lại tỉnh." / "Look at each warning in the list below: where the figure is wrong, correct it in this file; where it is right, say why in the column \"Explanation\" (yellow). Then save the file and send it again.";
    BY_CHECK = "Tổng hợp theo phép kiểm tra" / "By check";
    COUNT = "Số lượng" / "Number";
    CELLS = "Các ô" / "Cells";
}

/// A finding as the countdown counts it.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Its level.
    pub level: Level,
    /// What the list says of it for now.
    pub now: Text,
}

/// Where the list stands, as links and formulas name it.
#[derive(Debug)]
pub struct ListAt {
    /// The sheet's name.
    pub sheet: String,
    /// Its first row below the titles.
    pub first: u32,
    /// The column of levels: `$C$40:$C$60`.
    pub levels: String,
    /// The column of states.
    pub states: String,
}

/// Rows of the head that get formulas and links once it is known where the list stands.
#[derive(Debug, Default)]
pub struct Live {
    countdown: Option<u32>,
    levels: Vec<(Level, u32)>,
    checks: Vec<Group>,
}

/// The findings of one check.
#[derive(Debug)]
struct Group {
    /// Its row on the head.
    row: u32,
    /// How many they are.
    count: usize,
    /// The first of them, by position.
    first: usize,
    /// Their cells.
    cells: String,
    /// Where a link to the first cell leads.
    target: Option<String>,
}

/// Writes the head of the list.
pub fn write(
    page: &mut Page<'_>,
    input: &HandBack<'_>,
    names: &Names,
    findings: &[Listed<'_>],
    counted: &[Counted],
) -> Result<Live> {
    let lang = input.lang;
    let line = input.consolidated.lines.iter().find(|line| line.submission == Some(input.submission));
    let submission = input.submission();
    let district = submission.and_then(|one| one.cover.district).or(line.and_then(|line| line.district));
    let name = input.form.vocabulary.district_name(district);
    let district = if district.is_some() { name.get(lang) } else { UNKNOWN.get(lang) };
    let file = submission.map_or("", |one| one.file.name.as_str());
    page.facts([(DISTRICT, district), (PERIOD, &input.consolidated.period)])?;
    page.facts([(FILE, file), (DAY, &shown_date(input.today))])?;
    if let Some(line) = line {
        let sum = |rows: &[u32]| rows.iter().sum::<u32>();
        let repairs = submission.map_or(0, |one| u32::try_from(one.repairs.len()).unwrap_or(u32::MAX));
        page.numbers([(RECEIVED, sum(&line.received)), (ACCEPTED, sum(&line.accepted))])?;
        page.numbers([(HELD, sum(&line.held)), (REPAIRED, repairs)])?;
    }
    page.gap();
    let fate = Fate::of(findings);
    page.banner(&fate.banner(line, lang), fate.fill())?;
    let mut live = Live::default();
    if counted.iter().any(|one| one.counts()) {
        live.countdown = Some(page.row);
        page.banner("", Fill::Look)?;
    }
    levels(page, counted, &mut live)?;
    rounds::lines(line.and_then(|line| line.change.as_ref()), lang).iter().try_for_each(|said| page.line(said))?;
    page.gap();
    page.heading(STEPS.get(lang))?;
    fate.steps().iter().try_for_each(|step| page.line(step.get(lang)))?;
    by_check(page, input, names, findings, &mut live)?;
    Ok(live)
}

/// What became of a report, as its sender needs to know it; who need do nothing gets a receipt.
#[derive(Clone, Copy)]
enum Fate {
    Refused,
    Returned,
    Warned,
}

impl Fate {
    fn of(findings: &[Listed<'_>]) -> Self {
        let gravest = findings.iter().map(|one| one.finding.level).min();
        match gravest {
            Some(Level::Block) => Self::Refused,
            Some(Level::Error) => Self::Returned,
            _ => Self::Warned,
        }
    }

    fn banner(self, line: Option<&DistrictLine>, lang: Lang) -> String {
        let (errors, warnings) = line.map_or((0, 0), |line| (line.errors, line.warnings));
        match self {
            Self::Refused => REFUSED.get(lang).to_owned(),
            Self::Returned => BAD.say().with("errors", errors).with("warnings", warnings).get(lang),
            Self::Warned => LOOK_AT.say().with("warnings", warnings).get(lang),
        }
    }

    fn fill(self) -> Fill {
        match self {
            Self::Refused | Self::Returned => Fill::Bad,
            Self::Warned => Fill::Look,
        }
    }

    fn steps(self) -> &'static [Text] {
        match self {
            Self::Refused => &[DO_SEE_WHY, DO_REPLACE, DO_SEND_ANEW],
            Self::Returned => &[DO_CORRECT, DO_HERE, DO_EXPLAIN, DO_SEND],
            Self::Warned => &[DO_WARNINGS],
        }
    }
}

impl Counted {
    /// Whether it can be counted down.
    fn counts(&self) -> bool {
        [status::OPEN, status::EXPLAINED].contains(&self.now)
    }
}

/// How many findings there are of each level, and how many are still to be settled.
fn levels(page: &mut Page<'_>, counted: &[Counted], live: &mut Live) -> Result<()> {
    let lang = page.lang;
    let present: Vec<Level> = [Level::Block, Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter(|level| counted.iter().any(|one| one.level == *level))
        .collect();
    if present.is_empty() {
        return Ok(());
    }
    page.gap();
    let (column, number) = (styles::column(), styles::look(Look::Count).set_align(FormatAlign::Center));
    let titles = [words::LEVEL, TOTAL, status::OPEN, DONE, status::RESEND].map(|text| text.get(lang));
    page.row(&pieces(SPANS, titles, [&column; 5]))?;
    for level in present {
        let name = styles::bordered().set_bold().set_background_color(styles::colour(level));
        let texts = [words::level(level).get(lang), "", "", "", ""];
        live.levels.push((level, page.row));
        page.row(&pieces(SPANS, texts, [&name, &number, &number, &number, &number]))?;
    }
    Ok(())
}

/// A table of the checks that found something, with their cells.
fn by_check(
    page: &mut Page<'_>,
    input: &HandBack<'_>,
    names: &Names,
    findings: &[Listed<'_>],
    live: &mut Live,
) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let lang = page.lang;
    page.gap();
    page.heading(BY_CHECK.get(lang))?;
    let (column, text) = (styles::column(), styles::bordered().set_text_wrap());
    let titles = [words::LEVEL, words::TITLE, COUNT, CELLS].map(|text| text.get(lang));
    page.row(&pieces(CHECKS, titles, [&column; 4]))?;
    let mut groups: BTreeMap<(Level, &str), Vec<usize>> = BTreeMap::new();
    for (at, one) in findings.iter().enumerate() {
        groups.entry((one.finding.level, &one.finding.check)).or_default().push(at);
    }
    for ((level, check), members) in groups {
        let of: Vec<&Listed<'_>> = members.iter().filter_map(|at| findings.get(*at)).collect();
        let places: Vec<Place> = of.iter().filter_map(|one| one.finding.places.first().cloned()).collect();
        let title = of.first().map_or("", |one| one.finding.title.get(lang));
        let filled = styles::bordered().set_background_color(styles::colour(level));
        let (said, cells) = (format!("{title} ({check})"), addresses(&places));
        let texts = [words::level(level).get(lang), &said, "", &cells];
        live.checks.push(Group {
            row: page.row,
            count: members.len(),
            first: members.first().copied().unwrap_or(0),
            target: places.first().and_then(|place| names.target(input, place)),
            cells: cells.clone(),
        });
        page.row(&pieces(CHECKS, texts, [&filled, &text, &text, &text]))?;
    }
    Ok(())
}

impl Live {
    /// Writes the formulas and links of the head.
    pub fn fill(&self, page: &mut Page<'_>, at: &ListAt, counted: &[Counted]) -> Result<()> {
        let lang = page.lang;
        let number = styles::look(Look::Count).set_align(FormatAlign::Center);
        let ListAt { levels, states, .. } = at;
        for (level, row) in &self.levels {
            let of: Vec<&Counted> = counted.iter().filter(|one| one.level == *level).collect();
            page.sheet.write_number_with_format(*row, SPANS[1].0, of.len() as f64, &number)?;
            let word = words::level(*level).get(lang);
            let cells = [&[status::OPEN][..], &[status::CHANGED, status::EXPLAINED], &[status::RESEND]];
            for ((column, _), counts) in SPANS.into_iter().skip(2).zip(cells) {
                let count = |text: &Text| format!("COUNTIFS({levels},\"{word}\",{states},\"{}\")", text.get(lang));
                let formula = counts.iter().map(count).collect::<Vec<_>>().join("+");
                let now = of.iter().filter(|one| counts.contains(&one.now)).count();
                page.live(*row, column, &format!("={formula}"), &now.to_string(), &number)?;
            }
        }
        self.count_down(page, counted)?;
        let link = styles::link().set_text_wrap();
        for group in &self.checks {
            let target = to(&at.sheet, &CellAt::new(at.first + group.first as u32, 0).to_string());
            let centred = link.clone().set_align(FormatAlign::Center);
            page.link(group.row, CHECKS[2].0, &group.count.to_string(), &target, &centred)?;
            if let Some(target) = &group.target {
                page.link(group.row, CHECKS[3].0, &group.cells, target, &link)?;
            }
        }
        Ok(())
    }

    /// The line that counts down; its cells of open findings stand in the table of levels.
    fn count_down(&self, page: &mut Page<'_>, counted: &[Counted]) -> Result<()> {
        let Some(row) = self.countdown else { return Ok(()) };
        let lang = page.lang;
        let (mut open_cells, mut formulas, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        for (level, text) in [(Level::Error, &ERRORS_LEFT), (Level::Warning, &WARNINGS_LEFT)] {
            let of: Vec<&Counted> = counted.iter().filter(|one| one.level == level && one.counts()).collect();
            let line = self.levels.iter().find(|(other, _)| *other == level);
            let Some((_, line)) = line.filter(|_| !of.is_empty()) else { continue };
            let cell = CellAt::new(*line, SPANS[2].0).absolute();
            let said = |open: String| text.say().with("open", open).with("all", of.len()).get(lang);
            formulas.push(format!("\"{}\"", said(format!("\"&{cell}&\""))));
            shown.push(said(of.iter().filter(|one| one.now == status::OPEN).count().to_string()));
            open_cells.push(cell);
        }
        let left = open_cells.join("+");
        let done = NONE_LEFT.get(lang);
        let formula = format!("=IF({left}=0,\"{done}\",{})", formulas.join("&\"; \"&"));
        let open = counted.iter().any(|one| one.now == status::OPEN);
        let shown = if open { shown.join("; ") } else { done.to_owned() };
        page.live(row, 0, &formula, &shown, &banner_format(Fill::Look))?;
        let good = Format::new().set_background_color(Fill::Good.colour());
        let rule = ConditionalFormatFormula::new().set_rule(format!("={left}=0").as_str()).set_format(good);
        let last = page.last();
        page.sheet.add_conditional_format(row, 0, row, last, &rule)?;
        Ok(())
    }
}

/// Texts and formats over spans of columns.
fn pieces<'a, const N: usize>(spans: [(u16, u16); N], texts: [&'a str; N], formats: [&'a Format; N]) -> Vec<Piece<'a>> {
    let whole = spans.into_iter().zip(texts).zip(formats);
    whole.map(|(((first, last), text), format)| (first, last, text, format)).collect()
}

/// Columns of the table of levels: level, total, open, done, to be sent again.
const SPANS: [(u16, u16); 5] = [(0, 3), (4, 5), (6, 7), (8, 9), (10, 11)];
/// Columns of the table of checks: level, title, number, cells.
const CHECKS: [(u16, u16); 4] = [(0, 2), (3, 6), (7, 7), (8, 11)];

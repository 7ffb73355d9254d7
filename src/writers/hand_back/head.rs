//! What stands above the list of findings: what became of the report, a countdown, what to do next, findings by check.

use anyhow::Result;

use super::countdown::{self, Countdown, Counted};
use super::findings::ListAt;
use super::groups::{self, Group};
use super::page::{Fill, Page};
use super::{HandBack, Listed, Names, rounds};
use crate::model::{DistrictLine, Lang, Level, Text, shown_date};
use crate::texts;

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
    STEPS = "Việc cần làm" / "What to do next";
    DO_CORRECT = "1. Mỗi dòng của danh sách dưới đây là một chỗ cần xem. Bấm vào địa chỉ ở cột «Ô» để đến ô đó: ô được tô màu, có chú thích mang số thứ tự của dòng." / "1. Each row of the list below is something to look at. Click the address in the column \"Cell\" to go to the cell: it is coloured and has a note with the number of the row.";
    DO_HERE = "2. Sửa ngay trong tệp này theo cột «Cách sửa»: sửa xong, màu của ô mất đi và cột «Tình trạng» đổi thành «Đã thay đổi». Dòng còn lỗi chưa được tính vào số liệu của tỉnh." / "2. Correct it in this file as the column \"Remedy\" says: the colour of the cell goes away and the column \"State\" says \"Changed\". Rows with errors do not count in the province's figures yet.";
    DO_EXPLAIN = "3. Cảnh báo mà số liệu đúng thực tế: giữ nguyên ô, ghi lý do vào cột «Giải trình» (ô màu vàng)." / "3. Where a warning is as it should be, leave the cell and say why in the column \"Explanation\" (yellow).";
    DO_SEND = "4. Lưu tệp và gửi lại tỉnh. Không xóa trang này, không chèn hoặc xóa cột." / "4. Save the file and send it again. Do not delete this sheet, do not insert or delete columns.";
    DO_SEE_WHY = "1. Xem lý do ở danh sách dưới đây." / "1. See why in the list below.";
    DO_REPLACE = "2. Làm theo cột «Cách sửa», dùng biểu mẫu của tỉnh." / "2. Do as the column \"Remedy\" says, with the province's form.";
    DO_SEND_ANEW = "3. Gửi lại tệp đúng." / "3. Send the right file.";
    DO_WARNINGS = "Xem từng cảnh báo ở danh sách dưới đây: số liệu sai thì sửa ngay trong tệp này; đúng thực tế thì ghi lý do vào cột «Giải trình» (ô màu vàng). Sau đó lưu tệp và gửi lại tỉnh." / "Look at each warning in the list below: where the figure is wrong, correct it in this file; where it is right, say why in the column \"Explanation\" (yellow). Then save the file and send it again.";
}

/// What the head gets once it is known where the list stands.
#[derive(Debug)]
pub struct Live {
    countdown: Countdown,
    groups: Vec<Group>,
}

impl Live {
    /// Writes the formulas and links of the head.
    pub fn fill(&self, page: &mut Page<'_>, at: &ListAt, counted: &[Counted]) -> Result<()> {
        self.countdown.fill(page, at, counted)?;
        groups::fill(&self.groups, page, at)
    }
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
    let countdown = countdown::write(page, counted)?;
    rounds::write(page, input, line.and_then(|line| line.change.as_ref()))?;
    page.gap();
    page.heading(STEPS.get(lang))?;
    fate.steps().iter().try_for_each(|step| page.line(step.get(lang)))?;
    let groups = groups::write(page, input, names, findings)?;
    Ok(Live { countdown, groups })
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

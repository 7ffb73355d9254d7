//! Head and foot of a sheet, as decree 30/2020/NĐ-CP lays out official papers.

use chrono::{Datelike, NaiveDate};

use super::page::{Page, cell};
use super::{Heading, Input, Live, Look, Sheet};
use crate::model::{Accept, Lang, shown_date};
use crate::texts;

texts! {
    /// The state, on the right of the head.
    pub MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" / "SOCIALIST REPUBLIC OF VIET NAM";
    /// The motto, below the state.
    pub MOTTO_BELOW = "Độc lập - Tự do - Hạnh phúc" / "Independence - Freedom - Happiness";
    AS_OF = "Số liệu tính đến ngày {day} · Kỳ báo cáo {period}" / "Figures as of {day} · Reporting period {period}";
    PERIOD_ONLY = "Kỳ báo cáo {period}" / "Reporting period {period}";
    UNIT = "Đơn vị tính: {unit}" / "Unit: {unit}";
    VALUES_ONLY = "Số liệu ghi bằng giá trị đã tính, không phải công thức, vì số dòng vượt mức cho phép của biểu mẫu." / "Numbers are written as computed values, not as formulas, because there are more rows than the form allows for.";
    FORM_NUMBER = "Biểu số {number}" / "Form no. {number}";
    POLICY_ROWS = "Dòng có lỗi được giữ lại, không đưa vào tổng hợp; các dòng khác của báo cáo vẫn được tính (--accept rows)." / "Rows with errors are held back; the other rows of the report count (--accept rows).";
    POLICY_SUBMISSIONS = "Báo cáo có lỗi được giữ lại toàn bộ, không đưa vào tổng hợp (--accept submissions)." / "A report with any error is held back whole (--accept submissions).";
    POLICY_ALL = "Mọi dòng đều được đưa vào tổng hợp, kể cả dòng có lỗi (--accept all)." / "Every row counts, rows with errors too (--accept all).";
    SIGN_HERE = "(Ký, ghi rõ họ tên)" / "(Signature and full name)";
}

/// The narrowest sheet that holds both halves of the head, in characters.
const NARROWEST: f64 = 104.0;
/// Rows left free for signatures and seals.
const SIGNATURE_ROWS: u32 = 4;

/// A page with its head; `widths` are stretched where the head needs it, `unit` stands where the form names none.
pub fn page<'a>(input: &'a Input<'a>, heading: &Heading, widths: Vec<f64>, unit: &str) -> Page<'a> {
    let lang = input.lang;
    let mut page = Page::blank(input, heading.tab.get(lang), stretched(widths));
    let last = page.sheet.widths.len().saturating_sub(1);
    let split = split(&page.sheet.widths);
    let office = input.office;
    let right = (split + 1).min(last);
    let rows = [
        (office.parent.get(lang), Look::Subheading, MOTTO.get(lang)),
        (office.body.get(lang), Look::Heading, MOTTO_BELOW.get(lang)),
    ];
    for ((row, (left_text, look, right_text)), right_look) in (0_u32..).zip(rows).zip([Look::Heading, Look::Motto]) {
        page.merged(cell(row, 0), cell(row, split), left_text, look);
        if right > split {
            page.merged(cell(row, right), cell(row, last), right_text, right_look);
        }
    }
    page.merged(cell(3, 0), cell(3, last), heading.title.get(lang), Look::Title);
    page.at_least(3, 2);
    page.merged(cell(4, 0), cell(4, last), as_of(input), Look::Italic);
    page.text(cell(5, 0), FORM_NUMBER.say().with("number", heading.number).get(lang), Look::FormNumber);
    let unit = heading.unit.as_ref().map_or(unit, |unit| unit.get(lang));
    page.merged(cell(5, right), cell(5, last), UNIT.say().with("unit", unit).get(lang), Look::Unit);
    page.row = 6;
    page
}

/// The sheet with notes, place and date, and signatures below.
pub fn finish(mut page: Page<'_>, heading: &Heading, notes: &[String]) -> Sheet {
    foot(&mut page, heading, notes);
    page.done()
}

/// Writes notes, place and date, and signatures; the last rows of the table stay on their page.
pub fn foot(page: &mut Page<'_>, heading: &Heading, notes: &[String]) {
    let (input, lang) = (page.input, page.input.lang);
    let last = page.sheet.widths.len().saturating_sub(1);
    let top = page.row.saturating_sub(2);
    let values_only = (input.live == Live::Values).then(|| VALUES_ONLY.get(lang).to_owned());
    let own = heading.note.as_ref().map(|note| note.get(lang).to_owned());
    for note in notes.iter().cloned().chain(own).chain(values_only) {
        let row = page.row;
        page.merged(cell(row, 0), cell(row, last), note, Look::Note);
        page.row += 1;
    }
    page.row += 1;
    let right = (split(&page.sheet.widths) + 1).min(last);
    let date = place_and_date(&input.office.place, input.today, lang);
    page.merged(cell(page.row, right), cell(page.row, last), date, Look::Italic);
    sign(page, last);
    page.sheet.together = Some((top, page.row.saturating_sub(1)));
}

/// What an error costs, as the sheets that show totals say it.
pub fn policy(input: &Input<'_>) -> String {
    let text = match input.consolidated.accept {
        Accept::Rows => POLICY_ROWS,
        Accept::Submissions => POLICY_SUBMISSIONS,
        Accept::All => POLICY_ALL,
    };
    text.get(input.lang).to_owned()
}

/// Place and date as decree 30/2020/NĐ-CP writes them: a leading zero for days below 10 and for months 1 and 2.
pub fn place_and_date(place: &str, day: NaiveDate, lang: Lang) -> String {
    let month = if day.month() < 3 { format!("{:02}", day.month()) } else { day.month().to_string() };
    match lang {
        Lang::Vi => format!("{place}, ngày {:02} tháng {month} năm {}", day.day(), day.year()),
        Lang::En => format!("{place}, {}", shown_date(day)),
    }
}

fn as_of(input: &Input<'_>) -> String {
    let period = &input.consolidated.period;
    match input.consolidated.cut_off {
        Some(day) => AS_OF.say().with("day", shown_date(day)).with("period", period).get(input.lang),
        None => PERIOD_ONLY.say().with("period", period).get(input.lang),
    }
}

fn sign(page: &mut Page<'_>, last: usize) {
    let (office, lang) = (page.input.office, page.input.lang);
    let middle = split(&page.sheet.widths);
    let row = page.row + 1;
    let areas: Vec<(usize, usize)> = match office.signatures.len() {
        0 => Vec::new(),
        1 => vec![((middle + 1).min(last), last)],
        2 => vec![(0, middle), ((middle + 1).min(last), last)],
        several => (0..several.min(last + 1))
            .map(|part| {
                let parts = several.min(last + 1);
                (part * (last + 1) / parts, (part + 1) * (last + 1) / parts - 1)
            })
            .collect(),
    };
    for (signature, (first, end)) in office.signatures.iter().zip(areas) {
        page.merged(cell(row, first), cell(row, end), signature.get(lang), Look::Signature);
        page.merged(cell(row + 1, first), cell(row + 1, end), SIGN_HERE.get(lang), Look::Italic);
    }
    page.row = row + 2 + SIGNATURE_ROWS;
}

/// The last column of the left half: the right half is just wide enough for the motto.
fn split(widths: &[f64]) -> usize {
    let mut room = 0.0;
    for (column, width) in widths.iter().enumerate().rev() {
        room += width;
        if room >= NARROWEST / 2.0 {
            return column.saturating_sub(1);
        }
    }
    0
}

fn stretched(widths: Vec<f64>) -> Vec<f64> {
    let total: f64 = widths.iter().sum();
    let factor = (NARROWEST / total.max(1.0)).max(1.0);
    widths.iter().map(|width| (width * factor * 10.0).round() / 10.0).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_date_line_has_a_leading_zero_where_the_decree_wants_one() {
        let said = |y, m, d| place_and_date("Lạng Sơn", NaiveDate::from_ymd_opt(y, m, d).unwrap(), Lang::Vi);
        assert_eq!(said(2024, 2, 5), "Lạng Sơn, ngày 05 tháng 02 năm 2024");
        assert_eq!(said(2024, 3, 15), "Lạng Sơn, ngày 15 tháng 3 năm 2024");
    }
}

//! How many findings there are of each level, and how many are still to be settled: numbers that change as the district
//! corrects and explains.

use anyhow::Result;
use rust_xlsxwriter::{ConditionalFormatFormula, Format, FormatAlign};

use super::findings::ListAt;
use super::page::{Fill, Page, banner_format, pieces};
use super::status;
use crate::model::{CellAt, Lang, Level, Text};
use crate::summaries::Look;
use crate::texts;
use crate::writers::styles;
use crate::writers::words;

texts! {
    TOTAL = "Tổng số" / "Total";
    DONE = "Đã thay đổi, đã giải trình" / "Changed or explained";
    LEFT = "Còn {parts}" / "Left: {parts}";
    ERRORS = "{open}/{all} lỗi chưa sửa" / "{open} of {all} errors not corrected";
    WARNINGS = "{open}/{all} cảnh báo chưa sửa, chưa giải trình" / "{open} of {all} warnings neither corrected nor explained";
    NONE_LEFT = "Mọi ô đã nêu đều đã thay đổi hoặc giải trình: hãy lưu tệp và gửi lại tỉnh để kiểm tra." / "All cells named are changed or explained: save the file and send it again to be checked.";
}

/// Columns of the table of levels: level, total, open, done, to be sent again.
const SPANS: [(u16, u16); 5] = [(0, 3), (4, 5), (6, 7), (8, 9), (10, 11)];
/// The column of what is open.
const OPEN_AT: u16 = SPANS[2].0;

/// A finding as it is counted.
#[derive(Clone, Copy, Debug)]
pub struct Counted {
    /// Its level.
    pub level: Level,
    /// What the list says of it for now.
    pub now: Text,
}

impl Counted {
    /// Whether it can be counted down.
    fn counts(&self) -> bool {
        [status::OPEN, status::EXPLAINED].contains(&self.now)
    }
}

/// Rows that get formulas once it is known where the list stands.
#[derive(Debug, Default)]
pub struct Countdown {
    line: Option<u32>,
    levels: Vec<(Level, u32)>,
}

/// Writes the line that counts down and the table of levels; nothing where there is no finding.
pub fn write(page: &mut Page<'_>, counted: &[Counted]) -> Result<Countdown> {
    let lang = page.lang;
    let mut countdown = Countdown::default();
    if counted.iter().any(Counted::counts) {
        countdown.line = Some(page.row);
        page.banner("", Fill::Look)?;
    }
    let levels = [Level::Block, Level::Error, Level::Warning, Level::Note].into_iter();
    let present: Vec<Level> = levels.filter(|level| counted.iter().any(|one| one.level == *level)).collect();
    if present.is_empty() {
        return Ok(countdown);
    }
    page.gap();
    let (column, number) = (styles::column(), number());
    let titles = [words::LEVEL, TOTAL, status::OPEN, DONE, status::RESEND].map(|text| text.get(lang));
    page.row(&pieces(SPANS, titles, [&column; 5]))?;
    for level in present {
        let name = styles::bordered().set_bold().set_background_color(styles::colour(level));
        countdown.levels.push((level, page.row));
        let texts = [words::level(level).get(lang), "", "", "", ""];
        page.row(&pieces(SPANS, texts, [&name, &number, &number, &number, &number]))?;
    }
    Ok(countdown)
}

fn number() -> Format {
    styles::look(Look::Count).set_align(FormatAlign::Center)
}

impl Countdown {
    /// Writes the formulas, each with its result for now.
    pub fn fill(&self, page: &mut Page<'_>, at: &ListAt, counted: &[Counted]) -> Result<()> {
        let lang = page.lang;
        let ListAt { levels, states, .. } = at;
        for (level, row) in &self.levels {
            let of: Vec<&Counted> = counted.iter().filter(|one| one.level == *level).collect();
            page.sheet.write_number_with_format(*row, SPANS[1].0, of.len() as f64, &number())?;
            let word = words::level(*level).get(lang);
            let cells = [&[status::OPEN][..], &[status::CHANGED, status::EXPLAINED], &[status::RESEND]];
            for ((column, _), counts) in SPANS.into_iter().skip(2).zip(cells) {
                let count = |text: &Text| format!("COUNTIFS({levels},\"{word}\",{states},\"{}\")", text.get(lang));
                let formula = counts.iter().map(count).collect::<Vec<_>>().join("+");
                let now = of.iter().filter(|one| counts.contains(&one.now)).count();
                page.live(*row, column, &format!("={formula}"), &now.to_string(), &number())?;
            }
        }
        self.line.map_or(Ok(()), |row| self.fill_line(page, row, counted))
    }

    /// The line that counts down: «Còn 3/4 lỗi chưa sửa, 1/1 cảnh báo chưa sửa, chưa giải trình».
    fn fill_line(&self, page: &mut Page<'_>, row: u32, counted: &[Counted]) -> Result<()> {
        let lang = page.lang;
        let (mut cells, mut live, mut shown) = (Vec::new(), Vec::new(), Vec::new());
        for (level, text) in [(Level::Error, &ERRORS), (Level::Warning, &WARNINGS)] {
            let of: Vec<&Counted> = counted.iter().filter(|one| one.level == level && one.counts()).collect();
            let line = self.levels.iter().find(|(other, _)| *other == level);
            let Some((_, line)) = line.filter(|_| !of.is_empty()) else { continue };
            let said = |open: String| text.say().with("open", open).with("all", of.len()).get(lang);
            let cell = CellAt::new(*line, OPEN_AT).absolute();
            live.push(said(format!("\"&{cell}&\"")));
            shown.push(said(of.iter().filter(|one| one.now == status::OPEN).count().to_string()));
            cells.push(cell);
        }
        let (sum, none_left) = (cells.join("+"), NONE_LEFT.get(lang));
        let formula = format!("=IF({sum}=0,\"{none_left}\",\"{}\")", left(&live, lang));
        let open = counted.iter().any(|one| one.now == status::OPEN);
        let shown = if open { left(&shown, lang) } else { none_left.to_owned() };
        page.live(row, 0, &formula, &shown, &banner_format(Fill::Look))?;
        let good = Format::new().set_background_color(Fill::Good.colour());
        let rule = ConditionalFormatFormula::new().set_rule(format!("={sum}=0").as_str()).set_format(good);
        let last = page.last();
        page.sheet.add_conditional_format(row, 0, row, last, &rule)?;
        Ok(())
    }
}

fn left(parts: &[String], lang: Lang) -> String {
    LEFT.say().with("parts", parts.join(", ")).get(lang)
}

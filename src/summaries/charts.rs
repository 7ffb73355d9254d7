//! Charts of the headline sheet: what a definition asks for, and the numbers each chart is drawn from.

use serde::Deserialize;

use super::count::Axis;
use super::figure::{self, district_column};
use super::page::{Page, Title, cell};
use super::{Chart, ChartKind, Look, Series, fit};
use crate::model::{CellAt, Label, Located, Mistakes, Text, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    INDICATOR = "Chỉ tiêu" / "Indicator";
    DISTRICT = "Huyện, thành phố" / "District";
    PART = "Số lượng" / "Number";
    WHOLE = "Trên tổng số" / "Out of";
    SHARE = "Tỷ lệ" / "Share";
    ANNEX = "PHỤ LỤC: SỐ LIỆU CỦA BIỂU ĐỒ" / "ANNEX: DATA OF THE CHARTS";
}

/// Rows kept free for a row of charts, each one line high.
const ROWS: u32 = 13;
/// Pixels between two charts and below them.
const GAP: u32 = 8;

/// `{ kind = "column", title, from = "districts", measure = "hoc_vien" }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenChart {
    kind: WrittenKind,
    title: Label,
    from: Located<Source>,
    #[serde(default)]
    rows: Vec<usize>,
    measure: Option<Located<String>>,
    per: Option<Located<String>>,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum WrittenKind {
    Column,
    Bar,
    Pie,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Source {
    Indicators,
    Districts,
}

/// A chart to draw.
#[derive(Debug)]
pub struct Drawn {
    /// Its kind.
    pub kind: ChartKind,
    /// Its title.
    pub title: Label,
    /// Its numbers.
    pub data: Data,
}

/// What a chart is drawn from.
#[derive(Debug)]
pub enum Data {
    /// Indicators, by position.
    Indicators(Vec<usize>),
    /// A measure by district, or its share in another.
    Districts(usize, Option<usize>),
}

impl Drawn {
    /// Resolves the names; `None` when one is unknown.
    pub fn resolve(
        written: WrittenChart,
        indicators: usize,
        vocabulary: &Vocabulary,
        mistakes: &mut Mistakes,
    ) -> Option<Self> {
        let span = written.from.span();
        let data = match (*written.from.get_ref(), &written.measure) {
            (Source::Indicators, _) if written.rows.is_empty() => Data::Indicators((0..indicators).collect()),
            (Source::Indicators, _) if written.rows.iter().all(|row| *row < indicators) => {
                Data::Indicators(written.rows)
            }
            (Source::Indicators, _) => {
                mistakes.add(span, format!("a row of the chart is none of the {indicators} indicators"), None);
                return None;
            }
            (Source::Districts, Some(name)) => {
                let of = figure::measure(name, vocabulary, mistakes)?;
                let per = match &written.per {
                    Some(per) => Some(figure::measure(per, vocabulary, mistakes)?),
                    None => None,
                };
                Data::Districts(of, per)
            }
            (Source::Districts, None) => {
                mistakes.add(span, "a chart of districts needs `measure`", None);
                return None;
            }
        };
        let kind = match written.kind {
            WrittenKind::Column => ChartKind::Column,
            WrittenKind::Bar => ChartKind::Bar,
            WrittenKind::Pie => ChartKind::Pie,
        };
        Some(Self { kind, title: written.title, data })
    }
}

/// Keeps rows free for charts; gives the first.
pub fn reserve(page: &mut Page<'_>, charts: usize) -> u32 {
    let top = page.row;
    page.row += u32::try_from(charts.div_ceil(abreast(charts))).unwrap_or(0) * ROWS;
    top
}

/// One or two charts take the whole width each; more stand two abreast.
fn abreast(charts: usize) -> usize {
    if charts > 2 { 2 } else { 1 }
}

/// Writes the annex with the charts' numbers on a page of its own, and draws the charts on the rows kept for them.
pub fn annex(page: &mut Page<'_>, charts: &[Drawn], indicators: u32, top: u32) {
    if charts.is_empty() {
        return;
    }
    page.row += 1;
    page.new_page();
    page.text(cell(page.row, 0), ANNEX.get(page.input.lang), Look::Annex);
    page.row += 1;
    let abreast = abreast(charts.len());
    let width = (page.width() / 0.75) as u32 / abreast as u32 - GAP;
    for (position, chart) in charts.iter().enumerate() {
        let mut drawn = chart.draw(page, indicators);
        drawn.at = cell(top + u32::try_from(position / abreast).unwrap_or(0) * ROWS, 0);
        drawn.offset = u32::try_from(position % abreast).unwrap_or(0) * (width + GAP);
        drawn.size = (width, (f64::from(ROWS) * fit::height(1, 12.0) / 0.75) as u32 - GAP);
        page.sheet.charts.push(drawn);
    }
}

impl Drawn {
    /// The chart over its numbers, which are written in the annex.
    fn draw(&self, page: &mut Page<'_>, indicators: u32) -> Chart {
        let title = self.title.get(page.input.lang).to_owned();
        let (first, last, values, shares) = match &self.data {
            Data::Indicators(rows) => {
                let (first, last) = copied(page, &title, indicators, rows);
                (first, last, 4, true)
            }
            Data::Districts(of, per) => {
                let (first, last) = by_district(page, &title, *of, *per);
                (first, last, if per.is_some() { 4 } else { 2 }, per.is_some())
            }
        };
        let range = |column: usize| (cell(first, column), cell(last, column));
        let series = Series { name: title.clone(), categories: range(1), values: range(values) };
        let at = CellAt::new(0, 0);
        Chart { kind: self.kind, title, series: vec![series], at, offset: 0, size: (0, 0), shares }
    }
}

/// Indicators again, as a chart needs them: one below the other.
fn copied(page: &mut Page<'_>, title: &str, indicators: u32, rows: &[usize]) -> (u32, u32) {
    let first = chart_titles(page, title, INDICATOR, 5);
    for (row, (number, source)) in (first..).zip((1..).zip(rows)) {
        let from = indicators + u32::try_from(*source).unwrap_or(0);
        let label = page.sheet.cells.iter().find(|known| known.at == cell(from, 1)).map(|known| known.content.clone());
        page.text(cell(row, 0), format!("{number}"), Look::Centred);
        if let Some(super::Content::Text(label)) = label {
            page.text(cell(row, 1), label, Look::Name);
        }
        for column in [2, 3] {
            page.add(cell(row, column), &[cell(from, column)], Look::Count);
        }
        page.share(cell(row, 4), cell(row, 2), cell(row, 3), Look::Share);
    }
    page.row = first + u32::try_from(rows.len()).unwrap_or(0) + 1;
    (first, page.row.saturating_sub(2).max(first))
}

/// A measure by district, with its share where there is one.
fn by_district(page: &mut Page<'_>, title: &str, of: usize, per: Option<usize>) -> (u32, u32) {
    let districts = Axis::districts(page.input);
    let columns = if per.is_some() { 5 } else { 3 };
    let first = chart_titles(page, title, DISTRICT, columns);
    for (row, (number, label)) in (first..).zip((1..).zip(&districts.labels)) {
        page.text(cell(row, 0), format!("{number}"), Look::Centred);
        page.text(cell(row, 1), label, Look::Name);
    }
    district_column(page, &districts, of, cell(first, 2), 1);
    let end = first + u32::try_from(districts.len()).unwrap_or(0);
    if let Some(per) = per {
        district_column(page, &districts, per, cell(first, 3), 1);
        for row in first..end {
            page.share(cell(row, 4), cell(row, 2), cell(row, 3), Look::Share);
        }
    }
    page.row = end + 1;
    (first, end.saturating_sub(1).max(first))
}

/// The titles of a chart's numbers, in the first columns of number, name, part, whole and share.
fn chart_titles(page: &mut Page<'_>, title: &str, name: Text, columns: usize) -> u32 {
    let lang = page.input.lang;
    page.merged(cell(page.row, 0), cell(page.row, columns - 1), title, Look::Group);
    page.row += 1;
    let titles = [NUMBER, name, PART, WHOLE, SHARE].map(|text| Title::alone(text.get(lang)));
    page.titles_here(titles.get(..columns).unwrap_or(&titles));
    page.row
}

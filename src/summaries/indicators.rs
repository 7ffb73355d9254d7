//! Kind `indicators`: the province's headline figures, the status of reports, charts.

use serde::Deserialize;

use super::count::{self, Axis};
use super::figure::{self, Figure, WrittenFigure, district_column, measure_at};
use super::formula;
use super::page::{Page, Title, cell};
use super::{Chart, ChartKind, Heading, Input, Look, Series, Sheet, Summary, SummaryKind, layout};
use crate::model::{CellAt, Label, Located, Mistakes, Status, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    INDICATOR = "Chỉ tiêu" / "Indicator";
    PART = "Số lượng" / "Number";
    WHOLE = "Trên tổng số" / "Out of";
    SHARE = "Tỷ lệ" / "Share";
    REMARK = "Ghi chú" / "Remark";
    REPORTS = "Tình hình nộp báo cáo" / "Status of reports";
    EXPECTED = "Số huyện, thành phố phải nộp" / "Districts expected";
    RECEIVED = "Đã nhận" / "Received";
    RETURNED = "Trả lại" / "Returned";
    MISSING = "Thiếu" / "Missing";
    DISTRICT = "Huyện, thành phố" / "District";
    CHART_DATA = "Số liệu của biểu đồ: {title}" / "Data of the chart: {title}";
    UNIT = "người" / "persons";
    NOTE = "Tỷ lệ = Số lượng / Trên tổng số." / "Share = Number / Out of.";
}

/// Headline figures and charts.
#[derive(Debug)]
pub struct Indicators {
    indicators: Vec<Figure>,
    charts: Vec<Drawn>,
}

/// `indicators = [{ label, of, per }]`, `charts = [{ kind = "column", title, from = "districts", measure = "hoc_vien" }]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    indicators: Vec<WrittenFigure>,
    #[serde(default)]
    charts: Vec<WrittenChart>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenChart {
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

#[derive(Debug)]
struct Drawn {
    kind: ChartKind,
    title: Label,
    data: Data,
}

#[derive(Debug)]
enum Data {
    /// Indicators, by position.
    Indicators(Vec<usize>),
    /// A measure by district, or its share in another.
    Districts(usize, Option<usize>),
}

impl SummaryKind for Indicators {
    type Written = Written;
    const NAME: &'static str = "indicators";
    const PAGE: &'static str = include_str!("indicators.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let count = written.indicators.len();
        let indicators = Figure::resolve(written.indicators, vocabulary, mistakes);
        let charts: Vec<_> =
            written.charts.into_iter().map(|chart| Drawn::resolve(chart, count, vocabulary, mistakes)).collect();
        Some(Self { indicators: indicators?, charts: charts.into_iter().collect::<Option<_>>()? })
    }
}

impl Drawn {
    fn resolve(
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

impl Summary for Indicators {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let mut page = layout::page(input, heading, vec![6.0, 46.0, 14.0, 14.0, 14.0, 30.0], UNIT.get(lang));
        page.titles(&[NUMBER, INDICATOR, PART, WHOLE, SHARE, REMARK].map(|text| Title::alone(text.get(lang))));
        let top = page.row;
        for (number, indicator) in self.indicators.iter().enumerate() {
            indicator_row(&mut page, number, indicator);
        }
        page.row += 1;
        statuses(&mut page);
        page.row += 1;
        let charts: Vec<Chart> = self.charts.iter().map(|chart| chart.draw(&mut page, top)).collect();
        place_charts(&mut page, charts);
        layout::finish(page, heading, &[NOTE.get(lang).to_owned()])
    }
}

fn indicator_row(page: &mut Page<'_>, number: usize, indicator: &Figure) {
    let (row, lang) = (page.row, page.input.lang);
    page.text(cell(row, 0), (number + 1).to_string(), Look::Centred);
    page.text(cell(row, 1), indicator.label.get(lang), Look::Name);
    province(page, cell(row, 2), indicator.of);
    match indicator.per {
        Some(per) => {
            province(page, cell(row, 3), per);
            page.share(cell(row, 4), cell(row, 2), cell(row, 3), Look::Share);
        }
        None => {
            page.text(cell(row, 3), "", Look::Count);
            page.text(cell(row, 4), "", Look::Share);
        }
    }
    page.text(cell(row, 5), indicator.note.as_ref().map_or("", |note| note.get(lang)), Look::Text);
    page.row += 1;
}

/// A measure over all districts.
fn province(page: &mut Page<'_>, at: CellAt, measure: usize) {
    let input = page.input;
    if let Some(measure) = measure_at(input, measure) {
        let value = count::total(input, measure.table, &measure.when);
        page.computed(at, &formula::measure(input, measure, &[]), Some(value), Look::Count);
    }
}

/// How many districts were expected, and what came of their reports.
fn statuses(page: &mut Page<'_>) {
    let input = page.input;
    let lang = input.lang;
    let first = page.row;
    let number = |status: Status| {
        let lines = input.consolidated.lines.iter();
        let of_status = lines.filter(|line| line.district.is_some() && line.status == status);
        u32::try_from(of_status.count()).map_or(0.0, f64::from)
    };
    page.merged(cell(first, 0), cell(first, 5), REPORTS.get(lang), Look::Group);
    let kinds = [(RECEIVED, Status::Received), (RETURNED, Status::Returned), (MISSING, Status::Missing)];
    for (row, (text, status)) in (first + 2..).zip(kinds) {
        page.text(cell(row, 0), "", Look::Centred);
        page.text(cell(row, 1), text.get(lang), Look::Name);
        page.number(cell(row, 2), number(status), Look::Count);
    }
    page.text(cell(first + 1, 0), "", Look::Centred);
    page.text(cell(first + 1, 1), EXPECTED.get(lang), Look::Name);
    page.sum(cell(first + 1, 2), cell(first + 2, 2), cell(first + 4, 2), Look::Count);
    for row in first + 2..first + 5 {
        page.share(cell(row, 4), cell(row, 2), cell(first + 1, 2), Look::Share);
    }
    page.row = first + 5;
}

impl Drawn {
    /// The chart over its data; a table of them is written where the sheet has none yet.
    fn draw(&self, page: &mut Page<'_>, indicators: u32) -> Chart {
        let title = self.title.get(page.input.lang).to_owned();
        let (first, last, names, values, shares) = match &self.data {
            Data::Indicators(rows) => {
                let (first, last) = copied(page, &title, indicators, rows);
                (first, last, 1, 4, true)
            }
            Data::Districts(of, per) => {
                let (first, last) = by_district(page, &title, *of, *per);
                (first, last, 1, if per.is_some() { 4 } else { 2 }, per.is_some())
            }
        };
        let range = |column: usize| (cell(first, column), cell(last, column));
        let series = Series { name: title.clone(), categories: range(names), values: range(values) };
        Chart { kind: self.kind, title, series: vec![series], at: cell(first, 0), size: (460, 300), shares }
    }
}

/// Indicators again, as a chart needs them: one below the other.
fn copied(page: &mut Page<'_>, title: &str, indicators: u32, rows: &[usize]) -> (u32, u32) {
    let first = chart_titles(page, title, INDICATOR.get(page.input.lang));
    for (row, source) in (first..).zip(rows) {
        let from = indicators + u32::try_from(*source).unwrap_or(0);
        let label = page.sheet.cells.iter().find(|known| known.at == cell(from, 1)).map(|known| known.content.clone());
        page.text(cell(row, 0), "", Look::Centred);
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
    let first = chart_titles(page, title, DISTRICT.get(page.input.lang));
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

fn chart_titles(page: &mut Page<'_>, title: &str, name: &'static str) -> u32 {
    let (row, lang) = (page.row, page.input.lang);
    let said = CHART_DATA.say().with("title", title).get(lang);
    page.merged(cell(row, 0), cell(row, 5), said, Look::Group);
    page.row += 1;
    page.titles_here(&[NUMBER.get(lang), name, PART.get(lang), WHOLE.get(lang), SHARE.get(lang)].map(Title::alone));
    page.row
}

/// Charts stand below the tables, two abreast, each on 16 rows of 20 points kept free for them.
fn place_charts(page: &mut Page<'_>, charts: Vec<Chart>) {
    let top = page.row;
    let rows = u32::try_from(charts.len().div_ceil(2)).unwrap_or(0) * 16;
    for row in top..top + rows {
        page.at_least(row, 1);
    }
    for (position, mut chart) in charts.into_iter().enumerate() {
        let row = top + u32::try_from(position / 2).unwrap_or(0) * 16;
        chart.at = cell(row, if position % 2 == 0 { 0 } else { 3 });
        if position % 2 == 0 {
            chart.size.0 = 440;
        }
        page.sheet.charts.push(chart);
    }
    page.row = top + rows;
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::summaries::Content;

    #[test]
    fn an_indicator_shows_number_whole_and_share_and_charts_their_data() {
        let sample = sample();
        let figure = Figure { label: Label::same("Tốt nghiệp"), of: 1, per: Some(0), note: None };
        let chart = |kind, data| Drawn { kind, title: Label::same("Biểu đồ"), data };
        let charts =
            vec![chart(ChartKind::Column, Data::Districts(0, None)), chart(ChartKind::Bar, Data::Indicators(vec![0]))];
        let sheet = Indicators { indicators: vec![figure], charts }.sheet(&sample.input(), &sample.heading);
        let formula = |text: &str, value: f64| Content::Formula { formula: text.to_owned(), value: Some(value) };
        assert_eq!(content(&sheet, "D9"), formula("=COUNTIFS(HocVien[Huyện],\"<>\")", 2.0));
        assert_eq!(content(&sheet, "E9"), formula("=IF(D9=0,\"\",C9/D9)", 0.5));
        assert_eq!(content(&sheet, "C12"), formula("=SUM(C13:C15)", 2.0));
        let [first, second] = sheet.charts.as_slice() else { panic!("two charts") };
        assert!(!first.shares && second.shares);
        let categories = first.series[0].categories.0.to_string();
        assert_eq!(content(&sheet, &categories), Content::Text("Tràng Định".to_owned()));
        assert_eq!(content(&sheet, &second.series[0].categories.0.to_string()), Content::Text("Tốt nghiệp".to_owned()));
    }
}

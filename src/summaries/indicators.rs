//! Kind `indicators`: the province's headline figures, the status of reports, charts.

use serde::Deserialize;

use super::charts::{self, Drawn, WrittenChart};
use super::count;
use super::figure::{Figure, WrittenFigure, measure_at};
use super::formula;
use super::page::{Page, Title, cell};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{CellAt, Mistakes, Status, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    INDICATOR = "Chỉ tiêu" / "Indicator";
    PART = "Số lượng" / "Number";
    WHOLE = "Trên tổng số" / "Out of";
    SHARE = "Tỷ lệ" / "Share";
    REMARK = "Ghi chú" / "Remark";
    STATUS = "Tình trạng báo cáo" / "Status of reports";
    DISTRICTS = "Số huyện, thành phố" / "Districts";
    NAMES = "Gồm" / "Which";
    RECEIVED = "Đã nhận" / "Received";
    RETURNED = "Trả lại để sửa" / "Returned for correction";
    MISSING = "Thiếu" / "Missing";
    EXPECTED = "Phải nộp" / "Expected";
    SUPERSEDED = "Tệp bị thay thế (tệp cũ, không tính): {files}" / "Superseded files (older ones, not counted): {files}";
    UNIT = "người" / "persons";
    SINCE = "So với lần {number}, tính lỗi và cảnh báo chưa giải trình: {counts}; từng huyện ở trang tình hình nộp báo cáo." / "Since round {number}, errors and unexplained warnings: {counts}; each district on the sheet of reports.";
    OF = "Trên số «{whole}»" / "Out of \"{whole}\"";
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

impl Summary for Indicators {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let mut page = layout::page(input, heading, vec![5.0, 37.0, 12.0, 12.0, 10.0, 31.0], UNIT.get(lang));
        page.titles(&[NUMBER, INDICATOR, PART, WHOLE, SHARE, REMARK].map(|text| Title::alone(text.get(lang))));
        page.sheet.upright = true;
        let top = page.row;
        for (number, indicator) in self.indicators.iter().enumerate() {
            indicator_row(&mut page, number, indicator);
        }
        page.row += 1;
        statuses(&mut page);
        page.row += 1;
        let drawn = charts::reserve(&mut page, self.charts.len());
        let mut notes = vec![NOTE.get(lang).to_owned(), layout::policy(input)];
        notes.extend(superseded(input));
        notes.extend(since_last(input));
        layout::foot(&mut page, heading, &notes);
        page.sheet.first_page = Some(page.row - 1);
        charts::annex(&mut page, &self.charts, top, drawn);
        page.done()
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
    let whole = indicator.per.and_then(|per| measure_at(page.input, per)).map(|whole| whole.label.get(lang));
    let of = whole.map(|whole| OF.say().with("whole", whole).get(lang));
    let note = indicator.note.as_ref().map(|note| note.get(lang).to_owned());
    page.text(cell(row, 5), note.or(of).unwrap_or_default(), Look::Text);
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

/// How many districts were expected, what came of their reports, and which districts those are.
fn statuses(page: &mut Page<'_>) {
    let lang = page.input.lang;
    page.titles_here(&[NUMBER, STATUS, DISTRICTS, WHOLE, SHARE, NAMES].map(|text| Title::alone(text.get(lang))));
    let first = page.row;
    let kinds = [(RECEIVED, Status::Received), (RETURNED, Status::Returned), (MISSING, Status::Missing)];
    let total = cell(first + 3, 2);
    for (number, (text, status)) in (1..).zip(kinds) {
        let (names, row) = (districts(page.input, status), page.row);
        page.text(cell(row, 0), format!("{number}"), Look::Centred);
        page.text(cell(row, 1), text.get(lang), Look::Name);
        page.number(cell(row, 2), u32::try_from(names.len()).map_or(0.0, f64::from), Look::Count);
        page.text(cell(row, 5), names.join(", "), Look::Text);
        page.row += 1;
    }
    for column in [0, 5] {
        page.text(cell(total.row, column), "", Look::TotalName);
    }
    page.text(cell(total.row, 1), EXPECTED.get(lang), Look::TotalName);
    page.sum(total, cell(first, 2), cell(first + 2, 2), Look::TotalCount);
    for row in first..=total.row {
        let (count, share) = match row == total.row {
            true => (Look::TotalCount, Look::TotalShare),
            false => (Look::Count, Look::Share),
        };
        page.add(cell(row, 3), &[total], count);
        page.share(cell(row, 4), cell(row, 2), cell(row, 3), share);
    }
    page.row += 1;
}

/// The districts with a status, by short name, in list order.
fn districts<'a>(input: &Input<'a>, status: Status) -> Vec<&'a str> {
    let list = input.vocabulary.lists.get(input.vocabulary.districts);
    let lines = input.consolidated.lines.iter().filter(|line| line.status == status);
    lines.filter_map(|line| Some(list?.entry(line.district?)?.short.get(input.lang))).collect()
}

/// A note on the files that newer ones replaced, where there are any.
fn superseded(input: &Input<'_>) -> Option<String> {
    let lines = input.consolidated.lines.iter().filter(|line| line.status == Status::Superseded);
    let files: Vec<&str> = lines
        .filter_map(|line| input.consolidated.submissions.get(line.submission?))
        .map(|submission| submission.file.name.as_str())
        .collect();
    (!files.is_empty()).then(|| SUPERSEDED.say().with("files", files.join(", ")).get(input.lang))
}

/// A note on what was corrected since the round before, where there was one.
fn since_last(input: &Input<'_>) -> Option<String> {
    let (counts, round) = (input.consolidated.changed()?, input.consolidated.round.as_ref()?);
    let said = SINCE.say().with("number", round.number.saturating_sub(1)).with_label("counts", counts.said());
    Some(said.get(input.lang))
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use super::super::charts::Data;
    use super::super::samples::{content, sample};
    use super::*;
    use crate::model::Label;
    use crate::summaries::{ChartKind, Content};

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
        assert_eq!(content(&sheet, "F15"), Content::Text("Bình Gia".to_owned()), "the missing district is named");
        assert_eq!(content(&sheet, "C16"), formula("=SUM(C13:C15)", 2.0));
        assert_eq!(content(&sheet, "E15"), formula("=IF(D15=0,\"\",C15/D15)", 0.5));
        let [first, second] = sheet.charts.as_slice() else { panic!("two charts") };
        assert!(!first.shares && second.shares);
        let categories = first.series[0].categories.0.to_string();
        assert_eq!(content(&sheet, &categories), Content::Text("Tràng Định".to_owned()));
        assert_eq!(content(&sheet, &second.series[0].categories.0.to_string()), Content::Text("Tốt nghiệp".to_owned()));
    }
}

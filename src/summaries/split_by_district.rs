//! Kind `split-by-district`: measures for each district, split by the entries of a code field (kind of unit, post).

use serde::Deserialize;

use super::by_district::{district_names, total};
use super::count::{Axis, Counts};
use super::figure::{self, down, measure_at};
use super::formula::{self, Of, Pick};
use super::page::{Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{Located, Mistakes, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    DISTRICT = "Huyện, thành phố" / "District";
    TOTAL = "Tổng số" / "Total";
    ALL = "Cộng" / "All";
    UNIT = "người" / "persons";
}

/// A group of columns a measure, in it a column an entry; a row a district.
#[derive(Debug)]
pub struct SplitByDistrict {
    table: usize,
    field: usize,
    measures: Vec<usize>,
}

/// `table = "ban_chqs"`, `field = "loai_don_vi"`, `measures = ["cht", "pcht"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    table: Option<Located<String>>,
    measures: Vec<Located<String>>,
    field: Located<String>,
}

impl SummaryKind for SplitByDistrict {
    type Written = Written;
    const NAME: &'static str = "split-by-district";
    const PAGE: &'static str = include_str!("split_by_district.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let table = match (&written.table, written.measures.first()) {
            (Some(table), _) => figure::table(table, vocabulary, mistakes)?.table,
            (None, Some(first)) => vocabulary.measures.get(figure::measure(first, vocabulary, mistakes)?)?.table,
            (None, None) => {
                mistakes.add(written.field.span(), "`measures` is empty", None);
                return None;
            }
        };
        let names = crate::model::Names { vocabulary, table };
        let field = names.code_field(&written.field, mistakes).map(|(field, _)| field);
        let measures = figure::measures_of(&written.measures, table, vocabulary, mistakes);
        Some(Self { table, field: field?, measures: measures? })
    }
}

impl Summary for SplitByDistrict {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let districts = Axis::districts(input);
        let codes = Axis::field(input, self.table, self.field);
        let span = codes.len() + 1;
        let count = span * self.measures.len();
        let widths = [6.0, 18.0].into_iter().chain((0..count).map(|_| 11.0)).collect();
        let mut page = layout::page(input, heading, widths, UNIT.get(lang));
        let mut titles: Vec<Title> = [NUMBER, DISTRICT].map(|text| Title::alone(text.get(lang))).into();
        let measures: Vec<_> = self.measures.iter().filter_map(|measure| measure_at(input, *measure)).collect();
        for measure in &measures {
            let below = codes.labels.iter().map(String::as_str).chain([ALL.get(lang)]);
            titles.extend(below.map(|text| Title::below(measure.label.get(lang), text)));
        }
        page.titles(&titles);
        page.sheet.frozen_columns = 2;
        let top = page.row;
        let bottom = district_names(&mut page, &districts, TOTAL.get(lang));
        for (position, measure) in measures.iter().enumerate() {
            let first = 2 + position * span;
            let counts = Counts::new(input, self.table, &measure.when, &districts, &codes);
            for (row, district) in districts.labels.iter().enumerate() {
                let start = down(cell(top, first), row);
                let name = Pick::Label { label: district.clone(), cell: fixed_column(cell(start.row, 1)) };
                for (code, label) in codes.labels.iter().enumerate() {
                    let of_code = (Of::Field(self.field), Pick::OneOf(vec![label.clone()]));
                    let formula = formula::measure(input, measure, &[(Of::District, name.clone()), of_code]);
                    let value = counts.get(row, code);
                    page.computed(cell(start.row, first + code), &formula, Some(value), Look::Count);
                }
                let parts: Vec<_> = (0..codes.len()).map(|code| cell(start.row, first + code)).collect();
                page.add(cell(start.row, first + codes.len()), &parts, Look::Count);
            }
        }
        for column in 2..2 + count {
            total(&mut page, cell(top, column), bottom);
        }
        page.row = bottom + 1;
        layout::finish(page, heading, &[])
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::summaries::Content;

    #[test]
    fn each_measure_has_a_column_an_entry() {
        let sample = sample();
        let kind = SplitByDistrict { table: 0, field: 1, measures: vec![0, 1] };
        let sheet = kind.sheet(&sample.input(), &sample.heading);
        let sum = Content::Formula { formula: "=F10+G10".to_owned(), value: Some(1.0) };
        assert_eq!(content(&sheet, "H10"), sum);
        assert_eq!(content(&sheet, "C9"), Content::Text("(3)".to_owned()));
    }
}

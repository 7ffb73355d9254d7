//! Kind `by-code`: measures for each district and each entry of a code list (courses), with places where a quota is set.

use serde::Deserialize;

use super::by_district::{district_names, total};
use super::count::{Axis, Counts};
use super::figure::{self, down, measure_at};
use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{CellAt, Located, Mistakes, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    DISTRICT = "Huyện, thành phố" / "District";
    TOTAL = "Tổng số" / "Total";
    ALL = "Tổng số" / "All";
    UNIT = "người" / "persons";
}

/// A group of columns an entry of the list, a row a district.
#[derive(Debug)]
pub struct ByCode {
    table: usize,
    field: usize,
    measures: Vec<usize>,
    quota: Option<Quota>,
}

#[derive(Debug)]
struct Quota {
    reference: usize,
    key: usize,
    district: usize,
    places: usize,
}

/// `table = "hoc_vien"`, `field = "khoa"`, `measures = [...]`, `quota = { reference, key, district, places }`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    list: Option<Located<String>>,
    table: Located<String>,
    field: Located<String>,
    measures: Vec<Located<String>>,
    quota: Option<WrittenQuota>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenQuota {
    reference: Located<String>,
    key: Located<String>,
    district: Located<String>,
    places: Located<String>,
}

impl SummaryKind for ByCode {
    type Written = Written;
    const NAME: &'static str = "by-code";
    const PAGE: &'static str = include_str!("by_code.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let names = figure::table(&written.table, vocabulary, mistakes)?;
        let (field, list) = names.code_field(&written.field, mistakes)?;
        if let Some(named) = written.list.as_ref().filter(|named| *named.get_ref() != list.name) {
            mistakes.add(named.span(), format!("the field holds codes of list \"{}\"", list.name), None);
            return None;
        }
        let measures = figure::measures_of(&written.measures, names.table, vocabulary, mistakes)?;
        let quota = match written.quota {
            Some(quota) => Some(Quota::resolve(&quota, vocabulary, mistakes)?),
            None => None,
        };
        Some(Self { table: names.table, field, measures, quota })
    }
}

impl Quota {
    fn resolve(written: &WrittenQuota, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let reference = figure::reference(&written.reference, vocabulary, mistakes)?;
        let mut column = |name| figure::reference_column(name, reference, vocabulary, mistakes);
        let (key, district, places) = (column(&written.key), column(&written.district), column(&written.places));
        Some(Self { reference, key: key?, district: district?, places: places? })
    }

    /// The places of a district for an entry of the list; both by label, as versions of an entry count as one.
    fn places(&self, input: &Input<'_>, districts: &Axis, district: usize, codes: &Axis, code: usize) -> f64 {
        use crate::model::ReferenceValue::{Code, Number};
        let Some(reference) = input.vocabulary.references.get(self.reference) else { return 0.0 };
        let group = |row: &crate::model::ReferenceRow, column: usize, axis: &Axis| match row.get(column) {
            Some(Code(code)) => axis.group(*code),
            _ => None,
        };
        let wanted = |row: &&crate::model::ReferenceRow| {
            group(row, self.district, districts) == Some(district) && group(row, self.key, codes) == Some(code)
        };
        let numbers = reference.rows.iter().filter(wanted).map(|row| match row.get(self.places) {
            Some(Number(number)) => *number,
            _ => 0.0,
        });
        numbers.sum()
    }
}

impl Summary for ByCode {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let districts = Axis::districts(input);
        let codes = Axis::field(input, self.table, self.field);
        let span = self.measures.len() + usize::from(self.quota.is_some());
        let count = span * (codes.len() + 1);
        let widths = [6.0, 18.0].into_iter().chain((0..count).map(|_| 10.0)).collect();
        let mut page = layout::page(input, heading, widths, UNIT.get(lang));
        let titles = self.titles(input, &codes);
        page.titles(&titles);
        page.sheet.frozen_columns = 2;
        let top = page.row;
        let bottom = district_names(&mut page, &districts, TOTAL.get(lang));
        for code in 0..codes.len() {
            self.group(&mut page, (&districts, &codes), code, cell(top, 2 + code * span));
        }
        for part in 0..span {
            let at = cell(top, 2 + codes.len() * span + part);
            for row in 0..districts.len() {
                let at = down(at, row);
                let parts: Vec<_> = (0..codes.len()).map(|code| cell(at.row, 2 + code * span + part)).collect();
                page.add(at, &parts, Look::Count);
            }
        }
        for column in 2..2 + count {
            total(&mut page, cell(top, column), bottom);
        }
        page.row = bottom + 1;
        layout::finish(page, heading, &[])
    }
}

impl ByCode {
    fn titles(&self, input: &Input<'_>, codes: &Axis) -> Vec<Title> {
        let lang = input.lang;
        let quota = self.quota.as_ref().and_then(|quota| {
            let reference = input.vocabulary.references.get(quota.reference)?;
            Some(reference.columns.get(quota.places)?.label.get(lang))
        });
        let measures = self.measures.iter().filter_map(|measure| measure_at(input, *measure));
        let below: Vec<&str> = quota.into_iter().chain(measures.map(|measure| measure.label.get(lang))).collect();
        let mut titles: Vec<Title> = [NUMBER, DISTRICT].map(|text| Title::alone(text.get(lang))).into();
        for group in codes.labels.iter().map(String::as_str).chain([ALL.get(lang)]) {
            titles.extend(below.iter().map(|text| Title::below(group, *text)));
        }
        titles
    }

    /// The columns of one entry of the list.
    fn group(&self, page: &mut Page<'_>, (districts, codes): (&Axis, &Axis), code: usize, top: CellAt) {
        let input = page.input;
        let mut column = usize::from(top.column);
        if let Some(quota) = &self.quota {
            for row in 0..districts.len() {
                let at = down(cell(top.row, column), row);
                page.number(at, quota.places(input, districts, row, codes, code), Look::Count);
            }
            column += 1;
        }
        for measure in self.measures.iter().filter_map(|measure| measure_at(input, *measure)) {
            let counts = Counts::new(input, self.table, &measure.when, districts, codes);
            for (row, district) in districts.labels.iter().enumerate() {
                let at = down(cell(top.row, column), row);
                let name = fixed_column(cell(at.row, 1));
                let code_label = codes.labels.get(code).cloned().unwrap_or_default();
                let picks = [
                    (Of::District, Pick::Label { label: district.clone(), cell: name }),
                    (Of::Field(self.field), Pick::OneOf(vec![code_label])),
                ];
                let formula = formula::measure(input, measure, &picks);
                page.computed(at, &formula, Some(counts.get(row, code)), Look::Count);
            }
            column += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::summaries::Content;

    #[test]
    fn places_stand_beside_what_was_counted() {
        let sample = sample();
        let quota = Some(Quota { reference: 1, key: 0, district: 1, places: 2 });
        let kind = ByCode { table: 0, field: 1, measures: vec![0], quota };
        let sheet = kind.sheet(&sample.input(), &sample.heading);
        let formula = "=COUNTIFS(HocVien[Huyện],$B10,HocVien[Khóa],\"Khóa 1\")".to_owned();
        assert_eq!(content(&sheet, "C10"), Content::Number(3.0));
        assert_eq!(content(&sheet, "D10"), Content::Formula { formula, value: Some(2.0) });
        let sum = Content::Formula { formula: "=C10+E10".to_owned(), value: Some(7.0) };
        assert_eq!(content(&sheet, "G10"), sum);
    }
}

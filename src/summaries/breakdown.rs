//! Kind `breakdown`: the make-up of a register: for each entry of some fields, count and share, by the values of another.

use serde::Deserialize;

use super::count::{Axis, Counts};
use super::figure;
use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{Condition, Located, Mistakes, Vocabulary, WrittenCondition};
use crate::texts;

texts! {
    NAME = "Cơ cấu" / "Make-up";
    COUNT = "Số lượng" / "Number";
    SHARE = "Tỷ lệ" / "Share";
    ALL = "Tổng số" / "All";
    BLANK = "Không ghi" / "Not stated";
    UNIT = "người" / "persons";
    NOTE = "Tỷ lệ tính trên tổng số của cột (dòng đầu của bảng)." / "Shares are of the column's total (the table's first row).";
}

/// Groups of rows, one a field.
#[derive(Debug)]
pub struct Breakdown {
    table: usize,
    by: usize,
    fields: Vec<usize>,
    when: Vec<Condition>,
}

/// `table = "hoc_vien"`, `by = "khoa"`, `fields = ["dan_toc", "dang_vien"]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    table: Located<String>,
    by: Located<String>,
    fields: Vec<Located<String>>,
    #[serde(default)]
    when: Vec<WrittenCondition>,
}

impl SummaryKind for Breakdown {
    type Written = Written;
    const NAME: &'static str = "breakdown";
    const PAGE: &'static str = include_str!("breakdown.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let names = figure::table(&written.table, vocabulary, mistakes)?;
        let by = names.code_field(&written.by, mistakes).map(|(field, _)| field);
        let fields: Vec<_> =
            written.fields.iter().map(|name| names.code_field(name, mistakes).map(|(field, _)| field)).collect();
        let when = names.conditions(&written.when, mistakes);
        Some(Self { table: names.table, by: by?, fields: fields.into_iter().collect::<Option<_>>()?, when: when? })
    }
}

impl Summary for Breakdown {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let by = Axis::field(input, self.table, self.by);
        let widths = [34.0].into_iter().chain((0..=by.len()).flat_map(|_| [11.0, 10.0])).collect();
        let mut page = layout::page(input, heading, widths, UNIT.get(lang));
        let mut titles = vec![Title::alone(NAME.get(lang))];
        for group in by.labels.iter().map(String::as_str).chain([ALL.get(lang)]) {
            titles.extend([COUNT, SHARE].map(|text| Title::below(group, text.get(lang))));
        }
        page.titles(&titles);
        page.sheet.frozen_columns = 1;
        let whole = page.row;
        self.line(&mut page, (&by, &Axis::everything()), None, whole);
        for field in &self.fields {
            self.group(&mut page, &by, *field, whole);
        }
        layout::finish(page, heading, &[NOTE.get(lang).to_owned()])
    }
}

impl Breakdown {
    /// A field's title and a row for each of its entries that occurs.
    fn group(&self, page: &mut Page<'_>, by: &Axis, field: usize, whole: u32) {
        let input = page.input;
        let title = input.vocabulary.tables.get(self.table).and_then(|table| table.fields.get(field));
        let all = Axis::field(input, self.table, field);
        let counts = Counts::new(input, self.table, &self.when, &all, &Axis::everything());
        let blank = counts.get(all.blank(), 0) > 0.0;
        let axis = all.keep(|label| counts.get(label, 0) > 0.0);
        let last = 2 + by.len() * 2;
        let name = title.map_or("", |field| field.label.get(input.lang));
        page.merged(cell(page.row, 0), cell(page.row, last), name, Look::Group);
        page.row += 1;
        for label in 0..axis.len() + usize::from(blank) {
            self.line(page, (by, &axis), Some((field, label)), whole);
        }
    }

    /// A row: count and share for each value of the column field, and for all.
    fn line(&self, page: &mut Page<'_>, (by, axis): (&Axis, &Axis), of: Option<(usize, usize)>, whole: u32) {
        let (input, row) = (page.input, page.row);
        let (name_look, count_look, share_look) = match of {
            None => (Look::TotalName, Look::TotalCount, Look::TotalShare),
            Some(_) => (Look::Member, Look::Count, Look::Share),
        };
        let label = of.map_or(ALL.get(input.lang).to_owned(), |(_, label)| {
            axis.labels.get(label).cloned().unwrap_or_else(|| BLANK.get(input.lang).to_owned())
        });
        page.text(cell(row, 0), &label, name_look);
        let everything = Axis::everything();
        let counts = Counts::new(input, self.table, &self.when, axis, by);
        let sums = Counts::new(input, self.table, &self.when, axis, &everything);
        let own = of.map(|(field, at)| match axis.labels.get(at) {
            Some(label) => {
                let cell = fixed_column(cell(row, 0));
                (Of::Field(field), Pick::Label { label: label.clone(), cell })
            }
            None => (Of::Field(field), Pick::Blank),
        });
        let at = of.map_or(0, |(_, label)| label);
        for column in 0..=by.len() {
            let value = if column < by.len() { counts.get(at, column) } else { sums.get(at, 0) };
            let pick = by.labels.get(column).map(|label| (Of::Field(self.by), Pick::OneOf(vec![label.clone()])));
            let picks: Vec<_> = own.clone().into_iter().chain(pick).collect();
            let formula = formula::count(input, self.table, &self.when, &picks);
            let place = cell(row, 1 + column * 2);
            page.computed(place, &formula, Some(value), count_look);
            page.share(cell(row, 2 + column * 2), place, cell(whole, 1 + column * 2), share_look);
        }
        page.row += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::summaries::Content;

    #[test]
    fn blank_cells_are_a_row_of_their_own() {
        let sample = sample();
        let kind = Breakdown { table: 0, by: 1, fields: vec![0], when: Vec::new() };
        let sheet = kind.sheet(&sample.input(), &sample.heading);
        assert_eq!(content(&sheet, "A12"), Content::Text("Tốt nghiệp".to_owned()));
        assert_eq!(content(&sheet, "A13"), Content::Text("Không ghi".to_owned()));
        let share = Content::Formula { formula: "=IF(B10=0,\"\",B13/B10)".to_owned(), value: Some(0.5) };
        assert_eq!(content(&sheet, "C13"), share);
    }
}

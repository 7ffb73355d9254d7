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
        self.line(&mut page, &by, &Group::of(self, input, None, &by), 0, whole);
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
        let group = Group::of(self, input, Some(field), by);
        let last = 2 + by.len() * 2;
        let name = title.map_or("", |field| field.label.get(input.lang));
        page.merged(cell(page.row, 0), cell(page.row, last), name, Look::Group);
        page.row += 1;
        for at in (0..=group.axis.blank()).filter(|at| group.counts.across(*at) > 0.0) {
            self.line(page, by, &group, at, whole);
        }
    }

    /// A row: count and share for each value of the column field, and for all.
    fn line(&self, page: &mut Page<'_>, by: &Axis, group: &Group, at: usize, whole: u32) {
        let (input, row) = (page.input, page.row);
        let label = group.axis.labels.get(at);
        let (name, name_look, count_look, share_look) = match (group.field, label) {
            (None, _) => (ALL.get(input.lang), Look::TotalName, Look::TotalCount, Look::TotalShare),
            (Some(_), Some(label)) => (label.as_str(), Look::Member, Look::Count, Look::Share),
            (Some(_), None) => (BLANK.get(input.lang), Look::Member, Look::Count, Look::Share),
        };
        page.text(cell(row, 0), name, name_look);
        let own = group.field.map(|field| match label {
            Some(label) => {
                let cell = fixed_column(cell(row, 0));
                (Of::Field(field), Pick::Label { label: label.clone(), cell })
            }
            None => (Of::Field(field), Pick::Blank),
        });
        for column in 0..=by.len() {
            let value = if column < by.len() { group.counts.get(at, column) } else { group.counts.across(at) };
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

/// The rows of the register by the entries of a field, or all together.
struct Group {
    field: Option<usize>,
    axis: Axis,
    /// By the axis and the column field.
    counts: Counts,
}

impl Group {
    fn of(kind: &Breakdown, input: &Input<'_>, field: Option<usize>, by: &Axis) -> Self {
        let axis = field.map_or_else(Axis::everything, |field| Axis::field(input, kind.table, field));
        let counts = Counts::new(input, kind.table, &kind.when, &axis, by);
        Self { field, axis, counts }
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

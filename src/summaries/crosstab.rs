//! Kind `crosstab`: one code field down, another across, with sums of columns where groups are named.

use serde::Deserialize;

use super::count::{Axis, Counts};
use super::figure;
use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{Code, Condition, Label, Located, Mistakes, Vocabulary, WrittenCondition};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    TOTAL = "Tổng số" / "Total";
    SHARE = "Tỷ lệ" / "Share";
    BLANK = "Không ghi" / "Not stated";
    TOGETHER = "Cộng theo nhóm" / "Sums of groups";
    UNIT = "người" / "persons";
}

/// Rows and columns of codes.
#[derive(Debug)]
pub struct Crosstab {
    table: usize,
    rows: usize,
    columns: usize,
    when: Vec<Condition>,
    groups: Vec<Group>,
}

/// A further column that adds columns up.
#[derive(Debug)]
struct Group {
    label: Label,
    codes: Vec<Code>,
    /// Whether blank cells belong to it.
    blank: bool,
}

/// `table = "hoc_vien"`, `rows = "chuc_vu_truoc"`, `columns = "bo_tri"`, `groups = [{ label, codes = [...], blank = true }]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    table: Located<String>,
    rows: Located<String>,
    columns: Located<String>,
    #[serde(default)]
    when: Vec<WrittenCondition>,
    #[serde(default)]
    groups: Vec<WrittenGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WrittenGroup {
    label: Label,
    codes: Vec<Located<String>>,
    #[serde(default)]
    blank: bool,
}

impl SummaryKind for Crosstab {
    type Written = Written;
    const NAME: &'static str = "crosstab";
    const PAGE: &'static str = include_str!("crosstab.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let names = figure::table(&written.table, vocabulary, mistakes)?;
        let rows = names.code_field(&written.rows, mistakes);
        let columns = names.code_field(&written.columns, mistakes);
        let when = names.conditions(&written.when, mistakes);
        let (columns, list) = columns?;
        let groups = written.groups.into_iter().map(|group| {
            let codes = names.codes(list, &group.codes, mistakes)?;
            Some(Group { label: group.label, codes, blank: group.blank })
        });
        let groups: Vec<_> = groups.collect();
        let groups = groups.into_iter().collect::<Option<_>>()?;
        Some(Self { table: names.table, rows: rows?.0, columns, when: when?, groups })
    }
}

impl Summary for Crosstab {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let fields = input.vocabulary.tables.get(self.table).map_or(&[][..], |table| table.fields.as_slice());
        let label = |field: usize| fields.get(field).map_or("", |field| field.label.get(lang));
        let columns = Axis::field(input, self.table, self.columns);
        let rows = Axis::field(input, self.table, self.rows);
        let counts = Counts::new(input, self.table, &self.when, &rows, &columns);
        let across = columns.len() + 1;
        let widths = [6.0, 30.0].into_iter().chain((0..across + 1 + self.groups.len()).map(|_| 9.5)).collect();
        let mut page = layout::page(input, heading, widths, UNIT.get(lang));
        let mut titles = vec![Title::alone(NUMBER.get(lang)), Title::alone(label(self.rows))];
        let own = columns.labels.iter().map(String::as_str).chain([BLANK.get(lang), TOTAL.get(lang)]);
        titles.extend(own.map(|text| Title::below(label(self.columns), text)));
        titles.extend(self.groups.iter().map(|group| Title::below(TOGETHER.get(lang), group.label.get(lang))));
        page.titles(&titles);
        page.sheet.frozen_columns = 2;
        let top = page.row;
        let occurs = |row: &usize| (0..across).any(|column| counts.get(*row, column) > 0.0);
        for (number, row) in (1..).zip((0..=rows.blank()).filter(occurs)) {
            self.line(&mut page, (&rows, &columns), &counts, (number, row));
        }
        self.totals(&mut page, top, across);
        layout::finish(page, heading, &[])
    }
}

impl Crosstab {
    /// The totals row, and the share of each column in all rows.
    fn totals(&self, page: &mut Page<'_>, top: u32, across: usize) {
        let (bottom, lang) = (page.row, page.input.lang);
        for (row, name) in [(bottom, TOTAL), (bottom + 1, SHARE)] {
            page.text(cell(row, 0), "", Look::TotalName);
            page.text(cell(row, 1), name.get(lang), Look::TotalName);
        }
        for column in 2..3 + across + self.groups.len() {
            super::by_district::total(page, cell(top, column), bottom);
        }
        for column in 2..3 + across + self.groups.len() {
            page.share(cell(bottom + 1, column), cell(bottom, column), cell(bottom, 2 + across), Look::TotalShare);
        }
        page.row += 2;
    }

    /// A numbered row: one entry, or the blank cells after the last.
    fn line(&self, page: &mut Page<'_>, (rows, columns): (&Axis, &Axis), counts: &Counts, (number, at): (u32, usize)) {
        let (input, row) = (page.input, page.row);
        let label = rows.labels.get(at);
        let name = label.cloned().unwrap_or_else(|| BLANK.get(input.lang).to_owned());
        page.text(cell(row, 0), number.to_string(), Look::Centred);
        page.text(cell(row, 1), name, Look::Name);
        let own =
            label.map_or(Pick::Blank, |label| Pick::Label { label: label.clone(), cell: fixed_column(cell(row, 1)) });
        for column in 0..=columns.len() {
            let other = columns.labels.get(column).map_or(Pick::Blank, |label| Pick::OneOf(vec![label.clone()]));
            let picks = [(Of::Field(self.rows), own.clone()), (Of::Field(self.columns), other)];
            let formula = formula::count(input, self.table, &self.when, &picks);
            page.computed(cell(row, 2 + column), &formula, Some(counts.get(at, column)), Look::Count);
        }
        let total = 3 + columns.len();
        page.sum(cell(row, total), cell(row, 2), cell(row, total - 1), Look::Count);
        for (position, group) in self.groups.iter().enumerate() {
            let mut parts: Vec<usize> = group.codes.iter().filter_map(|code| columns.group(*code)).collect();
            parts.extend(group.blank.then_some(columns.blank()));
            parts.sort_unstable();
            parts.dedup();
            let parts: Vec<_> = parts.into_iter().map(|column| cell(row, 2 + column)).collect();
            page.add(cell(row, total + 1 + position), &parts, Look::Count);
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
    fn blank_cells_have_a_column_and_groups_add_columns_up() {
        let sample = sample();
        let group = |codes: &[usize], blank| Group {
            label: Label::same("Nhóm"),
            codes: codes.iter().map(|code| Code::at(*code)).collect(),
            blank,
        };
        let groups = vec![group(&[0, 1, 2], false), group(&[2], true)];
        let kind = Crosstab { table: 0, rows: 1, columns: 0, when: Vec::new(), groups };
        let sheet = kind.sheet(&sample.input(), &sample.heading);
        let blank = "=COUNTIFS(HocVien[Huyện],\"<>\",HocVien[Khóa],$B10,HocVien[[Kết quả, xếp loại]],\"\")";
        assert_eq!(content(&sheet, "E10"), Content::Formula { formula: blank.to_owned(), value: Some(1.0) });
        assert_eq!(content(&sheet, "F10"), Content::Formula { formula: "=SUM(C10:E10)".to_owned(), value: Some(2.0) });
        assert_eq!(content(&sheet, "G10"), Content::Formula { formula: "=C10+D10".to_owned(), value: Some(1.0) });
        assert_eq!(content(&sheet, "H10"), Content::Formula { formula: "=D10+E10".to_owned(), value: Some(1.0) });
        assert_eq!(
            content(&sheet, "B11"),
            Content::Text("Tổng số".to_owned()),
            "entries that do not occur are left out"
        );
        let share = Content::Formula { formula: "=IF(F11=0,\"\",H11/F11)".to_owned(), value: Some(0.5) };
        assert_eq!(content(&sheet, "H12"), share);
    }
}

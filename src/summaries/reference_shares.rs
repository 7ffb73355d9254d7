//! Kind `reference-shares`: sums and shares of a reference table (hours of the curriculum), which stands below as their source.

use serde::Deserialize;

use super::figure;
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{CellAt, Lang, Located, Mistakes, ReferenceTable, ReferenceValue, Vocabulary, shown_number};
use crate::texts;

texts! {
    SHARE = "Tỷ lệ" / "Share";
    TOTAL = "Tổng số" / "Total";
    ALL = "Tổng số" / "All";
    SOURCE = "Số liệu gốc: {reference}" / "Source: {reference}";
}

/// Columns of the sheet that each column of the source takes, after the first: sums are narrow, subjects are not.
const SPAN: usize = 2;

/// Sums of a number by two columns of a reference table.
#[derive(Debug)]
pub struct ReferenceShares {
    reference: usize,
    rows: usize,
    columns: usize,
    number: usize,
}

/// `reference = "curriculum"`, `rows = "khoi"`, `columns = "khoa"`, `number = "tiet"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    reference: Located<String>,
    rows: Located<String>,
    columns: Located<String>,
    number: Located<String>,
}

impl SummaryKind for ReferenceShares {
    type Written = Written;
    const NAME: &'static str = "reference-shares";
    const PAGE: &'static str = include_str!("reference_shares.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        let reference = figure::reference(&written.reference, vocabulary, mistakes)?;
        let mut column = |name| figure::reference_column(name, reference, vocabulary, mistakes);
        let (rows, columns, number) = (column(&written.rows), column(&written.columns), column(&written.number));
        Some(Self { reference, rows: rows?, columns: columns?, number: number? })
    }
}

impl Summary for ReferenceShares {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let lang = input.lang;
        let Some(table) = input.vocabulary.references.get(self.reference) else { return Sheet::default() };
        let (rows, columns) = (distinct(input, table, self.rows), distinct(input, table, self.columns));
        let label = |column: usize| table.columns.get(column).map_or("", |column| column.label.get(lang));
        let across = (2 * columns.len() + 2).max(SPAN * table.columns.len().saturating_sub(1));
        let widths = [24.0].into_iter().chain((0..across).map(|_| 12.5)).collect();
        let mut page = layout::page(input, heading, widths, &label(self.number).to_lowercase());
        let mut titles = vec![Title::alone(label(self.rows))];
        for group in columns.iter().map(String::as_str).chain([ALL.get(lang)]) {
            titles.extend([label(self.number), SHARE.get(lang)].map(|text| Title::below(group, text)));
        }
        page.titles(&titles);
        page.sheet.frozen_columns = 1;
        let top = page.row;
        let bottom = top + length(rows.len());
        // Below the sums: the totals row, a blank row, the source's name, two rows of titles and numbers.
        let source = bottom + 5;
        let last = source + length(table.rows.len()).saturating_sub(1);
        for (row, name) in (top..).zip(&rows) {
            page.text(cell(row, 0), name, Look::Name);
            for (position, column) in columns.iter().enumerate() {
                let at = cell(row, 1 + position * 2);
                self.sum(&mut page, table, (name, column), at, (source, last));
            }
            let parts: Vec<_> = (0..columns.len()).map(|position| cell(row, 1 + position * 2)).collect();
            page.add(cell(row, 1 + columns.len() * 2), &parts, Look::Count);
        }
        totals(&mut page, (top, bottom), columns.len(), TOTAL.get(lang));
        page.row = bottom + 2;
        write_source(&mut page, table);
        layout::finish(page, heading, &[])
    }
}

impl ReferenceShares {
    /// The sum of one row and column, over the source below.
    fn sum(
        &self,
        page: &mut Page<'_>,
        table: &ReferenceTable,
        (row, column): (&str, &str),
        at: CellAt,
        (first, last): (u32, u32),
    ) {
        let input = page.input;
        let matches = |values: &&Vec<ReferenceValue>| {
            shown(input, table, self.rows, values) == row && shown(input, table, self.columns, values) == column
        };
        let numbers = table.rows.iter().filter(matches).map(|values| match values.get(self.number) {
            Some(ReferenceValue::Number(number)) => *number,
            _ => 0.0,
        });
        let value: f64 = numbers.sum();
        let range = |column: usize| {
            let column = source_column(column);
            format!("{}:{}", cell(first, column).absolute(), cell(last, column).absolute())
        };
        let formula = format!(
            "SUMIFS({},{},{},{},\"{}\")",
            range(self.number),
            range(self.rows),
            fixed_column(cell(at.row, 0)),
            range(self.columns),
            column.replace('"', "\"\""),
        );
        page.computed(at, &formula, Some(value), Look::Count);
    }
}

/// The totals row, and the shares of every row in it.
fn totals(page: &mut Page<'_>, (top, bottom): (u32, u32), columns: usize, name: &str) {
    page.text(cell(bottom, 0), name, Look::TotalName);
    for column in (0..=columns).map(|position| 1 + position * 2) {
        super::by_district::total(page, cell(top, column), bottom);
        for row in top..=bottom {
            let look = if row == bottom { Look::TotalShare } else { Look::Share };
            page.share(cell(row, column + 1), cell(row, column), cell(bottom, column), look);
        }
    }
}

/// Where a column of the source stands on the sheet; 0 is a column of its own, the others are merged of several.
fn source_column(column: usize) -> usize {
    if column == 0 { 0 } else { 1 + (column - 1) * SPAN }
}

/// The reference table as it is kept, column by column.
fn write_source(page: &mut Page<'_>, table: &ReferenceTable) {
    let input = page.input;
    let lang = input.lang;
    let last = (source_column(table.columns.len()) - 1).min(page.sheet.widths.len() - 1);
    let said = SOURCE.say().with("reference", table.label.get(lang)).get(lang);
    page.merged(cell(page.row, 0), cell(page.row, last), said, Look::Group);
    page.row += 1;
    let span = |row: u32, column: usize| {
        (cell(row, source_column(column)), cell(row, source_column(column + 1).saturating_sub(1)))
    };
    let header = page.row;
    for (column, shape) in table.columns.iter().enumerate() {
        let (first, end) = span(header, column);
        page.merged(first, end, shape.label.get(lang), Look::Column);
        let (first, end) = span(header + 1, column);
        page.merged(first, end, format!("({})", column + 1), Look::ColumnNumber);
    }
    page.sheet.repeated_rows = Some((header, header + 1));
    page.row += 2;
    for values in &table.rows {
        for (column, value) in values.iter().enumerate() {
            let (first, end) = span(page.row, column);
            match value {
                ReferenceValue::Number(number) => page.merged_number(first, end, *number, Look::Decimal),
                _ => page.merged(first, end, shown(input, table, column, values), Look::Text),
            }
        }
        page.row += 1;
    }
}

/// The values of a column, each once, in file order.
fn distinct(input: &Input<'_>, table: &ReferenceTable, column: usize) -> Vec<String> {
    let mut known = Vec::new();
    for row in &table.rows {
        let value = shown(input, table, column, row);
        if !known.contains(&value) {
            known.push(value);
        }
    }
    known
}

fn shown(input: &Input<'_>, table: &ReferenceTable, column: usize, row: &[ReferenceValue]) -> String {
    let lang: Lang = input.lang;
    match row.get(column) {
        Some(ReferenceValue::Text(text)) => text.clone(),
        Some(ReferenceValue::Number(number)) => shown_number(*number),
        Some(ReferenceValue::Code(code)) => {
            let list = table.columns.get(column).and_then(|column| input.vocabulary.lists.get(column.list?));
            let entry = list.and_then(|list| list.entry(*code));
            entry.map(|entry| entry.label.get(lang).to_owned()).unwrap_or_default()
        }
        None => String::new(),
    }
}

fn length(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::super::samples::{content, sample};
    use super::*;
    use crate::summaries::Content;

    #[test]
    fn sums_read_the_source_that_stands_below() {
        let sample = sample();
        let kind = ReferenceShares { reference: 0, rows: 0, columns: 1, number: 2 };
        let sheet = kind.sheet(&sample.input(), &sample.heading);
        let formula = "=SUMIFS($D$17:$D$19,$A$17:$A$19,$A10,$B$17:$B$19,\"Khóa 1\")".to_owned();
        assert_eq!(content(&sheet, "B10"), Content::Formula { formula, value: Some(35.0) });
        assert_eq!(content(&sheet, "A17"), Content::Text("Lý luận".to_owned()));
        assert_eq!(content(&sheet, "D19"), Content::Number(8.0));
        let share = Content::Formula { formula: "=IF(B12=0,\"\",B10/B12)".to_owned(), value: Some(35.0 / 92.0) };
        assert_eq!(content(&sheet, "C10"), share);
    }
}

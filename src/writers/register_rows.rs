//! What the rows of a register say, cell by cell.

use std::ops::Range;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::Worksheet;

use super::registers::{PROVENANCE_COLUMNS, Registers};
use super::runs;
use super::stream::{Addresses, Line, Rows, Sample, Samples};
use super::styles::SIZE;
use crate::model::{Column, FieldType, RegisterRow, Submission, TableShape, Values, shown_date};
use crate::summaries::fit;

/// Above this number of rows texts shrink into their cells instead of wrapping, since such a list is filtered, not leafed
/// through; and cells are counted, not addressed, since its size is felt.
const MANY_ROWS: usize = 20_000;

/// The rows of one sheet of a register.
pub struct RegisterRows<'a> {
    from: Registers<'a>,
    table: usize,
    rows: &'a [RegisterRow],
    /// Room in each column, in points, where texts wrap; empty where they shrink.
    room: Vec<f64>,
    formats: Formats,
    /// What stands in the first columns of all rows of a submission; empty for one without rows here.
    senders: Vec<Sender>,
    /// For each field what stands in many of its cells: the entries of its list by position, or the mark.
    common: Vec<Vec<Option<Common>>>,
}

/// Samples of the formats.
struct Formats {
    /// Texts, and those that a spreadsheet could take for a formula.
    text: [Sample; 2],
    date: Sample,
    number: Sample,
}

/// A text that stands in many cells of a column, with the lines that it takes there.
#[derive(Clone, Copy)]
struct Common {
    sample: Sample,
    lines: u32,
}

/// District, file, and the sheets by position of their part.
#[derive(Default)]
struct Sender {
    district: Option<Common>,
    file: Option<Common>,
    sheets: Vec<Option<Common>>,
}

impl<'a> RegisterRows<'a> {
    /// Rows for columns of the given widths; adds the samples that they are made of to their sheet.
    pub fn new(
        from: Registers<'a>,
        (table, shape): (usize, &TableShape),
        rows: &'a [RegisterRow],
        widths: &[f64],
        (sheet, samples): (&mut Worksheet, &mut Samples),
    ) -> Result<Self> {
        let many = rows.len() > MANY_ROWS;
        let room: Vec<f64> = if many { Vec::new() } else { widths.iter().copied().map(fit::column).collect() };
        let text = if many { &from.styles.shrunk } else { &from.styles.wrapped };
        let live = text.clone().set_quote_prefix();
        runs::write(sheet, |cells| {
            let formats = Formats {
                text: [samples.blank(cells, text)?, samples.blank(cells, &live)?],
                date: samples.blank(cells, &from.styles.date)?,
                number: samples.blank(cells, &from.styles.number)?,
            };
            let mut common = |column: usize, said: &str| -> Result<Option<Common>> {
                let sample = samples.text(cells, said, text)?;
                Ok(sample.map(|sample| Common { sample, lines: lines(&room, column, said) }))
            };
            let mut senders = Vec::new();
            for (position, submission) in from.consolidated.submissions.iter().enumerate() {
                let sends = rows.iter().any(|row| row.submission as usize == position);
                senders.push(if sends { sender(&from, submission, table, &mut common)? } else { Sender::default() });
            }
            let fields = shape.fields.iter().enumerate().map(|(position, field)| {
                let column = PROVENANCE_COLUMNS + position;
                match field.kind {
                    FieldType::Code { list, .. } => {
                        let entries = from.vocabulary.lists.get(list).map_or(&[][..], |list| &list.entries);
                        entries.iter().map(|entry| common(column, entry.label.get(from.lang))).collect()
                    }
                    FieldType::Flag => Ok(vec![common(column, MARK)?]),
                    FieldType::Text | FieldType::Id { .. } | FieldType::Date | FieldType::Number => Ok(Vec::new()),
                }
            });
            let fields = fields.collect::<Result<_>>()?;
            Ok(Self { from, table, rows, room, formats, senders, common: fields })
        })
    }
}

/// How a mark is shown.
pub const MARK: &str = "x";

fn sender(
    from: &Registers<'_>,
    submission: &Submission,
    table: usize,
    common: &mut impl FnMut(usize, &str) -> Result<Option<Common>>,
) -> Result<Sender> {
    let district = from.vocabulary.district_name(submission.cover.district);
    let parts = submission.tables.get(table).map_or(&[][..], |table| &table.parts);
    Ok(Sender {
        district: common(0, district.get(from.lang))?,
        file: common(1, &submission.file.name)?,
        sheets: parts.iter().map(|part| common(2, &part.sheet)).collect::<Result<_>>()?,
    })
}

/// The lines that a text takes in a column; one where texts shrink.
fn lines(room: &[f64], column: usize, text: &str) -> u32 {
    room.get(column).map_or(1, |room| fit::lines(text, *room, SIZE))
}

impl Rows for RegisterRows<'_> {
    fn count(&self) -> usize {
        self.rows.len()
    }

    fn addresses(&self) -> Addresses {
        if self.room.is_empty() { Addresses::Counted } else { Addresses::Each }
    }

    fn write(&self, rows: Range<usize>, line: &mut Line<'_>) {
        for at in self.rows.get(rows).unwrap_or_default() {
            let lines = self.row(*at, line).unwrap_or(1);
            line.end((!self.room.is_empty()).then(|| fit::height(lines, SIZE)));
        }
    }
}

impl RegisterRows<'_> {
    /// Writes a row; gives the lines that its texts take.
    fn row(&self, at: RegisterRow, line: &mut Line<'_>) -> Option<u32> {
        let submission = self.from.consolidated.submissions.get(at.submission as usize)?;
        let (sender, table) = (self.senders.get(at.submission as usize)?, submission.tables.get(self.table)?);
        let row = at.row as usize;
        let origin = table.origin.get(row)?;
        let part = usize::from(origin.part);
        let vocabulary = self.from.vocabulary;
        let district = || vocabulary.district_name(submission.cover.district).get(self.from.lang).to_owned();
        let mut lines = self.common(line, 0, sender.district, district);
        lines = lines.max(self.common(line, 1, sender.file, || &submission.file.name));
        let sheet = sender.sheets.get(part).copied().flatten();
        lines = lines.max(self.common(line, 2, sheet, || table.parts.get(part).map_or("", |part| &part.sheet)));
        line.number(3, f64::from(origin.row) + 1.0, self.formats.number);
        for (field, column) in table.columns.iter().enumerate() {
            lines = lines.max(self.value(line, field, column, row));
        }
        Some(lines)
    }

    fn value(&self, line: &mut Line<'_>, field: usize, column: &Column, row: usize) -> u32 {
        let at = PROVENANCE_COLUMNS + field;
        if let Some(written) = column.unread(row) {
            return self.text(line, at, written);
        }
        let common = |position: usize| self.common.get(field).and_then(|common| *common.get(position)?);
        match &column.values {
            Values::Text(texts) => return self.text(line, at, texts.get(row)),
            Values::Code(_) => {
                let code = column.code(row);
                let entry = || self.from.vocabulary.list_of(self.table, field)?.entry(code);
                let label = || entry().map_or("", |entry| entry.label.get(self.from.lang));
                return self.common(line, at, code.position().and_then(common), label);
            }
            Values::Flag(_) => {
                return self.common(line, at, common(0).filter(|_| column.flag(row)), || "");
            }
            Values::Date(_) => match column.date(row) {
                Some(date) => match serial(date) {
                    Some(days) => line.number(at, days, self.formats.date),
                    None => return self.text(line, at, &shown_date(date)),
                },
                None => self.blank(line, at),
            },
            Values::Number(_) => match column.number(row) {
                Some(number) => line.number(at, number, self.formats.number),
                None => self.blank(line, at),
            },
        }
        1
    }

    /// A text that stands in many cells, by its sample where it has one.
    fn common<T: AsRef<str>>(
        &self,
        line: &mut Line<'_>,
        column: usize,
        common: Option<Common>,
        text: impl FnOnce() -> T,
    ) -> u32 {
        let Some(common) = common else { return self.text(line, column, text().as_ref()) };
        line.sample(column, common.sample);
        common.lines
    }

    fn text(&self, line: &mut Line<'_>, column: usize, text: &str) -> u32 {
        if text.is_empty() {
            self.blank(line, column);
            return 1;
        }
        line.text(column, text, self.formats.text);
        lines(&self.room, column, text)
    }

    /// A blank cell has its border where there are not too many.
    fn blank(&self, line: &mut Line<'_>, column: usize) {
        if !self.room.is_empty() {
            line.sample(column, self.formats.text[0]);
        }
    }
}

/// The number of a day, from 1 for 1 January 1900; a spreadsheet counts 29 February 1900 and knows no day before.
fn serial(date: NaiveDate) -> Option<f64> {
    let days = date.signed_duration_since(NaiveDate::from_ymd_opt(1899, 12, 31)?).num_days();
    (days > 0).then_some(if days < 60 { days } else { days + 1 } as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_as_spreadsheets_count_them() {
        let serial = |year, month, day| serial(NaiveDate::from_ymd_opt(year, month, day)?);
        assert_eq!([serial(1900, 1, 1), serial(1900, 2, 28), serial(1900, 3, 1)], [Some(1.0), Some(59.0), Some(61.0)]);
        assert_eq!([serial(2019, 6, 30), serial(1899, 12, 31)], [Some(43_646.0), None]);
    }
}

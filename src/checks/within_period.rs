//! Kind `within-period`: dates lie in the period of the entry that a code field names.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{CodeList, Entry, FieldNames, Located, Mistakes, Names, shown_date};
use crate::texts;

texts! {
    FOUND = "«{field}» là {day}" / "\"{field}\" is {day}";
    EXPECTED = "trong thời gian của {entry}: từ {opened} đến {closed}" / "within {entry}: from {opened} to {closed}";
    REMEDY = "Sửa ngày này, hoặc chọn lại «{code}»." / "Correct this date, or choose \"{code}\" again.";
}

/// Dates within a period.
#[derive(Debug)]
pub struct WithinPeriod {
    table: usize,
    field: usize,
    dates: Vec<usize>,
    /// First and last day of each entry, by position in the list; open where the list gives none.
    periods: Vec<[Option<NaiveDate>; 2]>,
}

/// `field = "khoa"`, `dates = ["ngay_nhap_hoc"]`, `opened = "opened"`, `closed = "closed"` (attributes of the list)
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    dates: FieldNames,
    opened: Located<String>,
    closed: Located<String>,
}

impl CheckKind for WithinPeriod {
    type Written = Written;
    const NAME: &'static str = "within-period";
    const PAGE: &'static str = include_str!("within_period.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (field, list) = names.code_field(&written.field, mistakes)?;
        let dates = names.date_fields(&written.dates, mistakes);
        let opened = bounds(list, &written.opened, names, mistakes);
        let closed = bounds(list, &written.closed, names, mistakes);
        let periods = opened?.into_iter().zip(closed?).map(|(opened, closed)| [opened, closed]).collect();
        Some(Self { table: names.table, field, dates: dates?, periods })
    }
}

/// The days in an attribute of a list, an entry each; what is no day there is a mistake.
fn bounds(
    list: &CodeList,
    attribute: &Located<String>,
    names: &Names<'_>,
    mistakes: &mut Mistakes,
) -> Option<Vec<Option<NaiveDate>>> {
    let column = names.attribute(list, attribute, mistakes)?;
    let bound = |entry: &Entry| {
        let written = entry.attributes.get(column).map_or("", String::as_str);
        let day = NaiveDate::parse_from_str(written, "%Y-%m-%d").ok();
        if day.is_none() && !written.is_empty() {
            let what =
                format!("attribute \"{}\" of code \"{}\": \"{written}\" is no date", attribute.get_ref(), entry.code);
            mistakes.add(attribute.span(), what, Some("write yyyy-mm-dd".to_owned()));
        }
        day
    };
    Some(list.entries.iter().map(bound).collect())
}

impl Check for WithinPeriod {
    fn needs(&self) -> Vec<(usize, usize)> {
        std::iter::once(self.field).chain(self.dates.iter().copied()).map(|field| (self.table, field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            let period = view.table.columns[self.field].code(row).position().and_then(|at| self.periods.get(at));
            let Some([opened, closed]) = period else { continue };
            for field in &self.dates {
                let Some(day) = view.table.columns[*field].date(row) else { continue };
                if opened.is_none_or(|opened| opened <= day) && closed.is_none_or(|closed| day <= closed) {
                    continue;
                }
                let shown = |day: &Option<NaiveDate>| day.map_or_else(|| "…".to_owned(), shown_date);
                verdicts.push(
                    view.at(row, &[*field, self.field]).say(
                        FOUND.say().with_label("field", view.label(*field)).with("day", shown_date(day)),
                        EXPECTED
                            .say()
                            .with_label("entry", view.shown(self.field, row))
                            .with("opened", shown(opened))
                            .with("closed", shown(closed)),
                        REMEDY.say().with_label("code", view.label(self.field)),
                    ),
                );
            }
        }
    }
}

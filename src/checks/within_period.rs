//! Kind `within-period`: dates lie in the period of the entry that a code field names.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names, shown_date};
use crate::texts;

texts! {
    FOUND = "«{field}» là {day}" / "\"{field}\" is {day}";
    EXPECTED = "trong thời gian của {entry}: từ {opened} đến {closed}" / "within {entry}: from {opened} to {closed}";
    REMEDY = "Sửa ngày này, hoặc chọn lại «{code}»." / "Correct this date, or choose \"{code}\" again.";
    OPEN = "…" / "…";
}

/// Dates within a period.
#[derive(Debug)]
pub struct WithinPeriod {
    table: usize,
    field: usize,
    dates: Vec<usize>,
    opened: usize,
    closed: usize,
}

/// `field = "khoa"`, `dates = ["ngay_nhap_hoc"]`, `opened = "opened"`, `closed = "closed"` (attributes of the list)
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    dates: Vec<Located<String>>,
    opened: Located<String>,
    closed: Located<String>,
}

impl CheckKind for WithinPeriod {
    type Written = Written;
    const NAME: &'static str = "within-period";
    const PAGE: &'static str = include_str!("within_period.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (field, list) = names.code_field(&written.field, mistakes)?;
        let dates: Vec<_> = written.dates.iter().map(|date| names.date_field(date, mistakes)).collect();
        let opened = names.attribute(list, &written.opened, mistakes);
        let closed = names.attribute(list, &written.closed, mistakes);
        let dates: Option<Vec<usize>> = dates.into_iter().collect();
        Some(Self { table: names.table, field, dates: dates?, opened: opened?, closed: closed? })
    }
}

impl Check for WithinPeriod {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let Some(list) = view.vocabulary.list_of(self.table, self.field) else { return };
        for row in view.rows() {
            let code = view.table.columns[self.field].code(row);
            let Some(entry) = list.entry(code) else { continue };
            let bound = |column: usize| NaiveDate::parse_from_str(list.attribute(code, column), "%Y-%m-%d").ok();
            let (opened, closed) = (bound(self.opened), bound(self.closed));
            for field in &self.dates {
                let Some(day) = view.table.columns[*field].date(row) else { continue };
                if opened.is_none_or(|opened| opened <= day) && closed.is_none_or(|closed| day <= closed) {
                    continue;
                }
                let shown = |day: Option<NaiveDate>| day.map_or_else(|| OPEN.vi.to_owned(), shown_date);
                verdicts.push(
                    view.at(row, &[*field, self.field]).say(
                        FOUND.say().with_label("field", view.label(*field)).with("day", shown_date(day)),
                        EXPECTED
                            .say()
                            .with_label("entry", entry.label.clone())
                            .with("opened", shown(opened))
                            .with("closed", shown(closed)),
                        REMEDY.say().with_label("code", view.label(self.field)),
                    ),
                );
            }
        }
    }
}

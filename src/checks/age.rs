//! Kind `age`: completed years between a birth date and a day lie within bounds.

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Condition, Level, Located, Mistakes, Names, WrittenCondition};
use crate::texts;

texts! {
    FOUND = "{age} tuổi vào ngày {day}" / "{age} years old on {day}";
    AT_LEAST = "từ {min} tuổi trở lên" / "at least {min} years";
    AT_MOST = "không quá {max} tuổi" / "at most {max} years";
    REMEDY = "Kiểm tra «{born}» và ngày kia; sửa ô sai." / "Look at \"{born}\" and the other date; correct the wrong one.";
    EXPLAIN = "Sửa nếu sai ngày; nếu đúng, ghi lý do vào cột Giải trình." / "Correct a wrong date; if it is right, give the reason in the explanation column.";
}

/// Bounds of an age.
#[derive(Debug)]
pub struct Age {
    table: usize,
    born: usize,
    at: Option<usize>,
    min: Option<i32>,
    max: Option<i32>,
    warn_over: Option<i32>,
    warn_when: Vec<Condition>,
}

/// `born = "ngay_sinh"`, `at = "ngay_nhap_hoc"` (else the cut-off date), `min`, `max`, `warn_over`, `warn_when`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    born: Located<String>,
    at: Option<Located<String>>,
    min: Option<i32>,
    max: Option<i32>,
    warn_over: Option<i32>,
    #[serde(default)]
    warn_when: Vec<WrittenCondition>,
}

impl CheckKind for Age {
    type Written = Written;
    const NAME: &'static str = "age";
    const PAGE: &'static str = include_str!("age.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let born = names.date_field(&written.born, mistakes);
        let at = match &written.at {
            Some(at) => Some(names.date_field(at, mistakes)?),
            None => None,
        };
        let warn_when = names.conditions(&written.warn_when, mistakes)?;
        let Written { min, max, warn_over, .. } = written;
        Some(Self { table: names.table, born: born?, at, min, max, warn_over, warn_when })
    }
}

impl Check for Age {
    fn needs(&self) -> Vec<(usize, usize)> {
        let conditions = self.warn_when.iter().map(|condition| condition.field);
        let fields = std::iter::once(self.born).chain(self.at).chain(conditions);
        fields.map(|field| (self.table, field)).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            let column = |field: usize| view.table.columns[field].date(row);
            let day = self.at.map_or(Some(view.cut_off), column);
            let Some((born, day)) = column(self.born).zip(day).filter(|(born, day)| born <= day) else { continue };
            let age = years(born, day);
            let warned = || Condition::all_hold(&self.warn_when, view.table, row) == Some(true);
            let (expected, level) = match (self.min, self.max, self.warn_over) {
                (Some(min), ..) if age < min => (AT_LEAST.say().with("min", min), None),
                (_, Some(max), _) if age > max => (AT_MOST.say().with("max", max), None),
                (.., Some(over)) if age > over && warned() => (AT_MOST.say().with("max", over), Some(Level::Warning)),
                _ => continue,
            };
            let fields: Vec<usize> = std::iter::once(self.born).chain(self.at).collect();
            let found = FOUND.say().with("age", age).with("day", crate::model::shown_date(day));
            let unsaid = view.at(row, &fields);
            verdicts.push(match level {
                Some(level) => unsaid.level(level).say(found, expected, EXPLAIN.say()),
                None => unsaid.say(found, expected, REMEDY.say().with_label("born", view.label(self.born))),
            });
        }
    }
}

/// Completed years between two days.
fn years(born: NaiveDate, day: NaiveDate) -> i32 {
    day.year() - born.year() - i32::from((day.month(), day.day()) < (born.month(), born.day()))
}

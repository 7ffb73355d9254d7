//! Kind `age`: completed years between a birth date and a day lie within bounds.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Condition, Level, Located, Mistakes, Names, WrittenCondition, completed_years, shown_date};
use crate::texts;

texts! {
    FOUND = "{age} tuổi vào ngày {day}" / "{age} years old on {day}";
    AT_LEAST = "từ {min} tuổi trở lên" / "at least {min} years";
    AT_MOST = "không quá {max} tuổi" / "at most {max} years";
    REMEDY = "Kiểm tra và sửa ô sai: {fields}." / "Look at these and correct the wrong one: {fields}.";
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
        if min.or(max).or(warn_over).is_none() {
            mistakes.add(written.born.span(), "age takes at least one of `min`, `max`, `warn_over`", None);
        }
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
            let age = completed_years(born, day);
            let warned = || Condition::all_hold(&self.warn_when, view.table, row) == Some(true);
            let (expected, level) = match (self.min, self.max, self.warn_over) {
                (Some(min), ..) if age < min => (AT_LEAST.say().with("min", min), None),
                (_, Some(max), _) if age > max => (AT_MOST.say().with("max", max), None),
                (.., Some(over)) if age > over && warned() => (AT_MOST.say().with("max", over), Some(Level::Warning)),
                _ => continue,
            };
            let fields: Vec<usize> = std::iter::once(self.born).chain(self.at).collect();
            let remedy = if level.is_some() { EXPLAIN.say() } else { REMEDY.say() };
            verdicts.push(view.at(row, &fields).level(level).say(
                FOUND.say().with("age", age).with("day", shown_date(day)),
                expected,
                remedy.with_label("fields", view.labels(fields)),
            ));
        }
    }
}

//! Judging: typed tables and reference lists in, findings out.
//!
//! In: the submissions that count, the form's declared checks. Out: findings, and which checks could
//! not run where. Must not know: files, workbooks, the definition file.
//!
//! A check kind is one file and one page: `<kind>.rs` and `<kind>.md`, and two lines here.

mod age;
mod agrees_with;
mod at_most_per;
mod change_since_last;
mod citizen_id;
mod control_total;
mod dates_in_order;
mod day_known;
mod empty;
mod exists_in;
mod filled;
mod id_agrees;
mod id_home;
mod id_shape;
mod judge;
mod known;
mod nearest;
mod one_of;
mod one_per;
mod quota;
mod repeated;
mod same;
mod similar;
mod unique;
mod value_key;
mod verdict;
mod view;
mod within_period;

use std::fmt;

use chrono::NaiveDate;
use serde::de::DeserializeOwned;

use crate::model::{Condition, Label, Level, Mistakes, Names};

pub use judge::{Judgement, judge};
pub use verdict::{Subject, Verdict};
pub use view::View;

/// Every check kind, in the order of the documentation.
pub const KINDS: &[Kind] = &[
    Kind::of::<age::Age>(),
    Kind::of::<agrees_with::AgreesWith>(),
    Kind::of::<at_most_per::AtMostPer>(),
    Kind::of::<change_since_last::ChangeSinceLast>(),
    Kind::of::<control_total::ControlTotal>(),
    Kind::of::<dates_in_order::DatesInOrder>(),
    Kind::of::<day_known::DayKnown>(),
    Kind::of::<empty::Empty>(),
    Kind::of::<exists_in::ExistsIn>(),
    Kind::of::<filled::Filled>(),
    Kind::of::<id_agrees::IdAgrees>(),
    Kind::of::<id_home::IdHome>(),
    Kind::of::<id_shape::IdShape>(),
    Kind::of::<known::Known>(),
    Kind::of::<one_of::OneOf>(),
    Kind::of::<one_per::OnePer>(),
    Kind::of::<quota::Quota>(),
    Kind::of::<same::Same>(),
    Kind::of::<similar::Similar>(),
    Kind::of::<unique::Unique>(),
    Kind::of::<within_period::WithinPeriod>(),
];

/// Wordings of every kind, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[
    age::TEXTS,
    agrees_with::TEXTS,
    at_most_per::TEXTS,
    change_since_last::TEXTS,
    control_total::TEXTS,
    dates_in_order::TEXTS,
    day_known::TEXTS,
    empty::TEXTS,
    exists_in::TEXTS,
    filled::TEXTS,
    id_agrees::TEXTS,
    id_home::TEXTS,
    id_shape::TEXTS,
    known::TEXTS,
    one_of::TEXTS,
    one_per::TEXTS,
    quota::TEXTS,
    same::TEXTS,
    similar::TEXTS,
    unique::TEXTS,
    view::TEXTS,
    within_period::TEXTS,
];

/// The page of the baseline findings.
pub const BASELINE_PAGE: &str = include_str!("baseline.md");

/// A resolved check: no names left, cannot fail. Each moment does nothing by default.
pub trait Check: fmt::Debug + Send + Sync {
    /// The columns it reads, as (table, field); where one was not found the check does not run.
    fn needs(&self) -> Vec<(usize, usize)>;

    /// Whether it reads the same columns of the previous consolidated workbook as well; where that has no register with
    /// them the check does not run.
    fn looks_back(&self) -> bool {
        false
    }

    /// The columns it reads in every submission; where one was not found in one of them, the check runs on none.
    fn needs_everywhere(&self) -> Vec<(usize, usize)> {
        Vec::new()
    }

    /// Judges one submission by itself.
    fn within(&self, _view: &View<'_>, _verdicts: &mut Vec<Verdict>) {}

    /// Judges submissions together: `views` are judged, `all` are looked at, whether the check runs on them or not.
    fn across(&self, _views: &[View<'_>], _all: &[View<'_>], _verdicts: &mut Vec<Verdict>) {}
}

/// What `when` does to a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// It says which rows are judged.
    Narrows,
    /// The kind is not about single rows, or judges every row: a definition must not give it.
    Refused,
}

/// What a kind's file gives: its written form and how that is resolved.
pub trait CheckKind: Check + Sized + 'static {
    /// The entry as a definition writes it, without the keys that every check has.
    type Written: DeserializeOwned;
    /// The kind's name in a definition.
    const NAME: &'static str;
    /// What `when` does to it.
    const WHEN: When = When::Narrows;
    /// The kind's page: demand in both languages, example, table, expected findings.
    const PAGE: &'static str;

    /// Resolves all names, recording every mistake; `None` when there was one.
    fn resolve(written: Self::Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self>;
}

/// A kind in the list of kinds.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in a definition: `filled`.
    pub name: &'static str,
    /// Its page, Markdown.
    pub page: &'static str,
    /// What `when` does to it.
    pub when: When,
    /// Reads and resolves an entry; the outer error is one of reading, with the position it carries.
    pub resolve: Resolve,
}

/// How an entry of a definition becomes a check.
pub type Resolve = fn(
    &mut dyn erased_serde::Deserializer<'_>,
    &Names<'_>,
    &mut Mistakes,
) -> Result<Option<Box<dyn Check>>, erased_serde::Error>;

impl Kind {
    /// The kind that a file implements.
    pub const fn of<K: CheckKind>() -> Self {
        Self { name: K::NAME, page: K::PAGE, when: K::WHEN, resolve: resolve::<K> }
    }

    /// The kind with a name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

/// A check that a form declares: what every check has, and the resolved rule.
#[derive(Debug)]
pub struct Declared {
    /// Its id, unique in its table: `id-shape`.
    pub id: String,
    /// The kind's name.
    pub kind: &'static str,
    /// How grave its findings are.
    pub level: Level,
    /// What it demands, in a few words.
    pub title: Label,
    /// The rule behind it (law, decree, circular), if the form names one.
    pub basis: Option<Label>,
    /// The table it judges, by position.
    pub table: usize,
    /// The rows it is about; all must hold.
    pub when: Vec<Condition>,
    /// First cut-off date for which it is in force.
    pub from: Option<NaiveDate>,
    /// Last cut-off date for which it is in force.
    pub until: Option<NaiveDate>,
    /// The rule.
    pub check: Box<dyn Check>,
}

impl Declared {
    /// Whether the check is in force for a cut-off date.
    pub fn in_force(&self, cut_off: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= cut_off) && self.until.is_none_or(|until| cut_off <= until)
    }
}

fn resolve<K: CheckKind>(
    entry: &mut dyn erased_serde::Deserializer<'_>,
    names: &Names<'_>,
    mistakes: &mut Mistakes,
) -> Result<Option<Box<dyn Check>>, erased_serde::Error> {
    let written = erased_serde::deserialize::<K::Written>(entry)?;
    Ok(K::resolve(written, names, mistakes).map(|check| Box::new(check) as Box<dyn Check>))
}

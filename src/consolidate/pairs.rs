//! Which finding of the last run is which of this one.
//!
//! The same check on the same row is the same finding, wherever the row stands by now. Where several share these, what
//! was found and the cell tell them apart. A row whose key was corrected in part (an id) is known by its cell and the
//! rest of its key.

use rustc_hash::FxHashMap;

use super::rounds::Whose;
use crate::model::{Finding, Lang, PastFinding};

/// An error or warning of this run.
pub struct Now<'a> {
    /// Its position among the findings.
    pub finding: usize,
    /// Whose it is.
    pub whose: Whose,
    /// Whether the district explained it.
    pub explained: bool,
    /// The finding.
    pub said: &'a Finding,
}

/// Pairs of a finding of the last run and one of this run, by position in their lists; each stands in one pair at most.
#[derive(Debug)]
pub struct Pairs {
    of_past: Vec<Option<usize>>,
    of_now: Vec<Option<usize>>,
}

impl Pairs {
    /// The finding of this run that one of the last run is.
    pub fn now_of(&self, past: usize) -> Option<usize> {
        self.of_past.get(past).copied().flatten()
    }

    /// The finding of the last run that one of this run is.
    pub fn past_of(&self, now: usize) -> Option<usize> {
        self.of_now.get(now).copied().flatten()
    }
}

/// What findings can be known by, the surest first.
#[derive(Clone, Copy)]
enum By {
    RowFoundCell(Lang),
    RowFound(Lang),
    RowCell,
    Row,
    CellAndPartOfKey,
}

const SUREST_FIRST: [By; 7] = [
    By::RowFoundCell(Lang::Vi),
    By::RowFoundCell(Lang::En),
    By::RowFound(Lang::Vi),
    By::RowFound(Lang::En),
    By::RowCell,
    By::Row,
    By::CellAndPartOfKey,
];

/// Pairs the findings.
pub fn pair(past: &[(Whose, &PastFinding)], now: &[Now<'_>]) -> Pairs {
    let mut pairs = Pairs { of_past: vec![None; past.len()], of_now: vec![None; now.len()] };
    for by in SUREST_FIRST {
        let mut known: FxHashMap<(&Whose, &str, String), Vec<usize>> = FxHashMap::default();
        // The last in, the first out: the list is walked from its end to pair equal ones in order.
        for (at, (whose, one)) in past.iter().enumerate().rev().filter(|(at, _)| pairs.of_past[*at].is_none()) {
            for mark in of_past(one, by) {
                known.entry((whose, &one.check, mark)).or_default().push(at);
            }
        }
        for (at, one) in now.iter().enumerate() {
            if pairs.of_now[at].is_some() {
                continue;
            }
            let partner = of_now(one.said, by).into_iter().find_map(|mark| {
                let same = known.get_mut(&(&one.whose, one.said.check.as_str(), mark))?;
                std::iter::from_fn(|| same.pop()).find(|past| pairs.of_past[*past].is_none())
            });
            if let Some(past) = partner {
                (pairs.of_past[past], pairs.of_now[at]) = (Some(at), Some(past));
            }
        }
    }
    pairs
}

fn of_past(one: &PastFinding, by: By) -> Vec<String> {
    let cell = || place(one.sheet.as_deref(), one.cell.clone());
    marks(&one.key, by, |_| one.found.clone(), cell)
}

fn of_now(one: &Finding, by: By) -> Vec<String> {
    let first = one.places.first();
    let cell =
        || place(first.map(|place| place.sheet.as_str()), first.and_then(|place| place.cell).map(|at| at.to_string()));
    marks(&one.key, by, |lang| one.found.get(lang), cell)
}

fn marks(key: &str, by: By, found: impl Fn(Lang) -> String, cell: impl Fn() -> String) -> Vec<String> {
    match by {
        By::RowFoundCell(lang) => vec![[key, &found(lang), &cell()].join("\n")],
        By::RowFound(lang) => vec![[key, &found(lang)].join("\n")],
        By::RowCell => vec![[key, &cell()].join("\n")],
        By::Row => vec![key.to_owned()],
        By::CellAndPartOfKey => key.split(", ").map(|part| [part, &cell()].join("\n")).collect(),
    }
}

fn place(sheet: Option<&str>, cell: Option<String>) -> String {
    format!("{}!{}", sheet.unwrap_or_default(), cell.unwrap_or_default())
}

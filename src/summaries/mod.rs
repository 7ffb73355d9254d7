//! Computing: registers in, summary sheets as data out (cells, live formulas with our values, charts).
//!
//! Must not know: the spreadsheet writer. A summary kind is one file and one page, and two lines here.

mod breakdown;
mod by_code;
mod by_district;
mod charts;
mod control_totals;
mod count;
mod crosstab;
mod figure;
pub mod fit;
mod formula;
mod indicators;
mod layout;
mod page;
mod reference_shares;
#[cfg(test)]
#[allow(missing_docs, clippy::unwrap_used, clippy::panic)]
mod samples;
#[cfg(test)]
mod shape_tests;
mod sheet;
mod split_by_district;
mod submissions;

use std::fmt;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::de::DeserializeOwned;

use crate::model::{Consolidated, Label, Lang, Mistakes, Vocabulary};

pub use layout::{MOTTO, MOTTO_BELOW, place_and_date};
pub use sheet::{Cell, Chart, ChartKind, Content, Look, Series, Sheet};

/// Every summary kind, in the order of the documentation.
pub const KINDS: &[Kind] = &[
    Kind::of::<indicators::Indicators>(),
    Kind::of::<submissions::Submissions>(),
    Kind::of::<by_district::ByDistrict>(),
    Kind::of::<by_code::ByCode>(),
    Kind::of::<breakdown::Breakdown>(),
    Kind::of::<crosstab::Crosstab>(),
    Kind::of::<split_by_district::SplitByDistrict>(),
    Kind::of::<reference_shares::ReferenceShares>(),
];

/// Wordings of every kind, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[
    layout::TEXTS,
    indicators::TEXTS,
    charts::TEXTS,
    submissions::TEXTS,
    control_totals::TEXTS,
    by_district::TEXTS,
    by_code::TEXTS,
    breakdown::TEXTS,
    crosstab::TEXTS,
    split_by_district::TEXTS,
    reference_shares::TEXTS,
];

/// What a summary is computed from.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The result of consolidation.
    pub consolidated: &'a Consolidated,
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// Who issues the sheets, for title and signature blocks.
    pub office: &'a Office,
    /// The language of the sheets.
    pub lang: Lang,
    /// The day that is printed on the sheets.
    pub today: NaiveDate,
    /// Whether numbers are live formulas or, above the form's size limit, values.
    pub live: Live,
}

/// Whether numbers of the summary sheets are live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Live {
    /// Formulas over the registers, with our values stored.
    Formulas,
    /// Values only; every sheet says so.
    Values,
}

/// Who issues the consolidated workbook (decree 30/2020/NĐ-CP: title block, place, signatures).
#[derive(Clone, Debug, Default)]
pub struct Office {
    /// The body above: `QUÂN KHU 1`.
    pub parent: Label,
    /// The issuing body: `BỘ CHỈ HUY QUÂN SỰ TỈNH LẠNG SƠN`.
    pub body: Label,
    /// The place of the date line: `Lạng Sơn`.
    pub place: String,
    /// Functions of the signature block, left to right: `NGƯỜI LẬP BIỂU`, `CHỈ HUY TRƯỞNG`.
    pub signatures: Vec<Label>,
}

/// A resolved summary: no names left, cannot fail.
pub trait Summary: fmt::Debug + Send + Sync {
    /// The sheet, computed.
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet;
}

/// What every summary sheet has.
#[derive(Clone, Debug)]
pub struct Heading {
    /// The tab's name.
    pub tab: Label,
    /// The title over the table.
    pub title: Label,
    /// A note below the table: definitions, sources.
    pub note: Option<Label>,
    /// The unit of measure; the kind's own where the form gives none.
    pub unit: Option<Label>,
    /// The number of the statistical form, printed as «Biểu số»: the order that the form gives it.
    pub number: u32,
}

/// What a kind's file gives: its written form and how that is resolved.
pub trait SummaryKind: Summary + Sized + 'static {
    /// The entry as a definition writes it, without the keys that every summary has.
    type Written: DeserializeOwned;
    /// The kind's name in a definition.
    const NAME: &'static str;
    /// The kind's page.
    const PAGE: &'static str;

    /// Resolves all names, recording every mistake; `None` when there was one.
    fn resolve(written: Self::Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self>;
}

/// A kind in the list of kinds.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in a definition.
    pub name: &'static str,
    /// Its page, Markdown.
    pub page: &'static str,
    /// Reads and resolves an entry; the outer error is one of reading, with the position it carries.
    pub resolve: Resolve,
}

/// How an entry of a definition becomes a summary.
pub type Resolve = fn(
    &mut dyn erased_serde::Deserializer<'_>,
    &Vocabulary,
    &mut Mistakes,
) -> Result<Option<Box<dyn Summary>>, erased_serde::Error>;

impl Kind {
    /// The kind that a file implements.
    pub const fn of<K: SummaryKind>() -> Self {
        Self { name: K::NAME, page: K::PAGE, resolve: resolve::<K> }
    }

    /// The kind with a name.
    pub fn by_name(name: &str) -> Option<&'static Self> {
        KINDS.iter().find(|kind| kind.name == name)
    }
}

/// A summary that a form declares, in sheet order.
#[derive(Debug)]
pub struct Declared {
    /// The kind's name.
    pub kind: &'static str,
    /// What every summary sheet has.
    pub heading: Heading,
    /// The rule.
    pub summary: Box<dyn Summary>,
}

/// Computes every declared sheet, in order.
pub fn sheets(declared: &[Declared], input: &Input<'_>) -> Vec<Sheet> {
    declared.par_iter().map(|one| one.summary.sheet(input, &one.heading)).collect()
}

fn resolve<K: SummaryKind>(
    entry: &mut dyn erased_serde::Deserializer<'_>,
    vocabulary: &Vocabulary,
    mistakes: &mut Mistakes,
) -> Result<Option<Box<dyn Summary>>, erased_serde::Error> {
    let written = erased_serde::deserialize::<K::Written>(entry)?;
    Ok(K::resolve(written, vocabulary, mistakes).map(|summary| Box::new(summary) as Box<dyn Summary>))
}

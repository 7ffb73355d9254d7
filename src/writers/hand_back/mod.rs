//! The hand-back: what became of a report, every fault with its cell, and the district's sheets marked.

pub(super) mod front;
pub(super) mod image;
pub(super) mod listed;
mod page;
pub(super) mod reminder;

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;

use super::styles::Styles;
use super::{FormFace, publish, safe};
use crate::model::own::{FRONT, LIST, OTHER_ROWS, Purpose, REPAIRS};
use crate::model::{CellAt, Consolidated, Finding, Lang, Place, Raw, SheetSeen, Submission};
use crate::summaries::Office;

pub use reminder::reminder;

/// What a hand-back is written from.
#[derive(Clone, Copy, Debug)]
pub struct HandBack<'a> {
    /// The result of consolidation.
    pub consolidated: &'a Consolidated,
    /// The submission, by position.
    pub submission: usize,
    /// The sheets of the district's file, in order; empty when it could not be read.
    pub sheets: &'a [SheetSeen],
    /// For each of them, whether an earlier hand-back added it.
    pub added: &'a [bool],
    /// The form.
    pub form: FormFace<'a>,
    /// Who issues it.
    pub office: &'a Office,
    /// The language.
    pub lang: Lang,
    /// The day printed on it.
    pub today: NaiveDate,
}

/// Gives the filled cells of a sheet, by position.
pub type Replay<'a> = dyn FnMut(usize, &mut dyn FnMut(CellAt, Raw<'_>)) -> Result<()> + 'a;

/// Writes the hand-back of one submission.
///
/// # Errors
/// When the file cannot be read again or the result cannot be written.
pub fn hand_back(input: &HandBack<'_>, replay: &mut Replay<'_>, path: &Path) -> Result<()> {
    let whole = input.consolidated;
    let mut workbook = publish::workbook(&input.form, Purpose::HandBack, &whole.period, whole.cut_off)?;
    let own = whole.findings.iter().enumerate().filter(|(_, one)| one.submission == Some(input.submission));
    // What a district explained stands in the list again, so that it need not say it twice.
    let listed: Vec<(&Finding, &str)> = own.map(|(at, one)| (one, whole.explanation(at))).collect();
    let findings: Vec<&Finding> = listed.iter().map(|(one, _)| *one).collect();
    let names = image_names(input);
    let styles = Styles::new();
    front::write(&mut workbook, input, &findings)?;
    listed::findings(&mut workbook, input, &listed, &names, &styles)?;
    listed::repairs(&mut workbook, input, &names, &styles)?;
    listed::other_rows(&mut workbook, input, &names, &styles)?;
    // A hand-back that was sent in again gets its first sheets anew.
    for position in (0..input.sheets.len()).filter(|position| !input.is_added(*position)) {
        let name = names.get(position).map_or("", String::as_str);
        image::write(&mut workbook, input, (position, name), &findings, replay)?;
    }
    publish::publish(&mut workbook, path)
}

impl HandBack<'_> {
    fn submission(&self) -> Option<&Submission> {
        self.consolidated.submissions.get(self.submission)
    }

    fn is_added(&self, position: usize) -> bool {
        self.added.get(position).copied().unwrap_or(false)
    }
}

/// Names of the district's sheets, safe and unlike our own and each other.
fn image_names(input: &HandBack<'_>) -> Vec<String> {
    let mut names: Vec<String> =
        [FRONT, LIST, REPAIRS, OTHER_ROWS].iter().map(|text| text.get(input.lang).to_owned()).collect();
    let own = names.len();
    for seen in input.sheets {
        let free = safe::free_name(names.iter().map(String::as_str), &seen.name);
        names.push(free);
    }
    names.split_off(own)
}

/// Where a link to a place leads: `'Học viên'!B10`; `None` where the place is no cell of the image.
fn target(place: &Place, input: &HandBack<'_>, names: &[String]) -> Option<String> {
    let position = input.sheets.iter().position(|seen| seen.name == place.sheet)?;
    if input.is_added(position) {
        return None;
    }
    Some(to(names.get(position)?, place.cell?))
}

/// Where a link to a cell of a sheet leads.
fn to(sheet: &str, cell: CellAt) -> String {
    format!("'{}'!{cell}", sheet.replace('\'', "''"))
}

//! The hand-back: what became of a report, every fault with its cell, and the district's sheets marked.

pub(super) mod below;
pub(super) mod countdown;
pub(super) mod findings;
pub(super) mod groups;
pub(super) mod head;
pub(super) mod image;
pub(super) mod listed;
pub(super) mod marks;
mod page;
pub(super) mod receipt;
mod rejected;
pub(super) mod reminder;
pub(super) mod rounds;
pub(super) mod status;

use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{Workbook, Worksheet};

use super::styles::Styles;
use super::{FormFace, publish, safe};
use crate::model::own::{ADDED, DIVIDER, LIST, OTHER_ROWS, Purpose, REPAIRS};
use crate::model::{CellAt, Consolidated, Finding, Lang, Merged, Place, Raw, SheetSeen, Submission, Text, Wanted};
use crate::summaries::Office;

pub use marks::{Marked, marks};
pub use receipt::receipt;
pub use reminder::reminder;

/// What a district gets back its sheets as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// Its own file, marked.
    Own,
    /// Its own file, marked, without the digital signature it had.
    OwnUnsigned,
    /// A copy of its sheets, since its format cannot be marked.
    Copy,
    /// A copy of its sheets, since marking its own file failed.
    CopyInstead,
}

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
    /// For each of them, its merged cells, where it has a finding.
    pub merged: &'a [Vec<Merged>],
    /// What the sheets are shown as.
    pub shown: Shown,
    /// The form.
    pub form: FormFace<'a>,
    /// Who issues it.
    pub office: &'a Office,
    /// The language.
    pub lang: Lang,
    /// The day printed on it.
    pub today: NaiveDate,
}

/// Gives the filled cells of a sheet, by position, that are wanted.
pub type Replay<'a> = dyn FnMut(usize, Wanted<'_>, &mut dyn FnMut(CellAt, Raw<'_>)) -> Result<()> + 'a;

/// Writes the hand-back of one submission as an image: our sheets, then the district's at the same addresses.
///
/// # Errors
/// When the file cannot be read again or the result cannot be written.
pub fn hand_back(input: &HandBack<'_>, replay: &mut Replay<'_>, path: &Path) -> Result<()> {
    let marked = marks(input, replay)?;
    let names = Names::of_image(input);
    let mut workbook = with_added(input, &marked, &names)?;
    let whole = input.consolidated;
    let added: Vec<String> = workbook.worksheets().iter().map(Worksheet::name).collect();
    let properties = publish::properties(&input.form, Purpose::HandBack, &whole.period, whole.cut_off)?;
    workbook.set_properties(&properties.set_custom_property(ADDED, added.join(&DIVIDER.to_string())));
    // A hand-back that was sent in again gets its first sheets anew.
    for position in (0..input.sheets.len()).filter(|position| !input.is_added(*position)) {
        let name = names.sheets.get(position).map_or("", String::as_str);
        image::write(&mut workbook, input, (position, name), &marked, replay)?;
    }
    publish::publish(&mut workbook, path)
}

/// A workbook of nothing but the sheets that a hand-back adds to the district's own file, the list of findings first;
/// none of the district's sheets bears a name of theirs. Links and formulas name the district's sheets as the
/// district does, which are not in the workbook.
///
/// # Errors
/// When it cannot be written.
pub fn added_sheets(input: &HandBack<'_>, marked: &Marked) -> Result<Vec<u8>> {
    let mut workbook = with_added(input, marked, &Names::of_district(input))?;
    // Its parts are taken out again at once.
    workbook.set_zip_compression_level(1);
    Ok(workbook.save_to_buffer()?)
}

/// A workbook with our sheets.
fn with_added(input: &HandBack<'_>, marked: &Marked, names: &Names) -> Result<Workbook> {
    let mut workbook = publish::bare()?;
    let styles = Styles::new();
    findings::write(&mut workbook, input, marked, names, &styles)?;
    listed::repairs(&mut workbook, input, names, &styles)?;
    listed::other_rows(&mut workbook, input, names, &styles)?;
    Ok(workbook)
}

/// A finding with what the district said to it.
#[derive(Clone, Copy, Debug)]
pub struct Listed<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// The district's words; empty where it said nothing.
    pub said: &'a str,
}

impl<'a> HandBack<'a> {
    fn submission(&self) -> Option<&'a Submission> {
        self.consolidated.submissions.get(self.submission)
    }

    /// The findings of the submission in order of the list. What a district explained stands there again, so that it
    /// need not say it twice.
    fn findings(&self) -> Vec<Listed<'a>> {
        let whole = self.consolidated;
        let own = whole.findings.iter().enumerate().filter(|(_, one)| one.submission == Some(self.submission));
        own.map(|(at, finding)| Listed { finding, said: whole.explanation(at) }).collect()
    }

    fn is_added(&self, position: usize) -> bool {
        self.added.get(position).copied().unwrap_or(false)
    }

    /// A sheet of the district's own by its name.
    fn position(&self, sheet: &str) -> Option<usize> {
        self.sheets.iter().position(|seen| seen.name == sheet).filter(|position| !self.is_added(*position))
    }

    /// The cell that shows what a cell holds: the first of a merged area.
    fn first_merged(&self, sheet: usize, cell: CellAt) -> CellAt {
        let holds = |area: &&Merged| {
            (area.first.row..=area.last.row).contains(&cell.row)
                && (area.first.column..=area.last.column).contains(&cell.column)
        };
        self.merged.get(sheet).and_then(|areas| areas.iter().find(holds)).map_or(cell, |area| area.first)
    }
}

/// What sheets are called in a hand-back.
#[derive(Debug)]
pub struct Names {
    /// The district's own, by position; empty for those that an earlier hand-back added.
    sheets: Vec<String>,
    /// The list of findings.
    list: String,
    /// The list of repairs.
    repairs: String,
    /// The list of other rows.
    other_rows: String,
}

impl Names {
    /// Ours beside the district's as they are.
    fn of_district(input: &HandBack<'_>) -> Self {
        Self::of(input, |_, name| name.to_owned())
    }

    /// Ours beside the district's as a workbook of ours can bear them.
    fn of_image(input: &HandBack<'_>) -> Self {
        Self::of(input, |others, name| safe::free_name(others.iter().map(String::as_str), name))
    }

    fn of(input: &HandBack<'_>, shown: impl Fn(&[String], &str) -> String) -> Self {
        let mut sheets: Vec<String> = Vec::new();
        for (position, seen) in input.sheets.iter().enumerate() {
            sheets.push(if input.is_added(position) { String::new() } else { shown(&sheets, &seen.name) });
        }
        let free = |text: Text| safe::free_name(sheets.iter().map(String::as_str), text.get(input.lang));
        let [list, repairs, other_rows] = [LIST, REPAIRS, OTHER_ROWS].map(free);
        Self { sheets, list, repairs, other_rows }
    }

    /// Where a link to a place leads: `'Học viên'!B10`; `None` where the place is no cell of the district's.
    fn target(&self, input: &HandBack<'_>, place: &Place) -> Option<String> {
        let cell = place.cell.filter(|cell| marks::inside(*cell))?;
        Some(to(self.sheets.get(input.position(&place.sheet)?)?, &cell.to_string()))
    }
}

/// A cell of a sheet as links and formulas name it.
fn to(sheet: &str, cell: &str) -> String {
    format!("'{}'!{cell}", sheet.replace('\'', "''"))
}

/// Cells that a text names at most.
const MOST_ADDRESSES: usize = 10;

/// The first cells of places; each with its sheet where that is not the one before: `C6, D6, Ban CHQS!E7, E8, …`.
fn addresses<'a>(places: &'a [Place], mut sheet: &'a str) -> String {
    let mut said = Vec::new();
    for place in places {
        let Some(cell) = place.cell else { continue };
        if said.len() == MOST_ADDRESSES {
            said.push("…".to_owned());
            break;
        }
        said.push(if place.sheet == sheet { cell.to_string() } else { place.to_string() });
        sheet = &place.sheet;
    }
    said.join(", ")
}

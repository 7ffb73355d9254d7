//! Which cells of a district's sheets are marked, for how long, and what their notes say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::rejected::Rejected;
use super::{HandBack, Listed, Replay, addresses, to};
use crate::model::mark::{Mark, MarkNote, MarkRule, MarkedSheet, NOTE_HEAD, NOTE_WIDTH, TAG};
use crate::model::{CellAt, Finding, Lang, Level};
use crate::summaries::fit;
use crate::texts;
use crate::writers::safe;
use crate::writers::words;

/// Notes on one sheet at most: programs slow down beyond; the list of findings has no such end.
pub const MOST_NOTES: usize = 1_000;
/// Rows and columns of a sheet.
const MOST: CellAt = CellAt { row: 1_048_576, column: 16_384 };
/// Cells that a formula names at most.
const MOST_NAMED: usize = 20;
/// UTF-16 units of the conditions of a formula at most. Excel takes 8,192, but no more than 16,384 bytes once the formula
/// is compiled, where each unit of a constant takes two.
const MOST_FORMULA: usize = 6_000;
/// UTF-16 units of a note at most; the list of findings has the whole text.
const MOST_UNITS: usize = 2_000;

texts! {
    NOTE = "{level} số {number}: {title}: {found}. Cần: {expected}. Cách sửa: {remedy}" / "{level} no. {number}: {title}: {found}. Expected: {expected}. Remedy: {remedy}";
    TOGETHER = "Các ô liên quan: {cells}." / "Cells concerned: {cells}.";
}

/// The marks of a submission.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Marked {
    /// The sheets with marks, in the order of the file.
    pub sheets: Vec<MarkedSheet>,
    /// For each finding of the submission, in order of the list, whether its cells still hold what was rejected.
    pub standing: Vec<Standing>,
}

/// The cells of a finding and what they hold; none for a finding without a cell.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing(Vec<Held>);

/// A cell that holds something rejected: the position of its sheet, the cell, what it holds.
type Held = (usize, CellAt, Rejected);

impl Standing {
    /// Whether the finding is without a cell.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A formula without `=` that is true while every cell still holds what was rejected, and never an error; `None`
    /// for a finding without a cell. `names` are those that the sheets bear beside the list.
    pub fn formula(&self, names: &[String]) -> Option<String> {
        let conditions = conditions(&self.0, |sheet, cell| names.get(sheet).map(|name| to(name, &cell.absolute())));
        (!conditions.is_empty()).then(|| format!("IFERROR(AND({}),FALSE)", conditions.join(",")))
    }
}

/// The marks of a submission's findings; reads every sheet with a finding once.
///
/// # Errors
/// When the file cannot be read again.
pub fn marks(input: &HandBack<'_>, replay: &mut Replay<'_>) -> Result<Marked> {
    let findings = input.findings();
    let cells: Vec<Vec<(usize, CellAt)>> = findings.iter().map(|one| cells(input, one.finding)).collect();
    let mut wanted: BTreeMap<usize, BTreeMap<CellAt, Rejected>> = BTreeMap::new();
    for (sheet, cell) in cells.iter().flatten() {
        wanted.entry(*sheet).or_default().insert(*cell, Rejected::Blank);
    }
    for (sheet, wanted) in &mut wanted {
        replay(*sheet, &mut |cell, raw| {
            if let Some(rejected) = wanted.get_mut(&cell) {
                *rejected = raw.into();
            }
        })?;
    }
    let held = |(sheet, cell): &(usize, CellAt)| {
        let rejected = wanted.get(sheet).and_then(|cells| cells.get(cell));
        (*sheet, *cell, rejected.cloned().unwrap_or(Rejected::Blank))
    };
    let standing: Vec<Standing> = cells.iter().map(|cells| Standing(cells.iter().map(held).collect())).collect();
    let sheets = wanted.keys().map(|sheet| marked_sheet(input, *sheet, &findings, &standing)).collect();
    Ok(Marked { sheets, standing })
}

/// Whether Excel has such a cell.
pub fn inside(cell: CellAt) -> bool {
    cell.row < MOST.row && cell.column < MOST.column
}

/// The cells of a finding that the district can see: none twice, the first of a merged area for all of it.
fn cells(input: &HandBack<'_>, finding: &Finding) -> Vec<(usize, CellAt)> {
    let mut seen = BTreeSet::new();
    let places = finding.places.iter().filter_map(|place| Some((input.position(&place.sheet)?, place.cell?)));
    let cells = places.filter(|(_, cell)| inside(*cell)).map(|(sheet, cell)| (sheet, input.first_merged(sheet, cell)));
    cells.filter(|cell| seen.insert(*cell)).collect()
}

fn marked_sheet(input: &HandBack<'_>, sheet: usize, findings: &[Listed<'_>], standing: &[Standing]) -> MarkedSheet {
    let mut about: BTreeMap<CellAt, Vec<usize>> = BTreeMap::new();
    for (finding, Standing(held)) in standing.iter().enumerate() {
        for (_, cell, _) in held.iter().filter(|(on, ..)| *on == sheet) {
            about.entry(*cell).or_default().push(finding);
        }
    }
    let level = |about: &[usize]| about.iter().filter_map(|at| findings.get(*at)).map(|one| one.finding.level).min();
    let mut gravest: Vec<(Option<Level>, CellAt)> = about.iter().map(|(cell, about)| (level(about), *cell)).collect();
    gravest.sort_unstable();
    let noted: BTreeSet<CellAt> = gravest.into_iter().take(MOST_NOTES).map(|(_, cell)| cell).collect();
    let mark = |(at, about): (&CellAt, &Vec<usize>)| {
        let of = about.iter().filter_map(|at| Some((at + 1, findings.get(*at)?.finding, standing.get(*at)?)));
        let of: Vec<(usize, &Finding, &Standing)> = of.collect();
        let mut rules: Vec<MarkRule> = Vec::new();
        for (_, finding, standing) in &of {
            let formula = rule(sheet, *at, standing);
            if rules.iter().all(|other| other.formula != formula) {
                rules.push(MarkRule { level: finding.level, formula });
            }
        }
        rules.sort_by_key(|rule| rule.level);
        Mark { at: *at, rules, note: noted.contains(at).then(|| note(&of, input.lang)) }
    };
    let name = input.sheets.get(sheet).map(|seen| seen.name.clone()).unwrap_or_default();
    MarkedSheet { sheet: name, marks: about.iter().map(mark).collect() }
}

/// The rule of a cell for a finding: the cell itself, then the others on the same sheet.
fn rule(sheet: usize, at: CellAt, Standing(held): &Standing) -> String {
    let here = held.iter().filter(|(on, ..)| *on == sheet);
    let (own, others): (Vec<&Held>, Vec<&Held>) = here.partition(|(_, cell, _)| *cell == at);
    let conditions = conditions(own.into_iter().chain(others), |_, cell| Some(cell.absolute()));
    format!("AND({TAG},{})", conditions.join(","))
}

/// The conditions on cells, as many as a formula holds.
fn conditions<'a>(
    held: impl IntoIterator<Item = &'a Held>,
    reference: impl Fn(usize, CellAt) -> Option<String>,
) -> Vec<String> {
    let mut room = MOST_FORMULA;
    let said = held.into_iter().take(MOST_NAMED);
    let said = said.filter_map(|(sheet, cell, rejected)| Some(rejected.still_in(&reference(*sheet, *cell)?)));
    let fits = |condition: &String| {
        let left = room.checked_sub(condition.encode_utf16().count() + 1);
        room = left.unwrap_or(0);
        left.is_some()
    };
    said.take_while(fits).collect()
}

/// The note of a cell: what each finding says, by its number in the list.
fn note(of: &[(usize, &Finding, &Standing)], lang: Lang) -> MarkNote {
    let said = of.iter().map(|(number, one, _)| {
        let level = words::level(one.level);
        let said = NOTE.say().with("level", level.get(lang)).with("number", number).with("title", one.title.get(lang));
        let said = said.with("found", one.found.get(lang)).with("expected", one.expected.get(lang));
        let said = said.with("remedy", one.remedy.get(lang)).get(lang);
        if one.places.len() < 2 {
            return said;
        }
        format!("{said} {}", TOGETHER.say().with("cells", addresses(&one.places)).get(lang))
    });
    let text = format!("{NOTE_HEAD}\n{}", said.collect::<Vec<_>>().join("\n"));
    let text = safe::fitted(&safe::clean(&text), MOST_UNITS);
    let height = note_height(&text);
    MarkNote { text, height }
}

/// The height in pixels that a note needs for a text.
pub fn note_height(text: &str) -> u32 {
    let lines = fit::lines(text, f64::from(NOTE_WIDTH) * 0.75 - 10.0, 10.0);
    (lines * 16 + 16).clamp(40, 480)
}

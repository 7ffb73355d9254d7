//! Which cells of a district's sheets are marked, for how long, and what their notes say.

use std::collections::{BTreeMap, BTreeSet};

use anyhow::Result;

use super::rejected::Rejected;
use super::{HandBack, Listed, Replay, addresses, to};
use crate::model::mark::{Mark, MarkNote, MarkRule, MarkedSheet, NOTE_HEAD, NOTE_WIDTH, TAG};
use crate::model::{CellAt, Finding, Lang, Level, Wanted};
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

/// The marks of a submission's findings; reads the rows with a finding once.
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
        let rows = wanted.keys().map(|cell| cell.row).collect();
        replay(*sheet, Wanted::Rows(&rows), &mut |cell, raw| {
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
    let name = input.sheets.get(sheet).map(|seen| seen.name.clone()).unwrap_or_default();
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
        Mark { at: *at, rules, note: noted.contains(at).then(|| note(&name, &of, input.lang)) }
    };
    let marks = about.iter().map(mark).collect();
    MarkedSheet { sheet: name, marks }
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
fn note(sheet: &str, of: &[(usize, &Finding, &Standing)], lang: Lang) -> MarkNote {
    let said = of.iter().map(|(number, one, _)| {
        let level = words::level(one.level);
        let said = NOTE.say().with("level", level.get(lang)).with("number", number).with("title", one.title.get(lang));
        let said = said.with("found", one.found.get(lang)).with("expected", one.expected.get(lang));
        let said = said.with("remedy", one.remedy.get(lang)).get(lang);
        if one.places.len() < 2 {
            return said;
        }
        format!("{said} {}", TOGETHER.say().with("cells", addresses(&one.places, sheet)).get(lang))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{Consolidated, Label, Merged, Place, Raw, SheetSeen};
    use crate::summaries::Office;
    use crate::writers::FormFace;
    use crate::writers::hand_back::Shown;
    use crate::writers::tests::{day, result, vocabulary};

    /// The marks of a result on the sheet «Học viên», whose cell C6 holds 12345.
    fn marked(result: &Consolidated, merged: &[Vec<Merged>]) -> Marked {
        let (words, title, office) = (vocabulary(), Label::same("Biểu thử"), Office::default());
        let form = FormFace { id: "thu", edition: "2019", title: &title, vocabulary: &words };
        let sheets = [SheetSeen { name: "Học viên".into(), hidden: false }];
        let (consolidated, office, lang, today) = (result, &office, Lang::Vi, day());
        let shown = Shown::Own;
        let input = HandBack {
            consolidated,
            submission: 0,
            sheets: &sheets,
            added: &[],
            merged,
            shown,
            form,
            office,
            lang,
            today,
        };
        let mut replay = |_: usize, _: Wanted<'_>, sink: &mut dyn FnMut(CellAt, Raw<'_>)| {
            sink(CellAt::new(5, 2), Raw::Number(12345.0));
            Ok(())
        };
        marks(&input, &mut replay).unwrap()
    }

    fn place(row: u32, column: u16) -> Place {
        Place { sheet: "Học viên".into(), cell: Some(CellAt::new(row, column)) }
    }

    #[test]
    fn every_cell_of_a_finding_is_marked_until_one_of_them_changes() {
        let marked = marked(&result(), &[]);
        let marks = &marked.sheets[0].marks;
        assert_eq!(marks.iter().map(|mark| mark.at.to_string()).collect::<Vec<_>>(), ["C6", "D6"]);
        let number = "OR($C$6=12345,EXACT($C$6,\"12345\"))";
        assert_eq!(marks[0].rules[0].formula, format!("AND({TAG},{number},LEN(TRIM($D$6))=0)"));
        assert_eq!(marks[1].rules[0].formula, format!("AND({TAG},LEN(TRIM($D$6))=0,{number})"));
        let formula = marked.standing[0].formula(&["An'h".into()]).unwrap();
        assert!(formula.starts_with("IFERROR(AND(OR('An''h'!$C$6=12345,"), "{formula}");
    }

    #[test]
    fn a_note_says_all_by_the_number_in_the_list() {
        let marked = marked(&result(), &[]);
        let note = marked.sheets[0].marks[0].note.as_ref().unwrap();
        let said = "Lỗi số 1: CCCD đúng dạng: ô «CCCD» ghi 12345. Cần: 12 chữ số. Cách sửa: Sửa số CCCD.";
        assert_eq!(note.text, format!("{NOTE_HEAD}\n{said} Các ô liên quan: C6, D6."));
    }

    #[test]
    fn the_first_cell_of_a_merged_area_is_marked_once() {
        let area = Merged { first: CellAt::new(5, 2), last: CellAt::new(8, 3) };
        let marked = marked(&result(), &[vec![area]]);
        let marks = &marked.sheets[0].marks;
        assert_eq!(marks.iter().map(|mark| mark.at.to_string()).collect::<Vec<_>>(), ["C6"]);
    }

    #[test]
    fn a_finding_of_the_file_marks_nothing() {
        let mut result = result();
        result.findings[0].places.clear();
        let marked = marked(&result, &[]);
        assert!(marked.sheets.is_empty());
        assert_eq!(marked.standing[0].formula(&[]), None);
    }

    #[test]
    fn many_marks_keep_short_formulas_and_the_gravest_notes() {
        let mut result = result();
        let mut warning = result.findings[0].clone();
        warning.level = Level::Warning;
        warning.places = (0..1_500).map(|row| place(row, 1)).collect();
        result.findings.push(warning);
        let marked = marked(&result, &[]);
        let marks = &marked.sheets[0].marks;
        assert_eq!(marks.len(), 1_502);
        assert_eq!(marks.iter().filter(|mark| mark.note.is_some()).count(), MOST_NOTES);
        assert!(marks.iter().filter(|mark| mark.rules[0].level == Level::Error).all(|mark| mark.note.is_some()));
        let own = |mark: &Mark| mark.rules[0].formula.contains(&mark.at.absolute());
        assert!(marks.iter().all(|mark| own(mark) && mark.rules[0].formula.len() < 1_000));
    }
}

//! Runs the declared checks over the submissions that count.

use rayon::prelude::*;

use super::{Declared, Subject, Verdict, View};
use crate::model::{Finding, Place, Scope, Submission, Table, Vocabulary};

/// What judging gives.
#[derive(Debug, Default)]
pub struct Judgement {
    /// The findings, in order of submission and declaration.
    pub findings: Vec<Finding>,
    /// For each submission (by position) the ids of checks that could not run on it.
    pub not_run: Vec<(usize, Vec<String>)>,
}

/// Judges the submissions at the positions `counted` (neither blocked nor superseded) together.
/// `previous` holds the submissions read back from the previous consolidated workbook, one a district.
pub fn judge(
    checks: &[Declared],
    vocabulary: &Vocabulary,
    submissions: &[Submission],
    counted: &[usize],
    previous: &[Submission],
) -> Judgement {
    let by_check: Vec<(Vec<Finding>, Vec<usize>)> =
        checks.par_iter().map(|check| run(check, vocabulary, submissions, counted, previous)).collect();
    let mut judgement = Judgement::default();
    for position in counted {
        let idle = checks.iter().zip(&by_check).filter(|(_, (_, idle))| idle.contains(position));
        let mut ids: Vec<String> = Vec::new();
        for (check, _) in idle {
            // Two tables may declare a check of the same id.
            if !ids.contains(&check.id) {
                ids.push(check.id.clone());
            }
        }
        if !ids.is_empty() {
            judgement.not_run.push((*position, ids));
        }
    }
    judgement.findings = by_check.into_iter().flat_map(|(findings, _)| findings).collect();
    judgement.findings.sort_by_key(|finding| finding.submission);
    judgement
}

/// The findings of one check, and the submissions it could not run on.
fn run(
    declared: &Declared,
    vocabulary: &Vocabulary,
    submissions: &[Submission],
    counted: &[usize],
    previous: &[Submission],
) -> (Vec<Finding>, Vec<usize>) {
    let (mut idle, mut views) = (Vec::new(), Vec::new());
    // Without a previous workbook such a check is not asked for.
    if declared.check.looks_back() && previous.is_empty() {
        return (Vec::new(), idle);
    }
    for position in counted {
        let submission = &submissions[*position];
        let Some(view) = view(declared, vocabulary, *position, submission, previous) else { continue };
        match able(declared, &view) {
            true => views.push(view),
            false => idle.push(*position),
        }
    }
    let mut verdicts: Vec<Verdict> = views
        .par_iter()
        .flat_map_iter(|view| {
            let mut verdicts = Vec::new();
            declared.check.within(view, &mut verdicts);
            verdicts
        })
        .collect();
    declared.check.across(&views, &mut verdicts);
    let findings = verdicts.into_iter().map(|verdict| finding(declared, vocabulary, submissions, verdict));
    (findings.collect(), idle)
}

/// The submission as the check sees it; `None` where the check is not in force or nothing is known of the sender.
fn view<'a>(
    declared: &'a Declared,
    vocabulary: &'a Vocabulary,
    position: usize,
    submission: &'a Submission,
    previous: &'a [Submission],
) -> Option<View<'a>> {
    let (district, cut_off) = (submission.cover.district?, submission.cover.cut_off?);
    let in_force =
        declared.from.is_none_or(|from| from <= cut_off) && declared.until.is_none_or(|until| cut_off <= until);
    let before = previous.iter().find(|previous| previous.cover.district == Some(district));
    in_force.then(|| View {
        submission: position,
        district,
        cut_off,
        cover: &submission.cover,
        table: &submission.tables[declared.table],
        tables: &submission.tables,
        previous: before.map(|previous| previous.tables.as_slice()),
        vocabulary,
        when: &declared.when,
    })
}

/// Whether every column that the check and its conditions read was found, in the previous register as well where it is
/// compared with.
fn able(declared: &Declared, view: &View<'_>) -> bool {
    let conditions = declared.when.iter().map(|condition| (declared.table, condition.field));
    let needs: Vec<(usize, usize)> = declared.check.needs().into_iter().chain(conditions).collect();
    let found =
        |tables: &[Table]| needs.iter().all(|(table, field)| tables[*table].has_column(view.vocabulary, *field));
    let previous = view.previous.filter(|_| declared.check.looks_back());
    view.table.found() && found(view.tables) && previous.is_none_or(found)
}

fn finding(declared: &Declared, vocabulary: &Vocabulary, submissions: &[Submission], verdict: Verdict) -> Finding {
    let submission = &submissions[verdict.submission];
    let table = &submission.tables[declared.table];
    let (scope, places, key): (Scope, Vec<Place>, String) = match &verdict.subject {
        Subject::Cells(cells) => {
            let mut rows: Vec<u32> = cells.iter().filter_map(|(row, _)| u32::try_from(*row).ok()).collect();
            rows.sort_unstable();
            rows.dedup();
            let places = cells.iter().filter_map(|(row, field)| table.place(*field, *row)).collect();
            let key = cells.first().map(|(row, _)| table.row_key(vocabulary, *row)).unwrap_or_default();
            (Scope::Rows { table: declared.table, rows }, places, key)
        }
        Subject::Column(field) => (Scope::Submission, table.header_place(*field).into_iter().collect(), String::new()),
        Subject::Total(total) => {
            let place = submission.cover.total_places.get(*total).cloned().flatten();
            (Scope::Submission, place.into_iter().collect(), String::new())
        }
    };
    Finding {
        check: declared.id.clone(),
        title: declared.title.clone(),
        level: verdict.level.unwrap_or(declared.level),
        submission: Some(verdict.submission),
        scope,
        places,
        key,
        found: verdict.found,
        expected: verdict.expected,
        remedy: verdict.remedy,
    }
}

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
        // Two tables may have a check of one id.
        idle.for_each(|(check, _)| {
            if !ids.contains(&check.id) {
                ids.push(check.id.clone())
            }
        });
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
    // Without a previous workbook such a check is not asked for.
    if declared.check.looks_back() && previous.is_empty() {
        return (Vec::new(), Vec::new());
    }
    let all: Vec<View<'_>> =
        counted.iter().filter_map(|at| view(declared, vocabulary, *at, &submissions[*at], previous)).collect();
    let everywhere = declared.check.needs_everywhere();
    let known = |view: &View<'_>, (table, field): &(usize, usize)| {
        let table = &view.tables[*table];
        table.nothing_to_report() || table.has_column(vocabulary, *field)
    };
    let known = all.iter().all(|view| everywhere.iter().all(|column| known(view, column)));
    let in_force = all.iter().copied().filter(|view| declared.in_force(view.cut_off));
    let (views, idle): (Vec<_>, Vec<_>) = in_force.partition(|view| known && able(declared, view));
    let mut verdicts: Vec<Verdict> = views
        .par_iter()
        .flat_map_iter(|view| {
            let mut verdicts = Vec::new();
            declared.check.within(view, &mut verdicts);
            verdicts
        })
        .collect();
    declared.check.across(&views, &all, &mut verdicts);
    let findings = verdicts.into_iter().map(|verdict| finding(declared, vocabulary, submissions, verdict));
    (findings.collect(), idle.iter().map(|view| view.submission).collect())
}

/// The submission as the check sees it; `None` where nothing is known of the sender.
fn view<'a>(
    declared: &'a Declared,
    vocabulary: &'a Vocabulary,
    position: usize,
    submission: &'a Submission,
    previous: &'a [Submission],
) -> Option<View<'a>> {
    let (district, cut_off) = (submission.cover.district?, submission.cover.cut_off?);
    let before = previous.iter().find(|previous| previous.cover.district == Some(district));
    Some(View {
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

/// Whether every column that the check and its conditions read was found, in the previous registers as well where it
/// compares with them.
fn able(declared: &Declared, view: &View<'_>) -> bool {
    let conditions = declared.when.iter().map(|condition| (declared.table, condition.field));
    let columns: Vec<(usize, usize)> = declared.check.needs().into_iter().chain(conditions).collect();
    let in_all =
        |tables: &[Table]| columns.iter().all(|(table, field)| tables[*table].has_column(view.vocabulary, *field));
    let previous = view.previous.filter(|_| declared.check.looks_back());
    view.table.found() && in_all(view.tables) && previous.is_none_or(in_all)
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

//! Which rows are held back, and why.

use std::collections::BTreeMap;

use crate::model::{Accept, Finding, HeldRow, Level, RegisterRow, Scope, Submission};

/// The rows that errors hold back, in order of submission, table and row, each with its findings.
pub fn held_rows(submissions: &[Submission], counted: &[usize], findings: &[Finding], accept: Accept) -> Vec<HeldRow> {
    let mut held: BTreeMap<(usize, usize, u32), Vec<usize>> = BTreeMap::new();
    if accept == Accept::All {
        return Vec::new();
    }
    for (reason, finding) in findings.iter().enumerate() {
        let Some(submission) = finding.submission.filter(|_| finding.level <= Level::Error) else { continue };
        if counted.contains(&submission) {
            for (table, row) in rows_of(finding, &submissions[submission], accept) {
                held.entry((submission, table, row)).or_default().push(reason);
            }
        }
    }
    held.into_iter()
        .map(|((submission, table, row), reasons)| {
            let submission = u32::try_from(submission).unwrap_or(u32::MAX);
            HeldRow { table, at: RegisterRow { submission, row }, reasons }
        })
        .collect()
}

/// The rows (table, row) that one finding of level error holds back.
fn rows_of(finding: &Finding, submission: &Submission, accept: Accept) -> Vec<(usize, u32)> {
    let whole = |table: usize| {
        let rows = u32::try_from(submission.tables[table].len()).unwrap_or(u32::MAX);
        (0..rows).map(move |row| (table, row))
    };
    match (&finding.scope, accept) {
        (_, Accept::Submissions) => (0..submission.tables.len()).flat_map(whole).collect(),
        (Scope::Rows { table, rows }, _) => rows.iter().map(|row| (*table, *row)).collect(),
        (Scope::WholeTable(table), _) => whole(*table).collect(),
        (Scope::Submission | Scope::Absent(_), _) => Vec::new(),
    }
}

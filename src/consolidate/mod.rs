//! Consolidating: submissions and findings in; registers, held-back rows, statuses, control totals out.
//!
//! Must not know: how it is written.

mod choose;
mod explain;
mod hold;
mod lines;
mod naming;
mod pairs;
mod rounds;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod rounds_tests;

use crate::checks::Judgement;
use crate::model::{
    Accept, Consolidated, Finding, Label, LastRound, Register, RegisterRow, Submission, Vocabulary, baseline,
};

pub use choose::{Asked, Choice, choose};

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[choose::TEXTS, lines::TEXTS, rounds::TEXTS];

/// What is read, chosen and judged, ready to be consolidated.
#[derive(Debug)]
pub struct Judged {
    /// Every file, in name order.
    pub submissions: Vec<Submission>,
    /// Which of them count, for which period.
    pub choice: Choice,
    /// What the declared checks found.
    pub judgement: Judgement,
    /// Names of files that were skipped.
    pub skipped: Vec<String>,
    /// What the last run left in the folder of results; `None` where nothing is kept there.
    pub last: Option<LastRound>,
}

/// Merges what is accepted; every row received is either accepted or held back with its reasons.
pub fn consolidate(judged: Judged, vocabulary: &Vocabulary, asked: &Asked, accept: Accept) -> Consolidated {
    let Judged { mut submissions, choice, judgement, skipped, last } = judged;
    let mut findings = lines::missing(vocabulary, asked, &submissions);
    findings.extend(take_findings(&mut submissions, &choice.superseded));
    findings.extend(judgement.findings);
    sort(&mut findings);
    let held = hold::held_rows(&submissions, &choice.counted, &findings, accept);
    let registers = registers(vocabulary, &submissions, &choice.counted, &held);
    let mut lines = lines::lines(vocabulary, asked, &submissions, &choice, &findings, &held);
    let digests = choice.counted.iter().map(|position| submissions[*position].file.digest).collect();
    let (mut round, kept) = last.map(|last| rounds::begin(last, &choice.period, digests)).unzip();
    let kept = explain::kept(&kept.unwrap_or_default(), vocabulary, &submissions);
    let said = submissions.iter().enumerate();
    let said = said.flat_map(|(position, one)| one.explanations.iter().map(move |said| (position, said)));
    let explained = explain::explained(said, &kept, &findings);
    let known = rounds::Known {
        vocabulary,
        submissions: &submissions,
        counted: &choice.counted,
        findings: &findings,
        explained: &explained,
    };
    if let Some(round) = &mut round {
        let whose: Vec<_> = lines.iter().map(|line| known.whose(line.district, line.submission)).collect();
        let changes = rounds::compare(round, &known, &whose);
        lines.iter_mut().zip(changes).for_each(|(line, change)| line.change = change);
    }
    Consolidated {
        findings,
        explained,
        registers,
        held,
        lines,
        period: choice.period,
        cut_off: choice.cut_off,
        accept,
        not_run: judgement.not_run,
        skipped,
        submissions,
        round,
    }
}

/// Moves the baseline findings of every file into one list, each with its submission. Of a file that another one
/// replaces only that remark stays: there is nothing in it to correct.
fn take_findings(submissions: &mut [Submission], superseded: &[usize]) -> Vec<Finding> {
    let replaced = [baseline::SUPERSEDED.id, baseline::IDENTICAL.id];
    let taken = submissions.iter_mut().enumerate().flat_map(|(position, submission)| {
        let whole = !superseded.contains(&position);
        std::mem::take(&mut submission.findings)
            .into_iter()
            .filter(move |finding| whole || replaced.contains(&finding.check.as_str()))
            .map(move |finding| Finding { submission: Some(position), ..finding })
    });
    taken.collect()
}

/// Province first, then by submission, level, place and check.
fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| {
        let order = |finding: &Finding| (finding.submission, finding.level);
        order(a).cmp(&order(b)).then_with(|| a.places.cmp(&b.places)).then_with(|| a.check.cmp(&b.check))
    });
}

fn registers(
    vocabulary: &Vocabulary,
    submissions: &[Submission],
    counted: &[usize],
    held: &[crate::model::HeldRow],
) -> Vec<Register> {
    let mut order: Vec<usize> = counted.to_vec();
    order.sort_by_key(|position| submissions[*position].cover.district);
    let kept_back: rustc_hash::FxHashSet<(usize, u32, u32)> =
        held.iter().map(|row| (row.table, row.at.submission, row.at.row)).collect();
    let accepted = |table: usize| -> Vec<RegisterRow> {
        let rows = order.iter().flat_map(|position| {
            let submission = u32::try_from(*position).unwrap_or(u32::MAX);
            let count = u32::try_from(submissions[*position].tables[table].len()).unwrap_or(u32::MAX);
            (0..count).map(move |row| RegisterRow { submission, row })
        });
        rows.filter(|at| !kept_back.contains(&(table, at.submission, at.row))).collect()
    };
    (0..vocabulary.tables.len()).map(|table| Register { table, rows: accepted(table) }).collect()
}

/// The name of a district for a sentence.
fn district_label(vocabulary: &Vocabulary, code: crate::model::Code) -> Label {
    let entry = vocabulary.lists[vocabulary.districts].entry(code);
    entry.map(|entry| entry.label.clone()).unwrap_or_default()
}

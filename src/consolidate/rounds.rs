//! Rounds: what the last run found against what this one finds, district by district.

use rustc_hash::FxHashSet;

use super::pairs::{self, Now};
use crate::model::{
    Change, Code, Explained, Finding, LastRound, Level, PastFinding, Round, Scope, Submission, Vocabulary, baseline,
};
use crate::{text, texts};

texts! {
    OTHER_PERIOD = "kết quả lần trước là của kỳ «{found}», không phải «{period}»" / "the last result is of period \"{found}\", not \"{period}\"";
}

/// Begins a round: its number, and what it is compared with. Where the same files count as in the last run, it is the
/// same round again, compared with the same one before. Also what the districts explained until now.
pub fn begin(last: LastRound, period: &str, mut counted: Vec<u64>) -> (Round, Vec<PastFinding>) {
    counted.sort_unstable();
    let first = Round { number: 1, counted, ..Round::default() };
    let (record, written_before) = match last {
        LastRound::Absent => return (first, Vec::new()),
        LastRound::Unfit { why, written } => {
            return (Round { unfit: Some(why), written_before: written, ..first }, Vec::new());
        }
        LastRound::Kept { record, written } => (record, written),
    };
    // A run in which no file could be read knows no period.
    let both_known = !record.period.is_empty() && !period.is_empty();
    if both_known && text::key(&record.period) != text::key(period) {
        let why = OTHER_PERIOD.say().with("found", &record.period).with("period", period);
        return (Round { unfit: Some(why), written_before, ..first }, Vec::new());
    }
    let explained = record.findings.iter().filter(|one| !one.explanation.is_empty()).cloned().collect();
    let round = match record.counted == first.counted {
        true => Round { number: record.number, before: record.before, written_before, ..first },
        false => {
            let number = record.number.saturating_add(1);
            Round { number, before: Some(record.findings), written_before, ..first }
        }
    };
    (round, explained)
}

/// What is known of this run's reports and findings.
#[derive(Clone, Copy)]
pub struct Known<'a> {
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// Every file.
    pub submissions: &'a [Submission],
    /// The files that count, by position: what was read.
    pub counted: &'a [usize],
    /// Every finding.
    pub findings: &'a [Finding],
    /// Which warnings are explained.
    pub explained: &'a [Explained],
}

/// Whom findings are counted for: a district, or a file of an unknown sender.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Whose {
    /// A district, by its code.
    District(String),
    /// A file by its name.
    File(String),
}

/// What became of the findings of the wanted districts and files of unknown senders, in their order; `None` where one
/// is wanted again, and everywhere where there is nothing to compare with. What cannot be known is kept in the round.
pub fn compare(round: &mut Round, known: &Known<'_>, wanted: &[Whose]) -> Vec<Option<Change>> {
    let Some(before) = &round.before else { return vec![None; wanted.len()] };
    let past: Vec<(Whose, &PastFinding)> = before.iter().map(|one| (known.whose_past(one), one)).collect();
    let now = known.now();
    let (pairs, read) = (pairs::pair(&past, &now), known.read());
    let mut changes = Changes::new(wanted);
    for (at, (whose, one)) in past.iter().enumerate() {
        let (change, was_open) = (changes.of(whose), one.explanation.is_empty());
        match pairs.now_of(at).and_then(|found| now.get(found)) {
            Some(found) if found.explained => change.explained += u32::from(was_open),
            Some(_) => change.open += u32::from(was_open),
            None if is_settled(whose, one, &read) => change.fixed.extend(was_open.then(|| (*one).clone())),
            None => {
                change.open += u32::from(was_open);
                round.pending.push((*one).clone());
            }
        }
    }
    for (at, found) in now.iter().enumerate().filter(|(_, found)| !found.explained) {
        let then = pairs.past_of(at).and_then(|then| past.get(then));
        if then.is_none_or(|(_, one)| !one.explanation.is_empty()) {
            changes.of(&found.whose).new.push(found.finding);
        }
    }
    changes.done()
}

/// Changes under way.
struct Changes<'a> {
    wanted: &'a [Whose],
    of: Vec<Change>,
    /// Of those that are not wanted.
    of_others: Change,
}

impl<'a> Changes<'a> {
    fn new(wanted: &'a [Whose]) -> Self {
        Self { wanted, of: vec![Change::default(); wanted.len()], of_others: Change::default() }
    }

    fn of(&mut self, whose: &Whose) -> &mut Change {
        let first = self.wanted.iter().position(|one| one == whose);
        first.and_then(|at| self.of.get_mut(at)).unwrap_or(&mut self.of_others)
    }

    fn done(self) -> Vec<Option<Change>> {
        let is_first = |at: usize, whose: &Whose| self.wanted.iter().position(|one| one == whose) == Some(at);
        let each = self.wanted.iter().zip(self.of).enumerate();
        each.map(|(at, (whose, change))| is_first(at, whose).then_some(change)).collect()
    }
}

/// Whether a finding that is not there any more is settled: the district's report was read. That nothing had come is
/// settled by whatever comes; what was said of a file whose sender nobody knew, by its not being there.
fn is_settled(whose: &Whose, one: &PastFinding, read: &FxHashSet<String>) -> bool {
    match whose {
        Whose::District(code) => read.contains(code) || one.check == baseline::DISTRICT_MISSING.id,
        Whose::File(_) => true,
    }
}

impl Known<'_> {
    /// Whose the findings of a line are.
    pub fn whose(&self, district: Option<Code>, submission: Option<usize>) -> Whose {
        let file = submission.and_then(|at| self.submissions.get(at)).map(|one| one.file.name.clone());
        self.code(district).map_or_else(|| Whose::File(file.unwrap_or_default()), Whose::District)
    }

    /// Whose a finding of the last run was. The sender of a file may be known by now.
    fn whose_past(&self, one: &PastFinding) -> Whose {
        let by_name = || self.submissions.iter().find(|sent| Some(&sent.file.name) == one.file.as_ref());
        let told = one.district_code.clone().or_else(|| self.code(by_name()?.cover.district));
        told.map_or_else(|| Whose::File(one.file.clone().unwrap_or_default()), Whose::District)
    }

    fn code(&self, district: Option<Code>) -> Option<String> {
        Some(self.vocabulary.lists[self.vocabulary.districts].entry(district?)?.code.clone())
    }

    /// Errors and warnings of this run.
    fn now(&self) -> Vec<Now<'_>> {
        let grave = self.findings.iter().enumerate().filter(|(_, said)| said.level <= Level::Warning);
        let now = grave.map(|(finding, said)| {
            let from = said.submission.and_then(|position| self.submissions.get(position));
            let district = match said.scope {
                Scope::Absent(code) => Some(code),
                _ => from.and_then(|one| one.cover.district),
            };
            let explained = self.explained.binary_search_by_key(&finding, |one| one.finding).is_ok();
            Now { finding, whose: self.whose(district, said.submission), explained, said }
        });
        now.collect()
    }

    /// The codes of the districts whose report was read.
    fn read(&self) -> FxHashSet<String> {
        let counted = self.counted.iter().filter_map(|position| self.submissions.get(*position));
        counted.filter_map(|one| self.code(one.cover.district)).collect()
    }
}

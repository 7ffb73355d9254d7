//! Which files count: the period asked for, and the newest valid file of each district.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::naming::lateness;
use crate::model::{
    Code, Finding, Label, Place, Sentence, Submission,
    baseline::{self, Baseline},
    shown_date,
};
use crate::text;
use crate::texts;

texts! {
    SUPERSEDED = "cùng huyện và kỳ có tệp mới hơn: {newer} ({reason})" / "a newer file of the same district and period: {newer} ({reason})";
    BY_CUT_OFF = "tệp kia tính đến ngày {newer}, tệp này đến ngày {older}" / "that one is as of {newer}, this one as of {older}";
    BY_SAVING = "cùng ngày chốt số liệu; tệp kia lưu sau, theo giờ của tệp" / "the same cut-off date; that one was saved later, by the file's time";
    BY_NAME = "cùng ngày chốt số liệu, cùng giờ lưu; tên tệp kia xếp sau" / "the same cut-off date and time of saving; that one's name sorts last";
    ONE_FILE = "mỗi huyện một tệp cho kỳ {period}" / "one file a district for period {period}";
    KEEP_NEWER = "Không phải làm gì nếu {newer} là bản đúng; nếu không, xóa bản đó và chạy lại." / "Nothing to do if {newer} is the right one; otherwise remove that one and run again.";
    IDENTICAL = "nội dung trùng hệt tệp {other}" / "the same content as {other}";
    REMOVE_COPY = "Xóa một trong hai bản." / "Remove one of the two copies.";
    OTHER_PERIOD = "kỳ báo cáo «{found}»" / "period \"{found}\"";
    PERIOD = "kỳ {period}" / "period {period}";
    CORRECT_PERIOD = "Gửi báo cáo của kỳ {period}, hoặc sửa ô «Kỳ báo cáo» ở trang đầu." / "Send the report of period {period}, or correct the period on the cover.";
}

/// What the province asked for.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// The period; the one most files give where it is not said.
    pub period: Option<String>,
    /// The districts that must report.
    pub districts: Vec<Code>,
}

/// Which files count.
#[derive(Clone, Debug, Default)]
pub struct Choice {
    /// The period asked for.
    pub period: String,
    /// The cut-off date that most counted files give.
    pub cut_off: Option<NaiveDate>,
    /// The files that count, by position, in name order.
    pub counted: Vec<usize>,
    /// Files that a newer or identical one replaces, by position.
    pub superseded: Vec<usize>,
}

/// Chooses, and records a finding in every file that does not count.
pub fn choose(submissions: &mut [Submission], asked: &Asked) -> Choice {
    let period = asked.period.clone().unwrap_or_else(|| {
        commonest(submissions.iter().filter(|one| !one.blocked()).map(|one| one.cover.period.clone()))
            .unwrap_or_default()
    });
    refuse_other_periods(submissions, &period);
    let mut superseded = identical(submissions);
    superseded.extend(older(submissions, &superseded, &period));
    superseded.sort_unstable();
    let counts = |position: &usize| !submissions[*position].blocked() && !superseded.contains(position);
    let counted: Vec<usize> = (0..submissions.len()).filter(counts).collect();
    let cut_off = commonest(counted.iter().filter_map(|position| submissions[*position].cover.cut_off));
    Choice { period, cut_off, counted, superseded }
}

/// The value that occurs most; the greatest of several.
fn commonest<T: Ord + std::hash::Hash + Clone>(values: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: FxHashMap<T, usize> = FxHashMap::default();
    for value in values {
        *counts.entry(value).or_default() += 1;
    }
    counts.into_iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| a.0.cmp(&b.0))).map(|(value, _)| value)
}

fn refuse_other_periods(submissions: &mut [Submission], period: &str) {
    for submission in submissions.iter_mut().filter(|one| !one.blocked()) {
        if text::key(&submission.cover.period) == text::key(period) {
            continue;
        }
        let found = OTHER_PERIOD.say().with("found", &submission.cover.period);
        let expected = PERIOD.say().with("period", period);
        let remedy = CORRECT_PERIOD.say().with("period", period);
        submission.findings.push(remark(&baseline::PERIOD_OTHER, found, expected, remedy));
    }
}

/// Files whose content an earlier file (in name order) has as well.
fn identical(submissions: &mut [Submission]) -> Vec<usize> {
    let mut first: FxHashMap<(u64, u64), usize> = FxHashMap::default();
    let mut copies = Vec::new();
    for position in 0..submissions.len() {
        let file = &submissions[position].file;
        let original = *first.entry((file.digest, file.size)).or_insert(position);
        if original == position || submissions[position].blocked() {
            continue;
        }
        let other = submissions[original].file.name.clone();
        let found = IDENTICAL.say().with("other", other);
        let expected = ONE_FILE.say().with("period", &submissions[position].cover.period);
        submissions[position].findings.push(remark(&baseline::IDENTICAL, found, expected, REMOVE_COPY.say()));
        copies.push(position);
    }
    copies
}

/// Files that a newer one of the same district replaces: by cut-off date, then time of saving, then what the names say.
fn older(submissions: &mut [Submission], copies: &[usize], period: &str) -> Vec<usize> {
    let mut newest: FxHashMap<Code, usize> = FxHashMap::default();
    let age = |one: &Submission| {
        let name = one.file.name.clone();
        (one.cover.cut_off, one.file.modified, lateness(&name), name)
    };
    let stands = |position: &usize| !submissions[*position].blocked() && !copies.contains(position);
    let standing: Vec<usize> = (0..submissions.len()).filter(stands).collect();
    for position in &standing {
        let Some(district) = submissions[*position].cover.district else { continue };
        let best = newest.entry(district).or_insert(*position);
        if age(&submissions[*position]) > age(&submissions[*best]) {
            *best = *position;
        }
    }
    let mut replaced = Vec::new();
    for position in standing {
        let Some(best) = submissions[position].cover.district.and_then(|district| newest.get(&district)) else {
            continue;
        };
        if *best == position {
            continue;
        }
        let newer = submissions[*best].file.name.clone();
        let reason = reason(&submissions[*best], &submissions[position]);
        let found = SUPERSEDED.say().with("newer", &newer).with_label("reason", reason);
        let expected = ONE_FILE.say().with("period", period);
        let remedy = KEEP_NEWER.say().with("newer", newer);
        submissions[position].findings.push(remark(&baseline::SUPERSEDED, found, expected, remedy));
        replaced.push(position);
    }
    replaced
}

/// What made one file newer than another. After copying or a download, times of saving say little: whoever reads
/// this must know that nothing better decided.
fn reason(newer: &Submission, older: &Submission) -> Label {
    let days = newer.cover.cut_off.zip(older.cover.cut_off).filter(|(newer, older)| newer != older);
    Label::from(match days {
        Some((newer, older)) => BY_CUT_OFF.say().with("newer", shown_date(newer)).with("older", shown_date(older)),
        None if newer.file.modified != older.file.modified => BY_SAVING.say(),
        None => BY_NAME.say(),
    })
}

/// A baseline finding about a file as a whole.
fn remark(baseline: &Baseline, found: Sentence, expected: Sentence, remedy: Sentence) -> Finding {
    Finding::of_file(baseline, Vec::<Place>::new(), [found, expected, remedy])
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_commonest_value_wins_and_the_greatest_of_several() {
        assert_eq!(super::commonest(["2018", "2019", "2019"].into_iter()), Some("2019"));
        assert_eq!(super::commonest([1, 2].into_iter()), Some(2));
        assert_eq!(super::commonest(std::iter::empty::<u8>()), None);
    }
}

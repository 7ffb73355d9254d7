//! A line a district: what came, what became of it, and whether the control totals close.

use super::{Asked, Choice, district_label};
use crate::model::{
    Code, Condition, DistrictLine, Finding, HeldRow, Level, Measure, Scope, Status, Submission, Vocabulary, baseline,
};
use crate::texts;

texts! {
    NO_FILE = "không có tệp nào của {district}" / "no file of {district}";
    A_FILE = "một tệp báo cáo của mỗi huyện, thành phố" / "one report of every district";
    ASK = "Đôn đốc {district} gửi báo cáo, rồi chạy lại." / "Ask {district} for its report, then run again.";
}

/// A finding for each district that must report and of which no file is known.
pub fn missing(vocabulary: &Vocabulary, asked: &Asked, submissions: &[Submission]) -> Vec<Finding> {
    let sent = |code: &Code| submissions.iter().any(|one| one.cover.district == Some(*code));
    let absent = asked.districts.iter().filter(|code| !sent(code));
    let finding = |code: &Code| {
        let district = district_label(vocabulary, *code);
        let said = [
            NO_FILE.say().with_label("district", district.clone()),
            A_FILE.say(),
            ASK.say().with_label("district", district),
        ];
        Finding { scope: Scope::Absent(*code), ..Finding::of_file(&baseline::DISTRICT_MISSING, Vec::new(), said) }
    };
    absent.map(finding).collect()
}

/// Expected districts in list order, each with all its files; then files of other or unknown senders.
pub fn lines(
    vocabulary: &Vocabulary,
    asked: &Asked,
    submissions: &[Submission],
    choice: &Choice,
    findings: &[Finding],
    held: &[HeldRow],
) -> Vec<DistrictLine> {
    let line = |position: usize| file_line(vocabulary, submissions, choice, findings, held, position);
    let mut lines = Vec::new();
    for code in &asked.districts {
        let files: Vec<usize> =
            (0..submissions.len()).filter(|one| submissions[*one].cover.district == Some(*code)).collect();
        let (counted, others): (Vec<usize>, Vec<usize>) =
            files.into_iter().partition(|position| choice.counted.contains(position));
        if counted.is_empty() && others.is_empty() {
            lines.push(absent_line(vocabulary, *code));
        }
        lines.extend(counted.into_iter().chain(others).map(line));
    }
    let unexpected = |one: &usize| submissions[*one].cover.district.is_none_or(|code| !asked.districts.contains(&code));
    lines.extend((0..submissions.len()).filter(unexpected).map(line));
    lines
}

fn absent_line(vocabulary: &Vocabulary, code: Code) -> DistrictLine {
    DistrictLine {
        district: Some(code),
        submission: None,
        status: Status::Missing,
        received: vec![0; vocabulary.tables.len()],
        accepted: vec![0; vocabulary.tables.len()],
        held: vec![0; vocabulary.tables.len()],
        errors: 1,
        warnings: 0,
        notes: 0,
        declared: vec![None; vocabulary.cover.totals.len()],
        counted: vec![0.0; vocabulary.cover.totals.len()],
        change: None,
    }
}

fn file_line(
    vocabulary: &Vocabulary,
    submissions: &[Submission],
    choice: &Choice,
    findings: &[Finding],
    held: &[HeldRow],
    position: usize,
) -> DistrictLine {
    let submission = &submissions[position];
    let counts = choice.counted.contains(&position);
    let own = |level: fn(Level) -> bool| {
        let number = findings.iter().filter(|one| one.submission == Some(position) && level(one.level)).count();
        u32::try_from(number).unwrap_or(u32::MAX)
    };
    let errors = own(|level| level <= Level::Error);
    let of_tables = |number: &dyn Fn(usize) -> usize| -> Vec<u32> {
        let tables = 0..vocabulary.tables.len();
        tables.map(|table| if counts { u32::try_from(number(table)).unwrap_or(u32::MAX) } else { 0 }).collect()
    };
    let received = of_tables(&|table| submission.tables[table].len());
    let held = of_tables(&|table| {
        held.iter().filter(|row| row.table == table && row.at.submission as usize == position).count()
    });
    DistrictLine {
        district: submission.cover.district,
        submission: Some(position),
        status: match (choice.superseded.contains(&position), errors) {
            (true, _) => Status::Superseded,
            (false, 0) => Status::Received,
            (false, _) => Status::Returned,
        },
        accepted: received.iter().zip(&held).map(|(received, held)| received - held).collect(),
        received,
        held,
        errors,
        warnings: own(|level| level == Level::Warning),
        notes: own(|level| level == Level::Note),
        declared: (0..vocabulary.cover.totals.len())
            .map(|total| submission.cover.totals.get(total).copied().flatten())
            .collect(),
        counted: vocabulary
            .cover
            .totals
            .iter()
            .map(|total| if counts { count(&vocabulary.measures[total.measure], submission) } else { 0.0 })
            .collect(),
        change: None,
    }
}

/// How many rows received meet a measure's conditions.
fn count(measure: &Measure, submission: &Submission) -> f64 {
    let table = &submission.tables[measure.table];
    (0..table.len()).filter(|row| Condition::all_hold(&measure.when, table, *row) == Some(true)).count() as f64
}

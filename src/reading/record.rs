//! The record of the last run, `ket-qua.json`, read back. Whatever it holds, a run goes on: at worst there is nothing to
//! compare with.

use serde::Deserialize;

use crate::form::Form;
use crate::model::{LastRound, Level, PastFinding, Record, Refusal};
use crate::texts;

texts! {
    DAMAGED = "tệp «ket-qua.json» của lần trước bị hỏng, hoặc không phải do phiên bản tonghop này ghi" / "the last run's \"ket-qua.json\" is damaged, or was not written by this version of tonghop";
    OTHER_FORM = "kết quả lần trước là của biểu mẫu «{found}», không phải «{form}»" / "the last result is of form \"{found}\", not \"{form}\"";
    OTHER_EDITION = "kết quả lần trước theo phiên bản «{found}» của biểu mẫu, nay là «{edition}»" / "the last result is of edition \"{found}\" of the form, which is now \"{edition}\"";
}

/// Reads the record from its text; `None` where there is no such file.
pub fn record(text: Result<Option<String>, Refusal>, form: &Form) -> LastRound {
    let unfit = |why, written| LastRound::Unfit { why, written };
    let text = match text {
        Ok(Some(text)) => text,
        Ok(None) => return LastRound::Absent,
        Err(refusal) => return unfit(refusal.found, Vec::new()),
    };
    let Some(found) = serde_json::from_str::<Found>(&text).ok() else { return unfit(DAMAGED.say(), Vec::new()) };
    let written = found.districts.iter().filter_map(|one| one.hand_back.clone()).collect();
    if found.form != form.id {
        return unfit(OTHER_FORM.say().with("found", &found.form).with("form", &form.id), written);
    }
    if found.edition != form.edition {
        let why = OTHER_EDITION.say().with("found", &found.edition).with("edition", &form.edition);
        return unfit(why, written);
    }
    match found.record() {
        Some(record) => LastRound::Kept { record, written },
        None => unfit(DAMAGED.say(), written),
    }
}

/// What is needed of the file; it holds much more.
#[derive(Deserialize)]
struct Found {
    form: String,
    edition: String,
    period: String,
    round: FoundRound,
    districts: Vec<FoundDistrict>,
    findings: Vec<PastFinding>,
    explained: Vec<FoundExplanation>,
}

#[derive(Deserialize)]
struct FoundRound {
    number: u32,
    counted: Vec<String>,
    before: Option<Vec<PastFinding>>,
    pending: Vec<PastFinding>,
}

#[derive(Deserialize)]
struct FoundDistrict {
    hand_back: Option<String>,
}

#[derive(Deserialize)]
struct FoundExplanation {
    finding: usize,
    text: String,
}

impl Found {
    /// The record; `None` where it contradicts itself.
    fn record(mut self) -> Option<Record> {
        for one in self.explained {
            self.findings.get_mut(one.finding)?.explanation = one.text;
        }
        let mut findings = self.findings;
        findings.retain(|one| one.level <= Level::Warning);
        findings.extend(self.round.pending);
        let counted = self.round.counted.iter().map(|digest| u64::from_str_radix(digest, 16).ok());
        let counted = counted.collect::<Option<_>>()?;
        let (number, before) = (self.round.number, self.round.before);
        Some(Record { period: self.period, number, counted, findings, before })
    }
}

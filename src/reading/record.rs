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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::sync::LazyLock;

    use proptest::prelude::*;
    use serde_json::{Value, json};

    use super::*;
    use crate::form;

    static FORM: LazyLock<Form> = LazyLock::new(|| form::resolve(&form::built_in_files("chqs-xa").unwrap()).unwrap());

    fn whole() -> Value {
        let past = |check: &str, level: &str| {
            json!({
                "district_code": "178", "file": "a.xlsx", "check": check, "title": "CCCD", "level": level,
                "sheet": "Học viên", "cell": "E8", "key": "An, 1", "found": "ghi 1", "expected": "12 chữ số",
            })
        };
        json!({
            "form": FORM.id, "edition": FORM.edition, "period": "2019",
            "round": {
                "number": 3, "counted": ["00000000000000ff"], "before": [past("a", "error")],
                "pending": [past("b", "warning")], "not_compared": null,
            },
            "districts": [{ "code": "178", "hand_back": "tra-lai/178/178-2019.xlsx" }, { "code": "181", "hand_back": null }],
            "findings": [past("c", "note"), past("d", "warning"), past("e", "block")],
            "explained": [{ "finding": 1, "text": "đúng" }],
        })
    }

    #[test]
    fn a_record_holds_what_the_run_left_and_could_not_know() {
        let LastRound::Kept { record, written } = record(Ok(Some(whole().to_string())), &FORM) else {
            unreachable!("a whole record")
        };
        let checks: Vec<_> = record.findings.iter().map(|one| (one.check.as_str(), one.explanation.as_str())).collect();
        assert_eq!(checks, [("d", "đúng"), ("e", ""), ("b", "")]);
        assert_eq!((record.number, record.counted.as_slice()), (3, &[255][..]));
        assert_eq!(record.before.map(|before| before.len()), Some(1));
        assert_eq!(written, ["tra-lai/178/178-2019.xlsx"]);
    }

    #[test]
    fn what_another_form_wrote_is_still_known() {
        let mut other = whole();
        other["form"] = json!("thiet-bi-y-te");
        let LastRound::Unfit { written, .. } = record(Ok(Some(other.to_string())), &FORM) else {
            unreachable!("another form")
        };
        assert_eq!(written.len(), 1);
    }

    proptest! {
        /// Whatever stands in the file, reading it ends, with a record or a reason.
        #[test]
        fn a_damaged_record_never_ends_a_run(at in 0_usize..1_200, byte in any::<u8>(), cut in any::<bool>()) {
                let mut bytes = whole().to_string().into_bytes();
            let at = at % bytes.len();
            bytes[at] = byte;
            bytes.truncate(if cut { at } else { bytes.len() });
            let text = String::from_utf8_lossy(&bytes).into_owned();
            let found = record(Ok(Some(text)), &FORM);
            let unfit = matches!(found, LastRound::Unfit { .. });
            prop_assert!(unfit || !cut);
        }
    }
}

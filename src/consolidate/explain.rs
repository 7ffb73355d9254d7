//! Which warnings the districts explained.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{Explained, Explanation, Finding, Lang, Level};

/// Pairs warnings with what their district wrote in the hand-back, in order of findings; `said` gives each explanation
/// with the position of its submission. A warning is known by its check and row key; where several share these (two
/// courses over quota), by what was found as well.
///
/// Explanations of anything but a warning are not paired: an error is corrected, not explained.
pub fn explained<'a>(said: impl Iterator<Item = (usize, &'a Explanation)>, findings: &[Finding]) -> Vec<Explained> {
    let mut warnings: FxHashMap<(usize, &str, &str), Vec<usize>> = FxHashMap::default();
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.level == Level::Warning) {
        if let Some(submission) = finding.submission {
            warnings.entry((submission, &finding.check, &finding.key)).or_default().push(at);
        }
    }
    let mut pairs: Vec<(&Explanation, &[usize])> = Vec::new();
    for (submission, said) in said {
        let same = warnings.get(&(submission, said.check.as_str(), said.key.as_str()));
        pairs.extend(same.map(|same| (said, same.as_slice())));
    }
    let mut explained: BTreeMap<usize, &str> = BTreeMap::new();
    for (said, same) in &pairs {
        if let Some(at) = same.iter().find(|at| found(&findings[**at], said)) {
            explained.insert(*at, &said.text);
        }
    }
    // What was found may read differently by now, as a count does; one warning cannot be mistaken for another.
    for (said, same) in pairs {
        if let [at] = same {
            explained.entry(*at).or_insert(&said.text);
        }
    }
    explained.into_iter().map(|(finding, text)| Explained { finding, text: text.to_owned() }).collect()
}

/// Whether the hand-back, in either language, said the same of a finding.
fn found(finding: &Finding, said: &Explanation) -> bool {
    [Lang::Vi, Lang::En].into_iter().any(|lang| finding.found.get(lang) == said.found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Text, baseline};

    const COUNT: Text = Text { vi: "{count} dòng", en: "{count} rows" };

    fn finding(level: Level, key: &str, count: u32) -> Finding {
        let said = [COUNT.say().with("count", count), COUNT.say(), COUNT.say()];
        let one = Finding::of_file(&baseline::OTHER_EDITION, Vec::new(), said);
        Finding { level, submission: Some(0), key: key.to_owned(), ..one }
    }

    fn said(key: &str, found: &str) -> Explanation {
        let [check, key, found] = [baseline::OTHER_EDITION.id, key, found].map(str::to_owned);
        Explanation { text: format!("{key} {found} đúng"), check, key, found }
    }

    fn texts(said: &[Explanation], findings: &[Finding]) -> Vec<(usize, String)> {
        let explained = explained(said.iter().map(|one| (0, one)), findings);
        explained.into_iter().map(|one| (one.finding, one.text)).collect()
    }

    #[test]
    fn warnings_without_a_row_are_told_apart_by_what_was_found() {
        let findings = [finding(Level::Warning, "", 12), finding(Level::Warning, "", 15)];
        assert_eq!(texts(&[said("", "15 rows")], &findings), [(1, " 15 rows đúng".to_owned())]);
        assert_eq!(texts(&[said("", "14 dòng")], &findings), []);
    }

    #[test]
    fn a_warning_alone_is_known_by_its_row_even_where_the_count_moved() {
        let findings = [finding(Level::Warning, "An", 12), finding(Level::Error, "Bình", 1)];
        let words = [said("An", "11 dòng"), said("Bình", "1 dòng"), said("Cúc", "1 dòng")];
        assert_eq!(texts(&words, &findings), [(0, "An 11 dòng đúng".to_owned())]);
    }
}

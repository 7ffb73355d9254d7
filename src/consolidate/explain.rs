//! Which warnings the districts explained.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::model::{Explained, Explanation, Finding, Lang, Level, PastFinding, Submission, Vocabulary};

/// What the record of the last run says that a district explained, for every file of it: an explanation holds whatever
/// file comes next, with our list in it or without.
pub fn kept(kept: &[PastFinding], vocabulary: &Vocabulary, submissions: &[Submission]) -> Vec<(usize, Explanation)> {
    let list = &vocabulary.lists[vocabulary.districts];
    let code = |one: &Submission| one.cover.district.and_then(|code| list.entry(code)).map(|entry| entry.code.as_str());
    let of_file = |(position, submission): (usize, &Submission)| {
        let own =
            kept.iter().filter(|one| one.district_code.is_some() && one.district_code.as_deref() == code(submission));
        own.map(|one| {
            let [check, key, found, text] = [&one.check, &one.key, &one.found, &one.explanation].map(String::clone);
            (position, Explanation { check, key, found, text })
        })
        .collect::<Vec<_>>()
    };
    submissions.iter().enumerate().flat_map(of_file).collect()
}

/// Pairs warnings with what their district wrote in the hand-back, in order of findings; `said` gives each explanation
/// with the position of its submission, and `kept` those that earlier runs took. A warning is known by its check and
/// row key; where several share these (two courses over quota), by what was found as well.
///
/// Explanations of anything but a warning are not paired: an error is corrected, not explained. An explanation that was
/// taken before holds as long as the same is found.
pub fn explained<'a>(
    said: impl Iterator<Item = (usize, &'a Explanation)>,
    kept: &'a [(usize, Explanation)],
    findings: &[Finding],
) -> Vec<Explained> {
    let mut warnings: FxHashMap<(usize, &str, &str), Vec<usize>> = FxHashMap::default();
    for (at, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.level == Level::Warning) {
        if let Some(submission) = finding.submission {
            warnings.entry((submission, &finding.check, &finding.key)).or_default().push(at);
        }
    }
    let of = |(submission, said): (usize, &'a Explanation)| {
        let same = warnings.get(&(submission, said.check.as_str(), said.key.as_str()))?;
        Some((submission, said, same.as_slice()))
    };
    let mut explained: BTreeMap<usize, &str> = BTreeMap::new();
    let said: Vec<_> = said.filter_map(of).collect();
    let taken = kept.iter().map(|(submission, said)| (*submission, said));
    for (_, said, same) in said.iter().copied().chain(taken.filter_map(of)) {
        let open = same.iter().find(|at| !explained.contains_key(*at) && found(&findings[**at], said));
        explained.extend(open.map(|at| (*at, said.text.as_str())));
    }
    // What was found may read differently by now, as a count does; one warning cannot be mistaken for another. Words
    // that stood in the list before were said of what was found then.
    let known: FxHashSet<(usize, &Explanation)> = kept.iter().map(|(submission, said)| (*submission, said)).collect();
    for (submission, said, same) in said {
        if let [at] = same
            && !known.contains(&(submission, said))
        {
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
        texts_beside(&[], said, findings)
    }

    fn texts_beside(kept: &[Explanation], said: &[Explanation], findings: &[Finding]) -> Vec<(usize, String)> {
        let kept: Vec<_> = kept.iter().map(|one| (0, one.clone())).collect();
        let explained = explained(said.iter().map(|one| (0, one)), &kept, findings);
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

    #[test]
    fn words_of_an_earlier_round_hold_as_long_as_the_same_is_found() {
        let old = [said("An", "12 dòng")];
        let explained = [(0, "An 12 dòng đúng".to_owned())];
        assert_eq!(texts_beside(&old, &[], &[finding(Level::Warning, "An", 12)]), explained);
        assert_eq!(texts_beside(&old, &[], &[finding(Level::Warning, "An", 13)]), []);
        assert_eq!(texts_beside(&old, &[], &[finding(Level::Error, "An", 12)]), []);
        // The list that comes back still holds them; the same words are no new ones.
        assert_eq!(texts_beside(&old, &old, &[finding(Level::Warning, "An", 13)]), []);
        let new = [Explanation { text: "vẫn đúng".to_owned(), ..said("An", "12 dòng") }];
        let again = [(0, "vẫn đúng".to_owned())];
        assert_eq!(texts_beside(&old, &new, &[finding(Level::Warning, "An", 13)]), again);
        assert_eq!(texts_beside(&old, &new, &[finding(Level::Warning, "An", 12)]), again);
    }
}

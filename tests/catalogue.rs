//! Every wording of the program stands in both languages and fills in the same blanks.

use std::collections::BTreeSet;

use tonghop::model::{Lang, Text, baseline, own, round, trouble};

fn blanks(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

fn everything() -> Vec<(&'static str, Text)> {
    let rooms = [
        tonghop::checks::TEXTS,
        tonghop::cli::TEXTS,
        tonghop::consolidate::TEXTS,
        tonghop::form::TEXTS,
        tonghop::intake::TEXTS,
        tonghop::reading::ALL_TEXTS,
        tonghop::run::TEXTS,
        tonghop::summaries::TEXTS,
        tonghop::writers::TEXTS,
    ];
    let said = rooms.into_iter().flatten().flat_map(|file| file.iter().copied());
    said.chain(own::TEXTS.iter().copied())
        .chain(round::TEXTS.iter().copied())
        .chain(trouble::TEXTS.iter().copied())
        .chain(baseline::ALL.iter().map(|one| (one.id, one.title)))
        .collect()
}

#[test]
fn both_languages_say_everything_with_the_same_blanks() {
    let all = everything();
    assert!(all.len() > 100, "only {} wordings were found", all.len());
    for (name, text) in all {
        for lang in [Lang::Vi, Lang::En] {
            assert!(!text.get(lang).trim().is_empty(), "{name} is not said in {lang:?}");
        }
        assert_eq!(blanks(text.vi), blanks(text.en), "{name}: {} / {}", text.vi, text.en);
    }
}

//! Rounds on small made-up results: who is paired with whom, and numbers that close.

use proptest::prelude::*;

use super::rounds::{Known, Whose, begin, compare};
use crate::model::*;

const FOUND: Text = Text { vi: "ghi «{value}»", en: "holds \"{value}\"" };

/// A finding in few words: check, row key, cell, value found; `explained` where a warning was.
#[derive(Clone, Debug)]
struct One {
    district: usize,
    check: &'static str,
    key: String,
    cell: CellAt,
    value: u8,
    explained: bool,
}

fn one(check: &'static str, key: &str, row: u32, value: u8) -> One {
    One { district: 0, check, key: key.to_owned(), cell: CellAt::new(row, 4), value, explained: false }
}

fn district(at: usize) -> String {
    format!("{}", 178 + at)
}

fn vocabulary() -> Vocabulary {
    let entry = |at| Entry {
        code: district(at),
        label: Label::same(district(at)),
        short: Label::same(district(at)),
        variants: Vec::new(),
        parent: None,
        from: None,
        to: None,
        attributes: Vec::new(),
    };
    let keys = Keys { exact: str::to_owned, plain: str::to_owned };
    let list = CodeList::new("districts".to_owned(), None, Vec::new(), (0..3).map(entry).collect(), keys);
    let cover = CoverShape { sheet: Label::same("Thông tin"), totals: Vec::new() };
    Vocabulary {
        cover,
        tables: Vec::new(),
        lists: vec![list],
        references: Vec::new(),
        districts: 0,
        measures: Vec::new(),
    }
}

/// A report of each district; the third one's was not read.
fn submissions() -> Vec<Submission> {
    let sent = |at: usize| Submission {
        file: SourceFile { name: format!("{at}.xlsx"), size: 1, modified: 0, digest: at as u64, format: "xlsx" },
        cover: Cover { district: Some(Code::at(at)), ..Cover::default() },
        tables: Vec::new(),
        repairs: Vec::new(),
        findings: Vec::new(),
        explanations: Vec::new(),
        other_sheets: Vec::new(),
        hidden: Default::default(),
        hidden_sheets: Vec::new(),
    };
    (0..3).map(sent).collect()
}

fn past(one: &One) -> PastFinding {
    PastFinding {
        district_code: Some(district(one.district)),
        file: None,
        check: one.check.to_owned(),
        title: String::new(),
        level: Level::Warning,
        sheet: Some("Học viên".to_owned()),
        cell: Some(one.cell.to_string()),
        key: one.key.clone(),
        found: FOUND.say().with("value", one.value).get(Lang::En),
        explanation: if one.explained { "đúng".to_owned() } else { String::new() },
    }
}

fn now(one: &One) -> Finding {
    let place = Place { sheet: "Học viên".to_owned(), cell: Some(one.cell) };
    let found = FOUND.say().with("value", one.value);
    let whole = Finding::of_file(&baseline::WRONG_TYPE, vec![place], [found, FOUND.say(), FOUND.say()]);
    let (check, key) = (one.check.to_owned(), one.key.clone());
    Finding { check, key, level: Level::Warning, submission: Some(one.district), ..whole }
}

/// A result with findings alone.
fn whole(after: &[One]) -> Consolidated {
    let explained = after.iter().enumerate().filter(|(_, one)| one.explained);
    Consolidated {
        submissions: submissions(),
        findings: after.iter().map(now).collect(),
        registers: Vec::new(),
        held: Vec::new(),
        explained: explained.map(|(finding, _)| Explained { finding, text: "đúng".to_owned() }).collect(),
        lines: Vec::new(),
        period: "2019".to_owned(),
        cut_off: None,
        accept: Accept::Rows,
        not_run: Vec::new(),
        skipped: Vec::new(),
        round: None,
    }
}

/// What became of each district's findings, and what is pending.
fn compared(before: &[One], after: &[One]) -> (Vec<Change>, Vec<PastFinding>) {
    let (vocabulary, whole) = (vocabulary(), whole(after));
    let known = Known { vocabulary: &vocabulary, consolidated: &whole, counted: &[0, 1] };
    let mut round = Round { before: Some(before.iter().map(past).collect()), ..Round::default() };
    let wanted: Vec<Whose> = (0..3).map(|at| Whose::District(district(at))).collect();
    let changes = compare(&mut round, &known, &wanted).into_iter().map(Option::unwrap).collect();
    (changes, round.pending)
}

/// The cells of what is fixed, how many are open, and the positions of what is new, in the first district.
fn first(before: &[One], after: &[One]) -> (Vec<String>, u32, Vec<usize>) {
    let (mut changes, _) = compared(before, after);
    let Change { fixed, open, new, .. } = changes.swap_remove(0);
    (fixed.into_iter().filter_map(|one| one.cell).collect(), open, new)
}

#[test]
fn a_row_is_known_wherever_it_stands() {
    let before = [one("a", "An, 1", 8, 1), one("a", "Bình, 2", 9, 1)];
    let after = [one("a", "Cúc, 3", 8, 1), one("a", "An, 1", 9, 1)];
    assert_eq!(first(&before, &after), (vec!["E10".to_owned()], 1, vec![0]));
}

#[test]
fn another_wrong_value_on_the_row_is_still_the_same_fault() {
    assert_eq!(first(&[one("a", "An, 1", 8, 1)], &[one("a", "An, 1", 8, 2)]), (vec![], 1, vec![]));
    assert_eq!(first(&[one("a", "An, 1", 8, 1)], &[one("b", "An, 1", 8, 1)]), (vec!["E9".to_owned()], 0, vec![0]));
}

#[test]
fn where_several_share_a_row_and_check_what_was_found_tells_before_the_cell_does() {
    let before = [one("a", "", 8, 1), one("a", "", 9, 2)];
    assert_eq!(first(&before, &[one("a", "", 8, 2)]), (vec!["E9".to_owned()], 1, vec![]));
    assert_eq!(first(&before, &[one("a", "", 9, 3)]), (vec!["E9".to_owned()], 1, vec![]));
}

#[test]
fn a_row_whose_id_was_corrected_is_known_by_its_cell_and_its_name() {
    assert_eq!(first(&[one("a", "An, 12", 8, 1)], &[one("a", "An, 123", 8, 1)]), (vec![], 1, vec![]));
    let stranger = first(&[one("a", "An, 12", 8, 1)], &[one("a", "Bình, 123", 8, 1)]);
    assert_eq!(stranger, (vec!["E9".to_owned()], 0, vec![0]));
    let elsewhere = first(&[one("a", "An, 12", 8, 1)], &[one("a", "An, 123", 9, 1)]);
    assert_eq!(elsewhere, (vec!["E9".to_owned()], 0, vec![0]));
}

#[test]
fn a_change_stands_once_for_each_district_and_not_at_all_in_the_first_round() {
    let (vocabulary, whole) = (vocabulary(), whole(&[]));
    let known = Known { vocabulary: &vocabulary, consolidated: &whole, counted: &[0, 1] };
    let wanted = [0, 0, 1].map(|at| Whose::District(district(at)));
    let mut round = Round { before: Some(vec![past(&one("a", "An", 8, 1))]), ..Round::default() };
    let changes = compare(&mut round, &known, &wanted);
    assert_eq!(
        changes.iter().map(|one| one.as_ref().map(|one| one.fixed.len())).collect::<Vec<_>>(),
        [Some(1), None, Some(0)]
    );
    assert_eq!(compare(&mut Round::default(), &known, &wanted), [const { None }; 3]);
}

#[test]
fn the_round_grows_only_with_the_files_that_count() {
    let record = Record {
        period: "6T-2019".to_owned(),
        number: 4,
        counted: vec![1, 2],
        findings: vec![past(&one("a", "An", 8, 1)), past(&One { explained: true, ..one("a", "Bình", 9, 1) })],
        before: Some(vec![past(&one("a", "Cúc", 8, 1))]),
    };
    let kept = || LastRound::Kept { record: record.clone(), written: vec!["x".to_owned()] };
    let (again, explained) = begin(kept(), "6t-2019", vec![2, 1]);
    assert_eq!((again.number, &again.before, again.unfit), (4, &record.before, None));
    assert_eq!(explained, record.findings[1..]);
    let (next, explained) = begin(kept(), "6T-2019", vec![1, 3]);
    assert_eq!((next.number, next.before.as_ref(), next.unfit), (5, Some(&record.findings), None));
    assert_eq!(explained, record.findings[1..]);
    let (unread, _) = begin(kept(), "", vec![]);
    assert_eq!((unread.number, unread.before.as_ref(), unread.unfit), (5, Some(&record.findings), None));
    let (other, explained) = begin(kept(), "2020", vec![1, 2]);
    assert_eq!((other.number, &other.before, other.unfit.is_some(), explained.len()), (1, &None, true, 0));
    assert_eq!(other.written_before, ["x"]);
}

fn any_one() -> impl Strategy<Value = One> {
    let check = prop::sample::select(vec!["a", "b"]);
    let key = prop::sample::select(vec!["", "An, 1", "An, 2", "Bình, 3"]);
    (0..3_usize, check, key, 0..3_u32, 0..2_u8, any::<bool>()).prop_map(
        |(district, check, key, row, value, explained)| One { district, explained, ..one(check, key, row, value) },
    )
}

proptest! {
    /// What was open is fixed, explained or open; what is open was open or is new; nothing is fixed unread.
    #[test]
    fn numbers_close(
        before in prop::collection::vec(any_one(), 0..12),
        after in prop::collection::vec(any_one(), 0..12),
    ) {
        let (changes, pending) = compared(&before, &after);
        for (at, change) in changes.iter().enumerate() {
            let ChangeCounts { fixed, explained, open, new } = change.counts();
            let count = |of: &[One]| of.iter().filter(|one| one.district == at && !one.explained).count() as u32;
            prop_assert_eq!(count(&before), fixed + explained + open);
            let own = |one: &&PastFinding| one.district_code == Some(district(at)) && one.explanation.is_empty();
            let unknown = pending.iter().filter(own).count() as u32;
            prop_assert_eq!(count(&after), open - unknown + new);
            let none_of = if at == 2 { fixed } else { unknown };
            prop_assert_eq!(none_of, 0);
        }
    }

    /// The same findings again are all open, and no other is.
    #[test]
    fn the_same_again_is_no_change(all in prop::collection::vec(any_one(), 0..12)) {
        let (changes, pending) = compared(&all, &all);
        prop_assert!(pending.is_empty());
        prop_assert!(changes.iter().all(|change| change.counts().nothing_changed()), "{changes:?}");
    }
}

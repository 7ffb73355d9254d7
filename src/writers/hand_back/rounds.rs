//! What a hand-back says of the round before: what was corrected, what is left.

use anyhow::Result;

use super::HandBack;
use super::page::Page;
use crate::model::{Change, Lang, PastFinding};
use crate::texts;

texts! {
    COUNTS = "So với lần trước: {counts}." / "Since the last round: {counts}.";
    FIXED = "Đã sửa: {names}." / "Corrected: {names}.";
    NEW = "Mới, theo số thứ tự trong danh sách: {numbers}." / "New, by numbers in the list: {numbers}.";
    AND_MORE = "{said} và {more} mục khác" / "{said} and {more} more";
}

/// So many corrected findings are named, and so many new ones by their numbers; the rest is a number.
const NAMED: usize = 12;

/// Writes what changed, below a gap; nothing where there was no round before.
pub fn write(page: &mut Page<'_>, input: &HandBack<'_>, change: Option<&Change>) -> Result<()> {
    let Some(change) = change else { return Ok(()) };
    page.gap();
    lines(change, &new(input, change), page.lang).iter().try_for_each(|line| page.line(line))
}

/// The numbers in the list of findings of those that are new.
fn new(input: &HandBack<'_>, change: &Change) -> Vec<String> {
    let all = input.consolidated.findings.iter().enumerate();
    let listed = all.filter(|(_, one)| one.submission == Some(input.submission));
    let numbered = (1..).zip(listed).filter(|(_, (at, _))| change.new.binary_search(at).is_ok());
    numbered.map(|(number, _): (usize, _)| number.to_string()).collect()
}

/// The counts, the corrected findings by their names, the new ones by their numbers.
fn lines(change: &Change, new: &[String], lang: Lang) -> Vec<String> {
    let counts = COUNTS.say().with_label("counts", change.counts().said()).get(lang);
    let fixed: Vec<String> = change.fixed.iter().map(name).collect();
    let fixed = some(&fixed, "; ", lang).map(|names| FIXED.say().with("names", names).get(lang));
    let new = some(new, ", ", lang).map(|numbers| NEW.say().with("numbers", numbers).get(lang));
    std::iter::once(counts).chain(fixed).chain(new).collect()
}

/// The first of some texts, and how many more there are; `None` where there is none.
fn some(all: &[String], between: &str, lang: Lang) -> Option<String> {
    let said = all.iter().take(NAMED).map(String::as_str).collect::<Vec<_>>().join(between);
    match all.len() {
        0 => None,
        few if few <= NAMED => Some(said),
        many => Some(AND_MORE.say().with("said", said).with("more", many - NAMED).get(lang)),
    }
}

/// «Học viên!E18 CCCD đúng dạng (Nông Thị Hai, 12345)», as it stood in the last list.
fn name(one: &PastFinding) -> String {
    let place = match (&one.sheet, &one.cell) {
        (Some(sheet), Some(cell)) => format!("{sheet}!{cell} "),
        (Some(sheet), None) => format!("{sheet} "),
        _ => String::new(),
    };
    let key = if one.key.is_empty() { String::new() } else { format!(" ({})", one.key) };
    format!("{place}{}{key}", one.title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Level;

    fn past(cell: Option<&str>, key: &str) -> PastFinding {
        PastFinding {
            district_code: Some("183".to_owned()),
            file: Some("a.xlsx".to_owned()),
            check: "id-shape".to_owned(),
            title: "CCCD đúng dạng".to_owned(),
            level: Level::Error,
            sheet: cell.map(|_| "Học viên".to_owned()),
            cell: cell.map(str::to_owned),
            key: key.to_owned(),
            found: "12345".to_owned(),
            explanation: String::new(),
        }
    }

    #[test]
    fn the_corrected_ones_are_named_up_to_a_number_and_the_new_ones_numbered() {
        let fixed = vec![past(Some("E18"), "Nông Thị Hai, 12345"), past(None, "")];
        let change = Change { fixed, explained: 1, open: 3, new: vec![7, 9] };
        let said = [
            "So với lần trước: đã sửa 2, đã giải trình 1, còn 3, mới 2.",
            "Đã sửa: Học viên!E18 CCCD đúng dạng (Nông Thị Hai, 12345); CCCD đúng dạng.",
            "Mới, theo số thứ tự trong danh sách: 2, 4.",
        ];
        assert_eq!(lines(&change, &["2", "4"].map(str::to_owned), Lang::Vi), said);
        let many = Change { fixed: vec![past(None, ""); NAMED + 2], ..Change::default() };
        assert!(lines(&many, &[], Lang::Vi)[1].ends_with("; CCCD đúng dạng và 2 mục khác."));
    }

    #[test]
    fn a_round_in_which_nothing_was_corrected_says_so_in_numbers() {
        let change = Change { open: 3, ..Change::default() };
        assert_eq!(lines(&change, &[], Lang::En), ["Since the last round: 0 corrected, 3 still open, 0 new."]);
    }
}

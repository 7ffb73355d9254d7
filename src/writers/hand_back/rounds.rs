//! What a hand-back says of the round before: what was corrected, what is left.

use crate::model::{Change, Lang, PastFinding};
use crate::texts;

texts! {
    COUNTS = "So với lần trước: {counts}." / "Since the last round: {counts}.";
    FIXED = "Đã sửa: {names}." / "Corrected: {names}.";
    AND_MORE = "{names} và {more} mục khác" / "{names} and {more} more";
}

/// So many corrected findings are named; the rest is a number.
const NAMED: usize = 12;

/// The lines to show, none where there was no round before: the numbers, and the corrected findings by their names.
pub fn lines(change: Option<&Change>, lang: Lang) -> Vec<String> {
    let Some(change) = change else { return Vec::new() };
    let counts = COUNTS.say().with_label("counts", change.counts().said()).get(lang);
    let names: Vec<String> = change.fixed.iter().take(NAMED).map(name).collect();
    let more = change.fixed.len().saturating_sub(NAMED);
    let names = names.join("; ");
    let said = match more {
        0 => names,
        _ => AND_MORE.say().with("names", names).with("more", more).get(lang),
    };
    let fixed = (!change.fixed.is_empty()).then(|| FIXED.say().with("names", said).get(lang));
    std::iter::once(counts).chain(fixed).collect()
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
    fn the_corrected_ones_are_named_up_to_a_number() {
        let fixed = vec![past(Some("E18"), "Nông Thị Hai, 12345"), past(None, "")];
        let change = Change { fixed, explained: 1, open: 3, new: vec![7] };
        let said = [
            "So với lần trước: đã sửa 2, đã giải trình 1, còn 3, mới 1.",
            "Đã sửa: Học viên!E18 CCCD đúng dạng (Nông Thị Hai, 12345); CCCD đúng dạng.",
        ];
        assert_eq!(lines(Some(&change), Lang::Vi), said);
        let many = Change { fixed: vec![past(None, ""); NAMED + 2], ..Change::default() };
        assert!(lines(Some(&many), Lang::Vi)[1].ends_with("; CCCD đúng dạng và 2 mục khác."));
        assert_eq!(lines(None, Lang::Vi), [""; 0]);
    }

    #[test]
    fn a_round_in_which_nothing_was_corrected_says_so_in_numbers() {
        let change = Change { open: 3, ..Change::default() };
        assert_eq!(lines(Some(&change), Lang::En), ["Since the last round: 0 corrected, 3 still open, 0 new."]);
    }
}

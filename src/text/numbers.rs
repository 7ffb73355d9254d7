//! Numbers as people type them.

use super::normal;

/// Reads `12`, `-3`, `1.234`, `1 234`, `1.234,5`, `1,234.5`, `1,234,567`, `12,5`, `12.75`.
///
/// A point or a comma that stands last and once, before other than three digits, is the decimal sign. Points before
/// groups of three are grouping, as this country writes. One comma before three digits (`1,234`) may be either: it is no
/// number, unless `0,` or more than three digits stand before it. `None` for anything else, words and units included.
pub fn number(text: &str) -> Option<f64> {
    let normal = normal(text).text;
    // A running number may end in a point: `1.`
    let normal = normal.strip_suffix('.').unwrap_or(&normal);
    let unsigned = normal.strip_prefix(['-', '−', '+']).unwrap_or(normal);
    let (whole, fraction) = match unsigned.rfind(['.', ',']) {
        Some(at) if is_decimal(unsigned, at)? => (&unsigned[..at], &unsigned[at + 1..]),
        _ => (unsigned, "0"),
    };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number: f64 = format!("{}.{fraction}", ungrouped(whole)?).parse().ok()?;
    digits(fraction).then_some(if unsigned.len() < normal.len() && !normal.starts_with('+') { -number } else { number })
}

/// Whether the last sign of a number, at byte `at`, is its decimal sign; `None` where it may be either.
fn is_decimal(unsigned: &str, at: usize) -> Option<bool> {
    let (before, sign, after) = (&unsigned[..at], &unsigned[at..=at], &unsigned[at + 1..]);
    let alone = !before.contains(['.', ',']);
    let could_group = after.len() == 3 && (1..=3).contains(&before.len()) && before != "0";
    match sign {
        _ if !alone => Some(!before.contains(sign)),
        "," if could_group => None,
        _ => Some(!could_group),
    }
}

/// The digits of a whole number whose groups of three, if any, are parted by one sign.
fn ungrouped(whole: &str) -> Option<String> {
    let sign = whole.chars().find(|c| !c.is_ascii_digit());
    let groups: Vec<&str> = sign.map_or_else(|| vec![whole], |sign| whole.split(sign).collect());
    let (first, rest) = groups.split_first()?;
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    let known = matches!(sign, None | Some(' ' | '.' | ','));
    let digits = |group: &&str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    (known && grouped && groups.iter().all(digits)).then(|| groups.concat())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::number;
    use proptest::prelude::*;

    #[test]
    fn numbers_are_read_as_written_here_and_abroad() {
        for (text, value) in [
            ("12", 12.0),
            (" 12 ", 12.0),
            ("0", 0.0),
            ("-3", -3.0),
            ("−3,5", -3.5),
            ("+7", 7.0),
            ("1.234", 1234.0),
            ("1.", 1.0),
            ("1.234.567", 1_234_567.0),
            ("1,234,567", 1_234_567.0),
            ("1 234", 1234.0),
            ("1\u{a0}234,5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,234.5", 1234.5),
            ("1.234.567,89", 1_234_567.89),
            ("12,5", 12.5),
            ("12.75", 12.75),
            ("0,125", 0.125),
            ("0.125", 0.125),
            ("1234,567", 1234.567),
            ("１２", 12.0),
        ] {
            assert_eq!(number(text), Some(value), "{text}");
        }
    }

    #[test]
    fn what_may_be_two_numbers_is_none() {
        let none = "|12a|5 người|1,234|1,2,3|1.2.3|.5|,5|1..2|1.234.5|1,234,5|1.23,4.5|12 34|1 2|--3|- 3|1-2|1/2|1e5|NaN|inf|1.234,|5%|(5)";
        for text in none.split('|') {
            assert_eq!(number(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_number_is_read_back_with_its_groups(value in 0u32..1_000_000_000, cents in 0u8..100) {
            let digits = value.to_string();
            let group = |sign: &str| {
                let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().map(|part| std::str::from_utf8(part).unwrap()).collect();
                parts.join(sign)
            };
            let expected = Some(format!("{value}.{cents:02}").parse::<f64>().unwrap());
            prop_assert_eq!(number(&format!("{},{cents:02}", group("."))), expected);
            prop_assert_eq!(number(&format!("{}.{cents:02}", group(","))), expected);
            prop_assert_eq!(number(&format!("{},{cents:02}", group(" "))), expected);
            prop_assert_eq!(number(&group(".")), Some(f64::from(value)));
        }

        #[test]
        fn nothing_panics(text in ".{0,12}|[0-9., -]{0,12}") {
            let _ = number(&text);
        }
    }
}

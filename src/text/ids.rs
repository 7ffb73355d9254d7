//! Numbers that are names: citizen ids and their kin, digit by digit.

use std::borrow::Cow;

use super::normal;

/// An id as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WrittenId<'a> {
    /// Digits alone, or nothing; separators are taken out.
    Digits(Cow<'a, str>),
    /// A number in scientific notation (`2,0085E+10`): the last digits are lost and cannot be restored.
    LostDigits,
    /// Something else, in normal form: letters, or signs that part no groups.
    Other(Cow<'a, str>),
}

/// Reads an id: spaces, dots, dashes and apostrophes between digits are taken out, as in `020.085.001.234` or
/// `'020085001234`; so is the `.0` of a number that a program wrote as text.
pub fn digits(text: &str) -> WrittenId<'_> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) {
        return WrittenId::Digits(Cow::Borrowed(text));
    }
    let normal = normal(text).text;
    match scientific(&normal) {
        Some(Some(digits)) => return WrittenId::Digits(Cow::Owned(digits)),
        Some(None) => return WrittenId::LostDigits,
        None => {}
    }
    let whole = normal.strip_suffix(".0").filter(|whole| all_digits(whole)).unwrap_or(&normal);
    let compact: String = whole.chars().filter(|c| !parts_groups(*c)).collect();
    match all_digits(&compact) || compact.is_empty() && whole.is_empty() {
        true => WrittenId::Digits(Cow::Owned(compact)),
        false => WrittenId::Other(normal),
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn parts_groups(c: char) -> bool {
    matches!(c, ' ' | '.' | '-' | '‐' | '‑' | '–' | '—' | '\'' | '’' | '‘' | '`' | '´')
}

/// The digits of a number in scientific notation; within it `None` where some are lost.
fn scientific(text: &str) -> Option<Option<String>> {
    let (mantissa, exponent) = text.split_once(['E', 'e'])?;
    let exponent: usize = exponent.strip_prefix('+').unwrap_or(exponent).parse().ok()?;
    let (first, rest) = mantissa.split_once([',', '.']).unwrap_or((mantissa, ""));
    let is_one = first.len() == 1 && all_digits(first) && (rest.is_empty() || all_digits(rest));
    is_one.then(|| (rest.len() == exponent).then(|| format!("{first}{rest}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn separators_are_taken_out() {
        for text in [
            "020085001234",
            "020 085 001 234",
            " 020085001234\u{a0}",
            "020.085.001.234",
            "020-085-001-234",
            "'020085001234",
            "’020085001234",
            "`020085\u{200b}001234",
            "０２００８５００１２３４",
            "020085001234.0",
            "020085001234\n",
        ] {
            assert_eq!(digits(text), WrittenId::Digits("020085001234".into()), "{text}");
        }
        for blank in ["", " ", "\u{a0}\u{200b}"] {
            assert_eq!(digits(blank), WrittenId::Digits("".into()), "{blank:?}");
        }
        assert_eq!(digits("200.0"), WrittenId::Digits("200".into()));
        assert_eq!(digits("2,0085001234E+10"), WrittenId::Digits("20085001234".into()));
    }

    #[test]
    fn lost_digits_are_said_to_be_lost() {
        for text in ["2,0085E+10", "2.0085E+10", "2E+10", " 2.0085e10 ", "2.00850012E+10", "2.00850012345E+10"] {
            assert_eq!(digits(text), WrittenId::LostDigits, "{text}");
        }
    }

    #[test]
    fn what_is_no_id_stays_as_it_was_written() {
        for (text, kept) in [
            ("O20085001234", "O20085001234"),
            (" chưa  có", "chưa có"),
            ("020085001234, 020085001235", "020085001234, 020085001235"),
            ("-", "-"),
            ("...", "..."),
            ("12E", "12E"),
            ("E5", "E5"),
            ("22E+10", "22E+10"),
            ("020085001234/LS", "020085001234/LS"),
        ] {
            assert_eq!(digits(text), WrittenId::Other(kept.into()), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_digit_is_ever_lost(text in "[0-9]{1,12}|[0-9 .'-]{1,15}") {
            let wanted: String = text.chars().filter(char::is_ascii_digit).collect();
            if let WrittenId::Digits(read) = digits(&text) {
                prop_assert!(*read == wanted || text.trim_end().ends_with(".0"), "{read}");
            }
        }

        #[test]
        fn nothing_panics(text in ".{0,16}|[0-9Ee+.,]{0,12}") {
            let _ = digits(&text);
        }
    }
}

//! The normal form of a text: composed (NFC), single spaces, nothing invisible, no letter that only looks right.
//!
//! Tone placement and capitals stay as written: they are equal by [`key`](super::key), not by repair. Legacy text
//! is decoded before it comes here: in TCVN3 the soft hyphen is ư and Ð is é.

use std::borrow::Cow;

use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::letters::{is_invisible, meant};
use crate::model::RepairKind;

/// A text in normal form, and why it was changed if it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Normal<'a> {
    /// The text.
    pub text: Cow<'a, str>,
    /// What was repaired, the graver one of several.
    pub repair: Option<RepairKind>,
}

/// Brings a text into normal form; allocates only where something changes.
///
/// Composes decomposed and half-composed (Windows-1258) letters, writes Đ for Ð and Ɖ and plain forms for full-width
/// ones, takes out zero-width characters and soft hyphens, and makes every run of white space one space. Cyrillic and
/// Greek look-alikes stay: they are rare and may be meant.
pub fn normal(text: &str) -> Normal<'_> {
    if is_clean(text) {
        return Normal { text: Cow::Borrowed(text), repair: None };
    }
    let spaced = spaced(text);
    let replaced: String = spaced.chars().map(meant).collect();
    let composed = match is_nfc(&replaced) {
        true => replaced.clone(),
        false => replaced.nfc().collect(),
    };
    let repair = match () {
        () if composed == text => return Normal { text: Cow::Borrowed(text), repair: None },
        () if replaced != spaced => RepairKind::LookAlike,
        () if composed != replaced => RepairKind::Composed,
        () => RepairKind::Spaces,
    };
    Normal { text: Cow::Owned(composed), repair: Some(repair) }
}

/// Whether a text is plainly in normal form already, by a look at each character alone.
fn is_clean(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        let clean = match c {
            ' ' => before != ' ',
            '!'..='~' => true,
            'Ð' | 'ð' | 'Ɖ' | 'ɖ' | '\u{ad}' => false,
            // Letters of Latin scripts that stand for themselves in NFC, and punctuation.
            '\u{a1}'..='\u{2ff}' | '\u{1e00}'..='\u{1eff}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' => true,
            _ => false,
        };
        if !clean {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

/// The text with one space for every run of white space between words, and nothing invisible.
fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !is_invisible(*c)) {
        match c.is_whitespace() {
            false => spaced.push(c),
            true if !spaced.is_empty() && !spaced.ends_with(' ') => spaced.push(' '),
            true => {}
        }
    }
    spaced.truncate(spaced.trim_end().len());
    spaced
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repaired(text: &str) -> (String, Option<RepairKind>) {
        let normal = normal(text);
        (normal.text.into_owned(), normal.repair)
    }

    #[test]
    fn spaces_and_invisible_characters_are_repaired_and_said() {
        let spaces = Some(RepairKind::Spaces);
        for text in [
            " Hoàng\u{a0} Văn ",
            "Hoàng\nVăn",
            "Hoàng\t\r\n Văn",
            "Hoàng\u{200b} Văn\u{feff}",
            "Ho\u{ad}àng Văn",
            "\u{202a}Hoàng Văn\u{202c}",
            "Hoàng\u{3000}Văn",
            "Hoàng Văn\0",
        ] {
            assert_eq!(repaired(text), ("Hoàng Văn".to_owned(), spaces), "{text:?}");
        }
        assert_eq!(repaired(" \u{a0}\u{200b} "), (String::new(), spaces));
    }

    #[test]
    fn decomposed_and_half_composed_letters_are_composed() {
        for (text, composed) in [
            ("Nu\u{300}ng", "Nùng"),
            ("Nguyê\u{303}n", "Nguyễn"),
            ("Tha\u{302}\u{301}t Khê", "Thất Khê"),
            ("Lô\u{323}c", "Lộc"),
            ("Trươ\u{300}ng", "Trường"),
            ("huye\u{323}\u{302}n", "huyện"),
            ("Đă\u{301}c", "Đắc"),
            ("\u{1b0}\u{341}", "ứ"),
        ] {
            assert_eq!(repaired(text), (composed.to_owned(), Some(RepairKind::Composed)), "{text:?}");
        }
    }

    #[test]
    fn look_alikes_of_vietnamese_letters_are_replaced() {
        for (text, meant) in [("Ðồng Ðăng", "Đồng Đăng"), ("Ɖồng ɖội", "Đồng đội"), ("１９８５／ＡＢ", "1985/AB")]
        {
            assert_eq!(repaired(text), (meant.to_owned(), Some(RepairKind::LookAlike)), "{text:?}");
        }
        assert_eq!(repaired(" Ðo\u{302}ng "), ("Đông".to_owned(), Some(RepairKind::LookAlike)));
    }

    #[test]
    fn clean_text_is_not_touched() {
        for text in ["", "Hoàng Văn Thụ", "HOÀ BÌNH", "Hà – Nội «x» …", "Ωμέγα", "Иван", "№ 5", "日本", "H’Mông"]
        {
            let normal = normal(text);
            assert!(matches!(normal.text, Cow::Borrowed(same) if same == text) && normal.repair.is_none(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn the_normal_form_is_final(text in ".{0,30}") {
            let once = normal(&text).text.into_owned();
            prop_assert_eq!(normal(&once).repair, None);
        }

        #[test]
        fn the_quick_look_never_misses_a_repair(text in "[ a-zÀ-ỹ\u{2000}-\u{2070}\u{ff00}-\u{ff60}\u{300}-\u{341}]{0,12}") {
            if is_clean(&text) {
                let composed: String = spaced(&text).chars().map(meant).nfc().collect();
                prop_assert_eq!(composed, text);
            }
        }
    }
}

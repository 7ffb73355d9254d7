//! The normal form of a text: composed (NFC), single spaces, nothing invisible.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

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
pub fn normal(text: &str) -> Normal<'_> {
    let composed: Cow<'_, str> = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => {
            let composed: String = text.nfc().collect();
            if composed == text { Cow::Borrowed(text) } else { Cow::Owned(composed) }
        }
    };
    let recomposed = matches!(composed, Cow::Owned(_)).then_some(RepairKind::Composed);
    if spaced(&composed) {
        return Normal { text: composed, repair: recomposed };
    }
    let words: Vec<String> = composed
        .split(|c: char| c.is_whitespace())
        .map(|word| word.chars().filter(|c| !invisible(*c)).collect::<String>())
        .filter(|word| !word.is_empty())
        .collect();
    Normal { text: Cow::Owned(words.join(" ")), repair: recomposed.or(Some(RepairKind::Spaces)) }
}

/// Whether words stand apart by one plain space each and nothing is invisible.
fn spaced(text: &str) -> bool {
    let mut before = ' ';
    for c in text.chars() {
        if invisible(c) || (c.is_whitespace() && (c != ' ' || before == ' ')) {
            return false;
        }
        before = c;
    }
    before != ' ' || text.is_empty()
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}') || (c.is_control() && !c.is_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spaces_and_composition_are_repaired_and_said() {
        assert_eq!(normal("Hoàng Văn Thụ"), Normal { text: "Hoàng Văn Thụ".into(), repair: None });
        assert_eq!(normal(" Hoàng\u{a0} Văn "), Normal { text: "Hoàng Văn".into(), repair: Some(RepairKind::Spaces) });
        assert_eq!(normal("Nu\u{300}ng"), Normal { text: "Nùng".into(), repair: Some(RepairKind::Composed) });
        assert_eq!(normal(""), Normal { text: "".into(), repair: None });
    }

    proptest! {
        #[test]
        fn the_normal_form_is_final(text in ".{0,30}") {
            let once = normal(&text).text.into_owned();
            prop_assert_eq!(normal(&once).repair, None);
        }
    }
}

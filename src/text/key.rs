//! Comparison keys: what must be equal for two spellings to mean the same.

use unicode_normalization::char::decompose_canonical;

use super::letters::{self, Tone};
use super::normal;

/// The key of a spelling: the normal form in lower case, the tone mark on one place (`hoà` and `hòa`, `thuỵ` and
/// `thụy`), typographic dashes and apostrophes as plain ones.
pub fn key(spelling: &str) -> String {
    let text = normal(spelling).text;
    let mut key = String::with_capacity(text.len());
    let mut may_end_toned = false;
    for c in text.chars() {
        if may_end_toned && !letters::is_letter(c) {
            place_tone(&mut key);
        }
        may_end_toned = !c.is_ascii();
        match c {
            ' ' | '0'..='9' | 'a'..='z' => key.push(c),
            _ => small(plain_mark(c), |letter| key.push(letter)),
        }
    }
    place_tone(&mut key);
    key
}

/// The key without any diacritics: `Đồng Ý` gives `dong y`. For headers typed without marks and for nearness.
pub fn plain_key(spelling: &str) -> String {
    let text = normal(spelling).text;
    let mut key = String::with_capacity(text.len());
    for c in text.chars() {
        // Two letters of three are plain already.
        if c == ' ' || c.is_ascii_alphanumeric() {
            key.push(c.to_ascii_lowercase());
            continue;
        }
        small(plain_mark(c), |letter| match letters::bare(letter) {
            Some(bare) => key.push(bare),
            None => decompose_canonical(letter, |part| {
                if !('\u{300}'..='\u{36f}').contains(&part) {
                    key.push(part);
                }
            }),
        });
    }
    key
}

/// Gives the small form of a letter.
fn small(letter: char, mut give: impl FnMut(char)) {
    match letters::small(letter) {
        Some(small) => give(small),
        None => letter.to_lowercase().for_each(give),
    }
}

fn plain_mark(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' | '−' => '-',
        '’' | '‘' | '`' | '´' | 'ʼ' => '\'',
        other => other,
    }
}

/// Writes the tone of a word that ends in oa, oe or uy on its first vowel, the older and more common place. Other
/// endings (oai, oan, uyên …) have one place in either style, and in `quý` the u is of the consonant.
fn place_tone(key: &mut String) {
    let mut letters = key.chars().rev();
    let (Some(last), Some(first)) = (letters.next(), letters.next()) else { return };
    let Some((vowel, tone)) = letters::vowel(last).filter(|(_, tone)| *tone != Tone::Ngang) else { return };
    if matches!((first, vowel), ('o', 'a' | 'e') | ('u', 'y')) && letters.next() != Some('q') {
        key.truncate(key.len() - last.len_utf8() - first.len_utf8());
        key.extend([letters::with_tone(first, tone), vowel]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    #[test]
    fn one_key_for_spellings_of_one_name() {
        assert_eq!(key("Xã  Hoà Bình "), key("xã Hòa bình"));
        assert_eq!(key("Thuỵ Hùng"), key("Thụy Hùng"));
        assert_eq!(key("Đồng ý"), key("ĐỒNG Ý"));
        assert_eq!(key("Ðồng Ðăng"), key("Đồng Đăng"));
        assert_eq!(key("H’Mông"), key("H'mông"));
        assert_ne!(key("Quý Hòa"), key("Qúy Hòa"));
        assert_eq!(plain_key("Đồng Ý"), "dong y");
        assert_eq!(plain_key("Hélène Çelik"), "helene celik");
    }

    #[test]
    fn only_open_syllables_have_two_places_for_the_tone() {
        for (new, old) in [
            ("HOÀ BÌNH.", "hòa bình."),
            ("Khoá: Khoẻ, UỶ", "khóa: khỏe, ủy"),
            ("(hoà)-thuỷ/loè", "(hòa)-thủy/lòe"),
            ("Xã Thanh Loà", "xã thanh lòa"),
        ] {
            assert_eq!(key(new), old);
        }
        for same in ["hoài", "toàn", "hoành", "khoảng", "nguyễn", "khuya", "quý", "quà", "quỳ", "huế", "thuở", "xoáy"]
        {
            assert_eq!(key(same), same);
        }
    }

    /// The key as it is defined, step by step and slowly.
    fn by_definition(spelling: &str) -> String {
        let lower = normal(spelling).text.to_lowercase();
        let mut key: String = lower.chars().map(plain_mark).collect::<String>() + " ";
        for (new, old) in "oà òa oá óa oả ỏa oã õa oạ ọa oè òe oé óe oẻ ỏe oẽ õe oẹ ọe uỳ ùy uý úy uỷ ủy uỹ ũy uỵ ụy"
            .split(' ')
            .collect::<Vec<_>>()
            .chunks(2)
            .map(|pair| (pair[0], pair[1]))
        {
            for end in [' ', '-', '.', '/', '1'] {
                key = key.replace(&format!("q{new}{end}"), &format!("\0{end}"));
                key = key.replace(&format!("{new}{end}"), &format!("{old}{end}"));
                key = key.replace(&format!("\0{end}"), &format!("q{new}{end}"));
            }
        }
        key.trim_end().to_owned()
    }

    proptest! {
        #[test]
        fn the_quick_key_is_the_defined_one(text in "[a-zA-Z ./1-]{0,4}[hqk]?([ouOUaeyàáảãạèéẻẽẹỳýỷỹỵÀÝỴ]{0,3}[nt ./1-]?){0,5}") {
            prop_assert_eq!(key(&text), by_definition(&text));
        }

        #[test]
        fn the_plain_key_is_the_key_without_marks(text in "[ a-zA-ZÀ-ỹĐđ'’–]{0,20}") {
            let bare: String = key(&text).nfd().filter(|c| !('\u{300}'..='\u{36f}').contains(c)).collect();
            prop_assert_eq!(plain_key(&text), bare.replace('đ', "d"));
        }
    }
}

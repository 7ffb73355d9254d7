//! Comparison keys: what must be equal for two spellings to mean the same.

use unicode_normalization::UnicodeNormalization;

/// The key of a spelling: NFC, lower case, one space between words, the tone mark on one place
/// (`hoà` and `hòa`, `thuỵ` and `thụy`), typographic dashes and apostrophes as plain ones.
pub fn key(spelling: &str) -> String {
    let mut key = String::with_capacity(spelling.len());
    for word in spelling.nfc().collect::<String>().to_lowercase().split(is_space).filter(|word| !word.is_empty()) {
        if !key.is_empty() {
            key.push(' ');
        }
        let plain: String = word.chars().filter(|c| !is_invisible(*c)).map(plain_mark).collect();
        key.push_str(&old_tone_place(&plain));
    }
    key
}

/// The key without any diacritics: `Đồng Ý` gives `dong y`. For headers typed without marks and for nearness.
pub fn plain_key(spelling: &str) -> String {
    key(spelling)
        .nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect()
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{a0}'
}

fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{2060}')
}

fn plain_mark(c: char) -> char {
    match c {
        '–' | '—' | '‐' | '‑' => '-',
        '’' | '‘' | '`' | '´' => '\'',
        other => other,
    }
}

/// Writes the tone of a final oa, oe, uy on its first vowel, the older and more common place.
fn old_tone_place(word: &str) -> String {
    const PAIRS: [(&str, &str); 15] = [
        ("oà", "òa"),
        ("oá", "óa"),
        ("oả", "ỏa"),
        ("oã", "õa"),
        ("oạ", "ọa"),
        ("oè", "òe"),
        ("oé", "óe"),
        ("oẻ", "ỏe"),
        ("oẽ", "õe"),
        ("oẹ", "ọe"),
        ("uỳ", "ùy"),
        ("uý", "úy"),
        ("uỷ", "ủy"),
        ("uỹ", "ũy"),
        ("uỵ", "ụy"),
    ];
    let stem = word.trim_end_matches(|c: char| !c.is_alphabetic());
    let tail = &word[stem.len()..];
    match PAIRS.iter().find(|(new, _)| stem.ends_with(new) && !stem.ends_with(&format!("q{new}"))) {
        Some((new, old)) => format!("{}{old}{tail}", &stem[..stem.len() - new.len()]),
        None => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_key_for_spellings_of_one_name() {
        assert_eq!(key("Xã  Hoà Bình "), key("xã Hòa bình"));
        assert_eq!(key("Thuỵ Hùng"), key("Thụy Hùng"));
        assert_eq!(key("Đồng ý"), key("ĐỒNG Ý"));
        assert_ne!(key("Quý Hòa"), key("Qúy Hòa"));
        assert_eq!(plain_key("Đồng Ý"), "dong y");
    }
}

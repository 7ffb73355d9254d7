//! Comparing the beginning of a text with known wordings.

use super::letters::bare;
use super::sections::numeral;

/// What follows a wording at the beginning of a key, without the space; `None` where the key begins otherwise or the
/// wording ends inside a word. A key without any diacritics is compared without them.
pub fn after<'a>(key: &'a str, wording: &str) -> Option<&'a str> {
    match key.is_ascii() {
        true => after_as(key, wording, |letter| bare(letter).unwrap_or(letter)),
        false => after_spelled(key, wording),
    }
}

/// What follows a wording at the beginning of a key that has its diacritics.
pub fn after_spelled<'a>(key: &'a str, wording: &str) -> Option<&'a str> {
    after_as(key, wording, |letter| letter)
}

fn after_as<'a>(key: &'a str, wording: &str, typed: impl Fn(char) -> char) -> Option<&'a str> {
    let mut rest = key.chars();
    for letter in wording.chars() {
        rest.next().filter(|c| *c == typed(letter))?;
    }
    let whole_word = !wording.ends_with(char::is_alphanumeric) || !rest.as_str().starts_with(char::is_alphanumeric);
    whole_word.then(|| rest.as_str().trim_start())
}

/// Whether a key begins with one of several wordings.
pub fn begins(key: &str, wordings: &[&str]) -> bool {
    wordings.iter().any(|wording| after(key, wording).is_some())
}

/// A key without the numeral or the bullet it begins with: `i. xã an hùng`, `- trong đó:`, `1.2) khóa 1`.
pub fn after_numeral(key: &str) -> &str {
    let mut rest = key.trim_start_matches(['-', '+', '*', '•', '·', ' ']);
    while let Some(end) =
        rest.find(['.', ')', '/']).filter(|end| numeral(rest[..*end].trim_start_matches('(')).is_some())
    {
        rest = rest[end..].trim_start_matches(['.', ')', '/', '-', ':', ' ']);
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wordings_end_where_words_end() {
        assert_eq!(after("tổng số: 5", "tổng số"), Some(": 5"));
        assert_eq!(after("tong so 5", "tổng số"), Some("5"));
        assert_eq!(after("tổng", "tổng"), Some(""));
        assert_eq!(after("tm. ubnd", "tm."), Some("ubnd"));
        assert_eq!(after("tổng sống", "tổng số"), None);
        assert_eq!(after("tống số", "tổng số"), None);
        assert_eq!(after("tông sô", "tổng số"), None);
        assert_eq!(after("tổn", "tổng"), None);
    }

    #[test]
    fn numerals_before_a_wording_are_passed_over() {
        for key in
            ["i. xã an", "iv/ xã an", "1) xã an", "(2) xã an", "a. xã an", "- xã an", "1.2. xã an", "i.xã an", "+xã an"]
        {
            assert_eq!(after_numeral(key), "xã an", "{key}");
        }
        for key in ["vi văn an", "tt. cao lộc", "xã an. hùng", "tổng số", ""] {
            assert_eq!(after_numeral(key), key);
        }
    }
}

//! Marks in flag columns.

use super::key;

/// Whether a mark says yes (`x`, `+`, a tick, `v`, `có`, `1`); blank, `-`, `0` and `không` say no; `None` for anything
/// else: a letter such as `K` could be khá, không or khóa.
pub fn mark(text: &str) -> Option<bool> {
    match key(text).as_str() {
        "x" | "×" | "+" | "✓" | "✔" | "√" | "☑" | "☒" | "v" | "có" | "co" | "1" | "true" => Some(true),
        "" | "-" | "☐" | "0" | "không" | "khong" | "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::mark;

    #[test]
    fn marks_are_read_as_they_are_made() {
        for text in ["x", "X", " x ", "×", "+", "✓", "✔", "√", "☑", "v", "V", "có", "CÓ", "co", "1", "TRUE", "ｘ"]
        {
            assert_eq!(mark(text), Some(true), "{text}");
        }
        for text in ["", "  ", "\u{a0}", "-", "–", "0", "không", "Khong", "FALSE"] {
            assert_eq!(mark(text), Some(false), "{text}");
        }
        for text in ["K", "C", "Kh", "cỏ", "xx", "2", "o", "có, từ 2019", "?"] {
            assert_eq!(mark(text), None, "{text}");
        }
    }
}

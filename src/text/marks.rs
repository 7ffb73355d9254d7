//! Marks in flag columns.

use super::plain_key;

/// Whether a mark says yes; blank and «không» say no; `None` for anything else.
pub fn mark(text: &str) -> Option<bool> {
    match plain_key(text).as_str() {
        "x" | "✓" | "✔" | "√" | "co" | "1" | "+" | "true" | "v" => Some(true),
        "" | "khong" | "0" | "-" | "false" => Some(false),
        _ => None,
    }
}

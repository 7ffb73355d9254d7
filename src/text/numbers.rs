//! Numbers as people type them.

/// Reads `12`, `1.234`, `1.234,5`, `12,5`, `1 234`. A single comma is a decimal comma; points that part groups of
/// three are grouping. `None` for anything else.
pub fn number(text: &str) -> Option<f64> {
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (whole, fraction) = match compact.split_once(',') {
        Some((_, fraction)) if fraction.contains([',', '.']) => return None,
        Some((whole, fraction)) => (whole, fraction),
        None => (compact.as_str(), ""),
    };
    let unsigned = whole.strip_prefix('-').unwrap_or(whole);
    let mut groups = unsigned.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    if first.is_empty() || !digits(first) || !grouped || !rest.iter().all(|group| digits(group)) || !digits(fraction) {
        return None;
    }
    format!("{}.{}0", whole.replace('.', ""), fraction).parse().ok()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn numbers_are_read_as_written_here() {
        for (text, value) in [("12", 12.0), ("1.234", 1234.0), ("1.234,5", 1234.5), ("12,5", 12.5), ("-3", -3.0)] {
            assert_eq!(number(text), Some(value), "{text}");
        }
        for text in ["", "12a", "1.23", "1,2,3", ".5", "1,234.5"] {
            assert_eq!(number(text), None, "{text}");
        }
    }
}

//! Text as XML and Excel write it, decoded: references, line ends, `_x000D_`.

use super::fault::Fault;

/// Adds text to `text`: `&amp;` and its kin and `&#…;` decoded, line ends made `\n`.
///
/// # Errors
/// [`Fault::Markup`] where a reference is none or the text is not UTF-8.
pub fn decode(raw: &[u8], text: &mut String) -> Result<(), Fault> {
    let mut rest = raw;
    while let Some(at) = memchr::memchr(b'&', rest) {
        let (before, reference) = rest.split_at_checked(at).ok_or(Fault::Markup)?;
        normal_line_ends(before, text)?;
        let length = memchr::memchr(b';', reference).ok_or(Fault::Markup)?;
        text.push(referred(reference.get(1..length).unwrap_or_default()).ok_or(Fault::Markup)?);
        rest = reference.get(length + 1..).unwrap_or_default();
    }
    normal_line_ends(rest, text)
}

/// Adds text to `text`, with `\r\n` and `\r` made `\n`, as XML demands.
///
/// # Errors
/// [`Fault::Markup`] where the text is not UTF-8.
pub fn normal_line_ends(raw: &[u8], text: &mut String) -> Result<(), Fault> {
    let raw = utf8(raw)?;
    let mut lines = raw.split('\r');
    text.push_str(lines.next().unwrap_or_default());
    for line in lines {
        text.push('\n');
        text.push_str(line.strip_prefix('\n').unwrap_or(line));
    }
    Ok(())
}

/// Takes ASCII white space off both ends of what stands in `text` from `start` on.
pub fn trim(text: &mut String, start: usize) {
    const SPACE: [char; 4] = [' ', '\t', '\r', '\n'];
    let end = text.get(start..).unwrap_or_default().trim_end_matches(SPACE).len();
    text.truncate(start + end);
    let added = text.get(start..).unwrap_or_default();
    let leading = added.len() - added.trim_start_matches(SPACE).len();
    text.replace_range(start..start + leading, "");
}

/// Decodes the `_xHHHH_` by which Excel writes what XML cannot hold, in what stands in `text` from `start` on:
/// UTF-16 units, surrogate pairs in two of them; `_x005F_` is the underscore before a text that only looks so.
pub fn unescape(text: &mut String, start: usize) {
    let added = text.get(start..).unwrap_or_default();
    let Some(first) = added.find('_') else { return };
    let mut rest = added.get(first..).unwrap_or_default();
    let mut decoded = String::new();
    while let Some(next) = rest.chars().next() {
        let (character, length) = match escaped(rest) {
            Some(unit @ 0xD800..0xDC00) => match rest.get(ESCAPE..).and_then(escaped) {
                Some(low @ 0xDC00..0xE000) => (0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00), 2 * ESCAPE),
                _ => (unit, ESCAPE),
            },
            Some(unit) => (unit, ESCAPE),
            None => (u32::from(next), next.len_utf8()),
        };
        decoded.push(char::from_u32(character).unwrap_or(char::REPLACEMENT_CHARACTER));
        rest = rest.get(length..).unwrap_or_default();
    }
    text.truncate(start + first);
    text.push_str(&decoded);
}

/// Bytes of a part as text.
///
/// # Errors
/// [`Fault::Markup`] where they are not UTF-8.
pub fn utf8(raw: &[u8]) -> Result<&str, Fault> {
    std::str::from_utf8(raw).map_err(|_| Fault::Markup)
}

/// The length of `_xHHHH_`.
const ESCAPE: usize = 7;

/// The UTF-16 unit of the `_xHHHH_` that `text` begins with.
fn escaped(text: &str) -> Option<u32> {
    match text.as_bytes().get(..ESCAPE)? {
        [b'_', b'x', digits @ .., b'_'] => hexadecimal(digits),
        _ => None,
    }
}

/// The character of a reference, which stands between `&` and `;`.
fn referred(name: &[u8]) -> Option<char> {
    let number = match name {
        b"amp" => return Some('&'),
        b"lt" => return Some('<'),
        b"gt" => return Some('>'),
        b"quot" => return Some('"'),
        b"apos" => return Some('\''),
        [b'#', b'x', digits @ ..] => hexadecimal(digits)?,
        [b'#', digits @ ..] => decimal(digits)?,
        _ => return None,
    };
    char::from_u32(number).filter(|character| *character != '\0')
}

/// A whole number in digits and nothing else.
pub fn decimal(digits: &[u8]) -> Option<u32> {
    let add = |number: u32, digit: &u8| {
        let digit = digit.is_ascii_digit().then(|| u32::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    };
    if digits.is_empty() { None } else { digits.iter().try_fold(0, add) }
}

fn hexadecimal(digits: &[u8]) -> Option<u32> {
    let add = |number: u32, digit: &u8| number.checked_mul(16)?.checked_add(char::from(*digit).to_digit(16)?);
    if digits.is_empty() { None } else { digits.iter().try_fold(0, add) }
}

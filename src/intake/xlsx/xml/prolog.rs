//! The beginning of a part: whether it is UTF-8 at all, which is the one encoding that is read.

use memchr::memmem;

use super::{Scanned, Stop};
use crate::intake::xlsx::fault::Fault;

/// The length of the byte order mark that a part begins with, if any.
///
/// # Errors
/// [`Fault::Encoding`] for UTF-16, [`Stop::Short`] where too little of the part is there.
pub fn byte_order_mark(bytes: &[u8]) -> Scanned<usize> {
    match bytes {
        [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..] | [b'<', 0, ..] | [0, b'<', ..] => Err(Fault::Encoding.into()),
        [0xEF, 0xBB, 0xBF, ..] => Ok(3),
        [_, _, _, ..] => Ok(0),
        _ => Err(Stop::Short),
    }
}

/// Judges what stands between `<?` and `?>`: `xml … encoding="UTF-8"`; other instructions do not matter.
///
/// # Errors
/// [`Fault::Encoding`] where another encoding is named.
pub fn judge_instruction(inside: &[u8]) -> Result<(), Fault> {
    let inside = inside.to_ascii_lowercase();
    if !inside.starts_with(b"xml ") {
        return Ok(());
    }
    let Some(at) = memmem::find(&inside, b"encoding") else { return Ok(()) };
    let named = inside.get(at + b"encoding".len()..).unwrap_or_default();
    match named.split(|byte| matches!(byte, b'"' | b'\'')).nth(1) {
        Some(b"utf-8" | b"utf8" | b"us-ascii") => Ok(()),
        _ => Err(Fault::Encoding),
    }
}

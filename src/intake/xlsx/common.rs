//! Cells and strings as nearly every writer sets them, each read in one step. What is set in another way is read piece
//! by piece instead: nothing here judges it.

/// A cell such as `<c r="B10" s="5" t="s"><v>12</v></c>` or `<c r="B10" s="5"/>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommonCell {
    /// Its row, from one.
    pub row: u32,
    /// Its column, from one.
    pub column: u32,
    /// Its style id.
    pub style: usize,
    /// What it holds.
    pub value: CommonValue,
}

/// What such a cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommonValue {
    /// Nothing.
    Nothing,
    /// A whole number of few digits.
    Number(u64),
    /// A shared string, by its number.
    Shared(usize),
}

impl CommonCell {
    /// The cell that `xml` begins with, and what stands behind it.
    #[inline]
    pub fn read(xml: &[u8]) -> Option<(Self, &[u8])> {
        let (column, rest) = letters(xml.strip_prefix(b"<c r=\"")?)?;
        let (row, rest) = digits::<SHORT>(rest)?;
        let rest = rest.strip_prefix(b"\"")?;
        let (style, rest) = match rest.strip_prefix(b" s=\"") {
            Some(style) => digits::<SHORT>(style).and_then(|(style, rest)| Some((style, rest.strip_prefix(b"\"")?)))?,
            None => (0, rest),
        };
        let (value, rest) = match rest {
            [b'/', b'>', rest @ ..] => (CommonValue::Nothing, rest),
            [b' ', b't', b'=', b'"', b's', b'"', rest @ ..] => {
                let (number, rest) = only_digits::<SHORT>(rest)?;
                (CommonValue::Shared(number as usize), rest)
            }
            [b' ', b't', b'=', b'"', b'n', b'"', rest @ ..] | rest => {
                let (number, rest) = only_digits::<EXACT>(rest)?;
                (CommonValue::Number(number), rest)
            }
        };
        Some((Self { row: row as u32, column, style: style as usize, value }, rest))
    }
}

/// The text of a shared string such as `<si><t>Nùng</t></si>` that `xml` begins with and that stands there as it is meant,
/// and what stands behind it.
#[inline]
pub fn common_string(xml: &[u8]) -> Option<(&str, &[u8])> {
    let rest = xml.strip_prefix(b"<si><t>")?;
    // An underscore may begin an `_x000D_`.
    let (text, rest) = rest.split_at(rest.iter().position(|byte| matches!(byte, b'<' | b'&' | b'\r' | b'_'))?);
    let rest = rest.strip_prefix(b"</t></si>")?;
    // White space at either end would be taken off.
    let meant = text.trim_ascii().len() == text.len();
    Some((std::str::from_utf8(text).ok().filter(|_| meant)?, rest))
}

/// Digits whose number surely fits 32 bits.
const SHORT: usize = 9;
/// Digits whose number surely is exact in 53 bits.
const EXACT: usize = 15;

/// The column of the capitals that `xml` begins with, from one. Three letters are the most.
#[inline]
fn letters(xml: &[u8]) -> Option<(u32, &[u8])> {
    let (mut column, mut length) = (0, 0);
    while let Some(letter @ b'A'..=b'Z') = xml.get(length) {
        if length == 3 {
            return None;
        }
        column = column * 26 + u32::from(letter - b'A') + 1;
        length += 1;
    }
    (length > 0).then_some((column, xml.get(length..)?))
}

/// The number of the digits that `xml` begins with, at most so many.
#[inline]
fn digits<const MOST: usize>(xml: &[u8]) -> Option<(u64, &[u8])> {
    let (mut number, mut length) = (0, 0);
    while let Some(digit @ b'0'..=b'9') = xml.get(length) {
        if length == MOST {
            return None;
        }
        number = number * 10 + u64::from(digit - b'0');
        length += 1;
    }
    (length > 0).then_some((number, xml.get(length..)?))
}

/// The digits of `><v>12</v></c>`.
#[inline]
fn only_digits<const MOST: usize>(xml: &[u8]) -> Option<(u64, &[u8])> {
    let (number, rest) = digits::<MOST>(xml.strip_prefix(b"><v>")?)?;
    Some((number, rest.strip_prefix(b"</v></c>")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u32, column: u32, style: usize, value: CommonValue) -> Option<(CommonCell, &'static [u8])> {
        Some((CommonCell { row, column, style, value }, b"<c"))
    }

    #[test]
    fn common_cells_are_read_in_one_step() {
        for (xml, read) in [
            ("<c r=\"B10\" s=\"5\" t=\"s\"><v>12</v></c><c", cell(10, 2, 5, CommonValue::Shared(12))),
            ("<c r=\"AA1\"><v>007</v></c><c", cell(1, 27, 0, CommonValue::Number(7))),
            ("<c r=\"XFD1048576\" t=\"n\"><v>1</v></c><c", cell(1_048_576, 16_384, 0, CommonValue::Number(1))),
            ("<c r=\"A1\" s=\"3\"/><c", cell(1, 1, 3, CommonValue::Nothing)),
        ] {
            assert_eq!(CommonCell::read(xml.as_bytes()), read, "{xml}");
        }
    }

    #[test]
    fn what_is_set_in_another_way_is_left() {
        for xml in [
            "",
            "<c",
            "<c r=\"B10\" s=\"5\" t=\"s\"><v>12</v></c",
            "<c s=\"5\" r=\"B10\"/>",
            "<c r=\"b10\"/>",
            "<c r=\"B\"/>",
            "<c r=\"ABCD1\"/>",
            "<c r=\"B1234567890\"/>",
            "<c r=\"B10\" s=\"\"/>",
            "<c r=\"B10\" t=\"str\"><v>1</v></c>",
            "<c r=\"B10\"><v>1.5</v></c>",
            "<c r=\"B10\"><v></v></c>",
            "<c r=\"B10\"><v>1234567890123456</v></c>",
            "<c r=\"B10\" t=\"s\"><v>1234567890</v></c>",
            "<c r=\"B10\"><f>A1</f><v>1</v></c>",
        ] {
            assert_eq!(CommonCell::read(xml.as_bytes()), None, "{xml}");
        }
    }

    #[test]
    fn plain_strings_are_read_in_one_step() {
        assert_eq!(common_string("<si><t>Nùng</t></si><si>".as_bytes()), Some(("Nùng", b"<si>".as_slice())));
        assert_eq!(common_string(b"<si><t></t></si>"), Some(("", b"".as_slice())));
        for text in [" Nùng", "Nùng\n", "a&amp;b", "a\rb", "a_x000D_", "<r>"] {
            assert_eq!(common_string(format!("<si><t>{text}</t></si>").as_bytes()), None, "{text}");
        }
        assert_eq!(common_string(b"<si><t>\xFF</t></si>"), None);
    }
}

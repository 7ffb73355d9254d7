//! Records of a binary part, and the fields inside them; whatever passes the end is `None`.

/// The records of a part: number and content ([MS-XLSB] 2.1.4).
#[derive(Debug)]
pub struct Records<'a>(pub &'a [u8]);

impl<'a> Records<'a> {
    /// The next record; `None` at the end, and where the part is cut.
    pub fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let first = self.byte()?;
        let kind = match first & 0x80 {
            0 => u16::from(first),
            _ => u16::from(first & 0x7F) | u16::from(self.byte()? & 0x7F) << 7,
        };
        let mut length = 0usize;
        for position in 0..4 {
            let byte = self.byte()?;
            length |= usize::from(byte & 0x7F) << (7 * position);
            if byte & 0x80 == 0 {
                break;
            }
        }
        let (content, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some((kind, content))
    }

    fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }
}

/// An unsigned integer of two bytes.
pub fn short(content: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(content.get(at..at + 2)?.try_into().ok()?))
}

/// An unsigned integer of four bytes.
pub fn long(content: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(content.get(at..at + 4)?.try_into().ok()?))
}

/// A floating-point number of eight bytes.
pub fn double(content: &[u8], at: usize) -> Option<f64> {
    Some(f64::from_le_bytes(content.get(at..at + 8)?.try_into().ok()?))
}

/// A text (XLWideString, [MS-XLSB] 2.5.169), and where it ends; an absent one is empty.
pub fn text(content: &[u8], at: usize) -> Option<(String, usize)> {
    let length = long(content, at)?;
    if length == u32::MAX {
        return Some((String::new(), at + 4));
    }
    let end = (length as usize).checked_mul(2)?.checked_add(at + 4)?;
    let units = content.get(at + 4..end)?.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]]));
    Some((char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect(), end))
}

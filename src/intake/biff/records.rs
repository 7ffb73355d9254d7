//! Records of a stream, and the fields inside them; whatever passes the end is `None`.

/// The records of a stream: number, length, content.
#[derive(Debug)]
pub struct Records<'a>(pub &'a [u8]);

impl<'a> Records<'a> {
    /// The next record; `None` at the end, and where the stream is cut.
    pub fn next(&mut self) -> Option<(u16, &'a [u8])> {
        let (kind, length) = (short(self.0, 0)?, usize::from(short(self.0, 2)?));
        let content = self.0.get(4..4 + length)?;
        self.0 = self.0.get(4 + length..)?;
        Some((kind, content))
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

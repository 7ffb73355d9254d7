//! Bits of deflate (RFC 1951, 3.1.1).

use std::ops::Range;

/// Bits, the first of a byte its lowest.
#[derive(Clone, Copy)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// Bits appended to bytes.
pub struct Writer<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    /// The bits of some bytes, from the first.
    pub fn of(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// How many were taken.
    pub fn at(&self) -> usize {
        self.at
    }

    /// Takes up to 32 bits; `None` where there are not so many.
    pub fn take(&mut self, count: u32) -> Option<u64> {
        let value = self.next() & ((1 << count) - 1);
        self.pass(count);
        self.is_within().then_some(value)
    }

    /// Takes the rest of a stored block, whose kind was read; its length is told twice.
    pub fn take_stored(&mut self) -> Option<&'a [u8]> {
        let start = self.at.div_ceil(8);
        let ([low, high, not_low, not_high], rest) = self.bytes.get(start..)?.split_first_chunk()?;
        (*low == !not_low && *high == !not_high).then_some(())?;
        let stored = rest.get(..usize::from(u16::from_le_bytes([*low, *high])))?;
        self.at = (start + 4 + stored.len()) * 8;
        Some(stored)
    }

    /// The bits that come next, at least 56; behind the last one zeros.
    #[inline]
    pub fn next(&self) -> u64 {
        let eight = self.bytes.get(self.at / 8..).and_then(|rest| rest.first_chunk().copied());
        u64::from_le_bytes(eight.unwrap_or_else(|| self.last())) >> (self.at % 8)
    }

    /// Passes over bits, though there may be fewer.
    #[inline]
    pub fn pass(&mut self, count: u32) {
        self.at += count as usize;
    }

    /// Whether no more were taken than there are.
    pub fn is_within(&self) -> bool {
        self.at <= self.bytes.len() * 8
    }

    /// The last bytes, fewer than eight, and zeros.
    #[cold]
    fn last(&self) -> [u8; 8] {
        let mut eight = [0; 8];
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        eight.iter_mut().zip(rest).for_each(|(byte, from)| *byte = *from);
        eight
    }
}

impl<'o> Writer<'o> {
    /// Begins with the byte behind the last.
    pub fn new(out: &'o mut Vec<u8>) -> Self {
        Self { out, held: 0, count: 0 }
    }

    /// Appends up to 32 bits.
    pub fn put(&mut self, value: u64, count: u32) {
        self.held |= value << self.count;
        self.count += count;
        if self.count >= 32 {
            self.out.extend_from_slice(&(self.held as u32).to_le_bytes());
            self.held >>= 32;
            self.count -= 32;
        }
    }

    /// Appends some of other bits.
    pub fn copy(&mut self, from: &Bits<'_>, range: Range<usize>) {
        let mut bits = Bits { at: range.start, ..*from };
        while bits.at < range.end {
            let count = (range.end - bits.at).min(32) as u32;
            self.put(bits.next() & ((1 << count) - 1), count);
            bits.at += count as usize;
        }
    }

    /// Appends an empty stored block, behind which a byte begins.
    pub fn end(mut self) {
        self.put(0, 3);
        let bytes = self.count.div_ceil(8) as usize;
        self.out.extend_from_slice(self.held.to_le_bytes().get(..bytes).unwrap_or_default());
        self.out.extend_from_slice(&[0, 0, 0xff, 0xff]);
    }
}

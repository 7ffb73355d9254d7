//! Bits and codes of deflate (RFC 1951, 3): read only as far as it takes to tell where tokens begin.

use std::ops::Range;

/// Bits, the first of a byte its lowest.
#[derive(Clone, Copy)]
pub struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

/// The codes of a block: for lengths and literals, and for distances.
pub struct Codes {
    lengths: Table,
    distances: Table,
}

/// Codes by the bits that come next.
struct Table {
    /// A symbol times 16, and the bits of its code; 0 for none.
    entries: Vec<u16>,
    /// The bits that are looked at.
    bits: u32,
}

/// Bits appended to bytes.
pub struct Writer<'o> {
    out: &'o mut Vec<u8>,
    held: u64,
    count: u32,
}

/// The longest code, in bits.
const LONGEST: usize = 15;
/// The symbol that ends a block.
const END: usize = 256;
/// The order in which lengths of codes for lengths of codes are told.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/// What the symbols from 257 on repeat at least, in bytes, and the bits that say how much more.
const LENGTHS: [(usize, u32); 29] = [
    (3, 0),
    (4, 0),
    (5, 0),
    (6, 0),
    (7, 0),
    (8, 0),
    (9, 0),
    (10, 0),
    (11, 1),
    (13, 1),
    (15, 1),
    (17, 1),
    (19, 2),
    (23, 2),
    (27, 2),
    (31, 2),
    (35, 3),
    (43, 3),
    (51, 3),
    (59, 3),
    (67, 4),
    (83, 4),
    (99, 4),
    (115, 4),
    (131, 5),
    (163, 5),
    (195, 5),
    (227, 5),
    (258, 0),
];

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
        self.pass(count)?;
        Some(value)
    }

    /// Passes over the rest of a stored block, whose kind was read; gives its length in bytes.
    pub fn pass_stored(&mut self) -> Option<usize> {
        let start = self.at.div_ceil(8);
        let head = self.bytes.get(start..start + 4)?;
        let length = usize::from(u16::from_le_bytes([head[0], head[1]]));
        self.at = (start + 4 + length) * 8;
        (self.at <= self.bytes.len() * 8).then_some(length)
    }

    /// The bits that come next, at least 56; behind the last one zeros.
    fn next(&self) -> u64 {
        let rest = self.bytes.get(self.at / 8..).unwrap_or_default();
        let eight = rest.first_chunk().copied().unwrap_or_else(|| {
            let mut eight = [0; 8];
            eight.iter_mut().zip(rest).for_each(|(byte, from)| *byte = *from);
            eight
        });
        u64::from_le_bytes(eight) >> (self.at % 8)
    }

    fn pass(&mut self, count: u32) -> Option<()> {
        self.at += count as usize;
        (self.at <= self.bytes.len() * 8).then_some(())
    }
}

impl Codes {
    /// The codes that need not be told.
    pub fn fixed() -> Self {
        let lengths: Vec<u8> =
            [(8, 144), (9, 112), (7, 24), (8, 8)].iter().flat_map(|(bits, count)| vec![*bits; *count]).collect();
        Self { lengths: Table::of(&lengths), distances: Table::of(&[5; 30]) }
    }

    /// Reads the codes that a block tells.
    pub fn read(bits: &mut Bits<'_>) -> Option<Self> {
        let [literals, distances, told] =
            [(5, 257), (5, 1), (4, 4)].map(|(count, least)| Some(bits.take(count)? as usize + least));
        let (literals, distances) = (literals?, distances?);
        let mut of_lengths = [0; ORDER.len()];
        for place in ORDER.iter().take(told?) {
            of_lengths[*place] = bits.take(3)? as u8;
        }
        let table = Table::of(&of_lengths);
        let mut lengths: Vec<u8> = Vec::with_capacity(literals + distances);
        while lengths.len() < literals + distances {
            let (symbol, count) = table.find(bits.next())?;
            bits.pass(count)?;
            let (length, times) = match symbol {
                16 => (*lengths.last()?, bits.take(2)? + 3),
                17 => (0, bits.take(3)? + 3),
                18 => (0, bits.take(7)? + 11),
                length => (length as u8, 1),
            };
            lengths.extend((0..times).map(|_| length));
        }
        (lengths.len() == literals + distances).then_some(())?;
        let (literals, distances) = lengths.split_at(literals);
        Some(Self { lengths: Table::of(literals), distances: Table::of(distances) })
    }

    /// Passes over a token; gives the bytes of text that it stands for, 0 at the end of the block.
    #[inline]
    pub fn pass_token(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let next = bits.next();
        let (symbol, count) = self.lengths.find(next)?;
        if symbol <= END {
            bits.pass(count)?;
            return Some(usize::from(symbol < END));
        }
        let (least, more) = LENGTHS.get(symbol - END - 1)?;
        let length = least + (next >> count & ((1 << more) - 1)) as usize;
        let (distance, beside) = self.distances.find(next >> (count + more))?;
        // Two distances more have a bit more to tell each of them.
        let farther = (distance as u32 / 2).saturating_sub(1);
        bits.pass(count + more + beside + farther)?;
        Some(length)
    }

    /// The code that ends a block, and its bits.
    pub fn end(&self) -> Option<(u64, u32)> {
        let entry = self.lengths.entries.iter().position(|entry| usize::from(entry / 16) == END)?;
        Some((entry as u64, u32::from(self.lengths.entries.get(entry)? % 16)))
    }
}

impl Table {
    /// The codes of symbols by the bits of each, 0 for a symbol without a code (RFC 1951, 3.2.2).
    fn of(lengths: &[u8]) -> Self {
        let bits = u32::from(lengths.iter().copied().max().unwrap_or(0)).min(LONGEST as u32);
        let mut entries = vec![0; 1 << bits];
        let mut code = 0_usize;
        for length in 1..=bits {
            for (symbol, _) in lengths.iter().enumerate().filter(|(_, one)| u32::from(**one) == length) {
                // Codes begin with their highest bit.
                let first = code.reverse_bits() >> (usize::BITS - length);
                let entry = (symbol as u16) << 4 | length as u16;
                entries.iter_mut().skip(first).step_by(1 << length).for_each(|place| *place = entry);
                code += 1;
            }
            code <<= 1;
        }
        Self { entries, bits }
    }

    /// The symbol whose code comes next, and the bits of the code.
    #[inline]
    fn find(&self, next: u64) -> Option<(usize, u32)> {
        let entry = *self.entries.get(next as usize & ((1 << self.bits) - 1))?;
        (entry > 0).then_some((usize::from(entry / 16), u32::from(entry % 16)))
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

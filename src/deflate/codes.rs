//! Codes of deflate (RFC 1951, 3.2): what the bits that come next stand for.

use super::bits::Bits;

/// The codes of a block: for literals and lengths, and for distances.
pub struct Codes {
    lengths: Table,
    distances: Table,
}

/// Entries by the code that comes next.
struct Table {
    /// By the bits that are looked at first; [`NONE`] where they begin a longer code, or none.
    short: Box<[Entry; 1 << LOOKED_AT]>,
    /// Longer codes in their order, each filled up to 16 bits.
    long: Vec<(u16, Entry)>,
}

/// What a code stands for. Bits 0 to 5: how many bits are taken; 6 and 7: [`LITERAL`], [`END`]; 8 to 13: how many of
/// those taken are the code; 16 to 31: a number, to which the bits taken beside the code are added.
type Entry = u32;

/// No code.
const NONE: Entry = 0;
/// The number is a byte of the text.
const LITERAL: Entry = 1 << 6;
/// The block ends.
const END: Entry = 1 << 7;
/// Bits that are looked at first: few codes are longer, and the table stays in the cache.
const LOOKED_AT: usize = 10;
/// The longest code, in bits.
const LONGEST: usize = 15;
/// The order in which lengths of codes for lengths of codes are told.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

impl Codes {
    /// The codes that need not be told.
    pub fn fixed() -> Self {
        let lengths: Vec<u8> =
            [(8, 144), (9, 112), (7, 24), (8, 8)].iter().flat_map(|(bits, count)| vec![*bits; *count]).collect();
        Self { lengths: Table::of(&lengths, literal_or_length), distances: Table::of(&[5; 30], distance) }
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
        let table = Table::of(&of_lengths, |symbol| Some(entry(symbol, 0)));
        let mut lengths: Vec<u8> = Vec::with_capacity(literals + distances);
        while lengths.len() < literals + distances {
            let entry = table.find(bits.next())?;
            bits.take(taken(entry))?;
            let (length, times) = match number(entry) {
                16 => (*lengths.last()?, bits.take(2)? + 3),
                17 => (0, bits.take(3)? + 3),
                18 => (0, bits.take(7)? + 11),
                length => (length as u8, 1),
            };
            lengths.extend((0..times).map(|_| length));
        }
        (lengths.len() == literals + distances).then_some(())?;
        let (literals, distances) = lengths.split_at(literals);
        Some(Self { lengths: Table::of(literals, literal_or_length), distances: Table::of(distances, self::distance) })
    }

    /// Takes tokens and appends what they stand for until the text is as long as is wanted (bytes, or up to 257 more) or
    /// the block ends. Gives the bits of the code that ends it, which comes next; 0 where it goes on.
    pub fn inflate(&self, from: &mut Bits<'_>, text: &mut Vec<u8>, wanted: usize) -> Option<u32> {
        let mut bits = *from;
        let mut end = 0;
        while text.len() < wanted {
            let next = bits.next();
            let entry = self.lengths.find(next)?;
            if entry & LITERAL != 0 {
                text.push(number(entry) as u8);
                bits.pass(taken(entry));
                continue;
            }
            if entry & END != 0 {
                end = taken(entry);
                break;
            }
            // A length and a distance take 48 bits at most.
            let behind = next.wrapping_shr(entry);
            let distance = self.distances.find(behind)?;
            bits.pass(taken(entry) + taken(distance));
            repeat(text, value(distance, behind), value(entry, next))?;
        }
        *from = bits;
        Some(end)
    }
}

impl Table {
    /// The codes of symbols by the bits of each, 0 for a symbol without a code (RFC 1951, 3.2.2). What contradicts itself
    /// gives some table: it is the checksum of the text that tells.
    fn of(lengths: &[u8], meaning: impl Fn(usize) -> Option<Entry>) -> Self {
        let mut table = Self { short: Box::new([NONE; 1 << LOOKED_AT]), long: Vec::new() };
        let mut codes = first_codes(lengths);
        for (symbol, length) in lengths.iter().enumerate().filter(|(_, length)| **length > 0) {
            let (code, length) = (&mut codes[usize::from(*length)], u32::from(*length));
            let entry = meaning(symbol).map_or(NONE, |entry| entry + length + (length << 8));
            if length as usize <= LOOKED_AT {
                // Codes begin with their highest bit.
                let first = (code.reverse_bits() >> (u32::BITS - length)) as usize;
                table.short.iter_mut().skip(first).step_by(1 << length).for_each(|place| *place = entry);
            } else {
                table.long.push(((*code << (u16::BITS - length)) as u16, entry));
            }
            *code += 1;
        }
        table.long.sort_unstable();
        table
    }

    /// What the code that comes next stands for.
    #[inline]
    fn find(&self, next: u64) -> Option<Entry> {
        let entry = self.short[next as usize % (1 << LOOKED_AT)];
        if entry == NONE { self.find_long(next) } else { Some(entry) }
    }

    #[cold]
    fn find_long(&self, next: u64) -> Option<Entry> {
        let code = (next as u16).reverse_bits();
        let place = self.long.partition_point(|(first, _)| *first <= code).checked_sub(1)?;
        self.long.get(place).map(|(_, entry)| *entry).filter(|entry| *entry != NONE)
    }
}

/// The first code of each length in bits.
fn first_codes(lengths: &[u8]) -> [u32; LONGEST + 1] {
    let mut codes = [0; LONGEST + 1];
    for length in lengths {
        codes[usize::from(*length)] += 1;
    }
    let mut next = 0;
    for code in codes.iter_mut().skip(1) {
        let count = std::mem::replace(code, next);
        next = (next + count) << 1;
    }
    codes
}

/// An entry of a number and how many bits are added to it, without the code.
fn entry(number: usize, more: usize) -> Entry {
    (number << 16 | more) as Entry
}

fn number(entry: Entry) -> usize {
    (entry >> 16) as usize
}

fn taken(entry: Entry) -> u32 {
    entry % 64
}

/// The number and what is added to it. Shifts wrap at 64 bits, so they pass over what else an entry says.
fn value(entry: Entry, next: u64) -> usize {
    number(entry) + (next & !u64::MAX.wrapping_shl(entry)).wrapping_shr(entry >> 8) as usize
}

/// RFC 1951, 3.2.5.
fn literal_or_length(symbol: usize) -> Option<Entry> {
    match symbol {
        0..256 => Some(LITERAL | entry(symbol, 0)),
        256 => Some(END),
        257..265 => Some(entry(symbol - 254, 0)),
        265..285 => {
            let more = (symbol - 261) / 4;
            Some(entry(3 + ((4 + (symbol - 261) % 4) << more), more))
        }
        285 => Some(entry(258, 0)),
        _ => None,
    }
}

/// RFC 1951, 3.2.5.
fn distance(symbol: usize) -> Option<Entry> {
    match symbol {
        0..2 => Some(entry(symbol + 1, 0)),
        2..30 => {
            let more = symbol / 2 - 1;
            Some(entry(1 + ((2 + symbol % 2) << more), more))
        }
        _ => None,
    }
}

/// Appends bytes as they stand so far back; `None` where nothing stands there.
#[inline]
fn repeat(text: &mut Vec<u8>, distance: usize, length: usize) -> Option<()> {
    let from = text.len().checked_sub(distance)?;
    if length <= distance {
        text.extend_from_within(from..from + length);
    } else {
        repeat_itself(text, from, length);
    }
    Some(())
}

/// Appends bytes from a place on, those that are just being appended included.
#[cold]
fn repeat_itself(text: &mut Vec<u8>, from: usize, mut length: usize) {
    while length > 0 {
        let once = length.min(text.len() - from);
        text.extend_from_within(from..from + once);
        length -= once;
    }
}

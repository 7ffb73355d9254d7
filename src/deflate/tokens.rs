//! The tokens of a deflated text: literals and repetitions of what came before (RFC 1951). Each may be kept as it is where
//! its text and the 32 KiB before stay the same.

use std::ops::Range;

use super::bits::{Bits, Writer};
use super::codes::Codes;
use super::part::crc;

/// Text that is given room at once, in bytes: a size that is told need not be true.
const AT_ONCE: usize = 1 << 28;
/// How far back a token may reach, in bytes of text.
const WINDOW: usize = 1 << 15;
/// Text from one mark to the next, about: what is deflated anew beside a change, although it stays the same.
const STEP: usize = 1 << 10;
/// Less text is not worth keeping.
const LEAST: usize = 1 << 14;

/// How a text was deflated.
pub struct Tokens<'a> {
    deflated: Bits<'a>,
    /// Bytes of the text: no more are inflated.
    size: usize,
    blocks: Vec<Block>,
    marks: Vec<Mark>,
}

/// Tokens of one set of codes.
struct Block {
    /// What says the codes, in bits.
    head: Range<usize>,
    /// Where the code that ends the block stands.
    end: usize,
    /// That code, and its bits.
    end_code: (u64, u32),
}

/// Where a token begins.
#[derive(Clone, Copy)]
pub struct Mark {
    /// The byte of the text.
    pub text: usize,
    /// The bit of what was deflated.
    bit: usize,
    /// The block.
    block: usize,
    /// How many blocks before are stored as they are. They begin with a byte, so they cannot be moved by bits.
    stored: usize,
}

impl<'a> Tokens<'a> {
    /// Inflates a text and tells its tokens; `None` where it is damaged, or of another size (bytes) or checksum.
    pub fn inflate(deflated: &'a [u8], size: usize, sum: u32) -> Option<(Self, Vec<u8>)> {
        let mut bits = Bits::of(deflated);
        let mut tokens = Self { deflated: bits, size, blocks: Vec::new(), marks: Vec::new() };
        let mut text = Vec::with_capacity(size.min(AT_ONCE));
        let (mut stored, mut is_last) = (0, false);
        while !is_last {
            let start = bits.at();
            is_last = bits.take(1)? == 1;
            let codes = match bits.take(2)? {
                0 => {
                    let bytes = bits.take_stored()?;
                    // An empty one is where a writer has begun with a byte; nothing of it need be kept.
                    stored += usize::from(!bytes.is_empty());
                    text.extend_from_slice(bytes);
                    continue;
                }
                1 => Codes::fixed(),
                2 => Codes::read(&mut bits)?,
                _ => return None,
            };
            tokens.block(&mut bits, &codes, &mut text, (start, stored))?;
        }
        (text.len() == size && crc(&text).sum() == sum).then_some((tokens, text))
    }

    /// Inflates the tokens of a block whose codes were read.
    fn block(
        &mut self,
        bits: &mut Bits<'_>,
        codes: &Codes,
        text: &mut Vec<u8>,
        (start, stored): (usize, usize),
    ) -> Option<()> {
        let (head, block) = (start..bits.at(), self.blocks.len());
        let mark = |bits: &Bits<'_>, text: &[u8]| Mark { text: text.len(), bit: bits.at(), block, stored };
        let mut end = 0;
        while end == 0 {
            self.marks.push(mark(bits, text));
            end = codes.inflate(bits, text, text.len() + STEP)?;
            (text.len() <= self.size && bits.is_within()).then_some(())?;
        }
        self.marks.push(mark(bits, text));
        self.blocks.push(Block { head, end: bits.at(), end_code: (bits.take(end)?, end) });
        Some(())
    }

    /// The tokens that can be kept of a stretch of text that stays the same between changes: from a mark to another.
    pub fn kept(&self, same: &Range<usize>) -> Option<(Mark, Mark)> {
        let reach = if same.start == 0 { 0 } else { same.start + WINDOW };
        let from = self.marks.partition_point(|mark| mark.text < reach);
        let first = *self.marks.get(from)?;
        let fits = |mark: &Mark| mark.text <= same.end && mark.stored == first.stored;
        let last = *self.marks.get(from + self.marks.get(from..)?.partition_point(fits).checked_sub(1)?)?;
        (last.text >= first.text + LEAST).then_some((first, last))
    }

    /// Appends the tokens from a mark to another as blocks of their own; others follow them.
    pub fn write(&self, (first, last): (Mark, Mark), out: &mut Vec<u8>) {
        let mut writer = Writer::new(out);
        for (at, block) in self.blocks.iter().enumerate().take(last.block + 1).skip(first.block) {
            let from = if at == first.block { first.bit } else { block.head.end };
            let to = if at == last.block { last.bit } else { block.end };
            if from < to {
                // Whatever it was, it is not the last block.
                writer.put(0, 1);
                writer.copy(&self.deflated, block.head.start + 1..block.head.end);
                writer.copy(&self.deflated, from..to);
                writer.put(block.end_code.0, block.end_code.1);
            }
        }
        writer.end();
    }
}

//! The tokens of a deflated text: literals and repetitions of what came before (RFC 1951). Each may be kept as it is where
//! its text and the 32 KiB before stay the same.

use std::ops::Range;

use super::bits::{Bits, Codes, Writer};

/// How far back a token may reach, in bytes of text.
const WINDOW: usize = 1 << 15;
/// Text from one mark to the next, about: what is deflated anew beside a change, although it stays the same.
const STEP: usize = 1 << 10;
/// Less text is not worth keeping.
const LEAST: usize = 1 << 14;

/// A deflated text, walked through.
pub struct Tokens<'a> {
    deflated: Bits<'a>,
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
    /// Walks through what was deflated from a text of `size` bytes; `None` where it is damaged or of another size.
    pub fn walk(deflated: &'a [u8], size: usize) -> Option<Self> {
        let mut tokens = Self { deflated: Bits::of(deflated), blocks: Vec::new(), marks: Vec::new() };
        let (mut bits, mut text, mut stored) = (Bits::of(deflated), 0, 0);
        loop {
            let start = bits.at();
            let is_last = bits.take(1)? == 1;
            let codes = match bits.take(2)? {
                0 => {
                    let length = bits.pass_stored()?;
                    // An empty one is where a writer has begun with a byte; nothing of it need be kept.
                    stored += usize::from(length > 0);
                    text += length;
                    None
                }
                1 => Some(Codes::fixed()),
                2 => Some(Codes::read(&mut bits)?),
                _ => return None,
            };
            if let Some(codes) = codes {
                let mark = Mark { text, bit: bits.at(), block: tokens.blocks.len(), stored };
                text = tokens.block(&mut bits, &codes, start, mark)?;
            }
            if text > size {
                return None;
            }
            if is_last {
                return (text == size).then_some(tokens);
            }
        }
    }

    /// Passes over the tokens of a block; gives how far the text has come.
    fn block(&mut self, bits: &mut Bits<'_>, codes: &Codes, start: usize, mut mark: Mark) -> Option<usize> {
        let (head, mut text) = (start..mark.bit, mark.text);
        self.marks.push(mark);
        loop {
            let bit = bits.at();
            let length = codes.pass_token(bits)?;
            if length == 0 || text >= mark.text + STEP {
                mark = Mark { text, bit, ..mark };
                self.marks.push(mark);
            }
            if length == 0 {
                self.blocks.push(Block { head, end: bit, end_code: codes.end()? });
                return Some(text);
            }
            text += length;
        }
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

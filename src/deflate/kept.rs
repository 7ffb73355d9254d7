//! The blocks of a deflated part: what stays the same keeps those it has, and only what changes is deflated anew.
//!
//! A block may repeat what the 32 KiB before it hold (RFC 1951, 2), and begins at any bit. So a block can be kept where
//! its own text and those 32 KiB are as before; its bits are moved to the beginning of a byte.

use std::io::Write;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::{
    TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY, TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF,
};
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

use super::{END, Part};

/// How far back a block may reach, in bytes of text.
const WINDOW: usize = 1 << 15;
/// Blocks of less text are not worth keeping.
const LEAST: usize = 1 << 15;
/// Deflate's level for what is new: half the time of the usual 6 for a sixth more bytes.
const LEVEL: u32 = 3;
/// An empty stored block behind its first bits: the block after it begins with a byte.
const STORED: [u8; 4] = [0, 0, 0xff, 0xff];

/// A part as it was deflated.
pub struct Blocks<'a> {
    deflated: &'a [u8],
    /// Where blocks begin.
    starts: Vec<Start>,
}

/// Where a block begins.
#[derive(Clone, Copy)]
struct Start {
    /// The byte of the text.
    text: usize,
    /// The bit of what was deflated.
    bit: usize,
}

impl<'a> Blocks<'a> {
    /// Inflates a part of `size` bytes, and notes its blocks.
    ///
    /// # Errors
    /// When it is damaged or of another size.
    pub fn inflate(deflated: &'a [u8], size: usize) -> Result<(Vec<u8>, Self)> {
        // The library wants room for a byte behind the last to see that there is none.
        let mut text = vec![0; size + 1];
        let mut state = DecompressorOxide::new();
        let flags = TINFL_FLAG_USING_NON_WRAPPING_OUTPUT_BUF | TINFL_FLAG_STOP_ON_BLOCK_BOUNDARY;
        let (mut read, mut written) = (0, 0);
        let mut starts = vec![Start { text: 0, bit: 0 }];
        loop {
            let rest = deflated.get(read..).unwrap_or_default();
            let (status, taken, given) = decompress(&mut state, rest, &mut text, written, flags);
            (read, written) = (read + taken, written + given);
            match status {
                TINFLStatus::BlockBoundary => {
                    let ahead = state.block_boundary_state().context("no block begins")?.num_bits;
                    starts.push(Start { text: written, bit: read * 8 - usize::from(ahead) });
                }
                TINFLStatus::Done if written == size => break,
                _ => bail!("a part is damaged"),
            }
        }
        text.truncate(size);
        Ok((text, Self { deflated, starts }))
    }

    /// The blocks that can be kept of a stretch of text that stays the same between changes.
    fn kept(&self, same: &Range<usize>) -> Option<(Start, Start)> {
        let reach = if same.start == 0 { 0 } else { same.start + WINDOW };
        let first = self.starts.get(self.starts.partition_point(|start| start.text < reach))?;
        let ends = self.starts.partition_point(|start| start.text <= same.end);
        let last = self.starts.get(ends.checked_sub(1)?)?;
        (last.text >= first.text + LEAST).then_some((*first, *last))
    }
}

/// A changed part that is being deflated.
#[derive(Default)]
pub struct Changing {
    bytes: Vec<u8>,
    crc: Crc,
    /// The encoder of what was put in last, if no kept blocks came after it.
    open: Option<DeflateEncoder<Vec<u8>>>,
}

impl Changing {
    /// Puts in a text that is new.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub fn put(&mut self, text: &[u8]) -> Result<()> {
        self.crc.update(text);
        let new = || DeflateEncoder::new(Vec::new(), Compression::new(LEVEL));
        Ok(self.open.get_or_insert_with(new).write_all(text)?)
    }

    /// Puts in a stretch of a text that was deflated before, by its blocks where they can be kept.
    ///
    /// # Errors
    /// As [`Changing::put`].
    pub fn put_same(&mut self, text: &[u8], same: Range<usize>, blocks: &Blocks<'_>) -> Result<()> {
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let Some((first, last)) = blocks.kept(&same) else { return self.put(part(same)) };
        self.put(part(same.start..first.text))?;
        self.close()?;
        push_bits(&mut self.bytes, blocks.deflated, first.bit..last.bit)?;
        self.crc.update(part(first.text..last.text));
        self.put(part(last.text..same.end))
    }

    /// Ends the part.
    ///
    /// # Errors
    /// As [`Changing::put`].
    pub fn end(mut self) -> Result<Part> {
        self.close()?;
        self.bytes.extend_from_slice(&END);
        Ok(Part::new(self.bytes, self.crc))
    }

    /// Ends the blocks under way with a byte; none that come later reach back to them.
    fn close(&mut self) -> Result<()> {
        if let Some(mut encoder) = self.open.take() {
            encoder.flush()?;
            self.bytes.append(encoder.get_mut());
        }
        Ok(())
    }
}

/// Appends bits, the first at the beginning of a byte, and an empty block so that what follows begins with one, too.
/// Other bits follow them where they are taken from.
fn push_bits(out: &mut Vec<u8>, from: &[u8], bits: Range<usize>) -> Result<()> {
    let (shift, length) = (bits.start % 8, bits.len());
    let pairs =
        from.get(bits.start / 8..(bits.start / 8 + length.div_ceil(8) + 1)).context("bits of a part")?.windows(2);
    // A stored block begins with three bits that are 0 here, and goes on with the next byte.
    let end = out.len() + (length + 3).div_ceil(8);
    out.extend(pairs.map(|pair| match pair {
        [low, high] => (u16::from_le_bytes([*low, *high]) >> shift) as u8,
        _ => 0,
    }));
    if let (Some(last), over @ 1..) = (out.last_mut(), length % 8) {
        *last &= (1 << over) - 1;
    }
    out.resize(end, 0);
    out.extend_from_slice(&STORED);
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Read};

    use proptest::prelude::*;
    use zip::ZipArchive;

    use super::*;

    /// Rows that repeat one another in part, as those of a sheet do.
    fn text(rows: u32) -> Vec<u8> {
        let row =
            |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{}</v></c></row>", row.wrapping_mul(2_654_435_761));
        (1..=rows).map(row).collect::<String>().into_bytes()
    }

    fn deflated(text: &[u8], level: u32) -> Vec<u8> {
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// A text in which one place changed, through an archive and back; with the bytes it took.
    fn changed(text: &[u8], level: u32, at: usize, new: &[u8]) -> (Vec<u8>, usize) {
        let original = deflated(text, level);
        let (inflated, blocks) = Blocks::inflate(&original, text.len()).unwrap();
        assert!(inflated == text);
        let mut part = Changing::default();
        part.put_same(text, 0..at, &blocks).unwrap();
        part.put(new).unwrap();
        part.put_same(text, at..text.len(), &blocks).unwrap();
        let archive = part.end().unwrap().archived("a/b.xml").unwrap();
        let mut read = Vec::new();
        ZipArchive::new(Cursor::new(&archive)).unwrap().by_name("a/b.xml").unwrap().read_to_end(&mut read).unwrap();
        (read, archive.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_part_changed_by_blocks_inflates_to_the_changed_text(
            rows in 0u32..30_000, level in 0u32..10, at in 0.0..1.0, new in "[a-z]{0,40}",
        ) {
            let text = text(rows);
            let at = (text.len() as f64 * at) as usize;
            let expected = [&text[..at], new.as_bytes(), &text[at..]].concat();
            let (read, _) = changed(&text, level, at, new.as_bytes());
            prop_assert!(read == expected);
        }
    }

    #[test]
    fn blocks_that_stay_are_kept_as_they_are() {
        let text = text(60_000);
        let original = deflated(&text, 9);
        let (_, blocks) = Blocks::inflate(&original, text.len()).unwrap();
        let (first, last) = blocks.kept(&(100..text.len() - 100)).unwrap();
        assert!(last.text - first.text > text.len() / 2);
        // Deflated anew at level 3, the whole would be larger.
        let (_, size) = changed(&text, 9, 50, b"x");
        assert!(size < original.len() + original.len() / 20, "{size} of {}", original.len());
    }

    #[test]
    fn damage_and_a_wrong_size_are_told() {
        let (text, original) = (text(1_000), deflated(&text(1_000), 6));
        for size in [0, text.len() - 1, text.len() + 1, text.len() * 2] {
            assert!(Blocks::inflate(&original, size).is_err(), "{size}");
        }
        assert!(Blocks::inflate(&original[..original.len() / 2], text.len()).is_err());
        assert!(Blocks::inflate(&[], 0).is_err());
    }
}

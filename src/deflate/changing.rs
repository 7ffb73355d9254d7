//! A changed part: what stays the same keeps the tokens it was deflated to, and only what changes is deflated anew.

use std::ops::Range;

use anyhow::Result;
use flate2::Crc;

use super::{Part, Stretch, Stretcher, Tokens};

/// Text that is deflated together where nothing is kept, in bytes.
const TOGETHER: usize = 1 << 20;

/// A changed part that is being deflated.
#[derive(Default)]
pub struct Changing {
    bytes: Vec<u8>,
    crc: Crc,
    /// What was put in last and is not deflated yet.
    open: Vec<u8>,
    stretcher: Option<Stretcher>,
}

impl Changing {
    /// Puts in a text that is new.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub fn put(&mut self, text: &[u8]) -> Result<()> {
        for piece in text.chunks(TOGETHER) {
            self.open.extend_from_slice(piece);
            if self.open.len() >= TOGETHER {
                self.close()?;
            }
        }
        Ok(())
    }

    /// Puts in a stretch of a text that was deflated before, by its tokens where they can be kept.
    ///
    /// # Errors
    /// As [`Changing::put`].
    pub fn put_same(&mut self, text: &[u8], same: Range<usize>, tokens: &Tokens<'_>) -> Result<()> {
        let part = |range: Range<usize>| text.get(range).unwrap_or_default();
        let Some((first, last)) = tokens.kept(&same) else { return self.put(part(same)) };
        self.put(part(same.start..first.text))?;
        self.close()?;
        tokens.write((first, last), &mut self.bytes);
        self.crc.update(part(first.text..last.text));
        self.put(part(last.text..same.end))
    }

    /// Ends the part.
    ///
    /// # Errors
    /// As [`Changing::put`].
    pub fn end(mut self) -> Result<Part> {
        let last = Part::of(&self.open)?;
        self.append(last.into_parts());
        Ok(Part::new(self.bytes, self.crc))
    }

    /// Deflates what is open; nothing that comes later reaches back to it.
    fn close(&mut self) -> Result<()> {
        if !self.open.is_empty() {
            let stretch = Stretch::of(self.stretcher.get_or_insert_default(), &self.open)?;
            self.append(stretch.into_parts());
            self.open.clear();
        }
        Ok(())
    }

    fn append(&mut self, (bytes, crc): (Vec<u8>, Crc)) {
        self.bytes.extend(bytes);
        self.crc.combine(&crc);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::{Cursor, Read, Write};

    use flate2::Compression;
    use flate2::write::DeflateEncoder;
    use proptest::prelude::*;
    use zip::ZipArchive;

    use super::*;
    use crate::deflate::part::crc;

    /// Rows that repeat one another in part, as those of a sheet do.
    fn text(rows: u32) -> Vec<u8> {
        let row =
            |row: u32| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>{}</v></c></row>", row.wrapping_mul(2_654_435_761));
        (1..=rows).map(row).collect::<String>().into_bytes()
    }

    fn deflated(text: &[u8], level: u32) -> Vec<u8> {
        if level > 9 {
            return Part::of(text).unwrap().into_parts().0;
        }
        let mut encoder = DeflateEncoder::new(Vec::new(), Compression::new(level));
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    }

    /// A text in which some places changed, through an archive and back; with the bytes it took.
    fn changed(text: &[u8], original: &[u8], changes: &[(usize, &[u8])]) -> (Vec<u8>, usize) {
        let (tokens, inflated) = Tokens::inflate(original, text.len(), crc(text).sum()).unwrap();
        assert!(inflated == text);
        let (mut part, mut done) = (Changing::default(), 0);
        for (at, new) in changes {
            part.put_same(text, done..*at, &tokens).unwrap();
            part.put(new).unwrap();
            done = *at;
        }
        part.put_same(text, done..text.len(), &tokens).unwrap();
        let archive = part.end().unwrap().archived("a/b.xml").unwrap();
        let mut read = Vec::new();
        ZipArchive::new(Cursor::new(&archive)).unwrap().by_name("a/b.xml").unwrap().read_to_end(&mut read).unwrap();
        (read, archive.len())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_part_changed_by_tokens_inflates_to_the_changed_text(
            rows in 0u32..30_000, level in 0u32..11, places in prop::collection::vec((0.0..1.0, "[a-z]{0,40}"), 0..4),
            noise in prop::collection::vec(any::<u8>(), 0..3_000), noisy in 0.0..1.0,
        ) {
            // Noise does not deflate: a block of it is stored as it is.
            let mut text = text(rows);
            let at = (text.len() as f64 * noisy) as usize;
            text.splice(at..at, noise.repeat(20));
            let mut changes: Vec<(usize, &[u8])> =
                places.iter().map(|(at, new)| ((text.len() as f64 * at) as usize, new.as_bytes())).collect();
            changes.sort_unstable();
            let mut expected = text.clone();
            for (at, new) in changes.iter().rev() {
                expected.splice(at..at, new.iter().copied());
            }
            let (read, _) = changed(&text, &deflated(&text, level), &changes);
            prop_assert!(read == expected);
        }
    }

    #[test]
    fn tokens_that_stay_are_kept_though_all_stand_in_one_block() {
        for rows in [2_000, 60_000] {
            let text = text(rows);
            let original = deflated(&text, 9);
            // Deflated anew, the whole would be larger.
            let (_, size) = changed(&text, &original, &[(text.len() - 90, b"x")]);
            assert!(size < original.len() + original.len() / 20 + 600, "{size} of {}", original.len());
        }
    }

    proptest! {
        #[test]
        fn whatever_bytes_say_they_are_inflated_or_refused(
            bytes in prop::collection::vec(any::<u8>(), 0..400), size in 0usize..2_000,
        ) {
            for kind in 0..8 {
                let mut bytes = bytes.clone();
                // Every kind of block, the last one or not.
                bytes.iter_mut().take(1).for_each(|first| *first = *first & !7 | kind);
                Tokens::inflate(&bytes, size, 0);
            }
        }

        #[test]
        fn a_text_is_inflated_as_it_was_and_damage_is_refused(
            noise in prop::collection::vec(any::<u8>(), 0..3_000), times in 0usize..60, rows in 0u32..3_000,
            level in 0u32..11, at in 0.0..1.0, bit in 0u32..8,
        ) {
            // Noise of a few bytes repeats itself before it has ended.
            let text = [noise.repeat(times), text(rows), noise.iter().take(3).copied().collect::<Vec<_>>().repeat(400)];
            let text = text.concat();
            let mut bytes = deflated(&text, level);
            prop_assert!(Tokens::inflate(&bytes, text.len(), crc(&text).sum()).unwrap().1 == text);
            prop_assert!(Tokens::inflate(&bytes, text.len(), !crc(&text).sum()).is_none());
            // Some bits tell nothing, as those that fill the last byte.
            let at = (bytes.len() as f64 * at) as usize;
            bytes[at] ^= 1 << bit;
            let damaged = Tokens::inflate(&bytes, text.len(), crc(&text).sum());
            prop_assert!(damaged.is_none_or(|(_, read)| read == text));
        }
    }

    #[test]
    fn a_part_with_a_wrong_bit_is_not_sound() {
        // One is inflated at once, the other by blocks.
        for rows in [1_000, 60_000] {
            let part = || Part::of(&text(rows)).unwrap();
            assert!(part().is_sound());
            let (mut bytes, crc) = part().into_parts();
            let middle = bytes.len() / 2;
            bytes[middle] ^= 4;
            assert!(!Part::new(bytes, crc).is_sound());
        }
    }

    #[test]
    fn damage_and_a_wrong_size_are_told() {
        let (text, original) = (text(1_000), deflated(&text(1_000), 6));
        for size in [0, text.len() - 1, text.len() + 1, text.len() * 2] {
            assert!(Tokens::inflate(&original, size, crc(&text).sum()).is_none(), "{size}");
        }
        // A size that is told may be anything.
        for size in [text.len(), usize::MAX] {
            assert!(Tokens::inflate(&original[..original.len() / 2], size, crc(&text).sum()).is_none());
        }
        assert!(Tokens::inflate(&[], 0, 0).is_none());
    }
}

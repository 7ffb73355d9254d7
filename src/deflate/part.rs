//! A part that is deflated at once.

use std::cell::RefCell;
use std::io::{self, Cursor, Write};

use anyhow::Result;
use flate2::read::DeflateDecoder;
use flate2::{Crc, CrcReader};
use libdeflater::{CompressionLvl, Compressor, Decompressor};
use rawzip::{CompressionMethod, DataDescriptorOutput, Error, ErrorKind, ZipArchiveWriter};

/// As small as level 3 of `flate2`, in little more than half its time.
const LEVEL: i32 = 1;

/// Text that is inflated at once (bytes), since it stays in the processor's cache.
const AT_ONCE: u32 = 1 << 20;

thread_local! {
    /// Its tables are larger than most parts.
    static COMPRESSOR: RefCell<Compressor> = RefCell::new(Compressor::new(CompressionLvl::new(LEVEL).unwrap_or_default()));
}

/// A part of a package, deflated.
pub struct Part {
    bytes: Vec<u8>,
    crc: Crc,
}

impl Part {
    /// Deflates a text.
    ///
    /// # Errors
    /// None that is known: there is room for any text.
    pub fn of(text: &[u8]) -> io::Result<Self> {
        let bytes = COMPRESSOR.with_borrow_mut(|compressor| {
            // Sheets take a seventh of their size; what takes more than a third is deflated again.
            let rooms = [text.len() / 3 + 64, compressor.deflate_compress_bound(text.len())];
            rooms.into_iter().find_map(|room| {
                let mut bytes = vec![0; room];
                let size = compressor.deflate_compress(text, &mut bytes).ok()?;
                bytes.truncate(size);
                Some(bytes)
            })
        });
        let bytes = bytes.ok_or_else(|| io::Error::other("a part that does not deflate"))?;
        Ok(Self { bytes, crc: crc(text) })
    }

    /// A part that is deflated already, with the checksum of its text.
    pub(super) fn new(bytes: Vec<u8>, crc: Crc) -> Self {
        Self { bytes, crc }
    }

    /// Whether it inflates to its text: asked of what was put together from tokens, before it goes out.
    pub fn is_sound(&self) -> bool {
        if self.crc.amount() <= AT_ONCE {
            return inflate_own(&self.bytes, &mut vec![0; self.crc.amount() as usize], self.crc.sum()).is_ok();
        }
        let mut text = CrcReader::new(DeflateDecoder::new(self.bytes.as_slice()));
        let read = io::copy(&mut text, &mut io::sink());
        read.is_ok() && (text.crc().sum(), text.crc().amount()) == (self.crc.sum(), self.crc.amount())
    }

    /// Its bytes, and the checksum of its text.
    pub(super) fn into_parts(self) -> (Vec<u8>, Crc) {
        (self.bytes, self.crc)
    }

    /// Writes it into a package.
    ///
    /// # Errors
    /// When it cannot be written, or the name is none for a part.
    pub fn write(&self, name: &str, package: &mut ZipArchiveWriter<impl Write>) -> io::Result<()> {
        let entry = package.new_file(name).compression_method(CompressionMethod::DEFLATE).start();
        let (mut entry, _) = entry.map_err(fault)?;
        entry.write_all(&self.bytes)?;
        entry.finish(DataDescriptorOutput::new(self.crc.sum(), u64::from(self.crc.amount()))).map_err(fault)?;
        Ok(())
    }

    /// An archive that holds it alone.
    ///
    /// # Errors
    /// As [`Part::write`].
    pub fn archived(&self, name: &str) -> Result<Vec<u8>> {
        let mut archive = ZipArchiveWriter::new(Cursor::new(Vec::with_capacity(self.bytes.len() + 512)));
        self.write(name, &mut archive)?;
        Ok(archive.finish()?.into_inner())
    }
}

/// Inflates a part of our own into its whole text: a third quicker than by blocks. The library is in C, so what others
/// send is not for it.
///
/// # Errors
/// When it is damaged, or its text is of another length or checksum.
pub fn inflate_own(deflated: &[u8], text: &mut [u8], sum: u32) -> io::Result<()> {
    let length = Decompressor::new().deflate_decompress(deflated, text).map_err(io::Error::other)?;
    if length == text.len() && crc(text).sum() == sum { Ok(()) } else { Err(io::ErrorKind::InvalidData.into()) }
}

/// The checksum of a text, and its length.
pub(super) fn crc(text: &[u8]) -> Crc {
    let mut crc = Crc::new();
    crc.update(text);
    crc
}

/// What an archive could not be written for; a failure of the disk as it was told.
pub fn fault(error: Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Read;

    use proptest::prelude::*;
    use zip::ZipArchive;

    use super::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn a_part_inflates_to_its_text(noise in prop::collection::vec(any::<u8>(), 0..5_000), times in 1usize..40) {
            // Noise alone does not get smaller, noise again and again does.
            let text = noise.repeat(times);
            let archive = Part::of(&text).unwrap().archived("a/b.xml").unwrap();
            let mut read = Vec::new();
            ZipArchive::new(Cursor::new(&archive)).unwrap().by_name("a/b.xml").unwrap().read_to_end(&mut read).unwrap();
            prop_assert!(read == text);
        }
    }
}

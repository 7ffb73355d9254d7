//! A long part, deflated in stretches that follow one another in one stream.

use std::io::{self, Write};

use flate2::{Compress, Compression, Crc, FlushCompress};
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter, ZipEntryWriter};

use super::part::{crc, fault};

/// Cells without addresses take three quarters of the time of level 3, for a twentieth more bytes.
const LEVEL: u32 = 2;
/// A last block without content (RFC 1951, 3.2.3): the end of a stream whose blocks all say that another follows.
const END: [u8; 2] = [3, 0];

/// Deflates stretches, in any order.
pub struct Stretcher(Compress);

/// A stretch of a part, deflated; another may follow it.
pub struct Stretch {
    bytes: Vec<u8>,
    crc: Crc,
}

/// A part whose stretches are written one after another.
pub struct Joined<'a, W> {
    entry: ZipEntryWriter<'a, W>,
    crc: Crc,
    size: u64,
}

impl Default for Stretcher {
    fn default() -> Self {
        Self(Compress::new(Compression::new(LEVEL), false))
    }
}

impl Stretch {
    /// Deflates a stretch.
    ///
    /// # Errors
    /// None that is known: it is written to memory.
    pub fn of(Stretcher(compress): &mut Stretcher, text: &[u8]) -> io::Result<Self> {
        compress.reset();
        let mut bytes = Vec::with_capacity(text.len() / 4 + 64);
        // All is taken in and flushed once there was room left.
        while bytes.len() == bytes.capacity() || (compress.total_in() as usize) < text.len() {
            bytes.reserve(text.len() / 8 + 64);
            let rest = text.get(compress.total_in() as usize..).unwrap_or_default();
            compress.compress_vec(rest, &mut bytes, FlushCompress::Sync).map_err(io::Error::other)?;
        }
        Ok(Self { bytes, crc: crc(text) })
    }

    /// Its bytes, and the checksum of its text.
    pub(super) fn into_parts(self) -> (Vec<u8>, Crc) {
        (self.bytes, self.crc)
    }
}

impl<'a, W: Write> Joined<'a, W> {
    /// Begins a part of a package.
    ///
    /// # Errors
    /// When it cannot be written, or the name is none for a part.
    pub fn begin(package: &'a mut ZipArchiveWriter<W>, name: &str) -> io::Result<Self> {
        let entry = package.new_file(name).compression_method(CompressionMethod::DEFLATE).start();
        Ok(Self { entry: entry.map_err(fault)?.0, crc: Crc::new(), size: 0 })
    }

    /// Writes the next stretch.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn put(&mut self, stretch: &Stretch) -> io::Result<()> {
        self.crc.combine(&stretch.crc);
        self.size += u64::from(stretch.crc.amount());
        self.entry.write_all(&stretch.bytes)
    }

    /// Ends the part.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(mut self) -> io::Result<()> {
        self.entry.write_all(&END)?;
        self.entry.finish(DataDescriptorOutput::new(self.crc.sum(), self.size)).map_err(fault)?;
        Ok(())
    }
}

//! The package: a zip archive whose directory is judged before any part is inflated, and its parts by name.
//!
//! Sizes that the archive declares are limits here, never allocations; zip itself holds each part to its
//! declared size and checksum.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use rustc_hash::FxHashMap;
use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::blocks::Blocks;
use super::fault::Fault;
use super::xml::{Scanned, Scanner};
use crate::deflate::inflate_own;
use crate::model::Bytes;
use crate::model::part_name::normal;

/// What a package may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Parts.
    pub parts: usize,
    /// Bytes of one part, inflated.
    pub part: u64,
    /// Bytes of all parts, inflated.
    pub whole: u64,
    /// Inflated bytes for each compressed byte, in parts above `free`.
    pub ratio: u64,
    /// Parts up to this size (bytes, inflated) may be compressed as far as they go.
    pub free: u64,
    /// Bytes of one cell or string, as written.
    pub item: usize,
    /// Parts up to this size (bytes, inflated) are inflated at once, as only ours may be ([`inflate_own`]); 0 for none.
    pub at_once: u64,
}

const MEGA: u64 = 1024 * 1024;

/// The limits in use: no undamaged workbook of 5,712 public ones passes them.
pub const LIMITS: Limits = Limits {
    parts: 2_000,
    part: 256 * MEGA,
    whole: 512 * MEGA,
    ratio: 100,
    free: 64 * MEGA,
    item: 16 << 20,
    at_once: 0,
};

/// The limits of what this program wrote itself: rows of many districts pass those of one.
pub const OWN: Limits = Limits { part: u64::MAX, whole: u64::MAX, free: u64::MAX, at_once: MEGA, ..LIMITS };

/// A part of an opened package.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Part(usize);

/// An opened package.
pub struct Package {
    archive: ZipArchive<Cursor<Bytes>>,
    bytes: Bytes,
    /// Names in lower case, with `/`, without a leading one.
    parts: FxHashMap<String, Part>,
    limits: Limits,
    /// Reused from part to part.
    buffer: Vec<u8>,
    /// The part that the buffer holds as a whole.
    at_once: Option<Part>,
}

impl Package {
    /// Opens a package and judges its directory.
    ///
    /// # Errors
    /// A [`Fault`] when the directory is damaged, passes a limit, or names parts twice.
    pub fn open(bytes: Vec<u8>, limits: Limits) -> Result<Self, Fault> {
        let bytes = Bytes::from(bytes);
        let mut archive = ZipArchive::new(Cursor::new(bytes.clone())).map_err(|_| Fault::Directory)?;
        if archive.len() > limits.parts {
            return Err(Fault::Parts);
        }
        let mut parts = FxHashMap::default();
        let mut whole: u64 = 0;
        for index in 0..archive.len() {
            let entry = archive.by_index_data(index).map_err(|_| Fault::Directory)?;
            if entry.encrypted() {
                return Err(Fault::Encrypted);
            }
            whole = whole.saturating_add(entry.size());
            if entry.size() > limits.part || whole > limits.whole {
                return Err(Fault::Size);
            }
            if entry.size() > limits.free && entry.size() / limits.ratio > entry.compressed_size() {
                return Err(Fault::Ratio);
            }
            let name = entry.name().map_err(|_| Fault::Directory)?;
            if parts.insert(normal(&name), Part(index)).is_some() {
                return Err(Fault::Names);
            }
        }
        if archive.has_duplicate_names() || archive.has_overlapping_entries().map_err(|_| Fault::Directory)? {
            return Err(Fault::Names);
        }
        Ok(Self { archive, bytes, parts, limits, buffer: Vec::new(), at_once: None })
    }

    /// The part of a name, which is compared as the format demands: without case.
    pub fn find(&self, name: &str) -> Option<Part> {
        self.parts.get(&normal(name)).copied()
    }

    /// A part, to be read block by block.
    ///
    /// # Errors
    /// A [`Fault`] when the part cannot be reached.
    pub fn blocks(&mut self, part: Part) -> Result<Blocks<'_>, Fault> {
        if self.inflated(part)? {
            return Ok(Blocks::whole(&mut self.buffer, self.limits.item));
        }
        let reader = self.archive.by_index(part.0).map_err(|error| match error {
            ZipError::UnsupportedArchive(_) => Fault::Content,
            _ => Fault::Directory,
        })?;
        Ok(Blocks::new(reader, &mut self.buffer, self.limits.item))
    }

    /// Inflates a part at once into the buffer, if it is to be; one that is there already is not inflated again.
    fn inflated(&mut self, part: Part) -> Result<bool, Fault> {
        let before = self.at_once.take();
        if self.limits.at_once == 0 {
            return Ok(false);
        }
        let mut raw = self.archive.by_index_raw(part.0).map_err(|_| Fault::Directory)?;
        if raw.size() > self.limits.at_once || raw.compression() != CompressionMethod::Deflated {
            return Ok(false);
        }
        if before != Some(part) {
            let (size, sum, mut deflated) = (raw.size() as usize, raw.crc32(), Vec::new());
            raw.read_to_end(&mut deflated).map_err(|_| Fault::Content)?;
            self.buffer.resize(size, 0);
            inflate_own(&deflated, &mut self.buffer, sum).map_err(|_| Fault::Content)?;
        }
        self.at_once = Some(part);
        Ok(true)
    }

    /// Runs through the root element of a part, item by item, until `item` breaks off at its end; then reads
    /// the part to its end, so that its checksum is known to be right.
    ///
    /// # Errors
    /// A [`Fault`] of the part or of `item`.
    pub fn scan(
        &mut self,
        part: Part,
        item: impl FnMut(&mut Scanner<'_>) -> Scanned<ControlFlow<()>>,
    ) -> Result<(), Fault> {
        let mut blocks = self.blocks(part)?;
        blocks.scan(item)?;
        blocks.finish()
    }

    /// Inflates every part once, for a reader that does not check them itself.
    ///
    /// # Errors
    /// A [`Fault`] when a part is damaged.
    pub fn verify(&mut self) -> Result<(), Fault> {
        (0..self.archive.len()).try_for_each(|index| self.blocks(Part(index))?.finish())
    }

    /// The bytes of the package.
    pub fn bytes(&self) -> Bytes {
        self.bytes.clone()
    }

    /// The bytes that it holds in memory, the buffer included.
    pub fn weight(&self) -> usize {
        self.bytes.as_ref().len() + self.buffer.capacity()
    }

    /// The bytes of the package, which is not looked at any more.
    pub fn into_bytes(self) -> Vec<u8> {
        drop(self.archive);
        self.bytes.into_vec()
    }
}

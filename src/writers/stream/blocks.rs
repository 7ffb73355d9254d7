//! The bytes of a sheet, deflated in parallel blocks that follow one another in one stream.

use std::io::{self, Write};
use std::ops::Range;

use flate2::{Compress, Compression, Crc, FlushCompress};
use rayon::prelude::*;

use super::cells::Line;
use super::samples::Stub;
use super::{Addresses, Streamed};
use crate::model::CellAt;

/// Rows of a block: about a megabyte of XML, which loses nothing against one long stream that could be measured.
const BLOCK: usize = 1_024;
/// Blocks that are under way together, for each thread; each holds its bytes until those before it are written.
const AHEAD: usize = 2;
/// Level 3 costs less than half of level 6, for a sixth more bytes.
const LEVEL: u32 = 3;
/// Without addresses level 2 takes three quarters of the time of level 3, for a twentieth more bytes.
const LEVEL_COUNTED: u32 = 2;
/// A last block without content: the end of a stream whose blocks all say that another follows.
const END: [u8; 2] = [3, 0];

/// A stretch of the sheet, deflated.
struct Block {
    bytes: Vec<u8>,
    crc: Crc,
}

/// What a part holds before it is deflated.
#[derive(Default)]
pub struct Content {
    /// Its checksum.
    pub crc: Crc,
    /// Its size in bytes.
    pub size: u64,
}

/// Writes a sheet's part, deflated.
pub fn write(stub: &Stub<'_>, sheet: &Streamed<'_>, out: &mut impl Write) -> io::Result<Content> {
    let (first, rows) = (sheet.samples.row, sheet.rows.as_ref());
    let letters: Vec<String> = (0..=sheet.last.column).map(|column| CellAt::new(0, column).column_letters()).collect();
    let starts: Vec<usize> = (0..rows.count()).step_by(BLOCK).collect();
    let block = |compress: &mut Compress, start: usize| {
        let part: Range<usize> = start..(start + BLOCK).min(rows.count());
        let mut xml = Vec::new();
        let number = first.saturating_add(u32::try_from(start).unwrap_or(u32::MAX));
        rows.write(part, &mut Line::new((number, rows.addresses()), &stub.cells, &letters, &mut xml));
        Block::of(compress, &xml)
    };
    let mut content = Content::default();
    let level = match rows.addresses() {
        Addresses::Each => LEVEL,
        Addresses::Counted => LEVEL_COUNTED,
    };
    Block::of(&mut compressor(LEVEL), &stub.head)?.write(&mut content, out)?;
    for together in starts.chunks(AHEAD * rayon::current_num_threads()) {
        let done: io::Result<Vec<Block>> =
            together.par_iter().map_init(|| compressor(level), |compress, start| block(compress, *start)).collect();
        done?.into_iter().try_for_each(|block| block.write(&mut content, out))?;
    }
    Block::of(&mut compressor(LEVEL), stub.tail)?.write(&mut content, out)?;
    out.write_all(&END)?;
    Ok(content)
}

/// Writes a small part, deflated.
pub fn write_small(part: &[u8], out: &mut impl Write) -> io::Result<Content> {
    let mut content = Content::default();
    Block::of(&mut compressor(LEVEL), part)?.write(&mut content, out)?;
    out.write_all(&END)?;
    Ok(content)
}

fn compressor(level: u32) -> Compress {
    Compress::new(Compression::new(level), false)
}

impl Block {
    fn of(compress: &mut Compress, content: &[u8]) -> io::Result<Self> {
        let mut crc = Crc::new();
        crc.update(content);
        compress.reset();
        let mut bytes = Vec::with_capacity(content.len() / 4 + 64);
        // All is taken in and flushed once there was room left.
        while bytes.len() == bytes.capacity() || (compress.total_in() as usize) < content.len() {
            bytes.reserve(content.len() / 8 + 64);
            let rest = content.get(compress.total_in() as usize..).unwrap_or_default();
            compress.compress_vec(rest, &mut bytes, FlushCompress::Sync).map_err(io::Error::other)?;
        }
        Ok(Self { bytes, crc })
    }

    fn write(self, whole: &mut Content, out: &mut impl Write) -> io::Result<()> {
        whole.crc.combine(&self.crc);
        whole.size += u64::from(self.crc.amount());
        out.write_all(&self.bytes)
    }
}

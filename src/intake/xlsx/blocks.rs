//! A part in blocks: a window over what was inflated last, refilled where an item does not fit in it.
//!
//! A block is scanned while it is still in the processor's cache, and a sheet of any size takes the memory of
//! one block.

use std::io::{Cursor, Read};
use std::ops::ControlFlow;

use zip::read::ZipFile;

use super::fault::Fault;
use super::xml::{Scanned, Scanner, Stop};
use crate::model::Bytes;

/// The first block: enough to see the head of a sheet, which is often all that is asked for.
const FIRST: usize = 8 * 1024;
/// Every other block.
const BLOCK: usize = 64 * 1024;

/// A part that is being read.
pub struct Blocks<'a> {
    /// What is not in the buffer yet; `None` where the buffer holds the whole part.
    part: Option<ZipFile<'a, Cursor<Bytes>>>,
    buffer: &'a mut Vec<u8>,
    start: usize,
    end: usize,
    /// The most that one item may take, in bytes.
    item: usize,
    begun: bool,
}

impl<'a> Blocks<'a> {
    /// A part before its first block; `buffer` is only lent for its memory.
    pub fn new(part: ZipFile<'a, Cursor<Bytes>>, buffer: &'a mut Vec<u8>, item: usize) -> Self {
        Self { part: Some(part), buffer, start: 0, end: 0, item, begun: false }
    }

    /// A part that is in the buffer as a whole.
    pub fn whole(buffer: &'a mut Vec<u8>, item: usize) -> Self {
        let end = buffer.len();
        Self { part: None, buffer, start: 0, end, item, begun: false }
    }

    /// Runs through the part, item by item, until `item` breaks off. An item that is cut off by the end of the
    /// window is scanned again from its start in a larger one, so it must change nothing before it is whole,
    /// and leave no start tag half read.
    ///
    /// # Errors
    /// A [`Fault`] of `item`, of the part, or because the part ends before `item` broke off.
    pub fn scan(&mut self, mut item: impl FnMut(&mut Scanner<'_>) -> Scanned<ControlFlow<()>>) -> Result<(), Fault> {
        loop {
            let mut scanner = Scanner::new(self.window(), !self.begun);
            let mut used = 0;
            let stop = loop {
                match item(&mut scanner) {
                    Ok(ControlFlow::Continue(())) => used = scanner.at(),
                    Ok(ControlFlow::Break(())) => return Ok(()),
                    Err(stop) => break stop,
                }
            };
            self.start += used;
            self.begun |= used > 0;
            match stop {
                Stop::Fault(fault) => return Err(fault),
                Stop::Short if self.more()? => {}
                Stop::Short => return Err(Fault::Markup),
            }
        }
    }

    /// Reads the rest of the part, which makes its size and checksum known to be right.
    ///
    /// # Errors
    /// [`Fault::Content`] when they are not.
    pub fn finish(&mut self) -> Result<(), Fault> {
        self.start = self.end;
        while self.more()? {
            self.start = self.end;
        }
        Ok(())
    }

    fn window(&self) -> &[u8] {
        self.buffer.get(self.start..self.end).unwrap_or_default()
    }

    /// Inflates the next block behind what is left of the window; false at the end of the part.
    fn more(&mut self) -> Result<bool, Fault> {
        let Some(part) = &mut self.part else { return Ok(false) };
        self.buffer.copy_within(self.start..self.end, 0);
        self.end -= self.start;
        self.start = 0;
        if self.end > self.item {
            return Err(Fault::Item);
        }
        let block = if self.end == 0 && !self.begun { FIRST } else { BLOCK.max(self.end) };
        if self.buffer.len() < self.end + block {
            self.buffer.resize(self.end + block, 0);
        }
        // Filled to its end, for an item that is longer than a window is scanned again with every block.
        let before = self.end;
        while let Some(free @ [_, ..]) = self.buffer.get_mut(self.end..before + block) {
            match part.read(free).map_err(|_| Fault::Content)? {
                0 => break,
                read => self.end += read,
            }
        }
        Ok(self.end > before)
    }
}

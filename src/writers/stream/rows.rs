//! The bytes of a sheet with its rows.

use std::io::{self, Write};
use std::ops::Range;

use rayon::prelude::*;

use super::Streamed;
use super::cells::{Line, columns};
use super::samples::Stub;
use crate::deflate::{Joined, Part, Stretch, Stretcher};

/// Rows of a stretch: about a megabyte of XML, which loses nothing against one long stream that could be measured.
const STRETCH: usize = 1_024;
/// Stretches that are under way together, for each thread; each holds its bytes until those before it are written.
const AHEAD: usize = 2;

/// A sheet whose rows are to be written.
pub struct Sheet<'a> {
    sheet: &'a Streamed<'a>,
    stub: Stub<'a>,
    columns: Vec<String>,
}

impl<'a> Sheet<'a> {
    /// A sheet and what stands around its rows.
    pub fn new(sheet: &'a Streamed<'a>, stub: Stub<'a>) -> Self {
        Self { sheet, stub, columns: columns(sheet.last.column) }
    }

    /// Deflates a short sheet.
    pub fn whole(&self) -> io::Result<Part> {
        let mut xml = self.stub.head.clone();
        self.rows(0..self.sheet.rows.count(), &mut xml);
        xml.extend_from_slice(self.stub.tail);
        Part::of(&xml)
    }

    /// Writes a long sheet, deflated in parallel.
    pub fn stretches(&self, mut part: Joined<'_, impl Write>) -> io::Result<()> {
        let count = self.sheet.rows.count();
        let starts: Vec<usize> = (0..count).step_by(STRETCH).collect();
        let stretch = |stretcher: &mut Stretcher, start: usize| {
            let mut xml = Vec::new();
            self.rows(start..(start + STRETCH).min(count), &mut xml);
            Stretch::of(stretcher, &xml)
        };
        part.put(&Stretch::of(&mut Stretcher::default(), &self.stub.head)?)?;
        for together in starts.chunks(AHEAD * rayon::current_num_threads()) {
            let done: io::Result<Vec<Stretch>> = together
                .par_iter()
                .map_init(Stretcher::default, |stretcher, start| stretch(stretcher, *start))
                .collect();
            done?.iter().try_for_each(|stretch| part.put(stretch))?;
        }
        part.put(&Stretch::of(&mut Stretcher::default(), self.stub.tail)?)?;
        part.end()
    }

    fn rows(&self, rows: Range<usize>, xml: &mut Vec<u8>) {
        let (first, from) = (self.sheet.samples.row, self.sheet.rows.as_ref());
        let number = first.saturating_add(u32::try_from(rows.start).unwrap_or(u32::MAX));
        from.write(rows, &mut Line::new((number, from.addresses()), &self.stub.cells, &self.columns, xml));
    }
}

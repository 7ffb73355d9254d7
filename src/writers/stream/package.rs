//! The package: the library's parts as they are, save for the sheets whose rows are streamed.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Cursor, Read, Write};

use anyhow::Result;
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};
use rayon::prelude::*;
use zip::ZipArchive;

use super::rows::Sheet;
use super::samples::Stub;
use super::{Addresses, Streamed};
use crate::deflate::{Joined, Part, fault};
use crate::model::CellAt;

/// The package that the library wrote.
type Library<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Bytes that are written to the disk together.
const BUFFER: usize = 1 << 18;

/// A sheet that goes into the package.
enum Ready<'a> {
    /// Deflated.
    Short(Part),
    /// Of many rows, around which stands what the library wrote.
    Long(Vec<u8>, &'a Streamed<'a>),
}

/// Writes the package of a workbook whose sheets hold samples, with the rows in their place.
pub fn write(stub: &[u8], sheets: &[Streamed<'_>], out: &mut impl Write) -> Result<()> {
    let mut from = ZipArchive::new(Cursor::new(stub))?;
    let mut ready: BTreeMap<String, Ready<'_>> =
        sheets.par_iter().map(|sheet| Ok((part(sheet), ready(from.clone(), sheet)?))).collect::<Result<_>>()?;
    let mut package = ZipArchiveWriter::new(BufWriter::with_capacity(BUFFER, out));
    for at in 0..from.len() {
        let name = from.by_index_raw(at)?.name()?.into_owned();
        match ready.remove(&name) {
            Some(Ready::Short(part)) => part.write(&name, &mut package)?,
            Some(Ready::Long(part, sheet)) => {
                Sheet::new(sheet, stub_of(&part, sheet)?).stretches(Joined::begin(&mut package, &name)?)?;
            }
            None if name.starts_with("xl/tables/") => table(&mut from, at, sheets)?.write(&name, &mut package)?,
            None => copy(&mut from, at, &name, &mut package)?,
        }
    }
    package.finish().map_err(fault)?.flush()?;
    Ok(())
}

/// Makes a sheet ready; of a short one the rows are put in.
fn ready<'a>(mut from: Library<'_>, sheet: &'a Streamed<'a>) -> Result<Ready<'a>> {
    let mut stub = Vec::new();
    from.by_name(&part(sheet))?.read_to_end(&mut stub)?;
    Ok(match sheet.rows.addresses() {
        Addresses::Each => Ready::Short(Sheet::new(sheet, stub_of(&stub, sheet)?).whole()?),
        Addresses::Counted => Ready::Long(stub, sheet),
    })
}

/// Copies a part as it is.
fn copy(from: &mut Library<'_>, at: usize, name: &str, package: &mut ZipArchiveWriter<impl Write>) -> Result<()> {
    let mut part = from.by_index_raw(at)?;
    let (crc, size) = (part.crc32(), part.size());
    let method = match part.compression() {
        zip::CompressionMethod::Stored => CompressionMethod::STORE,
        _ => CompressionMethod::DEFLATE,
    };
    let (mut entry, _) = package.new_file(name).compression_method(method).start().map_err(fault)?;
    io::copy(&mut part, &mut entry)?;
    entry.finish(DataDescriptorOutput::new(crc, size)).map_err(fault)?;
    Ok(())
}

/// The name of a sheet's part: the library numbers them in the order of the workbook.
fn part(sheet: &Streamed<'_>) -> String {
    format!("xl/worksheets/sheet{}.xml", sheet.sheet + 1)
}

fn stub_of<'a>(part: &'a [u8], sheet: &Streamed<'_>) -> Result<Stub<'a>> {
    Stub::of(part, &sheet.samples, &sheet.last.to_string())
}

/// A table, of a streamed sheet over all of its rows.
fn table(from: &mut Library<'_>, at: usize, sheets: &[Streamed<'_>]) -> Result<Part> {
    let part = io::read_to_string(from.by_index(at)?)?;
    let Some(sheet) = sheets.iter().find(|sheet| part.contains(&format!(" displayName=\"{}\"", sheet.table))) else {
        return Ok(Part::of(part.as_bytes())?);
    };
    let (first, column) = (sheet.samples.row, sheet.last.column);
    let range = |rows: u32| format!("\"{}:{}\"", CellAt::new(first - 1, 0), CellAt::new(first + rows - 1, column));
    Ok(Part::of(part.replace(&range(1), &range(u32::try_from(sheet.rows.count())?)).as_bytes())?)
}

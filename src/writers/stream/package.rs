//! The package: the library's parts as they are, save for the sheets whose rows are streamed.

use std::io::{self, BufWriter, Cursor, Read, Write};

use anyhow::Result;
use rawzip::{CompressionMethod, DataDescriptorOutput, ErrorKind, ZipArchiveWriter, ZipEntryWriter};
use zip::ZipArchive;

use super::Streamed;
use super::blocks::{self, Content};
use super::samples::Stub;
use crate::model::CellAt;

/// The package that the library wrote.
type Library<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// Bytes that are written to the disk together.
const BUFFER: usize = 1 << 18;

/// Writes the package of a workbook whose sheets hold samples, with the rows in their place.
pub fn write(stub: &[u8], sheets: &[Streamed<'_>], out: &mut impl Write) -> Result<()> {
    let mut from = ZipArchive::new(Cursor::new(stub))?;
    let mut package = ZipArchiveWriter::new(BufWriter::with_capacity(BUFFER, out));
    for at in 0..from.len() {
        let name = from.by_index_raw(at)?.name()?.into_owned();
        match sheets.iter().find(|sheet| part(sheet) == name) {
            Some(sheet) => stream(&mut from, at, sheet, &name, &mut package)?,
            None if name.starts_with("xl/tables/") => table(&mut from, at, sheets, &name, &mut package)?,
            None => copy(&mut from, at, &name, &mut package)?,
        }
    }
    package.finish().map_err(fault)?.flush()?;
    Ok(())
}

/// The name of a sheet's part: the library numbers them in the order of the workbook.
fn part(sheet: &Streamed<'_>) -> String {
    format!("xl/worksheets/sheet{}.xml", sheet.sheet + 1)
}

/// Copies a part as it is.
fn copy<W: Write>(from: &mut Library<'_>, at: usize, name: &str, package: &mut ZipArchiveWriter<W>) -> Result<()> {
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

/// Writes a sheet with its rows in place of the samples.
fn stream<W: Write>(
    from: &mut Library<'_>,
    at: usize,
    sheet: &Streamed<'_>,
    name: &str,
    package: &mut ZipArchiveWriter<W>,
) -> Result<()> {
    let mut part = Vec::new();
    from.by_index(at)?.read_to_end(&mut part)?;
    let stub = Stub::of(&part, &sheet.samples, &sheet.last.to_string())?;
    put(name, package, |entry| blocks::write(&stub, sheet, entry))
}

/// Writes a table of a streamed sheet over all of its rows; any other as it is.
fn table<W: Write>(
    from: &mut Library<'_>,
    at: usize,
    sheets: &[Streamed<'_>],
    name: &str,
    package: &mut ZipArchiveWriter<W>,
) -> Result<()> {
    let part = io::read_to_string(from.by_index(at)?)?;
    let Some(sheet) = sheets.iter().find(|sheet| part.contains(&format!(" displayName=\"{}\"", sheet.table))) else {
        return copy(from, at, name, package);
    };
    let (first, column) = (sheet.samples.row, sheet.last.column);
    let range = |rows: u32| format!("\"{}:{}\"", CellAt::new(first - 1, 0), CellAt::new(first + rows - 1, column));
    let whole = part.replace(&range(1), &range(u32::try_from(sheet.rows.count())?));
    put(name, package, |entry| blocks::write_small(whole.as_bytes(), entry))
}

/// Writes a part that is deflated as it goes.
fn put<W: Write>(
    name: &str,
    package: &mut ZipArchiveWriter<W>,
    write: impl FnOnce(&mut ZipEntryWriter<'_, W>) -> io::Result<Content>,
) -> Result<()> {
    let (mut entry, _) =
        package.new_file(name).compression_method(CompressionMethod::DEFLATE).start().map_err(fault)?;
    let content = write(&mut entry)?;
    entry.finish(DataDescriptorOutput::new(content.crc.sum(), content.size)).map_err(fault)?;
    Ok(())
}

fn fault(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

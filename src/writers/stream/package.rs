//! The package: the library's parts as they are, save for the sheets whose rows are streamed.

use std::io::{self, BufWriter, Cursor, Read, Write};

use anyhow::Result;
use rawzip::{CompressionMethod, DataDescriptorOutput, ErrorKind, ZipArchiveWriter};
use zip::ZipArchive;

use super::samples::Stub;
use super::{Streamed, blocks};

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

fn copy<W: Write>(
    from: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    name: &str,
    package: &mut ZipArchiveWriter<W>,
) -> Result<()> {
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

fn stream<W: Write>(
    from: &mut ZipArchive<Cursor<&[u8]>>,
    at: usize,
    sheet: &Streamed<'_>,
    name: &str,
    package: &mut ZipArchiveWriter<W>,
) -> Result<()> {
    let mut part = Vec::new();
    from.by_index(at)?.read_to_end(&mut part)?;
    let stub = Stub::of(&part, &sheet.samples, &sheet.last.to_string())?;
    let (mut entry, _) =
        package.new_file(name).compression_method(CompressionMethod::DEFLATE).start().map_err(fault)?;
    let content = blocks::write(&stub, sheet, &mut entry)?;
    entry.finish(DataDescriptorOutput::new(content.crc.sum(), content.size)).map_err(fault)?;
    Ok(())
}

fn fault(error: rawzip::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::IO(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

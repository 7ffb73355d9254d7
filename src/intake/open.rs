//! Opening one file: size, content, digest, and a reader of its cells.

use std::hash::Hasher;
use std::io::Cursor;
use std::time::UNIX_EPOCH;

use calamine::{Ods, Reader, Xls};
use serde::{Deserialize, Serialize};

use super::cells::{Opened, OwnedSheets};
use super::delimited::Delimited;
use super::facts::Facts;
use super::guard::guarded;
use super::sniff::{Kind, sniff};
use super::{FileFound, biff, encoding, html, open_document, refusals, spreadsheet_ml, worker, xlsb, xlsx};
use crate::model::{Refusal, SourceFile, Workbook};

/// A workbook, or why it cannot be used.
pub type Opening = Result<Box<dyn Workbook + Send>, Refusal>;

/// Files above this size are refused (bytes).
const SIZE_LIMIT: u64 = 256 * 1024 * 1024;

/// Opens a file: what it is, and its cells or why it cannot be used.
pub fn open(found: &FileFound) -> (SourceFile, Opening) {
    let mut file = unread(found);
    let opened = bytes(found, &mut file).and_then(|bytes| workbook(bytes, &mut file));
    (file, opened)
}

/// Opens a workbook that this program wrote, however large it is: limits are for what others send.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn open_own(found: &FileFound) -> Opening {
    let bytes = std::fs::read(&found.path).map_err(|error| refusals::withheld(&found.name, &error))?;
    boxed(guarded(&found.name, || Ok(xlsx::open(&found.name, bytes, xlsx::OWN)))?)
}

/// Opens a file that stands in no folder: its format, in the words of [`SourceFile::format`], and its cells.
pub fn open_bytes(name: &str, bytes: Vec<u8>) -> (&'static str, Opening) {
    let mut file = unread(&FileFound { path: name.into(), name: name.to_owned() });
    let opened = workbook(bytes, &mut file);
    (file.format, opened)
}

/// What an `.xlsx` or `.xlsm` that this program marked says of itself: its sheets, without their cells, and its properties.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn outline(name: &str, bytes: Vec<u8>) -> Opening {
    boxed(guarded(name, || Ok(xlsx::outline(name, bytes)))?)
}

/// The format of a file by its content, in the words of [`SourceFile::format`]; nothing is read.
pub fn format_of(bytes: &[u8]) -> &'static str {
    format(sniff(bytes))
}

/// A file of which nothing but the name is known.
pub fn unread(found: &FileFound) -> SourceFile {
    SourceFile { name: found.name.clone(), size: 0, modified: 0, digest: 0, format: "" }
}

/// The content of a regular file within the size limit; what is seen of the file is noted.
pub fn bytes(found: &FileFound, file: &mut SourceFile) -> Result<Vec<u8>, Refusal> {
    let name = &found.name;
    let unreadable = |error: std::io::Error| refusals::withheld(name, &error);
    let seen = std::fs::symlink_metadata(&found.path).map_err(unreadable)?;
    match seen.file_type() {
        kind if kind.is_symlink() => return Err(refusals::link(name)),
        kind if kind.is_dir() => return Err(refusals::closed(name)),
        kind if !kind.is_file() => return Err(refusals::special(name)),
        _ => {}
    }
    file.size = seen.len();
    let modified = seen.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    file.modified = modified.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0);
    if seen.len() > SIZE_LIMIT {
        return Err(refusals::too_large(name, seen.len(), SIZE_LIMIT));
    }
    let bytes = std::fs::read(&found.path).map_err(unreadable)?;
    let mut digest = rustc_hash::FxHasher::default();
    digest.write(&bytes);
    file.digest = digest.finish();
    Ok(bytes)
}

fn workbook(bytes: Vec<u8>, file: &mut SourceFile) -> Opening {
    let kind = guarded(&file.name, || Ok(sniff(&bytes)))?;
    file.format = format(kind);
    let name = &file.name;
    match kind {
        Kind::Encrypted => Err(refusals::password(name)),
        Kind::Truncated => Err(refusals::truncated(name)),
        Kind::Other(foreign) => Err(refusals::foreign(name, foreign)),
        Kind::Xlsx | Kind::Xlsm => boxed(guarded(name, || Ok(xlsx::open(name, bytes, xlsx::LIMITS)))?),
        Kind::Xls => worker::read(name, Apart::Xls, bytes),
        Kind::Xlsb => worker::read(name, Apart::Xlsb, bytes),
        Kind::Ods => worker::read(name, Apart::Ods, bytes),
        Kind::Html => boxed(guarded(name, || Ok(html::open(name, &marked_up(&bytes))))?),
        Kind::SpreadsheetMl => boxed(guarded(name, || Ok(spreadsheet_ml::open(name, &marked_up(&bytes))))?),
        Kind::Delimited => boxed(guarded(name, || Ok(Delimited::open(name, &encoding::decode(&bytes, None))))?),
    }
}

/// Formats that are read apart: their readers keep more in memory than the file holds, and calamine's may end the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Apart {
    /// `.xls`
    Xls,
    /// `.xlsb`
    Xlsb,
    /// `.ods`
    Ods,
}

/// Opens a file of a format that is to be read apart, in this very process.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn here(name: &str, format: Apart, bytes: Vec<u8>) -> Opening {
    let calamine = |opened: Result<OwnedSheets, Refusal>, facts: Vec<Facts>| -> Opening {
        Ok(Box::new(Opened::new(name.to_owned(), opened?, facts)?))
    };
    match format {
        Apart::Ods => {
            let bytes = xlsx::judged(name, bytes)?;
            let facts = guarded(name, || Ok(open_document::facts(name, &bytes)))??;
            calamine(guarded(name, || said(Ods::new(Cursor::new(bytes)), OwnedSheets::Ods)), facts)
        }
        Apart::Xls => {
            let facts = guarded(name, || Ok(biff::facts(name, &bytes)))??;
            calamine(guarded(name, || said(Xls::new(Cursor::new(bytes)), OwnedSheets::Xls)), facts)
        }
        Apart::Xlsb => {
            let bytes = xlsx::judged(name, bytes)?;
            boxed(guarded(name, || Ok(xlsb::Xlsb::open(name, bytes)))?)
        }
    }
}

/// The format by content, in the words of [`SourceFile::format`].
fn format(kind: Kind) -> &'static str {
    match kind {
        Kind::Xlsx => "xlsx",
        Kind::Xlsm => "xlsm",
        Kind::Xlsb => "xlsb",
        Kind::Ods => "ods",
        Kind::Xls => "xls",
        Kind::Html => "html",
        Kind::SpreadsheetMl => "xml",
        Kind::Delimited => "csv",
        Kind::Encrypted | Kind::Truncated | Kind::Other(_) => "",
    }
}

fn said<B, E: std::fmt::Display>(opened: Result<B, E>, wrap: fn(B) -> OwnedSheets) -> Result<OwnedSheets, String> {
    opened.map(wrap).map_err(|error| error.to_string())
}

fn boxed(opened: Result<impl Workbook + Send + 'static, Refusal>) -> Opening {
    Ok(Box::new(opened?))
}

/// The text of a file that names its encoding.
fn marked_up(bytes: &[u8]) -> std::borrow::Cow<'_, str> {
    encoding::decode(bytes, encoding::declared(bytes))
}

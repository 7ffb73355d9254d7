//! What an input is, and packages to make inputs of.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A file and what is to be said of it.
#[derive(Clone, Debug)]
pub struct Input {
    pub name: String,
    pub bytes: Vec<u8>,
    pub expect: Expect,
}

/// What is to be said of a file.
#[derive(Clone, Debug)]
pub enum Expect {
    /// One finding, of this check, with these words.
    Refused(&'static str, &'static str),
    /// The file is sound, and holds these cells; it is none of the form.
    Cells(Vec<String>),
    /// One finding; what the file holds cannot be known.
    Harmless,
    /// One finding, or exactly these cells.
    Whole(Vec<String>),
}

impl Input {
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>, expect: Expect) -> Self {
        Self { name: name.into(), bytes: bytes.into(), expect }
    }
}

/// A file that cannot be read, said with these words.
pub fn unreadable(words: &'static str) -> Expect {
    Expect::Refused("unreadable", words)
}

/// A file that is not to be trusted, said with these words.
pub fn distrusted(words: &'static str) -> Expect {
    Expect::Refused("unsafe", words)
}

/// A sound file with these cells.
pub fn cells(cells: &[&str]) -> Expect {
    Expect::Cells(cells.iter().map(|cell| (*cell).to_owned()).collect())
}

pub const TOP: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
pub const BOOK: &str =
    r#"<workbook xmlns:r="r"><sheets><sheet name="Trang 1" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
pub const LINKS: &str = r#"<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
pub const STRINGS: &str = "<sst><si><t>một</t></si><si><t>hai</t></si></sst>";
pub const SHEET: &str = "<worksheet><sheetData><row r='1'><c r='A1'><v>1</v></c></row></sheetData></worksheet>";

/// The parts of a workbook with one sheet.
pub const USUAL: [(&str, &str); 6] = [
    ("[Content_Types].xml", "<Types/>"),
    ("_rels/.rels", TOP),
    ("xl/workbook.xml", BOOK),
    ("xl/_rels/workbook.xml.rels", LINKS),
    ("xl/sharedStrings.xml", STRINGS),
    ("xl/worksheets/sheet1.xml", SHEET),
];

/// A package of parts as they are, not compressed: what stands in the bytes stands in the parts.
pub fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in parts {
        archive.start_file(*name, stored).unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The usual workbook, parts replaced by name or added.
pub fn workbook(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let kept = USUAL.iter().filter(|(name, _)| !parts.iter().any(|(other, _)| other == name));
    let all: Vec<_> = kept.map(|(name, content)| (*name, content.as_bytes())).chain(parts.iter().copied()).collect();
    zipped(&all)
}

/// The usual workbook around the rows of its sheet.
pub fn rows(rows: &str) -> Vec<u8> {
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    workbook(&[("xl/worksheets/sheet1.xml", sheet.as_bytes())])
}

/// Where the directory's entry of a part begins.
pub fn entry(bytes: &[u8], name: &str) -> usize {
    memchr::memmem::rfind(bytes, name.as_bytes()).unwrap() - 46
}

/// Bytes with others at a place.
pub fn patched(mut bytes: Vec<u8>, at: usize, with: &[u8]) -> Vec<u8> {
    bytes[at..at + with.len()].copy_from_slice(with);
    bytes
}

/// Bytes with one text in place of another of the same length, everywhere.
pub fn exchanged(bytes: Vec<u8>, from: &str, to: &str) -> Vec<u8> {
    assert_eq!(from.len(), to.len());
    let places: Vec<usize> = memchr::memmem::find_iter(&bytes, from.as_bytes()).collect();
    assert!(!places.is_empty());
    places.into_iter().fold(bytes, |bytes, at| patched(bytes, at, to.as_bytes()))
}

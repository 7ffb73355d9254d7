//! The parts of a binary workbook that its sheets refer to.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use super::records::{Records, long, short, text};
use super::{BadPart, Style};
use crate::intake::literal;
use crate::intake::xml::{attribute, push_entity};
use crate::model::{Legacy, SheetSeen};
use crate::text::font;

/// A part is inflated to at most this size (bytes).
const PART_LIMIT: u64 = 256 * 1024 * 1024;

const WORKBOOK: &str = "xl/workbook.bin";

/// Records ([MS-XLSB] 2.3.2).
const WORKBOOK_PROPERTIES: u16 = 0x99;
const SHEET: u16 = 0x9C;
const STRING: u16 = 0x13;
const FONT: u16 = 0x2B;
const FORMAT: u16 = 0x2C;
const STYLE: u16 = 0x2F;
const BEGIN_CELL_STYLES: u16 = 0x269;
const END_CELL_STYLES: u16 = 0x26A;

/// The package.
#[derive(Debug)]
pub struct Parts(ZipArchive<Cursor<Vec<u8>>>);

/// What the main part says.
#[derive(Debug, Default)]
pub struct Book {
    /// Whether days count from 1904.
    pub epoch_1904: bool,
    /// The worksheets with their parts; chart and macro sheets have no cells.
    pub sheets: Vec<(SheetSeen, String)>,
}

/// A relation of the workbook: the kind, and the part it leads to.
#[derive(Debug)]
pub struct Relation {
    kind: String,
    part: String,
}

impl Parts {
    /// The package in the bytes of a file; `None` without a directory.
    pub fn open(bytes: Vec<u8>) -> Option<Self> {
        ZipArchive::new(Cursor::new(bytes)).ok().map(Self)
    }

    /// A part that must be there.
    pub fn needed(&mut self, name: &str) -> Result<Vec<u8>, BadPart> {
        self.part(name)?.ok_or_else(|| BadPart(name.to_owned()))
    }

    /// Relations of the workbook, by id.
    pub fn relations(&mut self) -> Result<HashMap<String, Relation>, BadPart> {
        let name = "xl/_rels/workbook.bin.rels";
        let bytes = self.needed(name)?;
        let mut relations = HashMap::new();
        let read = elements(&bytes, |tag, _| {
            if let ("Relationship", Some(id), Some(target)) =
                (tag.local_name().into_inner(), attribute(tag, "Id"), attribute(tag, "Target"))
            {
                let part = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned);
                relations.insert(id, Relation { kind: attribute(tag, "Type").unwrap_or_default(), part });
            }
        });
        read.map(|()| relations).ok_or_else(|| BadPart(name.to_owned()))
    }

    /// Sheets and calendar.
    pub fn workbook(&mut self, relations: &HashMap<String, Relation>) -> Result<Book, BadPart> {
        let bytes = self.needed(WORKBOOK)?;
        book(&bytes, relations).ok_or_else(|| BadPart(WORKBOOK.to_owned()))
    }

    /// Shared strings.
    pub fn strings(&mut self) -> Result<Vec<String>, BadPart> {
        self.list("xl/sharedStrings.bin", strings)
    }

    /// Cell styles.
    pub fn styles(&mut self) -> Result<Vec<Style>, BadPart> {
        self.list("xl/styles.bin", styles)
    }

    /// Custom document properties.
    pub fn properties(&mut self) -> Result<HashMap<String, String>, BadPart> {
        let name = "docProps/custom.xml";
        let Some(bytes) = self.part(name)? else { return Ok(HashMap::new()) };
        let mut properties = HashMap::new();
        let mut open = String::new();
        let read = elements(&bytes, |tag, text| match tag.local_name().into_inner() {
            "property" => open = attribute(tag, "name").unwrap_or_default(),
            _ if !text.is_empty() => drop(properties.insert(std::mem::take(&mut open), text.to_owned())),
            _ => {}
        });
        read.map(|()| properties).ok_or_else(|| BadPart(name.to_owned()))
    }

    fn list<T>(&mut self, name: &str, read: fn(&[u8]) -> Option<Vec<T>>) -> Result<Vec<T>, BadPart> {
        match self.part(name)? {
            Some(bytes) => read(&bytes).ok_or_else(|| BadPart(name.to_owned())),
            None => Ok(Vec::new()),
        }
    }

    /// A part, inflated; names are equal whatever their case, as in all Office packages.
    fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, BadPart> {
        let bad = || BadPart(name.to_owned());
        let known = self.0.file_names().flatten().find(|known| known.eq_ignore_ascii_case(name)).map(Cow::into_owned);
        let Some(known) = known else { return Ok(None) };
        let mut bytes = Vec::new();
        let part = self.0.by_name(&known).map_err(|_| bad())?;
        part.take(PART_LIMIT + 1).read_to_end(&mut bytes).map_err(|_| bad())?;
        if bytes.len() as u64 > PART_LIMIT { Err(bad()) } else { Ok(Some(bytes)) }
    }
}

fn book(part: &[u8], relations: &HashMap<String, Relation>) -> Option<Book> {
    let mut book = Book::default();
    let mut records = Records(part);
    while let Some((kind, content)) = records.next() {
        match kind {
            WORKBOOK_PROPERTIES => book.epoch_1904 = long(content, 0)? & 1 != 0,
            SHEET => {
                let (id, name_at) = text(content, 8)?;
                let (name, _) = text(content, name_at)?;
                let relation = relations.get(&id)?;
                if relation.kind.ends_with("/worksheet") {
                    // Two sheets of one part would count its rows twice.
                    if book.sheets.iter().any(|(_, part)| *part == relation.part) {
                        return None;
                    }
                    book.sheets.push((SheetSeen { name, hidden: long(content, 0)? != 0 }, relation.part.clone()));
                }
            }
            _ => {}
        }
    }
    records.0.is_empty().then_some(book)
}

fn strings(part: &[u8]) -> Option<Vec<String>> {
    let mut strings = Vec::new();
    let mut records = Records(part);
    while let Some((kind, content)) = records.next() {
        if kind == STRING {
            // One byte of flags before the text.
            strings.push(text(content, 1)?.0);
        }
    }
    records.0.is_empty().then_some(strings)
}

fn styles(part: &[u8]) -> Option<Vec<Style>> {
    let mut dates: HashMap<u16, bool> = HashMap::new();
    let mut fonts: Vec<Option<Legacy>> = Vec::new();
    let mut styles = Vec::new();
    let mut of_cells = false;
    let mut records = Records(part);
    while let Some((kind, content)) = records.next() {
        match kind {
            FORMAT => drop(dates.insert(short(content, 0)?, literal::is_date_format(&text(content, 2)?.0))),
            // The name of a font stands after its height, flags, weight, position, underline, family, set and colour.
            FONT => fonts.push(font(&text(content, 21)?.0)),
            BEGIN_CELL_STYLES => of_cells = true,
            END_CELL_STYLES => of_cells = false,
            STYLE if of_cells => {
                let (format, font) = (short(content, 2)?, usize::from(short(content, 4)?));
                let is_date = dates.get(&format).copied().unwrap_or_else(|| literal::is_date_format_id(format));
                styles.push(Style { font: fonts.get(font).copied().flatten(), is_date });
            }
            _ => {}
        }
    }
    records.0.is_empty().then_some(styles)
}

/// Walks the elements of a small XML part, each with the text that follows its start; `None` where it is not well formed.
fn elements(part: &[u8], mut visit: impl FnMut(&BytesStart<'_>, &str)) -> Option<()> {
    let mut xml = quick_xml::Reader::from_str(std::str::from_utf8(part).ok()?);
    xml.config_mut().expand_empty_elements = true;
    let mut open: Option<(BytesStart<'_>, String)> = None;
    loop {
        match xml.read_event().ok()? {
            Event::Start(tag) => {
                if let Some((tag, text)) = open.replace((tag, String::new())) {
                    visit(&tag, &text);
                }
            }
            Event::End(_) => {
                if let Some((tag, text)) = open.take() {
                    visit(&tag, &text);
                }
            }
            Event::Text(text) => {
                if let Some((_, open)) = &mut open {
                    open.push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                if let Some((_, open)) = &mut open {
                    push_entity(open, &entity);
                }
            }
            Event::DocType(_) => return None,
            Event::Eof => return Some(()),
            _ => {}
        }
    }
}

//! A workbook: its parts by their relations, its sheets in order, its properties.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use memchr::memmem;

use super::cell::address;
use super::decode::decode;
use super::fault::{Fault, Place};
use super::package::{LIMITS, Limits, Package, Part};
use super::shared::Shared;
use super::sheet::{Book, Sheet};
use super::styles::Styles;
use super::xml::{Scanned, Scanner, Token, local};
use crate::intake::guard::guarded;
use crate::intake::held::{Held, HeldSheet};
use crate::model::part_name::{self, resolved};
use crate::model::{CellAt, Hidden, Merged, Refusal, SheetSeen, Sink, Wanted, Workbook};

/// Days from the 1900 calendar's beginning to that of 1904.
const SHIFT_1904: f64 = 1_462.0;

/// An opened `.xlsx` or `.xlsm`.
pub struct XlsxWorkbook {
    /// The file's name, for messages.
    name: String,
    package: Package,
    sheets: Vec<SheetSeen>,
    /// The part of each sheet.
    parts: Vec<Part>,
    properties: BTreeMap<String, String>,
    book: Book,
}

/// Opens a package and reads all but its sheets.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn open(name: &str, bytes: Vec<u8>, limits: Limits) -> Result<XlsxWorkbook, Refusal> {
    let read = Package::open(bytes, limits).and_then(|mut package| {
        let Contents { sheets, parts, properties, book } =
            contents(&mut package, |package, beside| beside.book(package))?;
        Ok(XlsxWorkbook { name: name.to_owned(), package, sheets, parts, properties, book })
    });
    read.map_err(|fault| fault.refuse(name, None))
}

/// What a package says of itself, its styles included: its sheets, with none of their cells, and its properties. Texts and
/// cells are not looked at.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn outline(name: &str, bytes: Vec<u8>) -> Result<Held, Refusal> {
    let read = Package::open(bytes, LIMITS).and_then(|mut package| {
        let contents = contents(&mut package, |package, beside| beside.styles(package))?;
        let mut held = Held::default();
        contents.sheets.into_iter().for_each(|sheet| held.add(sheet, HeldSheet::default()));
        contents.properties.into_iter().for_each(|(name, value)| held.set_property(name, value));
        Ok(held)
    });
    read.map_err(|fault| fault.refuse(name, None))
}

/// The bytes of a package that another reader is to read, after its directory and all its parts were looked over.
///
/// # Errors
/// A [`Refusal`] that names the file.
pub fn judged(name: &str, bytes: Vec<u8>) -> Result<Vec<u8>, Refusal> {
    let judged = Package::open(bytes, LIMITS).and_then(|mut package| package.verify().map(|()| package.into_bytes()));
    judged.map_err(|fault| fault.refuse(name, None))
}

impl Workbook for XlsxWorkbook {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheets
    }

    fn property(&self, name: &str) -> Option<&str> {
        self.properties.get(name).map(String::as_str)
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        self.scan(sheet, Wanted::All, sink)
    }

    fn wanted(&mut self, sheet: usize, wanted: Wanted<'_>, sink: &mut Sink<'_>) -> Result<(), Refusal> {
        self.scan(sheet, wanted, sink).map(drop)
    }

    fn merged(&mut self, sheet: usize) -> Result<Vec<Merged>, Refusal> {
        let Some((seen, part)) = self.sheets.get(sheet).zip(self.parts.get(sheet)) else { return Ok(Vec::new()) };
        let merged = merged_cells(&mut self.package, *part);
        merged.map_err(|fault| fault.refuse(&self.name, Some(Place { sheet: &seen.name, cell: None })))
    }
}

impl XlsxWorkbook {
    fn scan(&mut self, sheet: usize, wanted: Wanted<'_>, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let Some((seen, part)) = self.sheets.get(sheet).zip(self.parts.get(sheet)) else {
            return Ok(Hidden::default());
        };
        let mut scan = Sheet::new(&self.book, wanted);
        let package = &mut self.package;
        let read =
            guarded(&self.name, || Ok(package.blocks(*part).and_then(|mut blocks| scan.scan(&mut blocks, sink))))?;
        read.map_err(|fault| fault.refuse(&self.name, Some(Place { sheet: &seen.name, cell: scan.place() })))
    }
}

/// The merged cells that a worksheet lists behind its rows.
fn merged_cells(package: &mut Package, part: Part) -> Result<Vec<Merged>, Fault> {
    let mut merged = Vec::new();
    let (mut among_rows, mut prefixed, rows_end) = (false, false, memmem::Finder::new("</sheetData"));
    package.scan(part, |scanner| {
        if among_rows && !prefixed && scanner.pass_to(&rows_end) {
            return Ok(ControlFlow::Continue(()));
        }
        match scanner.next()? {
            Token::End(b"sheetData") => among_rows = false,
            _ if among_rows => {}
            Token::Start(b"sheetData") => {
                prefixed = scanner.is_prefixed();
                among_rows = !scanner.is_empty()?;
            }
            Token::Start(b"mergeCells") => drop(scanner.is_empty()?),
            Token::Start(b"mergeCell") => {
                while let Some((name, value)) = scanner.attribute()? {
                    if name == b"ref" {
                        merged.extend(range(value));
                    }
                }
                scanner.skip()?;
            }
            Token::End(b"mergeCells") => {}
            other => return document(other, b"worksheet", scanner),
        }
        Ok(ControlFlow::Continue(()))
    })?;
    Ok(merged)
}

/// `B5:B9`; one cell alone is no range.
fn range(reference: &[u8]) -> Option<Merged> {
    let colon = reference.iter().position(|byte| *byte == b':')?;
    let cell = |reference: &[u8]| {
        let (row, column) = address(reference)?;
        Some(CellAt::new(row, u16::try_from(column).ok()?))
    };
    Some(Merged { first: cell(reference.get(..colon)?)?, last: cell(reference.get(colon + 1..)?)? })
}

/// A sheet as the workbook part lists it.
#[derive(Default)]
struct Listed {
    name: String,
    relation: String,
    hidden: bool,
}

/// A relation from one part to another.
struct Relation {
    id: String,
    /// The last word of its type: `worksheet`, `styles`, in the strict form of the format as in the usual one.
    kind: String,
    target: String,
}

/// Everything but the sheets themselves.
struct Contents<B> {
    sheets: Vec<SheetSeen>,
    parts: Vec<Part>,
    properties: BTreeMap<String, String>,
    /// What was read of the parts that sheets refer to.
    book: B,
}

/// What cells refer to, before it is read.
struct Beside {
    shared: Option<Part>,
    styles: Option<Part>,
    shift: f64,
}

impl Beside {
    fn styles(&self, package: &mut Package) -> Result<Styles, Fault> {
        self.styles.map_or_else(|| Ok(Styles::default()), |part| Styles::read(package, part))
    }

    fn book(self, package: &mut Package) -> Result<Book, Fault> {
        let shared = self.shared.map_or_else(|| Ok(Shared::default()), |part| Shared::read(package, part))?;
        Ok(Book { shared, styles: self.styles(package)?, shift: self.shift })
    }
}

/// Everything but the sheets; `book` reads what cells refer to.
fn contents<B>(
    package: &mut Package,
    book: impl FnOnce(&mut Package, Beside) -> Result<B, Fault>,
) -> Result<Contents<B>, Fault> {
    let top = package.find(&part_name::relations("")).ok_or(Fault::Missing)?;
    let top = relations(package, top, "")?;
    let target = |kind: &str| top.iter().find(|one| one.kind == kind).map(|one| one.target.as_str());
    let workbook = target("officeDocument").ok_or(Fault::Missing)?;
    let folder = workbook.rsplit_once('/').map_or("", |(folder, _)| folder);
    let links = package.find(&part_name::relations(workbook)).ok_or(Fault::Missing)?;
    let links = relations(package, links, folder)?;

    let beside = |package: &Package, kind: &str| {
        let linked = links.iter().find(|one| one.kind == kind).map(|one| one.target.clone());
        package.find(&linked.unwrap_or_else(|| format!("{folder}/{kind}.xml")))
    };
    let (shared, styles) = (beside(package, "sharedStrings"), beside(package, "styles"));
    let part = package.find(workbook).ok_or(Fault::Missing)?;
    let (listed, shift) = workbook_part(package, part)?;
    let book = book(package, Beside { shared, styles, shift })?;
    let custom = package.find(target("custom-properties").unwrap_or("docProps/custom.xml"));
    let properties = custom.map_or_else(|| Ok(BTreeMap::new()), |part| custom_properties(package, part))?;

    let (mut sheets, mut parts, mut names) = (Vec::new(), Vec::new(), BTreeSet::new());
    for sheet in listed {
        let link = links.iter().find(|one| one.id == sheet.relation).ok_or(Fault::Missing)?;
        if link.kind != "worksheet" {
            continue;
        }
        let part = package.find(&link.target).ok_or(Fault::Missing)?;
        if parts.contains(&part) || !names.insert(sheet.name.to_lowercase()) {
            return Err(Fault::SameSheet);
        }
        sheets.push(SheetSeen { name: sheet.name, hidden: sheet.hidden });
        parts.push(part);
    }
    Ok(Contents { sheets, parts, properties, book })
}

/// The relations of a part, their targets as names in the package; `folder` is where the part stands.
fn relations(package: &mut Package, part: Part, folder: &str) -> Result<Vec<Relation>, Fault> {
    let mut relations = Vec::new();
    package.scan(part, |scanner| match scanner.next()? {
        Token::Start(b"Relationship") => {
            let mut relation = Relation { id: String::new(), kind: String::new(), target: String::new() };
            while let Some((name, value)) = scanner.attribute()? {
                match name {
                    b"Id" => decode(value, &mut relation.id)?,
                    b"Type" => decode(value, &mut relation.kind)?,
                    b"Target" => decode(value, &mut relation.target)?,
                    _ => {}
                }
            }
            scanner.skip()?;
            relation.kind = relation.kind.rsplit('/').next().unwrap_or_default().to_owned();
            relation.target = resolved(folder, &relation.target);
            relations.push(relation);
            Ok(ControlFlow::Continue(()))
        }
        other => document(other, b"Relationships", scanner),
    })?;
    Ok(relations)
}

/// The sheets in order, and what makes a serial one of the 1900 calendar.
fn workbook_part(package: &mut Package, part: Part) -> Result<(Vec<Listed>, f64), Fault> {
    let (mut sheets, mut shift) = (Vec::new(), 0.0);
    package.scan(part, |scanner| match scanner.next()? {
        Token::Start(b"sheet") => {
            let mut sheet = Listed::default();
            while let Some((name, value)) = scanner.attribute()? {
                match local(name)? {
                    b"name" => decode(value, &mut sheet.name)?,
                    b"id" => decode(value, &mut sheet.relation)?,
                    b"state" => sheet.hidden = value != b"visible",
                    _ => {}
                }
            }
            scanner.skip()?;
            sheets.push(sheet);
            Ok(ControlFlow::Continue(()))
        }
        Token::Start(b"workbookPr") => {
            while let Some((name, value)) = scanner.attribute()? {
                if name == b"date1904" && matches!(value, b"1" | b"true") {
                    shift = SHIFT_1904;
                }
            }
            scanner.skip().map(ControlFlow::Continue)
        }
        Token::Start(b"sheets") => scanner.is_empty().map(|_| ControlFlow::Continue(())),
        Token::End(b"sheets") => Ok(ControlFlow::Continue(())),
        other => document(other, b"workbook", scanner),
    })?;
    Ok((sheets, shift))
}

fn custom_properties(package: &mut Package, part: Part) -> Result<BTreeMap<String, String>, Fault> {
    let mut properties = BTreeMap::new();
    package.scan(part, |scanner| match scanner.next()? {
        Token::Start(b"property") => {
            let (mut key, mut value) = (String::new(), String::new());
            while let Some((name, written)) = scanner.attribute()? {
                if name == b"name" {
                    decode(written, &mut key)?;
                }
            }
            if !scanner.is_empty()? {
                property_value(scanner, &mut value)?;
            }
            properties.insert(key, value);
            Ok(ControlFlow::Continue(()))
        }
        other => document(other, b"Properties", scanner),
    })?;
    Ok(properties)
}

/// The text of the typed element inside `<property>`, up to its end tag.
fn property_value(scanner: &mut Scanner<'_>, value: &mut String) -> Scanned<()> {
    loop {
        match scanner.next()? {
            Token::Start(_) => scanner.text(value)?,
            Token::Text(_) | Token::Literal(_) => {}
            Token::End(_) => return Ok(()),
        }
    }
}

/// What is no entry of a part: its root is entered and ends it, other elements are passed over.
fn document(token: Token<'_>, root: &[u8], scanner: &mut Scanner<'_>) -> Scanned<ControlFlow<()>> {
    match token {
        Token::Start(name) if name == root => match scanner.is_empty()? {
            true => Ok(ControlFlow::Break(())),
            false => Ok(ControlFlow::Continue(())),
        },
        Token::Start(_) => scanner.skip().map(ControlFlow::Continue),
        Token::End(_) => Ok(ControlFlow::Break(())),
        Token::Text(_) | Token::Literal(_) => Ok(ControlFlow::Continue(())),
    }
}

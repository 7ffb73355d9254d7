//! A workbook: its parts by their relations, its sheets in order, its properties.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;

use memchr::memmem;

use super::cell::address;
use super::fault::{Fault, Place};
use super::lists::{custom_properties, document, relations, workbook_part};
use super::package::{LIMITS, Limits, Package, Part};
use super::shared::Shared;
use super::sheet::{Book, Sheet};
use super::styles::Styles;
use super::xml::Token;
use crate::intake::guard::guarded;
use crate::intake::held::{Held, HeldSheet};
use crate::model::part_name;
use crate::model::{Bytes, CellAt, Hidden, Merged, Refusal, SheetSeen, Sink, Wanted, Workbook};

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

    fn weight(&self) -> Option<usize> {
        Some(self.package.weight() + self.book.shared.weight())
    }

    fn package(&self) -> Option<Bytes> {
        Some(self.package.bytes())
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

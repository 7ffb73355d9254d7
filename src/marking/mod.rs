//! Marking: a district's own `.xlsx` or `.xlsm` in, the same workbook with marks, notes and added sheets out.
//!
//! Only what changes is touched: parts of the package are copied as they are, and in the few that change, short
//! pieces are put in or taken out; what this room does not know survives byte for byte. Marks of an earlier round are
//! taken out first. Must not know: why a cell is marked, and what the added sheets say.

mod book;
mod dialect;
mod edits;
mod graft;
mod grid;
mod notes;
mod outline;
mod package;
mod properties;
mod relations;
mod sheet;
mod styles;
mod vml;
mod xml;

use std::io::{Seek, Write};

use anyhow::{Result, ensure};

use self::book::{Book, NewSheet, NewSheets};
use self::graft::{Sight, Source};
use self::outline::Element;
use self::package::Package;
use self::relations::{Relations, Types};
use self::sheet::Workshop;
use self::styles::Looks;
use crate::model::mark::MarkedSheet;
use crate::model::own::{ADDED, DIVIDER, PURPOSE, Purpose};
use crate::model::{CellAt, Merged, part_name};

const SHEET_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
const STYLES_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml";
const STYLES: &str = "xl/styles.xml";

/// What a workbook gets.
#[derive(Clone, Copy, Debug)]
pub struct Addition<'a> {
    /// A workbook of our own with the sheets to add; the first is the list, which shows when the workbook is opened.
    pub sheets: &'a [u8],
    /// The cells to mark.
    pub marks: &'a [MarkedSheet],
    /// Names of sheets that an earlier round added; they go.
    pub earlier: &'a [String],
}

/// A district's workbook before it is marked.
pub struct Original<'a> {
    package: Package<'a>,
    top: Relations,
    book: Book,
}

impl<'a> Original<'a> {
    /// Opens a package that intake has judged already.
    ///
    /// # Errors
    /// When it is no workbook.
    pub fn open(bytes: &'a [u8]) -> Result<Self> {
        let mut package = Package::open(bytes)?;
        let top = Relations::of(&mut package, "")?;
        let book = Book::read(&mut package, &top)?;
        Ok(Self { package, top, book })
    }

    /// Whether it is signed digitally; the signature goes, since marks make it invalid.
    pub fn is_signed(&self) -> bool {
        self.top.of_kind(SIGNATURE).is_some()
    }

    /// The merged cells of a sheet; none of a sheet that it does not hold.
    ///
    /// # Errors
    /// When the sheet cannot be read.
    pub fn merged(&mut self, sheet: &str) -> Result<Vec<Merged>> {
        let Some(sheet) = self.book.sheets.iter().find(|one| one.name == sheet) else { return Ok(Vec::new()) };
        let text = self.package.peek(&sheet.part)?;
        let Some(cells) = Element::root(text)?.child_named("mergeCells")? else { return Ok(Vec::new()) };
        let area = |cell: &Element<'_>| {
            let reference = cell.attribute("ref")?;
            let (first, last) = reference.split_once(':')?;
            Some(Merged { first: CellAt::named(first)?, last: CellAt::named(last)? })
        };
        Ok(cells.children()?.iter().filter_map(area).collect())
    }

    /// Writes the workbook with marks and added sheets.
    ///
    /// # Errors
    /// When it holds what cannot be changed with certainty, or the copy cannot be written.
    pub fn mark(self, addition: &Addition<'_>, out: impl Write + Seek) -> Result<()> {
        let Self { mut package, mut top, mut book } = self;
        let mut types = Types::read(&mut package)?;
        let source = Source::read(addition.sheets)?;
        let kind = types.of(&book.part).unwrap_or_default();
        ensure!(!kind.contains("template"), "a template opens under no ending of a workbook");
        let macros = kind.contains("macroEnabled");

        let looks = styles_grafted(&mut package, &mut types, &mut book, &source)?;
        let dropped: Vec<bool> = book.sheets.iter().map(|sheet| addition.earlier.contains(&sheet.name)).collect();
        ensure!(dropped.contains(&false), "no sheet of the district's own");
        for (number, sheet) in (1..).zip(&book.sheets).filter(|(number, _)| !dropped[number - 1]) {
            let marks = addition.marks.iter().find(|one| one.sheet == sheet.name).map_or(&[][..], |one| &one.marks);
            let mut workshop =
                Workshop { package: &mut package, types: &mut types, looks: &looks, dialect: book.dialect };
            workshop.mark(number, sheet, marks)?;
        }
        for (sheet, _) in book.sheets.iter().zip(&dropped).filter(|(_, dropped)| **dropped) {
            drop_sheet(&mut package, &mut types, &sheet.part)?;
            book.relations.remove(&sheet.relation);
        }
        let new = sheets_added(&mut package, &mut types, &mut book, &source, &looks, macros)?;

        let names: Vec<&str> = source.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
        let properties = [(PURPOSE, Purpose::HandBack.name()), (ADDED, &names.join(&DIVIDER.to_string()))];
        properties::set(&mut package, &mut types, &mut top, &properties, book.dialect)?;
        drop_calculation_chain(&mut package, &mut types, &mut book);
        drop_signature(&mut package, &mut types, &mut top);
        top.commit(&mut package)?;
        book.commit(&mut package, &dropped, &new, &source.names)?;
        types.commit(&mut package)?;
        package.write(out)
    }
}

/// The kind of relation that leads to digital signatures, and where they stand.
const SIGNATURE: &str = "origin";
const SIGNATURES: &str = "_xmlsignatures/";

fn styles_grafted(package: &mut Package<'_>, types: &mut Types, book: &mut Book, source: &Source) -> Result<Looks> {
    let source = book.dialect.translate(&source.styles);
    let Some(part) = book.linked("styles") else {
        let blank = book.dialect.translate(styles::BLANK);
        let (looks, edits) = styles::graft(&blank, &source, book.dialect)?;
        package.add(STYLES, edits.applied(&blank)?)?;
        types.add(STYLES, STYLES_TYPE);
        book.relations.add("styles", STYLES, book.dialect);
        return Ok(looks);
    };
    let text = package.text(&part)?;
    let (looks, edits) = styles::graft(&text, &source, book.dialect)?;
    package.change(&part, text, edits)?;
    Ok(looks)
}

/// Adds the sheets: the list first and the others last, or all last where macros count sheets from the first.
fn sheets_added(
    package: &mut Package<'_>,
    types: &mut Types,
    book: &mut Book,
    source: &Source,
    looks: &Looks,
    macros: bool,
) -> Result<NewSheets> {
    let mut new = NewSheets::default();
    for (position, sheet) in source.sheets.iter().enumerate() {
        let sight = if position == 0 { Sight::First } else { Sight::Behind };
        let text = source.sheet(sheet, sight, looks, book.dialect)?;
        let part = package.free_name("xl/worksheets/tonghop", "xml");
        package.add(&part, text)?;
        types.add(&part, SHEET_TYPE);
        let relation = book.relations.add("worksheet", &part, book.dialect);
        let listed = NewSheet { name: sheet.name.clone(), relation };
        if position == 0 && !macros { new.first.push(listed) } else { new.last.push(listed) }
    }
    Ok(new)
}

/// Drops a sheet of an earlier round, with what programs put beside it: printer settings, notes.
fn drop_sheet(package: &mut Package<'_>, types: &mut Types, part: &str) -> Result<()> {
    let beside = Relations::of(package, part)?;
    let beside = beside.list.into_iter().map(|one| one.target).filter(|target| package.holds(target));
    let own = [part.to_owned(), part_name::relations(part)];
    for part in own.into_iter().chain(beside.collect::<Vec<_>>()) {
        package.remove(&part);
        types.remove(&part);
    }
    Ok(())
}

/// The order of calculation names every formula; programs make it anew where it is absent.
fn drop_calculation_chain(package: &mut Package<'_>, types: &mut Types, book: &mut Book) {
    if let Some(chain) = book.relations.of_kind("calcChain").cloned() {
        package.remove(&chain.target);
        types.remove(&chain.target);
        book.relations.remove(&chain.id);
    }
}

fn drop_signature(package: &mut Package<'_>, types: &mut Types, top: &mut Relations) {
    if let Some(origin) = top.of_kind(SIGNATURE).cloned() {
        package.remove_below(SIGNATURES);
        types.remove_below(SIGNATURES);
        top.remove(&origin.id);
    }
}

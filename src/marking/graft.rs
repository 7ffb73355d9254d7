//! The sheets to add, taken from a workbook of our own and made to stand in the district's: texts inline, styles by
//! the numbers they get there.

use std::ops::Range;

use anyhow::{Context, Result, bail, ensure};
use memchr::memmem;

use super::dialect::Dialect;
use super::edits::Edits;
use super::grid::width;
use super::outline::Element;
use super::package::Package;
use super::relations::Relations;
use super::styles::Looks;
use super::xml::set;

/// Width of a digit of the font that our own widths are measured in, in pixels.
const OWN_DIGIT: f64 = 7.0;

/// A workbook of our own, taken apart.
pub struct Source {
    /// Its stylesheet.
    pub styles: String,
    /// Its sheets, in order.
    pub sheets: Vec<SourceSheet>,
    /// Its names that belong to a sheet: print titles, filters.
    pub names: Vec<SourceName>,
    /// Its strings, as the content of `<si>`.
    strings: Vec<String>,
}

/// A sheet to add.
pub struct SourceSheet {
    /// Its name.
    pub name: String,
    text: String,
}

/// A defined name that belongs to a sheet to add.
pub struct SourceName {
    /// The sheet, by position among those to add.
    pub sheet: usize,
    /// The name, as it is written.
    pub name: String,
    /// Whether the name is hidden, as those of filters are.
    pub hidden: bool,
    /// What it stands for, as it is written.
    pub text: String,
}

impl Source {
    /// Takes a workbook of our own apart.
    ///
    /// # Errors
    /// When it is none, or holds what cannot stand in another workbook: pictures, notes, tables.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let mut package = Package::open(bytes)?;
        let book = package.text("xl/workbook.xml")?;
        let relations = Relations::of(&mut package, "xl/workbook.xml")?;
        let root = Element::root(&book)?;
        let mut sheets = Vec::new();
        for sheet in root.child_named("sheets")?.context("sheets")?.children()? {
            let id = sheet.attribute("id").context("a sheet without part")?;
            let part = &relations.by_id(&id).context("a sheet without part")?.target;
            let text = package.text(part)?;
            sheets.push(SourceSheet { name: sheet.attribute("name").context("a sheet without name")?, text });
        }
        let mut names = Vec::new();
        if let Some(defined) = root.child_named("definedNames")? {
            for one in defined.children()? {
                let Some(sheet) = one.attribute("localSheetId") else { continue };
                names.push(SourceName {
                    sheet: sheet.parse()?,
                    name: one.attribute("name").context("a name")?,
                    hidden: one.attribute("hidden").is_some(),
                    text: one.text_of(&one.inner).to_owned(),
                });
            }
        }
        let strings = match relations.of_kind("sharedStrings").map(|one| one.target.clone()) {
            Some(part) => strings(&package.text(&part)?)?,
            None => Vec::new(),
        };
        Ok(Self { styles: package.text("xl/styles.xml")?, sheets, names, strings })
    }

    /// The text of a sheet as it stands in the district's workbook; the sheet to see first says so itself.
    ///
    /// # Errors
    /// When the sheet holds what cannot be taken over.
    pub fn sheet(&self, sheet: &SourceSheet, sight: Sight, looks: &Looks, dialect: Dialect) -> Result<String> {
        let text = &sheet.text;
        let mut edits = Edits::default();
        let root = Element::root(text)?;
        edits.insert(root.inner.start, "<sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
        let mut shared = false;
        for tag in tags(text) {
            let element = tag?;
            match element.name() {
                "v" if shared => {
                    let (start, end) = (element.tag.end, "</v>");
                    let length = memmem::find(&text.as_bytes()[start..], end.as_bytes()).context("an open value")?;
                    let string: usize = text[start..start + length].parse()?;
                    let string = self.strings.get(string).context("a string")?;
                    let value = element.tag.start..start + length + end.len();
                    edits.replace(value, ["<is>", string, "</is>"].concat());
                    shared = false;
                }
                "c" => {
                    moved(&element, "s", &looks.cells, &mut edits)?;
                    let kind = element.attribute_at("t").filter(|kind| element.text_of(kind) == "s");
                    shared = kind.is_some();
                    kind.into_iter().for_each(|kind| edits.replace(kind, "inlineStr"));
                }
                "row" => moved(&element, "s", &looks.cells, &mut edits)?,
                "col" => {
                    moved(&element, "style", &looks.cells, &mut edits)?;
                    as_wide(&element, looks.digit, &mut edits);
                }
                "pageSetup" => one_wide(&element, &mut edits),
                "cfRule" => moved(&element, "dxfId", &looks.conditional, &mut edits)?,
                "sheetView" => set(&element, "tabSelected", sight.selected(), &mut edits),
                name @ ("sheetPr" | "drawing" | "legacyDrawing" | "tablePart" | "picture") => {
                    bail!("a sheet to add holds {name}")
                }
                _ => {}
            }
        }
        Ok(dialect.translate(&edits.applied(text)?))
    }
}

/// Whether a sheet is the one that shows when the workbook is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sight {
    /// It is.
    First,
    /// It is not.
    Behind,
}

impl Sight {
    const fn selected(self) -> &'static str {
        match self {
            Self::First => "1",
            Self::Behind => "0",
        }
    }
}

/// The first tags of all elements, by a search for where they begin and end: in a text of our own no value holds either.
fn tags(text: &str) -> impl Iterator<Item = Result<Element<'_>>> {
    let opens = |start: &usize| !matches!(text.as_bytes().get(start + 1), Some(b'/' | b'?'));
    memchr::memchr_iter(b'<', text.as_bytes()).filter(opens).map(|start| {
        let length = memchr::memchr(b'>', &text.as_bytes()[start..]).context("an open tag")?;
        let element = Element::tag_at(text, start..start + length + 1);
        let written = element.written().as_bytes();
        let plain = !written.starts_with(b"<!") && written.iter().filter(|byte| **byte == b'"').count() % 2 == 0;
        ensure!(plain, "a sheet to add holds more than plain tags");
        Ok(element)
    })
}

/// The content of every shared string.
fn strings(text: &str) -> Result<Vec<String>> {
    let strings = Element::root(text)?.children()?;
    Ok(strings.iter().map(|one| one.text_of(&one.inner).to_owned()).collect())
}

/// Keeps the width of a column in pixels, whatever font the district's widths are measured in.
fn as_wide(column: &Element<'_>, digit: f64, edits: &mut Edits) {
    if let Some(characters) = column.attribute("width").and_then(|width| width.parse().ok()) {
        let pixels = f64::from(width(characters, OWN_DIGIT));
        set(column, "width", &format!("{:.4}", pixels / digit), edits);
    }
}

/// A scale holds for our font only: in the district's workbook, a page takes the whole width.
fn one_wide(setup: &Element<'_>, edits: &mut Edits) {
    if let Some(scale) = setup.attribute_at("scale") {
        edits.remove(scale.start - " scale=\"".len()..scale.end + 1);
    }
    set(setup, "fitToWidth", "1", edits);
    set(setup, "fitToHeight", "0", edits);
}

/// Gives a style its new number.
fn moved(element: &Element<'_>, name: &str, places: &[usize], edits: &mut Edits) -> Result<()> {
    let at: Option<Range<usize>> = element.attribute_at(name);
    let Some(at) = at else { return Ok(()) };
    let number: usize = element.text_of(&at).parse()?;
    edits.replace(at, places.get(number).context("a style")?.to_string());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_first_tags_are_found_and_what_is_not_plain_is_refused() {
        let names = |text| tags(text).map(|tag| tag.map(|tag| tag.name())).collect::<Result<Vec<_>>>().ok();
        assert_eq!(names("<?xml?><a><x:b c=\"d\"/>e</a>"), Some(vec!["a", "b"]));
        for text in ["<a b=\"c>d\"/>", "<a><!-- --></a>", "<a"] {
            assert_eq!(names(text), None, "{text}");
        }
    }
}

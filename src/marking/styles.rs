//! Styles of the added sheets and of the marks, put behind those that the district's workbook has.
//!
//! What stands there already in the very same words, as after an earlier round, is used again.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};

use super::dialect::Dialect;
use super::edits::Edits;
use super::outline::Element;
use super::xml::{append, attribute, set};
use crate::model::{Level, mark};

/// A stylesheet for a workbook that has none.
pub const BLANK: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"/>";

/// Containers of a stylesheet in the order that the schema demands, with what each must begin with.
const CONTAINERS: [(&str, &[&str]); 8] = [
    ("numFmts", &[]),
    ("fonts", &["<font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>"]),
    (
        "fills",
        &["<fill><patternFill patternType=\"none\"/></fill>", "<fill><patternFill patternType=\"gray125\"/></fill>"],
    ),
    ("borders", &["<border><left/><right/><top/><bottom/><diagonal/></border>"]),
    ("cellStyleXfs", &["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/>"]),
    ("cellXfs", &["<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"]),
    ("cellStyles", &[]),
    ("dxfs", &[]),
];
/// Formats of cells that Excel holds at most; it repairs a workbook with more by throwing them all away.
const MOST_FORMATS: usize = 65_490;
/// Ids of number formats below are the format's own.
const FIRST_OWN_FORMAT: u32 = 164;

/// Where styles stand in the district's stylesheet.
#[derive(Clone, Debug, Default)]
pub struct Looks {
    /// Of each cell format of the added sheets.
    pub cells: Vec<usize>,
    /// Of each conditional format of the added sheets.
    pub conditional: Vec<usize>,
    /// The width of a digit of the district's usual font, in pixels.
    pub digit: f64,
    levels: BTreeMap<Level, usize>,
}

impl Looks {
    /// The conditional format of a mark.
    pub fn level(&self, level: Level) -> usize {
        self.levels.get(&level).copied().unwrap_or_default()
    }
}

/// Puts the styles of the added sheets and of the marks into a stylesheet.
///
/// # Errors
/// When one of the two is no stylesheet.
pub fn graft(target: &str, source: &str, dialect: Dialect) -> Result<(Looks, Edits)> {
    let source = Element::root(source)?.children()?;
    let mut sheet = Stylesheet::read(Element::root(target)?, dialect)?;
    let items = |name: &str| -> Result<Vec<Element<'_>>> {
        let container = source.iter().find(|container| container.name() == name);
        container.map_or_else(|| Ok(Vec::new()), Element::children)
    };
    let mut places = |name: &str| -> Result<Vec<usize>> {
        Ok(items(name)?.iter().map(|item| sheet.place(name, item.written())).collect())
    };
    let (fonts, fills, borders) = (places("fonts")?, places("fills")?, places("borders")?);
    let conditional = places("dxfs")?;
    let formats = number_formats(&items("numFmts")?, &mut sheet)?;
    let mut cells = Vec::new();
    for item in items("cellXfs")? {
        let mut edits = Edits::default();
        let mut moved = |name: &str, places: &dyn Fn(usize) -> Option<usize>| -> Result<()> {
            let Some(value) = item.attribute(name) else { return Ok(()) };
            let place = places(value.parse()?).with_context(|| format!("{name} {value}"))?;
            set(&item, name, &place.to_string(), &mut edits);
            Ok(())
        };
        moved("fontId", &|id| fonts.get(id).copied())?;
        moved("fillId", &|id| fills.get(id).copied())?;
        moved("borderId", &|id| borders.get(id).copied())?;
        moved("numFmtId", &|id| Some(formats.get(&id).copied().unwrap_or(id)))?;
        moved("xfId", &|_| Some(0))?;
        let moved = edits.applied_within(&item)?;
        cells.push(sheet.place("cellXfs", &moved));
        ensure!(cells.last().is_none_or(|last| *last < MOST_FORMATS), "more formats of cells than Excel holds");
    }
    let levels = [Level::Error, Level::Warning, Level::Note].map(|level| (level, sheet.place("dxfs", &marked(level))));
    let mut levels = BTreeMap::from(levels);
    levels.extend(levels.get(&Level::Error).copied().map(|error| (Level::Block, error)));
    Ok((Looks { cells, conditional, digit: digit(target)?, levels }, sheet.edits()))
}

/// The width of a digit of a workbook's usual font, in pixels: what its widths of columns are measured in. Excel rounds
/// it so; the shares of the height are those of the fonts that offices of Vietnam have.
///
/// # Errors
/// When it is no stylesheet.
pub fn digit(stylesheet: &str) -> Result<f64> {
    let fonts = Element::root(stylesheet)?.child_named("fonts")?;
    let font = fonts.map_or_else(|| Ok(Vec::new()), |fonts| fonts.children())?.into_iter().next();
    let parts = font.map_or_else(|| Ok(Vec::new()), |font| font.children())?;
    let value = |name: &str| parts.iter().find(|part| part.name() == name)?.attribute("val");
    let size: f64 = value("sz").and_then(|size| size.parse().ok()).unwrap_or(USUAL_SIZE);
    let name = value("name").unwrap_or_default().to_lowercase();
    let share = SHARES.iter().find(|(part, _)| name.contains(part)).map_or(USUAL_SHARE, |(_, share)| *share);
    Ok((size.clamp(4.0, 72.0) * 4.0 / 3.0 * share).round())
}

/// Shares of a font's height that its digits are wide, by a part of its name.
const SHARES: [(&str, f64); 5] =
    [("times", 0.5), ("vntime", 0.5), ("arial", 0.556), ("tahoma", 0.546), ("verdana", 0.636)];
/// The share of Calibri and of fonts not listed, and the size of one that says none.
const USUAL_SHARE: f64 = 0.507;
const USUAL_SIZE: f64 = 11.0;

/// The conditional format of a mark, in the words that Excel writes.
fn marked(level: Level) -> String {
    let (ink, fill) = (mark::ink(level), mark::fill(level));
    format!(
        "<dxf><font><color rgb=\"FF{ink:06X}\"/></font><fill><patternFill><bgColor rgb=\"FF{fill:06X}\"/></patternFill></fill></dxf>"
    )
}

/// Where the number formats of the added sheets stand, by id: codes that the district has keep its ids.
fn number_formats(source: &[Element<'_>], sheet: &mut Stylesheet<'_>) -> Result<BTreeMap<usize, usize>> {
    let mut places = BTreeMap::new();
    for item in source {
        let id: usize = item.attribute("numFmtId").context("a number format without id")?.parse()?;
        let code = item.attribute("formatCode").context("a number format without code")?;
        places.insert(id, sheet.number_format(&code));
    }
    Ok(places)
}

/// The district's stylesheet, being added to.
struct Stylesheet<'x> {
    root: Element<'x>,
    /// Put on every added element where the stylesheet's own elements have a prefix.
    namespace: String,
    containers: Vec<Container<'x>>,
    formats: BTreeMap<String, usize>,
}

/// A container and what stands in it.
struct Container<'x> {
    name: &'static str,
    element: Option<Element<'x>>,
    items: Vec<String>,
    /// How many of the items were there before.
    before: usize,
}

impl<'x> Stylesheet<'x> {
    fn read(root: Element<'x>, dialect: Dialect) -> Result<Self> {
        let namespace = match root.prefix() {
            "" => String::new(),
            _ => attribute(("xmlns", &dialect.main().to_owned())),
        };
        let children = root.children()?;
        let mut sheet = Self { root, namespace, containers: Vec::new(), formats: BTreeMap::new() };
        for (name, first) in CONTAINERS {
            let element = children.iter().find(|child| child.name() == name).cloned();
            let items = element.as_ref().map_or_else(|| Ok(Vec::new()), Element::children)?;
            if name == "numFmts" {
                let known = items
                    .iter()
                    .filter_map(|one| Some((one.attribute("formatCode")?, one.attribute("numFmtId")?.parse().ok()?)));
                sheet.formats = known.collect();
            }
            let items: Vec<String> = items.iter().map(|item| item.written().to_owned()).collect();
            let mut container = Container { name, element, before: items.len(), items };
            if container.items.is_empty() {
                container.items = first.iter().map(|item| named(item, &sheet.namespace)).collect();
            }
            sheet.containers.push(container);
        }
        Ok(sheet)
    }

    /// Where an item stands, once it is there.
    fn place(&mut self, container: &str, item: &str) -> usize {
        let item = named(item, &self.namespace);
        let Some(container) = self.containers.iter_mut().find(|one| one.name == container) else { return 0 };
        container.items.iter().position(|known| *known == item).unwrap_or_else(|| {
            container.items.push(item);
            container.items.len() - 1
        })
    }

    /// The id of a number format, once it is there.
    fn number_format(&mut self, code: &str) -> usize {
        if let Some(id) = self.formats.get(code) {
            return *id;
        }
        let id = self.formats.values().max().map_or(0, |id| id + 1).max(FIRST_OWN_FORMAT as usize);
        self.formats.insert(code.to_owned(), id);
        let [id_said, code] = [("numFmtId", &id.to_string()), ("formatCode", &code.to_owned())].map(attribute);
        self.place("numFmts", &format!("<numFmt{id_said}{code}/>"));
        id
    }

    fn edits(self) -> Edits {
        let mut edits = Edits::default();
        let mut missing = String::new();
        let mut last: Option<Element<'_>> = None;
        for container in &self.containers {
            let added: String = container.items[container.before..].concat();
            let count = container.items.len().to_string();
            match &container.element {
                Some(element) => {
                    // What is missing before this container goes where the one before it ends.
                    put(&mut missing, last.as_ref(), element, &mut edits);
                    last = Some(element.clone());
                    if added.is_empty() {
                        continue;
                    }
                    if element.is_one_tag() {
                        let name = container.name;
                        let whole = format!("<{name}{} count=\"{count}\">{added}</{name}>", self.namespace);
                        edits.replace(element.whole.clone(), whole);
                    } else {
                        edits.insert(element.inner.end, added);
                        if element.attribute_at("count").is_some() {
                            set(element, "count", &count, &mut edits);
                        }
                    }
                }
                None if added.is_empty() => {}
                None => {
                    let (name, namespace) = (container.name, &self.namespace);
                    missing.push_str(&format!("<{name}{namespace} count=\"{count}\">{added}</{name}>"));
                }
            }
        }
        if !missing.is_empty() {
            match last {
                Some(last) => edits.insert(last.whole.end, missing),
                None if self.root.is_one_tag() => append(&self.root, &missing, &mut edits),
                None => edits.insert(self.root.inner.start, missing),
            }
        }
        edits
    }
}

/// Puts missing containers in between two that are there.
fn put(missing: &mut String, before: Option<&Element<'_>>, after: &Element<'_>, edits: &mut Edits) {
    if !missing.is_empty() {
        let at = before.map_or(after.whole.start, |before| before.whole.end);
        edits.insert(at, std::mem::take(missing));
    }
}

/// An element with a namespace of its own.
fn named(item: &str, namespace: &str) -> String {
    let end = item.find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>').unwrap_or(item.len());
    format!("{}{namespace}{}", &item[..end], &item[end..])
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const SOURCE: &str = "<styleSheet><numFmts count='1'><numFmt numFmtId='164' formatCode='0.0'/></numFmts><fonts count='2'><font/><font><b/></font></fonts><fills count='1'><fill/></fills><borders><border/></borders><cellXfs><xf numFmtId='0' fontId='0' fillId='0' borderId='0' xfId='0'/><xf numFmtId='164' fontId='1' fillId='0' borderId='0' xfId='0'/></cellXfs></styleSheet>";

    fn grafted(target: &str) -> (Looks, String) {
        let (looks, edits) = graft(target, SOURCE, Dialect::Transitional).unwrap();
        (looks, edits.applied(target).unwrap())
    }

    #[test]
    fn a_blank_stylesheet_gets_every_container_and_its_first_entries() {
        let (looks, text) = grafted(BLANK);
        let names: Vec<_> =
            Element::root(&text).unwrap().children().unwrap().iter().map(|one| one.name().to_owned()).collect();
        assert_eq!(names, ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "dxfs"]);
        assert_eq!(looks.cells, [1, 2]);
        assert_eq!(looks.level(Level::Block), looks.level(Level::Error));
    }

    #[test]
    fn a_workbook_full_of_formats_is_refused() {
        let full = |formats: usize| {
            let cells: String = (0..formats).map(|number| format!("<xf fontId=\"{number}\"/>")).collect();
            format!("<styleSheet><cellXfs count=\"{formats}\">{cells}</cellXfs></styleSheet>")
        };
        assert!(graft(&full(MOST_FORMATS - 2), SOURCE, Dialect::Transitional).is_ok());
        assert!(graft(&full(MOST_FORMATS - 1), SOURCE, Dialect::Transitional).is_err());
    }

    #[test]
    fn digits_are_as_wide_as_excel_has_them() {
        let digit = |size: &str, name: &str| {
            let font = format!("<font><sz val='{size}'/><name val='{name}'/></font>");
            digit(&format!("<styleSheet><fonts>{font}</fonts></styleSheet>")).unwrap()
        };
        assert_eq!([digit("11", "Calibri"), digit("10", "Arial"), digit("12", "Times New Roman")], [7.0, 7.0, 8.0]);
        assert_eq!(super::digit(BLANK).unwrap(), 7.0);
    }

    #[test]
    fn a_second_round_finds_everything_in_its_place() {
        for target in [
            BLANK.to_owned(),
            "<x:styleSheet xmlns:x='m'><x:numFmts count='1'><x:numFmt numFmtId='170' formatCode='0'/></x:numFmts><x:fonts count='1'><x:font/></x:fonts><x:dxfs count='0'/><x:extLst/></x:styleSheet>".to_owned(),
        ] {
            let (looks, once) = grafted(&target);
            let (again, twice) = grafted(&once);
            assert_eq!(once, twice);
            assert_eq!(looks.cells, again.cells);
        }
    }

    #[test]
    fn counts_follow_and_what_was_there_keeps_its_place() {
        let (looks, text) = grafted(
            "<styleSheet><fonts count=\"1\"><font><i/></font></fonts><cellXfs count=\"1\"><xf fontId=\"0\"/></cellXfs><dxfs count=\"0\"/><tableStyles/></styleSheet>",
        );
        assert!(text.contains("<fonts count=\"3\"><font><i/></font><font/><font><b/></font></fonts>"), "{text}");
        assert!(text.contains("<dxfs count=\"3\"><dxf>") && text.contains("</dxfs><tableStyles/>"), "{text}");
        assert_eq!(looks.cells, [1, 2]);
    }
}

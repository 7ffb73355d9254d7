//! The workbook part: which sheets there are, in which order, and which names belong to them.

use anyhow::{Context, Result};

use super::dialect::Dialect;
use super::edits::Edits;
use super::graft::SourceName;
use super::outline::Element;
use super::package::Package;
use super::relations::Relations;
use super::xml::{append, attribute, escaped, set};

/// A district's workbook.
pub struct Book {
    /// Its part.
    pub part: String,
    /// Its dialect.
    pub dialect: Dialect,
    /// Its relations.
    pub relations: Relations,
    /// Its sheets of all kinds, in order.
    pub sheets: Vec<BookSheet>,
    text: String,
}

/// A sheet of it.
#[derive(Clone, Debug)]
pub struct BookSheet {
    /// Its name.
    pub name: String,
    /// Its part.
    pub part: String,
    /// Its relation.
    pub relation: String,
}

/// A sheet that is added.
#[derive(Clone, Debug)]
pub struct NewSheet {
    /// Its name.
    pub name: String,
    /// Its relation.
    pub relation: String,
}

/// The sheets that are added, by where they go.
#[derive(Clone, Debug, Default)]
pub struct NewSheets {
    /// Before the district's own.
    pub first: Vec<NewSheet>,
    /// Behind them.
    pub last: Vec<NewSheet>,
}

impl Book {
    /// Reads the workbook part, to which the relations of the package lead.
    ///
    /// # Errors
    /// When the package holds none.
    pub fn read(package: &mut Package<'_>, top: &Relations) -> Result<Self> {
        let part = top.of_kind("officeDocument").context("no workbook")?.target.clone();
        let text = package.text(&part)?;
        let relations = Relations::of(package, &part)?;
        let mut sheets = Vec::new();
        for sheet in Element::root(&text)?.child_named("sheets")?.context("no sheets")?.children()? {
            let relation = sheet.attribute("id").context("a sheet without part")?;
            let target = relations.by_id(&relation).context("a sheet without part")?.target.clone();
            sheets.push(BookSheet { name: sheet.attribute("name").unwrap_or_default(), part: target, relation });
        }
        Ok(Self { part, dialect: Dialect::of(&text), relations, sheets, text })
    }

    /// A part that the workbook leads to, by its kind.
    pub fn linked(&self, kind: &str) -> Option<String> {
        self.relations.of_kind(kind).map(|one| one.target.clone())
    }

    /// Puts the new list of sheets into the package: `dropped` tells which go, by position; the list to see first is
    /// the first one added. Positions in names follow.
    ///
    /// # Errors
    /// When the part cannot be changed.
    pub fn commit(
        self,
        package: &mut Package<'_>,
        dropped: &[bool],
        new: &NewSheets,
        names: &[SourceName],
    ) -> Result<()> {
        let root = Element::root(&self.text)?;
        let children = root.children()?;
        let mut edits = Edits::default();
        let sheets = children.iter().find(|one| one.name() == "sheets").context("no sheets")?;
        self.sheets_changed(sheets, dropped, new, &mut edits)?;
        let kept = dropped.iter().filter(|dropped| !**dropped).count();
        let position = |own: usize| match own.checked_sub(new.first.len()) {
            None => own,
            Some(behind) => new.first.len() + kept + behind,
        };
        let moved = |before: usize| match dropped.get(before) {
            Some(false) => Some(new.first.len() + dropped[..before].iter().filter(|dropped| !**dropped).count()),
            _ => None,
        };
        names_changed(&children, names, &position, &moved, &mut edits)?;
        views_changed(&children, sheets, position(0), &mut edits)?;
        self.relations.commit(package)?;
        package.change(&self.part, self.text, edits)
    }

    fn sheets_changed(&self, sheets: &Element<'_>, dropped: &[bool], new: &NewSheets, edits: &mut Edits) -> Result<()> {
        let listed = sheets.children()?;
        let ids = listed.iter().filter_map(|sheet| sheet.attribute("sheetId")?.parse::<u32>().ok());
        let mut id = ids.max().unwrap_or(0);
        let (prefix, namespace) = (sheets.prefix(), self.dialect.relations());
        let mut written = |list: &[NewSheet]| -> String {
            let one = |sheet: &NewSheet| {
                id += 1;
                let [name, relation] = [("name", &sheet.name), ("r:id", &sheet.relation)].map(attribute);
                format!("<{prefix}sheet{name} sheetId=\"{id}\" xmlns:r=\"{namespace}\"{relation}/>")
            };
            list.iter().map(one).collect()
        };
        edits.insert(sheets.inner.start, written(&new.first));
        for (sheet, _) in listed.into_iter().zip(dropped).filter(|(_, dropped)| **dropped) {
            edits.remove(sheet.whole);
        }
        append(sheets, &written(&new.last), edits);
        Ok(())
    }
}

/// Names of dropped sheets go, those of others follow their sheet, those of added sheets come.
fn names_changed(
    children: &[Element<'_>],
    names: &[SourceName],
    position: &dyn Fn(usize) -> usize,
    moved: &dyn Fn(usize) -> Option<usize>,
    edits: &mut Edits,
) -> Result<()> {
    let prefix = children.first().map_or("", Element::prefix);
    let written: String = names
        .iter()
        .map(|one| {
            let name = escaped(&one.name);
            let hidden = if one.hidden { " hidden=\"1\"" } else { "" };
            let (sheet, text) = (position(one.sheet), &one.text);
            format!(
                "<{prefix}definedName name=\"{name}\" localSheetId=\"{sheet}\"{hidden}>{text}</{prefix}definedName>"
            )
        })
        .collect();
    let Some(defined) = children.iter().find(|one| one.name() == "definedNames") else {
        let before = ["sheets", "functionGroups", "externalReferences"];
        let last = children.iter().rfind(|one| before.contains(&one.name())).context("no sheets")?;
        if !written.is_empty() {
            edits.insert(last.whole.end, format!("<{prefix}definedNames>{written}</{prefix}definedNames>"));
        }
        return Ok(());
    };
    let listed = defined.children()?;
    let place = |name: &Element<'_>| name.attribute("localSheetId").map(|sheet| sheet.parse().ok().and_then(moved));
    if written.is_empty() && !listed.is_empty() && listed.iter().all(|name| place(name) == Some(None)) {
        edits.remove(defined.whole.clone());
        return Ok(());
    }
    for name in listed {
        match place(&name) {
            Some(Some(sheet)) => set(&name, "localSheetId", &sheet.to_string(), edits),
            Some(None) => edits.remove(name.whole),
            None => {}
        }
    }
    append(defined, &written, edits);
    Ok(())
}

/// The workbook opens at the list.
fn views_changed(children: &[Element<'_>], sheets: &Element<'_>, active: usize, edits: &mut Edits) -> Result<()> {
    let active_said = active.to_string();
    let Some(views) = children.iter().find(|one| one.name() == "bookViews") else {
        let prefix = sheets.prefix();
        let view = format!("<{prefix}bookViews><{prefix}workbookView activeTab=\"{active}\"/></{prefix}bookViews>");
        edits.insert(sheets.whole.start, view);
        return Ok(());
    };
    for view in views.children()? {
        set(&view, "activeTab", &active_said, edits);
        if view.attribute_at("firstSheet").is_some() {
            set(&view, "firstSheet", if active == 0 { "0" } else { &active_said }, edits);
        }
    }
    Ok(())
}

//! Relations from one part to others, and the types of parts.

use anyhow::{Context, Result};

use super::dialect::Dialect;
use super::edits::Edits;
use super::outline::Element;
use super::package::Package;
use super::xml::attribute;
use crate::model::part_name::{self, resolved};

/// The namespace of relation parts, the same in both dialects.
const NAMESPACE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A relation of a part.
#[derive(Clone, Debug)]
pub struct Relation {
    /// Its id in the part.
    pub id: String,
    /// The last word of its type: `worksheet`, `comments`.
    pub kind: String,
    /// The part it leads to; for one that leads out of the package, as it is written.
    pub target: String,
}

/// The relations of a part, being changed.
pub struct Relations {
    /// The part that holds them.
    name: String,
    /// Its text; `None` where there is no such part yet.
    text: Option<String>,
    /// The relations as they were.
    pub list: Vec<Relation>,
    removed: Vec<String>,
    added: Vec<(String, String, String)>,
}

impl Relations {
    /// The relations of a part; of the package itself where its name is empty.
    ///
    /// # Errors
    /// When they are no XML.
    pub fn of(package: &mut Package<'_>, part: &str) -> Result<Self> {
        let folder = part.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = part_name::relations(part);
        if !package.holds(&name) {
            return Ok(Self { name, text: None, list: Vec::new(), removed: Vec::new(), added: Vec::new() });
        }
        let text = package.text(&name)?;
        let relation = |one: Element<'_>| {
            let target = one.attribute("Target")?;
            let outside = one.attribute("TargetMode").as_deref() == Some("External");
            let kind = one.attribute("Type")?;
            Some(Relation {
                id: one.attribute("Id")?,
                kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                target: if outside { target } else { resolved(folder, &target) },
            })
        };
        let list = Element::root(&text)?.children()?.into_iter().filter_map(relation).collect();
        Ok(Self { name, text: Some(text), list, removed: Vec::new(), added: Vec::new() })
    }

    /// The first relation of a kind.
    pub fn of_kind(&self, kind: &str) -> Option<&Relation> {
        self.list.iter().find(|one| one.kind == kind)
    }

    /// The relation of an id.
    pub fn by_id(&self, id: &str) -> Option<&Relation> {
        self.list.iter().find(|one| one.id == id)
    }

    /// Adds a relation to a part by its name in the package; gives its id.
    pub fn add(&mut self, kind: &str, target: &str, dialect: Dialect) -> String {
        let taken = |id: &String| self.by_id(id).is_some() || self.added.iter().any(|(added, ..)| added == id);
        let id = (1..).map(|number| format!("tonghop{number}")).find(|id| !taken(id)).unwrap_or_default();
        self.added.push((id.clone(), dialect.relation(kind), format!("/{target}")));
        id
    }

    /// Takes a relation out.
    pub fn remove(&mut self, id: &str) {
        self.removed.push(id.to_owned());
    }

    /// Puts the changes into the package.
    ///
    /// # Errors
    /// When the part is no XML.
    pub fn commit(self, package: &mut Package<'_>) -> Result<()> {
        if self.removed.is_empty() && self.added.is_empty() {
            return Ok(());
        }
        let written = |prefix: &str| {
            let one = |(id, kind, target): &(String, String, String)| {
                let [id, kind, target] = [("Id", id), ("Type", kind), ("Target", target)].map(attribute);
                format!("<{prefix}Relationship{id}{kind}{target}/>")
            };
            self.added.iter().map(one).collect::<String>()
        };
        let Some(text) = self.text.as_deref() else {
            let written = written("");
            let head = super::xml::HEAD;
            return package
                .add(&self.name, format!("{head}<Relationships xmlns=\"{NAMESPACE}\">{written}</Relationships>"));
        };
        let root = Element::root(text)?;
        let mut edits = Edits::default();
        for child in root.children()? {
            if child.attribute("Id").is_some_and(|id| self.removed.contains(&id)) {
                edits.remove(child.whole);
            }
        }
        super::xml::append(&root, &written(root.prefix()), &mut edits);
        package.change(&self.name, text.to_owned(), edits)
    }
}

/// The types of the package's parts, being changed.
pub struct Types {
    text: String,
    removed: Vec<String>,
    added: Vec<(String, String)>,
}

/// The part that holds them.
const TYPES: &str = "[Content_Types].xml";

impl Types {
    /// The types of a package.
    ///
    /// # Errors
    /// When it has none.
    pub fn read(package: &mut Package<'_>) -> Result<Self> {
        Ok(Self { text: package.text(TYPES).context("types of parts")?, removed: Vec::new(), added: Vec::new() })
    }

    /// The type of a part, where it has one of its own.
    pub fn of(&self, part: &str) -> Option<String> {
        let overrides = Element::root(&self.text).and_then(|root| root.children()).unwrap_or_default();
        let one = overrides.into_iter().find(|one| one.attribute("PartName").is_some_and(|name| same(&name, part)));
        one?.attribute("ContentType")
    }

    /// Gives a new part its type.
    pub fn add(&mut self, part: &str, kind: &str) {
        self.added.push((format!("/{part}"), kind.to_owned()));
    }

    /// Takes the type of a part out.
    pub fn remove(&mut self, part: &str) {
        self.removed.push(part.to_owned());
    }

    /// Takes the types of all parts below a folder out.
    pub fn remove_below(&mut self, folder: &str) {
        let parts = Element::root(&self.text).and_then(|root| root.children()).unwrap_or_default();
        let names = parts.iter().filter_map(|one| one.attribute("PartName"));
        self.removed.extend(names.filter(|name| name.trim_start_matches('/').starts_with(folder)));
    }

    /// Puts the changes into the package.
    ///
    /// # Errors
    /// When the part is no XML.
    pub fn commit(self, package: &mut Package<'_>) -> Result<()> {
        let root = Element::root(&self.text)?;
        let mut edits = Edits::default();
        for child in root.children()? {
            if child.attribute("PartName").is_some_and(|name| self.removed.iter().any(|part| same(&name, part))) {
                edits.remove(child.whole);
            }
        }
        let prefix = root.prefix();
        let one = |(part, kind): &(String, String)| {
            let [part, kind] = [("PartName", part), ("ContentType", kind)].map(attribute);
            format!("<{prefix}Override{part}{kind}/>")
        };
        super::xml::append(&root, &self.added.iter().map(one).collect::<String>(), &mut edits);
        package.change(TYPES, self.text, edits)
    }
}

/// Whether two names are those of one part.
fn same(one: &str, other: &str) -> bool {
    one.trim_start_matches('/').eq_ignore_ascii_case(other.trim_start_matches('/'))
}

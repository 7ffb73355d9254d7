//! Custom document properties: the marks by which the next reading knows the added sheets.

use anyhow::Result;

use super::dialect::Dialect;
use super::edits::Edits;
use super::outline::Element;
use super::package::Package;
use super::relations::{Relations, Types};
use super::xml::{HEAD, append, escaped};

const PART: &str = "docProps/custom.xml";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.custom-properties+xml";
const NAMESPACE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties";
const STRICT_NAMESPACE: &str = "http://purl.oclc.org/ooxml/officeDocument/customProperties";
const VALUES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes";
const STRICT_VALUES: &str = "http://purl.oclc.org/ooxml/officeDocument/docPropsVTypes";
/// The format id of all custom properties.
const FORMAT: &str = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}";

/// Gives custom properties their values.
///
/// # Errors
/// When the part that holds them is no XML.
pub fn set(
    package: &mut Package<'_>,
    types: &mut Types,
    top: &mut Relations,
    properties: &[(&str, &str)],
    dialect: Dialect,
) -> Result<()> {
    let (namespace, kind) = match dialect {
        Dialect::Transitional => (NAMESPACE, "custom-properties"),
        Dialect::Strict => (STRICT_NAMESPACE, "customProperties"),
    };
    let kinds = ["custom-properties", "customProperties"];
    let Some(part) = kinds.iter().find_map(|kind| top.of_kind(kind)).map(|one| one.target.clone()) else {
        let written: String = (2..).zip(properties).map(|(id, one)| property("", id, one, dialect)).collect();
        package.add(PART, format!("{HEAD}<Properties xmlns=\"{namespace}\">{written}</Properties>"))?;
        types.add(PART, TYPE);
        top.add(kind, PART, dialect);
        return Ok(());
    };
    let text = package.text(&part)?;
    let root = Element::root(&text)?;
    let mut edits = Edits::default();
    let (mut last, mut written) = (1, String::new());
    for one in root.children()? {
        last = last.max(one.attribute("pid").and_then(|id| id.parse().ok()).unwrap_or(0));
        if one.attribute("name").is_some_and(|name| properties.iter().any(|(known, _)| *known == name)) {
            edits.remove(one.whole);
        }
    }
    for (id, one) in (last + 1..).zip(properties) {
        written.push_str(&property(root.prefix(), id, one, dialect));
    }
    append(&root, &written, &mut edits);
    package.change(&part, text, edits)
}

fn property(prefix: &str, id: u32, (name, value): &(&str, &str), dialect: Dialect) -> String {
    let (name, value) = (escaped(name), escaped(value));
    let values = match dialect {
        Dialect::Transitional => VALUES,
        Dialect::Strict => STRICT_VALUES,
    };
    format!(
        "<{prefix}property fmtid=\"{FORMAT}\" pid=\"{id}\" name=\"{name}\"><vt:lpwstr xmlns:vt=\"{values}\">{value}</vt:lpwstr></{prefix}property>"
    )
}

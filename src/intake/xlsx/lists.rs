//! The small parts that tell what a workbook holds: relations, the list of its sheets, its properties.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use super::decode::decode;
use super::fault::Fault;
use super::package::{Package, Part};
use super::xml::{Scanned, Scanner, Token, local};
use crate::model::part_name::resolved;

/// Days from the 1900 calendar's beginning to that of 1904.
const SHIFT_1904: f64 = 1_462.0;

/// A sheet as the workbook part lists it.
#[derive(Default)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// The id of the relation that leads to its part.
    pub relation: String,
    /// Whether it is hidden.
    pub hidden: bool,
}

/// A relation from one part to another.
pub struct Relation {
    /// Its id in the part.
    pub id: String,
    /// The last word of its type: `worksheet`, `styles`, in the strict form of the format as in the usual one.
    pub kind: String,
    /// The part it leads to, by its name in the package.
    pub target: String,
}

/// The relations of a part, their targets as names in the package; `folder` is where the part stands.
///
/// # Errors
/// A [`Fault`] of the part.
pub fn relations(package: &mut Package, part: Part, folder: &str) -> Result<Vec<Relation>, Fault> {
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
///
/// # Errors
/// A [`Fault`] of the part.
pub fn workbook_part(package: &mut Package, part: Part) -> Result<(Vec<Listed>, f64), Fault> {
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

/// The custom properties of a workbook, by name.
///
/// # Errors
/// A [`Fault`] of the part.
pub fn custom_properties(package: &mut Package, part: Part) -> Result<BTreeMap<String, String>, Fault> {
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
///
/// # Errors
/// Those of the scanner.
pub fn document(token: Token<'_>, root: &[u8], scanner: &mut Scanner<'_>) -> Scanned<ControlFlow<()>> {
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

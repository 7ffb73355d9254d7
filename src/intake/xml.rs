//! Small helps for reading XML.

use quick_xml::XmlVersion;
use quick_xml::events::{BytesRef, BytesStart};

/// An attribute by its name without prefix.
pub fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.attributes().flatten().find(|one| one.key.local_name().into_inner() == name)?;
    Some(found.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// Adds what an entity stands for: `&#10;`, `&amp;`. One that XML does not know is kept as it is written.
pub fn push_entity(text: &mut String, entity: &BytesRef<'_>) {
    let name = entity.xml10_content();
    match (entity.resolve_char_ref(), quick_xml::escape::resolve_xml_entity(&name)) {
        (Ok(Some(letter)), _) => text.push(letter),
        (_, Some(known)) => text.push_str(known),
        _ => text.extend(["&", &name, ";"]),
    }
}

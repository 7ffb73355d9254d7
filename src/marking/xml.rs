//! Small pieces of XML to put in.

use std::borrow::Cow;

use super::edits::Edits;
use super::outline::Element;

/// How a new part begins.
pub const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// A text as XML can hold it; control characters, which no XML can hold, are left out.
pub fn escaped(text: &str) -> String {
    let held = |c: &char| !c.is_control() || matches!(c, '\n' | '\t');
    let plain: Cow<'_, str> =
        if text.chars().all(|c| held(&c)) { text.into() } else { text.chars().filter(held).collect() };
    quick_xml::escape::escape(plain).into_owned()
}

/// ` name="value"`.
pub fn attribute((name, value): (&str, &String)) -> String {
    format!(" {name}=\"{}\"", escaped(value).replace('\n', "&#10;"))
}

/// Puts a text in as the last content of an element, which may be written as one tag.
pub fn append(element: &Element<'_>, text: &str, edits: &mut Edits) {
    if text.is_empty() {
        return;
    }
    if element.is_one_tag() {
        let tag = element.written().trim_end_matches("/>").trim_end();
        let name = format!("{}{}", element.prefix(), element.name());
        edits.replace(element.whole.clone(), format!("{tag}>{text}</{name}>"));
    } else {
        edits.insert(element.inner.end, text);
    }
}

/// Gives an attribute a value, whether it is there or not.
pub fn set(element: &Element<'_>, name: &str, value: &str, edits: &mut Edits) {
    match element.attribute_at(name) {
        Some(at) => edits.replace(at, escaped(value)),
        None => {
            let at = element.tag.start + 1 + element.prefix().len() + element.name().len();
            edits.insert(at, format!(" {name}=\"{}\"", escaped(value)));
        }
    }
}

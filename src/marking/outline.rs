//! The outline of a part: its elements by their place in its text, which is read and never written anew.

use std::borrow::Cow;
use std::ops::Range;

use anyhow::{Context, Result, bail};
use memchr::memmem;
use quick_xml::events::attributes::Attribute;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{Reader, XmlVersion};

/// An element of a part.
#[derive(Clone, Debug)]
pub struct Element<'x> {
    /// The text of the whole part.
    text: &'x str,
    /// From `<` of its first tag to the end of its last one.
    pub whole: Range<usize>,
    /// Its first tag.
    pub tag: Range<usize>,
    /// What stands between its tags.
    pub inner: Range<usize>,
}

/// Elements whose content is passed over by a search for their end: they hold all the rows of a sheet.
const LONG: &str = "sheetData";

impl<'x> Element<'x> {
    /// The root element of a part.
    ///
    /// # Errors
    /// When the text is no XML, or has a document type.
    pub fn root(text: &'x str) -> Result<Self> {
        let mut reader = Reader::from_str(text);
        loop {
            let start = usize::try_from(reader.buffer_position())?;
            let event = reader.read_event()?;
            let after = usize::try_from(reader.buffer_position())?;
            match event {
                Event::Empty(_) => return Ok(Self::tag_at(text, start..after)),
                Event::Start(_) => {
                    let end = text.rfind("</").filter(|end| *end >= after).context("no end of the root element")?;
                    let last = text[end..].find('>').context("an open end tag")?;
                    return Ok(Self { text, whole: start..end + last + 1, tag: start..after, inner: after..end });
                }
                Event::DocType(_) => bail!("a document type"),
                Event::Eof => bail!("no root element"),
                _ => {}
            }
        }
    }

    /// An element of which only the first tag matters.
    pub fn tag_at(text: &'x str, tag: Range<usize>) -> Self {
        Self { text, whole: tag.clone(), inner: tag.end..tag.end, tag }
    }

    /// Its name without prefix.
    pub fn name(&self) -> &'x str {
        let name = self.qualified();
        name.bytes().rposition(|byte| byte == b':').map_or(name, |colon| &name[colon + 1..])
    }

    /// Its prefix with the colon, `x:`; empty where it has none.
    pub fn prefix(&self) -> &'x str {
        let name = self.qualified();
        name.find(':').map_or("", |colon| &name[..=colon])
    }

    /// Whether it is one tag, `<dxfs/>`.
    pub fn is_one_tag(&self) -> bool {
        self.tag == self.whole
    }

    /// The part's text of a range.
    pub fn text_of(&self, range: &Range<usize>) -> &'x str {
        self.text.get(range.clone()).unwrap_or_default()
    }

    /// The element as it is written.
    pub fn written(&self) -> &'x str {
        self.text_of(&self.whole)
    }

    /// Where the value of an attribute stands, by the name without prefix.
    pub fn attribute_at(&self, name: &str) -> Option<Range<usize>> {
        let mut at = self.tag.start + 1 + self.qualified().len();
        loop {
            let rest = self.text.as_bytes().get(at..self.tag.end)?;
            let equals = rest.iter().position(|byte| *byte == b'=')?;
            let (key, value) = (rest.get(..equals)?.trim_ascii(), rest.get(equals + 1..)?.trim_ascii_start());
            let (quote, value) = value.split_first().filter(|(quote, _)| matches!(quote, b'"' | b'\''))?;
            let start = self.tag.end - value.len();
            at = start + value.iter().position(|byte| byte == quote)?;
            if key.strip_suffix(name.as_bytes()).is_some_and(|prefix| prefix.is_empty() || prefix.ends_with(b":")) {
                return Some(start..at);
            }
            at += 1;
        }
    }

    /// The value of an attribute, by the name without prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let value = self.text_of(&self.attribute_at(name)?);
        if !value.contains(['&', '\n', '\t', '\r']) {
            return Some(value.to_owned());
        }
        let attribute = Attribute { key: QName(name), value: Cow::Borrowed(value) };
        Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
    }

    /// The elements directly below it.
    ///
    /// # Errors
    /// When the text is no XML.
    pub fn children(&self) -> Result<Vec<Element<'x>>> {
        let mut children = Vec::new();
        let mut base = self.inner.start;
        'again: loop {
            let mut reader = Reader::from_str(self.text_of(&(base..self.inner.end)));
            let (mut depth, mut open) = (0_usize, 0..0);
            loop {
                let start = base + usize::try_from(reader.buffer_position())?;
                let event = reader.read_event()?;
                let after = base + usize::try_from(reader.buffer_position())?;
                match event {
                    Event::Start(tag) => {
                        if depth == 0 {
                            open = start..after;
                            if let Some(end) = self.long_end(&tag, after) {
                                children.push(self.child(open, end));
                                base = children.last().map_or(base, |child| child.whole.end);
                                continue 'again;
                            }
                        }
                        depth += 1;
                    }
                    Event::Empty(_) if depth == 0 => children.push(Self::tag_at(self.text, start..after)),
                    Event::End(_) => {
                        depth = depth.checked_sub(1).context("an end tag too many")?;
                        if depth == 0 {
                            let (tag, inner) = (open.clone(), open.end..start);
                            children.push(Element { text: self.text, whole: open.start..after, tag, inner });
                        }
                    }
                    Event::DocType(_) => bail!("a document type"),
                    Event::Eof if depth == 0 => return Ok(children),
                    Event::Eof => bail!("an element without an end"),
                    _ => {}
                }
            }
        }
    }

    /// The first element of a name directly below it.
    ///
    /// # Errors
    /// When the text is no XML.
    pub fn child_named(&self, name: &str) -> Result<Option<Element<'x>>> {
        Ok(self.children()?.into_iter().find(|child| child.name() == name))
    }

    /// Every element of a name anywhere below it, outer ones before inner ones.
    ///
    /// # Errors
    /// When the text is no XML.
    pub fn descendants(&self, name: &str) -> Result<Vec<Element<'x>>> {
        let mut found = Vec::new();
        for child in self.children()? {
            if child.name() == name {
                found.push(child.clone());
            }
            found.extend(child.descendants(name)?);
        }
        Ok(found)
    }

    /// Its text, entities resolved.
    pub fn content(&self) -> String {
        let written = self.text_of(&self.inner);
        quick_xml::escape::unescape(written).map_or_else(|_| written.to_owned(), Cow::into_owned)
    }

    fn child(&self, tag: Range<usize>, end: Range<usize>) -> Element<'x> {
        Element { text: self.text, whole: tag.start..end.end, inner: tag.end..end.start, tag }
    }

    /// Where the end tag of a long element stands, if a search can tell: comments and literal text might hide another.
    fn long_end(&self, tag: &BytesStart<'_>, after: usize) -> Option<Range<usize>> {
        let rest = self.text.as_bytes().get(after..self.inner.end)?;
        if tag.local_name().into_inner() != LONG || memmem::find(rest, b"<!").is_some() {
            return None;
        }
        let end = format!("</{}", tag.name().0);
        let start = after + memmem::rfind(rest, end.as_bytes())?;
        Some(start..start + self.text.get(start..)?.find('>')? + 1)
    }

    fn qualified(&self) -> &'x str {
        let inside = self.text_of(&(self.tag.start + 1..self.tag.end));
        let end = inside.bytes().position(|byte| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>'));
        &inside[..end.unwrap_or(inside.len())]
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_known_by_their_place_whatever_their_prefix() {
        let text = "<?xml version='1.0'?><x:a k='1' y:id=\"&lt;2\"><x:b/><c>đ<d>&amp;</d></c></x:a>";
        let root = Element::root(text).unwrap();
        assert_eq!((root.name(), root.prefix(), root.attribute("id")), ("a", "x:", Some("<2".into())));
        assert_eq!(root.attribute_at("k").map(|at| &text[at]), Some("1"));
        let children = root.children().unwrap();
        assert_eq!(children.iter().map(Element::written).collect::<Vec<_>>(), ["<x:b/>", "<c>đ<d>&amp;</d></c>"]);
        assert!(children[0].is_one_tag() && !children[1].is_one_tag());
        assert_eq!(root.descendants("d").unwrap()[0].content(), "&");
    }

    #[test]
    fn attributes_are_known_by_their_whole_name() {
        let root = Element::root("<a rid='0' r:id = \"1\" c='>=\"' d='&#10;x\ty' e='đ'/>").unwrap();
        assert_eq!(root.attribute("id").as_deref(), Some("1"));
        assert_eq!(root.attribute("c").as_deref(), Some(">=\""));
        assert_eq!(root.attribute("d").as_deref(), Some("\nx y"));
        assert_eq!((root.attribute("e").as_deref(), root.attribute("f")), (Some("đ"), None));
        assert_eq!(Element::root("<a b='1' d/>").unwrap().attribute("d"), None);
    }

    #[test]
    fn rows_are_passed_over_and_what_follows_is_found() {
        for comment in ["", "<!-- </sheetData> -->"] {
            let text = format!("<worksheet><sheetData><row><c/></row>{comment}</sheetData ><pageMargins/></worksheet>");
            let children = Element::root(&text).unwrap().children().unwrap();
            let names: Vec<_> = children.iter().map(|child| child.name()).collect();
            assert_eq!(names, ["sheetData", "pageMargins"]);
            assert_eq!(children[0].text_of(&children[0].inner), format!("<row><c/></row>{comment}"));
        }
    }

    #[test]
    fn torn_text_is_an_error() {
        for text in ["", "<a>", "<a><b></a>", "<a></b></a>", "<!DOCTYPE a><a/>", "<a><b>"] {
            assert!(Element::root(text).and_then(|root| root.children()).is_err(), "{text}");
        }
    }
}

//! XML as workbooks hold it, over a window of bytes: start tags with attributes, end tags, text.
//!
//! Names are local names: `<x:row>` is `row`. The scanner owns nothing and allocates nothing; where the window
//! ends too early it says [`Stop::Short`], and the caller starts the item again with a larger window.

mod element;
mod prolog;

use memchr::memmem;

use super::fault::Fault;
use prolog::{byte_order_mark, judge_instruction};

/// Why scanning stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// The window ends inside the item.
    Short,
    /// Something is wrong.
    Fault(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

/// What was scanned, or why not.
pub type Scanned<T> = Result<T, Stop>;

const MARKUP: Stop = Stop::Fault(Fault::Markup);

/// A piece of XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// A start tag; its attributes are next.
    Start(&'a [u8]),
    /// An end tag, or the end of `<empty/>`.
    End(&'a [u8]),
    /// Text in which references are not yet decoded.
    Text(&'a [u8]),
    /// The text of a CDATA section.
    Literal(&'a [u8]),
}

/// Scans a window.
#[derive(Debug)]
pub struct Scanner<'a> {
    bytes: &'a [u8],
    at: usize,
    /// Whether the part begins with this window.
    first: bool,
    /// The name of the last start tag.
    name: &'a [u8],
    /// Whether that name was written with a prefix.
    prefixed: bool,
    tag: Tag,
}

/// How far the last start tag was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Tag {
    /// Its attributes are next.
    Open,
    /// It was `<empty/>`; its end is next.
    Ending,
    Done,
}

impl<'a> Scanner<'a> {
    /// A scanner of a window; `first` where the part begins with it.
    pub fn new(bytes: &'a [u8], first: bool) -> Self {
        Self { bytes, at: 0, first, name: b"", prefixed: false, tag: Tag::Done }
    }

    /// How many bytes were scanned.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The next piece; attributes that were not asked for are passed over.
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    #[inline]
    pub fn next(&mut self) -> Scanned<Token<'a>> {
        self.pass_attributes()?;
        if self.tag == Tag::Ending {
            self.tag = Tag::Done;
            return Ok(Token::End(self.name));
        }
        if self.first {
            self.at = byte_order_mark(self.bytes)?;
            self.first = false;
        }
        loop {
            match self.rest() {
                [b'<', b'/', name @ ..] => return self.end_tag(name),
                [b'<', b'?', rest @ ..] => {
                    let length = length_to(rest, b"?>")?;
                    judge_instruction(rest.get(..length).unwrap_or_default())?;
                    self.at += 2 + length + 2;
                }
                [b'<', b'!', rest @ ..] => match rest {
                    [b'-', b'-', rest @ ..] => self.at += 4 + length_to(rest, b"-->")? + 3,
                    [b'[', b'C', b'D', b'A', b'T', b'A', b'[', rest @ ..] => {
                        let length = length_to(rest, b"]]>")?;
                        self.at += 9 + length + 3;
                        return Ok(Token::Literal(rest.get(..length).unwrap_or_default()));
                    }
                    _ if rest.len() < 7 => return Err(Stop::Short),
                    _ => return Err(Stop::Fault(Fault::Doctype)),
                },
                [b'<', name @ ..] => {
                    let ends = |byte: &u8| matches!(byte, b' ' | b'>' | b'/' | b'\t' | b'\n' | b'\r');
                    let length = name.iter().position(ends).ok_or(Stop::Short)?;
                    self.at += 1 + length;
                    self.name = local(name.get(..length).unwrap_or_default())?;
                    self.prefixed = self.name.len() < length;
                    self.tag = Tag::Open;
                    return Ok(Token::Start(self.name));
                }
                text => {
                    let length = memchr::memchr(b'<', text).ok_or(Stop::Short)?;
                    self.at += length;
                    return Ok(Token::Text(text.get(..length).unwrap_or_default()));
                }
            }
        }
    }

    /// The next attribute of the start tag that was just given, with its prefix, its value undecoded; `None`
    /// after the last.
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    #[inline(always)]
    pub fn attribute(&mut self) -> Scanned<Option<(&'a [u8], &'a [u8])>> {
        if self.tag != Tag::Open {
            return Ok(None);
        }
        match self.rest() {
            [b'>', ..] => {
                self.at += 1;
                self.tag = Tag::Done;
                Ok(None)
            }
            [b'/', b'>', ..] => {
                self.at += 2;
                self.tag = Tag::Ending;
                Ok(None)
            }
            // Cells and rows have names of one letter, and nearly every writer sets them like this.
            [b' ', name @ b'a'..=b'z', b'=', b'"', value @ ..] => {
                let length = value.iter().position(|byte| *byte == b'"').ok_or(Stop::Short)?;
                self.at += 4 + length + 1;
                Ok(Some((std::slice::from_ref(name), value.get(..length).unwrap_or_default())))
            }
            _ => self.any_attribute(),
        }
    }

    /// An attribute, or the end of the start tag, in every form that XML allows.
    fn any_attribute(&mut self) -> Scanned<Option<(&'a [u8], &'a [u8])>> {
        let before = self.at;
        self.pass_space();
        match self.rest() {
            [b'>', ..] => {
                self.at += 1;
                self.tag = Tag::Done;
                return Ok(None);
            }
            [b'/', b'>', ..] => {
                self.at += 2;
                self.tag = Tag::Ending;
                return Ok(None);
            }
            [] | [b'/'] => return Err(Stop::Short),
            _ if self.at == before => return Err(MARKUP),
            _ => {}
        }
        let rest = self.rest();
        let ends = |byte: &u8| matches!(byte, b'=' | b' ' | b'>' | b'<' | b'/' | b'"' | b'\'' | b'\t' | b'\n' | b'\r');
        let length = rest.iter().position(ends);
        let name = rest.get(..length.ok_or(Stop::Short)?).unwrap_or_default();
        self.at += name.len();
        self.pass_space();
        match self.rest() {
            [b'=', ..] => self.at += 1,
            [] => return Err(Stop::Short),
            _ => return Err(MARKUP),
        }
        self.pass_space();
        let quote = *self.rest().first().ok_or(Stop::Short)?;
        if !matches!(quote, b'"' | b'\'') || name.is_empty() {
            return Err(MARKUP);
        }
        self.at += 1;
        let rest = self.rest();
        let length = rest.iter().position(|byte| *byte == quote).ok_or(Stop::Short)?;
        self.at += length + 1;
        Ok(Some((name, rest.get(..length).unwrap_or_default())))
    }

    #[inline]
    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    #[inline]
    fn pass_attributes(&mut self) -> Scanned<()> {
        while self.tag == Tag::Open {
            self.attribute()?;
        }
        Ok(())
    }

    fn pass_space(&mut self) {
        while let [b' ' | b'\t' | b'\n' | b'\r', ..] = self.rest() {
            self.at += 1;
        }
    }

    /// `name` stands after `</`.
    #[inline]
    fn end_tag(&mut self, name: &'a [u8]) -> Scanned<Token<'a>> {
        let length = name.iter().position(|byte| *byte == b'>').ok_or(Stop::Short)?;
        self.at += 2 + length + 1;
        Ok(Token::End(local(name.get(..length).unwrap_or_default().trim_ascii_end())?))
    }
}

/// A name without its prefix.
pub fn local(name: &[u8]) -> Scanned<&[u8]> {
    match (name.iter().position(|byte| *byte == b':'), name) {
        (_, []) => Err(MARKUP),
        (Some(colon), _) => name.get(colon + 1..).filter(|name| !name.is_empty()).ok_or(MARKUP),
        (None, _) => Ok(name),
    }
}

fn length_to(rest: &[u8], end: &[u8]) -> Scanned<usize> {
    memmem::find(rest, end).ok_or(Stop::Short)
}

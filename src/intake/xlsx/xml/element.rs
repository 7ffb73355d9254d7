//! What stands inside an element whose start tag was just given: its text, or nothing that is asked for.

use memchr::memmem;

use super::{MARKUP, Scanned, Scanner, Stop, Tag, Token};
use crate::intake::xlsx::decode::{decode, normal_line_ends};

impl<'a> Scanner<'a> {
    /// What `read` finds at the beginning of the next item, which is then passed; where it finds nothing, nothing is passed.
    #[inline]
    pub fn common<T>(&mut self, read: impl FnOnce(&'a [u8]) -> Option<(T, &'a [u8])>) -> Option<T> {
        let (found, rest) = Some(self.rest()).filter(|_| self.tag == Tag::Done && !self.first).and_then(read)?;
        self.at = self.bytes.len() - rest.len();
        Some(found)
    }

    /// The value of the cell whose start tag was just passed, up to and with the cell's end tag, where that is all it
    /// holds and is set as nearly every writer sets it: `<v>12</v></c>`. Otherwise nothing is passed.
    #[inline]
    pub fn only_value(&mut self) -> Option<&'a [u8]> {
        let value = self.rest().strip_prefix(b"<v>").filter(|_| self.tag == Tag::Done)?;
        // Values are short: a search by vectors would take longer to set up.
        let length = value.iter().position(|byte| matches!(byte, b'<' | b'&' | b'\r'))?;
        let (value, end) = value.split_at(length);
        end.starts_with(b"</v></c>").then(|| self.at += b"<v>".len() + length + b"</v></c>".len())?;
        Some(value)
    }

    /// The text of the element whose start tag was just given, up to and with its end tag, where it stands there
    /// as it is meant; `None`, and nothing is passed, where it must be decoded by [`Scanner::text`].
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    #[inline]
    pub fn plain(&mut self) -> Scanned<Option<&'a [u8]>> {
        self.pass_attributes()?;
        if self.tag == Tag::Ending {
            self.tag = Tag::Done;
            return Ok(Some(b""));
        }
        let rest = self.rest();
        let length = memchr::memchr3(b'<', b'&', b'\r', rest).ok_or(Stop::Short)?;
        match rest.get(length..).unwrap_or_default() {
            [b'<', b'/', name @ ..] => {
                let (outer, text) = (self.name, rest.get(..length).unwrap_or_default());
                self.at += length;
                match self.end_tag(name)? {
                    Token::End(name) if name == outer => Ok(Some(text)),
                    _ => Err(MARKUP),
                }
            }
            [b'<'] => Err(Stop::Short),
            _ => Ok(None),
        }
    }

    /// Adds to `text` what the element whose start tag was just given holds, decoded, up to its end tag; elements
    /// inside are passed over.
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    pub fn text(&mut self, text: &mut String) -> Scanned<()> {
        let outer = self.name;
        loop {
            match self.next()? {
                Token::Text(raw) => decode(raw, text)?,
                Token::Literal(raw) => normal_line_ends(raw, text)?,
                Token::Start(_) => self.skip()?,
                Token::End(name) if name == outer => return Ok(()),
                Token::End(_) => return Err(MARKUP),
            }
        }
    }

    /// Passes over the element whose start tag was just given.
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    pub fn skip(&mut self) -> Scanned<()> {
        let mut depth = 1_u32;
        while depth > 0 {
            match self.next()? {
                Token::Start(_) => depth = depth.saturating_add(1),
                Token::End(_) => depth -= 1,
                Token::Text(_) | Token::Literal(_) => {}
            }
        }
        Ok(())
    }

    /// Whether the start tag that was just given has a prefix in its name, as its end tag then has.
    pub fn is_prefixed(&self) -> bool {
        self.prefixed
    }

    /// Passes over all that stands before an end tag without a prefix, written as in `</row`, as far as the window goes; whether there was
    /// anything. A comment, a literal section or an instruction could hold the same letters: it stops before each.
    pub fn pass_to(&mut self, end: &memmem::Finder<'_>) -> bool {
        let rest = self.rest();
        // What the window cuts off is looked at again.
        let length = end.find(rest).unwrap_or_else(|| rest.len().saturating_sub(end.needle().len()));
        let signs = memchr::memchr2_iter(b'!', b'?', rest.get(..=length).unwrap_or_default());
        let special = signs.filter_map(|at| at.checked_sub(1)).find(|at| rest.get(*at) == Some(&b'<'));
        let length = special.unwrap_or(length);
        if length > 0 {
            self.tag = Tag::Done;
            self.at += length;
        }
        length > 0
    }

    /// Passes the rest of the start tag that was just given; whether it was `<empty/>`, whose end is then passed too.
    ///
    /// # Errors
    /// [`Stop::Short`] at the end of the window, or a [`Fault`].
    pub fn is_empty(&mut self) -> Scanned<bool> {
        self.pass_attributes()?;
        let empty = self.tag == Tag::Ending;
        self.tag = Tag::Done;
        Ok(empty)
    }
}

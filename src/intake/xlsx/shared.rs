//! Texts: the shared strings, and the rich text of strings shared and inline.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::common::common_string;
use super::decode::{decode, normal_line_ends, trim, unescape};
use super::fault::Fault;
use super::package::{Package, Part};
use super::xml::{Scanned, Scanner, Token};
use crate::model::Legacy;
use crate::text;

/// The fonts of a text's own runs, as far as they hold more than ASCII (the encodings agree on ASCII).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RunFonts {
    /// The encoding that all runs with a font of their own agree on; `None` where no run has one.
    own: Option<Option<Legacy>>,
    /// Whether a run has the cell's font.
    of_cell: bool,
}

impl RunFonts {
    /// The encoding of the whole text in a cell of a font; `None` where its runs do not agree.
    pub fn in_cell(self, cell: Option<Legacy>) -> Option<Legacy> {
        match self.own {
            None => cell,
            Some(own) if self.of_cell && own != cell => None,
            Some(own) => own,
        }
    }

    fn add(&mut self, own: Option<Option<Legacy>>, text: &str) {
        match own {
            _ if text.is_ascii() => {}
            None => self.of_cell = true,
            Some(font) if self.own.is_none_or(|before| before == font) => self.own = Some(font),
            Some(_) => self.own = Some(None),
        }
    }
}

/// The shared strings of a workbook, in one allocation.
#[derive(Debug, Default)]
pub struct Shared {
    text: String,
    /// Where each string ends.
    ends: Vec<u32>,
    /// Strings with runs of their own fonts, which are few.
    fonts: FxHashMap<usize, RunFonts>,
}

impl Shared {
    /// Reads the shared strings. Declared counts are not looked at.
    ///
    /// # Errors
    /// A [`Fault`] of the part.
    pub fn read(package: &mut Package, part: Part) -> Result<Self, Fault> {
        let mut shared = Self::default();
        package.scan(part, |scanner| {
            if let Some(text) = scanner.common(common_string) {
                shared.text.push_str(text);
                return Ok(ControlFlow::Continue(shared.end()?));
            }
            match scanner.next()? {
                Token::Start(b"si") => {
                    let start = shared.text.len();
                    let fonts = rich_text(scanner, &mut shared.text).inspect_err(|_| shared.text.truncate(start))?;
                    if fonts.own.is_some() {
                        shared.fonts.insert(shared.ends.len(), fonts);
                    }
                    Ok(ControlFlow::Continue(shared.end()?))
                }
                Token::Start(b"sst") if scanner.is_empty()? => Ok(ControlFlow::Break(())),
                Token::Start(b"sst") | Token::Text(_) | Token::Literal(_) => Ok(ControlFlow::Continue(())),
                Token::Start(b"extLst") => scanner.skip().map(ControlFlow::Continue),
                // A string that is passed over would give all later ones another number.
                Token::Start(_) => Err(Fault::Markup.into()),
                Token::End(_) => Ok(ControlFlow::Break(())),
            }
        })?;
        Ok(shared)
    }

    /// A string is complete.
    fn end(&mut self) -> Result<(), Fault> {
        self.ends.push(u32::try_from(self.text.len()).map_err(|_| Fault::Size)?);
        Ok(())
    }

    /// The bytes that they hold in memory.
    pub fn weight(&self) -> usize {
        self.text.capacity() + self.ends.capacity() * size_of::<u32>()
    }

    /// A string and the fonts of its runs.
    pub fn get(&self, index: usize) -> Option<(&str, RunFonts)> {
        let end = *self.ends.get(index)?;
        let start = index.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        let fonts = if self.fonts.is_empty() { None } else { self.fonts.get(&index) };
        Some((self.text.get(start as usize..end as usize)?, fonts.copied().unwrap_or_default()))
    }
}

/// Adds the text of `<si>` or `<is>`, whose start tag was just given, up to its end tag. Phonetic runs are no part
/// of it.
///
/// # Errors
/// Those of the scanner.
pub fn rich_text(scanner: &mut Scanner<'_>, text: &mut String) -> Scanned<RunFonts> {
    let mut fonts = RunFonts::default();
    let mut run = None;
    loop {
        match scanner.next()? {
            Token::Start(b"t") => {
                let start = text.len();
                piece(scanner, text)?;
                fonts.add(run, text.get(start..).unwrap_or_default());
            }
            Token::Start(b"r") => {
                run = None;
                if scanner.is_empty()? {
                    continue;
                }
            }
            Token::Start(b"rPr") => run = run_font(scanner)?,
            Token::Start(b"rPh" | b"phoneticPr") => scanner.skip()?,
            Token::End(b"r") | Token::Text(_) | Token::Literal(_) => {}
            Token::End(b"si" | b"is") => return Ok(fonts),
            Token::Start(_) | Token::End(_) => return Err(Fault::Markup.into()),
        }
    }
}

/// Adds the text of `<t>`, without the white space around it unless that is to be preserved.
fn piece(scanner: &mut Scanner<'_>, text: &mut String) -> Scanned<()> {
    let (start, mut preserve) = (text.len(), false);
    while let Some((name, value)) = scanner.attribute()? {
        preserve |= name == b"xml:space" && value == b"preserve";
    }
    match scanner.plain()? {
        Some(plain) => normal_line_ends(plain, text)?,
        None => scanner.text(text)?,
    }
    if !preserve {
        trim(text, start);
    }
    unescape(text, start);
    Ok(())
}

/// The encoding of a run's own font; `None` where it has none.
fn run_font(scanner: &mut Scanner<'_>) -> Scanned<Option<Option<Legacy>>> {
    let mut font = None;
    if scanner.is_empty()? {
        return Ok(font);
    }
    loop {
        match scanner.next()? {
            Token::Start(b"rFont") => {
                while let Some((name, value)) = scanner.attribute()? {
                    if name == b"val" {
                        let mut name = String::new();
                        decode(value, &mut name)?;
                        font = Some(text::font(&name));
                    }
                }
                scanner.skip()?;
            }
            Token::Start(_) => scanner.skip()?,
            Token::Text(_) | Token::Literal(_) => {}
            Token::End(b"rPr") => return Ok(font),
            Token::End(_) => return Err(Fault::Markup.into()),
        }
    }
}

//! What a cell's style tells of its value: whether a number is a date, and which encoding its font shows.

use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::decode::{decimal, decode};
use super::fault::Fault;
use super::package::{Package, Part};
use super::xml::{Scanned, Scanner, Token};
use crate::intake::literal;
use crate::model::Legacy;
use crate::text;

/// A cell format.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Style {
    /// Whether numbers are shown as dates.
    pub date: bool,
    /// The encoding that the font shows.
    pub font: Option<Legacy>,
}

/// The cell formats of a workbook, by style id.
#[derive(Debug, Default)]
pub struct Styles {
    formats: Vec<Style>,
}

/// The list that an entry stands in; the same names mean other things elsewhere in the part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum List {
    NumberFormats,
    Fonts,
    CellFormats,
    Other,
}

impl Styles {
    /// Reads the cell formats.
    ///
    /// # Errors
    /// A [`Fault`] of the part.
    pub fn read(package: &mut Package, part: Part) -> Result<Self, Fault> {
        let mut styles = Self::default();
        let mut dates: FxHashMap<u32, bool> = FxHashMap::default();
        let mut fonts: Vec<Option<Legacy>> = Vec::new();
        let mut list = List::Other;
        package.scan(part, |scanner| {
            match (list, scanner.next()?) {
                (List::NumberFormats, Token::Start(b"numFmt")) => {
                    let (id, date) = number_format(scanner)?;
                    dates.extend(id.map(|id| (id, date)));
                }
                (List::Fonts, Token::Start(b"font")) => fonts.push(font(scanner)?),
                (List::CellFormats, Token::Start(b"xf")) => {
                    let (format, font) = cell_format(scanner)?;
                    let date = dates
                        .get(&format)
                        .copied()
                        .unwrap_or_else(|| u16::try_from(format).is_ok_and(literal::is_date_format_id));
                    let font = font.and_then(|font| fonts.get(font as usize).copied().flatten());
                    styles.formats.push(Style { date, font });
                }
                (List::Other, Token::Start(name)) => {
                    let begun = match name {
                        b"numFmts" => List::NumberFormats,
                        b"fonts" => List::Fonts,
                        b"cellXfs" => List::CellFormats,
                        b"styleSheet" => List::Other,
                        _ => return scanner.skip().map(ControlFlow::Continue),
                    };
                    match scanner.is_empty()? {
                        true if name == b"styleSheet" => return Ok(ControlFlow::Break(())),
                        true => {}
                        false => list = begun,
                    }
                }
                (_, Token::Start(_)) => scanner.skip()?,
                (List::Other, Token::End(_)) => return Ok(ControlFlow::Break(())),
                (_, Token::End(_)) => list = List::Other,
                (_, Token::Text(_) | Token::Literal(_)) => {}
            }
            Ok(ControlFlow::Continue(()))
        })?;
        Ok(styles)
    }

    /// A cell format; a plain one for an id that is not there.
    pub fn get(&self, id: usize) -> Style {
        self.formats.get(id).copied().unwrap_or_default()
    }
}

fn number_format(scanner: &mut Scanner<'_>) -> Scanned<(Option<u32>, bool)> {
    let (mut id, mut code) = (None, String::new());
    while let Some((name, value)) = scanner.attribute()? {
        match name {
            b"numFmtId" => id = decimal(value),
            b"formatCode" => decode(value, &mut code)?,
            _ => {}
        }
    }
    scanner.skip()?;
    Ok((id, literal::is_date_format(&code)))
}

fn font(scanner: &mut Scanner<'_>) -> Scanned<Option<Legacy>> {
    let mut encoding = None;
    if scanner.is_empty()? {
        return Ok(encoding);
    }
    loop {
        match scanner.next()? {
            Token::Start(b"name") => {
                while let Some((name, value)) = scanner.attribute()? {
                    if name == b"val" {
                        let mut name = String::new();
                        decode(value, &mut name)?;
                        encoding = text::font(&name);
                    }
                }
                scanner.skip()?;
            }
            Token::Start(_) => scanner.skip()?,
            Token::Text(_) | Token::Literal(_) => {}
            Token::End(_) => return Ok(encoding),
        }
    }
}

/// Number format and font of `<xf>`.
fn cell_format(scanner: &mut Scanner<'_>) -> Scanned<(u32, Option<u32>)> {
    let (mut format, mut font) = (0, None);
    while let Some((name, value)) = scanner.attribute()? {
        match name {
            b"numFmtId" => format = decimal(value).unwrap_or(0),
            b"fontId" => font = decimal(value),
            _ => {}
        }
    }
    scanner.skip()?;
    Ok((format, font))
}

//! One cell: its parts as written, and its value.

use super::decode::{decimal, unescape, utf8};
use super::fault::Fault;
use super::shared::{RunFonts, rich_text};
use super::sheet::Book;
use super::styles::Style;
use super::xml::{Scanned, Scanner, Token};
use crate::intake::literal;
use crate::model::{Legacy, Raw};

/// A cell as written.
#[derive(Debug)]
pub struct Parts<'a> {
    /// Its address.
    pub reference: Option<&'a [u8]>,
    /// Its style id; cells that tell none have the first style.
    pub style: usize,
    kind: &'a [u8],
    formula: bool,
    content: Content<'a>,
}

/// What a cell holds.
#[derive(Debug)]
enum Content<'a> {
    /// Nothing.
    Nothing,
    /// `<v>`, as it stands in the part.
    Plain(&'a [u8]),
    /// `<v>`, decoded in the scratch text.
    Decoded,
    /// `<is>`, in the scratch text.
    Inline(RunFonts),
}

impl<'a> Parts<'a> {
    /// Scans a cell whose start tag was just given, up to its end tag; `scratch` is empty.
    ///
    /// # Errors
    /// Those of the scanner.
    pub fn scan(scanner: &mut Scanner<'a>, scratch: &mut String) -> Scanned<Self> {
        let mut cell = Self { reference: None, style: 0, kind: b"n", formula: false, content: Content::Nothing };
        while let Some((name, value)) = scanner.attribute()? {
            match name {
                b"r" => cell.reference = Some(value),
                b"s" => cell.style = whole(value).unwrap_or(usize::MAX),
                b"t" => cell.kind = value,
                _ => {}
            }
        }
        if let Some(plain) = scanner.only_value() {
            cell.content = Content::Plain(plain);
            return Ok(cell);
        }
        loop {
            match scanner.next()? {
                Token::End(b"c") => return Ok(cell),
                Token::Start(b"v") => match (scanner.plain()?, &cell.content) {
                    // An inline string is the value, whatever stands beside it.
                    (Some(_), Content::Inline(_)) => {}
                    (Some(plain), _) => cell.content = Content::Plain(plain),
                    (None, Content::Inline(_)) => scanner.skip()?,
                    (None, _) => {
                        scratch.clear();
                        scanner.text(scratch)?;
                        cell.content = Content::Decoded;
                    }
                },
                Token::Start(b"is") => {
                    scratch.clear();
                    cell.content = Content::Inline(rich_text(scanner, scratch)?);
                }
                Token::Start(b"f") => {
                    cell.formula = true;
                    scanner.skip()?;
                }
                Token::Start(b"extLst") => scanner.skip()?,
                Token::Text(_) | Token::Literal(_) => {}
                Token::Start(_) | Token::End(_) => return Err(Fault::Markup.into()),
            }
        }
    }

    /// The cell's value and the encoding of its font; `None` for a cell without a value.
    ///
    /// # Errors
    /// A [`Fault`] where the value does not fit the cell's type.
    pub fn value<'b>(
        &self,
        book: &'b Book,
        style: Style,
        scratch: &'b mut String,
    ) -> Result<Option<(Raw<'b>, Option<Legacy>)>, Fault>
    where
        'a: 'b,
    {
        let is_text = matches!(self.kind, b"str" | b"inlineStr");
        let written: &[u8] = match self.content {
            Content::Nothing => return Ok(self.formula.then_some((Raw::Uncomputed, style.font))),
            Content::Inline(fonts) => return Ok(Some((Raw::Text(scratch), fonts.in_cell(style.font)))),
            Content::Plain(plain) if is_text => return Ok(Some((Raw::Text(unescaped(plain, scratch)?), style.font))),
            Content::Decoded if is_text => {
                unescape(scratch, 0);
                return Ok(Some((Raw::Text(scratch), style.font)));
            }
            Content::Plain(plain) => plain,
            Content::Decoded => scratch.as_bytes(),
        };
        let (space, written) = (!written.is_empty(), written.trim_ascii());
        let raw = match self.kind {
            // White space alone is no number of a string, and must not be taken for none.
            b"s" if space && written.is_empty() => return Err(Fault::String),
            _ if written.is_empty() => return Ok(self.formula.then_some((Raw::Uncomputed, style.font))),
            b"s" => return book.string(whole(written).ok_or(Fault::String)?, style).map(Some),
            b"n" => match number(written).ok_or(Fault::Value)? {
                number if !number.is_finite() => Raw::Error("#NUM!"),
                number => book.number(number, style),
            },
            b"b" => Raw::Bool(truth(written).ok_or(Fault::Value)?),
            // An error that is not known is an error all the same.
            b"e" => Raw::Error(literal::error(utf8(written)?).unwrap_or(literal::ANY_ERROR)),
            b"d" => Raw::Date(literal::iso_serial(utf8(written)?).ok_or(Fault::Value)?),
            _ => return Err(Fault::Value),
        };
        Ok(Some((raw, style.font)))
    }
}

/// Row and column, from zero, of an address such as `B10`; the row may be beyond the sheet.
pub fn address(reference: &[u8]) -> Option<(u32, u32)> {
    let letters = reference.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = reference.split_at_checked(letters)?;
    let add = |column: u32, letter: &u8| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1;
    // Three letters are the most; more would be beyond the sheet, and might not fit.
    let column = if letters.len() <= 3 { letters.iter().fold(0, add) } else { return None };
    Some((decimal(digits)?.checked_sub(1)?, column.checked_sub(1)?))
}

/// Text that stands in the part as it is meant, but for `_x000D_` and its kin.
fn unescaped<'b>(plain: &'b [u8], scratch: &'b mut String) -> Result<&'b str, Fault> {
    let plain = utf8(plain)?;
    if !plain.contains('_') {
        return Ok(plain);
    }
    scratch.push_str(plain);
    unescape(scratch, 0);
    Ok(scratch)
}

/// Most numbers are short whole ones, which are exact in 53 bits.
fn number(written: &[u8]) -> Option<f64> {
    let whole = |number: u64, digit: &u8| digit.is_ascii_digit().then(|| number * 10 + u64::from(digit - b'0'));
    let short = if written.len() <= 15 { written.iter().try_fold(0, whole) } else { None };
    match short {
        Some(number) => Some(number as f64),
        None => utf8(written).ok()?.parse().ok(),
    }
}

fn whole(written: &[u8]) -> Option<usize> {
    decimal(written).map(|number| number as usize)
}

fn truth(written: &[u8]) -> Option<bool> {
    match written.to_ascii_lowercase().as_slice() {
        b"1" | b"true" => Some(true),
        b"0" | b"false" => Some(false),
        _ => None,
    }
}

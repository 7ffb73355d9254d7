//! Tables of a web page, as Excel's «web page» and many programs write them under the name .xls: one sheet of texts.
//!
//! Excel shows such a page as one sheet: texts and tables one below the other, merged cells in place. So does this
//! reader. Only tags are looked at; a missing end tag is the beginning of the next cell.

mod grid;
mod styles;
#[cfg(test)]
mod tests;

use html5gum::{DefaultEmitter, HtmlString, StartTag, Token, Tokenizer};

use super::held::Held;
use super::refusals::{foreign, truncated, unreadable};
use super::sniff::foreign::PAGE;
use crate::model::{Legacy, Refusal, SheetSeen};
use crate::text::font;
use crate::texts;
use grid::{Grid, Span};
use styles::Styles;

texts! {
    TOO_LARGE = "bảng vượt quá một trang tính (1.048.576 dòng, 16.384 cột)" / "the tables pass the limits of a sheet (1,048,576 rows, 16,384 columns)";
    TOO_DEEP = "bảng lồng nhau quá 32 lớp" / "tables are nested deeper than 32 levels";
    COPY_PLAIN = "Chép bảng vào biểu mẫu Excel trống rồi gửi tệp .xlsx." / "Copy the table into the blank Excel form and send the .xlsx file.";
}

/// Levels of tables inside tables.
const DEPTH: usize = 32;

/// The page as a workbook of one sheet.
///
/// # Errors
/// A [`Refusal`] when there is no table, or one that no sheet can hold.
pub fn open(file: &str, page: &str) -> Result<Held, Refusal> {
    let mut emitter = DefaultEmitter::default();
    emitter.naively_switch_states(true);
    let mut reader = PageReader::default();
    for Ok(token) in Tokenizer::new_with_emitter(page, emitter) {
        match token {
            Token::StartTag(tag) => reader.start(&tag),
            Token::EndTag(tag) => reader.end(&tag.name),
            Token::String(text) => reader.text(&String::from_utf8_lossy(&text)),
            _ => {}
        }
        if reader.too_deep || reader.grid.overflows {
            break;
        }
    }
    let cut = reader.grid.depth() > 0 && !reader.closed;
    reader.grid.finish();
    match () {
        () if reader.too_deep => Err(unreadable(file, TOO_DEEP.say(), COPY_PLAIN.say())),
        () if reader.grid.overflows => Err(unreadable(file, TOO_LARGE.say(), COPY_PLAIN.say())),
        () if cut => Err(truncated(file)),
        () if !reader.seen_table => Err(foreign(file, PAGE)),
        () => {
            let name = sheet_name(page).unwrap_or_else(|| super::stem(file).to_owned());
            let mut held = Held::default();
            held.add(SheetSeen { name, hidden: false }, reader.grid.sheet);
            Ok(held)
        }
    }
}

/// What the tags seen so far mean for the text that follows.
#[derive(Default)]
struct PageReader {
    grid: Grid,
    styles: Styles,
    /// Fonts of the open cell and of the tags inside it.
    fonts: Vec<Option<Legacy>>,
    /// The tag whose content is not shown, while inside it.
    unshown: Option<Vec<u8>>,
    seen_table: bool,
    /// Whether the end of the page was seen; a page without it whose last table is open was cut off.
    closed: bool,
    too_deep: bool,
}

impl PageReader {
    fn start(&mut self, tag: &StartTag<()>) {
        if self.unshown.is_some() {
            return;
        }
        match tag.name.as_slice() {
            name @ (b"script" | b"style" | b"title" | b"xml" | b"template") if !tag.self_closing => {
                self.unshown = Some(name.to_vec());
            }
            b"table" if self.grid.depth() < DEPTH => {
                self.seen_table = true;
                self.grid.start_table();
            }
            b"table" => self.too_deep = true,
            b"tr" => self.grid.start_row(attribute(tag, b"style").is_some_and(is_hidden)),
            b"td" | b"th" => {
                let count = |name| attribute(tag, name).and_then(|text| text.trim().parse().ok());
                self.grid.start_cell(Span::new(count(b"colspan"), count(b"rowspan")));
                self.fonts = vec![self.font(tag)];
            }
            b"font" | b"span" => {
                let font = self.font(tag).or(self.fonts.last().copied().flatten());
                self.fonts.push(font);
            }
            b"br" => self.grid.break_line(),
            name if is_block(name) => self.grid.end_block(),
            _ => {}
        }
    }

    fn end(&mut self, name: &HtmlString) {
        if let Some(unshown) = &self.unshown {
            if unshown == &name.0 {
                self.unshown = None;
            }
            return;
        }
        match name.as_slice() {
            b"table" => self.grid.end_table(),
            b"html" | b"body" => self.closed = true,
            b"tr" => self.grid.end_row(),
            b"td" | b"th" => self.grid.end_cell(),
            b"font" | b"span" => drop(self.fonts.pop()),
            name if is_block(name) => self.grid.end_block(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        match &self.unshown {
            Some(tag) if tag == b"style" => self.styles.read(text),
            Some(_) => {}
            None => self.grid.text(text, self.fonts.last().copied().flatten()),
        }
    }

    /// The encoding that the font of a tag tells: by attribute, inline style, class, or the style of all such tags.
    fn font(&self, tag: &StartTag<()>) -> Option<Legacy> {
        let face = attribute(tag, b"face").and_then(font);
        let style = || attribute(tag, b"style").and_then(Styles::font);
        let class = || attribute(tag, b"class").and_then(|class| self.styles.of(&format!(".{class}")));
        let all = || self.styles.of(&String::from_utf8_lossy(&tag.name));
        face.or_else(style).or_else(class).or_else(all)
    }
}

fn attribute<'a>(tag: &'a StartTag<()>, name: &[u8]) -> Option<&'a str> {
    tag.attributes.get(name).and_then(|value| std::str::from_utf8(value).ok())
}

fn is_hidden(style: &str) -> bool {
    let plain: String = style.chars().filter(|letter| !letter.is_whitespace()).collect();
    plain.to_ascii_lowercase().contains("display:none")
}

fn is_block(name: &[u8]) -> bool {
    matches!(
        name,
        b"p" | b"div"
            | b"li"
            | b"ul"
            | b"ol"
            | b"h1"
            | b"h2"
            | b"h3"
            | b"h4"
            | b"h5"
            | b"h6"
            | b"hr"
            | b"center"
            | b"caption"
    )
}

/// The name that Excel notes beside the page, in a comment: `<x:Name>Học viên</x:Name>`.
fn sheet_name(page: &str) -> Option<String> {
    let (_, after) = page.split_once("<x:Name>")?;
    let (written, _) = after.split_once("</x:Name>")?;
    let mut name = String::new();
    for Ok(token) in Tokenizer::new(written) {
        if let Token::String(text) = token {
            name += &String::from_utf8_lossy(&text);
        }
    }
    Some(name.trim().to_owned()).filter(|name| !name.is_empty())
}

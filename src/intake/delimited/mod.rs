//! CSV and its kin: a text with separators, as one sheet of texts.
//!
//! Every cell is text; numbers and dates are told apart later, by the field. Rows count as spreadsheets count
//! them: a line break inside quotes begins no row, a blank line is one.

#[cfg(test)]
mod tests;

use csv::{ReaderBuilder, StringRecord};

use super::literal;
use super::refusals::unreadable;
use crate::model::{Cell, CellAt, Hidden, Refusal, SheetSeen, Sink, Workbook};
use crate::texts;

texts! {
    OPEN_QUOTE = "dấu ngoặc kép mở ở dòng {line} mà không đóng" / "a quotation mark opened on line {line} is never closed";
    CLOSE_QUOTE = "Sửa dấu ngoặc kép ở dòng đó, hoặc mở bằng Excel rồi lưu lại thành .xlsx." / "Correct the quotation mark on that line, or open it in Excel and save it as .xlsx.";
    TOO_WIDE = "dòng {line} có nhiều hơn 16.384 cột" / "line {line} has more than 16,384 columns";
    SPLIT_LINES = "Kiểm tra dấu ngăn cách và dấu xuống dòng của tệp." / "Check the separators and line breaks of the file.";
}

/// What separates cells, most trusted first.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];
/// How many lines are looked at to tell the separator.
const LINES: usize = 100;
/// Columns of a sheet (Excel's limit).
const COLUMNS: usize = 16_384;

/// A text with separators.
#[derive(Debug)]
pub struct Delimited {
    file: String,
    sheet: [SheetSeen; 1],
    /// With `\n` as its only line break.
    text: String,
    separator: u8,
    /// A first line `sep=;`, which is no row.
    skipped: usize,
}

impl Delimited {
    /// Whether a text looks like a table: many of its first lines have the same number of separators.
    pub fn is_table(text: &str) -> bool {
        separator_of(text).is_some()
    }

    /// A file with a table, as one sheet with the name of the file.
    ///
    /// # Errors
    /// A [`Refusal`] when quotation marks are not closed: where rows end cannot be told then.
    pub fn open(file: &str, text: &str) -> Result<Self, Refusal> {
        let text = text.trim_end_matches('\u{1a}');
        let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
        let (separator, skipped) = separator_of(&text).unwrap_or((SEPARATORS[0], 0));
        if let Some(line) = open_quote(&text, separator) {
            return Err(unreadable(file, OPEN_QUOTE.say().with("line", line), CLOSE_QUOTE.say()));
        }
        let sheet = [SheetSeen { name: super::stem(file).to_owned(), hidden: false }];
        Ok(Self { file: file.to_owned(), sheet, text, separator, skipped })
    }
}

impl Workbook for Delimited {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheet
    }

    fn property(&self, _name: &str) -> Option<&str> {
        None
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        let text = if sheet == 0 { &self.text[self.skipped..] } else { "" };
        let mut reader = ReaderBuilder::new()
            .delimiter(self.separator)
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        let mut record = StringRecord::new();
        let mut row = 0u32;
        loop {
            let start = reader.position().byte() as usize;
            // From memory and from a string, neither reading nor UTF-8 can fail.
            if !reader.read_record(&mut record).unwrap_or_default() {
                return Ok(Hidden::default());
            }
            // The library passes over blank lines without a word.
            row += text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| **byte == b'\n').count()
                as u32;
            if record.len() > COLUMNS {
                let found = TOO_WIDE.say().with("line", u64::from(row) + 1);
                return Err(unreadable(&self.file, found, SPLIT_LINES.say()));
            }
            for (column, field) in (0u16..).zip(&record).filter(|(_, field)| !field.is_empty()) {
                let raw = literal::plain(kept_as_text(field));
                if sink(Cell { at: CellAt::new(row, column), raw, font: None }).is_break() {
                    return Ok(Hidden::default());
                }
            }
            row += 1;
        }
    }
}

/// `="001"`: how programs keep Excel from dropping a zero; the text inside is meant.
fn kept_as_text(field: &str) -> &str {
    field
        .strip_prefix("=\"")
        .and_then(|rest| rest.strip_suffix('"'))
        .filter(|inner| !inner.contains('"'))
        .unwrap_or(field)
}

/// The separator of a table, and where its first row begins; `None` where the text is no table.
fn separator_of(text: &str) -> Option<(u8, usize)> {
    let first = text.split('\n').next().unwrap_or_default();
    if let [b's' | b'S', b'e' | b'E', b'p' | b'P', b'=', separator @ (b'\t' | b' '..=b'~')] =
        first.trim_end_matches('\r').as_bytes()
        && *separator != b'"'
    {
        return Some((*separator, (first.len() + 1).min(text.len())));
    }
    let mut best: Option<(usize, u8)> = None;
    for separator in SEPARATORS {
        let mut counts = separators(text, separator);
        let lines = counts.len();
        counts.retain(|count| *count > 0);
        counts.sort_unstable();
        let usual = counts.chunk_by(|a, b| a == b).max_by_key(|same| same.len() * same[0]);
        let Some((agreeing, count)) = usual.map(|same| (same.len(), same[0])) else { continue };
        // Tables of several widths may stand below each other; single commas are in every prose.
        let needed = if count == 1 { lines.div_ceil(2) } else { lines.div_ceil(4).max(lines.min(2)) };
        if agreeing >= needed && best.is_none_or(|(most, _)| agreeing * count > most) {
            best = Some((agreeing * count, separator));
        }
    }
    best.map(|(_, separator)| (separator, 0))
}

/// How many separators stand outside quotation marks, for each filled line among the first.
fn separators(text: &str, separator: u8) -> Vec<usize> {
    let (mut counts, mut count, mut filled) = (Vec::new(), 0, false);
    let mut state = Quotes::default();
    for byte in text.bytes() {
        let inside = state.next(byte, separator);
        if byte == b'\n' && !inside {
            counts.extend(filled.then_some(count));
            (count, filled) = (0, false);
            if counts.len() == LINES {
                return counts;
            }
        } else {
            filled |= !byte.is_ascii_whitespace() || byte == separator;
            count += usize::from(byte == separator && !inside);
        }
    }
    counts.extend(filled.then_some(count));
    counts
}

/// The line of a quotation mark that is never closed, from 1.
fn open_quote(text: &str, separator: u8) -> Option<usize> {
    let mut state = Quotes::default();
    let (mut line, mut opened) = (1, None);
    for byte in text.bytes() {
        match (state.next(byte, separator), opened) {
            (true, None) => opened = Some(line),
            (false, Some(_)) => opened = None,
            _ => {}
        }
        line += usize::from(byte == b'\n');
    }
    opened
}

/// Whether a byte stands between quotation marks; a mark opens only at the beginning of a field, and a doubled one is a letter.
#[derive(Default)]
enum Quotes {
    #[default]
    FieldBegins,
    Plain,
    Inside,
    MaybeClosed,
}

impl Quotes {
    fn next(&mut self, byte: u8, separator: u8) -> bool {
        *self = match (&self, byte) {
            (Self::FieldBegins, b'"') | (Self::MaybeClosed, b'"') => Self::Inside,
            (Self::Inside, b'"') => Self::MaybeClosed,
            (Self::Inside, _) => Self::Inside,
            (_, b'\n') => Self::FieldBegins,
            (_, byte) if byte == separator => Self::FieldBegins,
            _ => Self::Plain,
        };
        matches!(self, Self::Inside)
    }
}

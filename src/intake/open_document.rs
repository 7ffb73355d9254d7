//! What an `.ods` workbook tells beside the values that calamine reads: the legacy encoding that a cell's font shows, and
//! what is hidden.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::facts::{Facts, Used};
use super::xml::attribute;
use crate::model::{CellAt, Hidden, Legacy};
use crate::text;

/// Bytes of `content.xml` that are looked at; the package was judged before, so that this is a second wall.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The facts of every sheet of a file, in order; none where the part cannot be read to its end.
pub fn facts(bytes: &[u8]) -> Vec<Facts> {
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let Ok(part) = package.by_name("content.xml") else { return Vec::new() };
    let mut reader = Reader::from_reader(BufReader::new(part.take(MOST_BYTES)));
    let (mut content, mut buffer) = (Content::default(), Vec::new());
    loop {
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(tag)) => content.start(&tag),
            Ok(Event::Empty(tag)) => {
                content.start(&tag);
                content.end(tag.local_name().as_ref());
            }
            Ok(Event::End(tag)) => content.end(tag.local_name().as_ref()),
            Ok(Event::Eof) => return content.sheets,
            Ok(_) => {}
            Err(_) => return Vec::new(),
        }
        buffer.clear();
    }
}

/// How far the part was read.
#[derive(Default)]
struct Content {
    sheets: Vec<Facts>,
    /// The style that is being described, and the legacy encodings of those that are known.
    style: String,
    styles: HashMap<String, Legacy>,
    fonts: Vec<(CellAt, Legacy)>,
    hidden: Hidden,
    hidden_columns: Vec<(u16, u16)>,
    used: Used,
    row: Row,
    /// The next row, and the next column of the row or of the list of columns.
    next: (u32, u32),
}

/// The row under way.
#[derive(Default)]
struct Row {
    repeated: u32,
    is_hidden: bool,
    is_filled: bool,
}

impl Content {
    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "style" => self.style = attribute(tag, "name").unwrap_or_default(),
            "text-properties" => {
                let named = attribute(tag, "font-name").or_else(|| attribute(tag, "font-family"));
                if let Some(legacy) = named.and_then(|name| text::font(name.trim_matches('\''))) {
                    self.styles.insert(self.style.clone(), legacy);
                }
            }
            "table-column" => {
                let (first, count) = (self.next.1, repeated(tag, "number-columns-repeated"));
                self.next.1 = first.saturating_add(count);
                let stretch = u16::try_from(first).ok().zip(u16::try_from(self.next.1.saturating_sub(1)).ok());
                self.hidden_columns.extend(stretch.filter(|_| is_hidden(tag)));
            }
            "table-row" => {
                let repeated = repeated(tag, "number-rows-repeated");
                self.row = Row { repeated, is_hidden: is_hidden(tag), is_filled: false };
                self.next.1 = 0;
            }
            "table-cell" | "covered-table-cell" => self.cell(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "table-row" => {
                if self.row.is_hidden && self.row.is_filled {
                    self.hidden.rows = self.hidden.rows.saturating_add(self.row.repeated);
                }
                self.next = (self.next.0.saturating_add(self.row.repeated), 0);
            }
            "table" => {
                self.hidden.columns = self.used.hidden(&std::mem::take(&mut self.hidden_columns));
                self.sheets.push(Facts::new(std::mem::take(&mut self.fonts), std::mem::take(&mut self.hidden)));
                (self.used, self.next) = (Used::default(), (0, 0));
            }
            _ => {}
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        let first = self.next.1;
        let last = first.saturating_add(repeated(tag, "number-columns-repeated")) - 1;
        self.next.1 = last.saturating_add(1);
        let (Some(kind), Ok(column)) = (attribute(tag, "value-type"), u16::try_from(first)) else { return };
        self.row.is_filled = true;
        self.used.see(column);
        u16::try_from(last).into_iter().for_each(|last| self.used.see(last));
        let legacy = attribute(tag, "style-name").and_then(|style| self.styles.get(&style).copied());
        // A text repeated over cells or rows is no name; only cells that stand once have their font told.
        if let (Some(legacy), "string", true) = (legacy, kind.as_str(), first == last && self.row.repeated == 1) {
            self.fonts.push((CellAt::new(self.next.0, column), legacy));
        }
    }
}

fn is_hidden(tag: &BytesStart<'_>) -> bool {
    attribute(tag, "visibility").is_some_and(|visibility| visibility != "visible")
}

fn repeated(tag: &BytesStart<'_>, name: &str) -> u32 {
    attribute(tag, name).and_then(|count| count.parse().ok()).filter(|count| *count > 0).unwrap_or(1)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file(content: &str) -> Vec<u8> {
        let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
        package.start_file("content.xml", zip::write::SimpleFileOptions::default()).unwrap();
        package.write_all(content.as_bytes()).unwrap();
        package.finish().unwrap().into_inner()
    }

    const STYLES: &str = "<style:style style:name='ce1' style:family='table-cell'>\
        <style:text-properties style:font-name='.VnTimeH'/></style:style>";

    #[test]
    fn fonts_and_what_is_hidden_are_told() {
        let facts = facts(&file(&format!(
            "<office:document-content>{STYLES}<table:table table:name='A'><table:table-column/>\
             <table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>\
             <table:table-row table:number-rows-repeated='4'><table:table-cell/></table:table-row>\
             <table:table-row table:visibility='filter'><table:table-cell office:value-type='float'/>\
             <table:table-cell table:style-name='ce1' office:value-type='string'><text:p>A</text:p></table:table-cell>\
             </table:table-row><table:table-row table:visibility='collapse' table:number-rows-repeated='1000000'>\
             <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table>\
             <table:table table:name='B'/></office:document-content>"
        )));
        assert_eq!(facts.len(), 2);
        assert_eq!(facts[0].hidden, Hidden { rows: 1, columns: 1 });
        assert_eq!(facts[0].font(CellAt::new(4, 1)), Some(Legacy::Tcvn3Capitals));
        assert_eq!(facts[0].font(CellAt::new(4, 0)), None);
        assert_eq!(facts[1].hidden, Hidden::default());
    }

    #[test]
    fn of_a_damaged_part_nothing_is_known() {
        assert!(facts(&file("<a><b></a>")).is_empty());
        assert!(facts(b"no package").is_empty());
    }
}

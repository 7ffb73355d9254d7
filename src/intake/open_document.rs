//! What an `.ods` workbook tells beside the values that calamine reads: the legacy encoding that a cell's font shows, what
//! is hidden, and formulas that were never computed; and a look at its sizes before calamine believes them. A cell may
//! stand for any number of cells and rows, and calamine keeps the whole rectangle around those that are filled; rows
//! beyond the last it leaves out without a word.
//!
//! Source: OpenDocument 1.3, part 3: styles in 16, fonts in 16.23, tables in 9.1.

use std::collections::HashMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::facts::{Facts, MOST_CELLS};
use super::refusals;
use super::xml::attribute;
use crate::model::{CellAt, Legacy, Refusal};
use crate::text;

/// Bytes of a part that are looked at; the package was judged before, so that this is a second wall.
const MOST_BYTES: u64 = 256 * 1024 * 1024;

/// The facts of every sheet of a file, in order; none where its content cannot be read to the end.
///
/// # Errors
/// A [`Refusal`] when the content is cut off, or cells stand outside the grid or too far apart.
pub fn facts(file: &str, bytes: &[u8]) -> Result<Vec<Facts>, Refusal> {
    let Ok(mut package) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Ok(Vec::new()) };
    let mut document = Document::default();
    // Styles that have names of their own stand in a part before; without it, the cells tell most.
    let _ = document.read(&mut package, "styles.xml");
    let whole = document.read(&mut package, "content.xml");
    match document.outside.take() {
        Some(sheet) => Err(refusals::outside(file, &sheet)),
        // calamine would look for the end for ever.
        None if document.is_cut => Err(refusals::truncated(file)),
        None if document.span > MOST_CELLS => Err(refusals::scattered(file)),
        None => Ok(whole.map(|()| document.sheets).unwrap_or_default()),
    }
}

/// The style of cells that name none.
const DEFAULT: &str = "Default";

/// How far the document was read.
#[derive(Default)]
struct Document {
    sheets: Vec<Facts>,
    /// What the names of fonts stand for.
    faces: HashMap<String, Option<Legacy>>,
    /// The cell style that is being described, and the cell styles whose font is a legacy one.
    style: Option<String>,
    styles: HashMap<String, Legacy>,
    sheet: Facts,
    name: String,
    /// First and last rows, first and last columns around the filled cells of the sheet.
    around: Option<[(u32, u32); 2]>,
    /// Cells in the rectangles around the filled cells of all sheets.
    span: u64,
    /// Whether the part that was read last ends before its elements do.
    is_cut: bool,
    /// A sheet with a cell outside the grid.
    outside: Option<String>,
    /// Last column of each stretch of columns, with the style of its cells.
    columns: Vec<(u32, Option<String>)>,
    row: Row,
    /// The next row, and the next column of the row or of the list of columns.
    next: (u32, u32),
}

/// The row under way.
#[derive(Default)]
struct Row {
    /// The last row for which it stands.
    last: u32,
    /// The style of its cells.
    style: Option<String>,
}

impl Document {
    /// Reads a part; `None` where it is missing or damaged.
    fn read(&mut self, package: &mut zip::ZipArchive<Cursor<&[u8]>>, name: &str) -> Option<()> {
        let part = package.by_name(name).ok()?;
        let mut reader = Reader::from_reader(BufReader::new(part.take(MOST_BYTES)));
        let (mut buffer, mut depth) = (Vec::new(), 0_u64);
        loop {
            match reader.read_event_into(&mut buffer).ok()? {
                Event::Start(tag) => {
                    depth += 1;
                    self.start(&tag);
                }
                Event::Empty(tag) => {
                    self.start(&tag);
                    self.end(tag.local_name().as_ref());
                }
                Event::End(tag) => {
                    depth = depth.saturating_sub(1);
                    self.end(tag.local_name().as_ref());
                }
                Event::Eof => {
                    self.is_cut = depth > 0;
                    return Some(());
                }
                _ => {}
            }
            buffer.clear();
        }
    }

    fn start(&mut self, tag: &BytesStart<'_>) {
        match tag.local_name().as_ref() {
            "font-face" => {
                let family = attribute(tag, "font-family").unwrap_or_default();
                self.faces.insert(attribute(tag, "name").unwrap_or_default(), family_font(&family));
            }
            "style" if attribute(tag, "family").is_some_and(|family| family == "table-cell") => self.style(tag),
            "text-properties" => self.font(tag),
            "table" => self.name = attribute(tag, "name").unwrap_or_default(),
            "table-column" => {
                let (first, count) = (self.next.1, repeated(tag, "number-columns-repeated"));
                self.next.1 = first.saturating_add(count);
                self.columns.push((self.next.1 - 1, attribute(tag, "default-cell-style-name")));
                if is_hidden(tag) {
                    self.sheet.hide_columns(first, self.next.1 - 1);
                }
            }
            "table-row" => {
                let last = self.next.0.saturating_add(repeated(tag, "number-rows-repeated") - 1);
                self.row = Row { last, style: attribute(tag, "default-cell-style-name") };
                self.next.1 = 0;
                if is_hidden(tag) {
                    self.sheet.hide_rows(self.next.0, last);
                }
            }
            "table-cell" | "covered-table-cell" => self.cell(tag),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "style" => self.style = None,
            "table-row" => self.next = (self.row.last.saturating_add(1), 0),
            "table" => {
                self.sheets.push(std::mem::take(&mut self.sheet).ordered());
                let size = |(first, last): (u32, u32)| u64::from(last - first) + 1;
                self.span += self.around.take().map_or(0, |[rows, columns]| size(rows) * size(columns));
                self.columns.clear();
                self.next = (0, 0);
            }
            _ => {}
        }
    }

    /// A cell style begins with the font of the one that it is made from.
    fn style(&mut self, tag: &BytesStart<'_>) {
        let name = attribute(tag, "name").unwrap_or_default();
        let parent = attribute(tag, "parent-style-name").and_then(|parent| self.styles.get(&parent).copied());
        self.set_font(name.clone(), parent);
        self.style = Some(name);
    }

    /// The font of the cell style that is being described.
    fn font(&mut self, tag: &BytesStart<'_>) {
        let Some(style) = self.style.clone() else { return };
        if let Some(name) = attribute(tag, "font-name") {
            let legacy = self.faces.get(&name).copied().unwrap_or_else(|| text::font(&name));
            self.set_font(style, legacy);
        } else if let Some(family) = attribute(tag, "font-family") {
            self.set_font(style, family_font(&family));
        }
    }

    fn set_font(&mut self, style: String, legacy: Option<Legacy>) {
        match legacy {
            Some(legacy) => drop(self.styles.insert(style, legacy)),
            None => drop(self.styles.remove(&style)),
        }
    }

    fn cell(&mut self, tag: &BytesStart<'_>) {
        let (mut count, mut is_text, mut style) = (1, false, None);
        let (mut has_value, mut has_formula) = (false, false);
        // One pass: cells are nearly all of a document.
        for one in tag.attributes().with_checks(false).flatten() {
            match one.key.local_name().into_inner() {
                "number-columns-repeated" => count = one.value.parse().unwrap_or(1).max(1),
                // There are two of that name, and they say the same.
                "value-type" => (has_value, is_text) = (true, is_text || one.value == "string"),
                "formula" => has_formula = true,
                "style-name" => style = one.normalized_value(XmlVersion::Implicit1_0).ok(),
                _ => {}
            }
        }
        let first = self.next.1;
        self.next.1 = first.saturating_add(count);
        if !has_value && !has_formula {
            return;
        }
        // In a damaged document, a cell may stand outside a row.
        let (rows, last) = ((self.next.0, self.row.last.max(self.next.0)), self.next.1 - 1);
        if !self.is_within(rows, (first, last)) {
            return;
        }
        let (Ok(first), Ok(last)) = (u16::try_from(first), u16::try_from(last)) else { return };
        if !has_value {
            let cells = (rows.0..=rows.1).flat_map(|row| (first..=last).map(move |column| CellAt::new(row, column)));
            cells.for_each(|at| self.sheet.tell_uncomputed(at));
        }
        if !is_text || self.styles.is_empty() {
            return;
        }
        let style = style.as_deref().or(self.row.style.as_deref()).or_else(|| self.style_of_column(first.into()));
        if let Some(legacy) = self.styles.get(style.unwrap_or(DEFAULT)) {
            self.sheet.tell_font(rows, (first, last), *legacy);
        }
    }

    /// Takes note of where filled cells stand; whether they are in the grid and near enough to the others to be looked at.
    fn is_within(&mut self, rows: (u32, u32), columns: (u32, u32)) -> bool {
        if rows.1 > CellAt::LAST.row || columns.1 > u32::from(CellAt::LAST.column) {
            self.outside.get_or_insert_with(|| self.name.clone());
            return false;
        }
        let [all_rows, all_columns] = self.around.unwrap_or([rows, columns]);
        let widen = |all: (u32, u32), more: (u32, u32)| (all.0.min(more.0), all.1.max(more.1));
        let around = [widen(all_rows, rows), widen(all_columns, columns)];
        self.around = Some(around);
        let span: u64 = around.iter().map(|(first, last)| u64::from(last - first) + 1).product();
        self.span.saturating_add(span) <= MOST_CELLS
    }

    fn style_of_column(&self, column: u32) -> Option<&str> {
        let at = self.columns.partition_point(|(last, _)| *last < column);
        self.columns.get(at)?.1.as_deref()
    }
}

/// The legacy encoding of the first font of a list of families: `'VNI-Times', serif`.
fn family_font(families: &str) -> Option<Legacy> {
    text::font(families.split(',').next()?.trim().trim_matches(['\'', '"']))
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

    use proptest::prelude::*;

    use super::*;
    use crate::intake::facts::Counting;
    use crate::model::{Hidden, RefusalKind};

    fn file(parts: &[(&str, &str)]) -> Vec<u8> {
        let mut package = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            package.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            package.write_all(content.as_bytes()).unwrap();
        }
        package.finish().unwrap().into_inner()
    }

    fn sheets(styles: &str, content: &str) -> Vec<Facts> {
        let whole = |inner: &str| format!("<office:document>{inner}</office:document>");
        facts("a.ods", &file(&[("styles.xml", &whole(styles)), ("content.xml", &whole(content))])).unwrap_or_default()
    }

    const STYLES: &str = "<style:style style:name='ce1' style:family='table-cell'>\
        <style:text-properties style:font-name='.VnTimeH'/></style:style>";
    const TEXT: &str = "<table:table-cell office:value-type='string'/>";

    #[test]
    fn fonts_and_what_is_hidden_are_told() {
        let facts = sheets(
            "",
            &format!(
                "{STYLES}<table:table table:name='A'><table:table-column/>\
                 <table:table-column table:visibility='collapse' table:number-columns-repeated='2'/>\
                 <table:table-row table:number-rows-repeated='4'><table:table-cell/></table:table-row>\
                 <table:table-row table:visibility='filter'><table:table-cell office:value-type='float'/>\
                 <table:table-cell table:style-name='ce1' office:value-type='string'><text:p>A</text:p></table:table-cell>\
                 </table:table-row><table:table-row table:visibility='collapse' table:number-rows-repeated='1000000'>\
                 <table:table-cell table:number-columns-repeated='16000'/></table:table-row></table:table>\
                 <table:table table:name='B'/>"
            ),
        );
        assert_eq!(facts.len(), 2);
        assert_eq!(facts[0].font(CellAt::new(4, 1)), Some(Legacy::Tcvn3Capitals));
        assert_eq!(facts[0].font(CellAt::new(4, 0)), None);
        let mut counting = Counting::new(&facts[0]);
        (0..2).for_each(|column| counting.see(CellAt::new(4, column)));
        assert_eq!(counting.hidden(), Hidden { rows: 1, columns: 1 });
        assert_eq!(facts[1].font(CellAt::new(4, 1)), None);
    }

    #[test]
    fn a_cell_without_a_style_has_the_one_of_its_row_or_column() {
        let facts = sheets(
            "<style:style style:name='Default' style:family='table-cell'>\
             <style:text-properties style:font-name='.VnTime'/></style:style>",
            &format!(
                "<style:font-face style:name='.VnTimeH1' svg:font-family=\"'.VnTimeH', serif\"/>\
                 <style:style style:name='ce1' style:family='table-cell' style:parent-style-name='Default'>\
                 <style:text-properties style:font-name='.VnTimeH1'/></style:style>\
                 <style:style style:name='ce2' style:family='table-cell' style:parent-style-name='ce1'/>\
                 <style:style style:name='ce3' style:family='table-cell' style:parent-style-name='ce1'>\
                 <style:text-properties fo:font-family='Arial'/></style:style>\
                 <style:style style:name='ce2' style:family='text'>\
                 <style:text-properties style:font-name='VNI-Times'/></style:style>\
                 <table:table><table:table-column table:number-columns-repeated='2'/>\
                 <table:table-column table:default-cell-style-name='ce2'/>\
                 <table:table-column table:default-cell-style-name='ce3'/>\
                 <table:table-row>{TEXT}{TEXT}{TEXT}{TEXT}</table:table-row>\
                 <table:table-row table:default-cell-style-name='ce3'>{TEXT}</table:table-row></table:table>"
            ),
        );
        let font = |row, column| facts[0].font(CellAt::new(row, column));
        assert_eq!([font(0, 0), font(0, 1)], [Some(Legacy::Tcvn3); 2]);
        assert_eq!([font(0, 2), font(0, 3), font(1, 0)], [Some(Legacy::Tcvn3Capitals), None, None]);
    }

    #[test]
    fn a_cell_that_stands_for_many_tells_the_font_of_all() {
        let facts = sheets(
            "",
            &format!(
                "{STYLES}<table:table><table:table-row table:number-rows-repeated='3'><table:table-cell/>\
                 <table:table-cell table:style-name='ce1' table:number-columns-repeated='2' office:value-type='string'/>\
                 </table:table-row></table:table>"
            ),
        );
        for row in 0..4 {
            let fonts = [0, 1, 2, 3].map(|column| facts[0].font(CellAt::new(row, column)).is_some());
            assert_eq!(fonts, [false, row < 3, row < 3, false]);
        }
    }

    fn refused(content: &str) -> RefusalKind {
        let content = format!("<office:document><table:table table:name='A'>{content}</table:table></office:document>");
        facts("a.ods", &file(&[("content.xml", &content)])).unwrap_err().kind
    }

    #[test]
    fn cells_that_would_fill_the_memory_or_leave_the_grid_are_refused() {
        let row = |rows: u32, columns: u32, more: &str| {
            format!(
                "<table:table-row table:number-rows-repeated='{rows}'>\
                 <table:table-cell table:number-columns-repeated='{columns}' {more}/></table:table-row>"
            )
        };
        let value = "office:value-type='float' office:value='1'";
        let filled = |rows, columns| row(rows, columns, value);
        assert_eq!(refused(&filled(1_000_000, 17)), RefusalKind::TooLarge);
        // Two cells, far apart.
        assert_eq!(refused(&(filled(1, 1) + &row(70_000, 1, "") + &filled(1, 300))), RefusalKind::TooLarge);
        assert_eq!(refused(&row(1_000_000, 17, "table:formula='of:=1'")), RefusalKind::TooLarge);
        assert_eq!(refused(&filled(1_048_577, 1)), RefusalKind::Unreadable);
        assert_eq!(refused(&(row(1_048_576, 1, "") + &filled(1, 1))), RefusalKind::Unreadable);
        assert_eq!(refused(&filled(1, 16_385)), RefusalKind::Unreadable);
        assert_eq!(refused(&filled(u32::MAX, u32::MAX)), RefusalKind::Unreadable);
        // Blank cells may go on to the end of any sheet, and beyond.
        assert_eq!(sheets("", &format!("<table:table>{}</table:table>", row(u32::MAX, u32::MAX, ""))).len(), 1);
    }

    #[test]
    fn formulas_without_a_result_are_told() {
        let facts = sheets(
            "",
            "<table:table><table:table-row><table:table-cell table:formula='of:=1' office:value-type='float' \
             office:value='1'/><table:table-cell table:formula='of:=2' table:number-columns-repeated='2'/>\
             </table:table-row></table:table>",
        );
        assert_eq!(facts[0].uncomputed(), [CellAt::new(0, 1), CellAt::new(0, 2)]);
    }

    #[test]
    fn of_a_damaged_part_nothing_is_known() {
        for bytes in [&file(&[("content.xml", "<a><b></a>")])[..], &file(&[("styles.xml", "<a/>")]), b"no package"] {
            assert!(facts("a.ods", bytes).unwrap().is_empty());
        }
    }

    proptest! {
        #[test]
        fn no_damage_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
            let mut content = format!(
                "{STYLES}<table:table><table:table-column table:visibility='collapse' table:number-columns-repeated='22'/>\
                 <table:table-row table:visibility='filter' table:number-rows-repeated='4294967295'>\
                 <table:table-cell table:style-name='ce1' table:number-columns-repeated='4294967295' office:value-type='string'/>\
                 <table:table-cell table:style-name='ce1' office:value-type='string'/></table:table-row></table:table>"
            ).into_bytes();
            for (at, byte) in changes {
                *at.get_mut(&mut content) = byte;
            }
            for facts in sheets("", &String::from_utf8_lossy(&content)) {
                Counting::new(&facts).see(CellAt::new(u32::MAX, u16::MAX));
            }
        }
    }
}

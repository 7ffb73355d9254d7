//! CSV and its kin: a text with separators, as one sheet of texts.
//!
//! Every cell is text; numbers and dates are told apart later, by the field. Rows count as spreadsheets count
//! them: a line break inside quotes begins no row, a blank line is one.

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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::intake::tests::{given, texts};

    fn read(text: &str) -> Vec<(String, String)> {
        texts(&mut Delimited::open("182/Văn Lãng.csv", text).unwrap())
    }

    fn cells(expected: &[(&str, &str)]) -> Vec<(String, String)> {
        expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
    }

    #[test]
    fn the_separator_is_the_one_that_lines_agree_on() {
        for text in ["a;b;c\n1,5;2;3\n", "sep=;\na;b;c\n1,5;2;3\n", "a\tb\tc\n1,5\t2\t3", "a,b,c\n\"1,5\",2,3\r\n"] {
            let expected = [("A1", "a"), ("B1", "b"), ("C1", "c"), ("A2", "1,5"), ("B2", "2"), ("C2", "3")];
            assert_eq!(read(text), cells(&expected), "{text}");
        }
        assert_eq!(read("SEP=|\na|b\n"), cells(&[("A1", "a"), ("B1", "b")]));
    }

    #[test]
    fn prose_is_no_table() {
        let prose =
            "Kính gửi: Bộ Chỉ huy Quân sự tỉnh\n\nBan CHQS huyện báo cáo, kèm theo, như sau.\nTrân trọng\nNơi nhận\n";
        assert!(!Delimited::is_table(prose));
        assert!(!Delimited::is_table("chỉ một dòng"));
        assert!(Delimited::is_table("Danh sách;;\n;;\nTT;Họ và tên;CCCD\n1;A;2\n"));
    }

    #[test]
    fn rows_count_as_in_a_spreadsheet() {
        let text = "a;b\r\n\r\n\r\n\"hai\r\ndòng \"\"trích\"\"\";x\r\n;y\r\n";
        let expected = [("A1", "a"), ("B1", "b"), ("A4", "hai\ndòng \"trích\""), ("B4", "x"), ("B5", "y")];
        assert_eq!(read(text), cells(&expected));
        assert_eq!(read("a;b\rc;d"), cells(&[("A1", "a"), ("B1", "b"), ("A2", "c"), ("B2", "d")]));
        assert_eq!(read("\n\na;b\n"), cells(&[("A3", "a"), ("B3", "b")]));
    }

    #[test]
    fn kept_texts_and_error_values_are_told() {
        let mut workbook = Delimited::open("a.csv", "=\"020085000123\";\"=\"\"001\"\"\";#REF!;\"\"\"\"\n").unwrap();
        let expected = ["A1 Text(\"020085000123\")", "B1 Text(\"001\")", "C1 Error(\"#REF!\")", "D1 Text(\"\\\"\")"];
        assert_eq!(given(&mut workbook, 0), expected);
    }

    #[test]
    fn what_libreoffice_writes_is_read() {
        let bytes = crate::intake::tests::file("libreoffice.csv");
        let mut workbook = Delimited::open("a.csv", std::str::from_utf8(&bytes).unwrap()).unwrap();
        let given = given(&mut workbook, 0);
        assert_eq!(given.len(), 27);
        for cell in [
            r#"A1 Text("Danh sách Ban CHQS xã")"#,
            r#"C3 Text("020085000123")"#,
            r#"G3 Text("Ban CHQS xã\n(mới) <A&B>")"#,
            r#"D4 Text("31/12/1990")"#,
            r##"G6 Error("#DIV/0!")"##,
            r#"B7 Text("Hoµng V¨n Thô")"#,
        ] {
            assert!(given.contains(&cell.to_owned()), "{cell}: {given:#?}");
        }
    }

    #[test]
    fn the_sheet_is_named_after_the_file() {
        let workbook = Delimited::open("182-van-lang/Học viên.csv", "a;b").unwrap();
        assert_eq!(workbook.sheets()[0].name, "Học viên");
    }

    #[test]
    fn a_quotation_mark_left_open_is_refused_with_its_line() {
        let refusal = Delimited::open("a.csv", "a;b\n1;\"hai\n3;4\n5;6\n").err().unwrap();
        assert!(refusal.found.get(crate::model::Lang::Vi).contains("dòng 2"), "{refusal:?}");
        assert!(Delimited::open("a.csv", "a;b\n1;15\"\n").is_ok());
    }

    #[test]
    fn a_line_wider_than_a_sheet_is_refused() {
        let text = format!("a;b\n{}\n", ";".repeat(COLUMNS));
        let mut workbook = Delimited::open("a.csv", &text).unwrap();
        assert!(workbook.cells(0, &mut |_| std::ops::ControlFlow::Continue(())).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[a-z;,\"\n ]{1,6}", 2..5), 1..6)) {
            let mut text = String::from("sep=;\n");
            let mut expected = Vec::new();
            for (row, fields) in (0..).zip(&rows) {
                let quoted = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
                text += &(quoted.collect::<Vec<_>>().join(";") + "\n");
                expected.extend((0..).zip(fields).map(|(column, field)| (CellAt::new(row, column).to_string(), field.clone())));
            }
            prop_assert_eq!(read(&text), expected);
        }

        #[test]
        fn any_text_is_read_or_refused(text in "[a-c;,\t\"\n\r=#]{0,80}") {
            if let Ok(mut workbook) = Delimited::open("a.csv", &text) {
                texts(&mut workbook);
            }
        }
    }
}

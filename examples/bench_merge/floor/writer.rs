//! A writer of rows of the same bytes as the registers: addresses, styles, strings that come again shared, others in place.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::Path;
use std::sync::Mutex;

use flate2::write::DeflateEncoder;
use flate2::{Compression, Crc};
use rawzip::{CompressionMethod, DataDescriptorOutput, ZipArchiveWriter};

/// A string that was not seen yet, and one that was seen once; others have a number among the shared ones.
pub const UNSEEN: u32 = u32::MAX;
pub const ONCE: u32 = u32::MAX - 1;
/// Bytes that are deflated together.
const CHUNK: usize = 1 << 18;
const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";

/// Strings that come again, of all files.
#[derive(Default)]
pub struct Common(Mutex<HashMap<Vec<u8>, u32>>);

impl Common {
    pub fn number(&self, text: &[u8]) -> u32 {
        let mut all = self.0.lock().unwrap();
        let next = all.len() as u32;
        *all.entry(text.to_owned()).or_insert(next)
    }
}

/// How cells tell where they stand: by an address each, or by their order.
#[derive(Clone, Copy)]
pub enum Addresses {
    Each,
    Counted,
}

/// Rows of a sheet, deflated as they come.
pub struct Sheet {
    xml: Vec<u8>,
    deflate: DeflateEncoder<Vec<u8>>,
    crc: Crc,
    columns: Vec<String>,
    addresses: Addresses,
    /// The column behind the last cell.
    next: usize,
    open: bool,
}

impl Sheet {
    pub fn new(addresses: Addresses) -> Self {
        let letter = |column: u8| char::from(b'A' + column);
        let columns = (0..52).map(|at| match at {
            0..26 => letter(at).to_string(),
            _ => format!("A{}", letter(at - 26)),
        });
        let deflate = DeflateEncoder::new(Vec::new(), Compression::new(3));
        Self { xml: Vec::new(), deflate, crc: Crc::new(), columns: columns.collect(), addresses, next: 0, open: false }
    }

    pub fn row(&mut self, row: u32) {
        self.end_row();
        self.xml.extend_from_slice(b"<row r=\"");
        self.digits(row);
        self.xml.extend_from_slice(b"\">");
        self.open = true;
        self.next = 0;
    }

    pub fn shared(&mut self, column: usize, row: u32, number: u32) {
        self.cell(column, row);
        self.xml.extend_from_slice(b" s=\"1\" t=\"s\"><v>");
        self.digits(number);
        self.xml.extend_from_slice(b"</v></c>");
    }

    pub fn text(&mut self, column: usize, row: u32, text: &[u8]) {
        self.cell(column, row);
        self.xml.extend_from_slice(b" s=\"1\" t=\"inlineStr\"><is><t>");
        self.xml.extend_from_slice(text);
        self.xml.extend_from_slice(b"</t></is></c>");
    }

    pub fn number(&mut self, column: usize, row: u32, number: f64, style: u32) {
        self.cell(column, row);
        self.xml.extend_from_slice(if style < 3 { b" s=\"1\"><v>" } else { b" s=\"2\"><v>" });
        match number.fract() == 0.0 {
            true => self.digits(number as u32),
            false => write!(self.xml, "{number}").unwrap(),
        }
        self.xml.extend_from_slice(b"</v></c>");
    }

    pub fn finish(&mut self) {
        self.end_row();
        self.deflated();
        self.deflate.flush().unwrap();
    }

    fn end_row(&mut self) {
        if std::mem::take(&mut self.open) {
            self.xml.extend_from_slice(b"</row>");
        }
        if self.xml.len() > CHUNK {
            self.deflated();
        }
    }

    fn deflated(&mut self) {
        self.crc.update(&self.xml);
        self.deflate.write_all(&self.xml).unwrap();
        self.xml.clear();
    }

    fn cell(&mut self, column: usize, row: u32) {
        if let Addresses::Counted = self.addresses {
            (self.next..column).for_each(|_| self.xml.extend_from_slice(b"<c/>"));
            self.next = column + 1;
            return self.xml.extend_from_slice(b"<c");
        }
        self.xml.extend_from_slice(b"<c r=\"");
        self.xml.extend_from_slice(self.columns[column].as_bytes());
        self.digits(row);
        self.xml.push(b'"');
    }

    fn digits(&mut self, number: u32) {
        self.xml.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
    }
}

/// Writes the workbook.
pub fn package(out: &Path, sheets: Vec<Vec<Sheet>>, common: Common) {
    let mut package = ZipArchiveWriter::new(BufWriter::with_capacity(CHUNK, File::create(out).unwrap()));
    let numbers = 1..=sheets.len();
    let each = |one: &dyn Fn(usize) -> String| numbers.clone().map(one).collect::<String>();
    let of_sheet = |at: usize| {
        let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml";
        format!("<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"{kind}\"/>")
    };
    let mut common: Vec<(Vec<u8>, u32)> = common.0.into_inner().unwrap().into_iter().collect();
    common.sort_by_key(|(_, number)| *number);
    let strings = common.iter().map(|(text, _)| format!("<si><t>{}</t></si>", String::from_utf8_lossy(text)));
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    let parts = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"{kind}.sheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"{kind}.styles+xml\"/><Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"{kind}.sharedStrings+xml\"/>{}</Types>",
                each(&of_sheet)
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets>{}</sheets></workbook>",
                each(&|at| format!("<sheet name=\"{at}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>"))
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\">{}<Relationship Id=\"rId8\" Type=\"{OFFICE}/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId9\" Type=\"{OFFICE}/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
                each(&|at| format!(
                    "<Relationship Id=\"rId{at}\" Type=\"{OFFICE}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>"
                ))
            ),
        ),
        (
            "xl/styles.xml",
            format!(
                "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"1\"><fill><patternFill patternType=\"none\"/></fill></fills><borders count=\"1\"><border/></borders><cellStyleXfs count=\"1\"><xf/></cellStyleXfs><cellXfs count=\"3\"><xf/><xf/><xf numFmtId=\"14\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
            ),
        ),
        ("xl/sharedStrings.xml", format!("<sst xmlns=\"{MAIN}\">{}</sst>", strings.collect::<String>())),
    ];
    for (name, text) in parts {
        let whole = format!("{HEAD}{text}");
        put(&mut package, name, [deflated(whole.as_bytes())].into_iter());
    }
    for (number, rows) in (1..).zip(sheets) {
        let head = deflated(format!("{HEAD}<worksheet xmlns=\"{MAIN}\"><sheetData>").as_bytes());
        let rows = rows.into_iter().map(|mut sheet| (std::mem::take(sheet.deflate.get_mut()), sheet.crc));
        let tail = deflated(b"</sheetData></worksheet>");
        let name = format!("xl/worksheets/sheet{number}.xml");
        put(&mut package, &name, std::iter::once(head).chain(rows).chain([tail]));
    }
    package.finish().unwrap().flush().unwrap();
}

/// A stretch of a part, deflated so that another may follow.
fn deflated(content: &[u8]) -> (Vec<u8>, Crc) {
    let mut deflate = DeflateEncoder::new(Vec::new(), Compression::new(3));
    deflate.write_all(content).unwrap();
    deflate.flush().unwrap();
    let mut crc = Crc::new();
    crc.update(content);
    (std::mem::take(deflate.get_mut()), crc)
}

fn put<W: Write>(package: &mut ZipArchiveWriter<W>, name: &str, stretches: impl Iterator<Item = (Vec<u8>, Crc)>) {
    let (mut entry, _) = package.new_file(name).compression_method(CompressionMethod::DEFLATE).start().unwrap();
    let (mut crc, mut size) = (Crc::new(), 0);
    for (bytes, of_it) in stretches {
        entry.write_all(&bytes).unwrap();
        crc.combine(&of_it);
        size += u64::from(of_it.amount());
    }
    entry.write_all(&[3, 0]).unwrap();
    entry.finish(DataDescriptorOutput::new(crc.sum(), size)).unwrap();
}

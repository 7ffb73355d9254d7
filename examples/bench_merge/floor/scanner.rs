//! A scanner for the workbooks of the sets, and no others: shared strings, whole attributes in one order.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use memchr::{memchr, memmem, memrchr};
use zip::ZipArchive;

/// Bytes of a sheet that are looked at together.
const BUFFER: usize = 1 << 18;

/// What a cell holds.
pub enum Value {
    Shared(usize),
    /// A number with its style.
    Number(f64, u32),
}

/// A workbook with its strings, as they are escaped.
pub struct Book {
    pub name: String,
    path: std::path::PathBuf,
    strings: Vec<u8>,
    /// Where each string begins and ends.
    places: Vec<(u32, u32)>,
}

impl Book {
    pub fn open(path: &Path) -> Self {
        let mut strings = Vec::new();
        archive(path).by_name("xl/sharedStrings.xml").unwrap().read_to_end(&mut strings).unwrap();
        let mut places = Vec::new();
        for at in memmem::find_iter(&strings, b"<t") {
            let start = at + memchr(b'>', &strings[at..]).unwrap() + 1;
            places.push((start as u32, (start + memchr(b'<', &strings[start..]).unwrap()) as u32));
        }
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Self { name, path: path.to_owned(), strings, places }
    }

    pub fn strings(&self) -> usize {
        self.places.len()
    }

    pub fn string(&self, at: usize) -> &[u8] {
        let (start, end) = self.places[at];
        &self.strings[start as usize..end as usize]
    }

    /// The last row of a sheet, from one, as the sheet declares it.
    pub fn last_row(&self, sheet: usize) -> u32 {
        let mut head = [0; 1024];
        archive(&self.path).by_name(&part(sheet)).unwrap().read_exact(&mut head).unwrap();
        let at = memmem::find(&head, b"<dimension ref=\"").unwrap() + 16;
        let end = at + memchr(b'"', &head[at..]).unwrap();
        let digits = head[at..end].iter().rposition(|byte| !byte.is_ascii_digit()).unwrap() + 1;
        number(&head[at + digits..end]) as u32
    }

    /// Every filled cell: row from one, column from zero.
    pub fn cells(&self, sheet: usize, mut sink: impl FnMut(u32, usize, Value)) {
        let mut archive = archive(&self.path);
        let mut part = archive.by_name(&part(sheet)).unwrap();
        let mut buffer = vec![0; BUFFER];
        let mut filled = 0;
        loop {
            let read = part.read(&mut buffer[filled..]).unwrap();
            filled += read;
            // Whole cells only; the rest waits for the next bytes.
            let whole = if read == 0 { filled } else { memmem::rfind(&buffer[..filled], b"<c ").unwrap_or(0) };
            scan(&buffer[..whole], &mut sink);
            buffer.copy_within(whole..filled, 0);
            filled -= whole;
            if read == 0 {
                return;
            }
        }
    }
}

fn archive(path: &Path) -> ZipArchive<BufReader<File>> {
    ZipArchive::new(BufReader::with_capacity(1 << 16, File::open(path).unwrap())).unwrap()
}

fn part(sheet: usize) -> String {
    format!("xl/worksheets/sheet{}.xml", sheet + 1)
}

fn scan(xml: &[u8], sink: &mut impl FnMut(u32, usize, Value)) {
    let mut rest = xml;
    while let Some(at) = memchr(b'<', rest) {
        rest = &rest[at + 1..];
        let Some(cell) = rest.strip_prefix(b"c r=\"") else { continue };
        let (mut column, mut row, mut at) = (0, 0, 0);
        while cell[at].is_ascii_uppercase() {
            column = column * 26 + usize::from(cell[at] - b'A') + 1;
            at += 1;
        }
        while cell[at].is_ascii_digit() {
            row = row * 10 + u32::from(cell[at] - b'0');
            at += 1;
        }
        let (mut style, mut shared) = (0, false);
        at += 1;
        while cell[at] == b' ' {
            let value = &cell[at + 4..];
            let end = memchr(b'"', value).unwrap();
            match cell[at + 1] {
                b's' => style = number(&value[..end]) as u32,
                _ => shared = value[0] == b's',
            }
            at += 4 + end + 1;
        }
        let Some(value) = cell[at..].strip_prefix(b"><v>") else { continue };
        let end = memchr(b'<', value).unwrap();
        let said = number(&value[..end]);
        sink(row, column - 1, if shared { Value::Shared(said as usize) } else { Value::Number(said, style) });
        rest = &value[end..];
    }
    debug_assert!(memrchr(b'<', rest).is_none());
}

fn number(digits: &[u8]) -> f64 {
    let mut whole = 0u64;
    for digit in digits {
        match digit {
            b'0'..=b'9' => whole = whole * 10 + u64::from(digit - b'0'),
            _ => return std::str::from_utf8(digits).unwrap().parse().unwrap(),
        }
    }
    whole as f64
}

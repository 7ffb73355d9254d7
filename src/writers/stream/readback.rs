//! A workbook that was written here, read back: every part to its end, and the rows of registers counted by their tags,
//! since a scan of each cell would cost as much as reading what districts sent.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::Path;

use memchr::memmem;
use zip::ZipArchive;

use super::package::part;

/// Bytes of a part that are looked through together.
const BLOCK: u64 = 1 << 18;

/// Where the rows of registers stand.
#[derive(Clone, Debug)]
pub struct Registers {
    /// Their sheets, by position in the workbook.
    pub sheets: Vec<usize>,
    /// The row of their titles, from zero; rows stand below.
    pub titles: u32,
    /// The letters of the column that holds a number in each row.
    pub column: String,
}

/// Reads a workbook to its end, with the checksums of all of its parts; gives the number of rows of its registers.
///
/// # Errors
/// When a part cannot be read or is not what was written. What the system did not answer itself is a damaged package.
pub fn rows(path: &Path, registers: &Registers) -> io::Result<usize> {
    let mut package = ZipArchive::new(BufReader::new(File::open(path)?))?;
    let parts: Vec<String> = registers.sheets.iter().map(|sheet| part(*sheet)).collect();
    let mut found = 0;
    for at in 0..package.len() {
        let mut entry = package.by_index(at)?;
        if parts.iter().any(|part| entry.name().is_ok_and(|name| name == part.as_str())) {
            found += rows_of(&mut entry, registers)?;
        } else {
            io::copy(&mut entry, &mut io::sink())?;
        }
    }
    Ok(found)
}

/// The cells of the column below the titles that hold a number; blocks end between rows.
fn rows_of(part: &mut impl Read, registers: &Registers) -> io::Result<usize> {
    let cell = format!("<c r=\"{}", registers.column);
    let cells = memmem::Finder::new(cell.as_bytes());
    let (mut held, mut found) = (Vec::new(), 0);
    loop {
        let last = part.take(BLOCK).read_to_end(&mut held)? == 0;
        let end = if last { held.len() } else { memmem::rfind(&held, b"<row ").unwrap_or(0) };
        let block = held.get(..end).unwrap_or_default();
        let behind = cells.find_iter(block).filter_map(|at| block.get(at + cell.len()..));
        found += behind.filter(|cell| holds_number(cell, registers.titles)).count();
        if last {
            return Ok(found);
        }
        held.drain(..end);
    }
}

/// Whether a cell, from the number of its row on, stands below the titles and holds a number: `12" s="3"><v>7</v></c>`.
fn holds_number(cell: &[u8], titles: u32) -> bool {
    let Some(quote) = cell.iter().position(|byte| !byte.is_ascii_digit()) else { return false };
    let row = cell.get(..quote).and_then(|digits| std::str::from_utf8(digits).ok()?.parse::<u32>().ok());
    let tag = cell.split(|byte| *byte == b'>').next().unwrap_or_default();
    row.is_some_and(|row| row > titles + 1) && memmem::find(tag, b" t=\"").is_none() && !tag.ends_with(b"/")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn counted(sheet: &str) -> usize {
        let registers = Registers { sheets: vec![0], titles: 1, column: "D".to_owned() };
        rows_of(&mut sheet.as_bytes(), &registers).unwrap()
    }

    #[test]
    fn numbers_below_the_titles_are_counted_and_nothing_else() {
        let row = |number: u32, cell: &str| format!("<row r=\"{number}\"><c r=\"C{number}\"/>{cell}</row>");
        let number = |row: u32| format!("<c r=\"D{row}\" s=\"3\"><v>7</v></c>");
        let rows = [
            row(2, &number(2)),
            row(3, &number(3)),
            row(4, "<c r=\"D4\" s=\"3\" t=\"s\"><v>7</v></c>"),
            row(5, "<c r=\"D5\" s=\"3\"/>"),
            row(6, "<c r=\"DA6\"><v>7</v></c>"),
            row(7, &number(7)),
        ];
        assert_eq!(counted(&rows.concat()), 2);
    }

    #[test]
    fn rows_are_counted_across_blocks() {
        let most = u32::try_from(BLOCK).unwrap() / 16;
        let rows = (3..most).map(|row| format!("<row r=\"{row}\"><c r=\"D{row}\"><v>7</v></c></row>"));
        assert_eq!(counted(&rows.collect::<String>()), most as usize - 3);
    }
}

//! The text of a CSV file as rows of cells.

use std::borrow::Cow;

/// A CSV with its header.
pub struct Csv<'a> {
    /// The names of its columns.
    pub head: Vec<Cow<'a, str>>,
    /// Line number and cells.
    pub rows: Vec<(usize, Vec<Cow<'a, str>>)>,
    /// Line number of what is no row, and why.
    pub faults: Vec<(usize, String)>,
}

impl<'a> Csv<'a> {
    /// Reads a text.
    pub fn read(text: &'a str) -> Self {
        let text = text.trim_start_matches('\u{feff}');
        Self::plain(text).unwrap_or_else(|| Self::quoted(text))
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|head| head == name)
    }

    /// Reads a text without quotes, blank lines and faults: to make the library's reader costs as much as a hundred such
    /// lines, and a form has a score of short lists.
    fn plain(text: &'a str) -> Option<Self> {
        if text.contains(['"', '\r']) || text.starts_with('\n') || text.contains("\n\n") {
            return None;
        }
        let mut lines = text.lines();
        let head: Vec<Cow<'a, str>> = lines.next()?.split(',').map(Cow::Borrowed).collect();
        let cells = |line: &'a str| {
            let mut cells = Vec::with_capacity(head.len());
            cells.extend(line.split(',').map(|cell| Cow::Borrowed(cell.trim())));
            cells
        };
        let rows: Vec<(usize, Vec<_>)> = (2..).zip(lines.map(cells)).collect();
        let whole = rows.iter().all(|(_, row)| row.len() == head.len());
        whole.then_some(Self { head, rows, faults: Vec::new() })
    }

    fn quoted(text: &str) -> Self {
        let owned = |cell: &str| Cow::Owned(cell.to_owned());
        let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
        let head = reader.headers().map(|head| head.iter().map(owned).collect()).unwrap_or_default();
        let mut csv = Self { head, rows: Vec::new(), faults: Vec::new() };
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                    csv.rows.push((line, record.iter().map(|cell| owned(cell.trim())).collect()));
                }
                Err(error) => {
                    let line = error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
                    csv.faults.push((line, error.to_string()));
                }
            }
        }
        csv
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::Csv;

    proptest! {
        #[test]
        fn what_is_read_plainly_is_what_the_library_reads(text in "([a-c \u{e0}]{0,2}[,\n\"]?){0,12}") {
            if let Some(plain) = Csv::plain(&text) {
                let quoted = Csv::quoted(&text);
                prop_assert_eq!((plain.head, plain.rows, plain.faults), (quoted.head, quoted.rows, quoted.faults));
            }
        }
    }
}

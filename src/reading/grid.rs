//! A workbook in memory: what the pages of the checks and the tests read.

use crate::model::{Cell, CellAt, Hidden, Raw, Refusal, SheetSeen, Sink, Workbook};

/// Sheets of texts, row by row.
#[derive(Clone, Debug, Default)]
pub struct Grid {
    sheets: Vec<SheetSeen>,
    rows: Vec<Vec<Vec<String>>>,
}

impl Grid {
    /// The same with one more sheet.
    pub fn with(mut self, name: &str, rows: Vec<Vec<String>>) -> Self {
        self.sheets.push(SheetSeen { name: name.to_owned(), hidden: false });
        self.rows.push(rows);
        self
    }
}

impl Workbook for Grid {
    fn sheets(&self) -> &[SheetSeen] {
        &self.sheets
    }

    fn property(&self, _name: &str) -> Option<&str> {
        None
    }

    fn cells(&mut self, sheet: usize, sink: &mut Sink<'_>) -> Result<Hidden, Refusal> {
        for (row, cells) in (0..).zip(self.rows.get(sheet).into_iter().flatten()) {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                let cell = Cell { at: CellAt::new(row, column), raw: Raw::Text(text), font: None };
                if sink(cell).is_break() {
                    return Ok(Hidden::default());
                }
            }
        }
        Ok(Hidden::default())
    }
}

//! Sheets that repeat another row by row, such as a copy kept for safety: their rows count once, and that is said.

use crate::model::{Finding, Place, State, Submission, Table, TableShape, baseline};
use crate::texts;

texts! {
    REPEATS = "trang «{copy}» chép lại đúng {rows} dòng của trang «{original}»: các dòng này chỉ tính một lần" / "sheet \"{copy}\" repeats {rows} rows of sheet \"{original}\" exactly: they count once";
    ONCE = "mỗi dòng ghi một lần" / "each row once";
    REMOVE = "Không phải làm gì; nên xóa trang chép trước khi gửi lần sau." / "Nothing to do; better remove the copy before sending the file next time.";
}

/// What a submission held before a sheet was read.
pub struct Before {
    findings: usize,
    repairs: usize,
    tables: Vec<Table>,
}

/// Rows that are the same by chance are no copy.
const FEWEST: usize = 3;

impl Before {
    /// Takes note of a submission. Of its tables all but the rows, which are cut off again where need be.
    pub fn of(submission: &Submission) -> Self {
        let bare = |table: &Table| Table {
            columns: Vec::new(),
            origin: table.origin.clone(),
            parts: table.parts.clone(),
            taken: table.taken.clone(),
            ..*table
        };
        let tables = submission.tables.iter().map(bare).collect();
        Self { findings: submission.findings.len(), repairs: submission.repairs.len(), tables }
    }

    /// Takes back what a sheet added, if all of it repeats an earlier sheet, and says so.
    pub fn restore_if_copied(self, submission: &mut Submission, sheet: &str, tables: &[TableShape]) {
        let grown = |(table, before): &(&Table, &Table)| table.len() > before.len();
        let pairs = || submission.tables.iter().zip(&self.tables);
        let originals: Vec<Option<String>> = pairs()
            .filter(grown)
            .map(|(table, before)| original(table, before.len(), &tables[table.shape].key))
            .collect();
        let rows: usize = pairs().map(|(table, before)| table.len() - before.len()).sum();
        let Some(Some(first)) = originals.first().cloned().filter(|_| originals.iter().all(Option::is_some)) else {
            return;
        };
        submission.findings.truncate(self.findings);
        submission.repairs.truncate(self.repairs);
        for (table, before) in submission.tables.iter_mut().zip(self.tables) {
            let rows = before.len();
            table.columns.iter_mut().for_each(|column| column.truncate(rows));
            *table = Table { columns: std::mem::take(&mut table.columns), ..before };
        }
        let found = REPEATS.say().with("copy", sheet).with("rows", rows).with("original", first);
        let place = Place { sheet: sheet.to_owned(), cell: None };
        let said = [found, ONCE.say(), REMOVE.say()];
        submission.findings.push(Finding::of_file(&baseline::TABLE_COPIED, vec![place], said));
    }
}

/// The sheet of the earlier part whose rows are, one by one, those from `start` on. Rows that name nobody, such as the
/// vacant posts of two communes, may well be the same.
fn original(table: &Table, start: usize, key: &[usize]) -> Option<String> {
    let added = table.len() - start;
    let named = |row: &usize| key.iter().any(|field| table.columns[*field].state(*row) != State::Blank);
    if (start..table.len()).filter(named).count() < FEWEST {
        return None;
    }
    let mut from = 0;
    while from < start {
        let part = table.origin.get(from)?.part;
        let rows = table.origin[from..start].iter().take_while(|row| row.part == part).count();
        let same = |row: usize| table.columns.iter().all(|column| column.same(from + row, start + row));
        if rows == added && (0..rows).all(same) {
            return table.parts.get(usize::from(part)).map(|part| part.sheet.clone());
        }
        from += rows;
    }
    None
}

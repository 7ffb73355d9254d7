//! Results are read back before they are published: what a disk or a network lost on the way is found while the previous
//! results still stand.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{anyhow, ensure};

use crate::intake::{self, FileFound};
use crate::model::{CellAt, Label, Raw, Refusal, RefusalKind, Workbook, own, trouble};
use crate::texts;
use crate::writers::{self, Registers};

texts! {
    UNSOUND = "tệp kết quả «{file}» ghi xong đọc lại không được: {why}. Kết quả cũ còn nguyên; kiểm tra ổ đĩa rồi chạy lại, hoặc chọn nơi khác bằng --out." / "the result \"{file}\" was written and cannot be read back: {why}. The previous results are whole; look over the disk and run again, or choose another place by --out.";
    DAMAGED = "một phần của tệp bị hỏng" / "a part of it is damaged";
    LOST = "các sổ có {found} dòng, phải có {expected}" / "the registers hold {found} rows, and should hold {expected}";
}

/// The column of a register that says which row of a district's file a row was.
const ROW: usize = own::PROVENANCE.len() - 1;

/// Opens a result: its directory, its list of sheets, its strings and styles. Sheets are not read again, which would cost as
/// much as reading what the district sent.
///
/// # Errors
/// When something of it cannot be read.
pub fn opens(path: &Path) -> anyhow::Result<()> {
    opened(path).map(|_| ())
}

/// Reads the consolidated workbook to its end; the registers hold as many rows as were accepted. `first` are the titles of
/// the first columns of the form's tables, by which registers differ from lists of rows.
///
/// # Errors
/// When something of it cannot be read, or rows are missing.
pub fn consolidated(path: &Path, first: &[&Label], expected: usize) -> anyhow::Result<()> {
    let Some(mut workbook) = opened(path)? else { return Ok(()) };
    let mut sheets = Vec::new();
    for sheet in 0..workbook.sheets().len() {
        let found = is_register(workbook.as_mut(), sheet, first);
        if found.map_err(|refusal| unsound(path, refusal.found.into()))? {
            sheets.push(sheet);
        }
    }
    drop(workbook);
    let column = CellAt::new(0, u16::try_from(ROW)?).column_letters();
    let found = writers::rows_written(path, &Registers { sheets, titles: own::REGISTER_HEADER, column });
    let found = found.map_err(|error| {
        let damaged = error.raw_os_error().is_none();
        unsound(path, if damaged { Label::from(&DAMAGED) } else { trouble::why(&error) })
    })?;
    ensure!(found == expected, unsound(path, LOST.say().with("found", found).with("expected", expected).into()));
    Ok(())
}

/// A result as it is read; `None` where it is too large for our own reader.
fn opened(path: &Path) -> anyhow::Result<Option<Box<dyn Workbook + Send>>> {
    match intake::open(&FileFound::at(path)).1 {
        Ok(workbook) => Ok(Some(workbook)),
        // Limits are for what others send: what passes them here is a large result.
        Err(refusal) if matches!(refusal.kind, RefusalKind::TooLarge | RefusalKind::Unsafe) => Ok(None),
        Err(refusal) => Err(unsound(path, refusal.found.into())),
    }
}

/// Whether a sheet is a register: one with the titles that say which row of a district's file a row was.
fn is_register(workbook: &mut dyn Workbook, sheet: usize, first: &[&Label]) -> Result<bool, Refusal> {
    let mut titles = BTreeSet::new();
    workbook.cells(sheet, &mut |cell| {
        let column = usize::from(cell.at.column);
        let is_title = |text: &str| match own::PROVENANCE.get(column) {
            Some(title) => own::says(text, *title),
            None => first.iter().any(|label| label.vi == text || label.en == text),
        };
        match cell.raw {
            _ if cell.at.row > own::REGISTER_HEADER => return ControlFlow::Break(()),
            Raw::Text(text) if cell.at.row == own::REGISTER_HEADER && column <= ROW + 1 && is_title(text) => {
                titles.insert(column);
            }
            _ => {}
        }
        ControlFlow::Continue(())
    })?;
    Ok(titles.len() == ROW + 2)
}

fn unsound(path: &Path, why: Label) -> anyhow::Error {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    anyhow!(UNSOUND.say().with("file", file).with_label("why", why))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A sample that districts sent stands for a result; it holds no register.
    fn sample(folder: &Path) -> std::path::PathBuf {
        let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/round-1");
        let first = std::fs::read_dir(samples).unwrap().map(|entry| entry.unwrap().path()).next().unwrap();
        let path = folder.join("tong-hop.xlsx");
        std::fs::copy(first, &path).unwrap();
        path
    }

    #[test]
    fn a_result_that_lost_a_byte_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample(folder.path());
        opens(&path).unwrap();
        consolidated(&path, &[], 0).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x10;
        std::fs::write(&path, &bytes).unwrap();
        assert!(consolidated(&path, &[], 0).unwrap_err().to_string().contains("«tong-hop.xlsx»"));
        std::fs::write(&path, &bytes[..middle]).unwrap();
        assert!(opens(&path).is_err());
    }

    #[test]
    fn a_register_that_lost_rows_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample(folder.path());
        consolidated(&path, &[], 0).unwrap();
        assert!(consolidated(&path, &[], 1).unwrap_err().to_string().contains("0 dòng"));
    }
}

//! Results are read back before they are published: what a disk or a network lost on the way is found while the previous
//! results still stand.

use std::collections::BTreeSet;
use std::ops::ControlFlow;
use std::path::Path;

use anyhow::{anyhow, bail};

use super::hand_back::Written;
use crate::intake::{self, FileFound};
use crate::model::{Label, Raw, Refusal, Wanted, Workbook, own};
use crate::texts;

texts! {
    UNSOUND = "tệp kết quả «{file}» ghi xong đọc lại không được: {why}. Kết quả cũ còn nguyên; kiểm tra ổ đĩa rồi chạy lại, hoặc chọn nơi khác bằng --out." / "the result \"{file}\" was written and cannot be read back: {why}. The previous results are whole; look over the disk and run again, or choose another place by --out.";
    OTHERWISE = "nội dung trên đĩa khác nội dung đã ghi" / "the disk holds other content than was written";
    LOST = "các sổ có {found} dòng, phải có {expected}" / "the registers hold {found} rows, and should hold {expected}";
}

/// The column of a register that says which row of a district's file a row was.
const ROW: usize = own::PROVENANCE.len() - 1;

/// Compares a hand-back with what was to be written, or opens it: its directory, its list of sheets, its strings and
/// styles. Sheets are not read again, which would cost as much as reading what the district sent.
///
/// # Errors
/// When something of it is otherwise or cannot be read.
pub fn hand_back(written: &Written) -> anyhow::Result<()> {
    let path = &written.path;
    let Some(whole) = &written.whole else { return opened(path).map(drop) };
    match std::fs::read(path) {
        Ok(found) if found == *whole => Ok(()),
        Ok(_) => Err(unsound(path, Label::from(&OTHERWISE))),
        Err(error) => Err(unsound(path, Label::same(error.to_string()))),
    }
}

/// Reads the consolidated workbook to its end; the registers hold as many rows as were accepted. `first` are the titles of
/// the first columns of the form's tables, by which registers differ from lists of rows.
///
/// # Errors
/// When something of it cannot be read, or rows are missing.
pub fn consolidated(path: &Path, first: &[&Label], expected: usize) -> anyhow::Result<()> {
    let mut workbook = opened(path)?;
    let sheets = 0..workbook.sheets().len();
    let found: usize = sheets
        .map(|sheet| rows(workbook.as_mut(), sheet, first))
        .sum::<Result<_, Refusal>>()
        .map_err(|refusal| unsound(path, refusal.found.into()))?;
    if found != expected {
        bail!(unsound(path, LOST.say().with("found", found).with("expected", expected).into()));
    }
    Ok(())
}

fn opened(path: &Path) -> anyhow::Result<Box<dyn Workbook + Send>> {
    intake::open_own(&FileFound::at(path)).map_err(|refusal| unsound(path, refusal.found.into()))
}

/// The rows of a register: those that say which row of a district's file they were. Any other sheet has none.
fn rows(workbook: &mut dyn Workbook, sheet: usize, first: &[&Label]) -> Result<usize, Refusal> {
    let columns = if is_register(workbook, sheet, first)? { ROW as u16 + 1 } else { 0 };
    let mut rows = 0;
    workbook.wanted(sheet, Wanted::Columns(columns), &mut |cell| {
        let counts = cell.at.row > own::REGISTER_HEADER && usize::from(cell.at.column) == ROW;
        rows += usize::from(counts && matches!(cell.raw, Raw::Number(_)));
        ControlFlow::Continue(())
    })?;
    Ok(rows)
}

/// Whether a sheet has the titles of a register: those of provenance, and the first of a table's.
fn is_register(workbook: &mut dyn Workbook, sheet: usize, first: &[&Label]) -> Result<bool, Refusal> {
    let mut titles = BTreeSet::new();
    workbook.wanted(sheet, Wanted::Rows(&BTreeSet::from([own::REGISTER_HEADER])), &mut |cell| {
        let Raw::Text(text) = cell.raw else { return ControlFlow::Continue(()) };
        let column = usize::from(cell.at.column);
        let is_title = match own::PROVENANCE.get(column) {
            Some(title) => own::says(text, *title),
            None => column == ROW + 1 && first.iter().any(|label| label.vi == text || label.en == text),
        };
        titles.extend(is_title.then_some(column));
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
        let opens = |whole| hand_back(&Written { path: path.clone(), whole });
        opens(None).unwrap();
        opens(Some(std::fs::read(&path).unwrap())).unwrap();
        consolidated(&path, &[], 0).unwrap();
        let mut bytes = std::fs::read(&path).unwrap();
        let middle = bytes.len() / 2;
        let whole = bytes.clone();
        bytes[middle] ^= 0x10;
        std::fs::write(&path, &bytes).unwrap();
        assert!(opens(Some(whole)).unwrap_err().to_string().contains("«tong-hop.xlsx»"));
        assert!(consolidated(&path, &[], 0).unwrap_err().to_string().contains("«tong-hop.xlsx»"));
        std::fs::write(&path, &bytes[..middle]).unwrap();
        assert!(opens(None).is_err());
    }

    #[test]
    fn a_register_that_lost_rows_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let path = sample(folder.path());
        consolidated(&path, &[], 0).unwrap();
        assert!(consolidated(&path, &[], 1).unwrap_err().to_string().contains("0 dòng"));
    }
}

//! The scanner of `.xlsx` against calamine: the same cells at the same places, workbook by workbook.
//!
//! `TONGHOP_WORKBOOKS=<folder> cargo test --test xlsx -- --ignored` compares every workbook below a folder.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, DataRef, Reader, SheetType, Xlsx};
use tonghop::intake;
use tonghop::model::{CellAt, Lang, Raw};

/// What a reader says of a workbook: its cells as `sheet!A1 value`, or why not.
type Said = Result<Vec<String>, String>;

fn ours(path: &Path) -> Said {
    let found = intake::FileFound { path: path.to_owned(), name: path.display().to_string() };
    let mut workbook = intake::open(&found).1.map_err(|refusal| refusal.found.get(Lang::En))?;
    let sheets = workbook.sheets().to_vec();
    let mut cells = Vec::new();
    for (index, sheet) in sheets.iter().enumerate() {
        let read = workbook.cells(index, &mut |cell| {
            let value = match cell.raw {
                Raw::Text(text) => format!("{text:?}"),
                Raw::Number(number) | Raw::Date(number) => number.to_string(),
                Raw::Bool(truth) => truth.to_string(),
                Raw::Error(error) => error.to_owned(),
                // calamine does not tell it.
                Raw::Uncomputed => return ControlFlow::Continue(()),
            };
            cells.push(format!("{}!{} {value}", sheet.name, cell.at));
            ControlFlow::Continue(())
        });
        read.map_err(|refusal| refusal.found.get(Lang::En))?;
    }
    Ok(cells)
}

fn reference(path: &Path) -> Said {
    let bytes = std::fs::read(path).unwrap();
    std::panic::catch_unwind(|| by_calamine(bytes)).unwrap_or_else(|_| Err("panic".to_owned()))
}

fn by_calamine(bytes: Vec<u8>) -> Said {
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let shift = if workbook.has_1904_epoch() { 1_462.0 } else { 0.0 };
    let mut cells = Vec::new();
    for sheet in workbook.sheets_metadata().to_vec().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|error| error.to_string())?;
        while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            let at = CellAt::new(row, u16::try_from(column).unwrap());
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(text) => format!("{text:?}"),
                DataRef::String(text) => format!("{text:?}"),
                DataRef::DateTime(date) if date.is_duration() => date.as_f64().to_string(),
                DataRef::DateTime(date) => (date.as_f64() + shift).to_string(),
                DataRef::DateTimeIso(text) => calendar(text),
                other => Data::from(other.clone()).to_string(),
            };
            cells.push(format!("{}!{at} {value}", sheet.name));
        }
    }
    Ok(cells)
}

/// The serial of an ISO date.
fn calendar(text: &str) -> String {
    let day = text[..10].parse::<chrono::NaiveDate>().unwrap();
    (day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days().to_string()
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let listing = intake::list(folder).unwrap();
    let files = listing.files.into_iter().map(|file| file.path);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm")).collect()
}

/// Compares every workbook below a folder: how many were read alike, their cells, and what was not alike.
fn compared(folder: &Path) -> (usize, usize, Vec<String>) {
    let (mut files, mut count, mut unlike) = (0, 0, Vec::new());
    for path in workbooks(folder) {
        match (ours(&path), reference(&path)) {
            (Ok(ours), Ok(reference)) if ours == reference => {
                files += 1;
                count += ours.len();
            }
            (Ok(ours), Ok(reference)) => {
                let first = ours.iter().zip(&reference).find(|(ours, reference)| ours != reference);
                let counts = (ours.len(), reference.len());
                unlike.push(format!("{}: {counts:?} cells, first {first:?}", path.display()));
            }
            (Ok(ours), Err(why)) => unlike.push(format!("{}: {} cells / {why}", path.display(), ours.len())),
            (Err(why), Ok(reference)) => unlike.push(format!("{why} / {} cells", reference.len())),
            (Err(_), Err(_)) => {}
        }
    }
    (files, count, unlike)
}

#[test]
fn samples_read_as_by_calamine() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let (files, cells, unlike) = compared(&samples);
    assert_eq!(unlike, Vec::<String>::new());
    assert!(files >= 18 && cells > 10_000, "{files} files, {cells} cells");
}

#[test]
fn what_the_program_writes_reads_as_by_calamine() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/round-1");
    let out = tempfile::tempdir().unwrap();
    cargo_bin_cmd!("tonghop").arg("template").arg(out.path().join("mau")).assert().success();
    cargo_bin_cmd!("tonghop").arg("merge").arg(samples).arg("--out").arg(out.path().join("ket-qua")).assert().code(1);
    let (files, cells, unlike) = compared(out.path());
    assert_eq!(unlike, Vec::<String>::new());
    assert!(files >= 22 && cells > 10_000, "{files} files, {cells} cells");
}

#[test]
#[ignore = "needs a folder of workbooks in TONGHOP_WORKBOOKS"]
fn a_folder_reads_as_by_calamine() {
    let (files, cells, unlike) = compared(Path::new(&std::env::var_os("TONGHOP_WORKBOOKS").unwrap()));
    assert!(unlike.is_empty(), "{files} workbooks, {cells} cells alike; not alike: {unlike:#?}");
}

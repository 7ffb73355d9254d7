//! The scanner of `.xlsx` against calamine: the same cells at the same places, workbook by workbook.
//!
//! `TONGHOP_WORKBOOKS=<folder> cargo test --test xlsx -- --ignored` compares every workbook below a folder.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use calamine::{Data, DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use tonghop::intake;
use tonghop::model::{CellAt, Lang, Raw};

/// A cell in words; sheets as `name: cell value`.
type Cells = Vec<String>;

/// What the scanner says of a workbook.
fn ours(path: &Path) -> Result<Cells, String> {
    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
    let found = intake::FileFound { path: path.to_owned(), name };
    let mut workbook = intake::open(&found).1.map_err(|refusal| refusal.found.get(Lang::En))?;
    let names: Vec<String> = workbook.sheets().iter().map(|sheet| sheet.name.clone()).collect();
    let mut cells = Cells::new();
    for (sheet, name) in names.iter().enumerate() {
        let read = workbook.cells(sheet, &mut |cell| {
            cells.extend(said(cell.raw).map(|said| format!("{name}!{} {said}", cell.at)));
            ControlFlow::Continue(())
        });
        read.map_err(|refusal| refusal.found.get(Lang::En))?;
    }
    Ok(cells)
}

/// `None` for what calamine does not tell.
fn said(raw: Raw<'_>) -> Option<String> {
    Some(match raw {
        Raw::Text(text) => format!("{text:?}"),
        Raw::Number(number) => format!("{number}"),
        Raw::Date(serial) => format!("{serial}"),
        Raw::Bool(truth) => format!("{truth}"),
        Raw::Error(error) => error.to_owned(),
        Raw::Uncomputed => return None,
    })
}

/// What calamine says of a workbook.
fn reference(path: &Path) -> Result<Cells, String> {
    let bytes = std::fs::read(path).unwrap();
    let mut workbook = Xlsx::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let sheets = workbook.sheets_metadata().to_vec();
    let mut cells = Cells::new();
    for sheet in sheets.iter().filter(|sheet| sheet.typ == SheetType::WorkSheet) {
        let mut reader = workbook.worksheet_cells_reader(&sheet.name).map_err(|error| error.to_string())?;
        while let Some(cell) = reader.next_cell().map_err(|error| error.to_string())? {
            let (row, column) = cell.get_position();
            let at = CellAt::new(row, u16::try_from(column).unwrap());
            let value = match cell.get_value() {
                DataRef::Empty => continue,
                DataRef::SharedString(text) => format!("{text:?}"),
                DataRef::DateTime(date) => format!("{}", serial(date)),
                other => match Data::from(other.clone()) {
                    Data::String(text) => format!("{text:?}"),
                    Data::DateTimeIso(text) => format!("{text}"),
                    other => format!("{other}"),
                },
            };
            cells.push(format!("{}!{at} {value}", sheet.name));
        }
    }
    Ok(cells)
}

fn serial(date: &ExcelDateTime) -> f64 {
    date.as_f64()
}

fn workbooks(folder: &Path) -> Vec<PathBuf> {
    let listing = intake::list(folder).unwrap();
    let files = listing.files.into_iter().map(|file| file.path);
    files.filter(|path| path.extension().is_some_and(|ending| ending == "xlsx" || ending == "xlsm")).collect()
}

/// The number of workbooks and of cells that are the same.
fn compared(folder: &Path) -> (usize, usize) {
    let (mut files, mut count) = (0, 0);
    for path in workbooks(folder) {
        match (ours(&path), reference(&path)) {
            (Ok(ours), Ok(reference)) => {
                let differ = ours.iter().zip(&reference).find(|(ours, reference)| ours != reference);
                assert_eq!(differ, None, "{}", path.display());
                assert_eq!(ours.len(), reference.len(), "{}", path.display());
                files += 1;
                count += ours.len();
            }
            (ours, reference) => {
                println!("{}: {:?} / {:?}", path.display(), ours.map(|c| c.len()), reference.map(|c| c.len()))
            }
        }
    }
    (files, count)
}

#[test]
fn samples_read_as_by_calamine() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples");
    let (files, cells) = compared(&samples);
    assert!(files >= 18 && cells > 10_000, "{files} files, {cells} cells");
}

#[test]
#[ignore = "needs a folder of workbooks in TONGHOP_WORKBOOKS"]
fn a_folder_reads_as_by_calamine() {
    let (files, cells) = compared(Path::new(&std::env::var_os("TONGHOP_WORKBOOKS").unwrap()));
    println!("{files} workbooks, {cells} cells");
}

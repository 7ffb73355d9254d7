//! What tests of this room share.
#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;

use crate::model::{Raw, Workbook};

/// The cells of a sheet, as `A1 Text("…")`.
pub fn given(workbook: &mut impl Workbook, sheet: usize) -> Vec<String> {
    let mut given = Vec::new();
    let read = workbook.cells(sheet, &mut |cell| {
        given.push(format!("{} {:?}", cell.at, cell.raw));
        ControlFlow::Continue(())
    });
    read.unwrap();
    given
}

/// The texts of the first sheet with their cells.
pub fn texts(workbook: &mut impl Workbook) -> Vec<(String, String)> {
    let mut texts = Vec::new();
    let read = workbook.cells(0, &mut |cell| {
        if let Raw::Text(text) = cell.raw {
            texts.push((cell.at.to_string(), text.to_owned()));
        }
        ControlFlow::Continue(())
    });
    read.unwrap();
    texts
}

/// A file below `tests/files`; `NGUON.md` there says how each was made.
pub fn file(name: &str) -> Vec<u8> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

//! Reading to the end.

use std::ops::ControlFlow;

use tonghop::model::{CellAt, Refusal, Wanted, Workbook};

/// The columns that are asked for alone.
const COLUMNS: u16 = 2;

/// Reads every cell of an opened workbook, then its first columns alone and its merged cells.
pub fn whole(opened: Result<Box<dyn Workbook + Send>, Refusal>) {
    let Ok(mut workbook) = opened else { return };
    for sheet in 0..workbook.sheets().len() {
        let mut all: Vec<CellAt> = Vec::new();
        let read = workbook.cells(sheet, &mut |cell| {
            // Row by row, left to right, whatever the file says.
            assert!(all.last() < Some(&cell.at), "{:?} {:?}", all.last(), cell.at);
            all.push(cell.at);
            ControlFlow::Continue(())
        });
        if read.is_ok() {
            let mut some = Vec::new();
            let read = workbook.wanted(sheet, Wanted::Columns(COLUMNS), &mut |cell| {
                some.push(cell.at);
                ControlFlow::Continue(())
            });
            all.retain(|at| at.column < COLUMNS);
            assert!(read.is_err() || some == all, "{some:?} {all:?}");
            let _ = workbook.merged(sheet);
        }
    }
}

//! Reading to the end.

use std::ops::ControlFlow;

use tonghop::model::{Refusal, Workbook};

/// Reads every cell of an opened workbook.
pub fn whole(opened: Result<Box<dyn Workbook + Send>, Refusal>) {
    let Ok(mut workbook) = opened else { return };
    for sheet in 0..workbook.sheets().len() {
        let mut last = None;
        let read = workbook.cells(sheet, &mut |cell| {
            // Row by row, left to right, whatever the file says.
            assert!(last < Some(cell.at), "{last:?} {:?}", cell.at);
            last = Some(cell.at);
            ControlFlow::Continue(())
        });
        if read.is_ok() {
            let _ = workbook.merged(sheet);
        }
    }
}

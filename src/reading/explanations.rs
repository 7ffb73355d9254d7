//! What a district wrote in the column «Giải trình» of a hand-back that it sent in again.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{
    CellAt, Explanation, Raw, Refusal, Workbook,
    own::{self, CHECK, EXPLANATION, FOUND, KEY},
};

/// The explanations of a workbook; none where it has no list of ours.
pub fn read(workbook: &mut dyn Workbook) -> Result<Vec<Explanation>, Refusal> {
    let Some(list) = own::list(workbook) else { return Ok(Vec::new()) };
    let mut cells: BTreeMap<CellAt, String> = BTreeMap::new();
    workbook.cells(list, &mut |cell| {
        if let Raw::Text(text) = cell.raw {
            cells.insert(cell.at, text.to_owned());
        }
        ControlFlow::Continue(())
    })?;
    let title = |wording| cells.iter().find(|(_, text)| own::says(text, wording)).map(|(at, _)| *at);
    let columns = [CHECK, KEY, FOUND, EXPLANATION].map(title);
    let [Some(check), Some(key), Some(found), Some(words)] = columns else { return Ok(Vec::new()) };
    let beside = |row: u32, column: u16| cells.get(&CellAt::new(row, column)).cloned().unwrap_or_default();
    let written =
        cells.iter().filter(|(at, said)| at.column == words.column && at.row > words.row && !said.trim().is_empty());
    let explanations = written.map(|(at, said)| Explanation {
        check: beside(at.row, check.column),
        key: beside(at.row, key.column),
        found: beside(at.row, found.column),
        text: said.trim().to_owned(),
    });
    Ok(explanations.collect())
}

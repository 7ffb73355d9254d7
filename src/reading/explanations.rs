//! What a district wrote in the column «Giải trình» of a hand-back that it sent in again.

use std::collections::{BTreeMap, BTreeSet};
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
    let rows: BTreeSet<u32> = cells.keys().map(|at| at.row).collect();
    let Some((header, [check, key, found, words])) = rows.into_iter().find_map(|row| Some((row, titles(&cells, row)?)))
    else {
        return Ok(Vec::new());
    };
    let beside = |row: u32, column: u16| cells.get(&CellAt::new(row, column)).cloned().unwrap_or_default();
    let written = cells.iter().filter(|(at, said)| at.column == words && at.row > header && !said.trim().is_empty());
    let explanations = written.map(|(at, said)| Explanation {
        check: beside(at.row, check),
        key: beside(at.row, key),
        found: beside(at.row, found),
        text: said.trim().to_owned(),
    });
    // What stands below the list names no check.
    Ok(explanations.filter(|one| !one.check.is_empty()).collect())
}

/// The columns of check, key, what was found and explanation, where a row holds their titles: much stands above the list.
fn titles(cells: &BTreeMap<CellAt, String>, row: u32) -> Option<[u16; 4]> {
    let of_row = || cells.range(CellAt::new(row, 0)..=CellAt::new(row, u16::MAX));
    let column = |wording| of_row().find(|(_, text)| own::says(text, wording)).map(|(at, _)| at.column);
    Some([column(CHECK)?, column(KEY)?, column(FOUND)?, column(EXPLANATION)?])
}

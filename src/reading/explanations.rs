//! What a district wrote in the column «Giải trình» of a hand-back that it sent in again.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use crate::model::{CellAt, Explanation, Raw, Refusal, Workbook};
use crate::text::plain_key;

/// Titles of the hand-back's list: check id, row key, explanation; in either language.
const TITLES: [[&str; 2]; 3] = [["Mã kiểm tra", "Check"], ["Khóa dòng", "Row key"], ["Giải trình", "Explanation"]];

/// The explanations of a workbook; none where it has no list of ours.
pub fn read(workbook: &mut dyn Workbook) -> Result<Vec<Explanation>, Refusal> {
    let listed = |name: &str| ["Lỗi cần sửa", "Findings"].iter().any(|own| plain_key(own) == plain_key(name));
    let Some(sheet) = workbook.sheets().iter().position(|sheet| listed(&sheet.name)) else { return Ok(Vec::new()) };
    let mut cells: BTreeMap<CellAt, String> = BTreeMap::new();
    workbook.cells(sheet, &mut |cell| {
        if let Raw::Text(text) = cell.raw {
            cells.insert(cell.at, text.to_owned());
        }
        ControlFlow::Continue(())
    })?;
    let columns = TITLES.map(|titles| {
        cells.iter().find(|(_, text)| titles.iter().any(|title| plain_key(title) == plain_key(text))).map(|(at, _)| *at)
    });
    let [Some(check), Some(key), Some(text)] = columns else { return Ok(Vec::new()) };
    let beside = |row: u32, column: u16| cells.get(&CellAt::new(row, column)).cloned().unwrap_or_default();
    let written =
        cells.iter().filter(|(at, said)| at.column == text.column && at.row > text.row && !said.trim().is_empty());
    let explanations = written.map(|(at, said)| Explanation {
        check: beside(at.row, check.column),
        key: beside(at.row, key.column),
        text: said.trim().to_owned(),
    });
    Ok(explanations.collect())
}

//! Merged cells, where blanks might be explained by them: a commune that stands once for all its posts, a name that is
//! written in two columns below one title.

use std::collections::BTreeMap;

use crate::form::Form;
use crate::model::{CellAt, FieldType, Merged, Part, Refusal, Submission, TableShape, Workbook, baseline};

/// The merged cells that matter, by sheet.
pub type MergedSheets = BTreeMap<usize, Vec<Merged>>;

/// The merged cells that explain blank required cells or torn names of a submission that was read without them.
pub fn that_matter(
    workbook: &mut dyn Workbook,
    started: &[usize],
    form: &Form,
    submission: &Submission,
) -> Result<MergedSheets, Refusal> {
    let mut sheets = MergedSheets::new();
    let telling = [baseline::REQUIRED_CELL.id, baseline::COLUMN_AMBIGUOUS.id];
    for sheet in started {
        let name = workbook.sheets().get(*sheet).map(|seen| seen.name.clone()).unwrap_or_default();
        let doubted = submission.findings.iter().any(|finding| {
            telling.contains(&finding.check.as_str()) && finding.places.iter().any(|place| place.sheet == name)
        });
        if !doubted {
            continue;
        }
        let tables = submission.tables.iter().map(|table| (&form.vocabulary.tables[table.shape], &table.parts));
        let parts: Vec<(&TableShape, &Part)> = tables
            .flat_map(|(shape, parts)| parts.iter().map(move |part| (shape, part)))
            .filter(|(_, part)| part.sheet == name)
            .collect();
        let mut merged = workbook.merged(*sheet)?;
        merged.retain(|one| parts.iter().any(|(shape, part)| matters(one, shape, part)));
        if !merged.is_empty() {
            sheets.insert(*sheet, merged);
        }
    }
    Ok(sheets)
}

/// The columns of a title that is merged over several; only its own where it is not.
pub fn columns_below(merged: &[Merged], title: CellAt) -> Vec<u16> {
    let over = merged.iter().find(|one| one.first == title && is_wide(one));
    over.map_or_else(|| vec![title.column], |one| (one.first.column..=one.last.column).collect())
}

/// The first row of the merged cells of one column that a cell below it belongs to.
pub fn first_row(merged: &[Merged], cell: CellAt) -> Option<u32> {
    let holds = |one: &&Merged| {
        is_tall(one) && one.first.column == cell.column && (one.first.row + 1..=one.last.row).contains(&cell.row)
    };
    merged.iter().find(holds).map(|one| one.first.row)
}

/// Whether merged cells could hold a value of several rows of a part, or a title over several columns of a text.
fn matters(merged: &Merged, shape: &TableShape, part: &Part) -> bool {
    let below = is_tall(merged) && merged.first.row > part.header;
    let titled = |(field, title): (usize, &Option<CellAt>)| {
        *title == Some(merged.first) && shape.fields[field].kind == FieldType::Text
    };
    below || (is_wide(merged) && part.titles.iter().enumerate().any(titled))
}

fn is_tall(merged: &Merged) -> bool {
    merged.first.column == merged.last.column && merged.first.row < merged.last.row
}

fn is_wide(merged: &Merged) -> bool {
    merged.first.column < merged.last.column
}

//! Merged cells, where blanks might be explained by them: a commune that stands once for all its posts, a name that is
//! written in two columns below one title.

use std::collections::BTreeMap;

use crate::form::Form;
use crate::model::{CellAt, FieldType, Merged, Part, Refusal, Submission, TableShape, Workbook, baseline};

/// The merged cells that matter, by sheet; sorted by column and row.
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
        merged.sort_unstable_by_key(|one| (one.first.column, one.first.row));
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

/// The first row of the merged cells of one column that a cell below it belongs to; merged cells are sorted by column
/// and row, and do not overlap.
pub fn first_row(merged: &[Merged], cell: CellAt) -> Option<u32> {
    let above = merged.partition_point(|one| (one.first.column, one.first.row) < (cell.column, cell.row));
    let nearest = merged.get(above.checked_sub(1)?)?;
    let holds = is_tall(nearest) && nearest.first.column == cell.column && cell.row <= nearest.last.row;
    holds.then_some(nearest.first.row)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_belongs_to_the_merged_cells_around_it() {
        let tall = |column, first, last| Merged { first: CellAt::new(first, column), last: CellAt::new(last, column) };
        let wide = Merged { first: CellAt::new(9, 0), last: CellAt::new(10, 3) };
        let merged = [tall(0, 2, 4), tall(0, 5, 6), wide, tall(2, 1, 8)];
        let first = |row, column| first_row(&merged, CellAt::new(row, column));
        assert_eq!([first(2, 0), first(3, 0), first(4, 0), first(5, 0)], [None, Some(2), Some(2), None]);
        assert_eq!([first(6, 0), first(7, 0), first(10, 0), first(3, 1)], [Some(5), None, None, None]);
        assert_eq!([first(1, 2), first(8, 2), first(9, 2), first(2, 3)], [None, Some(1), None, None]);
    }
}

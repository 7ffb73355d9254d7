//! Widths of columns and heights of rows, in pixels: what a note's box is anchored to.

use std::collections::BTreeMap;

use anyhow::Result;
use memchr::memmem;

use super::outline::Element;
use crate::model::CellAt;
use crate::model::mark::NOTE_WIDTH;

/// Columns and rows of a sheet.
const MOST: (u32, u32) = (16_384, 1_048_576);
/// Widths and heights of columns and rows of which nothing is said, in pixels.
const USUAL: (u32, u32) = (64, 20);
/// How far a box stands from the border of its first column, in pixels.
const GAP: u32 = 12;

/// The sizes of a sheet.
pub struct Grid {
    columns: Vec<(u32, u32, u32)>,
    column: u32,
    rows: BTreeMap<u32, u32>,
    row: u32,
}

impl Grid {
    /// The sizes that a worksheet gives; `digit` is the width of a digit of the workbook's usual font, in pixels.
    ///
    /// # Errors
    /// When its columns are no XML.
    pub fn read(children: &[Element<'_>], digit: f64) -> Result<Self> {
        let width = |characters| width(characters, digit);
        let mut grid = Self { columns: Vec::new(), column: USUAL.0, rows: BTreeMap::new(), row: USUAL.1 };
        for child in children {
            match child.name() {
                "sheetFormatPr" => {
                    grid.column = number(child, "defaultColWidth").map_or(USUAL.0, width);
                    grid.row = number(child, "defaultRowHeight").map_or(USUAL.1, height);
                }
                "cols" => {
                    for column in child.children()? {
                        let size =
                            if is_hidden(&column) { 0 } else { number(&column, "width").map_or(grid.column, width) };
                        let ends = ["min", "max"].map(|end| column.attribute(end)?.parse::<u32>().ok());
                        if let [Some(first), Some(last)] = ends {
                            grid.columns.push((first.saturating_sub(1), last.saturating_sub(1), size));
                        }
                    }
                }
                "sheetData" => grid.rows = rows(child),
                _ => {}
            }
        }
        Ok(grid)
    }

    /// Where the box of a note stands: the column, the pixels into it, the row, the pixels into it, of the top left
    /// corner and of the bottom right one.
    pub fn anchor(&self, at: CellAt, tall: u32) -> [u32; 8] {
        let column = u32::from(at.column) + 1;
        let (left, top) = if column + 1 < MOST.0 { (column, at.row) } else { (0, at.row) };
        let (right, right_in) = walk(left, GAP + NOTE_WIDTH, MOST.0, &|column| self.width(column));
        let (bottom, bottom_in) = walk(top, 2 + tall, MOST.1, &|row| self.rows.get(&row).copied().unwrap_or(self.row));
        [left, GAP, top, 2, right, right_in, bottom, bottom_in]
    }

    fn width(&self, column: u32) -> u32 {
        let found = self.columns.iter().find(|(first, last, _)| (*first..=*last).contains(&column));
        found.map_or(self.column, |(_, _, size)| *size)
    }
}

/// The cell in which a length ends, and how far into it.
fn walk(start: u32, length: u32, most: u32, size: &dyn Fn(u32) -> u32) -> (u32, u32) {
    let mut rest = length;
    for cell in start..most {
        let size = size(cell);
        if rest < size {
            return (cell, rest);
        }
        rest -= size;
    }
    (most - 1, 0)
}

/// Heights of the rows that say one, by a search for their tags: a sheet has many and few of them matter.
fn rows(data: &Element<'_>) -> BTreeMap<u32, u32> {
    let text = data.text_of(&data.inner);
    let tag = format!("<{}row ", data.prefix());
    let mut rows = BTreeMap::new();
    for start in memmem::find_iter(text.as_bytes(), tag.as_bytes()) {
        let Some(length) = text[start..].find('>') else { break };
        let head = &text[start..=start + length];
        if !head.contains("ht=") && !head.contains("hidden=") {
            continue;
        }
        let row = Element::tag_at(text, start..start + length + 1);
        let size = if is_hidden(&row) { Some(0) } else { number(&row, "ht").map(height) };
        if let (Some(at), Some(size)) = (row.attribute("r").and_then(|at| at.parse::<u32>().ok()), size) {
            rows.insert(at.saturating_sub(1), size);
        }
    }
    rows
}

fn number(element: &Element<'_>, name: &str) -> Option<f64> {
    element.attribute(name)?.parse().ok().filter(|number: &f64| (0.0..10_000.0).contains(number))
}

fn is_hidden(element: &Element<'_>) -> bool {
    element.attribute("hidden").is_some_and(|hidden| matches!(hidden.as_str(), "1" | "true"))
}

/// Characters of the usual font to pixels (ECMA-376, part 1, 18.3.1.13).
pub fn width(characters: f64, digit: f64) -> u32 {
    ((characters * 256.0 + (128.0 / digit).trunc()) / 256.0 * digit).trunc() as u32
}

/// Points to pixels.
fn height(points: f64) -> u32 {
    (points * 4.0 / 3.0).round() as u32
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_box_is_as_wide_as_the_columns_under_it() {
        let text = "<worksheet><sheetFormatPr defaultRowHeight=\"15\"/><cols><col min=\"2\" max=\"3\" width=\"20.7109375\"/><col min=\"4\" max=\"4\" width=\"9\" hidden=\"1\"/></cols><sheetData><row r=\"2\" ht=\"30\"/><row r=\"3\" hidden=\"1\"/></sheetData></worksheet>";
        let children = Element::root(text).unwrap().children().unwrap();
        let grid = Grid::read(&children, 7.0).unwrap();
        // Columns B and C are 145 pixels wide, D is hidden, E is 64: 312 = 145 + 145 + 22.
        // Rows: 2 is 40 high, 3 is hidden, others 20: 82 = 40 + 20 + 20 + 2.
        assert_eq!(grid.anchor(CellAt::new(1, 0), 80), [1, 12, 1, 2, 4, 22, 5, 2]);
    }

    #[test]
    fn a_sheet_that_says_nothing_has_usual_sizes_and_a_box_stays_on_the_sheet() {
        let grid = Grid::read(&[], 7.0).unwrap();
        assert_eq!(grid.anchor(CellAt::new(0, 0), 38), [1, 12, 0, 2, 5, 56, 2, 0]);
        let corner = grid.anchor(CellAt::new(1_048_575, 16_383), 40);
        assert_eq!(corner[..4], [0, 12, 1_048_575, 2]);
        assert!(corner[4] < 16_384 && corner[6] < 1_048_576);
    }
}

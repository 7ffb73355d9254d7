//! The checks that found something, with the cells of each.

use std::collections::BTreeMap;

use anyhow::Result;
use rust_xlsxwriter::FormatAlign;

use super::findings::ListAt;
use super::page::{Page, pieces};
use super::{HandBack, Listed, Names, addresses, to};
use crate::model::{CellAt, Level, Place};
use crate::texts;
use crate::writers::styles;
use crate::writers::words;

texts! {
    BY_CHECK = "Tổng hợp theo phép kiểm tra" / "By check";
    COUNT = "Số lượng" / "Number";
    CELLS = "Các ô" / "Cells";
}

/// Columns: level, title, number, cells.
const SPANS: [(u16, u16); 4] = [(0, 2), (3, 6), (7, 7), (8, 11)];

/// The findings of one check.
#[derive(Debug)]
pub struct Group {
    /// Its row.
    row: u32,
    /// How many they are.
    count: usize,
    /// The first of them, by position.
    first: usize,
    /// Their cells.
    cells: String,
    /// Where a link to the first cell leads.
    target: Option<String>,
}

/// Writes the table; nothing where nothing was found.
pub fn write(page: &mut Page<'_>, input: &HandBack<'_>, names: &Names, findings: &[Listed<'_>]) -> Result<Vec<Group>> {
    let mut groups: BTreeMap<(Level, &str), Vec<usize>> = BTreeMap::new();
    for (at, one) in findings.iter().enumerate() {
        groups.entry((one.finding.level, &one.finding.check)).or_default().push(at);
    }
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let lang = page.lang;
    page.gap();
    page.heading(BY_CHECK.get(lang))?;
    let (column, text) = (styles::column(), styles::bordered().set_text_wrap());
    let titles = [words::LEVEL, words::TITLE, COUNT, CELLS].map(|text| text.get(lang));
    page.row(&pieces(SPANS, titles, [&column; 4]))?;
    let group = |((level, check), members): ((Level, &str), Vec<usize>)| {
        let of: Vec<&Listed<'_>> = members.iter().filter_map(|at| findings.get(*at)).collect();
        let places: Vec<Place> = of.iter().filter_map(|one| one.finding.places.first().cloned()).collect();
        let title = of.first().map_or("", |one| one.finding.title.get(lang));
        let filled = styles::bordered().set_background_color(styles::colour(level));
        let (said, cells) = (format!("{title} ({check})"), addresses(&places, ""));
        let texts = [words::level(level).get(lang), &said, "", &cells];
        let row = page.row;
        page.row(&pieces(SPANS, texts, [&filled, &text, &text, &text]))?;
        let target = places.first().and_then(|place| names.target(input, place));
        Ok(Group { row, count: members.len(), first: members.first().copied().unwrap_or(0), cells, target })
    };
    groups.into_iter().map(group).collect()
}

/// Writes the links: the number leads to the list, the cells to the first of them.
pub fn fill(groups: &[Group], page: &mut Page<'_>, at: &ListAt) -> Result<()> {
    let link = styles::link().set_text_wrap();
    let centred = link.clone().set_align(FormatAlign::Center);
    for group in groups {
        let listed = CellAt::new(at.first + u32::try_from(group.first)?, 0);
        page.link(group.row, SPANS[2].0, &group.count.to_string(), &to(&at.sheet, &listed.to_string()), &centred)?;
        if let Some(target) = &group.target {
            page.link(group.row, SPANS[3].0, &group.cells, target, &link)?;
        }
    }
    Ok(())
}

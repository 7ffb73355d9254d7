//! Paper: A4 with the margins of decree 30/2020/NĐ-CP, scale, and where pages begin.

use anyhow::Result;
use rust_xlsxwriter::Worksheet;

use crate::summaries::{self, fit};

/// Margins in millimetres: left, right, top, bottom.
const MARGINS: [f64; 4] = [30.0, 15.0, 20.0, 20.0];
/// Width and height of A4 lying, in millimetres.
const A4: [f64; 2] = [297.0, 210.0];
/// What programs differ by: LibreOffice draws columns 5 % wider than Excel, which rounds digits to whole pixels.
const RESERVE: f64 = 0.94;
/// How far a sheet is made smaller so that its last rows do not need a page of their own.
const SHRINK: f64 = 0.8;
/// The smallest scale at which text of 12 points is still read with ease.
const LEGIBLE: f64 = 0.6;

/// Which way a page stands.
#[derive(Clone, Copy, Debug)]
pub enum Page {
    /// Upright, for text.
    Upright,
    /// Lying, for tables.
    Lying,
}

impl Page {
    /// Width and height between the margins, in points.
    fn room(self) -> [f64; 2] {
        let [long, short] = A4;
        let [left, right, top, bottom] = MARGINS;
        let (width, height) = match self {
            Self::Upright => (short, long),
            Self::Lying => (long, short),
        };
        [width - left - right, height - top - bottom].map(|millimetres| millimetres / 25.4 * 72.0 * RESERVE)
    }
}

/// A4, official margins, page number centred on top.
pub fn set_up(sheet: &mut Worksheet, page: Page) {
    let [left, right, top, bottom] = MARGINS.map(|millimetres| millimetres / 25.4);
    match page {
        Page::Upright => sheet.set_portrait(),
        Page::Lying => sheet.set_landscape(),
    };
    sheet.set_paper_size(9).set_margins(left, right, top, bottom, 0.4, 0.4);
    sheet.set_header("&C&\"Times New Roman,Regular\"&13&P");
}

/// One page wide, on as many as it takes; the columns give the scale.
pub fn one_wide(sheet: &mut Worksheet, page: Page, widths: impl Iterator<Item = f64>) {
    let width: f64 = widths.map(fit::column).sum();
    let [room, _] = page.room();
    sheet.set_print_scale(percent(room / width.max(1.0)));
}

/// As many pages wide as it takes to stay legible; the columns up to the named one repeat on each.
pub fn several_wide(sheet: &mut Worksheet, widths: &[f64], repeated: u16) -> Result<()> {
    let width = |widths: &[f64]| widths.iter().copied().map(fit::column).sum::<f64>();
    let [room, _] = Page::Lying.room();
    let own = width(widths.get(..=usize::from(repeated)).unwrap_or(widths));
    let (rest, legible) = (width(widths) - own, room / LEGIBLE - own);
    let pages = (1..10).find(|pages| f64::from(*pages) * legible >= rest).unwrap_or(10);
    sheet.set_print_fit_to_pages(pages, 0).set_page_order(true);
    if pages > 1 {
        sheet.set_repeat_columns(0, repeated)?;
    }
    Ok(())
}

/// Scale, repeated titles and page breaks of a summary sheet.
pub fn summary(sheet: &mut Worksheet, from: &summaries::Sheet) -> Result<()> {
    let page = if from.upright { Page::Upright } else { Page::Lying };
    set_up(sheet, page);
    let [room, high] = page.room();
    let width: f64 = from.widths.iter().copied().map(fit::column).sum();
    let heights: Vec<f64> = from.heights.iter().map(|(_, height)| *height).collect();
    let first: f64 = from.first_page.map_or(0.0, |last| heights.iter().take(last as usize + 1).sum());
    let scale = (room / width.max(1.0)).min(high / first.max(1.0)).min(1.0);
    let whole = high / heights.iter().sum::<f64>().max(1.0);
    let scale = percent(if from.page_starts.is_empty() && whole > scale * SHRINK { scale.min(whole) } else { scale });
    sheet.set_print_scale(scale);
    if let Some((first, last)) = from.repeated_rows {
        sheet.set_repeat_rows(first, last)?;
    }
    sheet.set_page_breaks(&breaks(from, &heights, high / f64::from(scale) * 100.0))?;
    Ok(())
}

/// A scale as programs take it.
fn percent(scale: f64) -> u16 {
    (scale * 100.0).floor().clamp(10.0, 100.0) as u16
}

/// The rows that begin a page because they must: those the sheet names, and the end of the table where it would be split.
fn breaks(from: &summaries::Sheet, heights: &[f64], page: f64) -> Vec<u32> {
    let mut breaks = from.page_starts.clone();
    let Some((first, last)) = from.together else { return breaks };
    let of_rows = |first: u32, last: u32| {
        heights.iter().skip(first as usize).take((last + 1).saturating_sub(first) as usize).sum::<f64>()
    };
    let titles = from.repeated_rows.map_or(0.0, |(first, last)| of_rows(first, last));
    let mut used = 0.0;
    for (row, height) in (0..=first).zip(heights) {
        let starts = from.page_starts.contains(&row);
        if starts || used + height > page {
            let after_titles = from.repeated_rows.is_some_and(|(_, last)| row > last);
            used = if after_titles { titles } else { 0.0 };
        }
        if row < first {
            used += height;
        }
    }
    let block = of_rows(first, last);
    if used + block > page && titles + block <= page {
        breaks.push(first);
    }
    breaks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sheet(rows: u32, together: (u32, u32)) -> (summaries::Sheet, Vec<f64>) {
        let from =
            summaries::Sheet { repeated_rows: Some((0, 1)), together: Some(together), ..summaries::Sheet::default() };
        (from, vec![10.0; rows as usize])
    }

    #[test]
    fn signatures_are_not_torn_from_the_table() {
        let (from, heights) = sheet(12, (8, 11));
        assert_eq!(breaks(&from, &heights, 120.0), Vec::<u32>::new(), "everything fits");
        assert_eq!(breaks(&from, &heights, 110.0), [8], "the last row would stand alone on a page");
        assert_eq!(breaks(&from, &heights, 80.0), Vec::<u32>::new(), "the block begins the second page by itself");
        assert_eq!(breaks(&from, &heights, 30.0), Vec::<u32>::new(), "a block higher than a page is split anyhow");
    }

    #[test]
    fn pages_that_must_begin_count_from_their_start() {
        let (mut from, heights) = sheet(12, (8, 11));
        from.page_starts = vec![5];
        assert_eq!(breaks(&from, &heights, 100.0), [5]);
    }

    #[test]
    fn a_lying_page_leaves_252_by_170_millimetres() {
        let [width, height] = Page::Lying.room();
        assert!(
            (width - 252.0 / 25.4 * 72.0 * RESERVE).abs() < 1e-9
                && (height - 170.0 / 25.4 * 72.0 * RESERVE).abs() < 1e-9
        );
    }
}

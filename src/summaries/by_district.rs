//! Kind `by-district`: measures and shares for each district, with a totals row.

use serde::Deserialize;

use super::count::{self, Axis, Counts};
use super::figure::{Figure, WrittenFigure, district_column, measure_at};
use super::formula::{self, Of, Pick};
use super::page::{Page, Title, cell, fixed_column};
use super::{Heading, Input, Look, Sheet, Summary, SummaryKind, layout};
use crate::model::{CellAt, Mistakes, Vocabulary};
use crate::texts;

texts! {
    NUMBER = "TT" / "No.";
    DISTRICT = "Huyện, thành phố" / "District";
    TOTAL = "Tổng số" / "Total";
    UNIT = "người" / "persons";
}

/// A column a figure, a row a district.
#[derive(Debug)]
pub struct ByDistrict {
    columns: Vec<Figure>,
}

/// `columns = [{ label = "Học viên", of = "hoc_vien" }]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    columns: Vec<WrittenFigure>,
}

impl SummaryKind for ByDistrict {
    type Written = Written;
    const NAME: &'static str = "by-district";
    const PAGE: &'static str = include_str!("by_district.md");

    fn resolve(written: Written, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Self> {
        Some(Self { columns: Figure::resolve(written.columns, vocabulary, mistakes)? })
    }
}

impl Summary for ByDistrict {
    fn sheet(&self, input: &Input<'_>, heading: &Heading) -> Sheet {
        let widths = [6.0, 20.0].into_iter().chain(self.columns.iter().map(|_| 12.0)).collect();
        let mut page = layout::page(input, heading, widths, UNIT.get(input.lang));
        let names = [NUMBER, DISTRICT].map(|text| Title::alone(text.get(input.lang)));
        let own = self.columns.iter().map(|column| Title::alone(column.label.get(input.lang)));
        page.titles(&names.into_iter().chain(own).collect::<Vec<_>>());
        page.sheet.frozen_columns = 2;
        let districts = Axis::districts(input);
        let top = page.row;
        let bottom = district_names(&mut page, &districts, TOTAL.get(input.lang));
        for (position, figure) in self.columns.iter().enumerate().filter(|(_, figure)| figure.per.is_none()) {
            let at = cell(top, position + 2);
            district_column(&mut page, &districts, figure.of, at, 1);
            total(&mut page, at, bottom);
        }
        for (position, figure) in self.columns.iter().enumerate() {
            if let Some(per) = figure.per {
                self.shares(&mut page, &districts, (figure.of, per), cell(top, position + 2));
            }
        }
        page.row = bottom + 1;
        layout::finish(page, heading, &[])
    }
}

impl ByDistrict {
    /// A column of shares: of the columns that show part and whole, or of formulas of their own.
    fn shares(&self, page: &mut Page<'_>, districts: &Axis, (of, per): (usize, usize), top: CellAt) {
        let shown = |measure: usize| {
            self.columns.iter().position(|column| column.of == measure && column.per.is_none()).map(|at| at + 2)
        };
        for position in 0..=districts.len() {
            let at = super::figure::down(top, position);
            let look = if position == districts.len() { Look::TotalShare } else { Look::Share };
            match (shown(of), shown(per)) {
                (Some(of), Some(per)) => page.share(at, cell(at.row, of), cell(at.row, per), look),
                _ => inline_share(page, districts, (of, per), at, position),
            }
        }
    }
}

/// Numbers and names of the districts, and the totals row's name below; gives the totals row.
pub(super) fn district_names(page: &mut Page<'_>, districts: &Axis, total: &str) -> u32 {
    let top = page.row;
    for (row, (number, label)) in (top..).zip((1_u32..).zip(&districts.labels)) {
        page.text(cell(row, 0), number.to_string(), Look::Centred);
        page.text(cell(row, 1), label, Look::Name);
    }
    let bottom = top + u32::try_from(districts.len()).unwrap_or(0);
    page.text(cell(bottom, 0), "", Look::TotalName);
    page.text(cell(bottom, 1), total, Look::TotalName);
    bottom
}

/// The total of a column of counts.
pub(super) fn total(page: &mut Page<'_>, top: CellAt, bottom: u32) {
    let at = CellAt::new(bottom, top.column);
    if bottom > top.row {
        page.sum(at, top, CellAt::new(bottom - 1, top.column), Look::TotalCount);
    } else {
        page.number(at, 0.0, Look::TotalCount);
    }
}

fn inline_share(page: &mut Page<'_>, districts: &Axis, (of, per): (usize, usize), at: CellAt, position: usize) {
    let input = page.input;
    let (Some(of), Some(per)) = (measure_at(input, of), measure_at(input, per)) else { return };
    let picks: Vec<(Of, Pick)> = districts
        .labels
        .get(position)
        .map(|label| (Of::District, Pick::Label { label: label.clone(), cell: fixed_column(cell(at.row, 1)) }))
        .into_iter()
        .collect();
    let value = |measure: &crate::model::Measure| match picks.is_empty() {
        true => count::total(input, measure.table, &measure.when),
        false => Counts::new(input, measure.table, &measure.when, districts, &Axis::everything()).get(position, 0),
    };
    let (part, whole) = (formula::measure(input, of, &picks), formula::measure(input, per, &picks));
    let share = (value(per) != 0.0).then(|| value(of) / value(per));
    let look = if picks.is_empty() { Look::TotalShare } else { Look::Share };
    page.computed(at, &format!("IF(({whole})=0,\"\",({part})/({whole}))"), share, look);
}

#[cfg(test)]
#[path = "by_district_tests.rs"]
mod tests;

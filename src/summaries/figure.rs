//! Columns of a summary: a measure, or the share of one measure in another.

use serde::Deserialize;

use super::count::{Axis, Counts};
use super::formula::{self, Of, Pick};
use super::page::{Page, cell, fixed_column};
use super::{Input, Look};
use crate::model::{CellAt, Label, Located, Measure, Mistakes, Names, Vocabulary};

/// `{ label = "Tốt nghiệp", of = "tot_nghiep", per = "hoc_vien" }`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenFigure {
    label: Option<Label>,
    of: Located<String>,
    per: Option<Located<String>>,
    note: Option<Label>,
}

/// A figure: its wording, the measure, and the measure it is a share of.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The column's or row's title.
    pub label: Label,
    /// The measure, by position.
    pub of: usize,
    /// The measure that stands for the whole, by position.
    pub per: Option<usize>,
    /// A remark.
    pub note: Option<Label>,
}

/// A measure by its name.
pub fn measure(name: &Located<String>, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<usize> {
    let known: Vec<&str> = vocabulary.measures.iter().map(|measure| measure.name.as_str()).collect();
    mistakes.name("measure", name, &known, |name| vocabulary.measure(name))
}

/// Several measures of one table; `None` when one is unknown or of another table.
pub fn measures_of(
    names: &[Located<String>],
    table: usize,
    vocabulary: &Vocabulary,
    mistakes: &mut Mistakes,
) -> Option<Vec<usize>> {
    let one = |name: &Located<String>| {
        let found = measure(name, vocabulary, mistakes)?;
        let fits = vocabulary.measures.get(found).is_some_and(|measure| measure.table == table);
        if !fits {
            mistakes.add(name.span(), format!("measure \"{}\" counts another table", name.get_ref()), None);
        }
        fits.then_some(found)
    };
    let found: Vec<_> = names.iter().map(one).collect();
    found.into_iter().collect()
}

/// A reference table by its name.
pub fn reference(name: &Located<String>, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<usize> {
    let known: Vec<&str> = vocabulary.references.iter().map(|reference| reference.name.as_str()).collect();
    mistakes.name("reference", name, &known, |name| vocabulary.reference(name))
}

/// A column of a reference table by its name.
pub fn reference_column(
    name: &Located<String>,
    reference: usize,
    vocabulary: &Vocabulary,
    mistakes: &mut Mistakes,
) -> Option<usize> {
    let reference = vocabulary.references.get(reference)?;
    let known: Vec<&str> = reference.columns.iter().map(|column| column.name.as_str()).collect();
    mistakes.name("column", name, &known, |name| reference.column(name))
}

/// The names of a table's fields, by the table's name.
pub fn table<'a>(name: &Located<String>, vocabulary: &'a Vocabulary, mistakes: &mut Mistakes) -> Option<Names<'a>> {
    let known: Vec<&str> = vocabulary.tables.iter().map(|table| table.name.as_str()).collect();
    let table = mistakes.name("table", name, &known, |name| vocabulary.table(name))?;
    Some(Names { vocabulary, table })
}

impl Figure {
    /// Resolves figures; `None` when a measure is unknown.
    pub fn resolve(written: Vec<WrittenFigure>, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Vec<Self>> {
        let mut figures = Vec::new();
        let mut sound = true;
        for one in written {
            let of = measure(&one.of, vocabulary, mistakes);
            let per = one.per.as_ref().map(|per| measure(per, vocabulary, mistakes));
            match (of, per) {
                (Some(of), None) => {
                    let label = one.label.unwrap_or_else(|| vocabulary.measures[of].label.clone());
                    figures.push(Self { label, of, per: None, note: one.note });
                }
                (Some(of), Some(Some(per))) => {
                    let label = one.label.unwrap_or_else(|| vocabulary.measures[of].label.clone());
                    figures.push(Self { label, of, per: Some(per), note: one.note });
                }
                _ => sound = false,
            }
        }
        sound.then_some(figures)
    }
}

/// A measure by its position.
pub fn measure_at<'a>(input: &Input<'a>, measure: usize) -> Option<&'a Measure> {
    input.vocabulary.measures.get(measure)
}

/// Writes a measure for each district down a column, from `top`, whose names stand in column `names`.
pub fn district_column(page: &mut Page<'_>, districts: &Axis, measure: usize, top: CellAt, names: usize) {
    let input = page.input;
    let Some(measure) = measure_at(input, measure) else { return };
    let counts = Counts::new(input, measure.table, &measure.when, districts, &Axis::everything());
    for (position, label) in districts.labels.iter().enumerate() {
        let at = down(top, position);
        let name = fixed_column(cell(at.row, names));
        let pick = Pick::Label { label: label.clone(), cell: name };
        let formula = formula::measure(input, measure, &[(Of::District, pick)]);
        page.computed(at, &formula, Some(counts.get(position, 0)), Look::Count);
    }
}

/// The cell some rows below another.
pub fn down(at: CellAt, rows: usize) -> CellAt {
    CellAt::new(at.row + u32::try_from(rows).unwrap_or(0), at.column)
}

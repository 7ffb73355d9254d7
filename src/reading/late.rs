//! What is known only when a column is read to its end: that its texts are in a legacy encoding.
//!
//! A short text such as `TriÖu` is Triệu in TCVN3 and could be something else; the column it stands in tells.

use super::remarks;
use super::stretch::Stretch;
use crate::form::Form;
use crate::model::{CellAt, Handling, Legacy, Place, Repair, RepairKind, Submission, Values, baseline};
use crate::text::{self, Evidence};

/// Texts of one column that were left as they stood, and what all its texts tell of their encoding.
#[derive(Clone, Debug, Default)]
pub struct Undecided {
    evidence: Evidence,
    /// Rows of the table, ascending, with their cells.
    cells: Vec<(usize, CellAt)>,
}

impl Undecided {
    /// Takes note of a text, and of its row and cell where it was left as it stands.
    pub fn see(&mut self, written: &str, left: Option<(usize, CellAt)>) {
        self.evidence.see(written);
        self.cells.extend(left);
    }
}

/// Decodes what was left in columns whose other texts are in a legacy encoding; each is a repair like any other.
pub fn decode_columns(
    form: &Form,
    stretch: &Stretch,
    undecided: Vec<Undecided>,
    sheet: &str,
    submission: &mut Submission,
) {
    let handling = form.repairs.handling(RepairKind::Decoded);
    for (field, column) in undecided.into_iter().enumerate() {
        let Some(legacy) = column.evidence.verdict() else { continue };
        let texts = readings(&column, legacy, field, stretch, submission);
        for (row, at, before, after) in &texts {
            let key = submission.tables[stretch.table].row_key(&form.vocabulary, *row);
            let place = Place { sheet: sheet.to_owned(), cell: Some(*at) };
            let label = &form.vocabulary.tables[stretch.table].fields[field].label;
            let (baseline, said) = match handling {
                Handling::Refuse => (&baseline::WRONG_TYPE, remarks::refused_repair(label, before, after)),
                _ => (&baseline::REPAIR_UNCERTAIN, remarks::repair_to_confirm(label, before, after)),
            };
            if handling != Handling::Repair {
                let mut finding = remarks::of_row(baseline, stretch.table, *row, place.clone(), said);
                finding.key.clone_from(&key);
                submission.findings.push(finding);
            }
            if handling != Handling::Refuse {
                let (before, after) = (before.clone(), after.clone());
                submission.repairs.push(Repair { kind: RepairKind::Decoded, place, key, before, after });
            }
        }
        let Values::Text(column) = &mut submission.tables[stretch.table].columns[field].values else { continue };
        if handling != Handling::Refuse {
            let replaced: Vec<(usize, String)> = texts.into_iter().map(|(row, _, _, after)| (row, after)).collect();
            *column = column.with(&replaced);
        }
    }
}

/// The texts of a column that read otherwise in an encoding: row, cell, before, after.
fn readings(
    column: &Undecided,
    legacy: Legacy,
    field: usize,
    stretch: &Stretch,
    submission: &Submission,
) -> Vec<(usize, CellAt, String, String)> {
    let values = &submission.tables[stretch.table].columns[field];
    let reading = |(row, at): &(usize, CellAt)| {
        let before = values.text(*row);
        let (_, after) = text::decoded(before, None, Some(legacy))?;
        Some((*row, *at, before.to_owned(), text::normal(&after).text.into_owned()))
    };
    column.cells.iter().filter_map(reading).collect()
}

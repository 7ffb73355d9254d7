//! What every sheet keeps: no cell twice, no areas over one another, every cell within the widths.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::samples::sample;
use super::{KINDS, Sheet};
use crate::model::Mistakes;

const KEYS: [(&str, &str); 8] = [
    (
        "indicators",
        "indicators = [{ label = 'a', of = 'tot_nghiep', per = 'hoc_vien' }]\ncharts = [{ kind = 'bar', title = 'b', \
         from = 'districts', measure = 'hoc_vien' }]",
    ),
    ("submissions", ""),
    ("by-district", "columns = [{ label = 'a', of = 'tot_nghiep', per = 'hoc_vien' }]"),
    ("by-code", "table = 'hoc_vien'\nfield = 'khoa'\nmeasures = ['hoc_vien']"),
    ("breakdown", "table = 'hoc_vien'\nby = 'khoa'\nfields = ['ket_qua']"),
    ("crosstab", "table = 'hoc_vien'\nrows = 'khoa'\ncolumns = 'ket_qua'"),
    ("split-by-district", "measures = ['hoc_vien']\nfield = 'khoa'"),
    ("reference-shares", "reference = 'curriculum'\nrows = 'khoi'\ncolumns = 'khoa'\nnumber = 'tiet'"),
];

#[test]
fn every_kind_reads_its_keys_and_lays_out_a_sound_sheet() {
    let sample = sample();
    assert_eq!(KINDS.len(), KEYS.len());
    for (kind, (name, keys)) in KINDS.iter().zip(KEYS) {
        assert_eq!(kind.name, name);
        let entry = toml::Deserializer::parse(keys).unwrap();
        let mut entry = <dyn erased_serde::Deserializer<'_>>::erase(entry);
        let mut mistakes = Mistakes::default();
        let summary = (kind.resolve)(&mut entry, &sample.vocabulary, &mut mistakes).unwrap();
        assert!(mistakes.list.is_empty(), "{name}: {:?}", mistakes.list);
        assert_sound(name, &summary.unwrap().sheet(&sample.input(), &sample.heading));
    }
}

#[test]
fn every_wording_has_the_same_names_in_both_languages() {
    for (name, text) in super::TEXTS.iter().copied().flatten() {
        for part in text.vi.split('{').skip(1) {
            let blank = format!("{{{}}}", part.split('}').next().unwrap());
            assert!(text.en.contains(&blank), "{name} lacks {blank}");
        }
    }
}

fn assert_sound(name: &str, sheet: &Sheet) {
    let mut taken = std::collections::BTreeSet::new();
    for cell in &sheet.cells {
        let last = cell.merged_to.unwrap_or(cell.at);
        for row in cell.at.row..=last.row {
            for column in cell.at.column..=last.column {
                assert!(taken.insert((row, column)), "{name}: {} over another cell", cell.at);
                assert!(usize::from(column) < sheet.widths.len(), "{name}: {} past the widths", cell.at);
            }
        }
    }
    assert!(sheet.cells.is_sorted_by_key(|cell| cell.at), "{name}: cells out of order");
    assert!(sheet.frozen_rows > 0 && sheet.repeated_rows.is_some(), "{name}: no header rows");
    let (first, last) = sheet.together.unwrap();
    assert!(first < last, "{name}: the end of the table is not kept with its signatures");
}

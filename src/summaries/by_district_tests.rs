#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use super::super::samples::{content, sample};
use super::*;
use crate::model::Label;
use crate::summaries::Content;

fn figure(of: usize, per: Option<usize>) -> Figure {
    Figure { label: Label::same("x"), of, per, note: None }
}

#[test]
fn counts_totals_and_shares_stand_as_formulas_with_their_values() {
    let sample = sample();
    let input = sample.input();
    let kind = ByDistrict { columns: vec![figure(0, None), figure(1, None), figure(1, Some(0))] };
    let sheet = kind.sheet(&input, &sample.heading);
    let formula = |text: &str, value: Option<f64>| Content::Formula { formula: text.to_owned(), value };
    assert_eq!(content(&sheet, "B9"), Content::Text("Tràng Định".to_owned()));
    assert_eq!(content(&sheet, "C9"), formula("=COUNTIFS(HocVien[Huyện],$B9)", Some(2.0)));
    assert_eq!(
        content(&sheet, "D9"),
        formula("=COUNTIFS(HocVien[Huyện],$B9,HocVien[[Kết quả, xếp loại]],\"Tốt nghiệp\")", Some(1.0))
    );
    assert_eq!(content(&sheet, "E9"), formula("=IF(C9=0,\"\",D9/C9)", Some(0.5)));
    assert_eq!(content(&sheet, "E10"), formula("=IF(C10=0,\"\",D10/C10)", None));
    assert_eq!(content(&sheet, "C11"), formula("=SUM(C9:C10)", Some(2.0)));
    assert_eq!(content(&sheet, "A8"), Content::Text("(1)".to_owned()));
}

#[test]
fn above_the_size_limit_values_stand_alone_and_the_sheet_says_so() {
    let sample = sample();
    let input = Input { live: crate::summaries::Live::Values, ..sample.input() };
    let sheet = ByDistrict { columns: vec![figure(0, None)] }.sheet(&input, &sample.heading);
    assert_eq!(content(&sheet, "C9"), Content::Number(2.0));
    assert!(sheet.cells.iter().any(|cell| matches!(&cell.content, Content::Text(text) if text.contains("giá trị"))));
}

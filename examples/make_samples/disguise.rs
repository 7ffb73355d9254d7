//! Repairs: what officers type differently without a fault. The tool mends each and lists it; none is a finding.

use chrono::NaiveDate;
use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

use super::layout::Layout;
use super::province::day;
use super::workbook::{Cell, District, Row};

/// A planted repair: what the list of repairs must hold.
#[derive(Debug, Serialize)]
pub struct Repaired {
    pub file: String,
    pub kind: &'static str,
    pub sheet: &'static str,
    pub cell: String,
    /// The cell as the district sees it.
    pub before: String,
    /// The value that is read.
    pub after: String,
}

/// District, kind of repair, field of «Ban CHQS», and how the cell is typed instead.
type Disguise = (&'static str, &'static str, &'static str, fn(&Row) -> Cell);

const DISGUISES: [Disguise; 6] = [
    ("180", "spaces", "ho_ten", |row| Cell::Text(format!(" {} ", row.text("ho_ten").replace(' ', "  ")))),
    ("184", "composed", "ho_ten", |row| Cell::Text(row.text("ho_ten").nfd().collect())),
    ("185", "text-date", "ngay_sinh", |row| typed(row.date("ngay_sinh"), "%d/%m/%Y")),
    ("186", "leading-zero", "cccd", |row| Cell::Number(row.text("cccd").parse().unwrap())),
    // "12/12" typed in Excel turns into the twelfth of December.
    ("187", "date-meant-fraction", "van_hoa", |_| Cell::Date(day(2019, 12, 12))),
    ("188", "text-date", "ngay_giu", |row| typed(row.date("ngay_giu"), "%d.%m.%Y")),
];

/// Disguises one cell in each of some districts, in the row of the last political officer, which no fault touches.
pub fn disguise(province: &mut [District]) -> Vec<Repaired> {
    let mut repaired = Vec::new();
    for (code, kind, field, typed) in DISGUISES {
        let district = province.iter_mut().find(|one| one.code == code).unwrap();
        let file = district.file_name();
        let at = district.command.iter().rposition(|row| row.text("chuc_danh") == "Chính trị viên").unwrap();
        let row = &mut district.command[at];
        let (meant, typed) = (row.cells[row.column(field)].clone(), typed(row));
        row.set(field, typed.clone());
        let cell = Layout::default().address(at, row.column(field));
        repaired.push(Repaired { file, kind, sheet: "Ban CHQS", cell, before: shown(&typed), after: shown(&meant) });
    }
    repaired
}

/// A cell as people see it.
pub fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Date(day) => day.format("%d/%m/%Y").to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Blank | Cell::Broken(..) => String::new(),
    }
}

fn typed(date: Option<NaiveDate>, format: &str) -> Cell {
    Cell::Text(date.unwrap().format(format).to_string())
}

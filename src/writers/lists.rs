//! Lists after the registers: held-back rows, findings, explanations, repairs.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use super::{
    grid::{self, Item, List},
    styles::Styles,
    words::{self, AFTER, BEFORE, CELL, EXPECTED, LEVEL, REMEDY, SHEET, TITLE, WHY},
};
use crate::model::own::{CHECK, EXPLANATION, FOUND, KEY, REPAIRS};
use crate::model::{Consolidated, Explained, Finding, HeldRow, Lang, Repair, Submission, Text, Vocabulary};
use crate::texts;

texts! {
    HELD = "Dòng giữ lại" / "Rows held back";
    FINDINGS = "Lỗi" / "Findings";
    DISTRICT = "Huyện" / "District";
    FILE = "Tệp" / "File";
    ROW = "Dòng" / "Row";
    COUNT = "Số lý do" / "Reasons";
    REASONS = "Lý do" / "Why";
}

/// Adds the four lists, each on as many sheets as it takes.
pub fn all(
    workbook: &mut Workbook,
    consolidated: &Consolidated,
    vocabulary: &Vocabulary,
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    let columns = [DISTRICT, FILE, SHEET, ROW, KEY, COUNT, REASONS].map(|text| text.get(lang));
    let held: Vec<_> = consolidated.held.iter().map(|row| held_row(row, consolidated, vocabulary, lang)).collect();
    let mut add = |name: Text, columns: &[(&str, f64)], rows: &[Vec<Item>]| {
        grid::list(workbook, &List { name: name.get(lang), taken: &[], columns, rows }, grid::MOST_ROWS, lang, styles)
    };
    add(HELD, &with(&columns, &[12.0, 20.0, 12.0, 7.0, 26.0, 8.0, 82.0]), &held)?;

    let findings: Vec<_> =
        consolidated.findings.iter().map(|one| finding(one, consolidated, vocabulary, lang)).collect();
    let columns = [DISTRICT, FILE, LEVEL, CHECK, TITLE, SHEET, CELL, KEY, FOUND, EXPECTED, REMEDY];
    let columns = columns.map(|text| text.get(lang));
    let widths = [11.0, 16.0, 10.0, 13.0, 21.0, 11.0, 9.0, 20.0, 28.0, 26.0, 30.0];
    add(FINDINGS, &with(&columns, &widths), &findings)?;

    let columns = [DISTRICT, FILE, CHECK, TITLE, KEY, FOUND, EXPLANATION].map(|text| text.get(lang));
    let explained = explained(consolidated, vocabulary, lang);
    add(EXPLANATION, &with(&columns, &[12.0, 20.0, 15.0, 24.0, 24.0, 32.0, 40.0]), &explained)?;

    let columns = [DISTRICT, FILE, SHEET, CELL, KEY, BEFORE, AFTER, WHY].map(|text| text.get(lang));
    let repairs: Vec<Vec<Item>> = consolidated
        .submissions
        .iter()
        .flat_map(|by| {
            by.repairs.iter().map(|one| {
                let cell = Item::text(one.place.cell.map(|cell| cell.to_string()).unwrap_or_default());
                let mut row = sender(Some(by), vocabulary, lang);
                row.extend([Item::text(&one.place.sheet), cell]);
                row.extend(repair(one, lang));
                row
            })
        })
        .collect();
    add(REPAIRS, &with(&columns, &[12.0, 20.0, 12.0, 9.0, 26.0, 26.0, 26.0, 38.0]), &repairs)
}

/// Warnings that a district explained.
fn explained(consolidated: &Consolidated, vocabulary: &Vocabulary, lang: Lang) -> Vec<Vec<Item>> {
    let row = |said: &Explained| {
        let one = consolidated.findings.get(said.finding)?;
        let mut row = sender(one.submission.and_then(|at| consolidated.submissions.get(at)), vocabulary, lang);
        row.extend([&one.check, one.title.get(lang), &one.key, &one.found.get(lang), &said.text].map(Item::text));
        Some(row)
    };
    consolidated.explained.iter().filter_map(row).collect()
}

/// Row key, before, after and why of a repair.
pub fn repair(one: &Repair, lang: Lang) -> impl Iterator<Item = Item> {
    [&one.key, &one.before, &one.after, words::repair(one.kind).get(lang)]
        .map(|text: &str| Item::text(text))
        .into_iter()
}

/// Column titles with their widths.
pub fn with<'a>(titles: &[&'a str], widths: &[f64]) -> Vec<(&'a str, f64)> {
    titles.iter().copied().zip(widths.iter().copied()).collect()
}

fn sender(submission: Option<&Submission>, vocabulary: &Vocabulary, lang: Lang) -> Vec<Item> {
    let district = vocabulary.district_name(submission.and_then(|one| one.cover.district));
    vec![Item::text(district.get(lang)), Item::text(submission.map_or("", |one| one.file.name.as_str()))]
}

/// The cells of a finding, at most a few hundred characters.
pub fn cells(finding: &Finding) -> String {
    let said: Vec<String> =
        finding.places.iter().take(50).filter_map(|place| place.cell).map(|cell| cell.to_string()).collect();
    said.join(", ")
}

fn held_row(held: &HeldRow, consolidated: &Consolidated, vocabulary: &Vocabulary, lang: Lang) -> Vec<Item> {
    let submission = consolidated.submissions.get(held.at.submission as usize);
    let mut row = sender(submission, vocabulary, lang);
    let table = submission.and_then(|one| one.tables.get(held.table));
    let at = held.at.row as usize;
    let origin = table.and_then(|table| table.origin.get(at));
    let part = table.zip(origin).and_then(|(table, origin)| table.parts.get(usize::from(origin.part)));
    row.push(Item::text(part.map_or("", |part| part.sheet.as_str())));
    row.push(origin.map_or(Item::text(""), |origin| Item::Number(f64::from(origin.row) + 1.0)));
    row.push(Item::text(table.map(|table| table.row_key(vocabulary, at)).unwrap_or_default()));
    row.push(Item::Number(held.reasons.len() as f64));
    let reasons = held.reasons.iter().filter_map(|reason| consolidated.findings.get(*reason));
    let said: Vec<String> =
        reasons.map(|one| format!("{}: {} ({})", one.title.get(lang), one.found.get(lang), cells(one))).collect();
    row.push(Item::text(said.join("\n")));
    row
}

fn finding(one: &Finding, consolidated: &Consolidated, vocabulary: &Vocabulary, lang: Lang) -> Vec<Item> {
    let mut row = sender(one.submission.and_then(|at| consolidated.submissions.get(at)), vocabulary, lang);
    let sheet = one.places.first().map_or("", |place| place.sheet.as_str());
    let (cells, found, expected, remedy) =
        (cells(one), one.found.get(lang), one.expected.get(lang), one.remedy.get(lang));
    row.push(Item::Level(one.level));
    let texts: [&str; 8] = [&one.check, one.title.get(lang), sheet, &cells, &one.key, &found, &expected, &remedy];
    row.extend(texts.map(Item::text));
    row
}

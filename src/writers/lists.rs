//! Lists after the registers: held-back rows, findings, explanations, repairs.

use anyhow::Result;
use rust_xlsxwriter::Workbook;

use super::{
    grid::{self, Item},
    styles::Styles,
    words,
};
use crate::model::own::{CHECK, FOUND, KEY};
use crate::model::{Consolidated, Finding, HeldRow, Lang, Submission, Vocabulary};
use crate::texts;

texts! {
    HELD = "Dòng giữ lại" / "Rows held back";
    FINDINGS = "Lỗi" / "Findings";
    EXPLAINED = "Giải trình" / "Explanations";
    REPAIRS = "Tự sửa" / "Repairs";
    DISTRICT = "Huyện" / "District";
    FILE = "Tệp" / "File";
    SHEET = "Trang tính" / "Sheet";
    ROW = "Dòng" / "Row";
    COUNT = "Số lý do" / "Reasons";
    REASONS = "Lý do" / "Why";
    LEVEL = "Mức" / "Level";
    TITLE = "Nội dung kiểm tra" / "Check";
    CELL = "Ô" / "Cell";
    EXPECTED = "Cần có" / "Expected";
    REMEDY = "Cách sửa" / "Remedy";
    BEFORE = "Trước" / "Before";
    AFTER = "Sau" / "After";
    WHY = "Vì sao" / "Reason";
}

/// Adds the four lists.
pub fn all(
    workbook: &mut Workbook,
    consolidated: &Consolidated,
    vocabulary: &Vocabulary,
    lang: Lang,
    styles: &Styles,
) -> Result<()> {
    let say = |text: crate::model::Text| text.get(lang);
    let from = |at: Option<&Submission>| sender(at, vocabulary, lang);
    let held: Vec<_> = consolidated.held.iter().map(|row| held_row(row, consolidated, vocabulary, lang)).collect();
    let columns =
        [(DISTRICT, 16.0), (FILE, 26.0), (SHEET, 14.0), (ROW, 8.0), (KEY, 30.0), (COUNT, 9.0), (REASONS, 90.0)];
    grid::list(workbook, say(HELD), &columns.map(|(text, width)| (say(text), width)), &held, styles)?;

    let findings: Vec<_> =
        consolidated.findings.iter().map(|one| finding(one, consolidated, vocabulary, lang)).collect();
    let columns = [
        (DISTRICT, 16.0),
        (FILE, 26.0),
        (LEVEL, 12.0),
        (CHECK, 20.0),
        (TITLE, 28.0),
        (SHEET, 14.0),
        (CELL, 14.0),
        (KEY, 28.0),
        (FOUND, 38.0),
        (EXPECTED, 38.0),
        (REMEDY, 44.0),
    ];
    grid::list(workbook, say(FINDINGS), &columns.map(|(text, width)| (say(text), width)), &findings, styles)?;

    let mut explained = Vec::new();
    for said in &consolidated.explained {
        let Some(one) = consolidated.findings.get(said.finding) else { continue };
        let mut row = from(one.submission.and_then(|at| consolidated.submissions.get(at)));
        row.extend([&one.check, one.title.get(lang), &one.key, &one.found.get(lang), &said.text].map(Item::text));
        explained.push(row);
    }
    let columns =
        [(DISTRICT, 16.0), (FILE, 26.0), (CHECK, 20.0), (TITLE, 28.0), (KEY, 28.0), (FOUND, 40.0), (EXPLAINED, 60.0)];
    grid::list(workbook, say(EXPLAINED), &columns.map(|(text, width)| (say(text), width)), &explained, styles)?;

    let mut repairs = Vec::new();
    for by in &consolidated.submissions {
        for one in &by.repairs {
            let mut row = from(Some(by));
            let cell = one.place.cell.map(|cell| cell.to_string()).unwrap_or_default();
            let why = words::repair(one.kind).get(lang);
            row.extend(
                [&one.place.sheet, &cell, &one.key, &one.before, &one.after, why].map(|text: &str| Item::text(text)),
            );
            repairs.push(row);
        }
    }
    let columns = [
        (DISTRICT, 16.0),
        (FILE, 26.0),
        (SHEET, 14.0),
        (CELL, 9.0),
        (KEY, 28.0),
        (BEFORE, 28.0),
        (AFTER, 28.0),
        (WHY, 40.0),
    ];
    grid::list(workbook, say(REPAIRS), &columns.map(|(text, width)| (say(text), width)), &repairs, styles)?;
    Ok(())
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
    let level = words::level(one.level).get(lang);
    let texts: [&str; 9] =
        [level, &one.check, one.title.get(lang), sheet, &cells, &one.key, &found, &expected, &remedy];
    row.extend(texts.map(Item::text));
    row
}

//! Who sent a file: the cover says it; where it does not, the file's name, its folders, or the communes in its rows do.
//! Where they disagree, that is a finding with the evidence.

use std::collections::BTreeMap;
use std::ops::ControlFlow;

use chrono::NaiveDate;

use super::written::{prior, words};
use crate::form::Form;
use crate::model::{
    Code, CodeList, Entry, FieldType, Finding, Label, Level, Lookup, Place, Refusal, Sentence, Submission, Table,
    Workbook, baseline,
};
use crate::text::{key, plain_key};
use crate::texts;

texts! {
    INFERRED_NAME = "trang đầu không ghi huyện; tên tệp «{file}» chỉ {district}" / "the cover names no district; the file name \"{file}\" means {district}";
    INFERRED_ROWS = "trang đầu không ghi huyện; {count} ô ghi tên xã của {district}" / "the cover names no district; {count} cells name communes of {district}";
    ON_COVER = "mã hoặc tên huyện ở trang đầu" / "code or name of the district on the cover";
    WRITE_COVER = "Ghi mã và tên huyện ở trang đầu; nếu {district} không đúng, gửi lại tệp." / "Write code and name of the district on the cover; send the file again if {district} is wrong.";
    NAME_DIFFERS = "trang đầu ghi {cover}, tên tệp «{file}» chỉ {district}" / "the cover says {cover}, the file name \"{file}\" means {district}";
    ROWS_DIFFER = "trang đầu ghi {cover}, nhưng {count} trên {rows} dòng của «{sheet}» ghi xã của {district}, ví dụ {example}" / "the cover says {cover}, but {count} of {rows} rows of \"{sheet}\" name communes of {district}, such as {example}";
    ONE_SENDER = "trang đầu, tên tệp và các xã cùng một huyện" / "one district on the cover, in the file name and in the rows";
    RENAME = "Nếu trang đầu đúng, đổi tên tệp; nếu không, sửa trang đầu." / "If the cover is right, rename the file; otherwise correct the cover.";
    CORRECT_SENDER = "Sửa mã, tên huyện ở trang đầu, hoặc gửi đúng tệp của {cover}." / "Correct the district on the cover, or send the file of {cover}.";
}

/// Rows in which communes are looked for when nothing else tells the sender.
const SEARCHED_ROWS: u32 = 400;
/// Cells naming communes of one district that are needed to tell the sender by them, or to doubt it.
const ENOUGH: usize = 3;

/// The sender where the cover names none; the finding says by what it was told.
pub fn infer(
    workbook: &mut dyn Workbook,
    free: &[usize],
    form: &Form,
    submission: &Submission,
) -> Result<Option<(Code, Finding)>, Refusal> {
    let file = &submission.file.name;
    let said = |district: Code, found: Sentence| {
        let name = form.vocabulary.district_name(Some(district));
        let found = found.with_label("district", name.clone());
        let remedy = WRITE_COVER.say().with_label("district", name);
        Some((district, Finding::of_file(&baseline::DISTRICT_INFERRED, Vec::new(), [found, ON_COVER.say(), remedy])))
    };
    if let Some(district) = by_name(file, form) {
        return Ok(said(district, INFERRED_NAME.say().with("file", file)));
    }
    let day = submission.cover.cut_off.unwrap_or(NaiveDate::MAX);
    let Some((district, count)) = by_communes(workbook, free, form, day)? else { return Ok(None) };
    Ok(said(district, INFERRED_ROWS.say().with("count", count)))
}

/// What contradicts the cover: the file's name, or most rows of a table.
pub fn conflicts(form: &Form, submission: &Submission) -> Vec<Finding> {
    let (Some(cover), Some(day)) = (submission.cover.district, submission.cover.cut_off) else { return Vec::new() };
    let name = |district: Code| form.vocabulary.district_name(Some(district));
    let file = &submission.file.name;
    let mut findings = Vec::new();
    if let Some(other) = by_name(file, form).filter(|other| *other != cover) {
        let found = NAME_DIFFERS.say().with_label("cover", name(cover)).with("file", file);
        let said = [found.with_label("district", name(other)), ONE_SENDER.say(), RENAME.say()];
        let finding = Finding::of_file(&baseline::DISTRICT_CONFLICT, Vec::new(), said);
        // A file name is a habit; it holds nothing back.
        findings.push(Finding { level: Level::Warning, ..finding });
    }
    for table in &submission.tables {
        let Some(foreign) = foreign(form, table, cover, day) else { continue };
        let found = ROWS_DIFFER
            .say()
            .with_label("cover", name(cover))
            .with("count", foreign.count)
            .with("rows", table.len())
            .with_label("sheet", form.vocabulary.tables[table.shape].sheet.clone())
            .with_label("district", name(foreign.district))
            .with("example", foreign.example);
        let remedy = CORRECT_SENDER.say().with_label("cover", name(cover));
        let places = foreign.place.into_iter().collect();
        findings.push(Finding::of_file(&baseline::DISTRICT_CONFLICT, places, [found, ONE_SENDER.say(), remedy]));
    }
    findings
}

/// The one district that a path names: by its code at the beginning of a name, `182-van-lang.xls`, since numbers further
/// on are those of documents, years, people; or by name, `Huyện Văn Lãng/bao cao.xlsx`.
fn by_name(path: &str, form: &Form) -> Option<Code> {
    let list = &form.vocabulary.lists[form.vocabulary.districts];
    let mut found: Vec<usize> = path.split('/').flat_map(|part| named_in(part, list)).collect();
    found.sort_unstable();
    found.dedup();
    // A town often bears the province's name, which stands in every file name.
    if found.len() > 1 {
        found.retain(|at| plain_key(&list.entries[*at].short.vi) != plain_key(&form.office.place));
    }
    match found.as_slice() {
        [position] => Some(Code::at(*position)),
        _ => None,
    }
}

/// Words of office that hold a district's name where diacritics are left out: «báo cáo Lộc Bình» holds Cao Lộc.
const OFFICE_WORDS: [[&str; 2]; 3] = [["bao", "cao"], ["cong", "van"], ["quy", "dinh"]];

/// The entries that the name of one file or folder names; with diacritics where it has any.
fn named_in(part: &str, list: &CodeList) -> Vec<usize> {
    let spelt = key(part);
    let as_written: fn(&str) -> String = if spelt.is_ascii() { plain_key } else { key };
    let words: Vec<&str> = spelt.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let (mut spaced, mut joined) = (format!(" {} ", words.join(" ")), words.concat());
    for [first, second] in OFFICE_WORDS {
        spaced = spaced.replace(&format!(" {first} {second} "), "  ");
        joined = joined.replace(&format!("{first}{second}"), " ");
    }
    let names = |label: &Label| {
        let name = as_written(&label.vi);
        let compact: String = name.split_whitespace().collect();
        spaced.contains(&format!(" {name} ")) || (compact.len() >= 6 && joined.contains(&compact))
    };
    let named = |entry: &Entry| words.first() == Some(&entry.code.as_str()) || names(&entry.short);
    let entries = list.entries.iter().enumerate();
    entries.filter(|(_, entry)| named(entry)).map(|(position, _)| position).collect()
}

/// The one district whose communes are named in the first rows, with the number of cells that name them.
fn by_communes(
    workbook: &mut dyn Workbook,
    free: &[usize],
    form: &Form,
    day: NaiveDate,
) -> Result<Option<(Code, usize)>, Refusal> {
    let fields = form.vocabulary.tables.iter().flat_map(|table| &table.fields);
    let list = fields.filter_map(|field| match field.kind {
        FieldType::Code { list, of_district: true } => Some(&form.vocabulary.lists[list]),
        _ => None,
    });
    let Some(list) = list.into_iter().next() else { return Ok(None) };
    let mut districts: BTreeMap<Code, usize> = BTreeMap::new();
    for sheet in free {
        let prior = prior(workbook, *sheet)?;
        workbook.cells(*sheet, &mut |cell| {
            let commune = words(cell, prior).and_then(|text| match list.look_up(&key(&text), day, None) {
                Lookup::One(code) => list.entry(code)?.parent,
                _ => None,
            });
            if let Some(district) = commune {
                *districts.entry(district).or_default() += 1;
            }
            if cell.at.row < SEARCHED_ROWS { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
    }
    let all: usize = districts.values().sum();
    let most = districts.into_iter().max_by_key(|(_, count)| *count);
    // Names repeat across districts; four of five cells must agree.
    Ok(most.filter(|(_, count)| *count >= ENOUGH && count * 5 >= all * 4))
}

/// Rows that name communes of another district.
struct Foreign {
    district: Code,
    count: usize,
    example: String,
    place: Option<Place>,
}

/// The other district whose communes most rows of a table name.
fn foreign(form: &Form, table: &Table, cover: Code, day: NaiveDate) -> Option<Foreign> {
    let shape = &form.vocabulary.tables[table.shape];
    for (field, shape) in shape.fields.iter().enumerate() {
        let FieldType::Code { list, of_district: true } = shape.kind else { continue };
        let list = &form.vocabulary.lists[list];
        let mut districts: BTreeMap<Code, (usize, u32)> = BTreeMap::new();
        for (row, written) in &table.columns[field].unread {
            if let Some(district) = elsewhere(list, written, day, cover) {
                districts.entry(district).or_insert((0, *row)).0 += 1;
            }
        }
        let most = districts.into_iter().max_by_key(|(_, (count, _))| *count);
        if let Some((district, (count, row))) =
            most.filter(|(_, (count, _))| *count >= ENOUGH && count * 2 > table.len())
        {
            let row = row as usize;
            let example = table.columns[field].unread(row).unwrap_or_default().to_owned();
            return Some(Foreign { district, count, example, place: table.place(field, row) });
        }
    }
    None
}

/// The district of a commune that is none of the sender's.
fn elsewhere(list: &CodeList, written: &str, day: NaiveDate, cover: Code) -> Option<Code> {
    match list.look_up(&key(written), day, Some(cover)) {
        Lookup::Elsewhere(codes) => list.entry(*codes.first()?)?.parent,
        _ => None,
    }
}

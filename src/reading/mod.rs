//! Reading: raw cells and a form in; typed tables, baseline findings and repairs out.
//!
//! Must not know: the spreadsheet readers.

mod above;
mod candidate;
mod codes;
mod columns;
mod copies;
mod cover;
mod derived;
mod disguise;
mod explanations;
mod fields;
mod grid;
mod header;
mod labels;
mod late;
mod layout;
mod mapping;
mod merged;
mod previous;
mod record;
mod remarks;
mod row;
mod rows;
mod sender;
mod spread;
mod stretch;
mod tables;
mod titles;
mod values;
mod written;
mod wrote;

use crate::form::Form;
use crate::model::{
    Column, FieldType, Finding, Level, Refusal, RefusalKind, RowTally, Sentence, SourceFile, Submission, Table,
    TableShape, TextColumn, Values, Workbook, baseline,
    own::{self, Purpose},
};
use crate::texts;

pub use grid::Grid;
pub use previous::{Unfit, previous};
pub use record::record;

texts! {
    WORKBOOK = "một bảng tính đọc được (.xlsx, .xlsm, .xlsb, .xls, .ods)" / "a readable workbook (.xlsx, .xlsm, .xlsb, .xls, .ods)";
    CONSOLIDATED = "tệp là bảng tổng hợp do tonghop lập, không phải báo cáo của huyện" / "the file is a consolidated workbook that tonghop wrote, not a district's report";
    NOTICE = "tệp là giấy biên nhận hoặc giấy đôn đốc của tỉnh, không phải báo cáo của huyện" / "the file is a receipt or a reminder of the province, not a district's report";
    A_REPORT = "báo cáo của một huyện theo biểu mẫu {form}" / "a district's report on form {form}";
    TAKE_AWAY = "Chuyển tệp này ra khỏi thư mục báo cáo." / "Move this file out of the folder of reports.";
    NO_FORM = "tệp không có trang nào của biểu mẫu «{form}»" / "no sheet of the form \"{form}\" is in the file";
    THE_FORM = "biểu mẫu {form}" / "form {form}";
    USE_FORM = "Dùng biểu mẫu trống do tỉnh gửi để lập báo cáo." / "Use the blank workbook that the province sent.";
}

/// Wordings of this room, for the catalogue test.
pub const ALL_TEXTS: &[&[(&str, crate::model::Text)]] = &[
    TEXTS,
    codes::TEXTS,
    columns::TEXTS,
    copies::TEXTS,
    cover::TEXTS,
    disguise::TEXTS,
    layout::TEXTS,
    previous::TEXTS,
    record::TEXTS,
    remarks::TEXTS,
    sender::TEXTS,
    values::TEXTS,
];

/// Reads a file: never an error, whatever is wrong becomes a finding of the submission.
pub fn read(
    file: SourceFile,
    opened: Result<&mut (dyn Workbook + Send + 'static), &mut Refusal>,
    form: &Form,
) -> Submission {
    let mut submission = empty(file, form);
    let opened = opened.map_err(|refusal| refusal.clone());
    let outcome = opened.and_then(|workbook| read_workbook(workbook, form, &mut submission));
    match outcome {
        Ok(()) => submission.findings.extend(disguise::note(&submission.file)),
        Err(refusal) => submission.findings.push(refused(refusal)),
    }
    submission
}

fn read_workbook(workbook: &mut dyn Workbook, form: &Form, submission: &mut Submission) -> Result<(), Refusal> {
    let ours = match workbook.property(own::PURPOSE).and_then(Purpose::by_name) {
        Some(Purpose::Consolidated) => Some(&CONSOLIDATED),
        Some(Purpose::Notice) => Some(&NOTICE),
        _ => None,
    };
    if let Some(ours) = ours {
        let said = [ours.say(), A_REPORT.say().with("form", &form.id), TAKE_AWAY.say()];
        submission.findings.push(Finding::of_file(&baseline::OTHER_FORM, Vec::new(), said));
        return Ok(());
    }
    let sheets = workbook.sheets().to_vec();
    let added = own::added(workbook);
    let mut free: Vec<usize> = (0..sheets.len()).filter(|sheet| !added[*sheet]).collect();
    submission.explanations = explanations::read(workbook)?;

    let cover_sheet = labels::find(workbook, form, &free)?;
    if cover_sheet == labels::Found::Nowhere {
        submission.findings.push(without_cover(workbook, &free, form)?);
        return Ok(());
    }
    cover::read(workbook, cover_sheet.sheet(), form, submission)?;
    // A cover that was found by its labels may share its sheet with tables.
    free.retain(|sheet| cover_sheet != labels::Found::Named(*sheet));
    submission.hidden_sheets = sheets.iter().filter(|sheet| sheet.hidden).map(|sheet| sheet.name.clone()).collect();
    if submission.cover.district.is_none() && !submission.blocked() {
        let told = sender::infer(workbook, &free, form, submission)?;
        submission.cover.district = told.as_ref().map(|(district, _)| *district);
        submission.findings.push(told.map_or_else(|| cover::district_unknown(form), |(_, finding)| finding));
    }
    if submission.blocked() {
        return Ok(());
    }
    let started = tables::read(workbook, &free, form, submission)?;
    let strangers = free.iter().filter(|sheet| !started.contains(sheet) && cover_sheet.sheet() != Some(**sheet));
    submission.other_sheets = strangers.map(|sheet| sheets[*sheet].name.clone()).collect();
    submission.findings.extend(sender::conflicts(form, submission));
    Ok(())
}

/// The finding of a file without a cover: of another form where no sheet holds a table either.
fn without_cover(workbook: &mut dyn Workbook, free: &[usize], form: &Form) -> Result<Finding, Refusal> {
    let sheets: Vec<String> = workbook.sheets().iter().map(|sheet| sheet.name.clone()).collect();
    for sheet in free {
        if rows::holds_table(workbook, *sheet, form)? {
            let finding = layout::no_sheet(&form.vocabulary.cover.sheet, &sheets);
            return Ok(Finding { level: Level::Block, ..finding });
        }
    }
    let id = &form.id;
    let said = [NO_FORM.say().with("form", id), THE_FORM.say().with("form", id), USE_FORM.say()];
    Ok(Finding::of_file(&baseline::OTHER_FORM, Vec::new(), said))
}

/// A submission of which nothing is known yet.
fn empty(file: SourceFile, form: &Form) -> Submission {
    Submission {
        file,
        cover: Default::default(),
        tables: form.vocabulary.tables.iter().enumerate().map(|(shape, table)| empty_table(shape, table)).collect(),
        repairs: Vec::new(),
        findings: Vec::new(),
        explanations: Vec::new(),
        other_sheets: Vec::new(),
        hidden: Default::default(),
        hidden_sheets: Vec::new(),
    }
}

/// A table without rows.
fn empty_table(shape: usize, table: &TableShape) -> Table {
    let column = |kind: &FieldType| match kind {
        FieldType::Text | FieldType::Id { .. } => Values::Text(TextColumn::default()),
        FieldType::Date => Values::Date(Vec::new()),
        FieldType::Flag => Values::Flag(Vec::new()),
        FieldType::Code { .. } => Values::Code(Vec::new()),
        FieldType::Number => Values::Number(Vec::new()),
    };
    let columns = table.fields.iter().map(|field| Column::new(column(&field.kind))).collect();
    Table { shape, parts: Vec::new(), columns, origin: Vec::new(), tally: RowTally::default(), taken: Vec::new() }
}

fn refused(refusal: Refusal) -> Finding {
    let baseline = match refusal.kind {
        RefusalKind::Unreadable => &baseline::UNREADABLE,
        RefusalKind::Encrypted => &baseline::ENCRYPTED,
        RefusalKind::NotAWorkbook => &baseline::NOT_A_WORKBOOK,
        RefusalKind::TooLarge => &baseline::TOO_LARGE,
        RefusalKind::Unsafe => &baseline::UNSAFE,
    };
    let expected: Sentence = WORKBOOK.say();
    Finding::of_file(baseline, Vec::new(), [refusal.found, expected, refusal.remedy])
}

//! The blank workbook: cover, table sheets with drop-downs, and the lists they choose from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Formula, Workbook,
    Worksheet,
};

use super::paper::{self, Page};
use super::styles::SIZE;
use super::{FormFace, publish, safe, styles};
use crate::model::{CellAt, Code, Entry, Field, FieldType, Lang, Need, TableShape, Text, Vocabulary, own::Purpose};
use crate::summaries::{Look, MOTTO, MOTTO_BELOW, Office, fit};
use crate::texts;

texts! {
    LISTS = "Danh mục" / "Lists";
    CODE = "Mã huyện" / "District code";
    NAME = "Tên huyện, thành phố" / "District name";
    PERIOD = "Kỳ báo cáo" / "Period";
    DAY = "Số liệu tính đến ngày" / "Figures as of";
    PREPARED = "Người lập biểu" / "Prepared by";
    PHONE = "Điện thoại" / "Telephone";
    EMAIL = "Email" / "E-mail";
    PERIOD_HINT = "Ghi năm, sáu tháng hoặc quý: 2019, 6T-2019, Q3-2019." / "Year, half year or quarter: 2019, 6T-2019, Q3-2019.";
    DATE_HINT = "Ghi ngày dạng dd/mm/yyyy, ví dụ 30/06/2019." / "Write the date as dd/mm/yyyy, for example 30/06/2019.";
    CHOOSE = "Chọn một giá trị trong danh sách." / "Choose a value from the list.";
    HOW = "Ô có dấu * là bắt buộc. Điền thêm các trang: {sheets}; mỗi người (chức danh) một dòng, bắt đầu ngay dưới dòng số thứ tự cột. Cột có danh sách thì chọn trong danh sách. Không đổi tên trang, tên cột; không chèn, không xóa cột." / "Cells marked * are required. Fill in the sheets too: {sheets}; one row a person (post), starting right below the row of column numbers. Where a column has a list, choose from it. Do not rename sheets or columns; do not insert or delete columns.";
    FORM = "Mẫu: {id} · {edition}" / "Form: {id} · {edition}";
}

/// Widths of the cover's columns, in characters.
const COVER_WIDTHS: [f64; 3] = [2.0, 46.0, 52.0];

/// First and last cell of each drop-down's entries on the sheet of lists, by list and whether of the district alone.
type Ranges = BTreeMap<(usize, bool), String>;

/// Writes the blank workbook, for one district or for any.
///
/// # Errors
/// When the file cannot be written.
pub fn template(
    face: &FormFace<'_>,
    office: &Office,
    district: Option<Code>,
    today: NaiveDate,
    lang: Lang,
    path: &Path,
) -> Result<()> {
    let mut workbook = publish::workbook(face, Purpose::Blank, "", None)?;
    let (ranges, columns) = choices(face.vocabulary, district, today, lang);
    cover(&mut workbook, face, office, district, lang)?;
    for shape in &face.vocabulary.tables {
        table(&mut workbook, shape, &ranges, lang)?;
    }
    lists(&mut workbook, &columns, lang)?;
    publish::publish(&mut workbook, path)
}

/// The columns of the sheet of lists, and where each list stands there.
fn choices(
    vocabulary: &Vocabulary,
    district: Option<Code>,
    today: NaiveDate,
    lang: Lang,
) -> (Ranges, Vec<Vec<String>>) {
    let mut ranges = Ranges::new();
    let mut columns = Vec::new();
    let kinds = vocabulary.tables.iter().flat_map(|table| &table.fields).filter(|field| field.derived.is_none());
    for field in kinds {
        let FieldType::Code { list, of_district } = field.kind else { continue };
        let Some(entries) = vocabulary.lists.get(list) else { continue };
        if ranges.contains_key(&(list, of_district)) {
            continue;
        }
        let parent = district.filter(|_| of_district);
        let label = |(_, entry): (Code, &Entry)| entry.label.get(lang).to_owned();
        let labels: Vec<String> = entries.valid(today, parent).map(label).collect();
        let (Ok(column), Ok(last)) = (u16::try_from(columns.len()), u32::try_from(labels.len())) else { continue };
        if last > 0 {
            let (first, last) = (CellAt::new(0, column).absolute(), CellAt::new(last - 1, column).absolute());
            ranges.insert((list, of_district), format!("='{}'!{first}:{last}", LISTS.get(lang)));
            columns.push(labels);
        }
    }
    (ranges, columns)
}

fn lists(workbook: &mut Workbook, columns: &[Vec<String>], lang: Lang) -> Result<()> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(LISTS.get(lang))?.set_hidden(true);
    for (column, labels) in (0u16..).zip(columns) {
        for (row, label) in (0u32..).zip(labels) {
            safe::write_text(sheet, row, column, label, &styles::plain())?;
        }
    }
    Ok(())
}

fn cover(
    workbook: &mut Workbook,
    face: &FormFace<'_>,
    office: &Office,
    district: Option<Code>,
    lang: Lang,
) -> Result<()> {
    let sheet = workbook.add_worksheet();
    cover_head(sheet, face, office, lang)?;
    let list = face.vocabulary.lists.get(face.vocabulary.districts);
    let entry = list.and_then(|list| list.entry(district?));
    let text = |text: Text| text.get(lang).to_owned();
    let fixed = [
        (text(CODE), Kind::Text, entry.map_or("", |entry| entry.code.as_str()), None),
        (text(NAME), Kind::Text, entry.map_or("", |entry| entry.label.get(lang)), None),
        (text(PERIOD), Kind::Text, "", Some(PERIOD_HINT)),
        (text(DAY), Kind::Date, "", Some(DATE_HINT)),
        (text(PREPARED), Kind::Text, "", None),
        (text(PHONE), Kind::Optional, "", None),
        (text(EMAIL), Kind::Optional, "", None),
    ];
    let totals = face.vocabulary.cover.totals.iter();
    let totals = totals.map(|total| (total.label.get(lang).to_owned(), Kind::Count, "", None));
    let mut row = 5;
    for (label, kind, value, hint) in fixed.into_iter().chain(totals) {
        title(sheet, (row, 1), &label, kind != Kind::Optional, &styles::bordered().set_text_wrap())?;
        let lines = fit::lines(&label, fit::column(COVER_WIDTHS[1]), SIZE);
        sheet.set_row_height(row, fit::height(lines, SIZE) + 3.0)?;
        let format = kind.format();
        sheet.write_blank(row, 2, &format)?;
        safe::write_text(sheet, row, 2, value, &format)?;
        if let Some(hint) = hint {
            let validation = if kind == Kind::Date { date_rule()? } else { DataValidation::new().allow_any_value() };
            sheet.add_data_validation(row, 2, row, 2, &said(validation, hint.get(lang))?)?;
        }
        row += 1;
    }
    let mark = FORM.say().with("id", face.id).with("edition", face.edition).get(lang);
    let tables: Vec<&str> = face.vocabulary.tables.iter().map(|table| table.sheet.get(lang)).collect();
    let how = HOW.say().with("sheets", tables.join(", ")).get(lang);
    let note = styles::look(Look::Note);
    sheet.merge_range(row + 1, 1, row + 1, 2, "", &note)?;
    let lines = fit::lines(&how, fit::column(COVER_WIDTHS[1]) + fit::column(COVER_WIDTHS[2]), SIZE);
    sheet.set_row_height(row + 1, fit::height(lines, SIZE))?;
    safe::write_text(sheet, row + 1, 1, &how, &note)?;
    safe::write_text(sheet, row + 3, 1, &mark, &styles::plain().set_font_size(9).set_italic())
}

/// The head of official papers and the form's title; sets the page up.
fn cover_head(sheet: &mut Worksheet, face: &FormFace<'_>, office: &Office, lang: Lang) -> Result<()> {
    sheet.set_name(safe::sheet_name(face.vocabulary.cover.sheet.get(lang)))?.set_screen_gridlines(false);
    paper::set_up(sheet, Page::Upright);
    paper::one_wide(sheet, Page::Upright, COVER_WIDTHS.into_iter());
    for (column, width) in (0u16..).zip(COVER_WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    let head = [
        (0, 1, office.parent.get(lang), Look::Subheading),
        (1, 1, office.body.get(lang), Look::Heading),
        (0, 2, MOTTO.get(lang), Look::Heading),
        (1, 2, MOTTO_BELOW.get(lang), Look::Motto),
    ];
    for (row, column, text, look) in head {
        safe::write_text(sheet, row, column, text, &styles::look(look).set_text_wrap())?;
    }
    sheet.merge_range(3, 1, 3, 2, "", &styles::look(Look::Title))?;
    safe::write_text(sheet, 3, 1, &face.title.get(lang).to_uppercase(), &styles::look(Look::Title))?;
    sheet.set_row_height(3, 44)?;
    Ok(())
}

/// What a value of the cover is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Optional,
    Date,
    Count,
}

impl Kind {
    fn format(self) -> Format {
        let format = styles::bordered();
        match self {
            Self::Text | Self::Optional => format.set_num_format("@"),
            Self::Date => format.set_num_format("dd/mm/yyyy"),
            Self::Count => format.set_num_format("#,##0"),
        }
    }
}

/// A label, with a red `*` where a value is required.
fn title(sheet: &mut Worksheet, (row, column): (u32, u16), label: &str, required: bool, format: &Format) -> Result<()> {
    if required {
        let label_format = styles::plain().set_bold();
        let (plain, red) = (label_format.clone(), label_format.set_font_color(Color::Red));
        let label = safe::clean(label);
        let parts = [(&plain, label.as_ref()), (&red, " *")];
        sheet.write_rich_string_with_format(row, column, &parts, format)?;
        return Ok(());
    }
    safe::write_text(sheet, row, column, label, format)
}

fn table(workbook: &mut Workbook, shape: &TableShape, ranges: &Ranges, lang: Lang) -> Result<()> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(safe::sheet_name(shape.sheet.get(lang)))?;
    let fields: Vec<&Field> = shape.fields.iter().filter(|field| field.derived.is_none()).collect();
    let widths: Vec<f64> = fields.iter().map(|field| field.width).collect();
    let key = shape.key.first().and_then(|key| shape.fields.get(*key));
    let repeated = fields.iter().position(|field| key.is_some_and(|key| key.name == field.name)).unwrap_or(0);
    paper::set_up(sheet, Page::Lying);
    let named = u16::try_from(repeated)?;
    paper::several_wide(sheet, &widths, named)?;
    // Right of the columns that every page repeats, so that only the first page shows it.
    safe::write_text(sheet, 0, named + 1, shape.title.get(lang), &styles::plain().set_font_size(14).set_bold())?;
    let lines = |field: &&Field| {
        fit::lines(&format!("{} *", field.label.get(lang)), fit::column(field.width), SIZE * fit::BOLD)
    };
    let lines = fields.iter().map(lines).max().unwrap_or(1);
    sheet.set_row_height(2, fit::height(lines, SIZE) + 6.0)?.set_freeze_panes(4, 0)?.set_repeat_rows(2, 3)?;
    let last_row = 3 + shape.blank_rows.max(1);
    for (column, field) in (0u16..).zip(fields) {
        sheet.set_column_width(column, field.width)?;
        title(sheet, (2, column), field.label.get(lang), field.need == Need::Always, &styles::column())?;
        let number = format!("({})", column + 1);
        safe::write_text(sheet, 3, column, &number, &styles::look(Look::ColumnNumber))?;
        let format = match field.kind {
            FieldType::Date => styles::bordered().set_num_format("dd/mm/yyyy"),
            FieldType::Number => styles::bordered(),
            _ => styles::bordered().set_num_format("@"),
        };
        // The last cell by itself, because the library counts one that gets but a format as no part of the sheet.
        sheet.write_blank(last_row, column, &format)?;
        sheet.set_range_format(4, column, last_row, column, &format)?;
        if let Some(validation) = rule(field, ranges, lang)? {
            sheet.add_data_validation(4, column, last_row, column, &validation)?;
        }
    }
    Ok(())
}

/// What a cell of a field accepts and says when it is selected.
fn rule(field: &Field, ranges: &Ranges, lang: Lang) -> Result<Option<DataValidation>> {
    let hint = field.hint.as_ref().map(|hint| hint.get(lang));
    let (validation, usual) = match field.kind {
        FieldType::Code { list, of_district } => match ranges.get(&(list, of_district)) {
            Some(range) => (DataValidation::new().allow_list_formula(Formula::new(range)), Some(CHOOSE)),
            None => (DataValidation::new().allow_any_value(), None),
        },
        FieldType::Date => (date_rule()?, Some(DATE_HINT)),
        FieldType::Flag => (DataValidation::new().allow_list_strings(&["x"])?, None),
        _ => (DataValidation::new().allow_any_value(), None),
    };
    let message = hint.or(usual.map(|text| text.get(lang)));
    match (message, &field.kind) {
        (Some(message), _) => Ok(Some(said(validation, message)?)),
        (None, FieldType::Flag) => Ok(Some(validation)),
        (None, _) => Ok(None),
    }
}

fn date_rule() -> Result<DataValidation> {
    let (first, last) = (ExcelDateTime::from_ymd(1900, 1, 1)?, ExcelDateTime::from_ymd(2099, 12, 31)?);
    let between = DataValidationRule::Between(first, last);
    Ok(DataValidation::new().allow_date(between).set_error_style(DataValidationErrorStyle::Warning))
}

/// A rule with its message; Excel allows 255 characters.
fn said(validation: DataValidation, message: &str) -> Result<DataValidation> {
    let short: String = safe::clean(message).chars().take(250).collect();
    Ok(validation.set_input_message(short)?)
}

//! The blank workbook: cover, table sheets with drop-downs, and the lists they choose from.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use chrono::NaiveDate;
use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format, Formula, Workbook,
    Worksheet,
};

use super::{FormFace, grid, publish, styles};
use crate::model::{CellAt, Code, Entry, Field, FieldType, Lang, Need, TableShape, Text, Vocabulary, own::Purpose};
use crate::summaries::{Look, Office};
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
    FORM = "Mẫu: {id} · {edition}" / "Form: {id} · {edition}";
}

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
            grid::write_text(sheet, row, column, label, &styles::plain())?;
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
    sheet.set_name(grid::sheet_name(face.vocabulary.cover.sheet.get(lang)))?.set_screen_gridlines(false);
    sheet.set_portrait();
    grid::print_setup(sheet);
    sheet.set_column_width(0, 4)?.set_column_width(1, 58)?.set_column_width(2, 36)?;
    grid::write_text(sheet, 0, 1, office.parent.get(lang), &styles::look(Look::Subheading))?;
    grid::write_text(sheet, 1, 1, office.body.get(lang), &styles::look(Look::Heading))?;
    sheet.merge_range(3, 1, 3, 2, face.title.get(lang), &styles::look(Look::Title))?;
    sheet.set_row_height(3, 44)?;
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
        let format = kind.format();
        sheet.write_blank(row, 2, &format)?;
        grid::write_text(sheet, row, 2, value, &format)?;
        if let Some(hint) = hint {
            let validation = if kind == Kind::Date { date_rule()? } else { DataValidation::new().allow_any_value() };
            sheet.add_data_validation(row, 2, row, 2, &said(validation, hint.get(lang))?)?;
        }
        row += 1;
    }
    let mark = FORM.say().with("id", face.id).with("edition", face.edition).get(lang);
    grid::write_text(sheet, row + 1, 1, &mark, &styles::plain().set_font_size(9).set_italic())
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
        let (plain, red) = (styles::plain(), styles::plain().set_font_color(Color::Red));
        let label = grid::clean(label);
        let parts = [(&plain, label.as_str()), (&red, " *")];
        sheet.write_rich_string_with_format(row, column, &parts, format)?;
        return Ok(());
    }
    grid::write_text(sheet, row, column, label, format)
}

fn table(workbook: &mut Workbook, shape: &TableShape, ranges: &Ranges, lang: Lang) -> Result<()> {
    let sheet = workbook.add_worksheet();
    sheet.set_name(grid::sheet_name(shape.sheet.get(lang)))?;
    sheet.set_landscape();
    grid::print_setup(sheet);
    grid::write_text(sheet, 0, 0, shape.title.get(lang), &styles::plain().set_font_size(14).set_bold())?;
    sheet.set_row_height(2, 50)?.set_freeze_panes(4, 0)?.set_repeat_rows(2, 3)?;
    let last_row = 3 + shape.blank_rows.max(1);
    let fields = shape.fields.iter().filter(|field| field.derived.is_none());
    for (column, field) in (0u16..).zip(fields) {
        sheet.set_column_width(column, field.width)?;
        title(sheet, (2, column), field.label.get(lang), field.need == Need::Always, &styles::column())?;
        let number = format!("({})", column + 1);
        grid::write_text(sheet, 3, column, &number, &styles::look(Look::ColumnNumber))?;
        let format = match field.kind {
            FieldType::Date => styles::bordered().set_num_format("dd/mm/yyyy"),
            FieldType::Number => styles::bordered(),
            _ => styles::bordered().set_num_format("@"),
        };
        for row in 4..=last_row {
            sheet.write_blank(row, column, &format)?;
        }
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
    let short: String = grid::clean(message).chars().take(250).collect();
    Ok(validation.set_input_message(short)?)
}

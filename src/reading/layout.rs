//! What is wrong or worth knowing of a sheet's layout: missing, doubled, ambiguous and strange columns.

use super::header::Header;
use super::mapping::Mapping;
use super::titles::bare;
use crate::model::{CellAt, Finding, Label, Level, Need, Part, Place, Scope, Table, TableShape, Text, baseline};
use crate::text::plain_key;
use crate::texts;

texts! {
    NO_SHEET = "không có trang «{sheet}»; tệp có: {others}" / "there is no sheet \"{sheet}\"; the file has: {others}";
    A_SHEET = "trang «{sheet}»" / "sheet \"{sheet}\"";
    ADD_SHEET = "Đổi tên trang tương ứng thành «{sheet}», hoặc chép trang này từ biểu mẫu trống." / "Rename the sheet to \"{sheet}\", or copy it from the blank workbook.";
    SEVERAL = "bảng «{sheet}» nằm ở {count} chỗ: {parts}; mọi chỗ đều được đọc" / "table \"{sheet}\" stands in {count} places: {parts}; all were read";
    ONE_PLACE = "một bảng ở một trang" / "one table on one sheet";
    CHECK_PARTS = "Không phải làm gì nếu đúng như vậy; nếu có chỗ chép thừa, xóa chỗ đó." / "Nothing to do if that is meant; remove a surplus copy.";
    NOTHING = "huyện khai «{sheet}» không phát sinh" / "the district declares that \"{sheet}\" has nothing to report";
    ROWS = "các dòng, hoặc lời khai không phát sinh" / "rows, or the declaration that there are none";
    NO_REMEDY = "Không phải làm gì." / "Nothing to do.";
    NO_HEADER = "không tìm thấy dòng tiêu đề trên trang «{sheet}»" / "no header row on sheet \"{sheet}\"";
    HEADER = "một dòng có các tiêu đề {titles}…" / "a row with the titles {titles}…";
    COPY_HEADER = "Chép dòng tiêu đề từ biểu mẫu trống vào trên danh sách." / "Copy the header row of the blank workbook above the list.";
    NO_COLUMN = "không có cột «{field}»" / "there is no column \"{field}\"";
    COLUMN = "cột «{field}»" / "column \"{field}\"";
    ADD_COLUMN = "Thêm cột «{field}», hoặc đổi tiêu đề cột tương ứng." / "Add column \"{field}\", or rename the column that holds it.";
    TWICE = "hai cột cùng là «{field}»: {cells}" / "two columns are both \"{field}\": {cells}";
    ONE_COLUMN = "một cột «{field}»" / "one column \"{field}\"";
    REMOVE_ONE = "Xóa hoặc đổi tiêu đề một trong hai cột." / "Remove or rename one of the two columns.";
    UNCLEAR = "tiêu đề «{title}» có thể là {fields}" / "title \"{title}\" could be {fields}";
    ONE_FIELD = "một tiêu đề chỉ một cột của biểu mẫu" / "a title that means one column of the form";
    WRITE_TITLE = "Ghi tiêu đề đúng như biểu mẫu: {fields}." / "Write the form's title: {fields}.";
    STRANGE = "cột «{title}» không có trong biểu mẫu, không được đọc" / "column \"{title}\" is not on the form and is not read";
    ON_FORM = "các cột của biểu mẫu" / "the form's columns";
    NEAREST = "Nếu đây là «{field}», hãy sửa tiêu đề; nếu không, bỏ qua." / "If this is \"{field}\", correct the title; ignore this otherwise.";
    IGNORE = "Không phải làm gì nếu cột này là của riêng huyện." / "Nothing to do if the column is the district's own.";
}

/// The part of a table that begins below a header, on the sheet named.
pub fn part(header: &Header, sheet: &str, last_row: u32) -> Part {
    let columns = header.mapping.sources.iter().map(|source| source.columns().first().copied()).collect();
    Part { sheet: sheet.to_owned(), header: last_row, columns, titles: header.mapping.titles.clone() }
}

/// The findings about the titles of a part.
pub fn findings(table: usize, shape: &TableShape, mapping: &Mapping, part: &Part) -> Vec<Finding> {
    let place = |cell: CellAt| Place { sheet: part.sheet.clone(), cell: Some(cell) };
    let whole = |finding: Finding| Finding { scope: Scope::WholeTable(table), ..finding };
    let mut findings = Vec::new();
    for (field, cells) in &mapping.doubled {
        let label = &shape.fields[*field].label;
        let name = |text: &'static Text| text.say().with_label("field", label.clone());
        let listed: Vec<String> = cells.iter().map(ToString::to_string).collect();
        let said = [name(&TWICE).with("cells", listed.join(", ")), name(&ONE_COLUMN), REMOVE_ONE.say()];
        let places = cells.iter().map(|cell| place(*cell)).collect();
        findings.push(whole(Finding::of_file(&baseline::COLUMN_DUPLICATED, places, said)));
    }
    for (cell, title, fields) in &mapping.ambiguous {
        let could = listed(fields.iter().map(|field| &shape.fields[*field].label));
        let said = [
            UNCLEAR.say().with("title", title).with_label("fields", could.clone()),
            ONE_FIELD.say(),
            WRITE_TITLE.say().with_label("fields", could),
        ];
        findings.push(whole(Finding::of_file(&baseline::COLUMN_AMBIGUOUS, vec![place(*cell)], said)));
    }
    let absent: Vec<(&Label, &Need)> = shape
        .fields
        .iter()
        .enumerate()
        .filter(|(field, shape)| shape.derived.is_none() && !mapping.has(*field))
        .map(|(_, shape)| (&shape.label, &shape.need))
        .collect();
    let header = CellAt::new(part.header, mapping.titled.first().copied().unwrap_or(0));
    findings.extend(absent.iter().map(|(label, need)| missing(table, label, need, place(header))));
    let absent: Vec<&Label> = absent.into_iter().map(|(label, _)| label).collect();
    findings.extend(mapping.strange.iter().map(|(cell, title)| stranger(title, &absent, place(*cell))));
    findings
}

/// What is to be said of a table when all sheets are read: where it is missing, without a header, in several places,
/// or declared to have nothing to report. `named` is the sheet that bears its name, `others` are all sheets.
pub fn of_table(shape: &TableShape, table: &Table, named: Option<&str>, others: &[String]) -> Option<Finding> {
    let sheet = || shape.sheet.clone();
    if table.nothing_to_report() {
        let said = [NOTHING.say().with_label("sheet", sheet()), ROWS.say(), NO_REMEDY.say()];
        return Some(Finding::of_file(&baseline::NOTHING_TO_REPORT, Vec::new(), said));
    }
    match (table.parts.as_slice(), named) {
        ([_], _) => None,
        ([], Some(named)) => Some(no_header(shape, named)),
        ([], None) => Some(no_sheet(&shape.sheet, others)),
        (parts, _) => {
            let places = parts.iter().map(|part| {
                let cell = part.titles.iter().flatten().min().copied();
                Place { sheet: part.sheet.clone(), cell }
            });
            let places: Vec<Place> = places.collect();
            let listed: Vec<String> = places.iter().map(ToString::to_string).collect();
            let found = SEVERAL.say().with_label("sheet", sheet()).with("count", parts.len());
            let said = [found.with("parts", listed.join(", ")), ONE_PLACE.say(), CHECK_PARTS.say()];
            Some(Finding::of_file(&baseline::TABLE_CONTINUED, places, said))
        }
    }
}

/// The finding of a sheet that is not there; `others` are those that are.
pub fn no_sheet(sheet: &Label, others: &[String]) -> Finding {
    let name = |text: &'static Text| text.say().with_label("sheet", sheet.clone());
    let said = [name(&NO_SHEET).with("others", others.join(", ")), name(&A_SHEET), name(&ADD_SHEET)];
    Finding::of_file(&baseline::SHEET_MISSING, Vec::new(), said)
}

/// The finding of a sheet without a header row.
fn no_header(shape: &TableShape, sheet: &str) -> Finding {
    let titles: Vec<&str> = shape.fields.iter().take(3).map(|field| field.label.vi.as_str()).collect();
    let said =
        [NO_HEADER.say().with("sheet", sheet), HEADER.say().with("titles", titles.join(", ")), COPY_HEADER.say()];
    Finding::of_file(&baseline::HEADER_MISSING, vec![Place { sheet: sheet.to_owned(), cell: None }], said)
}

fn missing(table: usize, label: &Label, need: &Need, place: Place) -> Finding {
    let name = |text: &'static Text| text.say().with_label("field", label.clone());
    let finding =
        Finding::of_file(&baseline::COLUMN_MISSING, vec![place], [name(&NO_COLUMN), name(&COLUMN), name(&ADD_COLUMN)]);
    match need {
        // A missing running number or remark column costs nobody anything.
        Need::Optional => Finding { level: Level::Note, ..finding },
        _ => Finding { scope: Scope::WholeTable(table), ..finding },
    }
}

fn stranger(title: &str, absent: &[&Label], place: Place) -> Finding {
    let title = bare(title);
    let near = absent
        .iter()
        .map(|label| (strsim::normalized_damerau_levenshtein(&plain_key(&title), &plain_key(&label.vi)), *label))
        .filter(|(likeness, _)| *likeness >= 0.7)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    let remedy = near.map_or_else(|| IGNORE.say(), |(_, label)| NEAREST.say().with_label("field", label.clone()));
    let said = [STRANGE.say().with("title", title), ON_FORM.say(), remedy];
    Finding::of_file(&baseline::COLUMN_UNKNOWN, vec![place], said)
}

/// Labels in quotes, joined by a comma, in both languages.
fn listed<'a>(labels: impl Iterator<Item = &'a Label> + Clone) -> Label {
    let join = |pick: fn(&Label) -> &str, open: &str, close: &str| {
        labels.clone().map(|label| format!("{open}{}{close}", pick(label))).collect::<Vec<_>>().join(", ")
    };
    Label { vi: join(|label| &label.vi, "«", "»"), en: join(|label| &label.en, "\"", "\"") }
}

//! Headers: which sheet holds which table, which row its titles, which column its fields.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::model::{
    CellAt, Finding, Label, Need, Part, Place, Raw, Refusal, Scope, TableShape, Text, Vocabulary, Workbook, baseline,
};
use crate::text::{key, plain_key};
use crate::texts;

texts! {
    NO_HEADER = "không tìm thấy dòng tiêu đề trong 40 dòng đầu của trang «{sheet}»" / "no header row in the first 40 rows of sheet \"{sheet}\"";
    HEADER = "một dòng có các tiêu đề {titles}…" / "a row with the titles {titles}…";
    COPY_HEADER = "Chép dòng tiêu đề từ biểu mẫu trống vào trên danh sách." / "Copy the header row of the blank workbook above the list.";
    NO_COLUMN = "không có cột «{field}»" / "there is no column \"{field}\"";
    COLUMN = "cột «{field}»" / "column \"{field}\"";
    ADD_COLUMN = "Thêm cột «{field}», hoặc đổi tiêu đề cột tương ứng." / "Add column \"{field}\", or rename the column that holds it.";
    TWICE = "hai cột cùng là «{field}»: {cells}" / "two columns are both \"{field}\": {cells}";
    ONE_COLUMN = "một cột «{field}»" / "one column \"{field}\"";
    REMOVE_ONE = "Xóa hoặc đổi tiêu đề một trong hai cột." / "Remove or rename one of the two columns.";
    STRANGE = "cột «{title}» không có trong biểu mẫu, không được đọc" / "column \"{title}\" is not on the form and is not read";
    ON_FORM = "các cột của biểu mẫu" / "the form's columns";
    NEAREST = "Nếu đây là «{field}», hãy sửa tiêu đề; nếu không, bỏ qua." / "If this is \"{field}\", correct the title; ignore this otherwise.";
    IGNORE = "Không phải làm gì nếu cột này là của riêng huyện." / "Nothing to do if the column is the district's own.";
}

/// Rows in which a header is looked for.
pub const HEADER_ROWS: u32 = 40;

/// The cells of the first rows of a sheet.
pub type Head = BTreeMap<CellAt, String>;

/// The sheet of each table: by name, else by the titles in it. Sheets found are taken out of `free`.
pub fn find_sheets(
    workbook: &mut dyn Workbook,
    vocabulary: &Vocabulary,
    free: &mut Vec<usize>,
) -> Result<Vec<Option<usize>>, Refusal> {
    let mut found = vec![None; vocabulary.tables.len()];
    for (table, shape) in vocabulary.tables.iter().enumerate() {
        let sheets = workbook.sheets();
        found[table] = free.iter().copied().find(|sheet| is_named(shape, &sheets[*sheet].name));
        free.retain(|sheet| Some(*sheet) != found[table]);
    }
    if found.iter().all(Option::is_some) {
        return Ok(found);
    }
    let mut heads = Vec::new();
    for sheet in free.iter() {
        heads.push((*sheet, head(workbook, *sheet)?));
    }
    for (table, shape) in
        vocabulary.tables.iter().enumerate().filter(|(table, _)| found[*table].is_none()).collect::<Vec<_>>()
    {
        let required = shape.fields.iter().filter(|field| field.need != Need::Optional).count();
        let titles = Titles::of(shape);
        let score = |head: &Head| best_row(shape, &titles, head).map_or(0, |(_, score)| score);
        let best = heads.iter().filter(|(sheet, _)| free.contains(sheet)).max_by_key(|(_, head)| score(head));
        if let Some((sheet, _)) = best.filter(|(_, head)| score(head) * 2 >= required.max(2)) {
            found[table] = Some(*sheet);
            free.retain(|one| one != sheet);
        }
    }
    Ok(found)
}

/// The texts of the first rows of a sheet.
pub fn head(workbook: &mut dyn Workbook, sheet: usize) -> Result<Head, Refusal> {
    let mut head = Head::new();
    workbook.cells(sheet, &mut |at, value| {
        if let (Raw::Text(text), true) = (value, at.row < HEADER_ROWS) {
            head.insert(at, text.to_owned());
        }
    })?;
    Ok(head)
}

/// What a header row gives: the part of the table, and what is wrong with it.
pub struct Found {
    /// The part, with a column for each field that has one.
    pub part: Part,
    /// Missing, doubled and strange columns.
    pub findings: Vec<Finding>,
}

/// Finds the header row among the first rows and maps its columns; `None` where there is none.
pub fn read(table: usize, shape: &TableShape, sheet: &str, head: &Head) -> Option<Found> {
    let known = Titles::of(shape);
    let (row, _) = best_row(shape, &known, head)?;
    let titles: Vec<(u16, &String)> =
        head.iter().filter(|(at, _)| at.row == row).map(|(at, text)| (at.column, text)).collect();
    let mut columns: Vec<Vec<u16>> = vec![Vec::new(); shape.fields.len()];
    let mut strange = Vec::new();
    for (column, title) in titles {
        match known.field(title) {
            Some(field) => columns[field].push(column),
            None => strange.push((column, title)),
        }
    }
    let mut findings = Vec::new();
    let place =
        |column: Option<u16>| Place { sheet: sheet.to_owned(), cell: Some(CellAt::new(row, column.unwrap_or(0))) };
    for (field, columns) in shape.fields.iter().zip(&columns).filter(|(field, _)| field.derived.is_none()) {
        match columns.as_slice() {
            [_] => {}
            [] => findings.extend(missing(table, &field.label, &field.need, place(None))),
            several => {
                let places: Vec<Place> = several.iter().map(|column| place(Some(*column))).collect();
                let cells: Vec<String> =
                    places.iter().filter_map(|place| place.cell).map(|cell| cell.to_string()).collect();
                let name = |text: &'static Text| text.say().with_label("field", field.label.clone());
                let said = [name(&TWICE).with("cells", cells.join(", ")), name(&ONE_COLUMN), REMOVE_ONE.say()];
                let finding = Finding::of_file(&baseline::COLUMN_DUPLICATED, places, said);
                findings.push(Finding { scope: Scope::WholeTable(table), ..finding });
            }
        }
    }
    let absent: Vec<&Label> = shape
        .fields
        .iter()
        .zip(&columns)
        .filter(|(_, columns)| columns.is_empty())
        .map(|(field, _)| &field.label)
        .collect();
    findings.extend(strange.into_iter().map(|(column, title)| stranger(title, &absent, place(Some(column)))));
    let columns = columns.into_iter().map(|columns| columns.first().copied()).collect();
    Some(Found { part: Part { sheet: sheet.to_owned(), header: row, columns }, findings })
}

/// The finding of a sheet without a header row.
pub fn no_header(shape: &TableShape, sheet: &str) -> Finding {
    let titles: Vec<&str> = shape.fields.iter().take(3).map(|field| field.label.vi.as_str()).collect();
    let said =
        [NO_HEADER.say().with("sheet", sheet), HEADER.say().with("titles", titles.join(", ")), COPY_HEADER.say()];
    Finding::of_file(&baseline::HEADER_MISSING, vec![Place { sheet: sheet.to_owned(), cell: None }], said)
}

/// The first rows' row with the most titles of a table, if it has enough of them.
fn best_row(shape: &TableShape, titles: &Titles, head: &Head) -> Option<(u32, usize)> {
    let mut scores: BTreeMap<u32, usize> = BTreeMap::new();
    for (at, text) in head {
        if titles.field(text).is_some() {
            *scores.entry(at.row).or_default() += 1;
        }
    }
    let enough = shape.fields.iter().filter(|field| field.derived.is_none()).count().min(3);
    let best = scores.into_iter().max_by(|a, b| a.1.cmp(&b.1).then(b.0.cmp(&a.0)));
    best.filter(|(_, score)| *score >= enough)
}

/// The fields of a table by the keys of their titles; made once a sheet, since making keys is what costs.
struct Titles {
    exact: FxHashMap<String, usize>,
    plain: FxHashMap<String, usize>,
}

impl Titles {
    fn of(shape: &TableShape) -> Self {
        let mut titles = Self { exact: FxHashMap::default(), plain: FxHashMap::default() };
        let fields = || shape.fields.iter().enumerate().filter(|(_, field)| field.derived.is_none());
        // Labels first: a synonym of one field never takes the label of another.
        let labels = fields().map(|(field, shape)| (field, &shape.label.vi));
        let others = fields().flat_map(|(field, shape)| {
            std::iter::once(&shape.label.en).chain(&shape.synonyms).map(move |name| (field, name))
        });
        for (field, name) in labels.chain(others) {
            let name = bare(name);
            titles.exact.entry(key(&name)).or_insert(field);
            titles.plain.entry(plain_key(&name)).or_insert(field);
        }
        titles
    }

    /// The field that a title means: by its exact key first, then without diacritics.
    fn field(&self, title: &str) -> Option<usize> {
        let title = bare(title);
        let found = self.exact.get(&key(&title)).or_else(|| self.plain.get(&plain_key(&title)));
        found.copied().filter(|_| !title.is_empty())
    }
}

/// A title without its mark of requiredness and without what stands in parentheses.
fn bare(title: &str) -> String {
    let outside = title.split('(').next().unwrap_or("");
    outside.replace(['*', ':', '\n', '\r'], " ").trim().to_owned()
}

/// Whether a sheet has a name that means a table.
pub fn is_named(shape: &TableShape, sheet: &str) -> bool {
    let names = [shape.sheet.vi.as_str(), shape.sheet.en.as_str(), shape.name.as_str()];
    names.into_iter().chain(shape.synonyms.iter().map(String::as_str)).any(|name| plain_key(name) == plain_key(sheet))
}

fn missing(table: usize, label: &Label, need: &Need, place: Place) -> Option<Finding> {
    let name = |text: &'static Text| text.say().with_label("field", label.clone());
    let finding =
        Finding::of_file(&baseline::COLUMN_MISSING, vec![place], [name(&NO_COLUMN), name(&COLUMN), name(&ADD_COLUMN)]);
    match need {
        // A missing running number or remark column costs nobody anything.
        Need::Optional => Some(Finding { level: crate::model::Level::Note, ..finding }),
        _ => Some(Finding { scope: Scope::WholeTable(table), ..finding }),
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
    Finding::of_file(
        &baseline::COLUMN_UNKNOWN,
        vec![place],
        [STRANGE.say().with("title", title), ON_FORM.say(), remedy],
    )
}

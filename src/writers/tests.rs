//! Workbooks are written, read back with another library, and written twice with the same bytes.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use calamine::{Data, Reader, Xlsx, open_workbook};
use chrono::NaiveDate;

use super::{FormFace, HandBack, consolidated, hand_back, json, template};
use crate::model::*;
use crate::summaries::{Cell, Content, Look, Office, Sheet};
use crate::text::{key, plain_key};

const FOUND: Text = Text { vi: "ô «CCCD» ghi 12345", en: "cell \"CCCD\" holds 12345" };
const EXPECTED: Text = Text { vi: "12 chữ số", en: "12 digits" };
const REMEDY: Text = Text { vi: "Sửa số CCCD.", en: "Correct the id." };

pub(super) fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2019, 6, 30).unwrap()
}

fn field(name: &str, label: &str, kind: FieldType) -> Field {
    let (label, need) = (Label::same(label), Need::Always);
    Field {
        name: name.into(),
        label,
        synonyms: vec![],
        split: vec![],
        joint: vec![],
        kind,
        need,
        width: 20.0,
        hint: None,
        derived: None,
    }
}

pub(super) fn vocabulary() -> Vocabulary {
    let label = Label::same("Cao Lộc");
    let entry = Entry {
        code: "183".into(),
        short: label.clone(),
        label,
        variants: vec![],
        parent: None,
        from: None,
        to: None,
        attributes: vec![],
    };
    let list = CodeList::new("districts".into(), None, vec![], vec![entry], Keys { exact: key, plain: plain_key });
    let table = TableShape {
        name: "hoc_vien".into(),
        sheet: Label::same("Học viên"),
        title: Label::same("DANH SÁCH HỌC VIÊN"),
        synonyms: vec![],
        register: "HocVien".into(),
        fields: vec![
            field("ho_ten", "Họ và tên", FieldType::Text),
            field("ngay_sinh", "Ngày sinh", FieldType::Date),
            field("cccd", "Số CCCD", FieldType::Id { lengths: vec![12] }),
            field("huyen", "Quê quán", FieldType::Code { list: 0, of_district: false }),
        ],
        key: vec![0, 2],
        blank_rows: 3,
    };
    let cover = CoverShape { sheet: Label::same("Thông tin"), totals: vec![] };
    Vocabulary { cover, tables: vec![table], lists: vec![list], references: vec![], districts: 0, measures: vec![] }
}

fn texts(of: &[&str]) -> Column {
    let mut texts = TextColumn::default();
    of.iter().for_each(|text| texts.push(text));
    Column::new(Values::Text(texts))
}

pub(super) fn result() -> Consolidated {
    let place = |row, column| Place { sheet: "Học viên".into(), cell: Some(CellAt::new(row, column)) };
    let part =
        Part { sheet: "Học viên".into(), header: 2, columns: (0..4).map(Some).collect(), titles: vec![None; 4] };
    let table = Table {
        shape: 0,
        parts: vec![part],
        columns: vec![
            texts(&["=1+1", "Nông Thị Hai"]),
            Column::new(Values::Date(vec![Some(day()), None])),
            texts(&["020085001234", "12345"]),
            Column::new(Values::Code(vec![Code::at(0), Code::NONE])),
        ],
        origin: vec![RowOrigin { part: 0, row: 4 }, RowOrigin { part: 0, row: 5 }],
        tally: RowTally::default(),
        taken: Vec::new(),
    };
    let file = SourceFile { name: "caoloc.xlsx".into(), size: 1, modified: 0, digest: 0, format: "xlsx" };
    let submission = Submission {
        file,
        cover: Cover { district: Some(Code::at(0)), ..Cover::default() },
        tables: vec![table],
        repairs: vec![],
        findings: vec![],
        explanations: vec![],
        other_sheets: vec![],
        hidden: Default::default(),
        hidden_sheets: vec![],
    };
    let finding = Finding {
        check: "id-shape".into(),
        title: Label::same("CCCD đúng dạng"),
        level: Level::Error,
        submission: Some(0),
        scope: Scope::Rows { table: 0, rows: vec![1] },
        places: vec![place(5, 2), place(5, 3)],
        key: "Nông Thị Hai, 12345".into(),
        found: FOUND.say(),
        expected: EXPECTED.say(),
        remedy: REMEDY.say(),
    };
    let line = DistrictLine {
        district: Some(Code::at(0)),
        submission: Some(0),
        status: Status::Returned,
        received: vec![2],
        accepted: vec![1],
        held: vec![1],
        errors: 1,
        warnings: 0,
        notes: 0,
        declared: vec![],
        counted: vec![],
        change: None,
    };
    Consolidated {
        submissions: vec![submission],
        findings: vec![finding],
        registers: vec![Register { table: 0, rows: vec![RegisterRow { submission: 0, row: 0 }] }],
        explained: vec![],
        held: vec![HeldRow { table: 0, at: RegisterRow { submission: 0, row: 1 }, reasons: vec![0] }],
        lines: vec![line],
        period: "2019".into(),
        cut_off: Some(day()),
        accept: Accept::Rows,
        not_run: vec![],
        skipped: vec![],
        round: None,
    }
}

pub(super) fn text_at(path: &std::path::Path, sheet: &str, cell: (u32, u32)) -> String {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    range.get_value(cell).unwrap_or(&Data::Empty).to_string()
}

/// The row of a sheet that holds a text in a column.
pub(super) fn row_of(path: &std::path::Path, sheet: &str, (column, text): (u32, &str)) -> u32 {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    let range = book.worksheet_range(sheet).unwrap();
    let at = |row: &u32| range.get_value((*row, column)).is_some_and(|cell| *cell == text);
    (0..200).find(at).expect(text)
}

/// Writes twice with a writer; the bytes are the same; gives the path of the first.
pub(super) fn written(
    name: &str,
    write: impl Fn(&FormFace<'_>, &std::path::Path),
) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (words, title) = (vocabulary(), Label::same("Biểu thử"));
    let face = FormFace { id: "thu", edition: "2019", title: &title, vocabulary: &words };
    let (one, two) = (folder.path().join("1.xlsx"), folder.path().join("2.xlsx"));
    write(&face, &one);
    write(&face, &two);
    assert_eq!(std::fs::read(&one).unwrap(), std::fs::read(&two).unwrap());
    if let Ok(keep) = std::env::var("TONGHOP_TEST_KEEP") {
        std::fs::copy(&one, std::path::Path::new(&keep).join(name)).unwrap();
    }
    (folder, one)
}

#[test]
fn the_consolidated_workbook_reads_back() {
    let formula = |row, value| Cell {
        at: CellAt::new(row, 0),
        content: Content::Formula { formula: "=COUNTIFS(HocVien[Huyện],\"Cao Lộc\")".into(), value },
        look: Look::Count,
        merged_to: None,
    };
    let sheet =
        Sheet { name: "Tổng quan".into(), cells: vec![formula(0, Some(1.0)), formula(1, None)], ..Sheet::default() };
    let (_folder, path) = written("consolidated.xlsx", |face, path| {
        consolidated(&result(), std::slice::from_ref(&sheet), face, Lang::Vi, path).unwrap();
    });
    assert_eq!(text_at(&path, "Tổng quan", (0, 0)), "1");
    assert_eq!(text_at(&path, "Tổng quan", (1, 0)), "");
    assert_eq!(text_at(&path, "Học viên", (2, 0)), "Cao Lộc");
    assert_eq!(text_at(&path, "Học viên", (2, 3)), "5");
    assert_eq!(text_at(&path, "Học viên", (2, 4)), "=1+1");
    assert_eq!(text_at(&path, "Học viên", (2, 6)), "020085001234");
    assert_eq!(text_at(&path, "Lỗi", (2, 3)), "id-shape");
    assert_eq!(text_at(&path, "Dòng giữ lại", (2, 4)), "Nông Thị Hai, 12345");
}

#[test]
fn a_large_register_beside_a_summary_of_the_same_name_reads_back() {
    let mut result = result();
    result.registers[0].rows = vec![RegisterRow { submission: 0, row: 0 }; 20_001];
    let sheet = Sheet { name: "Học viên".into(), ..Sheet::default() };
    let (_folder, path) = written("large.xlsx", |face, path| {
        consolidated(&result, std::slice::from_ref(&sheet), face, Lang::Vi, path).unwrap();
    });
    assert_eq!(text_at(&path, "Học viên (2)", (1, 4)), "Họ và tên");
    assert_eq!(text_at(&path, "Học viên (2)", (20_002, 6)), "020085001234");
}

#[test]
fn the_hand_back_keeps_every_cell_at_its_address() {
    let (result, office) = (result(), Office::default());
    let sheets = [SheetSeen { name: "Học viên".into(), hidden: false }];
    let (_folder, path) = written("hand_back.xlsx", |face, path| {
        let (consolidated, lang, today) = (&result, Lang::Vi, day());
        let input = HandBack {
            consolidated,
            submission: 0,
            sheets: &sheets,
            added: &[],
            shown: crate::writers::Shown::Copy,
            merged: &[],
            form: *face,
            office: &office,
            lang,
            today,
        };
        let mut replay = |_: usize, _: Wanted<'_>, sink: &mut dyn FnMut(CellAt, Raw<'_>)| {
            sink(CellAt::new(5, 0), Raw::Text("Nông Thị Hai"));
            sink(CellAt::new(5, 2), Raw::Number(12345.0));
            Ok(())
        };
        hand_back(&input, &mut replay, path).unwrap();
    });
    assert_eq!(text_at(&path, "Học viên", (5, 0)), "Nông Thị Hai");
    assert_eq!(text_at(&path, "Học viên", (5, 2)), "12345");
    let row = row_of(&path, "Lỗi cần sửa", (3, "id-shape"));
    assert_eq!(text_at(&path, "Lỗi cần sửa", (row, 1)), "C6, D6");
    assert_eq!(text_at(&path, "Lỗi cần sửa", (row, 6)), "Nông Thị Hai, 12345");
    assert_eq!(text_at(&path, "Lỗi cần sửa", (row, 10)), "Chưa sửa");
}

#[test]
fn the_template_names_every_column_and_its_form() {
    let (_folder, path) = written("template.xlsx", |face, path| {
        template(face, &Office::default(), Some(Code::at(0)), day(), Lang::Vi, path).unwrap();
    });
    assert_eq!(text_at(&path, "Học viên", (2, 0)), "Họ và tên *");
    assert_eq!(text_at(&path, "Thông tin", (5, 2)), "183");
    assert_eq!(text_at(&path, "Danh mục", (0, 0)), "Cao Lộc");
}

#[test]
fn json_lists_the_findings() {
    let (words, title) = (vocabulary(), Label::same("Biểu thử"));
    let face = FormFace { id: "thu", edition: "2019", title: &title, vocabulary: &words };
    let said: serde_json::Value = serde_json::from_str(&json(&result(), &face, Lang::Vi).unwrap()).unwrap();
    assert_eq!(said["findings"][0]["cell"], "C6");
    assert_eq!(said["held"][0]["row"], 6);
}

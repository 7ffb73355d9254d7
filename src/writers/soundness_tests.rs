//! Whatever a district's file holds, what is written is sound: read back with another library, and in the package itself.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use calamine::{Data, Reader, Xlsx, open_workbook};

use super::publish::publish_streamed;
use super::registers::Registers;
use super::styles::Styles;
use super::tests::{day, result, text_at, vocabulary, written};
use super::{FormFace, HandBack, added_sheets, hand_back, marks};
use crate::model::*;
use crate::summaries::Office;

/// Writes a hand-back of a sheet with some cells.
fn handed_back(
    result: &Consolidated,
    sheet: &str,
    cells: &[(CellAt, Raw<'_>)],
) -> (tempfile::TempDir, std::path::PathBuf) {
    let office = Office::default();
    let sheets = [SheetSeen { name: sheet.into(), hidden: false }];
    written("hostile.xlsx", |face, path| {
        let (lang, today) = (Lang::Vi, day());
        let input = HandBack {
            added: &[],
            shown: crate::writers::Shown::Copy,
            merged: &[],
            consolidated: result,
            submission: 0,
            sheets: &sheets,
            form: *face,
            office: &office,
            lang,
            today,
        };
        let mut replay = |_: usize, _: Wanted<'_>, sink: &mut dyn FnMut(CellAt, Raw<'_>)| {
            cells.iter().for_each(|(at, raw)| sink(*at, *raw));
            Ok(())
        };
        hand_back(&input, &mut replay, path).unwrap();
    })
}

/// A part of a workbook's package.
fn part(path: &std::path::Path, name: &str) -> String {
    let mut package = zip::ZipArchive::new(std::fs::File::open(path).unwrap()).unwrap();
    std::io::read_to_string(package.by_name(name).unwrap()).unwrap()
}

#[test]
fn whatever_an_officers_sheet_holds_is_copied_as_text_and_nothing_else() {
    let long = "😀".repeat(20_000);
    let texts =
        ["=1+1", "+84", "-nt-", "@SUM(A1)", "\t=2", "_x0041_", "<a>&", "một\r\nhai", "\u{0}\u{1b}", "  x  ", &long];
    let mut cells: Vec<_> = (0..).zip(texts).map(|(row, text)| (CellAt::new(row, 0), Raw::Text(text))).collect();
    cells.extend([
        (CellAt::new(20, 0), Raw::Error("#REF!")),
        (CellAt::new(21, 0), Raw::Error("#GETTING_DATA")),
        (CellAt::new(22, 0), Raw::Number(f64::NAN)),
        (CellAt::new(23, 0), Raw::Number(20_085_001_234.0)),
        (CellAt::new(1_048_576, 0), Raw::Text("past the last row")),
    ]);
    let (_folder, path) = handed_back(&result(), "[History]", &cells);
    let mut book: Xlsx<_> = open_workbook(&path).unwrap();
    let names = book.sheet_names();
    let image = names.last().unwrap();
    let range = book.worksheet_range(image).unwrap();
    let at = |row: u32| range.get_value((row, 0)).cloned().unwrap_or_default();
    for (row, text) in
        (0..).zip(["=1+1", "+84", "-nt-", "@SUM(A1)", "\t=2", "_x0041_", "<a>&", "một\nhai", "␀␛", "  x  "])
    {
        assert_eq!(at(row), Data::String(text.to_owned()));
    }
    let Data::String(cut) = at(10) else { panic!("{:?}", at(10)) };
    assert!(cut.encode_utf16().count() <= 32_767 && cut.ends_with("[đã cắt bớt / cut]"));
    assert!(matches!(at(20), Data::Error(_)), "{:?}", at(20));
    assert_eq!(at(21), Data::String("#GETTING_DATA".to_owned()));
    assert_eq!(at(23), Data::Float(20_085_001_234.0));
    assert!(part(&path, "xl/styles.xml").contains("quotePrefix=\"1\""));
    let sheet = part(&path, &format!("xl/worksheets/sheet{}.xml", names.len()));
    assert!(!sheet.contains("<f>1+1") && !sheet.contains("<f>SUM"), "a text became a formula");
    assert!(part(&path, "xl/comments1.xml").contains("1 ô nằm ngoài giới hạn"));
}

#[test]
fn added_sheets_lead_to_the_sheets_of_the_district_and_bear_names_of_their_own() {
    let (result, office, words, title) = (result(), Office::default(), vocabulary(), Label::same("Biểu thử"));
    let form = FormFace { id: "thu", edition: "2019", title: &title, vocabulary: &words };
    let sheets = ["Học viên", "lỗi cần sửa"].map(|name| SheetSeen { name: name.into(), hidden: false });
    let (consolidated, office, lang, today) = (&result, &office, Lang::Vi, day());
    let (submission, sheets, shown) = (0, &sheets[..], crate::writers::Shown::Own);
    let input =
        HandBack { consolidated, submission, sheets, added: &[], merged: &[], shown, form, office, lang, today };
    let marked = marks(&input, &mut |_: usize, _: Wanted<'_>, _: &mut dyn FnMut(CellAt, Raw<'_>)| Ok(())).unwrap();
    let bytes = added_sheets(&input, &marked).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("added.xlsx");
    std::fs::write(&path, bytes).unwrap();
    let sheet = part(&path, "xl/worksheets/sheet1.xml");
    assert!(sheet.contains("location=\"'Học viên'!C6\"") && sheet.contains("LEN(TRIM('Học viên'!$C$6))=0"), "{sheet}");
    assert!(part(&path, "xl/workbook.xml").contains("<sheet name=\"Lỗi cần sửa (2)\""));
    let package = zip::ZipArchive::new(std::fs::File::open(&path).unwrap()).unwrap();
    assert!(package.file_names().flatten().all(|name| !name.contains("comments") && !name.contains("drawing")));
}

#[test]
fn repairs_are_handed_back_with_before_and_after() {
    let mut result = result();
    let place = Place { sheet: "Học viên".into(), cell: Some(CellAt::new(5, 2)) };
    let [key, before, after] = ["Nông Thị Hai", "20085001234", "020085001234"].map(str::to_owned);
    result.submissions[0].repairs = vec![Repair { kind: RepairKind::LeadingZero, place, key, before, after }];
    let (_folder, path) = handed_back(&result, "Học viên", &[]);
    let row: Vec<String> = (1..7).map(|column| text_at(&path, "Tự sửa", (2, column))).collect();
    assert_eq!(row, ["Học viên", "C6", "Nông Thị Hai", "20085001234", "020085001234", "mất số 0 ở đầu"]);
    assert!(part(&path, "xl/worksheets/sheet2.xml").contains("location=\"'Học viên'!C6\""));
}

#[test]
fn a_register_beyond_a_sheet_goes_on_on_the_next_with_a_notice() {
    let mut result = result();
    let row = |row| RegisterRow { submission: 0, row };
    result.registers[0].rows = vec![row(0), row(1), row(0)];
    let (words, styles) = (vocabulary(), Styles::new());
    let registers = Registers { consolidated: &result, vocabulary: &words, lang: Lang::Vi, styles: &styles, most: 2 };
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let streamed = registers.write(&mut workbook, &result.registers[0]).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("parts.xlsx");
    publish_streamed(&mut workbook, &streamed, &path).unwrap();
    assert_eq!(text_at(&path, "Học viên", (3, 4)), "Nông Thị Hai");
    assert!(text_at(&path, "Học viên", (4, 0)).contains("«Học viên (2)»"));
    assert_eq!(text_at(&path, "Học viên (2)", (1, 4)), "Họ và tên");
    assert_eq!(text_at(&path, "Học viên (2)", (2, 4)), "=1+1");
    assert!(part(&path, "xl/tables/table2.xml").contains("displayName=\"HocVien_2\""));
}

#![allow(clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::intake::tests::{given, texts};

fn read(text: &str) -> Vec<(String, String)> {
    texts(&mut Delimited::open("182/Văn Lãng.csv", text).unwrap())
}

fn cells(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
}

#[test]
fn the_separator_is_the_one_that_lines_agree_on() {
    for text in ["a;b;c\n1,5;2;3\n", "sep=;\na;b;c\n1,5;2;3\n", "a\tb\tc\n1,5\t2\t3", "a,b,c\n\"1,5\",2,3\r\n"] {
        let expected = [("A1", "a"), ("B1", "b"), ("C1", "c"), ("A2", "1,5"), ("B2", "2"), ("C2", "3")];
        assert_eq!(read(text), cells(&expected), "{text}");
    }
    assert_eq!(read("SEP=|\na|b\n"), cells(&[("A1", "a"), ("B1", "b")]));
}

#[test]
fn prose_is_no_table() {
    let prose =
        "Kính gửi: Bộ Chỉ huy Quân sự tỉnh\n\nBan CHQS huyện báo cáo, kèm theo, như sau.\nTrân trọng\nNơi nhận\n";
    assert!(!Delimited::is_table(prose));
    assert!(!Delimited::is_table("chỉ một dòng"));
    assert!(Delimited::is_table("Danh sách;;\n;;\nTT;Họ và tên;CCCD\n1;A;2\n"));
}

#[test]
fn rows_count_as_in_a_spreadsheet() {
    let text = "a;b\r\n\r\n\r\n\"hai\r\ndòng \"\"trích\"\"\";x\r\n;y\r\n";
    let expected = [("A1", "a"), ("B1", "b"), ("A4", "hai\ndòng \"trích\""), ("B4", "x"), ("B5", "y")];
    assert_eq!(read(text), cells(&expected));
    assert_eq!(read("a;b\rc;d"), cells(&[("A1", "a"), ("B1", "b"), ("A2", "c"), ("B2", "d")]));
    assert_eq!(read("\n\na;b\n"), cells(&[("A3", "a"), ("B3", "b")]));
}

#[test]
fn kept_texts_and_error_values_are_told() {
    let mut workbook = Delimited::open("a.csv", "=\"020085000123\";\"=\"\"001\"\"\";#REF!;\"\"\"\"\n").unwrap();
    let expected = ["A1 Text(\"020085000123\")", "B1 Text(\"001\")", "C1 Error(\"#REF!\")", "D1 Text(\"\\\"\")"];
    assert_eq!(given(&mut workbook, 0), expected);
}

#[test]
fn what_libreoffice_writes_is_read() {
    let bytes = crate::intake::tests::file("libreoffice.csv");
    let mut workbook = Delimited::open("a.csv", std::str::from_utf8(&bytes).unwrap()).unwrap();
    let given = given(&mut workbook, 0);
    assert_eq!(given.len(), 27);
    for cell in [
        r#"A1 Text("Danh sách Ban CHQS xã")"#,
        r#"C3 Text("020085000123")"#,
        r#"G3 Text("Ban CHQS xã\n(mới) <A&B>")"#,
        r#"D4 Text("31/12/1990")"#,
        r##"G6 Error("#DIV/0!")"##,
        r#"B7 Text("Hoµng V¨n Thô")"#,
    ] {
        assert!(given.contains(&cell.to_owned()), "{cell}: {given:#?}");
    }
}

#[test]
fn the_sheet_is_named_after_the_file() {
    let workbook = Delimited::open("182-van-lang/Học viên.csv", "a;b").unwrap();
    assert_eq!(workbook.sheets()[0].name, "Học viên");
}

#[test]
fn a_quotation_mark_left_open_is_refused_with_its_line() {
    let refusal = Delimited::open("a.csv", "a;b\n1;\"hai\n3;4\n5;6\n").err().unwrap();
    assert!(refusal.found.get(crate::model::Lang::Vi).contains("dòng 2"), "{refusal:?}");
    assert!(Delimited::open("a.csv", "a;b\n1;15\"\n").is_ok());
}

#[test]
fn a_line_wider_than_a_sheet_is_refused() {
    let text = format!("a;b\n{}\n", ";".repeat(COLUMNS));
    let mut workbook = Delimited::open("a.csv", &text).unwrap();
    assert!(workbook.cells(0, &mut |_| std::ops::ControlFlow::Continue(())).is_err());
}

proptest! {
    #[test]
    fn what_is_written_is_read(rows in proptest::collection::vec(proptest::collection::vec("[a-z;,\"\n ]{1,6}", 2..5), 1..6)) {
        let mut text = String::from("sep=;\n");
        let mut expected = Vec::new();
        for (row, fields) in (0..).zip(&rows) {
            let quoted = fields.iter().map(|field| format!("\"{}\"", field.replace('"', "\"\"")));
            text += &(quoted.collect::<Vec<_>>().join(";") + "\n");
            expected.extend((0..).zip(fields).map(|(column, field)| (CellAt::new(row, column).to_string(), field.clone())));
        }
        prop_assert_eq!(read(&text), expected);
    }

    #[test]
    fn any_text_is_read_or_refused(text in "[a-c;,\t\"\n\r=#]{0,80}") {
        if let Ok(mut workbook) = Delimited::open("a.csv", &text) {
            texts(&mut workbook);
        }
    }
}

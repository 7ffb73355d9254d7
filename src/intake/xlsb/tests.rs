#![allow(clippy::unwrap_used)]

use std::io::{Cursor, Read, Write};

use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::*;
use crate::intake::tests::{file, given};

fn open(name: &str) -> Xlsb {
    Xlsb::open(name, file(name)).unwrap()
}

#[test]
fn short_records_are_read_cell_by_cell() {
    let expected = [
        r#"A1 Text("TT")"#,
        r#"B1 Text("Họ và tên")"#,
        r#"C1 Text("CCCD")"#,
        r#"D1 Text("Ngày sinh")"#,
        r#"E1 Text("Hệ số")"#,
        r#"F1 Text("Đảng viên")"#,
        r#"G1 Text("Ghi chú")"#,
        "A2 Number(1.0)",
        r#"B2 Text("Hoàng Văn Thụ")"#,
        r#"C2 Text("020085000123")"#,
        "D2 Date(31113.0)",
        "E2 Number(2.34)",
        "F2 Bool(true)",
        r#"G2 Text("Ban CHQS xã\n(mới)")"#,
        "A3 Number(2.0)",
        r#"B3 Text("Nông Thị Mẩy")"#,
        r#"C3 Text("001190004567")"#,
        "D3 Date(33238.0)",
        "E3 Number(1234567.125)",
        "F3 Bool(false)",
        "G3 Number(7.0)",
        "A5 Number(3.0)",
        r#"B5 Text("Lý Ứng Quỳnh")"#,
        "D5 Date(43646.0)",
        "E5 Number(-0.07)",
        r##"F5 Error("#REF!")"##,
        r#"G5 Text("x")"#,
    ];
    for name in ["short-records.xlsb", "inline-texts.xlsb"] {
        assert_eq!(given(&mut open(name), 0), expected, "{name}");
    }
}

#[test]
fn hidden_sheets_and_columns_are_told() {
    let mut workbook = open("short-records.xlsb");
    let seen = |name: &str, hidden| SheetSeen { name: name.to_owned(), hidden };
    assert_eq!(workbook.sheets(), [seen("Ban CHQS", false), seen("Danh mục", true)]);
    let hidden = workbook.cells(0, &mut |_| std::ops::ControlFlow::Continue(())).unwrap();
    assert_eq!(hidden, Hidden { rows: 0, columns: 1 });
}

#[test]
fn a_cut_sheet_and_a_string_that_is_not_there_are_refused() {
    let around = cells::Around { strings: &[], styles: &[], epoch_1904: false };
    let count = |part: &[u8]| cells::read(part, &around, &mut |_| std::ops::ControlFlow::Continue(()));
    let row = [0x00, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let end = [0x92, 0x01, 0];
    let string = [0x07, 12, 0, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0];
    assert!(count(&[&row[..], &end].concat()).is_some());
    assert!(count(&row).is_none());
    assert!(count(&[&row[..], &string, &end].concat()).is_none());
    // A cell before any row.
    assert!(count(&[&[0x0D, 8, 0, 0, 0, 0, 2, 0, 0, 0][..], &end].concat()).is_none());
}

#[test]
fn days_of_1904_are_shifted() {
    let style = [Style { font: None, is_date: true }];
    let around = cells::Around { strings: &[], styles: &style, epoch_1904: true };
    let row = [0x00, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    let packed = [0x0D, 8, 0, 0, 0, 0, 2, 0, 0, 0];
    let mut given = Vec::new();
    cells::read(&[&row[..], &packed, &[0x92, 0x01, 0]].concat(), &around, &mut |cell| {
        given.push(format!("{:?}", cell.raw));
        std::ops::ControlFlow::Continue(())
    });
    assert_eq!(given, ["Date(1462.0)"]);
}

proptest! {
    #[test]
    fn any_records_are_read_or_refused(part in proptest::collection::vec(any::<u8>(), 0..200)) {
        let around = cells::Around { strings: &[], styles: &[], epoch_1904: false };
        let _ = cells::read(&part, &around, &mut |_| std::ops::ControlFlow::Continue(()));
    }

    #[test]
    fn any_change_of_any_part_is_read_or_refused(part: prop::sample::Index, changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let mut archive = ZipArchive::new(Cursor::new(file("short-records.xlsb"))).unwrap();
        let changed = part.index(archive.len());
        let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
        for index in 0..archive.len() {
            let mut entry = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            entry.read_to_end(&mut bytes).unwrap();
            for (at, byte) in changes.iter().filter(|_| index == changed) {
                *at.get_mut(&mut bytes) = *byte;
            }
            copy.start_file(entry.name().unwrap(), SimpleFileOptions::default()).unwrap();
            copy.write_all(&bytes).unwrap();
        }
        if let Ok(mut workbook) = Xlsb::open("a.xlsb", copy.finish().unwrap().into_inner()) {
            let _ = workbook.cells(0, &mut |_| std::ops::ControlFlow::Continue(()));
        }
    }
}

#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::intake::tests::{file, given, texts};
use crate::model::{Hidden, Lang, RefusalKind, Workbook};

fn read(page: &str) -> Vec<(String, String)> {
    texts(&mut open("182/bao-cao.xls", page).unwrap())
}

fn cells(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(at, text)| ((*at).to_owned(), (*text).to_owned())).collect()
}

/// As Excel's «web page» writes it.
const EXCEL: &str = r#"<html xmlns:x="urn:schemas-microsoft-com:office:excel">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8">
<title>Sổ làm việc</title>
<!--[if gte mso 9]><xml><x:ExcelWorkbook><x:ExcelWorksheets><x:ExcelWorksheet>
 <x:Name>Ban CHQS &amp; DQTV</x:Name></x:ExcelWorksheet></x:ExcelWorksheets></x:ExcelWorkbook></xml><![endif]-->
<style><!-- td {font-family:"Times New Roman", serif;} .xl65, .xl66 {mso-style-parent:style0; font-family:".VnTime", sans-serif;} --></style>
</head><body link=blue><table border=0 cellpadding=0 style='border-collapse:collapse'>
 <col width=64 span=4>
 <tr height=20><td colspan=3 class=xl67>Danh sách&nbsp; Ban CHQS
   x&atilde;</td><td>Năm<br>
   2019</td></tr>
 <tr><td rowspan=2>TT</td><td class=xl65>Hä vµ tªn</td><td colspan=2>Ngày&nbsp;</td></tr>
 <tr><td><font face="VNI-Times">x</font></td><td>sinh</td><td>giữ chức</td></tr>
 <tr style='display:none'><td align=right x:num>1</td><td>Hoàng <b>Văn</b> <span lang=VI>Thụ</span></td><td>020085000123</td><td>&nbsp;</td></tr>
 <![if supportMisalignedColumns]><tr height=0 style='display:none'><td width=64></td></tr><![endif]>
</table></body></html>"#;

#[test]
fn what_excel_writes_is_read_with_columns_in_line() {
    let expected = [
        ("A1", "Danh sách Ban CHQS xã"),
        ("D1", "Năm\n2019"),
        ("A2", "TT"),
        ("B2", "Hä vµ tªn"),
        ("C2", "Ngày"),
        ("B3", "x"),
        ("C3", "sinh"),
        ("D3", "giữ chức"),
        ("A4", "1"),
        ("B4", "Hoàng Văn Thụ"),
        ("C4", "020085000123"),
    ];
    assert_eq!(read(EXCEL), cells(&expected));
}

#[test]
fn the_name_fonts_and_hidden_rows_are_told() {
    let mut book = open("a.xls", EXCEL).unwrap();
    assert_eq!(book.sheets()[0].name, "Ban CHQS & DQTV");
    let mut fonts = Vec::new();
    let hidden = book.cells(0, &mut |cell| {
        fonts.extend(cell.font.map(|font| (cell.at.to_string(), font)));
        ControlFlow::Continue(())
    });
    assert_eq!(hidden.unwrap(), Hidden { rows: 1, columns: 0 });
    assert_eq!(fonts, [("B2".to_owned(), Legacy::Tcvn3), ("B3".to_owned(), Legacy::Vni)]);
}

#[test]
fn missing_end_tags_are_no_matter() {
    let page = "<table><tr><td>a<td>b<tr><th>c<td>d</table>";
    assert_eq!(read(page), cells(&[("A1", "a"), ("B1", "b"), ("A2", "c"), ("B2", "d")]));
    assert_eq!(read("<table><td>a</td><td>b</td></table>"), cells(&[("A1", "a"), ("B1", "b")]));
}

#[test]
fn tables_and_texts_stand_below_each_other() {
    let page = "<h3>Kỳ báo cáo: 2019</h3><p>Huyện:<br>Văn Lãng</p>\
        <table><tr><td>a</td></tr></table><table><tr><td>b</td></tr></table><p>Người lập</p>";
    let expected = [
        ("A1", "Kỳ báo cáo: 2019"),
        ("A2", "Huyện:"),
        ("A3", "Văn Lãng"),
        ("A4", "a"),
        ("A5", "b"),
        ("A6", "Người lập"),
    ];
    assert_eq!(read(page), cells(&expected));
}

#[test]
fn a_table_inside_a_cell_stands_below_it() {
    let page = "<table><tr><td>Tiêu đề<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table></td></tr>\
        <tr><td>Người lập</td></tr></table>";
    let expected = [("A1", "Tiêu đề"), ("A2", "a"), ("B2", "b"), ("A3", "c"), ("A5", "Người lập")];
    assert_eq!(read(page), cells(&expected));
}

#[test]
fn merged_cells_push_those_below() {
    let page = "<table><tr><td rowspan=3>a<td colspan=2 rowspan=2>b<td>c<tr><td>d<tr><td>e<td>f<td>g</table>";
    let expected = [("A1", "a"), ("B1", "b"), ("D1", "c"), ("D2", "d"), ("B3", "e"), ("C3", "f"), ("D3", "g")];
    assert_eq!(read(page), cells(&expected));
}

#[test]
fn paragraphs_in_a_cell_are_lines() {
    let page = "<table><tr><td><p>một</p><p>hai</p> ba </td><td><div>x</div></td></tr></table>";
    assert_eq!(read(page), cells(&[("A1", "một\nhai\nba"), ("B1", "x")]));
}

#[test]
fn scripts_and_comments_are_not_shown() {
    let page = "<table><tr><td>a<script>document.write('<td>b</td>')</script><!-- c --></td></tr></table>";
    assert_eq!(read(page), cells(&[("A1", "a")]));
}

#[test]
fn error_values_are_told() {
    let mut book = open("a.xls", "<table><tr><td> #REF! </td></tr></table>").unwrap();
    assert_eq!(given(&mut book, 0), [r##"A1 Error("#REF!")"##]);
    assert_eq!(book.sheets()[0].name, "a");
}

#[test]
fn what_libreoffice_writes_is_read() {
    let bytes = file("libreoffice.html");
    let mut book = open("a.xls", std::str::from_utf8(&bytes).unwrap()).unwrap();
    // LibreOffice leaves out hidden rows and columns, and writes TRUE as 1.
    let expected = [
        r#"A1 Text("Danh sách Ban CHQS xã")"#,
        r#"A2 Text("TT")"#,
        r#"B2 Text("Họ và tên")"#,
        r#"C2 Text("CCCD")"#,
        r#"D2 Text("Ngày sinh")"#,
        r#"E2 Text("Đảng viên")"#,
        r#"F2 Text("Ghi chú")"#,
        r#"A3 Text("1")"#,
        r#"B3 Text("Hoàng Văn Thụ")"#,
        r#"C3 Text("020085000123")"#,
        r#"D3 Text("07/03/1985")"#,
        r#"E3 Text("1")"#,
        r#"F3 Text("Ban CHQS xã\n(mới) <A&B>")"#,
        r#"A5 Text("3")"#,
        r#"B5 Text("Lý Ứng Quỳnh")"#,
        r#"D5 Text("30/06/2019")"#,
        r##"F5 Error("#DIV/0!")"##,
        r#"B6 Text("Hoµng V¨n Thô")"#,
    ];
    assert_eq!(given(&mut book, 0), expected);
}

#[test]
fn pages_that_hold_no_table_or_too_much_are_refused() {
    let refused = |page: &str| open("a.xls", page).err().map(|refusal| refusal.kind);
    assert_eq!(refused("<html><p>Đăng nhập</p></html>"), Some(RefusalKind::NotAWorkbook));
    assert_eq!(refused(&"<table>".repeat(100)), Some(RefusalKind::Unreadable));
    assert_eq!(
        refused(&format!("<table><tr>{}</table>", "<td colspan=1000>".repeat(17))),
        Some(RefusalKind::Unreadable)
    );
}

#[test]
fn a_page_that_was_cut_off_is_refused() {
    let cut = open("a.xls", "<html><body><table><tr><td>a</td></tr><tr><td>b").err().unwrap();
    assert!(cut.found.get(Lang::Vi).contains("cắt ngắn"), "{cut:?}");
    assert_eq!(read("<html><table><tr><td>a</html>"), cells(&[("A1", "a")]));
}

proptest! {
    #[test]
    fn any_tags_are_read_or_refused(page in "(<(/?(table|tr|td|th|p|font)|td (col|row)span=[0-9]{1,5}|br|style|!--)>|[a-z &;\u{a0}]){0,60}") {
        let _ = open("a.xls", &page);
    }

    #[test]
    fn cells_never_share_a_place(spans in proptest::collection::vec(proptest::collection::vec((1..4u32, 0..4u32), 1..5), 1..6)) {
        let mut page = String::from("<table>");
        for row in &spans {
            page += "<tr>";
            for (columns, rows) in row {
                page += &format!("<td colspan={columns} rowspan={rows}>x</td>");
            }
        }
        let found = read(&(page + "</table>"));
        let places: std::collections::BTreeSet<_> = found.iter().map(|(at, _)| at.clone()).collect();
        prop_assert_eq!(places.len(), spans.iter().map(Vec::len).sum::<usize>());
    }
}

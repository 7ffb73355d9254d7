#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::*;
use crate::intake::tests::{file, given};
use crate::model::{Hidden, RefusalKind, Workbook};

const HEAD: &str = r#"<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:o="urn:schemas-microsoft-com:office:office">"#;

/// As Excel 2003 writes it.
const EXCEL: &str = r##"
 <CustomDocumentProperties xmlns="urn:schemas-microsoft-com:office:office">
  <tonghop.form dt:dt="string">chqs-xa</tonghop.form>
 </CustomDocumentProperties>
 <Styles>
  <Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="Times New Roman" ss:Size="12"/></Style>
  <Style ss:ID="s21"><NumberFormat ss:Format="Short Date"/></Style>
  <Style ss:ID="s22"><Font ss:FontName=".VnTimeH"/></Style>
  <Style ss:ID="s23" ss:Parent="s22"><NumberFormat ss:Format="0.00"/></Style>
 </Styles>
 <Worksheet ss:Name="Ban CHQS &amp; DQTV">
  <Table ss:ExpandedColumnCount="9">
   <Column ss:Width="30"/><Column ss:Index="3" ss:Hidden="1" ss:Span="1"/><Column ss:StyleID="s22"/>
   <Row><Cell ss:MergeAcross="2"><Data ss:Type="String">Danh sách</Data></Cell><Cell><Data ss:Type="String">sau ô gộp</Data></Cell></Row>
   <Row ss:Index="4" ss:Hidden="1">
    <Cell><Data ss:Type="Number">1</Data></Cell>
    <Cell ss:Index="3"><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40"><B>Hoàng</B> <Font html:Color="#FF0000">Văn</Font> Thụ</ss:Data>
     <Comment ss:Author="A"><ss:Data><Font>ghi chú</Font></ss:Data></Comment></Cell>
    <Cell ss:StyleID="s21"><Data ss:Type="DateTime">1985-03-07T00:00:00.000</Data></Cell>
    <Cell><Data ss:Type="String">Ho&#181;ng&#10;V¨n</Data></Cell>
   </Row>
   <Row>
    <Cell ss:Formula="=RC[1]+1"/>
    <Cell ss:Formula="=1/0"><Data ss:Type="Error">#DIV/0!</Data></Cell>
    <Cell ss:StyleID="s21"><Data ss:Type="Number">43646</Data></Cell>
    <Cell><Data ss:Type="Boolean">1</Data></Cell>
    <Cell ss:StyleID="s23"><Data ss:Type="Number">2.5</Data></Cell>
    <Cell ss:StyleID="s21"/>
   </Row>
  </Table>
 </Worksheet>
 <Worksheet ss:Name="Danh mục"><Table><Row><Cell><Data ss:Type="String">020</Data></Cell></Row></Table>
  <WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel"><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>
</Workbook>"##;

fn excel() -> Held {
    open("a.xls", &format!("{HEAD}{EXCEL}")).unwrap()
}

#[test]
fn what_excel_writes_is_read() {
    let expected = [
        r#"A1 Text("Danh sách")"#,
        r#"D1 Text("sau ô gộp")"#,
        "A4 Number(1.0)",
        r#"C4 Text("Hoàng Văn Thụ")"#,
        "D4 Date(31113.0)",
        r#"E4 Text("Hoµng\nV¨n")"#,
        "A5 Uncomputed",
        r##"B5 Error("#DIV/0!")"##,
        "C5 Date(43646.0)",
        "D5 Bool(true)",
        "E5 Number(2.5)",
    ];
    assert_eq!(given(&mut excel(), 0), expected);
    assert_eq!(given(&mut excel(), 1), [r#"A1 Text("020")"#]);
}

#[test]
fn names_properties_fonts_and_hiding_are_told() {
    let mut book = excel();
    let names: Vec<_> = book.sheets().iter().map(|sheet| (sheet.name.as_str(), sheet.hidden)).collect();
    assert_eq!(names, [("Ban CHQS & DQTV", false), ("Danh mục", true)]);
    assert_eq!(book.property("tonghop.form"), Some("chqs-xa"));
    let mut fonts = Vec::new();
    let hidden = book.cells(0, &mut |cell| {
        fonts.extend(cell.font.map(|font| (cell.at.to_string(), font)));
        ControlFlow::Continue(())
    });
    assert_eq!(hidden.unwrap(), Hidden { rows: 1, columns: 2 });
    assert_eq!(fonts, [("E4".to_owned(), Legacy::Tcvn3Capitals), ("E5".to_owned(), Legacy::Tcvn3Capitals)]);
}

#[test]
fn what_another_program_writes_is_read() {
    let bytes = file("sheetjs-2003.xml");
    let mut book = open("a.xml", std::str::from_utf8(&bytes).unwrap()).unwrap();
    let expected = [
        r#"A1 Text("Danh sách Ban CHQS xã")"#,
        r#"A2 Text("TT")"#,
        r#"B2 Text("Họ và tên")"#,
        r#"C2 Text("CCCD")"#,
        r#"D2 Text("Ngày sinh")"#,
        r#"E2 Text("Hệ số")"#,
        r#"F2 Text("Đảng viên")"#,
        r#"G2 Text("Ghi chú")"#,
        "A3 Number(1.0)",
        r#"B3 Text("Hoàng Văn Thụ")"#,
        r#"C3 Text("020085000123")"#,
        "D3 Date(31113.0)",
        "E3 Number(2.34)",
        "F3 Bool(true)",
        r#"G3 Text("Ban CHQS xã\n(mới) <A&B>")"#,
        r#"B4 Text("Nông Thị Mẩy")"#,
        r#"C4 Text("001190004567")"#,
        "D4 Date(33238.0)",
        "E4 Number(1234567.125)",
        "F4 Bool(false)",
        "A6 Number(3.0)",
        r#"B6 Text("Lý Ứng Quỳnh")"#,
        "D6 Date(43646.0)",
        "E6 Number(-0.07)",
        r#"B7 Text("Hoµng V¨n Thô")"#,
    ];
    assert_eq!(given(&mut book, 0), expected);
    assert!(book.sheets()[1].hidden);
}

#[test]
fn a_doctype_is_unsafe_and_a_cut_file_is_refused() {
    let kind = |text: &str| open("a.xls", text).err().map(|refusal| refusal.kind);
    let bomb = r#"<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Workbook><Worksheet/></Workbook>"#;
    assert_eq!(kind(bomb), Some(RefusalKind::Unsafe));
    let whole = format!("{HEAD}{EXCEL}");
    let middle = whole.find("<Row ss:Index").unwrap();
    assert_eq!(kind(&whole[..middle]), Some(RefusalKind::Unreadable));
}

#[test]
fn cells_that_overlap_or_leave_the_sheet_are_refused() {
    let sheet = |rows: &str| format!("{HEAD}<Worksheet ss:Name=\"A\"><Table>{rows}</Table></Worksheet></Workbook>");
    let cell = |index: &str| format!("<Cell{index}><Data ss:Type=\"Number\">1</Data></Cell>");
    let row = |index: &str, cells: String| format!("<Row{index}>{cells}</Row>");
    for rows in [
        row("", cell(r#" ss:Index="3""#) + &cell(r#" ss:Index="2""#)),
        row("", cell(r#" ss:Index="16385""#)),
        row("", cell(r#" ss:MergeAcross="4294967295""#)),
        row(r#" ss:Index="1048577""#, cell("")),
        row(r#" ss:Index="5""#, cell("")) + &row(r#" ss:Index="5""#, cell("")),
    ] {
        assert!(open("a.xls", &sheet(&rows)).is_err(), "{rows}");
    }
}

proptest! {
    #[test]
    fn any_change_of_a_file_is_read_or_refused(at: prop::sample::Index, letter: char, cut: prop::sample::Index) {
        let mut letters: Vec<char> = EXCEL.chars().collect();
        *at.get_mut(&mut letters) = letter;
        let whole = format!("{HEAD}{}", letters.iter().collect::<String>());
        let _ = open("a.xls", &whole);
        let _ = open("a.xls", &letters[..cut.index(letters.len())].iter().collect::<String>());
    }
}

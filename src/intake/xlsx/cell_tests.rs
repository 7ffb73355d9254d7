//! Cells, strings, fonts, rows and sheets as files of many hands write them.
#![allow(clippy::unwrap_used, clippy::panic, clippy::expect_used)]

use std::ops::ControlFlow;

use super::package_tests::{Made, cells, opened, package, read, refused, rows, with_sheet};
use crate::model::{Hidden, Legacy, RefusalKind};

const STYLES: &str = r#"<styleSheet>
    <numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
    <fonts><font><name val="Times New Roman"/></font><font><b/><name val=".VnTime"/></font><font><name val="VNI-Times"/></font></fonts>
    <cellStyleXfs><xf numFmtId="14" fontId="2"/></cellStyleXfs>
    <cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="14" fontId="1"><alignment/></xf><xf numFmtId="164"/><xf numFmtId="165"/><xf fontId="1"/></cellXfs>
    <dxfs><dxf><font><name val="VNI-Times"/></font></dxf></dxfs>
</styleSheet>"#;

fn with_parts(sheet: &str, others: &[Made<'_>]) -> Vec<u8> {
    let sheet = rows(sheet);
    package(&[&[("xl/worksheets/sheet1.xml", sheet.as_str()), ("xl/styles.xml", STYLES)], others].concat())
}

fn with_strings(strings: &str, sheet: &str) -> Vec<u8> {
    with_parts(
        sheet,
        &[("xl/sharedStrings.xml", &format!("<sst count='4294967295' uniqueCount='4294967295'>{strings}</sst>"))],
    )
}

#[test]
fn every_type_of_cell_is_read() {
    let sheet = r#"<row r="1"><c r="A1"><v>12</v></c><c r="B1" t="n"><v>-1.5E-3</v></c><c r="C1" t="b"><v>1</v></c>
        <c r="D1" t="str"><v> a &amp; b </v></c><c r="E1" t="inlineStr"><is><t>c</t></is></c><c r="F1" t="e"><v>#N/A</v></c>
        <c r="G1" t="d"><v>2019-06-30T00:00:00</v></c><c r="H1" s="1"/><c r="I1"><v></v></c><c r="J1" t='b'><v>false</v></c>
        <c r="K1"><v>123456789012345678</v></c><c r="L1" t="str"><v/></c><c r="M1"><v>1e999</v></c></row>"#;
    let read = cells(with_sheet(&rows(sheet)));
    let expected = [
        "A1 12",
        "B1 -0.0015",
        "C1 true",
        "D1 \" a & b \"",
        "E1 \"c\"",
        "F1 #N/A",
        "G1 day 43646",
        "J1 false",
        "K1 123456789012345680",
        "L1 \"\"",
        "M1 #NUM!",
    ];
    assert_eq!(read, expected);
}

#[test]
fn formulas_count_as_their_stored_result() {
    let sheet = r#"<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c><c r="C1" t="str"><f>""</f><v></v></c>
        <c r="D1" t="str"><f>A1&amp;"&lt;/c&gt;"</f></c><c r="E1"><f t="shared" si="0"/><v>3</v></c><c r="F1"><f t="shared" si="0"/></c>
        <c r="G1"><f>A1</f><v></v></c><c r="H1" t="s"><f>A1</f><v/></c></row>"#;
    let expected = [
        "A1 2",
        "B1 uncomputed",
        "C1 \"\"",
        "D1 uncomputed",
        "E1 3",
        "F1 uncomputed",
        "G1 uncomputed",
        "H1 uncomputed",
    ];
    assert_eq!(cells(with_sheet(&rows(sheet))), expected);
}

#[test]
fn errors_newer_than_the_format_are_errors_of_one_cell() {
    let error =
        |error: &str| cells(with_sheet(&rows(&format!("<row><c t='e'><v>{error}</v></c><c><v>1</v></c></row>"))));
    for name in
        ["#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#PYTHON!", "#EXTERNAL!"]
    {
        assert_eq!(error(name), [format!("A1 {name}"), "B1 1".to_owned()]);
    }
    assert_eq!(error("#MỚI!"), ["A1 #ERROR!", "B1 1"]);
}

#[test]
fn dates_are_told_by_the_style_and_shifted_from_1904() {
    let sheet = "<row><c s='1'><v>43646</v></c><c s='2'><v>43646.5</v></c><c s='3'><v>1.5</v></c><c><v>43646</v></c><c s='99'><v>7</v></c></row>";
    let expected = ["A1 day 43646", "B1 day 43646.5", "C1 1.5", "D1 43646", "E1 7"];
    assert_eq!(cells(with_parts(sheet, &[])), expected);
    let book =
        r#"<workbook><workbookPr date1904="1"/><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
    assert_eq!(cells(with_parts(sheet, &[("xl/workbook.xml", book)]))[0], "A1 day 45108");
}

#[test]
fn strings_are_the_text_that_people_see() {
    let strings = "<si><t>một</t></si><si/><si><t xml:space='preserve'> hai </t></si><si><t> ba\r\n</t></si>
        <si><r><t>b</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">ốn </t></r><rPh sb='0' eb='1'><t>PHÁT ÂM</t></rPh><phoneticPr/></si>
        <si><t><![CDATA[<năm> & ]]>&#x1EA1;&#10;&quot;x</t></si><si><t>a_x000D_b_x005F_x000D__xD83D__xDE00__xD83D_</t></si><si><t>dòng\r\nhai</t></si>";
    let indexes = (0..8).map(|index| format!("<c t='s'><v>{index}</v></c>")).collect::<String>();
    let read = cells(with_strings(strings, &format!("<row>{indexes}</row>")));
    let expected = [
        "A1 \"một\"",
        "B1 \"\"",
        "C1 \" hai \"",
        "D1 \"ba\"",
        "E1 \"bốn \"",
        "F1 \"<năm> & ạ\\n\\\"x\"",
        "G1 \"a\\rb_x000D_😀\u{FFFD}\"",
        "H1 \"dòng\\nhai\"",
    ];
    assert_eq!(read, expected);
    let inline = "<row><c t='inlineStr'><is><r><t>x</t></r><r><t>_x0041_</t></r></is></c><c t='str'><v>_x0042_&lt;<!-- --><![CDATA[<]]></v></c></row>";
    assert_eq!(cells(with_sheet(&rows(inline))), ["A1 \"xA\"", "B1 \"B<<\""]);
}

#[test]
fn a_string_that_is_not_there_refuses_the_file() {
    for index in [" ", "1", "-1", "abc", "0.5", "4294967296", "99999999999999999999"] {
        let (kind, found) =
            refused(with_strings("<si><t>a</t></si>", &format!("<row r='7'><c r='B7' t='s'><v>{index}</v></c></row>")));
        assert_eq!(kind, RefusalKind::Unreadable);
        assert!(found.contains("sheet \"Trang 1\"") && found.contains("a string"), "{index}: {found}");
    }
}

#[test]
fn fonts_tell_the_encoding_and_runs_win_over_the_cell() {
    let run = |font: &str, text: &str| format!("<r><rPr><rFont val='{font}'/></rPr><t>{text}</t></r>");
    let strings = [
        "<si><t>NguyÔn</t></si>".to_owned(),
        format!("<si>{}{}</si>", run("VNI-Times", "Nguyeãn"), run("Arial", " Van")),
        format!("<si>{}{}</si>", run("VNI-Times", "Nguyeãn"), run(".VnTime", " V¨n")),
        format!("<si>{}{}</si>", run("VNI-Times", "Nguyeãn"), "<r><t> Vaên</t></r>"),
        format!("<si>{}</si>", run("Arial", "Nguyễn")),
    ];
    let shared =
        |style: u32| (0..5).map(|index| format!("<c t='s' s='{style}'><v>{index}</v></c>")).collect::<String>();
    let fonts = |style: u32| {
        let (cells, _) = read(with_strings(&strings.concat(), &format!("<row>{}</row>", shared(style)))).unwrap();
        cells.into_iter().map(|(_, font)| font).collect::<Vec<_>>()
    };
    let (tcvn3, vni) = (Some(Legacy::Tcvn3), Some(Legacy::Vni));
    assert_eq!(fonts(0), [None, vni, None, None, None]);
    assert_eq!(fonts(4), [tcvn3, vni, None, None, None]);
    let sheet =
        format!("<row><c s='4' t='inlineStr'><is>{}</is></c><c s='4'><v>1</v></c></row>", run(".VnTimeH", "V¨n"));
    let (cells, _) = read(with_parts(&sheet, &[])).unwrap();
    assert_eq!((cells[0].1, cells[1].1), (Some(Legacy::Tcvn3Capitals), tcvn3));
}

#[test]
fn places_that_are_not_told_are_counted() {
    let sheet = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row/><row r='5'><c r='C5'><v>3</v></c><c><v>4</v></c></row><row><c><v>5</v></c></row>
        <row><c r='B9'><v>6</v></c><c><v>7</v></c></row><row><c><v>8</v></c></row>";
    assert_eq!(cells(with_sheet(&rows(sheet))), ["A1 1", "C1 2", "C5 3", "D5 4", "A6 5", "B9 6", "C9 7", "A10 8"]);
}

#[test]
fn places_that_cannot_be_refuse_the_file() {
    let cell = |reference: &str| format!("<row r='2'><c r='B2'><v>1</v></c><c r='{reference}'><v>1</v></c></row>");
    for reference in ["XFE2", "AAAA2", "A1048577", "C3", "C0", "2", "C", "", "C2x", "Ữ2", "C99999999999"] {
        let (_, found) = refused(with_sheet(&rows(&cell(reference))));
        assert!(found.contains("from cell C2 on") && found.contains("outside the sheet"), "{reference}: {found}");
    }
    for reference in ["B2", "A2"] {
        assert!(refused(with_sheet(&rows(&cell(reference)))).1.contains("out of order"), "{reference}");
    }
    assert_eq!(cells(with_sheet(&rows("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"))), ["XFD1048576 1"]);
    for row in ["0", "1048577", "x", "-1", "99999999999"] {
        let (_, found) = refused(with_sheet(&rows(&format!("<row r='{row}'/>"))));
        assert!(found.contains("outside the sheet"), "{row}: {found}");
    }
    assert!(refused(with_sheet(&rows("<row r='2'/><row r='2'/>"))).1.contains("out of order"));
    assert!(refused(with_sheet(&rows("<row r='1048576'/><row/>"))).1.contains("outside the sheet"));
}

#[test]
fn values_that_do_not_fit_their_type_refuse_the_file() {
    for (kind, value) in [("n", "abc"), ("b", "2"), ("b", "yes"), ("z", "1"), ("n", "1,5")] {
        let (_, found) = refused(with_sheet(&rows(&format!("<row><c t='{kind}'><v>{value}</v></c></row>"))));
        assert!(found.contains("from cell A1 on"), "{kind} {value}: {found}");
    }
}

#[test]
fn hidden_rows_and_columns_are_read_and_counted() {
    let cols =
        "<cols><col min='1' max='2' hidden='1'/><col min='3' max='3'/><col min='4' max='16384' hidden='true'/></cols>";
    let data = "<row r='1' hidden='1'><c r='B1'><v>1</v></c><c r='E1'><v>2</v></c></row><row r='2' hidden='1'><c r='A2'/></row><row hidden='1'/><row r='9' hidden='0'><c><f>1</f></c></row>";
    let sheet = format!("<worksheet>{cols}<sheetData>{data}</sheetData></worksheet>");
    let (cells, hidden) = read(with_sheet(&sheet)).unwrap();
    assert_eq!((cells.len(), hidden), (3, Hidden { rows: 1, columns: 4 }));
}

#[test]
fn damaged_xml_is_refused() {
    let whole = rows("<row r='1'><c r='A1' t='str'><v>a</v></c></row>");
    let end = whole.find("</sheetData>").unwrap() + "</sheetData>".len();
    for length in 0..end {
        let (kind, _) = refused(with_sheet(&whole[..length]));
        assert_eq!(kind, RefusalKind::Unreadable, "{}", &whole[..length]);
    }
    for damaged in [
        "<row><c><v>1</c></v></row>",
        "<row><c></row>",
        "<row><c r=A1/></row>",
        "<row><c><v>&x;</v></c></row>",
        "<row></c></row>",
        "<rov><c><v>1</v></c></rov>",
        "<row><d><v>1</v></d></row>",
        "<row><c><u>1</u></c></row>",
    ] {
        refused(with_sheet(&rows(damaged)));
    }
}

#[test]
fn comments_prefixes_and_foreign_elements_do_not_matter() {
    let sheet = "<?xml version=\"1.0\"?>\n<!-- <sheetData> --><x:worksheet xmlns:x='u'><x:sheetPr><x:c/></x:sheetPr><x:sheetData><?p?>\n<x:row r = \"1\" ><!-- <c/> -->
        <x:c\n r='A1' mc:note='a>b'><x:v>1</x:v><x:extLst><x:v>9</x:v></x:extLst></x:c ><y:extLst><y:c/></y:extLst><x:c><x:v><!-- -->2</x:v></x:c></x:row></x:sheetData><x:mergeCells/></x:worksheet>";
    assert_eq!(cells(with_sheet(sheet)), ["A1 1", "B1 2"]);
}

#[test]
fn a_sink_that_breaks_off_is_not_told_of_later_damage() {
    let sheet = format!("<worksheet><sheetData>{}", "<row><c><v>1</v></c></row>".repeat(9));
    let mut seen = 0;
    let mut stop_at = |count: u32| {
        opened(with_sheet(&sheet)).unwrap().cells(0, &mut |_| {
            seen += 1;
            if seen == count { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
        })
    };
    assert!(stop_at(4).is_ok() && stop_at(99).is_err());
    assert_eq!(seen, 4 + 9);
}

#[test]
fn cells_that_lie_across_blocks_are_read_once() {
    let line = |row: usize| {
        format!("<row><c t='inlineStr'><is><t>{}</t></is></c><c><v>{row}</v></c></row>", "ạ".repeat(row % 977))
    };
    let sheet = rows(&(0..1_500).map(line).collect::<String>());
    let expected =
        (0..1_500).flat_map(|row| [format!("A{} {:?}", row + 1, "ạ".repeat(row % 977)), format!("B{} {row}", row + 1)]);
    assert_eq!(cells(with_sheet(&sheet)), expected.collect::<Vec<_>>());
}

const LINKS: &str = r#"<Relationships><Relationship Id="a" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="/XL/Sheets/Một.xml"/>
    <Relationship Id="b" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/chartsheet" Target="chartsheets/sheet1.xml"/>
    <Relationship Id="c" Type="x/worksheet" Target="../xl/./sheets\hai.xml"/><Relationship Id="d" Type="x/xlMacrosheet" Target="m.xml"/></Relationships>"#;

fn with_sheets(sheets: &str) -> Vec<u8> {
    let book = format!("<x:workbook><x:sheets>{sheets}</x:sheets></x:workbook>");
    let (one, two) = (rows("<row><c><v>1</v></c></row>"), rows("<row><c><v>2</v></c></row>"));
    let custom = "<Properties><property fmtid='{}' pid='2' name='M&#227;'><vt:lpwstr>CHQS &amp; xã</vt:lpwstr></property><property name='x'/></Properties>";
    let others = [("xl/sheets/một.xml", one.as_str()), ("XL/sheets/Hai.xml", &two), ("docProps/custom.xml", custom)];
    package(&[&[("xl/workbook.xml", book.as_str()), ("xl/_rels/workbook.xml.rels", LINKS)], others.as_slice()].concat())
}

#[test]
fn sheets_are_found_by_their_relations() {
    let sheets = r#"<x:sheet name="Biểu đồ" sheetId="1" r:id="b"/><x:sheet name="Hai &amp; ba" sheetId="2" state="veryHidden" r:id="c"/>
        <x:sheet name="Macro" sheetId="4" r:id="d"/><x:sheet name="Một" sheetId="3" state="visible" r:id="a"/>"#;
    let mut workbook = opened(with_sheets(sheets)).unwrap();
    let seen: Vec<(String, bool)> = workbook.sheets().iter().map(|sheet| (sheet.name.clone(), sheet.hidden)).collect();
    assert_eq!(seen, [("Hai & ba".to_owned(), true), ("Một".to_owned(), false)]);
    assert_eq!(
        (workbook.property("Mã"), workbook.property("x"), workbook.property("y")),
        (Some("CHQS & xã"), Some(""), None)
    );
    let mut values = Vec::new();
    for sheet in [0, 1, 0] {
        workbook
            .cells(sheet, &mut |cell| {
                values.push(super::package_tests::said(cell.raw));
                ControlFlow::Continue(())
            })
            .unwrap();
    }
    assert_eq!(values, ["2", "1", "2"]);
}

#[test]
fn sheets_that_share_a_name_or_a_part_are_refused() {
    for sheets in [
        r#"<x:sheet name="A" r:id="a"/><x:sheet name="a" r:id="c"/>"#,
        r#"<x:sheet name="A" r:id="a"/><x:sheet name="B" r:id="a"/>"#,
    ] {
        assert_eq!(refused(with_sheets(sheets)).0, RefusalKind::Unsafe);
    }
    assert_eq!(refused(with_sheets(r#"<x:sheet name="A" r:id="z"/>"#)).0, RefusalKind::Unreadable);
}

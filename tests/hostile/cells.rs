//! Addresses, values and sheets that cannot be.

use crate::input::{BOOK, Expect, Input, LINKS, SHEET, cells, distrusted, rows, unreadable, workbook};

pub fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    let mut add = |name: String, row: &str, expect: Expect| {
        inputs.push(Input::new(format!("cell-{name}.xlsx"), rows(row), expect))
    };
    let references = [
        "A0",
        "XFE1",
        "A1048577",
        "1A",
        "AAAA1",
        "A",
        "1",
        "A-1",
        "$A$1",
        "A1B",
        "A99999999999999999999",
        "ZZZ1",
        "Á1",
    ];
    for (number, reference) in (1..).zip(references) {
        add(
            format!("reference-{number}"),
            &format!("<row><c r='{reference}'><v>1</v></c></row>"),
            unreadable("ngoài bảng"),
        );
    }
    for (number, row) in
        (1..).zip(["0", "1048577", "-1", "4294967296", "4294967297", "18446744073709551617", "a", "1.5"])
    {
        add(format!("row-{number}"), &format!("<row r='{row}'><c><v>1</v></c></row>"), unreadable("ngoài bảng"));
    }
    for (name, row) in [
        ("row-twice", "<row r='2'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>"),
        ("row-back", "<row r='5'><c><v>1</v></c></row><row r='2'><c><v>2</v></c></row>"),
        ("cell-twice", "<row><c r='A1'><v>1</v></c><c r='A1'><v>2</v></c></row>"),
        ("cell-back", "<row><c r='C1'><v>1</v></c><c r='A1'><v>2</v></c></row>"),
    ] {
        add(name.to_owned(), row, unreadable("không theo thứ tự"));
    }
    for (number, index) in (1..).zip(["abc", "-1", "2", "99999", "1.5", " ", "0x1", "18446744073709551616", "1e0"]) {
        add(
            format!("string-{number}"),
            &format!("<row><c t='s'><v>{index}</v></c></row>"),
            unreadable("từ ô A1 trở đi"),
        );
    }
    for (number, value) in (1..).zip(["1,5", "0x10", "một", "1 2", "--1", "1.2.3", "1e", "٣"]) {
        add(
            format!("number-{number}"),
            &format!("<row><c><v>{value}</v></c></row>"),
            unreadable("không đúng với kiểu"),
        );
    }
    for (number, value) in (1..).zip(["NaN", "INF", "-inf", "1e999", "-1E400", "infinity"]) {
        add(format!("infinite-{number}"), &format!("<row><c><v>{value}</v></c></row>"), cells(&["A1 #NUM!"]));
    }
    for (number, (kind, value)) in
        (1..).zip([("b", "2"), ("b", "có"), ("d", "30/06/2019"), ("d", "2019-13-45"), ("x", "1"), ("", "1")])
    {
        add(
            format!("kind-{number}"),
            &format!("<row><c t='{kind}'><v>{value}</v></c></row>"),
            unreadable("không đúng với kiểu"),
        );
    }
    let errors = [
        "#SPILL!",
        "#CALC!",
        "#FIELD!",
        "#GETTING_DATA",
        "#BLOCKED!",
        "#CONNECT!",
        "#UNKNOWN!",
        "#BUSY!",
        "#PYTHON!",
        "#N/A",
        "#NULL!",
    ];
    for (number, error) in (1..).zip(errors) {
        let row = format!("<row><c t='e'><v>{error}</v></c><c><v>1</v></c></row>");
        add(format!("error-{number}"), &row, cells(&[&format!("A1 {error}"), "B1 1"]));
    }
    add("error-of-tomorrow".to_owned(), "<row><c t='e'><v>#MỚI!</v></c></row>", cells(&["A1 #ERROR!"]));
    for (name, row, expect) in [
        (
            "uncomputed",
            "<row><c><f>SUM(B1:B9)</f></c><c><f>1</f><v></v></c></row>",
            cells(&["A1 uncomputed", "B1 uncomputed"]),
        ),
        ("computed", "<row><c><f>1+1</f><v>2</v></c></row>", cells(&["A1 2"])),
        ("text-nul", "<row><c t='str'><v>a_x0000_b</v></c></row>", cells(&["A1 \"a\\0b\""])),
        (
            "formula-as-text",
            "<row><c t='str'><v>=cmd|' /C calc'!A0</v></c></row>",
            cells(&["A1 \"=cmd|' /C calc'!A0\""]),
        ),
        ("style-beyond", "<row><c s='4000000000'><v>1</v></c></row>", cells(&["A1 1"])),
        (
            "corners",
            "<row r='1'><c r='A1'><v>1</v></c></row><row r='1048576'><c r='XFD1048576'><v>2</v></c></row>",
            cells(&["A1 1", "XFD1048576 2"]),
        ),
    ] {
        add(name.to_owned(), row, expect);
    }
    inputs.extend(sheets());
    inputs
}

/// Lists of sheets.
fn sheets() -> Vec<Input> {
    let book = |sheets: &str| BOOK.replace("<sheet name=\"Trang 1\" sheetId=\"1\" r:id=\"rId1\"/>", sheets);
    let two = LINKS.replace("</Relationships>", r#"<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet2.xml"/></Relationships>"#);
    let input = |name: &str, sheets: &str, expect: Expect| {
        let book = book(sheets);
        let parts: [(&str, &[u8]); 3] = [
            ("xl/workbook.xml", book.as_bytes()),
            ("xl/_rels/workbook.xml.rels", two.as_bytes()),
            ("xl/worksheets/sheet2.xml", SHEET.as_bytes()),
        ];
        Input::new(format!("sheets-{name}.xlsx"), workbook(&parts), expect)
    };
    vec![
        input("two", "<sheet name='A' r:id='rId1'/><sheet name='B' r:id='rId2'/>", cells(&["A1 1", "A1 1"])),
        input("of-one-name", "<sheet name='A' r:id='rId1'/><sheet name='A' r:id='rId2'/>", distrusted("trùng tên")),
        input(
            "of-one-name-but-case",
            "<sheet name='Ất' r:id='rId1'/><sheet name='ẤT' r:id='rId2'/>",
            distrusted("trùng tên"),
        ),
        input("of-one-part", "<sheet name='A' r:id='rId1'/><sheet name='B' r:id='rId1'/>", distrusted("dùng chung")),
        input("of-no-part", "<sheet name='A' r:id='rId9'/>", unreadable("thiếu một phần")),
        input("none", "", Expect::Cells(Vec::new())),
        input("nameless", "<sheet name='' r:id='rId1'/>", cells(&["A1 1"])),
        input("hidden", "<sheet name='A' state='veryHidden' r:id='rId1'/>", cells(&["A1 1"])),
    ]
}

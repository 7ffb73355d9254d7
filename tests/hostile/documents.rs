//! Tricks of OpenDocument: cells and rows that stand for many, texts that grow, sheets of one name.

use crate::input::{Expect, Input, cells, distrusted, unreadable, zipped};

/// A document around its tables.
pub fn document(tables: &str) -> Vec<u8> {
    let content = format!(
        "<office:document-content xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:spreadsheet>{tables}\
         </office:spreadsheet></office:body></office:document-content>"
    );
    package(&content)
}

fn package(content: &str) -> Vec<u8> {
    zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("content.xml", content.as_bytes()),
        (
            "META-INF/manifest.xml",
            b"<manifest:manifest xmlns:manifest='urn:oasis:names:tc:opendocument:xmlns:manifest:1.0'/>",
        ),
    ])
}

fn table(rows: &str) -> Vec<u8> {
    document(&format!("<table:table table:name='A'>{rows}</table:table>"))
}

fn row(count: u64, cells: &str) -> String {
    format!("<table:table-row table:number-rows-repeated='{count}'>{cells}</table:table-row>")
}

fn text(count: u64, text: &str) -> String {
    format!(
        "<table:table-cell table:number-columns-repeated='{count}' office:value-type='string'><text:p>{text}</text:p>\
         </table:table-cell>"
    )
}

fn blank(count: u64) -> String {
    format!("<table:table-cell table:number-columns-repeated='{count}'/>")
}

fn value(more: &str) -> String {
    format!("<table:table-row><table:table-cell {more}/></table:table-row>")
}

pub fn inputs() -> Vec<Input> {
    let far = Expect::Refused("too-large", "cách nhau quá xa");
    let mut inputs = Vec::new();
    let mut add =
        |name: &str, bytes: Vec<u8>, expect: Expect| inputs.push(Input::new(format!("ods-{name}.ods"), bytes, expect));
    add("sound", table(&row(1, &text(1, "x"))), cells(&["A1 \"x\""]));
    add("few-for-many", table(&row(2, &text(2, "x"))), cells(&["A1 \"x\"", "B1 \"x\"", "A2 \"x\"", "B2 \"x\""]));
    add("rows", table(&row(1_000_000, &text(100, "x"))), far.clone());
    add("rows-beyond", table(&row(4_294_967_295, &text(1, "x"))), unreadable("ngoài bảng"));
    add("columns-beyond", table(&row(1, &text(20_000, "x"))), unreadable("ngoài bảng"));
    add("both-beyond", table(&row(4_294_967_295, &text(4_294_967_295, "x"))), unreadable("ngoài bảng"));
    add(
        "corners",
        table(&(row(1, &text(1, "x")) + &row(1_000_000, &blank(1)) + &row(1, &(blank(16_000) + &text(1, "x"))))),
        far.clone(),
    );
    add(
        "lonely-corner",
        table(&(row(1_048_575, &blank(1)) + &row(1, &(blank(16_383) + &text(1, "x"))))),
        cells(&["XFD1048576 \"x\""]),
    );
    add("behind-the-last-row", table(&(row(1_048_576, &blank(1)) + &row(1, &text(1, "x")))), unreadable("ngoài bảng"));
    add(
        "blank-for-ever",
        table(&(row(1, &text(1, "x")) + &row(4_294_967_295, &blank(4_294_967_295)))),
        cells(&["A1 \"x\""]),
    );
    add("long-text-for-many", table(&row(100, &text(1_000, &"x".repeat(50_000)))), unreadable("phải dừng giữa chừng"));
    add("spaces", table(&row(1, &text(1, "<text:s text:c='2000000000'/>"))), unreadable("phải dừng giữa chừng"));
    let formulas = "<table:table-cell table:formula='of:=1' table:number-columns-repeated='1000'/>";
    add("formulas", table(&row(100_000, formulas)), far);
    for (number, count) in (1..).zip(["-1", "0", "1.5", "a", "", "99999999999999999999999", "0x10", " 2"]) {
        let rows = format!("<table:table-row table:number-rows-repeated='{count}'>{}</table:table-row>", text(1, "x"));
        add(&format!("rows-wrong-{number}"), table(&rows), Expect::Harmless);
        let cell = format!(
            "<table:table-row><table:table-cell table:number-columns-repeated='{count}' office:value-type='string'><text:p>x</text:p></table:table-cell></table:table-row>"
        );
        add(&format!("columns-wrong-{number}"), table(&cell), Expect::Harmless);
    }
    for (name, more, expect) in [
        ("uncomputed", "table:formula='of:=1'", cells(&["A1 uncomputed"])),
        ("computed", "table:formula='of:=1' office:value-type='float' office:value='1'", cells(&["A1 1"])),
        ("nan", "office:value-type='float' office:value='NaN'", cells(&["A1 #NUM!"])),
        ("infinite", "office:value-type='float' office:value='1e999'", cells(&["A1 #NUM!"])),
        ("error", "office:value-type='string' office:string-value='#DIV/0!'", cells(&["A1 #DIV/0!"])),
        ("error-of-its-own", "office:value-type='string' office:string-value='Err:502'", cells(&["A1 #ERROR!"])),
        ("number-wrong", "office:value-type='float' office:value='1,5'", Expect::Harmless),
        ("day", "office:value-type='date' office:date-value='2019-06-30'", cells(&["A1 day 43646"])),
        ("day-wrong", "office:value-type='date' office:date-value='2019-13-45'", cells(&["A1 \"2019-13-45\""])),
    ] {
        add(name, table(&value(more)), expect);
    }
    let named = |name: &str| format!("<table:table table:name='{name}'>{}</table:table>", row(1, &text(1, "x")));
    add("sheets-of-one-name", document(&(named("A") + &named("A"))), distrusted("trùng tên"));
    add("sheets-of-one-name-but-case", document(&(named("Ất") + &named("ẤT"))), distrusted("trùng tên"));
    add("no-table", document(""), Expect::Cells(Vec::new()));
    add("empty", package(""), Expect::Harmless);
    add(
        "cut",
        package("<office:document-content><office:body><office:spreadsheet><table:table table:name='A'>"),
        unreadable("bị cắt ngắn"),
    );
    add(
        "entities",
        package("<!DOCTYPE x [<!ENTITY a 'aaaa'>]><office:document-content>&a;</office:document-content>"),
        Expect::Harmless,
    );
    add("deep", table(&"<table:table-row>".repeat(100_000)), Expect::Harmless);
    add("deep-text", table(&row(1, &text(1, &"<text:span>".repeat(100_000)))), Expect::Harmless);
    inputs
}

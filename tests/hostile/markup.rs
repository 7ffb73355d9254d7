//! Tricks of XML, in the parts of a workbook.

use crate::input::{BOOK, Expect, Input, LINKS, SHEET, STRINGS, TOP, cells, distrusted, rows, unreadable, workbook};

/// The parts that are read, with a name for the file.
const PARTS: [(&str, &str, &str); 5] = [
    ("top", "_rels/.rels", TOP),
    ("book", "xl/workbook.xml", BOOK),
    ("links", "xl/_rels/workbook.xml.rels", LINKS),
    ("strings", "xl/sharedStrings.xml", STRINGS),
    ("sheet", "xl/worksheets/sheet1.xml", SHEET),
];

const BILLION: &str = "<!DOCTYPE x [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'>]>";
const OUTSIDE: &str = "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>";

pub fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    for (short, part, content) in PARTS {
        let mut add = |trick: &str, bytes: Vec<u8>, expect: Expect| {
            let bytes = workbook(&[(part, &bytes)]);
            inputs.push(Input::new(format!("xml-{short}-{trick}.xlsx"), bytes, expect));
        };
        add("entities", format!("{BILLION}{content}").into_bytes(), distrusted("DOCTYPE"));
        add("outside-entity", format!("<?xml version='1.0'?>{OUTSIDE}{content}").into_bytes(), distrusted("DOCTYPE"));
        add("cut", content.as_bytes()[..content.len() / 2].to_vec(), unreadable("hỏng hoặc bị cắt"));
        add("empty", Vec::new(), unreadable("hỏng hoặc bị cắt"));
        add("blank", b"   \n".to_vec(), unreadable("hỏng hoặc bị cắt"));
        add("prose", b"Kinh gui".to_vec(), unreadable("hỏng hoặc bị cắt"));
        let wide = content.encode_utf16().flat_map(u16::to_le_bytes);
        add("utf-16", [0xFF, 0xFE].into_iter().chain(wide).collect(), unreadable("UTF-8"));
        let foreign = format!("<?xml version='1.0' encoding='windows-1258'?>{content}");
        add("windows-1258", foreign.into_bytes(), unreadable("UTF-8"));
        add("no-end-of-comment", format!("<!-- {content}").into_bytes(), unreadable("hỏng hoặc bị cắt"));
        add("nul", content.replacen('<', "<\0", 2).into_bytes(), Expect::Harmless);
        add("marked", format!("\u{feff}{content}").into_bytes(), cells(&["A1 1"]));
        add("commented", format!("<!-- a --><?b c?>{content}<!-- d -->").into_bytes(), cells(&["A1 1"]));
    }
    for (name, row, expect) in [
        ("unknown-entity", "<row><c t='str'><v>&a;</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("no-entity", "<row><c t='str'><v>a & b</v></c></row>", Expect::Harmless),
        ("character-0", "<row><c t='str'><v>&#0;</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("character-too-high", "<row><c t='str'><v>&#x110000;</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("character-half", "<row><c t='str'><v>&#xD800;</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("character-huge", "<row><c t='str'><v>&#99999999999999999999;</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("crossed-tags", "<row><c><v>1</c></v></row>", unreadable("hỏng hoặc bị cắt")),
        ("wrong-end", "<row><c><v>1</v></c></rows>", unreadable("hỏng hoặc bị cắt")),
        ("value-in-value", "<row><c><v><v>1</v></v></c></row>", Expect::Harmless),
        ("cdata", "<row><c t='str'><v><![CDATA[a<b]]></v></c></row>", cells(&["A1 \"a<b\""])),
        ("open-cdata", "<row><c t='str'><v><![CDATA[a</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("unquoted", "<row r=1><c><v>1</v></c></row>", Expect::Harmless),
        ("open-quote", "<row r='1><c><v>1</v></c></row>", unreadable("hỏng hoặc bị cắt")),
        ("two-references", "<row><c r='A1' r='B1'><v>1</v></c></row>", Expect::Harmless),
    ] {
        inputs.push(Input::new(format!("xml-{name}.xlsx"), rows(row), expect));
    }
    let deep = format!("<row><c>{}</c></row>", "<a>".repeat(200_000));
    inputs.push(Input::new("xml-deep.xlsx", rows(&deep), unreadable("")));
    let long = format!("<row><c t='{}'><v>1</v></c></row>", "n".repeat(20_000_000));
    inputs.push(Input::new("xml-long-attribute.xlsx", rows(&long), Expect::Refused("too-large", "quá 16 MB")));
    let broken: Vec<u8> = [
        b"<worksheet><sheetData><row><c t='str'><v>".as_slice(),
        &[0xC3, 0x28],
        b"</v></c></row></sheetData></worksheet>",
    ]
    .concat();
    inputs.push(Input::new(
        "xml-broken-utf-8.xlsx",
        workbook(&[("xl/worksheets/sheet1.xml", &broken)]),
        unreadable("hỏng hoặc bị cắt"),
    ));
    inputs
}

//! Files that are something else, whatever their name says.

use crate::input::{Expect, Input, unreadable};

pub fn inputs() -> Vec<Input> {
    let other = |words: &'static str| Expect::Refused("not-a-workbook", words);
    let page = "<html><body><p>Không tìm thấy trang</p></body></html>";
    let mut inputs = Vec::new();
    for (name, bytes, expect) in [
        ("empty.xlsx", &b""[..], other("rỗng")),
        ("blank.xlsx", b" \r\n\t ", other("rỗng")),
        ("pdf.xlsx", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj", other("PDF")),
        ("png.xlsx", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", other("ảnh")),
        ("jpeg.xls", b"\xFF\xD8\xFF\xE0\0\x10JFIF\0", other("ảnh")),
        ("gif.ods", b"GIF89a\x01\0\x01\0", other("ảnh")),
        ("rar.xlsx", b"Rar!\x1a\x07\x01\0", other("")),
        ("7z.xlsx", b"7z\xBC\xAF\x27\x1C\0\x04", other("")),
        ("gzip.xlsx", b"\x1F\x8B\x08\0\0\0\0\0", other("")),
        ("program.xlsx", b"MZ\x90\0\x03\0\0\0", other("")),
        ("elf.xlsx", b"\x7FELF\x02\x01\x01\0", other("")),
        ("rtf.xls", b"{\\rtf1\\ansi Kinh gui}", other("")),
        ("page.xls", page.as_bytes(), other("")),
        ("json.xlsx", b"{\"a\": [1, 2]}", other("")),
        ("xml.xlsx", b"<?xml version='1.0'?><a><b/></a>", other("")),
        ("zeros.xlsx", &[0; 4096], other("")),
        ("prose.csv", "Kính gửi Bộ CHQS tỉnh. Đơn vị báo cáo như sau.".as_bytes(), other("")),
        ("header-alone.xls", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", Expect::Harmless),
        ("zip-header-alone.xlsx", b"PK\x03\x04", unreadable("bị cắt ngắn")),
        ("lock-of-a-program.xlsx", b"\x06Admin\0\0\0", other("")),
        ("half-a-letter.csv", b"\xC3", Expect::Harmless),
        ("marks-alone.csv", b"\xEF\xBB\xBF", other("rỗng")),
        ("wide-marks-alone.csv", b"\xFF\xFE", Expect::Harmless),
        ("separators.csv", &[b';'; 100_000], Expect::Harmless),
        ("quotes.csv", &[b'"'; 99_999], Expect::Harmless),
        ("sheet-2003-cut.xml", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet>", Expect::Harmless),
        ("sheet-2003-entities.xml", b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'>&b;</Workbook>", Expect::Harmless),
    ] {
        inputs.push(Input::new(format!("other-{name}"), bytes, expect));
    }
    let span = "<html><table><tr><td colspan='999999999' rowspan='999999999'>x</td></tr></table></html>";
    inputs.push(Input::new("other-span.xls", span, Expect::Harmless));
    inputs.push(Input::new(
        "other-nested-tables.xls",
        format!("<html>{}", "<table><tr><td>".repeat(20_000)),
        Expect::Harmless,
    ));
    let far = "<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet' xmlns:ss='urn:schemas-microsoft-com:office:spreadsheet'><Worksheet ss:Name='A'><Table><Row ss:Index='4294967295'><Cell ss:Index='4294967295' ss:MergeAcross='4294967295'><Data ss:Type='String'>x</Data></Cell></Row></Table></Worksheet></Workbook>";
    inputs.push(Input::new("other-sheet-2003-far.xml", far, Expect::Harmless));
    for (number, name) in (1..).zip(hard_names()) {
        inputs.push(Input::new(name, format!("%PDF-{number}"), other("PDF")));
    }
    inputs
}

/// Names that shells, terminals and formats trip over.
fn hard_names() -> Vec<String> {
    let names = [
        "-rf.xlsx",
        "$(reboot).xlsx",
        "a; b & c | d.xlsx",
        "%s%n.xlsx",
        "{file}.xlsx",
        "=1+1.xlsx",
        "\u{202e}xslx.exe",
        "a\u{301}.xlsx",
        "á.xlsx",
        "emoji 😀.xlsx",
        "tab\t.xlsx",
        "line\nbreak.xlsx",
        "quote\"'.xlsx",
        "\u{feff}.xlsx",
        "CON.xlsx",
        "no ending",
        "UPPER.XLSX",
    ];
    names.iter().map(|name| (*name).to_owned()).chain([format!("{}.xlsx", "d".repeat(245))]).collect()
}

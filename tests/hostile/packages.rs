//! Tricks of zip archives.

use crate::input::{
    Expect, Input, SHEET, USUAL, cells, distrusted, entry, exchanged, patched, unreadable, workbook, zipped,
};

const PART: &str = "xl/worksheets/sheet1.xml";

pub fn inputs() -> Vec<Input> {
    let mut inputs = vec![
        Input::new("zip-sound.xlsx", workbook(&[]), cells(&["A1 1"])),
        Input::new("zip-empty.xlsx", zipped(&[]), Expect::Refused("not-a-workbook", "")),
        Input::new("zip-comment.xlsx", commented(), cells(&["A1 1"])),
        Input::new("zip-traversal.xlsx", workbook(&[("../../../../etc/passwd", b"x")]), cells(&["A1 1"])),
        Input::new("zip-absolute.xlsx", workbook(&[("/etc/passwd", b"x")]), cells(&["A1 1"])),
        Input::new("zip-backslashes.xlsx", backslashes(), cells(&["A1 1"])),
        Input::new("zip-nested.xlsx", workbook(&[("xl/inner.xlsx", &workbook(&[]))]), cells(&["A1 1"])),
        Input::new("zip-macros.xlsm", workbook(&[("xl/vbaProject.bin", b"\xD0\xCF\x11\xE0")]), cells(&["A1 1"])),
        Input::new("zip-many-parts.xlsx", many_parts(), Expect::Refused("too-large", "2000 phần")),
        Input::new("zip-two-of-one-name.xlsx", twice(), distrusted("trùng tên")),
        Input::new(
            "zip-two-but-case.xlsx",
            workbook(&[("XL/Styles.xml", b"a"), ("xl/styles.XML", b"b")]),
            distrusted("trùng tên"),
        ),
        Input::new("zip-overlap.xlsx", overlapping(), distrusted("chồng lên nhau")),
    ];
    for (name, at, with, expect) in [
        ("encrypted", 8, &[1, 0][..], Expect::Refused("encrypted", "mật khẩu")),
        ("wrong-checksum", 16, &[1, 2, 3, 4], unreadable("sai mã kiểm tra")),
        ("declares-300-megabytes", 24, &[0, 0, 0xC0, 0x12], Expect::Refused("too-large", "256 MB")),
        ("declares-too-little", 24, &[9, 0, 0, 0], Expect::Harmless),
        ("declares-too-much", 24, &[0, 1, 0, 0], Expect::Harmless),
        ("is-a-bomb", 24, &[0, 0, 0, 5], distrusted("bom nén")),
        ("method-bzip2", 10, &[12, 0], Expect::Harmless),
        ("method-lzma", 10, &[14, 0], Expect::Harmless),
        ("method-zstd", 10, &[93, 0], Expect::Harmless),
        ("method-aes", 10, &[99, 0], Expect::Harmless),
        ("method-deflate-of-plain", 10, &[8, 0], Expect::Harmless),
        ("begins-beyond-the-end", 42, &[0xFF, 0xFF, 0xFF, 0x7F], Expect::Harmless),
        ("begins-nowhere", 42, &[3, 0, 0, 0], Expect::Harmless),
        ("compressed-too-long", 20, &[0xFF, 0xFF, 0xFF, 0x7F], Expect::Harmless),
        ("name-too-long", 28, &[0xFF, 0xFF], Expect::Harmless),
        ("extra-too-long", 30, &[0xFF, 0xFF], Expect::Harmless),
        ("signature", 0, b"XXXX", Expect::Harmless),
    ] {
        let bytes = workbook(&[]);
        let at = entry(&bytes, PART) + at;
        inputs.push(Input::new(format!("zip-{name}.xlsx"), patched(bytes, at, with), expect));
    }
    for (missing, (without, _)) in USUAL.iter().enumerate().skip(1) {
        let parts = USUAL.iter().filter(|(name, _)| name != without);
        let parts: Vec<_> = parts.map(|(name, content)| (*name, content.as_bytes())).collect();
        // Without its main part it is some other archive; without strings, a sheet of numbers is whole.
        let expect = match *without {
            "xl/workbook.xml" => Expect::Refused("not-a-workbook", ""),
            "xl/sharedStrings.xml" => cells(&["A1 1"]),
            _ => unreadable("thiếu một phần"),
        };
        inputs.push(Input::new(format!("zip-missing-{missing}.xlsx"), zipped(&parts), expect));
    }
    for count in [0_u16, 1, 7, 0xFFFF] {
        let bytes = workbook(&[]);
        let end = bytes.len() - 22;
        let bytes = patched(patched(bytes, end + 8, &count.to_le_bytes()), end + 10, &count.to_le_bytes());
        inputs.push(Input::new(format!("zip-says-{count}-parts.xlsx"), bytes, Expect::Harmless));
    }
    inputs
}

fn commented() -> Vec<u8> {
    let mut bytes = workbook(&[]);
    let end = bytes.len() - 2;
    bytes[end] = 5;
    bytes.extend_from_slice(b"PK\x05\x06x");
    bytes
}

fn backslashes() -> Vec<u8> {
    exchanged(workbook(&[]), "xl/worksheets/sheet1.xml", "xl\\worksheets\\sheet1.xml")
}

fn many_parts() -> Vec<u8> {
    let names: Vec<String> = (0..2_000).map(|number| format!("xl/media/{number}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b"x"[..])).collect();
    workbook(&parts)
}

fn twice() -> Vec<u8> {
    let other = "<worksheet><sheetData><row r='1'><c r='A1'><v>2</v></c></row></sheetData></worksheet>";
    let bytes = workbook(&[(PART, SHEET.as_bytes()), ("xl/worksheets/sheet2.xml", other.as_bytes())]);
    exchanged(bytes, "xl/worksheets/sheet2.xml", PART)
}

fn overlapping() -> Vec<u8> {
    let bytes = workbook(&[("xl/aaa.xml", b"one"), ("xl/bbb.xml", b"two")]);
    let (one, two) = (entry(&bytes, "xl/aaa.xml"), entry(&bytes, "xl/bbb.xml"));
    let place: Vec<u8> = bytes[one + 42..one + 46].to_vec();
    patched(bytes, two + 42, &place)
}

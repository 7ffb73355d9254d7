use proptest::prelude::*;

use super::*;

fn kinds(expected: &[(&[u8], Kind)]) {
    for (bytes, kind) in expected {
        assert_eq!(sniff(bytes), *kind, "{:?}", String::from_utf8_lossy(bytes));
    }
}

#[test]
fn tables_in_texts_are_told() {
    kinds(&[
        (b"<html><table>", Kind::Html),
        (b"\xEF\xBB\xBF<!DOCTYPE html>\n<html>", Kind::Html),
        (b"<?xml version=\"1.0\"?><!DOCTYPE html><html><body>", Kind::Html),
        (b"<br />\n<b>Warning</b>: x\n<table border=1>", Kind::Html),
        (b"Bao cao\n<table><tr><td>1", Kind::Html),
        (
            b"<?xml version=\"1.0\"?>\n<Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            Kind::SpreadsheetMl,
        ),
        (b"<ss:Workbook xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\">", Kind::SpreadsheetMl),
        (b"a;b;c\n1;2;3", Kind::Delimited),
        (b"TT\tTen\n1\tA\n", Kind::Delimited),
        (b"T\0T\0;\0T\0e\0n\0\n\x001\0;\0A\0", Kind::Delimited),
        (b"\xFF\xFEa\0;\0b\0\n\0", Kind::Delimited),
        (b"Nguy\xD4n;B\xB8\n1;2\n", Kind::Delimited),
        (b"ID3;ten\n1;2\n", Kind::Delimited),
    ]);
}

#[test]
fn other_files_are_named_for_what_they_are() {
    let other = Kind::Other;
    kinds(&[
        (b"", other(foreign::EMPTY)),
        (b" \r\n\t", other(foreign::EMPTY)),
        (b"%PDF-1.7", other(foreign::PDF)),
        (b"junk\n%PDF-1.4", other(foreign::PDF)),
        (b"{\\rtf1\\ansi", other(foreign::RTF)),
        (b"\xFF\xD8\xFF\xE0", other(foreign::IMAGE)),
        (b"\x89PNG\r\n\x1a\n", other(foreign::IMAGE)),
        (b"GIF89a", other(foreign::IMAGE)),
        (b"II*\0\x08", other(foreign::IMAGE)),
        (b"BM\x36\x10\0\0\0\0\0\0\x36", other(foreign::IMAGE)),
        (b"RIFF\x10\0\0\0WEBPVP8 ", other(foreign::IMAGE)),
        (b"\0\0\0\x18ftypheic\0\0", other(foreign::IMAGE)),
        (b"\0\0\0\x18ftypmp42\0\0", other(foreign::RECORDING)),
        (b"ID3\x03\0\0\0", other(foreign::RECORDING)),
        (b"Rar!\x1a\x07\x01\0", other(foreign::ARCHIVE)),
        (b"7z\xBC\xAF\x27\x1C", other(foreign::ARCHIVE)),
        (b"\x1F\x8B\x08\0", other(foreign::ARCHIVE)),
        (b"BZh91AY&SY", other(foreign::ARCHIVE)),
        (b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", other(foreign::ARCHIVE)),
        (b"PK\x03\x04....xl/workbook.xml", Kind::Truncated),
        (b"\x4C\0\0\0\x01\x14\x02\0\0\0\0\0\xC0", other(foreign::SHORTCUT)),
        (b"[InternetShortcut]\r\nURL=file:///C:/a.xlsx\r\n", other(foreign::SHORTCUT)),
        (b"\0\x01\0\0Standard ACE DB\0", other(foreign::DATABASE)),
        (b"SQLite format 3\0", other(foreign::DATABASE)),
        (b"MZ\x90\0\x03\0", other(foreign::PROGRAM)),
        (b"\x09\x04\x06\0\0\0\x10\0", other(foreign::OLD_WORKBOOK)),
        (b"{\"url\": \"https://docs.google.com/open?id=x\", \"doc_id\": \"x\"}", other(foreign::CLOUD_LINK)),
        (b"{\"districts\": [], \"rows\": 1}", other(foreign::JSON)),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n", other(foreign::WEB_ARCHIVE)),
        (b"Return-Path: <a@b.vn>\r\nReceived: from x\r\nFrom: A\r\nSubject: B\r\n\r\nx", other(foreign::MAIL)),
        (b"<?xml version=\"1.0\"?><a/>", other(foreign::XML)),
        (
            b"<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.spreadsheet\">",
            other(foreign::FLAT_WORKBOOK),
        ),
        (b"<?xml version=\"1.0\"?><w:wordDocument xmlns:w=\"x\"/>", other(foreign::WORD)),
        (b"Kinh gui\nBan CHQS\n", other(foreign::PROSE)),
        (b"\x01\x02\x03\x04\x05\0\xFF", other(foreign::UNKNOWN)),
    ]);
}

proptest! {
    #[test]
    fn any_bytes_are_something(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = sniff(&bytes);
    }

    #[test]
    fn any_text_is_something(text in "\\PC{0,200}") {
        let _ = sniff(text.as_bytes());
    }
}

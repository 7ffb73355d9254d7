//! Files of another format than their name says: read all the same, and said once.

use crate::model::{Finding, Label, SourceFile, Text, baseline};
use crate::texts;

texts! {
    FOUND = "đuôi của tệp «{file}» không hợp với nội dung: đây là {what}; đã đọc được" / "the ending of file \"{file}\" does not fit its content: it is {what}; it was read";
    EXPECTED = "tên tệp có đuôi đúng loại, tốt nhất là .xlsx" / "a name with the ending of its kind, at best .xlsx";
    REMEDY = "Lần sau mở bằng Excel, chọn Lưu thành (Save As) > Excel Workbook (.xlsx) rồi gửi tệp đó." / "Next time open it in Excel, choose Save As > Excel Workbook (.xlsx) and send that file.";
    A_NEW_WORKBOOK = "bảng tính Excel (.xlsx)" / "an Excel workbook (.xlsx)";
    A_WORKBOOK_WITH_MACROS = "bảng tính Excel có macro (.xlsm)" / "an Excel workbook with macros (.xlsm)";
    A_BINARY_WORKBOOK = "bảng tính Excel nhị phân (.xlsb)" / "a binary Excel workbook (.xlsb)";
    AN_OLD_WORKBOOK = "bảng tính Excel 97-2003 (.xls)" / "an Excel 97-2003 workbook (.xls)";
    AN_OPEN_WORKBOOK = "bảng tính LibreOffice (.ods)" / "a LibreOffice workbook (.ods)";
    A_PAGE = "trang web có bảng (HTML)" / "a web page with tables (HTML)";
    AN_XML = "bảng tính XML của Excel 2003" / "an XML workbook of Excel 2003";
    A_TEXT = "văn bản có dấu ngăn cách (CSV)" / "a text with separators (CSV)";
}

/// Formats as intake names them, with the endings that fit, in lower case.
const FORMATS: &[(&str, &Text, &[&str])] = &[
    ("xlsx", &A_NEW_WORKBOOK, &["xlsx", "xlsm", "xltx", "xltm"]),
    ("xlsm", &A_WORKBOOK_WITH_MACROS, &["xlsm"]),
    ("xlsb", &A_BINARY_WORKBOOK, &["xlsb"]),
    ("xls", &AN_OLD_WORKBOOK, &["xls", "xlt"]),
    ("ods", &AN_OPEN_WORKBOOK, &["ods", "ots"]),
    ("html", &A_PAGE, &["html", "htm"]),
    ("xml", &AN_XML, &["xml"]),
    ("csv", &A_TEXT, &["csv", "tsv", "txt"]),
];

/// The note on a file whose name says another format than its content.
pub fn note(file: &SourceFile) -> Option<Finding> {
    let (_, what, endings) = FORMATS.iter().find(|(format, ..)| *format == file.format)?;
    let ending = file.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default();
    if endings.contains(&ending.as_str()) {
        return None;
    }
    let found = FOUND.say().with("file", &file.name).with_label("what", Label::from(*what));
    Some(Finding::of_file(&baseline::DISGUISED, Vec::new(), [found, EXPECTED.say(), REMEDY.say()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noted(name: &str, format: &'static str) -> bool {
        note(&SourceFile { name: name.to_owned(), size: 1, modified: 0, digest: 0, format }).is_some()
    }

    #[test]
    fn names_that_fit_are_not_noted() {
        for (name, format) in [
            ("a.xlsx", "xlsx"),
            ("A.XLSM", "xlsx"),
            ("182/a.b.xls", "xls"),
            ("a.htm", "html"),
            ("a.txt", "csv"),
            // Refused files have a finding of their own.
            ("a.pdf", ""),
        ] {
            assert!(!noted(name, format), "{name}");
        }
        for (name, format) in [
            ("a.xls", "xlsx"),
            ("a.xlsx", "xls"),
            ("a.xlsx", "xlsm"),
            ("a.xls", "html"),
            ("a", "xlsx"),
            ("1. Tân Thanh", "xlsx"),
        ] {
            assert!(noted(name, format), "{name}");
        }
    }
}

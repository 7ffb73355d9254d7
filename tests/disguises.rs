//! Files in other clothes: whatever a file is, it is read or named for what it is, and nothing reaches the terminal but that.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use calamine::{Data, Reader, Xlsx, open_workbook};
use serde_json::Value;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// What `tonghop check --json` says of a folder, and what stands on stderr.
fn result(folder: &Path) -> (Value, String) {
    let output = cargo_bin_cmd!("tonghop").args(["check", "--json"]).arg(folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    (serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}")), said)
}

/// Findings of a folder, as `file | check | found`, and what stands on stderr.
fn judged(folder: &Path) -> (Vec<String>, String) {
    let (result, said) = result(folder);
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap_or_default().to_owned();
    let findings = result["findings"].as_array().unwrap().iter();
    (findings.map(|one| ["file", "check", "found"].map(|key| text(one, key)).join(" | ")).collect(), said)
}

#[test]
fn a_workbook_with_another_ending_is_read_and_noted() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(repository("samples/round-2/178-lang-son.xlsx"), folder.path().join("178.xls")).unwrap();
    fs::copy(repository("samples/round-1/182-van-lang.xls"), folder.path().join("182.xlsx")).unwrap();
    let (findings, _) = judged(folder.path());
    let notes: Vec<_> = findings.iter().filter(|finding| finding.contains("other-format")).collect();
    assert_eq!(
        notes,
        [
            "178.xls | other-format | đuôi của tệp «178.xls» không hợp với nội dung: đây là bảng tính Excel (.xlsx); đã đọc được",
            "182.xlsx | other-format | đuôi của tệp «182.xlsx» không hợp với nội dung: đây là bảng tính Excel 97-2003 (.xls); đã đọc được",
        ]
    );
}

/// A whole return, sheet by sheet, as people see it.
fn whole_return() -> Vec<(String, Vec<Vec<Data>>)> {
    let mut book: Xlsx<_> = open_workbook(repository("samples/round-2/182-van-lang.xlsx")).unwrap();
    let sheets = book.worksheets().into_iter();
    sheets.map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect())).collect()
}

fn shown(value: &Data) -> String {
    match value {
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("{day:02}/{month:02}/{year}")
        }
        other => other.to_string(),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn page(sheets: &[(String, Vec<Vec<Data>>)]) -> String {
    let mut page = String::from("<html><body>");
    for (name, rows) in sheets {
        page += &format!("<h2>{name}</h2><table>");
        for row in rows {
            page += &format!(
                "<tr>{}",
                row.iter().map(|value| format!("<td>{}", escaped(&shown(value)))).collect::<String>()
            );
        }
        page += "</table>";
    }
    page + "</html>"
}

fn delimited(sheets: &[(String, Vec<Vec<Data>>)]) -> String {
    let quoted = |value: &Data| format!("\"{}\"", shown(value).replace('"', "\"\""));
    let line = |row: &Vec<Data>| row.iter().map(quoted).collect::<Vec<_>>().join(";");
    sheets.iter().flat_map(|(_, rows)| rows).map(|row| line(row) + "\r\n").collect()
}

fn spreadsheet_ml(sheets: &[(String, Vec<Vec<Data>>)]) -> String {
    let cell = |value: &Data| match value {
        Data::Empty => "<Cell/>".to_owned(),
        Data::Float(number) => format!("<Cell><Data ss:Type=\"Number\">{number}</Data></Cell>"),
        Data::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            format!("<Cell><Data ss:Type=\"DateTime\">{year}-{month:02}-{day:02}T00:00:00.000</Data></Cell>")
        }
        other => format!("<Cell><Data ss:Type=\"String\">{}</Data></Cell>", escaped(&other.to_string())),
    };
    let row = |row: &Vec<Data>| format!("<Row>{}</Row>", row.iter().map(cell).collect::<String>());
    let sheet = |(name, rows): &(String, Vec<Vec<Data>>)| {
        let rows = rows.iter().map(row).collect::<String>();
        format!("<Worksheet ss:Name=\"{name}\"><Table>{rows}</Table></Worksheet>")
    };
    let space = "urn:schemas-microsoft-com:office:spreadsheet";
    let sheets = sheets.iter().map(sheet).collect::<String>();
    format!("<?xml version=\"1.0\"?><Workbook xmlns=\"{space}\" xmlns:ss=\"{space}\">{sheets}</Workbook>")
}

#[test]
fn a_whole_return_is_received_in_any_clothes() {
    let sheets = whole_return();
    for (text, what) in [
        (page(&sheets), "trang web có bảng (HTML)"),
        (delimited(&sheets), "văn bản có dấu ngăn cách (CSV)"),
        (spreadsheet_ml(&sheets), "bảng tính XML của Excel 2003"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("182-van-lang.xls"), text).unwrap();
        let (result, _) = result(folder.path());
        let line =
            result["districts"].as_array().unwrap().iter().find(|line| line["file"] == "182-van-lang.xls").unwrap();
        assert_eq!((&line["received"], &line["accepted"]), (&115.into(), &115.into()), "{what}");
        let (findings, _) = judged(folder.path());
        let own: Vec<_> = findings.iter().filter(|finding| finding.starts_with("182")).collect();
        assert_eq!(own.len(), 1, "{own:#?}");
        assert!(own[0].contains(what), "{own:#?}");
    }
}

#[test]
fn damaged_workbooks_are_refused_in_our_words() {
    let folder = tempfile::tempdir().unwrap();
    let whole = fs::read(repository("samples/round-1/182-van-lang.xls")).unwrap();
    // Blocks of the container in turn are overwritten, so that its reader fails in many ways.
    let blocks = whole.len() / 512;
    for block in (1..blocks).step_by(blocks / 60 + 1) {
        let mut bytes = whole.clone();
        bytes[block * 512..(block + 1) * 512].fill(0xFF);
        fs::write(folder.path().join(format!("{block}.xls")), bytes).unwrap();
    }
    let (findings, said) = judged(folder.path());
    let refused: Vec<_> = findings.iter().filter(|finding| finding.contains("| unreadable |")).collect();
    assert!(refused.len() > 10, "{findings:#?}");
    for finding in refused {
        let known = [": tệp hỏng hoặc chép chưa trọn", ": tệp bị cắt ngắn khi chép hoặc tải về"];
        assert!(known.iter().any(|words| finding.ends_with(words)), "{finding}");
    }
    assert_eq!(said, "");
}

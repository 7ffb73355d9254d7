//! Files in other clothes: whatever a file is, it is read or named for what it is, and nothing reaches the terminal but that.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::cargo::cargo_bin_cmd;
use serde_json::Value;

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Findings of a folder, as `file | check | found`, and what stands on stderr.
fn judged(folder: &Path) -> (Vec<String>, String) {
    let output = cargo_bin_cmd!("tonghop").args(["check", "--json"]).arg(folder).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    let result: Value = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {said}"));
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
        assert!(finding.ends_with(": tệp hỏng hoặc chép chưa trọn"), "{finding}");
    }
    assert_eq!(said, "");
}

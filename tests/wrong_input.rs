//! Wrong input that cannot stand in a repository; the rest is in tests/cmd/wrong-input.md.
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::path::Path;

use common::{Book, copy_folder, merged, samples, tonghop};

/// Exit code, and what stderr says. A failure says one thing, on one line, and is never a panic.
fn failure(arguments: &[&str]) -> (i32, String) {
    let (code, stdout, stderr) = tonghop(arguments);
    assert_eq!(stdout, "", "{arguments:?}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    (code, stderr)
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_folder_without_a_file_to_read_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let (code, said) = failure(&["merge", path(folder.path())]);
    assert_eq!(code, 3);
    assert!(said.contains("không có tệp nào để đọc (bỏ qua 0 tệp tạm, ẩn hoặc kết quả cũ)"), "{said}");
    std::fs::write(folder.path().join("~$178.xlsx"), "lock").unwrap();
    let (code, said) = failure(&["check", path(folder.path())]);
    assert_eq!(code, 3);
    assert!(said.contains("(bỏ qua 1 tệp tạm, ẩn hoặc kết quả cũ)"), "{said}");
}

#[test]
fn a_result_that_cannot_be_replaced_leaves_the_others_as_they_were() {
    let out = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(out.path().join("tong-hop.xlsx/x")).unwrap();
    let input = samples("round-2/178-lang-son.xlsx");
    let (code, said) = failure(&["merge", path(&input), "--out", path(out.path())]);
    assert_eq!(code, 3);
    assert!(said.contains("tong-hop.xlsx»: là một thư mục"), "{said}");
    assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 1);
}

#[test]
fn the_last_period_is_not_replaced_by_this_one() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("round-2/178-lang-son.xlsx"), out.path());
    let last = out.path().join("tong-hop.xlsx");
    let input = samples("round-2");
    let (code, said) = failure(&["merge", path(&input), "--previous", path(&last), "--out", path(out.path())]);
    assert_eq!(code, 2);
    assert!(said.contains("sẽ ghi đè"), "{said}");
}

#[test]
fn the_last_period_must_hold_rows_of_known_districts() {
    let folder = tempfile::tempdir().unwrap();
    merged(&samples("round-2"), folder.path());
    let (last, input) = (folder.path().join("tong-hop.xlsx"), samples("round-2"));
    let mut book = Book::open(&last);
    book.rows("Học viên")[9][0] = calamine::Data::String("Huyện Không Tên".to_owned());
    book.save(&last);
    let (code, said) = failure(&["check", path(&input), "--previous", path(&last)]);
    assert_eq!(code, 2);
    assert!(said.contains("trang «Học viên», dòng 10 của «tong-hop.xlsx»: không có huyện «Huyện Không Tên»"), "{said}");
    for sheet in ["Học viên", "Ban CHQS"] {
        book.rows(sheet).truncate(2);
    }
    book.save(&last);
    let (code, said) = failure(&["check", path(&input), "--previous", path(&last)]);
    assert_eq!(code, 2);
    assert!(said.contains("bảng tổng hợp «tong-hop.xlsx» không có dòng nào để so"), "{said}");
}

#[test]
fn hand_backs_and_consolidated_workbooks_are_not_taken_for_each_other() {
    let out = tempfile::tempdir().unwrap();
    merged(&samples("round-2/178-lang-son.xlsx"), out.path());
    let back = out.path().join("tra-lai/178-lang-son/178-2019.xlsx");
    let (code, said) = failure(&["check", path(&samples("round-2")), "--previous", path(&back)]);
    assert_eq!(code, 2);
    assert!(said.contains("là báo cáo trả lại huyện, không phải bảng tổng hợp"), "{said}");
    let (code, stdout, _) = tonghop(&["check", path(&out.path().join("tong-hop.xlsx"))]);
    assert_eq!(code, 1);
    assert!(stdout.contains("[other-form] tệp là bảng tổng hợp do tonghop lập"), "{stdout}");
}

#[test]
fn a_list_that_is_no_utf8_is_a_mistake_of_the_definition() {
    let form = tempfile::tempdir().unwrap();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates/thiet-bi-y-te");
    std::fs::copy(shipped.join("form.toml"), form.path().join("form.toml")).unwrap();
    copy_folder(&shipped.join("lists"), &form.path().join("lists"));
    // «Tốt» as a spreadsheet saves it in Windows-1258.
    std::fs::write(form.path().join("lists/states.csv"), b"code,label\nTOT,T\xf4\xect\n").unwrap();
    let (code, _, stderr) = tonghop(&["form", "check", path(form.path())]);
    assert_eq!(code, 2);
    assert!(stderr.contains("lists/states.csv:2:1: this is no UTF-8 text"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn a_pipe_and_a_link_are_refused_and_the_batch_goes_on() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(samples("round-2/178-lang-son.xlsx"), folder.path().join("178.xlsx")).unwrap();
    std::os::unix::fs::symlink(samples("round-2/180-trang-dinh.xlsx"), folder.path().join("180.xlsx")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(folder.path().join("181.xlsx")).status().unwrap();
    assert!(made.success());
    let result = common::checked(folder.path(), &[]);
    let findings = result["findings"].as_array().unwrap().iter();
    let unsafe_ones: Vec<_> = findings.filter(|one| one["check"] == "unsafe").map(|one| one["file"].clone()).collect();
    assert_eq!(unsafe_ones, ["180.xlsx", "181.xlsx"]);
    let sent = result["districts"].as_array().unwrap().iter().find(|line| line["file"] == "178.xlsx").unwrap();
    assert_eq!(sent["received"], 44);
}

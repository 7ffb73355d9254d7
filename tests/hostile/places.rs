//! What is no regular file: links, pipes, folders, files without the right to read them; and runs without anything to read.
#![cfg(unix)]

use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::{common, good, put_good};

#[test]
fn what_is_no_file_is_named_and_costs_no_other_file_a_row() {
    let (alone, folder, elsewhere) =
        (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    put_good(alone.path());
    put_good(folder.path());
    put_good(elsewhere.path());
    let at = |name: &str| folder.path().join(name);
    assert!(Command::new("mkfifo").arg(at("pipe.xlsx")).status().unwrap().success());
    symlink(elsewhere.path().join(crate::GOOD), at("link.xlsx")).unwrap();
    symlink("/nowhere", at("broken-link.xlsx")).unwrap();
    symlink(at("loop.xlsx"), at("loop.xlsx")).unwrap();
    symlink("/dev/zero", at("device.xlsx")).unwrap();
    symlink("..", at("parent")).unwrap();
    std::fs::create_dir(at("folder.xlsx")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(at("socket.xlsx")).unwrap();
    std::fs::write(at("closed.xlsx"), "x").unwrap();
    std::fs::set_permissions(at("closed.xlsx"), PermissionsExt::from_mode(0o000)).unwrap();
    // The administrator reads everything.
    let is_administrator = std::fs::read(at("closed.xlsx")).is_ok();

    let result = common::checked(folder.path(), &["--date", "05/07/2019"]);
    assert_eq!(good(&result), good(&common::checked(alone.path(), &["--date", "05/07/2019"])));
    let said = |name: &str| -> Vec<String> {
        let findings = result["findings"].as_array().unwrap().iter().filter(|one| one["file"] == name);
        findings.map(|one| format!("{}: {}", common::text(one, "check"), common::text(one, "found"))).collect()
    };
    for name in ["link.xlsx", "broken-link.xlsx", "loop.xlsx", "device.xlsx", "parent"] {
        assert_eq!(said(name), [format!("unsafe: «{name}» là một lối tắt (liên kết), không phải chính tệp")]);
    }
    for name in ["pipe.xlsx", "socket.xlsx"] {
        assert_eq!(said(name), [format!("unsafe: «{name}» là một tệp đặc biệt của máy (ống dẫn, thiết bị…)")]);
    }
    let closed = if is_administrator {
        "not-a-workbook: "
    } else {
        "unreadable: không đọc được tệp «closed.xlsx»: không có quyền"
    };
    assert!(said("closed.xlsx")[0].starts_with(closed), "{:?}", said("closed.xlsx"));
    std::fs::set_permissions(at("closed.xlsx"), PermissionsExt::from_mode(0o600)).unwrap();
}

#[test]
fn a_folder_without_files_is_no_success() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("trống");
    std::fs::create_dir(&input).unwrap();
    for input in [&input, &folder.path().join("không có")] {
        let (code, stdout, stderr) = common::tonghop(&["merge", input.to_str().unwrap()]);
        assert_eq!((code, stdout.as_str()), (3, ""), "{stderr}");
        assert!(stderr.contains("Không thực hiện được"), "{stderr}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

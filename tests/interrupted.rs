//! Runs that end before their time, that cannot write, or that nobody listens to; and runs in other surroundings.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::panic)]

mod common;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const PROGRAM: &str = env!("CARGO_BIN_EXE_tonghop");

/// A folder with two files of a round, one of them read apart.
fn input(round: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(common::samples(round)).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name.starts_with("184") || name.starts_with("182") {
            fs::copy(&path, folder.path().join(name)).unwrap();
        }
    }
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 2);
    folder
}

fn merge(input: &Path, out: &Path) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("merge").arg(input).arg("--out").arg(out).args(["--date", "05/07/2019", "--quiet"]);
    command
}

/// Results by path; what is hidden is no result.
fn results(out: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let (mut results, mut open) = (BTreeMap::new(), vec![out.to_owned()]);
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let hidden = path.file_name().unwrap().to_str().unwrap().starts_with('.');
            match path.is_dir() {
                _ if hidden => {}
                true => open.push(path),
                false => drop(results.insert(path.strip_prefix(out).unwrap().to_owned(), fs::read(&path).unwrap())),
            }
        }
    }
    results
}

fn put(results: &BTreeMap<PathBuf, Vec<u8>>) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    for (name, bytes) in results {
        fs::create_dir_all(out.path().join(name).parent().unwrap()).unwrap();
        fs::write(out.path().join(name), bytes).unwrap();
    }
    out
}

/// The results of a first round, and those of a second one into the same folder.
fn both(second: &Path) -> [BTreeMap<PathBuf, Vec<u8>>; 2] {
    let (first, out) = (input("round-1"), tempfile::tempdir().unwrap());
    assert!(merge(first.path(), out.path()).status().unwrap().code().unwrap() < 2);
    let old = results(out.path());
    assert!(merge(second, out.path()).status().unwrap().code().unwrap() < 2);
    let new = results(out.path());
    assert_ne!(old, new);
    [old, new]
}

#[test]
fn a_run_that_is_killed_or_interrupted_leaves_whole_results() {
    let second = input("round-2");
    let [old, new] = both(second.path());
    let begin = Instant::now();
    assert!(merge(second.path(), put(&old).path()).status().unwrap().code().unwrap() < 2);
    let whole = begin.elapsed();
    for (number, part) in [1_u32, 4, 7, 8, 9, 9, 10, 10, 11, 12].into_iter().enumerate() {
        let out = put(&old);
        let mut run = merge(second.path(), out.path()).spawn().unwrap();
        std::thread::sleep(whole * part / 10);
        let signal = if number % 2 == 0 { "-KILL" } else { "-INT" };
        // A run that is over cannot be ended.
        let _ = Command::new("kill").args([signal, &run.id().to_string()]).stderr(Stdio::null()).status();
        run.wait().unwrap();
        let found = results(out.path());
        let completed_later = out.path().join(".tonghop-xong").exists();
        assert!(found == old || found == new || completed_later, "killed after {part} tenths: {:?}", found.keys());
        assert!(merge(second.path(), out.path()).status().unwrap().code().unwrap() < 2);
        assert_eq!(results(out.path()).keys().collect::<Vec<_>>(), new.keys().collect::<Vec<_>>());
        let left = fs::read_dir(out.path())
            .unwrap()
            .filter(|one| one.as_ref().unwrap().file_name().to_str().unwrap().starts_with('.'));
        assert_eq!(left.count(), 0);
    }
}

#[test]
fn a_disk_that_is_full_at_any_size_leaves_the_previous_results() {
    let second = input("round-2");
    let [old, new] = both(second.path());
    let before = results(second.path());
    let mut refused = 0;
    // No file may grow beyond so many blocks of 512 bytes.
    for blocks in [0, 1, 2, 4, 8, 16, 24, 32, 48, 64, 96, 1_000_000] {
        let out = put(&old);
        let limited = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f $0; exec \"$@\"", &blocks.to_string(), PROGRAM, "merge"])
            .arg(second.path())
            .arg("--out")
            .arg(out.path())
            .args(["--date", "05/07/2019", "--quiet"])
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&limited.stderr).into_owned();
        match limited.status.code().unwrap() {
            3 => {
                refused += 1;
                assert!(said.contains("không ghi được vào"), "{blocks}: {said}");
                assert_eq!(results(out.path()), old, "{blocks}");
                assert_eq!(fs::read_dir(out.path()).unwrap().count(), fs::read_dir(put(&old).path()).unwrap().count());
            }
            code => {
                assert!(code < 2, "{blocks}: {said}");
                assert_eq!(results(out.path()), new, "{blocks}");
            }
        }
    }
    assert!(refused > 4, "{refused}");
    assert_eq!(results(second.path()), before, "inputs stay as they are");
}

#[test]
fn a_second_run_into_one_folder_says_so() {
    let (first, out) = (input("round-1"), tempfile::tempdir().unwrap());
    let held = File::create(out.path().join(".tonghop-lock")).unwrap();
    held.lock().unwrap();
    let second = merge(first.path(), out.path()).output().unwrap();
    let said = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(3));
    assert!(said.contains("một lần chạy khác đang ghi kết quả"), "{said}");
    assert!(results(out.path()).is_empty());
    drop(held);
    assert!(merge(first.path(), out.path()).status().unwrap().code().unwrap() < 2);
}

#[test]
fn nobody_who_listens_is_no_panic() {
    let folder = input("round-1");
    let check = || {
        let mut command = Command::new(PROGRAM);
        command.arg("check").arg(folder.path());
        command
    };
    // A pipe whose other end is closed.
    let mut closed = check().stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(closed.stdout.take());
    let closed = closed.wait_with_output().unwrap();
    assert!(closed.status.code().is_some_and(|code| code < 2), "{closed:?}");
    assert_eq!(String::from_utf8_lossy(&closed.stderr), "");
    if !Path::new("/dev/full").exists() {
        return;
    }
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let status = check().stdout(full()).stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(3));
    let status = Command::new(PROGRAM).arg("check").arg("/nowhere").stderr(full()).status().unwrap();
    assert_eq!(status.code(), Some(3));
    let status = Command::new(PROGRAM).arg("--help").stdout(full()).status().unwrap();
    assert_ne!(status.code(), Some(101));
}

#[test]
fn a_worker_ends_with_the_one_who_asks() {
    let mut worker = Command::new(PROGRAM)
        .arg(tonghop::intake::READER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = worker.stdin.take().unwrap();
    // Half a question.
    stdin.write_all(&[0, 200, 0]).unwrap();
    std::thread::sleep(Duration::from_millis(50));
    assert!(worker.try_wait().unwrap().is_none());
    drop(stdin);
    let begin = Instant::now();
    while worker.try_wait().unwrap().is_none() {
        assert!(begin.elapsed() < Duration::from_secs(20));
        std::thread::sleep(Duration::from_millis(10));
    }
    let (code, stdout, _) = common::tonghop(&["--help"]);
    assert!(code == 0 && !stdout.contains(tonghop::intake::READER));
}

#[test]
fn results_are_the_same_in_any_surroundings() {
    let folder = input("round-2");
    // The same files, put there in the other order.
    let turned = tempfile::tempdir().unwrap();
    let mut files: Vec<PathBuf> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort_by(|a, b| b.cmp(a));
    for file in &files {
        fs::copy(file, turned.path().join(file.file_name().unwrap())).unwrap();
    }
    let run = |input: &Path, settings: fn(&mut Command) -> &mut Command| {
        let out = tempfile::tempdir().unwrap();
        let mut command = merge(input, out.path());
        settings(&mut command);
        assert!(command.status().unwrap().code().unwrap() < 2);
        results(out.path())
    };
    let usual = run(folder.path(), |command| command);
    assert!(usual.len() >= 4);
    type Setting = fn(&mut Command) -> &mut Command;
    let surroundings: [(&str, Setting); 6] = [
        ("time zone", |command| command.env("TZ", "Pacific/Kiritimati")),
        ("language", |command| command.env("LANG", "tr_TR.UTF-8").env("LC_ALL", "C")),
        ("one thread", |command| command.env("RAYON_NUM_THREADS", "1")),
        ("many threads", |command| command.env("RAYON_NUM_THREADS", "13")),
        ("folder", |command| command.current_dir("/")),
        ("no variables", |command| command.env_clear()),
    ];
    for (name, settings) in surroundings {
        assert!(run(folder.path(), settings) == usual, "{name}");
    }
    assert!(run(turned.path(), |command| command) == usual, "order of the folder");
    let masked = tempfile::tempdir().unwrap();
    let status = Command::new("sh")
        .args(["-c", "umask 077; exec \"$@\"", "sh", PROGRAM, "merge"])
        .arg(folder.path())
        .arg("--out")
        .arg(masked.path())
        .args(["--date", "05/07/2019", "--quiet"])
        .status();
    assert!(status.unwrap().code().unwrap() < 2);
    assert!(results(masked.path()) == usual, "umask");
}

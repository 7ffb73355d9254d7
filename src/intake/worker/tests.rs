//! What comes through the pipe, without a process; processes are tried in `tests/hostile.rs`, by the program itself.
#![allow(clippy::unwrap_used)]

use std::ops::ControlFlow;
use std::path::Path;

use proptest::prelude::*;

use super::pool::{Pool, receive};
use super::report::Asked;
use super::*;
use crate::model::{Lang, Raw};

fn file(name: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap()
}

fn sent(name: &str, format: Apart, bytes: Vec<u8>) -> Vec<u8> {
    let mut sent = Vec::new();
    serve::answer(&Asked { name: name.to_owned(), format }, bytes, &mut sent).unwrap();
    sent
}

/// Everything that a workbook tells, in words.
fn told(workbook: &mut dyn Workbook) -> Vec<String> {
    let mut told: Vec<String> = own_properties(workbook);
    for (sheet, seen) in workbook.sheets().to_vec().into_iter().enumerate() {
        told.push(format!("{seen:?}"));
        let hidden = workbook.cells(sheet, &mut |cell| {
            told.push(format!("{cell:?}"));
            ControlFlow::Continue(())
        });
        told.push(format!("{hidden:?} {:?}", workbook.merged(sheet)));
    }
    told
}

fn own_properties(workbook: &dyn Workbook) -> Vec<String> {
    crate::model::own::PROPERTIES.iter().map(|name| format!("{name}: {:?}", workbook.property(name))).collect()
}

const FILES: [(&str, Apart); 5] = [
    ("fonts.xls", Apart::Xls),
    ("fonts-libreoffice.xls", Apart::Xls),
    ("fonts.ods", Apart::Ods),
    ("inline-texts.xlsb", Apart::Xlsb),
    ("short-records.xlsb", Apart::Xlsb),
];

#[test]
fn what_is_received_is_what_was_read() {
    for (name, format) in FILES {
        let here = told(super::super::open::here(name, format, file(name)).unwrap().as_mut());
        let (mut received, _) = receive(&mut sent(name, format, file(name)).as_slice(), CAPS.cells).unwrap().unwrap();
        assert!(here.len() > 10, "{name}");
        assert_eq!(told(&mut received), here, "{name}");
    }
}

#[test]
fn a_refusal_is_received_in_both_languages() {
    let refusal =
        receive(&mut sent("a.xls", Apart::Xls, b"no workbook".to_vec()).as_slice(), CAPS.cells).unwrap().err();
    let refusal = refusal.unwrap();
    assert_eq!(refusal.kind, RefusalKind::Unreadable);
    assert!(refusal.found.get(Lang::Vi).starts_with("không đọc được tệp «a.xls»"), "{refusal:?}");
    assert!(refusal.remedy.get(Lang::En).starts_with("Send the original"), "{refusal:?}");
}

#[test]
fn more_than_is_kept_is_large_and_less_than_whole_is_a_death() {
    let sent = sent("fonts.xls", Apart::Xls, file("fonts.xls"));
    assert_eq!(receive(&mut sent.as_slice(), sent.len() * 3 / 4).err(), Some(Death::Large));
    for length in 0..sent.len() {
        assert_eq!(receive(&mut &sent[..length], CAPS.cells).err(), Some(Death::Died), "{length}");
    }
}

#[test]
fn a_program_that_does_not_start_is_no_fault_of_the_file() {
    let pool = Pool::new("no such program".into(), CAPS);
    let refusal = pool.read("a.xls", Apart::Xls, b"").err().unwrap();
    assert!(refusal.remedy.get(Lang::Vi).starts_with("Đóng bớt chương trình"), "{refusal:?}");
}

/// A program that does what a script says instead of reading.
#[cfg(unix)]
fn instead(folder: &Path, script: &str) -> Pool {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("program");
    std::fs::write(&program, format!("#!/bin/sh\n{script}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
    Pool::new(program, Caps { time: Duration::from_secs(1), ..CAPS })
}

#[cfg(unix)]
#[test]
fn a_worker_that_hangs_is_ended_and_one_that_talks_nonsense_is_not_believed() {
    let folder = tempfile::tempdir().unwrap();
    for (script, words) in [
        ("exec sleep 60", "đọc quá 1 giây"),
        ("printf 'Kinh gui'; exec sleep 60", "phải dừng giữa chừng"),
        ("head -c 100 > /dev/null; printf 'Kinh gui tinh'", "phải dừng giữa chừng"),
        ("head -c 100 > /dev/null; kill -SEGV $$", "phải dừng giữa chừng"),
        ("head -c 100 > /dev/null; exit 0", "phải dừng giữa chừng"),
    ] {
        let begin = std::time::Instant::now();
        let refusal = instead(folder.path(), script).read("a.xls", Apart::Xls, &[0; 200]).err().unwrap();
        let found = refusal.found.get(Lang::Vi);
        assert!(found.contains(words) && found.contains("«a.xls»"), "{script}: {found}");
        assert!(begin.elapsed() < Duration::from_secs(20), "{script}");
    }
}

proptest! {
    #[test]
    fn what_makes_no_sense_is_a_death_or_a_workbook(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let mut sent = sent("short-records.xlsb", Apart::Xlsb, file("short-records.xlsb"));
        for (at, byte) in changes {
            *at.get_mut(&mut sent) = byte;
        }
        if let Ok(Ok((mut held, _))) = receive(&mut sent.as_slice(), CAPS.cells) {
            for sheet in 0..held.sheets().len() {
                let _ = held.cells(sheet, &mut |cell| match cell.raw {
                    Raw::Text(text) if text.len() > 1 << 20 => ControlFlow::Break(()),
                    _ => ControlFlow::Continue(()),
                });
            }
        }
    }
}

#![allow(clippy::panic, clippy::unwrap_used)]

use proptest::prelude::*;

use super::*;
use crate::intake::facts::Counting;
use crate::model::{CellAt, Hidden, RefusalKind};

fn record(kind: u16, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len()).unwrap_or(0);
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), content].concat()
}

/// A font record; `marks` stand between the length of the name and the name.
fn font(name: &str, marks: &[u8]) -> Vec<u8> {
    let length = u8::try_from(name.len()).unwrap_or(0);
    record(FONT, &[&[0; 14][..], &[length], marks, name.as_bytes()].concat())
}

fn words(numbers: &[u16]) -> Vec<u8> {
    numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
}

/// A workbook of six fonts, of which the last is `.VnTimeH`, and of one sheet to which its list leads some times.
fn book(version: u16, leads: usize, sheet: &[Vec<u8>]) -> Vec<u8> {
    book_of(version, leads, WORKSHEET, sheet)
}

/// The kind of a sheet that holds a program.
const MODULE: u8 = 6;

fn book_of(version: u16, leads: usize, kind: u8, sheet: &[Vec<u8>]) -> Vec<u8> {
    let marks: &[u8] = if version == BIFF8 { &[0] } else { &[] };
    let fonts = ["Arial", "Arial", "Arial", "Arial", ".VnTime", ".VnTimeH"];
    let fonts = fonts.map(|name| font(name, marks)).concat();
    let styles = [0, 5, 6].map(|number| record(XF, &words(&[number, 0]))).concat();
    let before = [record(BOF, &words(&[version, 5])), fonts, styles].concat();
    let start = before.len() + leads * record(BOUND_SHEET, &[0; 8]).len() + record(EOF, &[]).len();
    let start = u32::try_from(start).unwrap_or(0).to_le_bytes();
    let bound = record(BOUND_SHEET, &[&start[..], &[0, kind, 0, 0]].concat()).repeat(leads);
    [before, bound, record(EOF, &[]), record(BOF, &words(&[version, 0x10])), sheet.concat(), record(EOF, &[])].concat()
}

/// A record of a text in a cell.
fn label(row: u16, column: u16, style: u16) -> Vec<u8> {
    record(0x0204, &words(&[row, column, style, 0]))
}

fn sheet() -> Vec<Vec<u8>> {
    vec![
        record(0x0200, &[9, 0, 0, 0, 10, 0, 0, 0, 0, 0, 3, 0, 0, 0]),
        record(0x007D, &words(&[1, 2, 0, 0, 1, 0])),
        record(0x0208, &words(&[3, 0, 0, 0, 0, 0, 0x20, 0])),
        record(0x0208, &words(&[9, 0, 0, 0, 0, 0, 0x20, 0])),
        record(0x00FD, &words(&[2, 0, 0, 0, 0])),
        record(0x00FD, &words(&[3, 0, 1, 0, 0])),
        // A chart with a cell of its own.
        record(BOF, &words(&[BIFF8, 0x20])),
        label(3, 4, 2),
        record(EOF, &[]),
        label(3, 1, 2),
        record(0x0203, &words(&[3, 2, 2, 0, 0, 0, 0])),
    ]
}

#[test]
fn fonts_and_what_is_hidden_are_told() {
    for version in [BIFF8, BIFF5] {
        // Behind the end of a sheet stands another one.
        let stream = [book(version, 1, &sheet()), label(3, 3, 2)].concat();
        let all = told(&stream);
        let Ok([facts]) = all.as_deref() else { panic!("{version}: {all:?}") };
        let fonts = (0..5).map(|column| facts.font(CellAt::new(3, column)));
        let expected = [Some(Legacy::Tcvn3), Some(Legacy::Tcvn3Capitals), None, None, None];
        assert_eq!(fonts.collect::<Vec<_>>(), expected, "{version}");
        assert_eq!(facts.font(CellAt::new(2, 0)), None);
        let mut counting = Counting::new(facts);
        (0..3).for_each(|column| counting.see(CellAt::new(3, column)));
        assert_eq!(counting.hidden(), Hidden { rows: 1, columns: 2 });
    }
}

#[test]
fn the_fonts_of_an_older_version_are_not_told() {
    let all = told(&book(0x0400, 1, &sheet()));
    let Ok([facts]) = all.as_deref() else { panic!("{all:?}") };
    assert_eq!(facts.font(CellAt::new(3, 0)), None);
}

fn fault(leads: usize, sheet: &[Vec<u8>]) -> Option<Fault> {
    told(&book(BIFF8, leads, sheet)).err()
}

#[test]
fn a_sheet_is_not_read_again_and_again() {
    let long: Vec<Vec<u8>> = (0..1000).map(|row| label(row, 0, 1)).collect();
    assert_eq!(fault(1, &long), None);
    assert_eq!(fault(2, &long), Some(Fault::Shared));
    // Old files name places of modules that are wrong.
    assert_eq!(told(&book_of(BIFF8, 3, MODULE, &long)).err(), None);
    assert_eq!(told(&book_of(BIFF8, 100, MODULE, &long)).err(), Some(Fault::Shared));
}

#[test]
fn cells_that_would_fill_the_memory_are_refused() {
    assert_eq!(fault(1, &[label(0, 0, 0), label(65_535, 255, 0)]), None);
    assert_eq!(fault(1, &[label(0, 0, 0), label(65_535, 256, 0)]), Some(Fault::Scattered));
    // Numbers in one record, the last of them far to the right.
    let numbers = record(0x00BD, &words(&[65_535, 1, 0, 0, 0, 256]));
    assert_eq!(fault(1, &[label(0, 0, 0), numbers]), Some(Fault::Scattered));
}

#[test]
fn sizes_that_a_sheet_only_announces_are_not_believed() {
    let announced = |rows: u32, columns: u16| {
        record(0x0200, &[&[0; 4][..], &rows.to_le_bytes(), &[0; 2], &columns.to_le_bytes(), &[0; 2]].concat())
    };
    assert_eq!(fault(1, &[announced(65_536, 256)]), None);
    assert_eq!(fault(1, &[announced(0x8000_0000, 1)]), Some(Fault::Scattered));
    assert_eq!(fault(1, &[record(0x0200, &words(&[0, 65_535, 0xFFFF, 0xFFFF, 0]))]), Some(Fault::Scattered));
}

#[test]
fn a_sheet_that_does_not_reach_its_end_is_refused() {
    let whole = book(BIFF8, 1, &sheet());
    for cut in 1..60 {
        assert_eq!(told(&whole[..whole.len() - cut]).err(), Some(Fault::Cut), "{cut}");
    }
}

#[test]
fn an_encrypted_workbook_has_a_password_whatever_the_cipher() {
    for cipher in [0, 1] {
        let stream = [record(BOF, &words(&[BIFF8, 5])), record(FILE_PASS, &words(&[cipher, 1, 2]))].concat();
        assert_eq!(told(&stream).err(), Some(Fault::Encrypted));
    }
}

proptest! {
    #[test]
    fn no_damage_panics(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), cut in 0..400usize) {
        let mut stream = book(BIFF8, 2, &sheet());
        for (at, byte) in changes {
            *at.get_mut(&mut stream) = byte;
        }
        stream.truncate(stream.len().saturating_sub(cut));
        let _ = told(&stream);
    }
}

#[test]
fn a_refused_file_is_told_for_what_it_is() {
    use std::io::Write;

    let file = |stream: &[u8]| {
        let mut file = cfb::CompoundFile::create(std::io::Cursor::new(Vec::new())).unwrap();
        file.create_stream("Workbook").unwrap().write_all(stream).unwrap();
        file.into_inner().into_inner()
    };
    let far = [label(0, 0, 0), label(65_535, 256, 0)];
    let long: Vec<Vec<u8>> = (0..1000).map(|row| label(row, 0, 1)).collect();
    for (stream, kind) in [
        (book(BIFF8, 1, &sheet()), None),
        (book(BIFF8, 1, &far), Some(RefusalKind::TooLarge)),
        (book(BIFF8, 100, &long), Some(RefusalKind::Unsafe)),
        (record(FILE_PASS, &[]), Some(RefusalKind::Encrypted)),
    ] {
        assert_eq!(facts("a.xls", &file(&stream)).err().map(|refusal| refusal.kind), kind);
    }
}

//! Damage to `.xls`: its container ([MS-CFB]) and the records of its stream ([MS-XLS]).

use std::io::{Cursor, Read, Write};
use std::path::Path;

use crate::input::{Expect, Input, distrusted, patched, unreadable};

fn sound() -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files/fonts.xls")).unwrap()
}

/// The stream of the sound workbook.
fn stream() -> Vec<u8> {
    let mut file = cfb::CompoundFile::open(Cursor::new(sound())).unwrap();
    let mut stream = Vec::new();
    file.open_stream("Workbook").unwrap().read_to_end(&mut stream).unwrap();
    stream
}

/// A container around a stream.
fn file(stream: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    file.create_stream("Workbook").unwrap().write_all(stream).unwrap();
    file.into_inner().into_inner()
}

/// Number, place and length of the records of a stream.
fn records(stream: &[u8]) -> Vec<(u16, usize, usize)> {
    let number = |at: usize| u16::from_le_bytes([stream[at], stream[at + 1]]);
    let (mut records, mut at) = (Vec::new(), 0);
    while at + 4 <= stream.len() {
        let length = usize::from(number(at + 2));
        records.push((number(at), at, length));
        at += 4 + length;
    }
    records
}

/// Where the content of the first record of a number begins.
fn first(stream: &[u8], kind: u16) -> usize {
    records(stream).iter().find(|(known, ..)| *known == kind).unwrap().1 + 4
}

/// Where the last record begins that ends a sheet.
fn last_end(stream: &[u8]) -> usize {
    records(stream).iter().rfind(|(kind, ..)| *kind == END).unwrap().1
}

const END: u16 = 0x0A;
const BOUND_SHEET: u16 = 0x85;
const DIMENSIONS: u16 = 0x200;
const STRING_TABLE: u16 = 0xFC;
const STRING_CELL: u16 = 0xFD;
const FORMAT: u16 = 0x41E;

pub fn inputs() -> Vec<Input> {
    let mut inputs = container();
    let whole = stream();
    let mut add = |name: String, stream: Vec<u8>, expect: Expect| {
        inputs.push(Input::new(format!("xls-{name}.xls"), file(&stream), expect))
    };
    let far = Expect::Refused("too-large", "cách nhau quá xa");
    add("empty-stream".to_owned(), Vec::new(), Expect::Harmless);
    add("prose".to_owned(), b"Kinh gui".repeat(1_000), Expect::Harmless);
    add("password".to_owned(), password(&whole), Expect::Refused("encrypted", "mật khẩu"));
    add("without-end".to_owned(), whole[..last_end(&whole)].to_vec(), unreadable("bị cắt ngắn"));
    let bounds: Vec<usize> =
        records(&whole).iter().filter(|(kind, ..)| *kind == BOUND_SHEET).map(|(_, at, _)| at + 4).collect();
    let place: Vec<u8> = whole[bounds[0]..bounds[0] + 4].to_vec();
    add("sheets-of-one-place".to_owned(), patched(whole.clone(), bounds[1], &place), distrusted("dùng chung"));
    for (number, place) in (1..).zip([0_u32, 1, 0x7FFF_FFFF, u32::MAX]) {
        add(
            format!("sheet-nowhere-{number}"),
            patched(whole.clone(), bounds[0], &place.to_le_bytes()),
            Expect::Harmless,
        );
    }
    let sizes = first(&whole, DIMENSIONS);
    add("announces-rows".to_owned(), patched(whole.clone(), sizes + 4, &u32::MAX.to_le_bytes()), far.clone());
    let wide = patched(patched(whole.clone(), sizes + 4, &[0, 0, 1, 0]), sizes + 10, &[0xFF, 0xFF]);
    add("announces-columns".to_owned(), wide, far);
    let cell = first(&whole, STRING_CELL);
    for (number, (row, column)) in
        (1..).zip([(0xFFFF_u16, 0_u16), (0, 0xFF), (0, 0x100), (0, 0xFFFF), (0xFFFF, 0xFFFF)])
    {
        let moved = patched(whole.clone(), cell, &[row.to_le_bytes(), column.to_le_bytes()].concat());
        add(format!("cell-far-{number}"), moved, Expect::Harmless);
    }
    for (number, index) in (1..).zip([0xFFFF_u32, 0x7FFF_FFFF, u32::MAX]) {
        add(
            format!("string-beyond-{number}"),
            patched(whole.clone(), cell + 6, &index.to_le_bytes()),
            Expect::Harmless,
        );
    }
    let table = first(&whole, STRING_TABLE);
    for (number, count) in (1..).zip([0_u32, 0x7FFF_FFFF, u32::MAX]) {
        add(
            format!("strings-announced-{number}"),
            patched(whole.clone(), table + 4, &count.to_le_bytes()),
            Expect::Harmless,
        );
    }
    add("string-long".to_owned(), patched(whole.clone(), table + 8, &[0xFF, 0xFF, 0xFF]), Expect::Harmless);
    for (number, (_, at, length)) in (1..).zip(records(&whole).iter().step_by(9)) {
        let too_long = patched(whole.clone(), at + 2, &[0xFF, 0xFF]);
        add(format!("record-too-long-{number}"), too_long, Expect::Harmless);
        let emptied = [&whole[..at + 2], &[0, 0], &whole[at + 4 + length..]].concat();
        add(format!("record-emptied-{number}"), emptied, Expect::Harmless);
    }
    if let Some((_, at, _)) = records(&whole).iter().find(|(kind, ..)| *kind == FORMAT) {
        add("format-long".to_owned(), patched(whole.clone(), at + 6, &[0xFF, 0xFF]), Expect::Harmless);
    }
    inputs
}

/// The stream with a mark behind its beginning that all else is encrypted.
fn password(stream: &[u8]) -> Vec<u8> {
    let (_, _, length) = records(stream)[0];
    [&stream[..4 + length], &[0x2F, 0, 4, 0, 1, 0, 1, 0], &stream[4 + length..]].concat()
}

/// Damage to the header and the tables of the container.
fn container() -> Vec<Input> {
    let mut inputs = Vec::new();
    let loose = Expect::Harmless;
    for (name, at, with) in [
        ("sector-size-0", 30, &[0, 0][..]),
        ("sector-size-64", 30, &[64, 0]),
        ("short-sector-size", 32, &[0, 0]),
        ("tables-0", 44, &[0, 0, 0, 0]),
        ("tables-many", 44, &[0xFF, 0xFF, 0xFF, 0x7F]),
        ("directory-nowhere", 48, &[0xFF, 0xFF, 0xFF, 0x7F]),
        ("directory-in-header", 48, &[0xFE, 0xFF, 0xFF, 0xFF]),
        ("short-table-nowhere", 60, &[0xFF, 0xFF, 0xFF, 0x0F]),
        ("more-tables-nowhere", 68, &[0, 0, 0, 0]),
        ("more-tables-many", 72, &[0xFF, 0xFF, 0xFF, 0x7F]),
        ("first-table-nowhere", 76, &[0xFF, 0xFF, 0xFF, 0x0F]),
        ("byte-order", 28, &[0xFF, 0xFE]),
        ("version", 26, &[9, 0]),
    ] {
        inputs.push(Input::new(format!("cfb-{name}.xls"), patched(sound(), at, with), loose.clone()));
    }
    let bytes = sound();
    let number = |at: usize| u32::from_le_bytes(bytes[at..at + 4].try_into().unwrap()) as usize;
    let (table, directory) = (512 * (number(76) + 1), 512 * (number(48) + 1));
    for (name, at, with) in [
        // Each sector is followed by itself, or by the one before.
        ("chain-of-itself", table + 4, 1_u32),
        ("chain-back", table + 12, 0),
        ("chain-nowhere", table + 4, 0x00FF_FFFF),
        ("root-child-itself", directory + 76, 0),
        ("root-child-nowhere", directory + 76, 0x7FFF_FFFF),
        ("stream-left-itself", directory + 128 + 68, 1),
        ("stream-begins-nowhere", directory + 128 + 116, 0x7FFF_FFFF),
        ("stream-long", directory + 128 + 120, 0x7FFF_FFFF),
        ("stream-short", directory + 128 + 120, 100),
        ("root-long", directory + 120, 0x7FFF_FFFF),
    ] {
        inputs.push(Input::new(format!("cfb-{name}.xls"), patched(sound(), at, &with.to_le_bytes()), loose.clone()));
    }
    inputs
}

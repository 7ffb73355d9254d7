//! Sound files, cut at tenths of their length and with single bits turned over, at places that are the same in every run.

use std::path::Path;

use crate::input::{Expect, Input, unreadable};

const FILES: [&str; 4] = ["fonts.xls", "fonts.ods", "inline-texts.xlsb", "book.xlsx"];

fn sound(name: &str) -> Vec<u8> {
    match name {
        "book.xlsx" => crate::input::workbook(&[]),
        name => std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/files").join(name)).unwrap(),
    }
}

pub fn inputs() -> Vec<Input> {
    let mut inputs = Vec::new();
    for name in FILES {
        let bytes = sound(name);
        // Packages say where they were cut; in a container of Office 97, it depends on what is missing.
        for tenth in 1..10 {
            let expect = if name == "fonts.xls" { Expect::Harmless } else { unreadable("bị cắt ngắn") };
            let cut = bytes[..bytes.len() * tenth / 10].to_vec();
            inputs.push(Input::new(format!("cut-{tenth}-{name}"), cut, expect));
        }
        let cells = cells_of(name, &bytes);
        let mut place = 1_usize;
        for number in 0..20 {
            // A generator of places, as in the C standard.
            place = place.wrapping_mul(1_103_515_245).wrapping_add(12_345) & 0x7FFF_FFFF;
            let mut bytes = bytes.clone();
            let at = place % bytes.len();
            bytes[at] ^= 1 << (number % 8);
            // Packages have checksums; what a turned bit does elsewhere cannot be told.
            let expect = if name == "fonts.xls" { Expect::Harmless } else { Expect::Whole(cells.clone()) };
            inputs.push(Input::new(format!("bit-{number}-{name}"), bytes, expect));
        }
    }
    inputs
}

fn cells_of(name: &str, bytes: &[u8]) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    crate::cells_of(&path).unwrap()
}

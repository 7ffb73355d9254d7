//! Makes the samples: an invented province (no real person) whose corrected round gives the reference result.
//!
//! `cargo run --example make_samples -- samples` writes `round-2` (clean), `round-1` (planted faults), `broken` (files broken as a
//! whole), and what must be found in them: `planted.json`, `repaired.json`, `broken.json`;
//! with `--districts N --rows N` it writes a large clean set for benches instead. Deterministic: `--seed N` gives other people.
#![allow(missing_docs, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broken;
mod disguise;
mod faults;
mod layout;
mod people;
mod province;
mod workbook;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    let mut arguments = std::env::args().skip(1);
    let out = PathBuf::from(arguments.next().expect("usage: make_samples OUT [--seed N] [--districts N --rows N]"));
    let rest: Vec<String> = arguments.collect();
    let option = |name: &str| {
        let at = rest.iter().position(|word| word == name)?;
        rest.get(at + 1)?.parse::<usize>().ok()
    };
    let seed = option("--seed").unwrap_or(2019) as u64;
    if let (Some(districts), Some(rows)) = (option("--districts"), option("--rows")) {
        large(&out, districts, rows, seed);
        return;
    }
    let province = province::build(seed);
    let [first, second, broken] = ["round-1", "round-2", "broken"].map(|name| out.join(name));
    for folder in [&first, &second, &broken] {
        let _ = fs::remove_dir_all(folder);
        fs::create_dir_all(folder).expect("output folder");
    }
    for district in &province {
        workbook::write(district, &second.join(district.file_name()));
    }
    list(&out.join("broken.json"), &broken::write(&province, &broken));
    let (planted, repaired) = faults::plant(province, &first);
    list(&out.join("planted.json"), &planted);
    list(&out.join("repaired.json"), &repaired);
}

fn list(path: &Path, what: &impl serde::Serialize) {
    fs::write(path, serde_json::to_string_pretty(what).unwrap() + "\n").unwrap();
}

/// The districts of the province.
pub const DISTRICTS: usize = 11;

/// The code of a district or commune in a further round of them; the first is the province's own.
pub fn numbered_code(code: &str, round: usize) -> String {
    if round == 0 { code.to_owned() } else { format!("{code}{round:03}") }
}

/// The name of a district in a further round of them.
pub fn numbered_name(name: &str, round: usize) -> String {
    if round == 0 { name.to_owned() } else { format!("{name} {round}") }
}

/// A clean set of any size: every district repeats its people under new ids; more districts than there are take numbers.
pub fn large(out: &Path, districts: usize, rows: usize, seed: u64) {
    fs::create_dir_all(out).expect("output folder");
    let province = province::build(seed);
    // People of one sex and birth year share the first six digits; the others are theirs alone.
    let mut serials: BTreeMap<String, usize> = BTreeMap::new();
    for (number, district) in (0..districts).zip(province.iter().cycle()) {
        let mut large = district.clone();
        let round = number / DISTRICTS;
        (large.code, large.name) = (numbered_code(&large.code, round), numbered_name(&large.name, round));
        let pool = district.trainees.clone();
        large.trainees = (0..rows)
            .map(|row| {
                let mut one = pool[row % pool.len()].clone();
                let serial = number * rows + row;
                let first = one.text("cccd")[..6].to_owned();
                let next = serials.entry(first.clone()).or_default();
                *next += 1;
                // Never a multiple of 97: those are the ids of the commands.
                let last = *next / 96 * 97 + *next % 96 + 1;
                one.set("cccd", workbook::Cell::Text(format!("{first}{last:06}")));
                one.set("ho_ten", workbook::Cell::Text(format!("{} {serial}", one.text("ho_ten"))));
                // Nobody is placed, so that no command need hold them.
                one.put("bo_tri", "Chưa bố trí");
                for field in ["so_the_dang", "chuc_vu_sau", "ngay_bo_nhiem"] {
                    one.set(field, workbook::Cell::Blank);
                }
                one
            })
            .collect();
        large.command.iter_mut().for_each(|row| row.set("khoa_da_hoc", workbook::Cell::Blank));
        large.recount();
        workbook::write(&large, &out.join(format!("{number:03}-{}", large.file_name())));
    }
}

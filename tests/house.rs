//! The house: which room may know which, as `docs/architecture.md` draws it.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("deflate", &[]),
    ("text", &["model"]),
    ("checks", &["model", "text"]),
    ("summaries", &["model", "text"]),
    ("form", &["model", "text", "checks", "summaries"]),
    ("intake", &["model", "text", "deflate"]),
    ("reading", &["model", "text", "form"]),
    ("consolidate", &["model", "text", "checks"]),
    ("writers", &["model", "text", "summaries", "deflate"]),
    ("marking", &["model", "deflate"]),
    ("run", &["model", "form", "intake", "reading", "checks", "consolidate", "summaries", "writers", "marking"]),
    ("cli", &["model", "form", "checks", "run"]),
];

/// Libraries that only some rooms may name.
const OWNERS: &[(&str, &[&str])] = &[
    ("calamine", &["intake"]),
    ("encoding_rs", &["intake"]),
    ("html5gum", &["intake"]),
    ("rust_xlsxwriter", &["writers"]),
    ("rawzip", &["deflate", "writers"]),
    ("libdeflater", &["deflate"]),
    ("flate2", &["deflate"]),
    ("clap", &["cli"]),
    ("chrono::Local", &["cli"]),
    ("indicatif", &["cli"]),
    ("toml::", &["form"]),
];

/// Every source file with the room it belongs to; tests inside files are left out.
fn sources() -> Vec<(String, PathBuf, String)> {
    let mut files = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs")
                && !path.file_stem().unwrap().to_str().unwrap().ends_with("tests")
            {
                let below = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap().to_owned();
                let room = below.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
                let whole = fs::read_to_string(&path).unwrap();
                let text = whole.split("#[cfg(test)]").next().unwrap().to_owned();
                files.push((room, below, text));
            }
        }
    }
    files
}

fn code_lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn rooms_know_only_what_the_drawing_allows() {
    let mut wrong = BTreeSet::new();
    for (room, path, text) in sources() {
        let Some((_, allowed)) = ARROWS.iter().find(|(name, _)| *name == room) else {
            assert!(room == "lib" || room == "main", "{room} is not in the drawing");
            continue;
        };
        for line in code_lines(&text) {
            for (other, _) in ARROWS.iter().filter(|(other, _)| *other != room && !allowed.contains(other)) {
                if line.contains(&format!("crate::{other}::")) || line.contains(&format!("crate::{other};")) {
                    wrong.insert(format!("{}: {room} must not know {other}: {}", path.display(), line.trim()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn each_library_has_its_rooms() {
    for (library, owners) in OWNERS {
        for (room, path, text) in sources().into_iter().filter(|(room, ..)| !owners.contains(&room.as_str())) {
            let named = code_lines(&text).find(|line| line.contains(library));
            assert_eq!(named, None, "{room} ({}) names {library}, which belongs to {owners:?}", path.display());
        }
    }
}

#[test]
fn no_file_is_too_long_to_read_in_a_sitting() {
    for (_, path, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= 400, "{} has {lines} lines", path.display());
    }
}

//! The sets: workbooks of an invented province, and the form that knows its districts.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use tonghop::form::{self, Files, Form};

use super::make_samples;

/// So many districts with so many trainees each.
#[derive(Clone, Copy, Debug)]
pub struct Set {
    pub districts: usize,
    pub rows: usize,
}

/// Where sets are kept between runs.
pub fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("target/bench");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

impl Set {
    /// The set, made if it is not there yet.
    pub fn made(&self) -> &Self {
        let (folder, partly) = (self.folder(), folder().join("partly"));
        if !folder.exists() {
            let _ = std::fs::remove_dir_all(&partly);
            make_samples::large(&partly, self.districts, self.rows, 2019);
            std::fs::rename(&partly, &folder).unwrap();
        }
        self
    }

    pub fn folder(&self) -> PathBuf {
        folder().join(self.to_string())
    }

    /// Its files, by name.
    pub fn files(&self) -> Vec<PathBuf> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(self.folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.sort();
        files
    }

    /// Rows of trainees.
    pub fn rows(&self) -> usize {
        self.districts * self.rows
    }

    /// Lists of the shipped form with as many districts more as the set has: each a copy of one of the province, with its
    /// communes. To be made before the form is loaded, for no officer waits for that.
    pub fn lists(&self) -> Files {
        let mut files = form::built_in_files(form::built_in()[0]).unwrap();
        let copied = [("lists/districts.csv", &[0][..], &[1, 2][..]), ("lists/units.csv", &[0, 4], &[])];
        let lists = copied.map(|(list, copied, names)| {
            let text = files.remove(list).unwrap();
            let (head, entries) = text.split_once('\n').unwrap();
            let rounds = self.districts.div_ceil(make_samples::DISTRICTS);
            let rounds = (0..rounds).map(|round| copies(entries, round, copied, names));
            (list.to_owned(), format!("{head}\n{}", rounds.collect::<String>()))
        });
        Files::from(lists)
    }
}

/// The shipped form with some lists of its own.
pub fn form(lists: Files) -> Form {
    let mut files = form::built_in_files(form::built_in()[0]).unwrap();
    files.extend(lists);
    form::resolve(&files).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// The entries of a list for another round of districts: codes and names are numbered, and spellings that would be shared left out.
fn copies(entries: &str, round: usize, codes: &[usize], names: &[usize]) -> String {
    // A commune of no district of its own is in no further round either.
    let own = |line: &&str| round == 0 || codes.iter().all(|at| line.split(',').nth(*at) != Some(""));
    let entry = |line: &str| {
        let fields = line.split(',').enumerate().map(|(at, field)| match field {
            _ if codes.contains(&at) => make_samples::numbered_code(field, round),
            _ if names.contains(&at) => make_samples::numbered_name(field, round),
            _ if at == 3 && round > 0 && !names.is_empty() => String::new(),
            _ => field.to_owned(),
        });
        fields.collect::<Vec<_>>().join(",") + "\n"
    };
    entries.lines().filter(own).map(entry).collect()
}

impl fmt::Display for Set {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}x{}", self.districts, self.rows)
    }
}

impl FromStr for Set {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (districts, rows) = text.split_once('x').ok_or(())?;
        Ok(Self { districts: districts.parse().map_err(drop)?, rows: rows.parse().map_err(drop)? })
    }
}

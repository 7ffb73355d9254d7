//! Every step of publishing fails once, or is the last one; whatever happens, results are the old ones or the new ones.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use super::*;

/// A file system that fails.
#[derive(Clone, Debug)]
struct Failing {
    steps: Arc<AtomicUsize>,
    flushes: Arc<AtomicUsize>,
    fails: Fails,
    /// Files have one name only, as on a stick.
    links: Links,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Links {
    Known,
    Unknown,
}

/// When steps fail, by their number.
#[derive(Clone, Copy, Debug)]
enum Fails {
    Never,
    /// One step; the next attempt succeeds.
    Once(usize),
    /// Moving a result to this place, always.
    Place(&'static str),
    /// All from one step on: the program is killed, or the disk is gone.
    From(usize),
}

impl Failing {
    fn new(fails: Fails, links: Links) -> Self {
        Self { steps: Arc::default(), flushes: Arc::default(), fails, links }
    }

    fn step(&self, place: &Path) -> io::Result<()> {
        let step = self.steps.fetch_add(1, Ordering::Relaxed);
        let fails = match self.fails {
            Fails::Never => false,
            Fails::Once(one) => step == one,
            Fails::Place(_) => false,
            Fails::From(first) => step >= first,
        };
        if fails { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

impl Disk for Failing {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(folder)?;
        Machine.make_folder(folder)
    }

    fn write(&self, file: &Path, text: &[u8]) -> io::Result<()> {
        // What a full disk leaves: a beginning.
        self.step(file).inspect_err(|_| drop(fs::write(file, &text[..text.len() / 2])))?;
        Machine.write(file, text)
    }

    fn flush(&self, file: &Path) -> io::Result<()> {
        let stepped = self.step(file);
        self.flushes.fetch_add(1, Ordering::Relaxed);
        stepped?;
        Machine.flush(file)
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        self.step(name)?;
        if self.links == Links::Known { Machine.link(file, name) } else { Err(io::ErrorKind::Unsupported.into()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.step(to)?;
        let is_new = from.iter().any(|part| part == COMPLETE);
        if matches!(self.fails, Fails::Place(name) if is_new && to.ends_with(name)) {
            return Err(io::ErrorKind::PermissionDenied.into());
        }
        Machine.rename(from, to)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.step(folder)?;
        Machine.remove_folder(folder)
    }

    fn remove_empty(&self, folder: &Path) -> io::Result<()> {
        self.step(folder)?;
        Machine.remove_empty(folder)
    }

    fn settle(&self, folder: &Path) -> io::Result<()> {
        self.step(folder)
    }

    fn wait(&self, _: Duration) {}
}

/// The results in a folder, by path; hidden ones are none.
fn results(out: &Path) -> BTreeMap<String, String> {
    let files = files_below(out).unwrap().into_iter().map(|name| name.to_str().unwrap().to_owned());
    let files = files.filter(|name| !name.starts_with(".tonghop"));
    files.map(|name| (name.clone(), fs::read_to_string(out.join(name)).unwrap())).collect()
}

/// A hand-back that the old set has alone.
const ONCE: &str = "tra-lai/180/180-2019.xlsx";

/// A hand-back that the new set has alone.
const ADDED: &str = "tra-lai/182/182-2019.xlsx";

/// One file stands in the new set alone, one in the old set, the rest in both.
fn set(version: &str) -> BTreeMap<String, String> {
    let only = if version == "new" { ADDED } else { ONCE };
    let names = ["ket-qua.json", "tong-hop.xlsx", "tra-lai/178/178-2019.xlsx", only, "tra-lai/183/183-2019.xlsx"];
    names.into_iter().map(|name| (name.to_owned(), format!("{version} {name}"))).collect()
}

fn put(disk: Failing, out: &Path, version: &str) -> anyhow::Result<()> {
    let mut staging = Staging::on(Arc::new(disk), out)?;
    // As a record tells them: those that are written again, too.
    staging.replaces(&set("old").into_keys().collect::<Vec<_>>());
    for (name, text) in set(version) {
        staging.write(&name, &text)?;
    }
    staging.publish()
}

/// What stands in the output folder before.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Before {
    Nothing,
    Old,
}

/// Every output folder that a set is put into, on every file system.
const SITUATIONS: [(Before, Links); 3] =
    [(Before::Nothing, Links::Known), (Before::Old, Links::Known), (Before::Old, Links::Unknown)];

impl Before {
    fn folder(self) -> tempfile::TempDir {
        let out = tempfile::tempdir().unwrap();
        if self == Self::Old {
            put(Failing::new(Fails::Never, Links::Known), out.path(), "old").unwrap();
        }
        assert_eq!(whole(out.path()), self.name());
        out
    }

    fn name(self) -> &'static str {
        if self == Self::Old { "old" } else { "nothing" }
    }
}

/// How many steps a run takes.
fn steps(before: Before, links: Links) -> usize {
    let disk = Failing::new(Fails::Never, links);
    put(disk.clone(), before.folder().path(), "new").unwrap();
    disk.steps.load(Ordering::Relaxed)
}

/// The old set may have the folders of the new one, never its files.
fn whole(out: &Path) -> &'static str {
    match results(out) {
        found if found.is_empty() => "nothing",
        found if found == set("old") => "old",
        found if found == set("new") => "new",
        torn => panic!("{torn:#?}"),
    }
}

#[test]
fn a_step_that_fails_once_leaves_all_as_it_was_or_makes_no_difference() {
    for (before, links) in SITUATIONS {
        for step in 0..steps(before, links) {
            let out = before.folder();
            let published = put(Failing::new(Fails::Once(step), links), out.path(), "new");
            let expected = if published.is_ok() { "new" } else { before.name() };
            assert_eq!(whole(out.path()), expected, "step {step}");
            // Nothing but results is left after the next run.
            put(Failing::new(Fails::Never, links), out.path(), "new").unwrap();
            assert_eq!(files_below(out.path()).unwrap().len(), set("new").len(), "step {step}");
        }
    }
}

#[test]
fn a_result_that_cannot_be_replaced_brings_all_others_back() {
    for links in [Links::Known, Links::Unknown] {
        for name in set("new").into_keys().filter(|name| name != ADDED) {
            let out = Before::Old.folder();
            let error = put(Failing::new(Fails::Place(name.clone().leak()), links), out.path(), "new").unwrap_err();
            assert_eq!(whole(out.path()), "old", "{name}");
            let file = Path::new(&name).file_name().unwrap().to_str().unwrap();
            assert!(error.to_string().contains(file), "{error}");
        }
    }
}

#[test]
fn a_folder_moves_as_a_whole_where_none_stands_and_result_by_result_where_it_cannot() {
    let added = Path::new(ADDED).parent().unwrap().to_str().unwrap();
    for (before, folder, result) in
        [(Before::Nothing, "tra-lai", "tra-lai/178/178-2019.xlsx"), (Before::Old, added, ADDED)]
    {
        let out = before.folder();
        put(Failing::new(Fails::Place(result), Links::Known), out.path(), "new").unwrap();
        assert_eq!(whole(out.path()), "new", "{result} is not moved by itself");
        let out = before.folder();
        put(Failing::new(Fails::Place(folder), Links::Known), out.path(), "new").unwrap();
        assert_eq!(whole(out.path()), "new", "{folder} cannot be moved");
    }
}

#[test]
fn a_run_that_is_killed_leaves_the_old_results_or_the_next_run_completes_the_new_ones() {
    for (before, links) in SITUATIONS {
        let mut seen = std::collections::BTreeSet::new();
        for step in 0..steps(before, links) {
            let out = before.folder();
            assert!(put(Failing::new(Fails::From(step), links), out.path(), "new").is_err() || step > 0);
            // The next run gets as far as taking its turn.
            drop(Staging::on(Arc::new(Failing::new(Fails::Never, links)), out.path()).unwrap());
            seen.insert(whole(out.path()));
            assert!(!out.path().join(COMPLETE).exists() && !out.path().join(NEW).exists(), "step {step}");
        }
        assert_eq!(seen.len(), 2, "kills before and after the results count");
    }
}

#[test]
fn a_second_run_into_one_folder_says_so_and_leaves_the_first_alone() {
    let out = tempfile::tempdir().unwrap();
    let first = Staging::begin(out.path()).unwrap();
    first.write("a.txt", "x").unwrap();
    let second = Staging::begin(out.path()).unwrap_err().to_string();
    assert!(second.contains("một lần chạy khác"), "{second}");
    first.publish().unwrap();
    assert_eq!(files_below(out.path()).unwrap(), [PathBuf::from("a.txt")]);
}

#[test]
fn what_is_in_the_way_of_one_result_leaves_all_others_as_they_were() {
    let out = tempfile::tempdir().unwrap();
    fs::create_dir(out.path().join("b.txt")).unwrap();
    fs::write(out.path().join("c"), "x").unwrap();
    for result in ["b.txt", "c/d.txt"] {
        let disk = Failing::new(Fails::Never, Links::Known);
        let staging = Staging::on(Arc::new(disk.clone()), out.path()).unwrap();
        for name in ["a.txt", result] {
            staging.write(name, "x").unwrap();
        }
        assert!(staging.publish().is_err());
        assert_eq!(disk.flushes.load(Ordering::Relaxed), 0, "{result} is found out first");
        assert!(!out.path().join("a.txt").exists());
    }
}

#[test]
fn results_appear_only_when_published() {
    let out = tempfile::tempdir().unwrap();
    let staging = Staging::begin(out.path()).unwrap();
    fs::write(staging.path("a/b.txt").unwrap(), "x").unwrap();
    assert!(!out.path().join("a/b.txt").exists());
    staging.publish().unwrap();
    assert_eq!(fs::read_to_string(out.path().join("a/b.txt")).unwrap(), "x");
    assert_eq!(fs::read_dir(out.path()).unwrap().count(), 1);
}

#[test]
fn hand_backs_of_an_earlier_run_go_away_and_nothing_else_does() {
    let out = tempfile::tempdir().unwrap();
    let earlier = ["tra-lai/178/178-2019.xlsx", "tra-lai/179/179-2019.xlsx", "tra-lai/180/180-2019.xlsx"];
    let others = ["tra-lai/180/ghi-chu.txt", "tra-lai/181/181-2019.xlsx", "danh-sach.xlsx"];
    for name in earlier.iter().chain(&others) {
        fs::create_dir_all(out.path().join(name).parent().unwrap()).unwrap();
        fs::write(out.path().join(name), "old").unwrap();
    }
    let mut staging = Staging::begin(out.path()).unwrap();
    staging.write(earlier[0], "new").unwrap();
    let recorded = [&earlier[..], &["danh-sach.xlsx", "tra-lai/180/ghi-chu.txt", "tra-lai/182/182-2019.xlsx"]];
    staging.replaces(&recorded.concat().iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
    staging.publish().unwrap();
    assert_eq!(fs::read_to_string(out.path().join(earlier[0])).unwrap(), "new");
    assert!(earlier[1..].iter().all(|name| !out.path().join(name).exists()));
    assert!(others.iter().all(|name| out.path().join(name).exists()));
    assert!(!out.path().join("tra-lai/179").exists());
}

#[test]
fn what_is_flushed_ahead_is_not_flushed_again_and_what_could_not_be_is() {
    /// The flush of the first file is this step.
    const FLUSH: usize = 7;
    for (fails, flushes) in [(Fails::Never, 1), (Fails::Once(FLUSH), 2)] {
        let out = tempfile::tempdir().unwrap();
        let disk = Failing::new(fails, Links::Known);
        let staging = Staging::on(Arc::new(disk.clone()), out.path()).unwrap();
        staging.write("a.txt", "x").unwrap();
        assert_eq!(disk.steps.load(Ordering::Relaxed), FLUSH);
        staging.complete(&out.path().join(NEW).join("a.txt"));
        while disk.flushes.load(Ordering::Relaxed) == 0 {
            std::thread::yield_now();
        }
        staging.publish().unwrap();
        assert_eq!(fs::read_to_string(out.path().join("a.txt")).unwrap(), "x");
        assert_eq!(disk.flushes.load(Ordering::Relaxed), flushes);
    }
}

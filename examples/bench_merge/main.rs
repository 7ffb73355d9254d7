//! The whole merge, measured beside its floor and beside the obvious loop over the given libraries, in one run.
//!
//! `cargo run --release --example bench_merge -- 11x300 200x1000 11x50000` makes the sets that are not there yet (below
//! `target/bench`) and prints a table for each; `--runs N` takes the medians of N runs, `growth` measures totals from
//! 10,000 to 2,000,000 rows and draws `docs/growth.svg`. Every measurement is a process of its own, so that its peak
//! memory is its own. The machine may be shared: compare ratios, and CPU before wall time. `docs/performance.md` says
//! how to read the table.
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod figure;
mod floor;
#[allow(dead_code)]
#[path = "../make_samples/main.rs"]
mod make_samples;
mod measure;
mod naive;
mod ours;
mod sets;
mod table;

use std::path::Path;
use std::process::Command;

use measure::Measured;
use sets::Set;

/// Totals of rows for the growth of time and memory.
const GROWTH: [usize; 6] = [10_000, 30_000, 100_000, 300_000, 1_000_000, 2_000_000];

const MERGE: &str = "merge";
const STAGES: &str = "merge without hand-backs";

/// A work: what it reads, and the folder that it may write to.
type Work = fn(&Set, &Path);

/// What is measured: its name for the child process and for the table.
const WORKS: [(&str, Work); 7] = [
    ("floor", floor::merge),
    ("floor, cells counted", floor::merge_counted),
    ("floor, scan alone", floor::scan),
    ("scan alone", ours::scan),
    (MERGE, ours::merge),
    (STAGES, ours::stages),
    ("naive", naive::merge),
];

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, work, set, out] = arguments.as_slice()
        && flag == "--child"
    {
        let (_, work) = WORKS.iter().find(|(name, _)| name == work).unwrap();
        return work(&set.parse().unwrap(), Path::new(out));
    }
    let runs = arguments.iter().position(|word| word == "--runs").and_then(|at| arguments.get(at + 1)?.parse().ok());
    let sets: Vec<Set> = arguments.iter().filter_map(|word| word.parse().ok()).collect();
    if arguments.iter().any(|word| word == "growth") {
        let sets = GROWTH.map(|rows| Set { districts: 11, rows: rows / 11 });
        let lines = sets.iter().map(|set| (set.made().rows(), measured(set, &["floor", STAGES], runs.unwrap_or(1))));
        let lines: Vec<_> = lines.collect();
        table::growth(&lines);
        return figure::growth(&lines);
    }
    for set in &sets {
        let works = WORKS.map(|(name, _)| name);
        table::print(set, &measured(set.made(), &works, runs.unwrap_or(5)));
    }
}

/// The medians of some runs of each work, taken in turn so that a busy moment of the machine meets all of them.
fn measured(set: &Set, works: &[&str], runs: usize) -> Vec<table::Stages> {
    let mut taken: Vec<(String, Vec<Vec<Measured>>)> =
        works.iter().map(|work| ((*work).to_owned(), Vec::new())).collect();
    for _ in 0..runs {
        for (work, runs) in &mut taken {
            runs.push(child(work, set));
        }
    }
    taken.into_iter().map(|(work, runs)| (work, measure::medians(&runs))).collect()
}

fn child(work: &str, set: &Set) -> Vec<Measured> {
    let out = tempfile::tempdir_in(sets::folder()).unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--child", work, &set.to_string()]).arg(out.path());
    let output = command.output().unwrap();
    assert!(output.status.success(), "{work}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().lines().filter_map(|line| line.parse().ok()).collect()
}

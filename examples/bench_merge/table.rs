//! What a reader of the bench sees: a table a set, and the table of growth.

use super::measure::Measured;
use super::sets::Set;

/// A work with its stages, the last of which is the whole.
pub type Stages = (String, Vec<Measured>);

/// The works of a set, each with its stages.
pub fn print(set: &Set, works: &[Stages]) {
    let of = |work: &str| works.iter().find(|(name, _)| name == work).map_or(&[][..], |(_, stages)| stages);
    let (Some(floor), Some(scan)) = (of("floor").first(), of("floor, scan alone").first()) else { return };
    let cells = scan.amount as f64;
    println!("\n{} × {} rows: {} rows, {cells} filled cells\n", set.districts, set.rows, floor.amount);
    println!("| | wall ms | CPU ms | wall / floor | CPU / floor | ns a cell | rows a second | peak MB | gave |");
    println!("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
    for (work, stages) in works {
        for one in stages {
            let floor = if one.stage == scan.stage { scan } else { floor };
            let whole = stages.last().is_some_and(|last| std::ptr::eq(last, one));
            let name = if whole { format!("**{work}**") } else { one.stage.clone() };
            println!(
                "| {name} | {:.1} | {:.1} | {:.2} | {:.2} | {:.0} | {:.0} | {} | {} |",
                one.wall * 1e3,
                one.cpu * 1e3,
                one.wall / floor.wall,
                one.cpu / floor.cpu,
                one.cpu * 1e9 / cells,
                set.rows() as f64 / one.wall,
                one.peak / 1024,
                one.amount
            );
        }
    }
}

/// Time and memory by total of rows.
pub fn growth(lines: &[(usize, Vec<Stages>)]) {
    println!("| rows | wall s | CPU s | CPU / floor | µs CPU a row | peak MB |\n|---:|---:|---:|---:|---:|---:|");
    for (rows, works) in lines {
        let [floor, merge] = works.as_slice() else { continue };
        let (Some(floor), Some(merge)) = (floor.1.last(), merge.1.last()) else { continue };
        println!(
            "| {rows} | {:.2} | {:.2} | {:.2} | {:.2} | {} |",
            merge.wall,
            merge.cpu,
            merge.cpu / floor.cpu,
            merge.cpu * 1e6 / *rows as f64,
            merge.peak / 1024
        );
    }
}

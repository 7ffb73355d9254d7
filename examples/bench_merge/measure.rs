//! Time and memory of a stage, said by a child process in one line and read by its parent.

use std::str::FromStr;
use std::time::Instant;

use rustix::time::{ClockId, clock_gettime};

/// One stage, measured.
#[derive(Clone, Debug)]
pub struct Measured {
    pub stage: String,
    /// Seconds on the clock, and of all threads together.
    pub wall: f64,
    pub cpu: f64,
    /// The most memory that the process has held so far, in kilobytes.
    pub peak: u64,
    /// What the stage went through: rows, cells, bytes, as it says.
    pub amount: u64,
}

/// Does a stage, and says on stdout what it took; `amount` counts what it gave.
pub fn stage<T>(name: &str, work: impl FnOnce() -> T, amount: impl FnOnce(&T) -> usize) -> T {
    let (wall, cpu) = (Instant::now(), cpu());
    let given = work();
    let (wall, cpu) = (wall.elapsed().as_secs_f64(), self::cpu() - cpu);
    println!("{name}\t{wall}\t{cpu}\t{}\t{}", peak(), amount(&given));
    given
}

impl FromStr for Measured {
    type Err = ();

    fn from_str(line: &str) -> Result<Self, ()> {
        let fields: Vec<&str> = line.split('\t').collect();
        let [stage, wall, cpu, peak, amount] = fields.as_slice() else { return Err(()) };
        let (wall, cpu) = (wall.parse().map_err(drop)?, cpu.parse().map_err(drop)?);
        let (peak, amount) = (peak.parse().map_err(drop)?, amount.parse().map_err(drop)?);
        Ok(Self { stage: (*stage).to_owned(), wall, cpu, peak, amount })
    }
}

/// The median of each number, stage by stage.
pub fn medians(runs: &[Vec<Measured>]) -> Vec<Measured> {
    let stages = runs.first().map_or(0, Vec::len);
    let stage = |at: usize| {
        let runs: Vec<&Measured> = runs.iter().filter_map(|run| run.get(at)).collect();
        let median = |number: &dyn Fn(&Measured) -> f64| {
            let mut all: Vec<f64> = runs.iter().map(|run| number(run)).collect();
            all.sort_by(f64::total_cmp);
            all[all.len() / 2]
        };
        Measured {
            wall: median(&|one| one.wall),
            cpu: median(&|one| one.cpu),
            peak: median(&|one| one.peak as f64) as u64,
            ..runs[0].clone()
        }
    };
    (0..stages).map(stage).collect()
}

fn cpu() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// Kilobytes, as Linux tells them; 0 elsewhere.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().trim_end_matches(" kB").parse().ok()).unwrap_or(0)
}

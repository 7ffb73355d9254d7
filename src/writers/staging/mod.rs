//! Results appear all at once: written beside their final place, moved there when every part is complete.
//!
//! In the output folder stand, while a run is under way: `.tonghop-lock`, which it holds; `.tonghop-moi`, where results are
//! written; `.tonghop-xong`, the same folder once all are complete; `.tonghop-cu`, the previous results while new ones take
//! their places. Renaming the second to the third is the moment from which the new results count: a run that was
//! killed before it left the previous results whole, and what it wrote is removed by the next run; one that was killed
//! after it is completed by the next run. A result that cannot be put in its place while the program runs brings all
//! previous ones back. Results of an earlier run that are not written again go away with the others: their names stand in a
//! file among the complete results.
//!
//! Making and removing a folder costs more than moving a file. So a folder of results moves as a whole where none of its
//! name stands in the output folder, the first time all hand-backs at once; elsewhere results move one by one.

mod ahead;
mod disk;
mod places;
#[cfg(test)]
mod tests;
mod turn;

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use anyhow::anyhow;

use crate::model::{Sentence, trouble};
use crate::texts;
use ahead::Ahead;
use disk::{Disk, Machine};
use turn::{NoTurn, Turn};

texts! {
    CANNOT_WRITE = "không ghi được vào «{place}»: {why}. Nếu tệp đang mở trong Excel thì đóng lại rồi chạy lại; nếu không, chọn nơi khác bằng --out." / "cannot write to \"{place}\": {why}. If the file is open in Excel, close it and run again; otherwise choose another place by --out.";
    TAKEN = "một lần chạy khác đang ghi kết quả vào «{place}». Chờ nó xong rồi chạy lại, hoặc chọn nơi khác bằng --out." / "another run is writing results into \"{place}\". Wait until it ends and run again, or choose another place by --out.";
}

/// Results under way, complete results, previous results.
const NEW: &str = ".tonghop-moi";
const COMPLETE: &str = ".tonghop-xong";
const OLD: &str = ".tonghop-cu";
/// Among results under way: the names of outdated ones.
const OUTDATED: &str = ".tonghop-bo";

/// Files that are flushed at once.
const FLUSHES: usize = 16;

/// A hidden folder inside the output folder; dropped unpublished, it leaves the previous results whole.
#[derive(Debug)]
pub struct Staging {
    out: PathBuf,
    disk: Arc<dyn Disk>,
    outdated: Vec<String>,
    /// What is flushed already; `None` where that is not possible.
    ahead: OnceLock<Option<Ahead>>,
    /// Given back last.
    _turn: Turn,
}

impl Staging {
    /// Begins a set of results for an output folder, which is created where it is absent. What a killed run left there is
    /// completed or removed.
    ///
    /// # Errors
    /// When the folder cannot be created or written to, or another run writes into it.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        Self::on(Arc::new(Machine), out)
    }

    fn on(disk: Arc<dyn Disk>, out: &Path) -> anyhow::Result<Self> {
        disk.make_folder(out).map_err(|error| unwritten(out, &error))?;
        let turn = Turn::take(out).map_err(|none| match none {
            NoTurn::Taken => anyhow!(TAKEN.say().with("place", out.display())),
            NoTurn::Failed(error) => unwritten(out, &error),
        })?;
        let staging = Self { out: out.to_owned(), disk, outdated: Vec::new(), ahead: OnceLock::new(), _turn: turn };
        if staging.at(COMPLETE).is_dir() {
            let moves = staging.moves(results_below(&staging.at(COMPLETE))?)?;
            staging.put_in_place(&moves, &mut Vec::new())?;
        }
        staging.clear();
        let new = staging.at(NEW);
        staging.disk.make_folder(&new).map_err(|error| unwritten(&new, &error))?;
        Ok(staging)
    }

    /// Where a result is to be written for now; folders of its name are made.
    ///
    /// # Errors
    /// When a folder cannot be made.
    pub fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.at(NEW).join(name);
        self.folder_of(&path)?;
        Ok(path)
    }

    /// Writes a result that is whole in memory; gives where it stands for now.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) -> anyhow::Result<PathBuf> {
        let path = self.path(name)?;
        self.disk.write(&path, content.as_ref()).map_err(|error| unwritten(&path, &error))?;
        Ok(path)
    }

    /// A result is complete and will not be written to again: it goes to the disk while others are made.
    pub fn complete(&self, path: &Path) {
        if let Some(ahead) = self.ahead.get_or_init(|| Ahead::begin(Arc::clone(&self.disk))) {
            ahead.push(path.to_owned());
        }
    }

    /// What went wrong while results were written, for the officer: libraries wrap what the system answered.
    pub fn explained(&self, error: anyhow::Error) -> anyhow::Error {
        if error.is::<Sentence>() {
            return error;
        }
        let answered = error.chain().find_map(|cause| cause.downcast_ref::<io::Error>());
        answered.map(|answered| unwritten(&self.out, answered)).unwrap_or(error)
    }

    /// Has hand-backs of an earlier run go away when the results are published, save those that are written again.
    /// The names come from a record that anyone may have changed: what is not named as a hand-back stays.
    pub fn replaces(&mut self, earlier: &[String]) {
        self.outdated = earlier.to_vec();
    }

    /// Flushes every result to the disk, moves it to its final place, and takes the outdated ones away.
    ///
    /// # Errors
    /// When one cannot be flushed or moved, as when it is open in Excel. The previous results are then all in their places.
    pub fn publish(mut self) -> anyhow::Result<()> {
        let names = files_below(&self.at(NEW))?;
        // What is in the way is found out before the first result is moved.
        let moves = self.moves(names.clone())?;
        let mut files: Vec<PathBuf> = names.iter().map(|name| self.at(NEW).join(name)).collect();
        files.extend(self.list_outdated(&names)?);
        self.flush(&files)?;
        let complete = self.disk.rename(&self.at(NEW), &self.at(COMPLETE));
        complete.map_err(|error| unwritten(&self.out, &error))?;
        let mut moved = Vec::new();
        self.put_in_place(&moves, &mut moved).inspect_err(|_| self.put_back(&moved))
    }

    /// Writes the names of results that go away, where there are any.
    fn list_outdated(&self, names: &[PathBuf]) -> anyhow::Result<Option<PathBuf>> {
        let is_written = |name: &String| names.iter().any(|written| written == Path::new(name));
        let outdated: Vec<&str> = self.outdated.iter().filter(|name| !is_written(name)).map(String::as_str).collect();
        if outdated.is_empty() {
            return Ok(None);
        }
        self.write(OUTDATED, outdated.join("\n")).map(Some)
    }

    /// Has those files written to the disk that are not there yet. A flush waits for the disk and needs no core, and the
    /// system joins those that it is asked for together.
    fn flush(&mut self, files: &[PathBuf]) -> anyhow::Result<()> {
        let flushed = self.end_ahead();
        let files: Vec<&PathBuf> = files.iter().filter(|file| !flushed.contains(*file)).collect();
        let flush = |file: &&PathBuf| self.disk.flush(file).map_err(|error| unwritten(file, &error));
        std::thread::scope(|scope| {
            let shares = files.chunks(files.len().div_ceil(FLUSHES).max(1));
            let flushes: Vec<_> = shares.map(|share| scope.spawn(|| share.iter().try_for_each(flush))).collect();
            let stopped = |_| Err(anyhow!("a flush stopped"));
            flushes.into_iter().try_for_each(|one| one.join().unwrap_or_else(stopped))
        })
    }

    /// Stops flushing ahead; gives what was flushed.
    fn end_ahead(&mut self) -> BTreeSet<PathBuf> {
        std::mem::take(&mut self.ahead).into_inner().flatten().map(Ahead::end).unwrap_or_default()
    }

    fn at(&self, name: &str) -> PathBuf {
        self.out.join(name)
    }

    fn folder_of(&self, path: &Path) -> anyhow::Result<()> {
        let Some(folder) = path.parent() else { return Ok(()) };
        self.disk.make_folder(folder).map_err(|error| unwritten(folder, &error))
    }

    /// Removes what is no result. What cannot be removed now is removed by the next run.
    fn clear(&self) {
        for name in [NEW, COMPLETE, OLD] {
            let _ = self.disk.remove_folder(&self.at(name));
        }
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        self.end_ahead();
        // Complete results that are not all in their places are left for the next run.
        if !self.at(COMPLETE).is_dir() {
            self.clear();
        }
    }
}

/// A place that cannot be written to, for the officer.
pub fn unwritten(place: &Path, error: &io::Error) -> anyhow::Error {
    anyhow!(CANNOT_WRITE.say().with("place", place.display()).with_label("why", trouble::why(error)))
}

/// The results below a folder of complete results.
fn results_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let files = files_below(folder)?.into_iter();
    Ok(files.filter(|name| name != Path::new(OUTDATED)).collect())
}

/// The files below a folder, by relative path, sorted.
fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).map_err(|error| unwritten(&next, &error))? {
            let entry = entry?;
            let path = entry.path();
            match entry.file_type()?.is_dir() {
                true => open.push(path),
                false => files.extend(path.strip_prefix(folder).map(Path::to_owned)),
            }
        }
    }
    files.sort();
    Ok(files)
}

//! Complete results move to their places, and previous ones aside and back.

use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::Disk;
use super::{COMPLETE, NEW, OLD, OUTDATED, Staging, unwritten};
use crate::writers::names::is_hand_back_name;

/// Waits between attempts to move a file that another program holds: virus scanners and Excel let go soon, or not at all.
const WAITS: [Duration; 4] =
    [Duration::from_millis(50), Duration::from_millis(150), Duration::from_millis(300), Duration::from_millis(500)];

/// What moves by one step: a result, or a folder of results of which no other stands in the output folder.
#[derive(Debug)]
pub struct Move {
    name: PathBuf,
    /// The results below a folder; a result itself.
    results: Vec<PathBuf>,
}

impl Staging {
    /// How results, which are sorted, move to their places.
    ///
    /// # Errors
    /// When a folder stands where a result is to stand, or something else where a folder is.
    pub(super) fn moves(&self, results: Vec<PathBuf>) -> anyhow::Result<Vec<Move>> {
        let mut moves: Vec<Move> = Vec::new();
        for result in results {
            match moves.last_mut() {
                Some(folder) if result.starts_with(&folder.name) => folder.results.push(result),
                _ => moves.push(Move { name: self.free(&result)?, results: vec![result] }),
            }
        }
        Ok(moves)
    }

    /// Takes outdated results away and moves complete ones to their places; after an error, `moved` are those that were.
    ///
    /// # Errors
    /// When one cannot be moved.
    pub(super) fn put_in_place(&self, moves: &[Move], moved: &mut Vec<PathBuf>) -> anyhow::Result<()> {
        let outdated = self.outdated();
        for name in &outdated {
            self.take_away(name)?;
            moved.push(name.clone());
        }
        for one in moves {
            self.put_one_in_place(one, moved)?;
        }
        for folder in outdated.iter().filter_map(|name| name.parent()) {
            // Fails where something is left in it, which then stays.
            let _ = self.disk.remove_empty(&self.out.join(folder));
        }
        // What cannot be flushed now, the system flushes later.
        let _ = self.disk.settle(&self.out);
        // Without results; where it stays nevertheless, the next run finds nothing to move.
        let _ = self.disk.remove_folder(&self.at(COMPLETE));
        Ok(())
    }

    /// Puts previous results back to their places, the last one first. Where that fails too, complete results stay complete,
    /// and the next run moves them.
    pub(super) fn put_back(&self, moved: &[PathBuf]) {
        let back = moved.iter().rev().try_for_each(|name| -> anyhow::Result<()> {
            let (new, target, old) = (self.at(COMPLETE).join(name), self.out.join(name), self.aside(name));
            // An outdated result has none in its place.
            if target.exists() {
                // The folder may have moved with it.
                self.folder_of(&new)?;
                self.patiently(|disk| disk.rename(&target, &new))?;
            }
            if old.exists() {
                self.patiently(|disk| disk.rename(&old, &target))?;
            }
            Ok(())
        });
        if back.is_ok() {
            // From here on the new results count no more.
            let _ = self.disk.rename(&self.at(COMPLETE), &self.at(NEW));
        }
    }

    /// The topmost folder of a result that does not stand in the output folder; the result itself where all do.
    fn free(&self, result: &Path) -> anyhow::Result<PathBuf> {
        let mut place = PathBuf::new();
        for part in result {
            place.push(part);
            let target = self.out.join(&place);
            let Ok(standing) = target.metadata() else { break };
            let in_the_way = match (standing.is_dir(), place == result) {
                (true, true) => io::ErrorKind::IsADirectory,
                (false, false) => io::ErrorKind::NotADirectory,
                (true, false) | (false, true) => continue,
            };
            return Err(unwritten(&target, &in_the_way.into()));
        }
        Ok(place)
    }

    /// The outdated results that still stand, as a file among the complete ones lists them.
    fn outdated(&self) -> Vec<PathBuf> {
        let listed = std::fs::read_to_string(self.at(COMPLETE).join(OUTDATED)).unwrap_or_default();
        let named = listed.lines().filter(|name| is_hand_back_name(name)).map(PathBuf::from);
        named.filter(|name| self.out.join(name).is_file()).collect()
    }

    /// Where a previous result stands aside: in no folder of its own, which would have to be made and removed.
    fn aside(&self, name: &Path) -> PathBuf {
        let parts: Vec<&OsStr> = name.iter().collect();
        self.at(OLD).join(parts.join(OsStr::new("+")))
    }

    /// Moves an outdated result aside.
    fn take_away(&self, name: &Path) -> anyhow::Result<()> {
        let (target, old) = (self.out.join(name), self.aside(name));
        self.folder_of(&old)?;
        self.patiently(|disk| disk.rename(&target, &old)).map_err(|error| unwritten(&target, &error))
    }

    /// A folder moves as a whole, and result by result where the system does not have that: on Windows, as long as
    /// another program looks into it.
    fn put_one_in_place(&self, one: &Move, moved: &mut Vec<PathBuf>) -> anyhow::Result<()> {
        let is_folder = !one.results.contains(&one.name);
        if is_folder && self.disk.rename(&self.at(COMPLETE).join(&one.name), &self.out.join(&one.name)).is_ok() {
            moved.extend_from_slice(&one.results);
            return Ok(());
        }
        for name in &one.results {
            self.replace(name)?;
            moved.push(name.clone());
        }
        Ok(())
    }

    /// Moves one result to its place, and what stood there aside.
    fn replace(&self, name: &Path) -> anyhow::Result<()> {
        let (new, target, old) = (self.at(COMPLETE).join(name), self.out.join(name), self.aside(name));
        self.folder_of(&target)?;
        let fault = |error: io::Error| unwritten(&target, &error);
        if target.exists() && !old.exists() {
            self.folder_of(&old)?;
            // By a second name, so that the place is never empty; not every file system has that.
            if self.disk.link(&target, &old).is_err() {
                self.patiently(|disk| disk.rename(&target, &old)).map_err(fault)?;
            }
        }
        self.patiently(|disk| disk.rename(&new, &target)).map_err(|error| {
            let _ = if target.exists() { Ok(()) } else { self.disk.rename(&old, &target) };
            fault(error)
        })
    }

    fn patiently(&self, attempt: impl Fn(&dyn Disk) -> io::Result<()>) -> io::Result<()> {
        for wait in WAITS {
            match attempt(self.disk.as_ref()) {
                Ok(()) => return Ok(()),
                Err(_) => self.disk.wait(wait),
            }
        }
        attempt(self.disk.as_ref())
    }
}

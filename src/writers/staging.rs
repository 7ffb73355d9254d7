//! Results appear all at once: written beside their final place, renamed when every part is complete.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use tempfile::TempDir;

use super::names::is_hand_back_name;
use crate::model::trouble;
use crate::texts;

texts! {
    CANNOT_WRITE = "không ghi được vào «{place}»: {why}. Nếu tệp đang mở trong Excel thì đóng lại rồi chạy lại; nếu không, chọn nơi khác bằng --out." / "cannot write to \"{place}\": {why}. If the file is open in Excel, close it and run again; otherwise choose another place by --out.";
}

/// A hidden folder inside the output folder; dropped unpublished, it leaves the previous results whole.
#[derive(Debug)]
pub struct Staging {
    folder: TempDir,
    out: PathBuf,
    outdated: Vec<PathBuf>,
}

impl Staging {
    /// Begins a set of results for an output folder, which is created where it is absent.
    ///
    /// # Errors
    /// When the folder cannot be created or written to.
    pub fn begin(out: &Path) -> anyhow::Result<Self> {
        std::fs::create_dir_all(out).map_err(|error| unwritten(out, &error))?;
        let folder = tempfile::Builder::new().prefix(".tonghop-").tempdir_in(out);
        let folder = folder.map_err(|error| unwritten(out, &error))?;
        Ok(Self { folder, out: out.to_owned(), outdated: Vec::new() })
    }

    /// Where a result is to be written for now; folders of its name are made.
    ///
    /// # Errors
    /// When a folder cannot be made.
    pub fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).map_err(|error| unwritten(parent, &error))?;
        }
        Ok(path)
    }

    /// Writes a text as a result.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, name: &str, text: &str) -> anyhow::Result<()> {
        let path = self.path(name)?;
        std::fs::write(&path, text).map_err(|error| unwritten(&path, &error))
    }

    /// Has hand-backs of an earlier run go away when the results are published, save those that are written again.
    /// The names come from a record that anyone may have changed: what is not named as a hand-back stays.
    pub fn replaces(&mut self, earlier: &[String]) {
        self.outdated = earlier.iter().filter(|name| is_hand_back_name(name)).map(PathBuf::from).collect();
    }

    /// Moves every result to its final place, and takes the outdated ones away.
    ///
    /// # Errors
    /// When one cannot be moved, as when it is open in Excel.
    pub fn publish(self) -> anyhow::Result<()> {
        let names = files_below(self.folder.path())?;
        // Found out before the first result is moved, so that the previous ones stay whole.
        if let Some(taken) = names.iter().map(|name| self.out.join(name)).find(|target| target.is_dir()) {
            return Err(unwritten(&taken, &std::io::ErrorKind::IsADirectory.into()));
        }
        self.set_aside(&names)?;
        for name in names {
            let target = self.out.join(&name);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent).map_err(|error| unwritten(parent, &error))?;
            }
            let moved = std::fs::rename(self.folder.path().join(&name), &target);
            moved.map_err(|error| unwritten(&target, &error))?;
        }
        for folder in self.outdated.iter().filter_map(|name| name.parent()) {
            // Fails where something is left in it, which then stays.
            let _ = std::fs::remove_dir(self.out.join(folder));
        }
        Ok(())
    }

    /// Moves outdated results into the hidden folder, which goes away; none where one cannot be moved.
    fn set_aside(&self, names: &[PathBuf]) -> anyhow::Result<()> {
        let aside = self.folder.path().join("aside");
        std::fs::create_dir(&aside).map_err(|error| unwritten(&aside, &error))?;
        let outdated = self.outdated.iter().filter(|name| !names.contains(name)).map(|name| self.out.join(name));
        let mut moved: Vec<(PathBuf, PathBuf)> = Vec::new();
        for (number, from) in outdated.filter(|path| path.is_file()).enumerate() {
            let to = aside.join(number.to_string());
            if let Err(error) = std::fs::rename(&from, &to) {
                // What cannot be moved back either is lost to the officer no more than it was meant to be.
                moved.iter().for_each(|(from, to)| drop(std::fs::rename(to, from)));
                return Err(unwritten(&from, &error));
            }
            moved.push((from, to));
        }
        Ok(())
    }
}

/// A place that cannot be written to, for the officer.
pub fn unwritten(place: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!(CANNOT_WRITE.say().with("place", place.display()).with_label("why", trouble::why(error)))
}

/// The files below a folder, by relative path, sorted.
fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).map_err(|error| unwritten(&next, &error))? {
            let path = entry?.path();
            match path.is_dir() {
                true => open.push(path),
                false => files.extend(path.strip_prefix(folder).map(Path::to_owned)),
            }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_folder_in_the_way_of_one_result_leaves_all_others_as_they_were() {
        let out = tempfile::tempdir().unwrap();
        std::fs::create_dir(out.path().join("b.txt")).unwrap();
        let staging = Staging::begin(out.path()).unwrap();
        for name in ["a.txt", "b.txt"] {
            staging.write(name, "x").unwrap();
        }
        assert!(staging.publish().is_err());
        assert!(!out.path().join("a.txt").exists());
    }

    #[test]
    fn results_appear_only_when_published() {
        let out = tempfile::tempdir().unwrap();
        let staging = Staging::begin(out.path()).unwrap();
        std::fs::write(staging.path("a/b.txt").unwrap(), "x").unwrap();
        assert!(!out.path().join("a/b.txt").exists());
        staging.publish().unwrap();
        assert_eq!(std::fs::read_to_string(out.path().join("a/b.txt")).unwrap(), "x");
        assert_eq!(std::fs::read_dir(out.path()).unwrap().count(), 1);
    }

    #[test]
    fn hand_backs_of_an_earlier_run_go_away_and_nothing_else_does() {
        let out = tempfile::tempdir().unwrap();
        let earlier = ["tra-lai/178/178-2019.xlsx", "tra-lai/179/179-2019.xlsx", "tra-lai/180/180-2019.xlsx"];
        let others = ["tra-lai/180/ghi-chu.txt", "tra-lai/181/181-2019.xlsx", "danh-sach.xlsx"];
        for name in earlier.iter().chain(&others) {
            std::fs::create_dir_all(out.path().join(name).parent().unwrap()).unwrap();
            std::fs::write(out.path().join(name), "old").unwrap();
        }
        let mut staging = Staging::begin(out.path()).unwrap();
        staging.write(earlier[0], "new").unwrap();
        let recorded = [&earlier[..], &["danh-sach.xlsx", "tra-lai/180/ghi-chu.txt", "tra-lai/182/182-2019.xlsx"]];
        staging.replaces(&recorded.concat().iter().map(|name| (*name).to_owned()).collect::<Vec<_>>());
        staging.publish().unwrap();
        assert_eq!(std::fs::read_to_string(out.path().join(earlier[0])).unwrap(), "new");
        assert!(earlier[1..].iter().all(|name| !out.path().join(name).exists()));
        assert!(others.iter().all(|name| out.path().join(name).exists()));
        assert!(!out.path().join("tra-lai/179").exists());
    }
}

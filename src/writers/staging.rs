//! Results appear all at once: written beside their final place, renamed when every part is complete.

use std::path::{Path, PathBuf};

use anyhow::anyhow;
use tempfile::TempDir;

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
        Ok(Self { folder, out: out.to_owned() })
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

    /// Moves every result to its final place.
    ///
    /// # Errors
    /// When one cannot be moved, as when it is open in Excel.
    pub fn publish(self) -> anyhow::Result<()> {
        let names = files_below(self.folder.path())?;
        // Found out before the first result is moved, so that the previous ones stay whole.
        if let Some(taken) = names.iter().map(|name| self.out.join(name)).find(|target| target.is_dir()) {
            return Err(unwritten(&taken, &std::io::ErrorKind::IsADirectory.into()));
        }
        for name in names {
            let target = self.out.join(&name);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent).map_err(|error| unwritten(parent, &error))?;
            }
            let moved = std::fs::rename(self.folder.path().join(&name), &target);
            moved.map_err(|error| unwritten(&target, &error))?;
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
}

//! Results appear all at once: written beside their final place, renamed when every part is complete.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use tempfile::TempDir;

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
        let fault =
            || format!("không ghi được vào thư mục {0} (cannot write to {0}): chọn nơi khác bằng --out", out.display());
        std::fs::create_dir_all(out).with_context(fault)?;
        let folder = tempfile::Builder::new().prefix(".tonghop-").tempdir_in(out).with_context(fault)?;
        Ok(Self { folder, out: out.to_owned() })
    }

    /// Where a result is to be written for now; folders of its name are made.
    ///
    /// # Errors
    /// When a folder cannot be made.
    pub fn path(&self, name: &str) -> anyhow::Result<PathBuf> {
        let path = self.folder.path().join(name);
        if let Some(parent) = path.parent() {
            std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
        }
        Ok(path)
    }

    /// Moves every result to its final place.
    ///
    /// # Errors
    /// When one cannot be moved, as when it is open in Excel.
    pub fn publish(self) -> anyhow::Result<()> {
        for name in files_below(self.folder.path())? {
            let target = self.out.join(&name);
            if let Some(parent) = target.parent() {
                std::fs::create_dir_all(parent).with_context(|| parent.display().to_string())?;
            }
            if target.is_dir() {
                bail!("{} là thư mục (is a folder)", target.display());
            }
            std::fs::rename(self.folder.path().join(&name), &target).with_context(|| {
                format!("không thay được {0} (cannot replace {0}): đóng tệp trong Excel rồi chạy lại", target.display())
            })?;
        }
        Ok(())
    }
}

/// The files below a folder, by relative path, sorted.
fn files_below(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).with_context(|| next.display().to_string())? {
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

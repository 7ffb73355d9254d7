//! The files of a folder.

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// A file to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileFound {
    /// Where it is.
    pub path: PathBuf,
    /// Its path below the folder, with `/`.
    pub name: String,
}

impl FileFound {
    /// A file by itself, named without its folder.
    pub fn at(path: &Path) -> Self {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { path: path.to_owned(), name }
    }
}

/// What a folder holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// Files to be read, in name order.
    pub files: Vec<FileFound>,
    /// Lock files, hidden files and the like, by name, in order.
    pub skipped: Vec<String>,
}

/// Lists the files below a folder, subfolders included; a single file is a listing of one.
///
/// # Errors
/// When the path does not exist, cannot be read, or holds no file to be read.
pub fn list(input: &Path) -> anyhow::Result<Listing> {
    let seen = std::fs::metadata(input)
        .with_context(|| format!("không có tệp hoặc thư mục «{0}» (no such file or folder: {0})", input.display()))?;
    let mut listing = Listing::default();
    if seen.is_file() {
        listing.files.push(FileFound::at(input));
        return Ok(listing);
    }
    let mut open = vec![input.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).with_context(|| folder.display().to_string())? {
            let path = entry?.path();
            let below = path.strip_prefix(input).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            match (skipped(&path), path.is_dir() && !path.is_symlink()) {
                (true, _) => listing.skipped.push(below),
                (false, true) => open.push(path),
                (false, false) => listing.files.push(FileFound { path, name: below }),
            }
        }
    }
    listing.files.sort_by(|a, b| a.name.cmp(&b.name));
    listing.skipped.sort();
    if listing.files.is_empty() {
        bail!("thư mục «{0}» không có tệp nào để đọc (no file to read in {0})", input.display());
    }
    Ok(listing)
}

/// Files that programs leave beside workbooks: locks, thumbnails, hidden files.
fn skipped(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.starts_with("~$") || name.starts_with('.') || name == "thumbs.db" || name == "desktop.ini"
}

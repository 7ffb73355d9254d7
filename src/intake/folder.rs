//! The files of a folder.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::model::trouble;
use crate::texts;

texts! {
    NO_INPUT = "không mở được «{place}»: {why}. Nêu thư mục chứa các tệp của huyện, hoặc một tệp." / "\"{place}\" cannot be opened: {why}. Name the folder of the districts' files, or one file.";
    NO_FILE = "thư mục «{place}» không có tệp nào để đọc (bỏ qua {skipped} tệp tạm hoặc ẩn). Chép các tệp của huyện vào đó rồi chạy lại." / "there is no file to read in folder \"{place}\" ({skipped} temporary or hidden files skipped). Copy the districts' files there, then run again.";
}

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
    let seen = std::fs::metadata(input).map_err(|error| unopened(input, &error))?;
    let mut listing = Listing::default();
    if !seen.is_dir() {
        listing.files.push(FileFound::at(input));
        return Ok(listing);
    }
    let mut open = vec![input.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(|error| unopened(&folder, &error))? {
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
        bail!(NO_FILE.say().with("place", input.display()).with("skipped", listing.skipped.len()));
    }
    Ok(listing)
}

fn unopened(place: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!(NO_INPUT.say().with("place", place.display()).with_label("why", trouble::why(error)))
}

/// Files that programs leave beside workbooks: locks, thumbnails, hidden files.
fn skipped(path: &Path) -> bool {
    let name = path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.starts_with("~$") || name.starts_with('.') || name == "thumbs.db" || name == "desktop.ini"
}

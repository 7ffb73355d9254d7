//! The files of a folder.

use std::path::{Path, PathBuf};

use anyhow::{anyhow, bail};

use crate::model::trouble;
use crate::texts;

texts! {
    NO_INPUT = "không mở được «{place}»: {why}. Nêu thư mục chứa các tệp của huyện, hoặc một tệp." / "\"{place}\" cannot be opened: {why}. Name the folder of the districts' files, or one file.";
    NO_FILE = "thư mục «{place}» không có tệp nào để đọc (bỏ qua {skipped} tệp tạm, ẩn hoặc kết quả cũ). Chép các tệp của huyện vào đó rồi chạy lại." / "there is no file to read in folder \"{place}\" ({skipped} temporary or hidden files or earlier results skipped). Copy the districts' files there, then run again.";
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
    /// Lock files, hidden files, earlier results and the like, by name, in order; a folder ends in `/`.
    pub skipped: Vec<String>,
}

/// What the tool itself writes: both together mark a folder of results.
const RESULTS: [&str; 2] = ["ket-qua.json", "tong-hop.xlsx"];
/// The folder of what districts get back, among the results.
const HAND_BACKS: &str = "tra-lai";

/// Lists the files below a folder, subfolders included; a single file is a listing of one. Links are listed, never
/// followed; a subfolder that cannot be opened is listed like a file, and refused like one. Results of an earlier
/// run are no returns: they are skipped, be they a folder of their own or written into this one.
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
        let entries = match std::fs::read_dir(&folder) {
            Err(_) if folder != input => {
                let name = below(&folder, input);
                listing.files.push(FileFound { path: folder, name });
                continue;
            }
            entries => entries.map_err(|error| unopened(&folder, &error))?,
        };
        let results = holds_results(&folder);
        for entry in entries {
            let path = entry?.path();
            let name = below(&path, input);
            let is_folder = path.is_dir() && !path.is_symlink();
            match () {
                () if is_folder && (skipped(&path) || holds_results(&path)) => listing.skipped.push(name + "/"),
                () if skipped(&path) || (results && is_result(&path)) => listing.skipped.push(name),
                () if is_folder => open.push(path),
                () => listing.files.push(FileFound { path, name }),
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

/// The path below the folder, with `/`; letters that are no Unicode become �.
fn below(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// What programs leave beside workbooks (locks, thumbnails, hidden files), and hand-backs.
fn skipped(path: &Path) -> bool {
    let name = name(path);
    let is_left = name.starts_with("~$") || name.starts_with('.') || name == "thumbs.db" || name == "desktop.ini";
    is_left || (name == HAND_BACKS && path.is_dir())
}

fn holds_results(folder: &Path) -> bool {
    RESULTS.iter().all(|name| folder.join(name).is_file())
}

fn is_result(path: &Path) -> bool {
    RESULTS.contains(&name(path).as_str())
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().to_lowercase()).unwrap_or_default()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::fs;

    use super::*;
    use crate::intake::open;
    use crate::model::{Lang, RefusalKind};

    /// A folder with empty files at these paths.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        folder
    }

    fn names(listing: &Listing) -> Vec<&str> {
        listing.files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn subfolders_are_read_and_what_programs_leave_is_counted() {
        let folder = folder(&[
            "178.xlsx",
            "182-van-lang/báo cáo.xlsx",
            "182-van-lang/~$báo cáo.xlsx",
            "182-van-lang/._báo cáo.xlsx",
            ".~lock.178.xlsx#",
            ".DS_Store",
            "Thumbs.db",
            "DESKTOP.INI",
            ".git/config",
        ]);
        let listing = list(folder.path()).unwrap();
        assert_eq!(names(&listing), ["178.xlsx", "182-van-lang/báo cáo.xlsx"]);
        let skipped = [
            ".DS_Store",
            ".git/",
            ".~lock.178.xlsx#",
            "182-van-lang/._báo cáo.xlsx",
            "182-van-lang/~$báo cáo.xlsx",
            "DESKTOP.INI",
            "Thumbs.db",
        ];
        assert_eq!(listing.skipped, skipped);
    }

    #[test]
    fn earlier_results_are_no_returns() {
        let results = ["ket-qua.json", "tong-hop.xlsx", "tra-lai/178/178.xlsx"];
        let inside = folder(&["178.xlsx", results[0], results[1], results[2]]);
        let listing = list(inside.path()).unwrap();
        assert_eq!(names(&listing), ["178.xlsx"]);
        assert_eq!(listing.skipped, ["ket-qua.json", "tong-hop.xlsx", "tra-lai/"]);

        let beside = folder(&["2019/178.xlsx", "2019-ket-qua/ket-qua.json", "2019-ket-qua/tong-hop.xlsx"]);
        let listing = list(beside.path()).unwrap();
        assert_eq!(names(&listing), ["2019/178.xlsx"]);
        assert_eq!(listing.skipped, ["2019-ket-qua/"]);

        // One of the two alone may be a file of that name that someone sent.
        let alone = folder(&["tong-hop.xlsx"]);
        assert_eq!(names(&list(alone.path()).unwrap()), ["tong-hop.xlsx"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_and_pipes_are_named_and_never_opened() {
        let folder = folder(&["thật/178.xlsx"]);
        std::os::unix::fs::symlink(folder.path().join("thật"), folder.path().join("lối tắt")).unwrap();
        std::os::unix::fs::symlink("/nowhere", folder.path().join("hỏng.xlsx")).unwrap();
        let pipe = folder.path().join("ống.xlsx");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
        let listing = list(folder.path()).unwrap();
        assert_eq!(names(&listing), ["hỏng.xlsx", "lối tắt", "thật/178.xlsx", "ống.xlsx"]);
        for (position, words) in [(0, "liên kết"), (1, "liên kết"), (3, "ống dẫn")] {
            let refusal = open(&listing.files[position]).1.err().unwrap();
            assert_eq!(refusal.kind, RefusalKind::Unsafe);
            assert!(refusal.found.get(Lang::Vi).contains(words), "{refusal:?}");
        }
    }

    #[test]
    fn a_folder_that_cannot_be_listed_is_refused_like_a_file() {
        let folder = folder(&["182/a.xlsx"]);
        let found = FileFound { path: folder.path().join("182"), name: "182".to_owned() };
        let refusal = open(&found).1.err().unwrap();
        assert_eq!(refusal.found.get(Lang::Vi), "không mở được thư mục «182»");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn broken_names_are_listed_and_opened() {
        use std::os::unix::ffi::OsStrExt;
        let folder = folder(&["a.xlsx"]);
        let broken = std::ffi::OsStr::from_bytes(b"B\xB8o c\xB8o.csv");
        fs::write(folder.path().join(broken), "a;b\n1;2\n").unwrap();
        let listing = list(folder.path()).unwrap();
        assert_eq!(names(&listing), ["B\u{fffd}o c\u{fffd}o.csv", "a.xlsx"]);
        assert!(open(&listing.files[0]).1.is_ok());
    }
}

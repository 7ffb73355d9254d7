//! The files of a definition: inside the binary, or in a folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::anyhow;
use include_dir::{Dir, include_dir};

use crate::model::{Mistake, trouble};
use crate::texts;

texts! {
    UNREADABLE = "không đọc được «{place}»: {why}. Xem lại đường dẫn và quyền đọc." / "\"{place}\" cannot be read: {why}. Look over the path and the right to read it.";
}

const FORM: &str = "form.toml";

/// The files of a definition: path relative to its folder (`form.toml`, `lists/units.csv`) and text.
pub type Files = BTreeMap<String, String>;

static TEMPLATES: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Names of the forms inside the binary; the first is the default.
pub fn built_in() -> Vec<&'static str> {
    let mut names: Vec<&str> = TEMPLATES.dirs().filter_map(|dir| dir.path().to_str()).collect();
    names.sort_unstable();
    names
}

/// The files of a form inside the binary.
pub fn built_in_files(name: &str) -> Option<Files> {
    let dir = TEMPLATES.dirs().find(|dir| dir.path().to_str() == Some(name))?;
    let mut files = Files::new();
    let mut open = vec![dir];
    while let Some(next) = open.pop() {
        open.extend(next.dirs());
        for file in next.files() {
            let below = file.path().strip_prefix(dir.path()).ok().and_then(Path::to_str);
            if let (Some(below), Some(text)) = (below, file.contents_utf8()) {
                files.insert(below.replace('\\', "/"), text.to_owned());
            }
        }
    }
    Some(files)
}

/// Reads the files of a definition folder, or of the folder that holds the given `form.toml`. The inner error is of
/// files that are no UTF-8 text, as a spreadsheet saves them when it is not told otherwise.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_files(path: &Path) -> anyhow::Result<Result<Files, Vec<Mistake>>> {
    let folder = if path.is_dir() {
        path
    } else {
        path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
    };
    let mut wanted: BTreeMap<String, PathBuf> = BTreeMap::new();
    if !path.is_dir() {
        wanted.insert(FORM.to_owned(), path.to_owned());
    }
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).map_err(|error| unreadable(&next, &error))? {
            let path = entry.map_err(|error| unreadable(&next, &error))?.path();
            let kind = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
            let depth = path.strip_prefix(folder).map_or(0, |below| below.components().count());
            if path.is_dir() && depth <= 2 {
                open.push(path);
            } else if kind == "csv" || (kind == "toml" && !wanted.contains_key(FORM)) {
                let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                wanted.insert(below, path);
            }
        }
    }
    let (mut files, mut mistakes) = (Files::new(), Vec::new());
    for (name, path) in wanted {
        let bytes = std::fs::read(&path).map_err(|error| unreadable(&path, &error))?;
        match String::from_utf8(bytes) {
            Ok(text) => drop(files.insert(name, text)),
            Err(fault) => mistakes.push(not_utf8(name, &fault)),
        }
    }
    Ok(if mistakes.is_empty() { Ok(files) } else { Err(mistakes) })
}

fn not_utf8(file: String, fault: &std::string::FromUtf8Error) -> Mistake {
    let sound = fault.as_bytes().iter().take(fault.utf8_error().valid_up_to());
    let line = sound.filter(|byte| **byte == b'\n').count() + 1;
    let hint = Some("save it as UTF-8 (in Excel: CSV UTF-8)".to_owned());
    Mistake { file, line, column: 1, what: "this is no UTF-8 text".to_owned(), hint }
}

fn unreadable(place: &Path, error: &std::io::Error) -> anyhow::Error {
    anyhow!(UNREADABLE.say().with("place", place.display()).with_label("why", trouble::why(error)))
}

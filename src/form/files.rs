//! The files of a definition: inside the binary, or in a folder.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use include_dir::{Dir, include_dir};

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

/// Reads the files of a definition folder, or of the folder that holds the given `form.toml`.
///
/// # Errors
/// When the folder or a file in it cannot be read.
pub fn read_files(path: &Path) -> anyhow::Result<Files> {
    let folder = if path.is_dir() { path } else { path.parent().unwrap_or(Path::new(".")) };
    let mut files = Files::new();
    if !path.is_dir() {
        files.insert("form.toml".to_owned(), read(path)?);
    }
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).with_context(|| next.display().to_string())? {
            let path = entry?.path();
            let kind = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_owned();
            let depth = path.strip_prefix(folder).map_or(0, |below| below.components().count());
            if path.is_dir() && depth <= 2 {
                open.push(path);
            } else if kind == "csv" || (kind == "toml" && !files.contains_key("form.toml")) {
                let below = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                files.insert(below, read(&path)?);
            }
        }
    }
    Ok(files)
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| path.display().to_string())
}

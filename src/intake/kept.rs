//! A text that an earlier run left in its folder of results.

use std::io::ErrorKind;

use super::{FileFound, open, refusals};
use crate::model::Refusal;

/// The text of a file; `None` where there is no such file.
///
/// # Errors
/// A [`Refusal`] when the file cannot be read, is no regular file, or passes the size limit.
pub fn kept(found: &FileFound) -> Result<Option<String>, Refusal> {
    match std::fs::symlink_metadata(&found.path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        _ => {}
    }
    let bytes = open::bytes(found, &mut open::unread(found))?;
    String::from_utf8(bytes).map(Some).map_err(|_| refusals::damaged(&found.name, ""))
}

//! Failures of the machine, said in both languages: a [`Sentence`] may be the message of an error.

use std::{fmt, io};

use super::{Label, Lang, Sentence};
use crate::texts;

texts! {
    ABSENT = "không tìm thấy" / "it was not found";
    NO_RIGHT = "không có quyền" / "no right to do so";
    TAKEN = "đã có tệp cùng tên" / "there is a file of that name";
    NO_FOLDER = "không phải thư mục" / "it is no folder";
    A_FOLDER = "là một thư mục" / "it is a folder";
    FULL = "ổ đĩa đầy" / "the disk is full";
    READ_ONLY = "ổ đĩa chỉ cho đọc" / "the disk is read-only";
}

impl fmt::Display for Sentence {
    /// The Vietnamese; the screen asks for the language it wants.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.get(Lang::Vi))
    }
}

impl std::error::Error for Sentence {}

/// What the system answered, in words; its own words where these are not known.
pub fn why(error: &io::Error) -> Label {
    let text = match error.kind() {
        io::ErrorKind::NotFound => ABSENT,
        io::ErrorKind::PermissionDenied => NO_RIGHT,
        io::ErrorKind::AlreadyExists => TAKEN,
        io::ErrorKind::NotADirectory => NO_FOLDER,
        io::ErrorKind::IsADirectory => A_FOLDER,
        io::ErrorKind::StorageFull => FULL,
        io::ErrorKind::ReadOnlyFilesystem => READ_ONLY,
        _ => return Label::same(error.to_string()),
    };
    Label::from(&text)
}

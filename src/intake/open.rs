//! Opening one file: size, content, digest, and a reader of its cells.

use std::hash::Hasher;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::UNIX_EPOCH;

use calamine::{Ods, Reader, Xls, Xlsb, Xlsx};

use super::FileFound;
use super::cells::{Opened, OwnedSheets};
use super::sniff::{Kind, sniff};
use crate::model::{Label, Refusal, RefusalKind, Sentence, SourceFile, Text, Workbook, trouble};
use crate::texts;

texts! {
    NOT_REGULAR = "«{file}» không phải tệp thường (mà là thư mục, liên kết, ống dẫn…)" / "\"{file}\" is no regular file (but a folder, link, pipe …)";
    SEND_FILE = "Gửi lại tệp bảng tính thật." / "Send the workbook itself.";
    LARGE = "tệp «{file}» lớn {size} MB, quá {limit} MB" / "file \"{file}\" has {size} MB, more than {limit} MB";
    MAKE_SMALLER = "Xóa các trang và định dạng thừa rồi lưu lại." / "Remove surplus sheets and formats, then save again.";
    UNREADABLE = "không đọc được tệp «{file}»: {why}" / "file \"{file}\" cannot be read: {why}";
    SEND_AGAIN = "Gửi lại tệp gốc; nếu vẫn mở được bằng Excel thì lưu lại thành .xlsx rồi gửi." / "Send the original again; if Excel still opens it, save it as .xlsx and send that.";
    LOOK_AGAIN = "Xem lại tên tệp và quyền đọc rồi chạy lại." / "Look over its name and the right to read it, then run again.";
    SAVE_AGAIN = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
    PASSWORD = "tệp «{file}» có mật khẩu" / "file \"{file}\" has a password";
    REMOVE_PASSWORD = "Bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi gửi lại." / "Remove the password (File > Info > Protect Workbook) and send it again.";
    NO_WORKBOOK = "«{file}» là {what}, không phải bảng tính" / "\"{file}\" is {what}, not a workbook";
    DAMAGED = "tệp hỏng hoặc chép chưa trọn" / "it is damaged or was not copied whole";
}

/// Files above this size are refused (bytes).
const SIZE_LIMIT: u64 = 256 * 1024 * 1024;

/// Opens a file: what it is, and its cells or why it cannot be used.
pub fn open(found: &FileFound) -> (SourceFile, Result<Box<dyn Workbook + Send>, Refusal>) {
    let mut file = SourceFile { name: found.name.clone(), size: 0, modified: 0, digest: 0, format: "" };
    let opened = bytes(found, &mut file).and_then(|bytes| workbook(bytes, &mut file));
    (file, opened)
}

/// The content of a regular file within the size limit.
fn bytes(found: &FileFound, file: &mut SourceFile) -> Result<Vec<u8>, Refusal> {
    let name = &found.name;
    let unreadable = |error| unreadable(name, &error);
    let seen = std::fs::symlink_metadata(&found.path).map_err(unreadable)?;
    if !seen.is_file() {
        let found = NOT_REGULAR.say().with("file", name);
        return Err(Refusal { kind: RefusalKind::Unsafe, found, remedy: SEND_FILE.say() });
    }
    file.size = seen.len();
    let modified = seen.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    file.modified = modified.and_then(|since| i64::try_from(since.as_secs()).ok()).unwrap_or(0);
    if seen.len() > SIZE_LIMIT {
        let mega = 1024 * 1024;
        let found = LARGE.say().with("file", name).with("size", seen.len() / mega).with("limit", SIZE_LIMIT / mega);
        return Err(Refusal { kind: RefusalKind::TooLarge, found, remedy: MAKE_SMALLER.say() });
    }
    let bytes = std::fs::read(&found.path).map_err(unreadable)?;
    let mut digest = rustc_hash::FxHasher::default();
    digest.write(&bytes);
    file.digest = digest.finish();
    Ok(bytes)
}

fn workbook(bytes: Vec<u8>, file: &mut SourceFile) -> Result<Box<dyn Workbook + Send>, Refusal> {
    let kind = sniff(&bytes);
    file.format = match kind {
        Kind::Xlsx => "xlsx",
        Kind::Xlsb => "xlsb",
        Kind::Ods => "ods",
        Kind::Xls => "xls",
        Kind::Encrypted | Kind::Convertible(_) | Kind::Other(_) => "",
    };
    let name = &file.name;
    let bytes = Cursor::new(bytes);
    // The readers panic on some damaged files (measured); a panic is one refused file, not the end of a run.
    let opened = match kind {
        Kind::Encrypted => Err(password(name)),
        Kind::Convertible(what) => Err(no_workbook(name, &what, SAVE_AGAIN.say())),
        Kind::Other(what) => Err(no_workbook(name, &what, SEND_FILE.say())),
        Kind::Xlsx => guarded(name, || Xlsx::new(bytes).map(OwnedSheets::Xlsx).map_err(|error| error.to_string())),
        Kind::Xlsb => guarded(name, || Xlsb::new(bytes).map(OwnedSheets::Xlsb).map_err(|error| error.to_string())),
        Kind::Ods => guarded(name, || Ods::new(bytes).map(OwnedSheets::Ods).map_err(|error| error.to_string())),
        Kind::Xls => guarded(name, || Xls::new(bytes).map(OwnedSheets::Xls).map_err(|error| error.to_string())),
    };
    Ok(Box::new(Opened::new(name.clone(), opened?)))
}

/// Runs a reader; an error or a panic is a refusal that names the file.
pub(super) fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, Refusal> {
    let outcome = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(String::new()));
    outcome.map_err(|why| match why.to_lowercase().contains("password") {
        true => password(name),
        // What the reader says of the file's insides helps no officer.
        false => Refusal {
            kind: RefusalKind::Unreadable,
            found: UNREADABLE.say().with("file", name).with_label("why", Label::from(&DAMAGED)),
            remedy: SEND_AGAIN.say(),
        },
    })
}

fn no_workbook(name: &str, what: &Text, remedy: Sentence) -> Refusal {
    let found = NO_WORKBOOK.say().with("file", name).with_label("what", Label::from(what));
    Refusal { kind: RefusalKind::NotAWorkbook, found, remedy }
}

/// A file that the machine does not give.
fn unreadable(name: &str, error: &std::io::Error) -> Refusal {
    let why = trouble::why(error);
    let found = UNREADABLE.say().with("file", name).with_label("why", why);
    Refusal { kind: RefusalKind::Unreadable, found, remedy: LOOK_AGAIN.say() }
}

fn password(name: &str) -> Refusal {
    let found = PASSWORD.say().with("file", name);
    Refusal { kind: RefusalKind::Encrypted, found, remedy: REMOVE_PASSWORD.say() }
}

//! Why a file cannot be used, in words: what was found and what to do.

use super::sniff::foreign::Foreign;
use crate::model::{Label, Lang, Refusal, RefusalKind, Sentence, trouble};
use crate::texts;

texts! {
    LINK = "«{file}» là một lối tắt (liên kết), không phải chính tệp" / "\"{file}\" is a link, not the file itself";
    CLOSED = "không mở được thư mục «{file}»" / "folder \"{file}\" cannot be opened";
    GIVE_RIGHT = "Xem lại quyền đọc của thư mục rồi chạy lại." / "Look over the right to read the folder, then run again.";
    SPECIAL = "«{file}» là một tệp đặc biệt của máy (ống dẫn, thiết bị…)" / "\"{file}\" is a special file of the machine (pipe, device …)";
    SEND_FILE = "Gửi lại tệp bảng tính thật." / "Send the workbook itself.";
    LARGE = "tệp «{file}» lớn {size} MB, quá {limit} MB" / "file \"{file}\" has {size} MB, more than {limit} MB";
    MAKE_SMALLER = "Xóa các trang và định dạng thừa rồi lưu lại." / "Remove surplus sheets and formats, then save again.";
    UNREADABLE = "không đọc được tệp «{file}»: {why}" / "file \"{file}\" cannot be read: {why}";
    SAVE_AGAIN = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
    PASSWORD = "tệp «{file}» có mật khẩu" / "file \"{file}\" has a password";
    REMOVE_PASSWORD = "Bỏ mật khẩu (Tệp > Thông tin > Bảo vệ sổ làm việc) rồi gửi lại." / "Remove the password (File > Info > Protect Workbook) and send it again.";
    NO_WORKBOOK = "«{file}» là {what}, không phải bảng tính" / "\"{file}\" is {what}, not a workbook";
    DAMAGED = "tệp hỏng hoặc chép chưa trọn" / "it is damaged or was not copied whole";
    SEND_AGAIN = "Gửi lại tệp gốc; nếu vẫn mở được bằng Excel thì lưu lại thành .xlsx rồi gửi." / "Send the original again; if Excel still opens it, save it as .xlsx and send that.";
    LOOK_AGAIN = "Xem lại tên tệp và quyền đọc rồi chạy lại." / "Look over its name and the right to read it, then run again.";
    CUT = "tệp bị cắt ngắn khi chép hoặc tải về" / "it was cut off when it was copied or downloaded";
    COPY_AGAIN = "Chép hoặc tải lại tệp từ máy gốc rồi gửi lại." / "Copy or download it again from where it was made, and send that.";
    SCATTERED = "các ô có dữ liệu của tệp «{file}» nằm cách nhau quá xa" / "the filled cells of file \"{file}\" stand too far apart";
    SHARED = "nhiều trang của tệp «{file}» dùng chung một nội dung" / "several sheets of file \"{file}\" share one content";
    SAME_NAME = "hai trang của tệp «{file}» trùng tên «{sheet}»" / "two sheets of file \"{file}\" have the name \"{sheet}\"";
    OUTSIDE = "trang «{sheet}» của tệp «{file}» có ô nằm ngoài bảng (A1 đến XFD1048576)" / "sheet \"{sheet}\" of file \"{file}\" has a cell outside the grid (A1 to XFD1048576)";
    ENTITIES = "tệp «{file}» chứa khai báo DOCTYPE, bảng tính không có thứ này" / "file \"{file}\" holds a DOCTYPE, which no workbook has";
}

/// A file that a reader gave up on. What the reader says helps no officer, save that there is a password.
pub fn damaged(file: &str, why: &str) -> Refusal {
    match why.to_lowercase().contains("password") {
        true => password(file),
        false => unreadable(file, DAMAGED.say(), SEND_AGAIN.say()),
    }
}

/// A file that the machine does not give.
pub fn withheld(file: &str, error: &std::io::Error) -> Refusal {
    let found = UNREADABLE.say().with("file", file).with_label("why", trouble::why(error));
    Refusal { kind: RefusalKind::Unreadable, found, remedy: LOOK_AGAIN.say() }
}

/// A file that cannot be read, for a known reason.
pub fn unreadable(file: &str, why: Sentence, remedy: Sentence) -> Refusal {
    let why = Label { vi: why.get(Lang::Vi), en: why.get(Lang::En) };
    let found = UNREADABLE.say().with("file", file).with_label("why", why);
    Refusal { kind: RefusalKind::Unreadable, found, remedy }
}

/// A package without its end.
pub fn truncated(file: &str) -> Refusal {
    unreadable(file, CUT.say(), COPY_AGAIN.say())
}

/// A file with a password.
pub fn password(file: &str) -> Refusal {
    let found = PASSWORD.say().with("file", file);
    Refusal { kind: RefusalKind::Encrypted, found, remedy: REMOVE_PASSWORD.say() }
}

/// A file that is no workbook.
pub fn foreign(file: &str, foreign: Foreign) -> Refusal {
    let found = NO_WORKBOOK.say().with("file", file).with_label("what", Label::from(&foreign.what));
    Refusal { kind: RefusalKind::NotAWorkbook, found, remedy: foreign.remedy() }
}

/// A link; it is not followed.
pub fn link(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::Unsafe, found: LINK.say().with("file", file), remedy: SEND_FILE.say() }
}

/// A folder that cannot be listed.
pub fn closed(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::Unreadable, found: CLOSED.say().with("file", file), remedy: GIVE_RIGHT.say() }
}

/// A pipe, a device; it is not opened.
pub fn special(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::Unsafe, found: SPECIAL.say().with("file", file), remedy: SEND_FILE.say() }
}

/// A file above the size limit; sizes in bytes.
pub fn too_large(file: &str, size: u64, limit: u64) -> Refusal {
    let mega = 1024 * 1024;
    let found = LARGE.say().with("file", file).with("size", size / mega).with("limit", limit / mega);
    Refusal { kind: RefusalKind::TooLarge, found, remedy: MAKE_SMALLER.say() }
}

/// An XML that declares entities: a way to make a small file huge.
pub fn entities(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::Unsafe, found: ENTITIES.say().with("file", file), remedy: SAVE_AGAIN.say() }
}

/// A file whose cells span more than its reader can hold.
pub fn scattered(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::TooLarge, found: SCATTERED.say().with("file", file), remedy: SAVE_AGAIN.say() }
}

/// A file whose sheets are the same one again and again.
pub fn shared(file: &str) -> Refusal {
    Refusal { kind: RefusalKind::Unsafe, found: SHARED.say().with("file", file), remedy: SAVE_AGAIN.say() }
}

/// Two sheets of one name: a reader by names would read the first one twice.
pub fn same_name(file: &str, sheet: &str) -> Refusal {
    let found = SAME_NAME.say().with("file", file).with("sheet", sheet);
    Refusal { kind: RefusalKind::Unsafe, found, remedy: SAVE_AGAIN.say() }
}

/// A cell where no spreadsheet has one.
pub fn outside(file: &str, sheet: &str) -> Refusal {
    let found = OUTSIDE.say().with("file", file).with("sheet", sheet);
    Refusal { kind: RefusalKind::Unreadable, found, remedy: SAVE_AGAIN.say() }
}

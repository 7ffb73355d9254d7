//! Words of the office for levels, statuses, repairs, and the column titles that several lists share.

use crate::model::{Level, RepairKind, RowKind, Status, Text};
use crate::texts;

texts! {
    BLOCK = "Từ chối tệp" / "File refused";
    ERROR = "Lỗi" / "Error";
    WARNING = "Cảnh báo" / "Warning";
    NOTE = "Ghi chú" / "Note";
    RECEIVED = "đã nhận" / "received";
    RETURNED = "trả lại" / "returned";
    MISSING = "thiếu" / "missing";
    SUPERSEDED = "bị thay thế" / "superseded";
    SPACES = "thừa khoảng trắng" / "extra spaces";
    COMPOSED = "dấu tiếng Việt được ghép lại (Unicode dựng sẵn)" / "Vietnamese marks composed (NFC)";
    LEADING_ZERO = "mất số 0 ở đầu" / "lost leading zero";
    TEXT_DATE = "ngày ghi dạng chữ" / "date written as text";
    BARE_YEAR = "chỉ ghi năm, đọc là ngày 01/01" / "year only, read as 1 January";
    FRACTION = "trình độ lớp bị Excel đổi thành ngày" / "school level turned into a date";
    TEXT_NUMBER = "số ghi dạng chữ" / "number written as text";
    ROWS_DATA = "dòng dữ liệu" / "rows of data";
    ROWS_PREFILLED = "dòng chỉ ghi sẵn số thứ tự hoặc giá trị mặc định" / "rows with only a pre-filled number or default";
    ROWS_TOTAL = "dòng tổng, cộng, trong đó" / "rows of totals";
    ROWS_SECTION = "tiêu đề mục" / "section titles";
    ROWS_NUMBERING = "dòng đánh số cột" / "rows of column numbers";
    ROWS_HEADER = "dòng tiêu đề lặp lại" / "repeated headers";
    ROWS_FOOTER = "dòng ngày tháng, chữ ký" / "rows of date and signatures";
    ROWS_NOTHING = "lời khai không phát sinh" / "declarations of nothing to report";
    ROWS_REMARK = "dòng ghi chú ngoài bảng" / "remarks outside the table";
    DECODED = "đổi từ bảng mã cũ (TCVN3, VNI)" / "decoded from a legacy encoding (TCVN3, VNI)";
    LOOK_ALIKE = "chữ giống chữ Việt (Ð thay Đ)" / "look-alike letter (Ð for Đ)";
    DITTO = "như dòng trên (dấu «nt» hoặc ô gộp)" / "as the row above (ditto mark or merged cells)";
    COLUMNS = "ghép từ nhiều cột, hoặc tách từ cột chung" / "put together from several columns, or taken from a joint one";
    BLANK_MARK = "dấu gạch hoặc «không» thay ô trống" / "a dash or \"none\" for a blank cell";
    TWO_DIGIT_YEAR = "năm ghi hai chữ số" / "two-digit year";
    pub SHEET = "Trang tính" / "Sheet";
    pub LEVEL = "Mức" / "Level";
    pub TITLE = "Nội dung kiểm tra" / "Check";
    pub CELL = "Ô" / "Cell";
    pub EXPECTED = "Cần có" / "Expected";
    pub REMEDY = "Cách sửa" / "Remedy";
    pub BEFORE = "Trước" / "Before";
    pub AFTER = "Sau" / "After";
    pub WHY = "Vì sao" / "Reason";
}

/// What rows of a kind are: plural, for counts.
pub fn row_kind(kind: RowKind) -> Text {
    match kind {
        RowKind::Data => ROWS_DATA,
        RowKind::Prefilled => ROWS_PREFILLED,
        RowKind::Total => ROWS_TOTAL,
        RowKind::Section => ROWS_SECTION,
        RowKind::Numbering => ROWS_NUMBERING,
        RowKind::Header => ROWS_HEADER,
        RowKind::Footer => ROWS_FOOTER,
        RowKind::Nothing => ROWS_NOTHING,
        RowKind::Remark => ROWS_REMARK,
    }
}

/// The word for a level.
pub fn level(level: Level) -> Text {
    match level {
        Level::Block => BLOCK,
        Level::Error => ERROR,
        Level::Warning => WARNING,
        Level::Note => NOTE,
    }
}

/// The word for a status.
pub fn status(status: Status) -> Text {
    match status {
        Status::Received => RECEIVED,
        Status::Returned => RETURNED,
        Status::Missing => MISSING,
        Status::Superseded => SUPERSEDED,
    }
}

/// Why a value was repaired.
pub fn repair(kind: RepairKind) -> Text {
    match kind {
        RepairKind::Spaces => SPACES,
        RepairKind::Composed => COMPOSED,
        RepairKind::LeadingZero => LEADING_ZERO,
        RepairKind::TextDate => TEXT_DATE,
        RepairKind::BareYear => BARE_YEAR,
        RepairKind::DateMeantFraction => FRACTION,
        RepairKind::TextNumber => TEXT_NUMBER,
        RepairKind::Decoded => DECODED,
        RepairKind::LookAlike => LOOK_ALIKE,
        RepairKind::Ditto => DITTO,
        RepairKind::Columns => COLUMNS,
        RepairKind::BlankMark => BLANK_MARK,
        RepairKind::TwoDigitYear => TWO_DIGIT_YEAR,
    }
}

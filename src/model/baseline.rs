//! Baseline findings: undeclared, always on. Raised by intake, reading and consolidation; named here once.

use super::{Level, Text};

/// A baseline finding: its id, usual level and title. Its page stands in `src/checks/baseline.md`.
#[derive(Debug, PartialEq, Eq)]
pub struct Baseline {
    /// The id that findings carry: `required-cell`.
    pub id: &'static str,
    /// Its level.
    pub level: Level,
    /// Its title.
    pub title: Text,
}

/// Declares the baseline findings and `ALL`, the list of them.
macro_rules! baseline {
    ($($(#[$meta:meta])* $name:ident = $id:literal, $level:ident, $vi:literal / $en:literal;)+) => {
        $($(#[$meta])* pub const $name: Baseline =
            Baseline { id: $id, level: Level::$level, title: Text { vi: $vi, en: $en } };)+
        /// Every baseline finding.
        pub const ALL: &[&Baseline] = &[$(&$name),+];
    };
}

baseline! {
    /// The file cannot be opened or is damaged.
    UNREADABLE = "unreadable", Block, "Tệp không đọc được" / "File cannot be read";
    /// The file has a password.
    ENCRYPTED = "encrypted", Block, "Tệp có mật khẩu" / "File has a password";
    /// The file is no workbook.
    NOT_A_WORKBOOK = "not-a-workbook", Block, "Tệp không phải bảng tính" / "File is no workbook";
    /// The file passes a size limit.
    TOO_LARGE = "too-large", Block, "Tệp quá lớn" / "File is too large";
    /// The file looks harmful.
    UNSAFE = "unsafe", Block, "Tệp không an toàn" / "File is unsafe";
    /// The workbook is of another form.
    OTHER_FORM = "other-form", Block, "Không đúng biểu mẫu" / "Workbook of another form";
    /// The workbook is of another edition of the form.
    OTHER_EDITION = "other-edition", Warning, "Biểu mẫu cũ" / "Other edition of the form";
    /// The district cannot be told.
    DISTRICT_UNKNOWN = "district-unknown", Block, "Không rõ huyện gửi" / "Unknown district";
    /// The period cannot be told.
    PERIOD_UNKNOWN = "period-unknown", Block, "Không rõ kỳ báo cáo" / "Unknown period";
    /// The period is not the one asked for.
    PERIOD_OTHER = "period-other", Block, "Sai kỳ báo cáo" / "Not the period asked for";
    /// The cut-off date cannot be told; no list can be looked up.
    CUT_OFF_UNKNOWN = "cut-off-unknown", Block, "Không rõ ngày chốt số liệu" / "Unknown cut-off date";
    /// A required value of the cover is blank.
    COVER_REQUIRED = "cover-required", Error, "Thiếu thông tin ở trang đầu" / "Required value of the cover is blank";
    /// A value of the cover is not of its type.
    COVER_VALUE = "cover-value", Error, "Giá trị ở trang đầu không đúng" / "Wrong value on the cover";
    /// A newer file of the same district and period counts.
    SUPERSEDED = "superseded", Note, "Bị thay thế bởi tệp mới hơn" / "Superseded by a newer file";
    /// Two files are identical.
    IDENTICAL = "identical-file", Note, "Tệp trùng hệt" / "Identical file";
    /// An expected district has no usable file.
    DISTRICT_MISSING = "district-missing", Error, "Huyện chưa nộp báo cáo" / "Missing district";
    /// A sheet of the form is missing.
    SHEET_MISSING = "sheet-missing", Error, "Thiếu trang tính" / "Missing sheet";
    /// The file is of another format than its name says; it was read all the same.
    DISGUISED = "other-format", Note, "Đuôi tệp không đúng loại tệp" / "File of another format than its name says";
    /// The cover does not say who sends the file; something else does.
    DISTRICT_INFERRED = "district-inferred", Warning, "Huyện gửi suy ra từ nơi khác" / "District told by something else than the cover";
    /// The cover, the file's name and the communes in the rows name different districts.
    DISTRICT_CONFLICT = "district-conflict", Error, "Thông tin về huyện gửi mâu thuẫn" / "Conflicting districts";
    /// A table was found on several sheets or in several places of one.
    TABLE_CONTINUED = "table-continued", Note, "Bảng nằm ở nhiều nơi" / "Table in several places";
    /// A sheet repeats another one row by row; its rows count once.
    TABLE_COPIED = "table-copied", Note, "Trang chép lại trang khác" / "Sheet that repeats another";
    /// The district declares that there is nothing to report.
    NOTHING_TO_REPORT = "nothing-to-report", Note, "Không phát sinh" / "Nothing to report";
    /// No header row was found.
    HEADER_MISSING = "header-missing", Error, "Không tìm thấy dòng tiêu đề" / "Header row not found";
    /// A column of the form is missing.
    COLUMN_MISSING = "column-missing", Error, "Thiếu cột" / "Missing column";
    /// Two columns have the same title.
    COLUMN_DUPLICATED = "column-duplicated", Error, "Trùng cột" / "Duplicated column";
    /// A column of the sheet is none of the form's.
    COLUMN_UNKNOWN = "column-unknown", Note, "Cột ngoài biểu mẫu" / "Unknown column";
    /// A title could mean several fields.
    COLUMN_AMBIGUOUS = "column-ambiguous", Error, "Tiêu đề cột không rõ nghĩa" / "Ambiguous column";
    /// Filled cells stand outside the table.
    OUTSIDE_TABLE = "outside-table", Note, "Ô nằm ngoài bảng" / "Cells outside the table";
    /// Day and month seem to be swapped in a column.
    DAY_MONTH_SWAPPED = "day-month-swapped", Warning, "Ngày và tháng có thể bị đảo" / "Day and month may be swapped";
    /// A repair that the form asks to be confirmed.
    REPAIR_UNCERTAIN = "repair-to-confirm", Warning, "Giá trị được sửa tự động, cần xác nhận" / "Repaired value to be confirmed";
    /// A value is not of its field's type.
    WRONG_TYPE = "wrong-type", Error, "Giá trị không đúng kiểu" / "Value not of its type";
    /// A cell holds a spreadsheet error.
    ERROR_CELL = "error-cell", Error, "Ô báo lỗi" / "Error cell";
    /// A formula has no stored result.
    UNCOMPUTED = "formula-not-computed", Error, "Công thức chưa được tính" / "Formula not computed";
    /// A required cell is blank.
    REQUIRED_CELL = "required-cell", Error, "Thiếu giá trị bắt buộc" / "Required cell is blank";
}

impl Baseline {
    /// The baseline finding with an id.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|baseline| baseline.id == id).copied()
    }
}

//! What can be wrong with a package, and how the district is told.

use super::package::LIMITS;
use crate::intake::refusals;
use crate::model::{CellAt, Label, Lang, Refusal, RefusalKind, Sentence};
use crate::texts;

texts! {
    IN_FILE = "không đọc được tệp «{file}»: {why}" / "file \"{file}\" cannot be read: {why}";
    IN_SHEET = "không đọc được trang «{sheet}» của tệp «{file}»: {why}" / "sheet \"{sheet}\" of file \"{file}\" cannot be read: {why}";
    AT_CELL = "không đọc được trang «{sheet}» của tệp «{file}» từ ô {cell} trở đi: {why}" / "sheet \"{sheet}\" of file \"{file}\" cannot be read from cell {cell} on: {why}";
    DIRECTORY = "mục lục của gói tệp bị hỏng hoặc bị cắt cụt" / "the directory of the package is damaged or cut off";
    CONTENT = "nội dung nén bị hỏng (sai mã kiểm tra)" / "the compressed content is damaged (wrong checksum)";
    MARKUP = "nội dung XML bị hỏng hoặc bị cắt cụt" / "the XML content is damaged or cut off";
    ENCODING = "nội dung XML không dùng mã UTF-8" / "the XML content is not in UTF-8";
    MISSING = "thiếu một phần của sổ làm việc" / "a part of the workbook is missing";
    PARTS = "có quá {limit} phần bên trong" / "there are more than {limit} parts inside";
    SIZE = "giải nén ra quá {limit} MB" / "it inflates to more than {limit} MB";
    ITEM = "có một ô hoặc một chuỗi quá {limit} MB" / "one cell or string has more than {limit} MB";
    RATIO = "tỉ lệ nén cao bất thường, giống một tệp «bom nén»" / "the compression ratio is abnormal, as in a \"zip bomb\"";
    NAMES = "hai phần bên trong trùng tên hoặc chồng lên nhau" / "two parts inside have the same name or overlap";
    SAME_SHEET = "hai trang trùng tên hoặc dùng chung một nội dung" / "two sheets have the same name or share one content";
    OUTSIDE = "địa chỉ ô sai hoặc nằm ngoài bảng (A1 đến XFD1048576)" / "the cell's address is wrong or outside the sheet (A1 to XFD1048576)";
    ORDER = "các ô không theo thứ tự hoặc một ô được ghi hai lần" / "the cells are out of order, or a cell is written twice";
    STRING = "ô trỏ tới một chuỗi không có trong tệp" / "the cell points to a string that is not in the file";
    VALUE = "giá trị của ô không đúng với kiểu của ô" / "the cell's value does not fit its type";
    SAVE_AGAIN = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
    MAKE_SMALLER = "Xóa các trang và định dạng thừa rồi lưu lại." / "Remove surplus sheets and formats, then save again.";
}

/// What is wrong with a package or one of its parts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The zip directory cannot be read.
    Directory,
    /// A part cannot be inflated, or its checksum or size is wrong.
    Content,
    /// A part is not well-formed XML.
    Markup,
    /// A part is in another encoding than UTF-8, which no known writer uses.
    Encoding,
    /// A part that others refer to is not there.
    Missing,
    /// Too many parts.
    Parts,
    /// A part, or all together, inflate to too much.
    Size,
    /// A single cell or string is too large.
    Item,
    /// A large part is compressed beyond belief.
    Ratio,
    /// Parts with equal names (case aside), or that overlap.
    Names,
    /// A DOCTYPE, by which entities could be made to grow.
    Doctype,
    /// An encrypted part.
    Encrypted,
    /// Two sheets of one name, or of one part.
    SameSheet,
    /// A cell's address is wrong, beyond the grid, or of another row.
    Outside,
    /// A row or cell does not follow the one before it.
    Order,
    /// A shared-string index is no number or too large.
    String,
    /// A number, boolean or type of cell that is none.
    Value,
}

/// Where in a workbook a fault was met.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The sheet's name.
    pub sheet: &'a str,
    /// The first cell that could not be read, where one was under way.
    pub cell: Option<CellAt>,
}

impl Fault {
    /// The refusal of a file for this fault.
    pub fn refuse(self, file: &str, place: Option<Place<'_>>) -> Refusal {
        const MEGA: u64 = 1024 * 1024;
        let why = match self {
            Self::Encrypted => return refusals::password(file),
            Self::Doctype => return refusals::entities(file),
            Self::Directory => DIRECTORY.say(),
            Self::Content => CONTENT.say(),
            Self::Markup => MARKUP.say(),
            Self::Encoding => ENCODING.say(),
            Self::Missing => MISSING.say(),
            Self::Parts => PARTS.say().with("limit", LIMITS.parts),
            Self::Size => SIZE.say().with("limit", LIMITS.part / MEGA),
            Self::Item => ITEM.say().with("limit", LIMITS.item as u64 / MEGA),
            Self::Ratio => RATIO.say(),
            Self::Names => NAMES.say(),
            Self::SameSheet => SAME_SHEET.say(),
            Self::Outside => OUTSIDE.say(),
            Self::Order => ORDER.say(),
            Self::String => STRING.say(),
            Self::Value => VALUE.say(),
        };
        let (kind, remedy) = match self {
            Self::Parts | Self::Size | Self::Item => (RefusalKind::TooLarge, MAKE_SMALLER.say()),
            Self::Ratio | Self::Names | Self::SameSheet => (RefusalKind::Unsafe, SAVE_AGAIN.say()),
            _ => (RefusalKind::Unreadable, SAVE_AGAIN.say()),
        };
        Refusal { kind, found: found(file, place, &why), remedy }
    }
}

fn found(file: &str, place: Option<Place<'_>>, why: &Sentence) -> Sentence {
    let said = match place {
        None => IN_FILE.say(),
        Some(Place { sheet, cell: None }) => IN_SHEET.say().with("sheet", sheet),
        Some(Place { sheet, cell: Some(cell) }) => AT_CELL.say().with("sheet", sheet).with("cell", cell),
    };
    said.with("file", file).with_label("why", Label { vi: why.get(Lang::Vi), en: why.get(Lang::En) })
}

//! Marks of the tool's own workbooks: what writers put there, and reading knows them by.

use super::{SheetSeen, Text, Workbook};

/// Custom document property: the form's id.
pub const FORM: &str = "tonghop.form";
/// Custom document property: the form's edition.
pub const EDITION: &str = "tonghop.edition";
/// Custom document property: the period.
pub const PERIOD: &str = "tonghop.period";
/// Custom document property: the day that codes were looked up on, yyyy-mm-dd.
pub const CUT_OFF: &str = "tonghop.cut-off";
/// Custom document property: the version of the tool.
pub const VERSION: &str = "tonghop.version";
/// Custom document property: what the workbook is, the name of a [`Purpose`].
pub const PURPOSE: &str = "tonghop.purpose";

/// Custom document property: the names of the sheets that a hand-back adds to the district's own, divided by
/// [`DIVIDER`].
pub const ADDED: &str = "tonghop.added";
/// Every custom document property that means something.
pub const PROPERTIES: [&str; 7] = [FORM, EDITION, PERIOD, CUT_OFF, VERSION, PURPOSE, ADDED];
/// Divides names of sheets in [`ADDED`]; no sheet's name can hold it.
pub const DIVIDER: char = '/';

/// What a workbook of the tool is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The consolidated workbook.
    Consolidated,
    /// What a district gets back.
    HandBack,
    /// A blank workbook of the form.
    Blank,
    /// What a district gets back where nothing of its own is in it: a receipt, a reminder.
    Notice,
}

impl Purpose {
    /// Its name in the property [`PURPOSE`].
    pub const fn name(self) -> &'static str {
        match self {
            Self::Consolidated => "consolidated",
            Self::HandBack => "hand-back",
            Self::Blank => "blank",
            Self::Notice => "notice",
        }
    }

    /// The purpose with a name.
    pub fn by_name(name: &str) -> Option<Self> {
        [Self::Consolidated, Self::HandBack, Self::Blank, Self::Notice]
            .into_iter()
            .find(|purpose| purpose.name() == name)
    }
}

/// The hand-back's first sheet.
pub const FRONT: Text = Text { vi: "Trang đầu", en: "Front page" };
/// The hand-back's list of findings.
pub const LIST: Text = Text { vi: "Lỗi cần sửa", en: "To correct" };
/// The hand-back's list of what the tool repaired, named as the consolidated workbook names its own.
pub const REPAIRS: Text = Text { vi: "Tự sửa", en: "Repairs" };
/// The hand-back's list of rows that were taken for no row of a table.
pub const OTHER_ROWS: Text = Text { vi: "Dòng khác", en: "Other rows" };
/// Column of the list of findings: the id of the check.
pub const CHECK: Text = Text { vi: "Mã kiểm tra", en: "Check id" };
/// Column of that list: the key of the row.
pub const KEY: Text = Text { vi: "Khóa dòng", en: "Row key" };
/// Column of that list: what was found.
pub const FOUND: Text = Text { vi: "Đang ghi", en: "Found" };
/// Column of that list: what the district says to a warning.
pub const EXPLANATION: Text = Text { vi: "Giải trình", en: "Explanation" };

/// Titles of the columns that every register shows before the form's own: where a row came from.
/// Formulas name the first one to count by district.
pub const PROVENANCE: [Text; 4] = [
    Text { vi: "Huyện", en: "District" },
    Text { vi: "Tệp", en: "File" },
    Text { vi: "Trang tính", en: "Sheet" },
    Text { vi: "Dòng", en: "Row" },
];
/// The row of a register that holds its titles, from zero.
pub const REGISTER_HEADER: u32 = 1;

/// The wordings above, for the catalogue test.
pub const TEXTS: &[(&str, Text)] = &[
    ("FRONT", FRONT),
    ("LIST", LIST),
    ("REPAIRS", REPAIRS),
    ("OTHER_ROWS", OTHER_ROWS),
    ("CHECK", CHECK),
    ("KEY", KEY),
    ("FOUND", FOUND),
    ("EXPLANATION", EXPLANATION),
    ("PROVENANCE", PROVENANCE[0]),
    ("PROVENANCE", PROVENANCE[1]),
    ("PROVENANCE", PROVENANCE[2]),
    ("PROVENANCE", PROVENANCE[3]),
];

/// Whether a text is a wording, in either language.
pub fn says(text: &str, wording: Text) -> bool {
    [wording.vi, wording.en].contains(&text.trim())
}

/// For each sheet of a workbook, whether a hand-back added it to the district's own; no data stands on it.
///
/// A hand-back says which they are. Some formats lose that; there, names tell, but only beside a list of findings and
/// in no workbook that is known for another: a district may call a sheet of its own «Trang đầu».
pub fn added(workbook: &dyn Workbook) -> Vec<bool> {
    let sheets = workbook.sheets();
    if let Some(names) = workbook.property(ADDED) {
        return sheets.iter().map(|sheet| names.split(DIVIDER).any(|name| name == sheet.name)).collect();
    }
    let purpose = workbook.property(PURPOSE).and_then(Purpose::by_name);
    let lists = sheets.iter().any(|sheet| says(&sheet.name, LIST));
    let may_be = lists && matches!(purpose, None | Some(Purpose::HandBack));
    let is_ours = |name: &str| [FRONT, LIST, REPAIRS, OTHER_ROWS].into_iter().any(|own| says(name, own));
    sheets.iter().map(|sheet| may_be && is_ours(&sheet.name)).collect()
}

/// The hand-back's list of findings, by position; it bears a number where the district had a sheet of its name.
pub fn list(workbook: &dyn Workbook) -> Option<usize> {
    let named = |sheet: &SheetSeen| [LIST.vi, LIST.en].iter().any(|name| sheet.name.starts_with(name));
    let mut sheets = workbook.sheets().iter().zip(added(workbook));
    sheets.position(|(sheet, added)| added && named(sheet))
}

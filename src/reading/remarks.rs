//! Baseline findings about cells and rows.

use crate::model::{Finding, Label, Place, Scope, Sentence, Text, baseline::Baseline};
use crate::texts;

texts! {
    BLANK = "ô «{field}» để trống" / "cell \"{field}\" is blank";
    FILLED = "có giá trị" / "a value";
    FILL_IN = "Điền «{field}»." / "Fill in \"{field}\".";
    ERROR_VALUE = "ô «{field}» báo lỗi {value}" / "cell \"{field}\" holds the error {value}";
    A_VALUE = "một giá trị, không phải lỗi công thức" / "a value, not a formula's error";
    FIX_FORMULA = "Sửa công thức hoặc gõ thẳng giá trị." / "Mend the formula or type the value.";
    NOT_COMPUTED = "ô «{field}» là công thức chưa được tính" / "cell \"{field}\" is a formula that was never computed";
    A_RESULT = "kết quả của công thức được lưu trong tệp" / "the formula's result, stored in the file";
    COMPUTE = "Mở tệp bằng Excel, bấm Lưu rồi gửi lại; hoặc gõ thẳng giá trị." / "Open the file in Excel, save it and send it again; or type the value.";
    WRITTEN = "«{field}» ghi «{value}»" / "\"{field}\" says \"{value}\"";
}

/// A blank cell that must be filled.
pub fn required(field: &Label) -> [Sentence; 3] {
    let name = |text: &'static Text| text.say().with_label("field", field.clone());
    [name(&BLANK), FILLED.say(), name(&FILL_IN)]
}

/// A cell that holds a spreadsheet error.
pub fn error_cell(field: &Label, value: &str) -> [Sentence; 3] {
    [ERROR_VALUE.say().with_label("field", field.clone()).with("value", value), A_VALUE.say(), FIX_FORMULA.say()]
}

/// A formula without a stored result.
pub fn uncomputed(field: &Label) -> [Sentence; 3] {
    [NOT_COMPUTED.say().with_label("field", field.clone()), A_RESULT.say(), COMPUTE.say()]
}

/// What a cell says that is not of its type.
pub fn written(field: &Label, value: &str) -> Sentence {
    WRITTEN.say().with_label("field", field.clone()).with("value", value)
}

/// A baseline finding about one row.
pub fn of_row(
    baseline: &Baseline,
    table: usize,
    row: usize,
    place: Place,
    key: String,
    said: [Sentence; 3],
) -> Finding {
    let rows = vec![u32::try_from(row).unwrap_or(u32::MAX)];
    Finding { scope: Scope::Rows { table, rows }, key, ..Finding::of_file(baseline, vec![place], said) }
}

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
    AS_IT_SHOULD = "giá trị ghi đúng kiểu ngay trong ô" / "a value that is right as it stands";
    SUGGESTED = "Có phải «{after}»? Nếu đúng, ghi lại như vậy." / "Is it \"{after}\"? If so, write it like that.";
    REPAIRED = "«{field}» ghi «{before}», đọc là «{after}»" / "\"{field}\" says \"{before}\", read as \"{after}\"";
    CONFIRM = "Nếu «{after}» đúng, ghi lại như vậy hoặc giải trình; nếu không, sửa ô." / "If \"{after}\" is right, write it like that or say so in the explanation column; otherwise correct the cell.";
    ONE_COLUMN = "chỉ một trong các cột này có giá trị" / "a value in one of these columns only";
    CLEAR_OTHERS = "Giữ một ô, xóa các ô kia." / "Keep one cell and clear the others.";
    A_VALUE_ABOVE = "một giá trị, hoặc dấu «như trên» dưới một dòng có giá trị" / "a value, or a ditto mark below a row that has one";
    OWN_VALUE = "giá trị riêng của mỗi dòng, không ghi «như trên»" / "a value of the row's own, no ditto mark";
    WRITE_VALUE = "Ghi rõ giá trị vào ô." / "Write the value itself.";
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

/// A value that could be repaired, where the form wants none of its kind.
pub fn refused_repair(field: &Label, before: &str, after: &str) -> [Sentence; 3] {
    [written(field, before), AS_IT_SHOULD.say(), SUGGESTED.say().with("after", after)]
}

/// A repaired value, where the form wants its kind confirmed.
pub fn repair_to_confirm(field: &Label, before: &str, after: &str) -> [Sentence; 3] {
    let found = REPAIRED.say().with_label("field", field.clone()).with("before", before).with("after", after);
    [found, AS_IT_SHOULD.say(), CONFIRM.say().with("after", after)]
}

/// What is expected of columns of which one should be filled, and what to do.
pub fn one_column() -> (Sentence, Sentence) {
    (ONE_COLUMN.say(), CLEAR_OTHERS.say())
}

/// What is expected of a ditto mark without a value above it, and what to do.
pub fn nothing_above() -> (Sentence, Sentence) {
    (A_VALUE_ABOVE.say(), WRITE_VALUE.say())
}

/// What is expected where a ditto mark cannot be meant, and what to do.
pub fn no_ditto() -> (Sentence, Sentence) {
    (OWN_VALUE.say(), WRITE_VALUE.say())
}

/// A baseline finding about one row; its key is set when the row is read to its end.
pub fn of_row(baseline: &Baseline, table: usize, row: usize, place: Place, said: [Sentence; 3]) -> Finding {
    let rows = vec![u32::try_from(row).unwrap_or(u32::MAX)];
    Finding { scope: Scope::Rows { table, rows }, ..Finding::of_file(baseline, vec![place], said) }
}

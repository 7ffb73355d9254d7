//! What a check sees of a submission, and how it names what it sees.

use chrono::NaiveDate;

use super::value_key::{self, KeyPart};
use super::verdict::{Subject, Unsaid};
use crate::model::{Code, CodeList, Condition, Cover, FieldType, Label, Sentence, State, Table, Test, Vocabulary};
use crate::texts;

texts! {
    IS = "«{field}» = {value}" / "\"{field}\" = {value}";
    BLANK = "«{field}» để trống" / "\"{field}\" is blank";
    FILLED = "«{field}» có ghi" / "\"{field}\" is filled in";
    IS_NOT = "«{field}» không phải {value}" / "\"{field}\" is not {value}";
    BECAUSE = ", vì {reason}" / ", because {reason}";
    OR_CONDITION = ", hoặc sửa ô đã nêu làm điều kiện nếu ô đó sai" / ", or correct the cell named as the condition if that one is wrong";
    WHERE = " có {conditions}" / " where {conditions}";
}

/// One submission as a check sees it: its rows that meet the check's conditions, and all around them.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The submission, by position.
    pub submission: usize,
    /// Its district.
    pub district: Code,
    /// The day lists are looked up on.
    pub cut_off: NaiveDate,
    /// Its cover.
    pub cover: &'a Cover,
    /// The table that the check is declared in.
    pub table: &'a Table,
    /// All tables of the submission.
    pub tables: &'a [Table],
    /// The same district's tables in the previous consolidated workbook, if one was given.
    pub previous: Option<&'a [Table]>,
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// The check's conditions.
    pub when: &'a [Condition],
}

impl<'a> View<'a> {
    /// The rows that meet the check's conditions for certain, in order.
    pub fn rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let Self { table, when, .. } = *self;
        (0..table.len()).filter(move |row| Condition::all_hold(when, table, *row) == Some(true))
    }

    /// Rows of which nobody knows whether they meet the conditions, because a cell could not be read.
    pub fn doubtful_rows(&self) -> impl Iterator<Item = usize> + use<'a> {
        let Self { table, when, .. } = *self;
        (0..table.len()).filter(move |row| Condition::all_hold(when, table, *row).is_none())
    }

    /// Whether a row may meet the check's conditions: it does, or nobody knows.
    pub fn may_hold(&self, row: usize) -> bool {
        Condition::all_hold(self.when, self.table, row) != Some(false)
    }

    /// The list of a code field of the check's table, and the parent below which its entries stand: the submitting
    /// district, or none where the field takes entries of any.
    pub fn list(&self, field: usize) -> Option<(&'a CodeList, Option<Code>)> {
        let FieldType::Code { list, of_district } = self.vocabulary.tables[self.table.shape].fields[field].kind else {
            return None;
        };
        Some((self.vocabulary.lists.get(list)?, Some(self.district).filter(|_| of_district)))
    }

    /// The title of a field of the check's table.
    pub fn label(&self, field: usize) -> Label {
        self.vocabulary.tables[self.table.shape].fields[field].label.clone()
    }

    /// The titles of fields of the check's table.
    pub fn labels(&self, fields: impl IntoIterator<Item = usize>) -> Label {
        Label::join(fields.into_iter().map(|field| self.label(field)), ", ")
    }

    /// What a cell of the check's table holds, as people write it.
    pub fn shown(&self, field: usize, row: usize) -> Label {
        self.table.shown(self.vocabulary, field, row)
    }

    /// Cells of a row with their titles: `«Kết quả» = Tốt nghiệp, «Xếp loại» để trống`.
    pub fn values(&self, fields: impl IntoIterator<Item = usize>, row: usize) -> Label {
        let value = |field: usize| match self.table.columns[field].state(row) {
            State::Blank => BLANK.say(),
            State::Read | State::Unread => IS.say().with_label("value", self.shown(field, row)),
        };
        let named = |field: usize| Label::from(value(field).with_label("field", self.label(field)));
        Label::join(fields.into_iter().map(named), ", ")
    }

    /// Why the check is about a row, to follow a demand: `, vì «Kết quả» = Tốt nghiệp`; empty for a check without conditions.
    pub fn because(&self, row: usize) -> Label {
        let reason = self.values(self.when.iter().map(|condition| condition.field), row);
        self.only_with_conditions(BECAUSE.say().with_label("reason", reason))
    }

    /// To follow a remedy: the condition may be what is wrong; empty for a check without conditions.
    pub fn or_condition(&self) -> Label {
        self.only_with_conditions(OR_CONDITION.say())
    }

    /// Which rows the check is about, to follow a count: ` có «Chức danh» = Chỉ huy trưởng`; empty for a check
    /// without conditions.
    pub fn such(&self) -> Label {
        let conditions = Label::join(self.when.iter().map(|condition| self.asked(condition)), ", ");
        self.only_with_conditions(WHERE.say().with_label("conditions", conditions))
    }

    /// One value of the check's table, to be compared; `None` where the cell is blank or unread, or holds a mark.
    pub fn part(&self, field: usize, row: usize) -> Option<KeyPart<'a>> {
        value_key::part(self.vocabulary, self.table, field, row)
    }

    /// As [`View::part`], of another table of the submission.
    pub fn part_of(&self, table: usize, field: usize, row: usize) -> Option<KeyPart<'a>> {
        value_key::part(self.vocabulary, &self.tables[table], field, row)
    }

    /// A verdict on cells of one row, the one to look at first.
    pub fn at(&self, row: usize, fields: &[usize]) -> Unsaid {
        self.cells(fields.iter().map(|field| (row, *field)).collect())
    }

    /// A verdict on cells of several rows.
    pub fn cells(&self, cells: Vec<(usize, usize)>) -> Unsaid {
        Unsaid::on(self.submission, Subject::Cells(cells))
    }

    /// A verdict on a column as a whole.
    pub fn column(&self, field: usize) -> Unsaid {
        Unsaid::on(self.submission, Subject::Column(field))
    }

    /// A verdict on a control total of the cover.
    pub fn total(&self, total: usize) -> Unsaid {
        Unsaid::on(self.submission, Subject::Total(total))
    }

    fn only_with_conditions(&self, sentence: Sentence) -> Label {
        if self.when.is_empty() { Label::default() } else { Label::from(sentence) }
    }

    /// What a condition asks.
    fn asked(&self, condition: &Condition) -> Label {
        let sentence = match &condition.test {
            Test::Is(codes) => IS.say().with_label("value", self.entries(condition.field, codes)),
            Test::IsNot(codes) => IS_NOT.say().with_label("value", self.entries(condition.field, codes)),
            Test::Filled => FILLED.say(),
            Test::Blank => BLANK.say(),
        };
        Label::from(sentence.with_label("field", self.label(condition.field)))
    }

    fn entries(&self, field: usize, codes: &[Code]) -> Label {
        self.vocabulary.list_of(self.table.shape, field).map(|list| list.labels(codes)).unwrap_or_default()
    }
}

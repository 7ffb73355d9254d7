//! Fields that the tool computes from the others.

use chrono::NaiveDate;

use crate::model::{Code, CodeList, Derived, FieldType, Table, Values, Vocabulary, completed_years};

/// Fills in the computed columns of a table.
pub fn fill(table: &mut Table, vocabulary: &Vocabulary, cut_off: NaiveDate) {
    for (field, shape) in vocabulary.tables[table.shape].fields.iter().enumerate() {
        let (Some(derived), FieldType::Code { list, .. }) = (&shape.derived, &shape.kind) else { continue };
        let target = &vocabulary.lists[*list];
        let codes = (0..table.len()).map(|row| match derived {
            Derived::Attribute { field, attribute } => {
                let source = vocabulary.list_of(table.shape, *field);
                let value = source.map_or("", |list| list.attribute(table.columns[*field].code(row), *attribute));
                target.by_code(value, None).unwrap_or(Code::NONE)
            }
            Derived::AgeBand { born, at } => {
                let day = at.map_or(Some(cut_off), |at| table.columns[at].date(row));
                let age = table.columns[*born].date(row).zip(day).map(|(born, day)| completed_years(born, day));
                age.map_or(Code::NONE, |age| band(target, age))
            }
        });
        let codes = codes.collect();
        table.columns[field].values = Values::Code(codes);
    }
}

/// The entry whose attributes `from_age`..=`to_age` hold an age.
fn band(list: &CodeList, age: i32) -> Code {
    let column = |name: &str| list.attributes.iter().position(|attribute| attribute == name);
    let (Some(from), Some(to)) = (column("from_age"), column("to_age")) else { return Code::NONE };
    let bound = |code: Code, column: usize| list.attribute(code, column).parse::<i32>().ok();
    let holds =
        |code: &Code| bound(*code, from).is_none_or(|from| from <= age) && bound(*code, to).is_none_or(|to| age <= to);
    (0..list.entries.len()).map(Code::at).find(holds).unwrap_or(Code::NONE)
}

//! Live formulas over the registers' Excel tables, by structured reference.

use crate::model::{Condition, Measure, Test, own::PROVENANCE};

use super::Input;

/// What a formula asks of a column beside a measure's own conditions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pick {
    /// The cell equals a label, which also stands in a cell of the sheet.
    Label {
        /// The label.
        label: String,
        /// The cell, as the formula names it: `$B8`.
        cell: String,
    },
    /// The cell equals one of these labels.
    OneOf(Vec<String>),
    /// The cell is blank.
    Blank,
}

/// A column of a register.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// The district, in the provenance columns.
    District,
    /// The file, in the provenance columns.
    File,
    /// A field of the form.
    Field(usize),
}

/// The longest formula that a spreadsheet takes is 8,192 characters.
pub const LONGEST: usize = 8_000;

/// A measure's formula, without `=`.
pub fn measure(input: &Input<'_>, measure: &Measure, picks: &[(Of, Pick)]) -> String {
    count(input, measure.table, &measure.when, picks)
}

/// The formula that counts a register's rows, without `=`: `COUNTIFS(…)`, or a sum of such.
pub fn count(input: &Input<'_>, table: usize, when: &[Condition], picks: &[(Of, Pick)]) -> String {
    let mut terms = vec![Vec::new()];
    if !picks.iter().any(|(of, _)| matches!(of, Of::District | Of::File)) {
        both(&mut terms, &format!("{},\"<>\"", column(input, table, Of::District)));
    }
    for (of, pick) in picks {
        let column = column(input, table, *of);
        match pick {
            Pick::Label { label, cell } if is_plain(label) => both(&mut terms, &format!("{column},{cell}")),
            Pick::Label { label, .. } => both(&mut terms, &format!("{column},{}", literal(label))),
            Pick::OneOf(labels) => each(&mut terms, &column, labels),
            Pick::Blank => both(&mut terms, &format!("{column},\"\"")),
        }
    }
    for condition in when {
        let column = column(input, table, Of::Field(condition.field));
        match &condition.test {
            Test::Is(_) => each(&mut terms, &column, &labels(input, table, condition)),
            Test::IsNot(_) => {
                both(&mut terms, &format!("{column},\"<>\""));
                for label in labels(input, table, condition) {
                    both(&mut terms, &format!("{column},{}", literal_after("<>", &label)));
                }
            }
            Test::Filled => both(&mut terms, &format!("{column},\"<>\"")),
            Test::Blank => both(&mut terms, &format!("{column},\"\"")),
        }
    }
    let counted: Vec<String> = terms.iter().map(|term| format!("COUNTIFS({})", term.join(","))).collect();
    if counted.is_empty() { "0".to_owned() } else { counted.join("+") }
}

/// A column of a register's table: `HocVien[Kết quả]`.
pub fn column(input: &Input<'_>, table: usize, of: Of) -> String {
    let Some(shape) = input.vocabulary.tables.get(table) else { return String::new() };
    let title = match of {
        Of::District => PROVENANCE[0].get(input.lang),
        Of::File => PROVENANCE[1].get(input.lang),
        Of::Field(field) => shape.fields.get(field).map_or("", |field| field.label.get(input.lang)),
    };
    structured(&shape.register, title)
}

/// A structured reference with the title's special characters escaped.
fn structured(table: &str, title: &str) -> String {
    let special = |c: char| c.is_ascii_punctuation() && !matches!(c, '_' | '|');
    let mut escaped = String::with_capacity(title.len());
    for c in title.chars() {
        if matches!(c, '[' | ']' | '#' | '\'' | '@') {
            escaped.push('\'');
        }
        escaped.push(c);
    }
    if title.contains(special) { format!("{table}[[{escaped}]]") } else { format!("{table}[{escaped}]") }
}

/// The labels of a condition's codes, each once.
fn labels(input: &Input<'_>, table: usize, condition: &Condition) -> Vec<String> {
    let (Test::Is(codes) | Test::IsNot(codes)) = &condition.test else { return Vec::new() };
    let Some(list) = input.vocabulary.list_of(table, condition.field) else { return Vec::new() };
    let mut labels: Vec<String> = Vec::new();
    for entry in codes.iter().filter_map(|code| list.entry(*code)) {
        let label = entry.label.get(input.lang);
        if !labels.iter().any(|known| known == label) {
            labels.push(label.to_owned());
        }
    }
    labels
}

/// Adds a criterion to every term.
fn both(terms: &mut [Vec<String>], criterion: &str) {
    for term in terms {
        term.push(criterion.to_owned());
    }
}

/// Multiplies the terms: one for each label.
fn each(terms: &mut Vec<Vec<String>>, column: &str, labels: &[String]) {
    let with = |term: &Vec<String>, label: &String| {
        let mut longer = term.clone();
        longer.push(format!("{column},{}", literal(label)));
        longer
    };
    *terms = terms.iter().flat_map(|term| labels.iter().map(move |label| with(term, label))).collect();
}

/// Whether a label means itself as a criterion: no wildcard, no operator in front.
fn is_plain(label: &str) -> bool {
    !label.contains(['*', '?', '~']) && !label.starts_with(['<', '>', '=']) && !label.is_empty()
}

/// A label as a quoted criterion.
fn literal(label: &str) -> String {
    literal_after(if label.starts_with(['<', '>', '=']) { "=" } else { "" }, label)
}

fn literal_after(operator: &str, label: &str) -> String {
    let escaped = label.replace('~', "~~").replace('*', "~*").replace('?', "~?").replace('"', "\"\"");
    format!("\"{operator}{escaped}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_with_special_characters_are_escaped() {
        assert_eq!(structured("HocVien", "Kết quả"), "HocVien[Kết quả]");
        assert_eq!(structured("HocVien", "Ngày, tháng"), "HocVien[[Ngày, tháng]]");
        assert_eq!(structured("HocVien", "Số [#]"), "HocVien[[Số '['#']]]");
    }

    #[test]
    fn criteria_are_quoted() {
        assert_eq!(literal("Khá \"A\""), "\"Khá \"\"A\"\"\"");
        assert_eq!(literal("=1*"), "\"==1~*\"");
    }
}

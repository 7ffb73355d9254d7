//! Titles: what the text above a column means in a table of the form.

use crate::form::Form;
use crate::model::{Meaning, TableShape, Titles};
use crate::text::{key, plain_key};

/// The titles of each table of a form; made by the first file that needs them, since making keys is what costs.
pub fn of(form: &Form) -> &[Titles] {
    form.titles.get_or_init(|| form.vocabulary.tables.iter().map(Titles::of).collect())
}

impl Titles {
    /// The titles of a table: labels first, so that a synonym of one field never takes the label of another.
    fn of(shape: &TableShape) -> Self {
        let mut titles = Self::default();
        let fields = || shape.fields.iter().enumerate().filter(|(_, field)| field.derived.is_none());
        for (field, shape) in fields() {
            titles.add(&shape.label.vi, Meaning::Field(field), keep);
            titles.add(&shape.label.en, Meaning::Field(field), keep);
        }
        let labels = titles.clone();
        for (field, shape) in fields() {
            for synonym in shape.synonyms.iter().filter(|synonym| labels.meaning(synonym).is_none()) {
                titles.add(synonym, Meaning::Field(field), either);
            }
            shape.joint.iter().for_each(|title| titles.add(title, Meaning::Joint(field), keep));
        }
        for (field, shape) in fields() {
            for (piece, names) in shape.split.iter().enumerate() {
                names.iter().for_each(|name| titles.add(name, Meaning::Piece { field, piece }, keep));
            }
        }
        titles
    }

    /// What a title means: by its exact key first, then without diacritics.
    pub fn meaning(&self, title: &str) -> Option<&Meaning> {
        let title = bare(title);
        if title.is_empty() {
            return None;
        }
        self.exact.get(&key(&title)).or_else(|| self.plain.get(&plain_key(&title)))
    }

    fn add(&mut self, title: &str, meaning: Meaning, settle: fn(&mut Meaning, Meaning)) {
        let title = bare(title);
        for (map, key) in [(&mut self.exact, key(&title)), (&mut self.plain, plain_key(&title))] {
            match map.get_mut(&key) {
                Some(known) => settle(known, meaning.clone()),
                None => {
                    map.insert(key, meaning.clone());
                }
            }
        }
    }
}

/// The first meaning stands.
fn keep(_: &mut Meaning, _: Meaning) {}

/// Both meanings stand.
fn either(known: &mut Meaning, other: Meaning) {
    let (Meaning::Field(second), fields) = (other, known) else { return };
    match fields {
        Meaning::Field(first) if *first != second => *fields = Meaning::Several(vec![*first, second]),
        Meaning::Several(several) if !several.contains(&second) => several.push(second),
        _ => {}
    }
}

/// A title as it is compared: without its mark of requiredness, punctuation, line breaks and what stands in
/// parentheses.
pub fn bare(title: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::with_capacity(title.len());
    for c in title.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            '*' | ':' | ';' | ',' | '.' | '/' | '-' | '_' => outside.push(' '),
            _ => outside.push(c),
        }
    }
    outside.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::bare;

    #[test]
    fn a_title_is_compared_without_its_trimmings() {
        assert_eq!(bare("Họ và tên *"), "Họ và tên");
        assert_eq!(bare("Dung tích (lít)"), "Dung tích");
        assert_eq!(bare("(1)"), "");
        assert_eq!(bare("CMND/CCCD"), "CMND CCCD");
    }
}

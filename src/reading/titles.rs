//! Titles: what the text above a column means in a table of the form.

use crate::form::Form;
use crate::model::{Meaning, TableShape, Titles};
use crate::text::{key, plain_key};

/// The titles of each table of a form; made by the first file that needs them, since making keys is what costs.
pub fn of(form: &Form) -> &[Titles] {
    form.titles.get_or_init(|| form.vocabulary.tables.iter().map(Titles::of).collect())
}

/// A text that may be a title, keyed once however often it is looked up.
#[derive(Clone, Debug)]
pub struct Title {
    /// As it was written.
    pub text: String,
    /// What it is compared by; `None` where nothing is left of it without its trimmings.
    pub keys: Option<Keys>,
}

/// Comparison keys of a title.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The key.
    pub exact: String,
    /// The key without diacritics.
    pub plain: String,
}

impl Title {
    /// A title as it was written.
    pub fn new(text: String) -> Self {
        let bare = bare(&text);
        let keys = (!bare.is_empty()).then(|| Keys { exact: key(&bare), plain: plain_key(&bare) });
        Self { text, keys }
    }
}

impl Titles {
    /// The titles of a table: labels first, so that a synonym of one field never takes the label of another.
    fn of(shape: &TableShape) -> Self {
        let mut titles = Self::default();
        let fields = || shape.fields.iter().enumerate().filter(|(_, field)| field.derived.is_none());
        let title = |text: &String| Title::new(text.clone());
        for (field, shape) in fields() {
            titles.add(&title(&shape.label.vi), Meaning::Field(field), keep);
            titles.add(&title(&shape.label.en), Meaning::Field(field), keep);
        }
        let labels = titles.clone();
        for (field, shape) in fields() {
            for synonym in shape.synonyms.iter().map(title).filter(|synonym| labels.meaning(synonym).is_none()) {
                titles.add(&synonym, Meaning::Field(field), either);
            }
            shape.joint.iter().for_each(|joint| titles.add(&title(joint), Meaning::Joint(field), keep));
        }
        for (field, shape) in fields() {
            for (piece, names) in shape.split.iter().enumerate() {
                names.iter().for_each(|name| titles.add(&title(name), Meaning::Piece { field, piece }, keep));
            }
        }
        titles
    }

    /// What a title means: by its exact key first, then without diacritics.
    pub fn meaning(&self, title: &Title) -> Option<&Meaning> {
        let keys = title.keys.as_ref()?;
        self.exact.get(&keys.exact).or_else(|| self.plain.get(&keys.plain))
    }

    fn add(&mut self, title: &Title, meaning: Meaning, settle: fn(&mut Meaning, Meaning)) {
        let Some(Keys { exact, plain }) = &title.keys else { return };
        for (map, key) in [(&mut self.exact, exact), (&mut self.plain, plain)] {
            match map.get_mut(key) {
                Some(known) => settle(known, meaning.clone()),
                None => {
                    map.insert(key.clone(), meaning.clone());
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

//! The entry of a list that a spelling most likely means.

use chrono::NaiveDate;

use crate::model::{Code, CodeList};
use crate::text::plain_key;

/// Entries of a list, ready to be compared with many spellings.
#[derive(Debug)]
pub struct Nearest {
    /// Spellings without diacritics, each with its entry.
    spellings: Vec<(String, Code)>,
}

impl Nearest {
    /// The entries that are valid on a day and below a parent, by label and short label.
    pub fn among(list: &CodeList, day: NaiveDate, parent: Option<Code>) -> Self {
        let spellings = list.valid(day, parent).flat_map(|(code, entry)| {
            let mut spellings = vec![(plain_key(&entry.label.vi), code), (plain_key(&entry.short.vi), code)];
            spellings.dedup();
            spellings
        });
        Self { spellings: spellings.collect() }
    }

    /// The entry whose label is nearest to a spelling, the first of several; `None` where none is near.
    pub fn to(&self, spelling: &str) -> Option<Code> {
        let wanted = plain_key(spelling);
        let likeness = |text: &str| strsim::normalized_damerau_levenshtein(&wanted, text);
        self.spellings
            .iter()
            .map(|(text, code)| (likeness(text), *code))
            .filter(|(likeness, _)| *likeness >= 0.6)
            .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
            .map(|(_, code)| code)
    }
}

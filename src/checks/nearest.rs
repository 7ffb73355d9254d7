//! The entry of a list that a spelling most likely means.

use chrono::NaiveDate;

use crate::model::{Code, CodeList};
use crate::text::plain_key;

/// The entry, valid on a day and below a parent, whose label or spellings are nearest; `None` where none is near.
pub fn nearest_entry(list: &CodeList, spelling: &str, day: NaiveDate, parent: Option<Code>) -> Option<Code> {
    let wanted = plain_key(spelling);
    let likeness = |text: &str| strsim::normalized_damerau_levenshtein(&wanted, &plain_key(text));
    list.valid(day, parent)
        .map(|(code, entry)| {
            let spellings = [entry.label.vi.as_str(), entry.short.vi.as_str()];
            (spellings.into_iter().map(likeness).fold(0.0, f64::max), code)
        })
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))
        .map(|(_, code)| code)
}

//! What is wrong in a definition: never a district's fault.

use std::fmt;
use std::ops::Range;

use serde::Deserialize;
use serde_spanned::Spanned;

/// A value of a definition with its position there, in bytes.
pub type Located<T> = Spanned<T>;

/// A mistake in a definition file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mistake {
    /// The file, as named beside or inside the definition: `form.toml`, `lists/units.csv`.
    pub file: String,
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in characters.
    pub column: usize,
    /// What is wrong, in English (definitions are written by technicians).
    pub what: String,
    /// The nearest known word, or what is known there.
    pub hint: Option<String>,
}

impl fmt::Display for Mistake {
    /// `form.toml:12:9: unknown field "ho_tne"; did you mean "ho_ten"?`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}: {}", self.file, self.line, self.column, self.what)?;
        self.hint.as_ref().map_or(Ok(()), |hint| write!(f, "; {hint}"))
    }
}

/// Collects the mistakes of one definition file, all at once.
#[derive(Debug, Default)]
pub struct Mistakes {
    /// Byte range, what is wrong, hint.
    pub list: Vec<(Range<usize>, String, Option<String>)>,
}

impl Mistakes {
    /// Records a mistake at a byte range of the definition.
    pub fn add(&mut self, at: Range<usize>, what: impl Into<String>, hint: Option<String>) {
        self.list.push((at, what.into(), hint));
    }

    /// Resolves a name against what is known there; records a mistake with the nearest word otherwise.
    pub fn name<T>(
        &mut self,
        what: &str,
        name: &Located<String>,
        known: &[&str],
        find: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        let found = find(name.get_ref());
        if found.is_none() {
            self.add(
                name.span(),
                format!("unknown {what} \"{}\"", name.get_ref()),
                Some(nearest(name.get_ref(), known)),
            );
        }
        found
    }
}

/// The known word that is nearest to a word, if one is near.
pub fn nearest_word<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    let near = known
        .iter()
        .map(|candidate| (strsim::normalized_damerau_levenshtein(word, candidate), *candidate))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0));
    near.map(|(_, word)| word)
}

/// A hint: the nearest known word if one is near, and else all that is known.
pub fn nearest(word: &str, known: &[&str]) -> String {
    match nearest_word(word, known) {
        Some(word) => format!("did you mean \"{word}\"?"),
        None if known.is_empty() => "nothing is known here".to_owned(),
        None => format!("known here: {}", known.join(", ")),
    }
}

/// A condition as a definition writes it: `{ field = "ket_qua", is = ["TN"] }`, `{ field = "khuyet", filled = true }`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WrittenCondition {
    /// The field's name.
    pub field: Located<String>,
    /// Printed codes, one of which the value must be.
    pub is: Option<Vec<Located<String>>>,
    /// Printed codes, none of which the value may be.
    pub is_not: Option<Vec<Located<String>>>,
    /// `true`: filled or marked; `false`: blank or unmarked.
    pub filled: Option<bool>,
}

//! Wording in two languages: fixed texts of the program, labels of a form, and sentences made of them.

use std::fmt;

use serde::Deserialize;

/// The language of what an officer sees. Vietnamese is the default everywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Lang {
    /// Tiếng Việt.
    #[default]
    Vi,
    /// English.
    En,
}

/// A fixed wording of the program, in both languages; `{name}` marks what a [`Sentence`] fills in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// Tiếng Việt.
    pub vi: &'static str,
    /// English.
    pub en: &'static str,
}

impl Text {
    /// The wording in one language, as it stands.
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Vi => self.vi,
            Lang::En => self.en,
        }
    }

    /// A sentence of this text, to be filled in with [`Sentence::with`].
    pub fn say(&'static self) -> Sentence {
        Sentence { text: self, fills: Vec::new() }
    }
}

/// Declares fixed wordings beside the code that says them, and `TEXTS`, the list of them all, which
/// the catalogue test walks: both languages present, the same `{names}` in both.
#[macro_export]
macro_rules! texts {
    ($($(#[$meta:meta])* $vis:vis $name:ident = $vi:literal / $en:literal;)+) => {
        $($(#[$meta])* $vis const $name: $crate::model::Text = $crate::model::Text { vi: $vi, en: $en };)+
        /// Every wording of this file, for the catalogue test.
        pub const TEXTS: &[(&str, $crate::model::Text)] = &[$((stringify!($name), $name)),+];
    };
}

/// A wording from a form definition: `"Họ và tên"` alone, or `{ vi = "Họ và tên", en = "Full name" }`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "WrittenLabel")]
pub struct Label {
    /// Tiếng Việt.
    pub vi: String,
    /// English; the Vietnamese where the form gives none.
    pub en: String,
}

impl Label {
    /// A label that reads the same in both languages.
    pub fn same(text: impl Into<String>) -> Self {
        let vi = text.into();
        Self { en: vi.clone(), vi }
    }

    /// The wording in one language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    /// Several labels in a row, with `separator` between them.
    pub fn join(labels: impl IntoIterator<Item = Self>, separator: &str) -> Self {
        let mut joined = Self::default();
        for (position, label) in labels.into_iter().enumerate() {
            let between = if position == 0 { "" } else { separator };
            joined.vi.extend([between, &label.vi]);
            joined.en.extend([between, &label.en]);
        }
        joined
    }
}

impl From<Sentence> for Label {
    fn from(sentence: Sentence) -> Self {
        Self { vi: sentence.get(Lang::Vi), en: sentence.get(Lang::En) }
    }
}

impl From<&Text> for Label {
    fn from(text: &Text) -> Self {
        Self { vi: text.vi.to_owned(), en: text.en.to_owned() }
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WrittenLabel {
    Same(String),
    Each { vi: String, en: String },
}

impl From<WrittenLabel> for Label {
    fn from(written: WrittenLabel) -> Self {
        match written {
            WrittenLabel::Same(text) => Self::same(text),
            WrittenLabel::Each { vi, en } => Self { vi, en },
        }
    }
}

/// A fixed text with its blanks filled in, still in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    text: &'static Text,
    fills: Vec<(&'static str, Label)>,
}

impl Sentence {
    /// Fills `{name}` with something that reads the same in both languages: a value, a number, an address.
    pub fn with(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with_label(name, Label::same(value.to_string()))
    }

    /// Fills `{name}` with a wording of the form.
    pub fn with_label(mut self, name: &'static str, label: Label) -> Self {
        self.fills.push((name, label));
        self
    }

    /// The sentence in one language. What fills a blank is never read as a blank itself.
    pub fn get(&self, lang: Lang) -> String {
        let mut said = String::new();
        let mut rest = self.text.get(lang);
        while let Some((before, after)) = rest.split_once('{') {
            said.push_str(before);
            let blank = after.split_once('}');
            let filled = blank.and_then(|(name, tail)| {
                let (_, label) = self.fills.iter().find(|(known, _)| *known == name)?;
                Some((label.get(lang), tail))
            });
            let (said_here, tail) = filled.unwrap_or(("{", after));
            said.push_str(said_here);
            rest = tail;
        }
        said + rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HELD: Text = Text { vi: "{count} dòng giữ lại", en: "{count} rows held back" };

    #[test]
    fn a_sentence_is_said_in_either_language() {
        let sentence = HELD.say().with("count", 3);
        assert_eq!(sentence.get(Lang::Vi), "3 dòng giữ lại");
        assert_eq!(sentence.get(Lang::En), "3 rows held back");
    }

    #[test]
    fn what_fills_a_blank_is_no_blank_itself() {
        const SAYS: Text = Text { vi: "{a}, {b}", en: "{a}, {b}" };
        assert_eq!(SAYS.say().with("a", "{b}").with("b", 1).get(Lang::Vi), "{b}, 1");
        assert_eq!(SAYS.say().with("a", "{").get(Lang::En), "{, {b}");
    }

    #[test]
    fn labels_are_joined_in_both_languages() {
        let label = |vi: &str, en: &str| Label { vi: vi.to_owned(), en: en.to_owned() };
        let joined = Label::join([label("nam", "male"), label("nữ", "female")], ", ");
        assert_eq!(joined, label("nam, nữ", "male, female"));
        assert_eq!(Label::join([], ", "), Label::default());
    }
}

//! Code lists: units, courses, posts, education levels, with spellings, validity periods and parents.

use std::sync::OnceLock;

use chrono::NaiveDate;
use rustc_hash::FxHashMap;

use super::Label;

/// An entry of a code list, by its position there. Positions, not printed codes, are the key:
/// printed codes were re-used between versions of the unit lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code(u16);

impl Code {
    /// No value: the cell is blank or could not be read.
    pub const NONE: Self = Self(u16::MAX);

    /// The code of the entry at a position of its list.
    pub fn at(position: usize) -> Self {
        Self(u16::try_from(position).unwrap_or(u16::MAX))
    }

    /// The position of the entry in its list, if there is a value.
    pub fn position(self) -> Option<usize> {
        (self != Self::NONE).then_some(usize::from(self.0))
    }
}

/// One entry of a code list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The printed code: `06040`, `CHT`.
    pub code: String,
    /// The wording that registers and summaries show; unique among entries of the same parent and period.
    pub label: Label,
    /// A short wording for narrow columns; the label where the list gives none.
    pub short: Label,
    /// Spellings that mean this entry, beside code, label and short.
    pub variants: Vec<String>,
    /// Position in the parent list, e.g. the district of a commune.
    pub parent: Option<Code>,
    /// First day of validity; `None` has always been valid.
    pub from: Option<NaiveDate>,
    /// Last day of validity; `None` is still valid.
    pub to: Option<NaiveDate>,
    /// Further columns of the list, in the order of [`CodeList::attributes`].
    pub attributes: Vec<String>,
}

impl Entry {
    /// Every spelling that means the entry; what stands twice is given once.
    fn spellings(&self) -> impl Iterator<Item = &String> {
        let fixed = [&self.code, &self.label.vi, &self.label.en, &self.short.vi, &self.short.en];
        // Most lists say one thing in both languages and have no short form.
        let again = move |at: usize| fixed.iter().take(at).any(|before| *before == fixed[at]);
        (0..fixed.len()).filter(move |at| !again(*at)).map(move |at| fixed[at]).chain(&self.variants)
    }

    /// Whether the entry is valid on a day.
    pub fn valid_on(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }
}

/// What a spelling means on a day, for a parent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lookup {
    /// Exactly one entry.
    One(Code),
    /// Several entries of the same parent share the spelling.
    Ambiguous(Vec<Code>),
    /// Only entries of other parents have it.
    Elsewhere(Vec<Code>),
    /// Only entries that were not valid on that day have it.
    OtherPeriod(Vec<Code>),
    /// No entry has it.
    Unknown,
}

/// What gives the comparison keys of a spelling.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// What is equal for two spellings of one thing.
    pub exact: fn(&str) -> String,
    /// The same without diacritics.
    pub plain: fn(&str) -> String,
}

/// A code list with an index of every spelling.
#[derive(Clone, Debug)]
pub struct CodeList {
    /// The list's name in the definition.
    pub name: String,
    /// The list whose entries are the parents of this one's, by position in the vocabulary.
    pub parent: Option<usize>,
    /// Names of the further columns.
    pub attributes: Vec<String>,
    /// The entries, in the order of the list.
    pub entries: Vec<Entry>,
    /// How spellings are compared: by these keys of them.
    keys: Keys,
    /// Comparison key of a spelling to the entries that have it, in list order; see [`index`](Self::index).
    index: OnceLock<FxHashMap<String, Vec<Code>>>,
    /// Key without diacritics of a spelling to the first entry that has it.
    plain: OnceLock<FxHashMap<String, Code>>,
    /// For each entry the first version of it.
    first_versions: Vec<Code>,
}

impl CodeList {
    /// A list; its spellings are indexed when they are first asked for.
    pub fn new(name: String, parent: Option<usize>, attributes: Vec<String>, entries: Vec<Entry>, keys: Keys) -> Self {
        let first_versions = first_versions(&entries);
        let (index, plain) = (OnceLock::new(), OnceLock::new());
        Self { name, parent, attributes, entries, keys, index, plain, first_versions }
    }

    /// Comparison key of every spelling to the entries that have it, in list order.
    pub fn index(&self) -> &FxHashMap<String, Vec<Code>> {
        self.index.get_or_init(|| {
            let mut index: FxHashMap<String, Vec<Code>> = FxHashMap::default();
            index.reserve(self.entries.len() * 4);
            for (position, entry) in self.entries.iter().enumerate() {
                for spelling in entry.spellings() {
                    let codes = index.entry((self.keys.exact)(spelling)).or_default();
                    if codes.last() != Some(&Code::at(position)) {
                        codes.push(Code::at(position));
                    }
                }
            }
            index.remove("");
            index
        })
    }

    /// The entry of a code; `None` for [`Code::NONE`].
    pub fn entry(&self, code: Code) -> Option<&Entry> {
        self.entries.get(code.position()?)
    }

    /// The first version of an entry: a unit that goes on under the same code, name and parent is one unit, although
    /// the list has an entry for each period. Two values are the same when their first versions are.
    pub fn first_version(&self, code: Code) -> Code {
        code.position().and_then(|position| self.first_versions.get(position)).copied().unwrap_or(code)
    }

    /// The entry with a printed code that is valid on a day.
    pub fn by_code(&self, code: &str, day: Option<NaiveDate>) -> Option<Code> {
        let valid = |entry: &Entry| entry.code == code && day.is_none_or(|day| entry.valid_on(day));
        self.entries.iter().position(valid).map(Code::at)
    }

    /// Whether any entry, of any parent and time, has a spelling, given by its comparison key.
    pub fn knows(&self, key: &str) -> bool {
        self.index().contains_key(key)
    }

    /// The first entry, of any parent and time, that has a spelling, given by its comparison key.
    pub fn named(&self, key: &str) -> Option<Code> {
        self.index().get(key)?.first().copied()
    }

    /// As [`named`](Self::named), by the key without diacritics.
    pub fn named_plainly(&self, plain_key: &str) -> Option<Code> {
        let plain = self.plain.get_or_init(|| {
            let mut plain = FxHashMap::default();
            for (position, entry) in self.entries.iter().enumerate() {
                for spelling in entry.spellings() {
                    plain.entry((self.keys.plain)(spelling)).or_insert(Code::at(position));
                }
            }
            plain.remove("");
            plain
        });
        plain.get(plain_key).copied()
    }

    /// What a spelling, given by its comparison key, means on a day and below a parent.
    pub fn look_up(&self, key: &str, day: NaiveDate, parent: Option<Code>) -> Lookup {
        let Some(all) = self.index().get(key) else { return Lookup::Unknown };
        let keep = |codes: &[Code], test: &dyn Fn(&Entry) -> bool| -> Vec<Code> {
            codes.iter().copied().filter(|code| self.entry(*code).is_some_and(test)).collect()
        };
        let valid = keep(all, &|entry| entry.valid_on(day));
        let here = keep(&valid, &|entry| parent.is_none() || entry.parent.is_none() || entry.parent == parent);
        match (here.as_slice(), valid.is_empty()) {
            ([one], _) => Lookup::One(*one),
            ([], true) => Lookup::OtherPeriod(all.clone()),
            ([], false) => Lookup::Elsewhere(valid),
            _ => Lookup::Ambiguous(here),
        }
    }

    /// Entries that are valid on a day and stand below a parent (all parents for `None`), in list order.
    pub fn valid(&self, day: NaiveDate, parent: Option<Code>) -> impl Iterator<Item = (Code, &Entry)> {
        let within = move |entry: &Entry| parent.is_none() || entry.parent == parent;
        self.entries
            .iter()
            .enumerate()
            .filter(move |(_, entry)| entry.valid_on(day) && within(entry))
            .map(|(position, entry)| (Code::at(position), entry))
    }

    /// The labels of some entries, each once: versions of one entry read the same.
    pub fn labels(&self, codes: &[Code]) -> Label {
        let mut labels: Vec<&Label> = Vec::new();
        for entry in codes.iter().filter_map(|code| self.entry(*code)) {
            if !labels.contains(&&entry.label) {
                labels.push(&entry.label);
            }
        }
        Label::join(labels.into_iter().cloned(), ", ")
    }

    /// The value of a further column of an entry; empty where there is none.
    pub fn attribute(&self, code: Code, column: usize) -> &str {
        self.entry(code).and_then(|entry| entry.attributes.get(column)).map_or("", String::as_str)
    }
}

/// For each entry the first one with its printed code, label and parent.
fn first_versions(entries: &[Entry]) -> Vec<Code> {
    let mut versions: FxHashMap<(&str, &str, Option<Code>), Code> = FxHashMap::default();
    let mut first = Vec::with_capacity(entries.len());
    for (position, entry) in entries.iter().enumerate() {
        let version = (entry.code.as_str(), entry.label.vi.as_str(), entry.parent);
        first.push(*versions.entry(version).or_insert(Code::at(position)));
    }
    first
}

//! Kind `agrees-with`: rows of two tables that carry the same id say the same.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::value_key::KeyPart;
use super::{Check, CheckKind, Verdict, View};
use crate::model::{FieldNames, Label, Located, Mistakes, Names};
use crate::texts;

texts! {
    FOUND = "{values}, khác «{table}» của {district}" / "{values}, unlike \"{table}\" of {district}";
    FOUND_HERE = "{values}, khác ô {cell}: {other}" / "{values}, unlike cell {cell}: {other}";
    EXPECTED = "cùng «{join}» thì cùng {fields}" / "the same {fields} under the same \"{join}\"";
    REMEDY = "Đối chiếu giấy tờ, sửa nơi ghi sai; nếu là hai người, sửa «{join}»." / "Compare with the papers and correct the wrong place; if these are two people, correct \"{join}\".";
}

/// Fields that agree between two tables, joined by an id.
#[derive(Debug)]
pub struct AgreesWith {
    table: usize,
    join: usize,
    other: usize,
    other_join: usize,
    pairs: Vec<(usize, usize)>,
}

/// `join`, `table`, `other_join`, `fields`, `other_fields`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    join: Located<String>,
    table: Located<String>,
    other_join: Located<String>,
    fields: FieldNames,
    other_fields: FieldNames,
}

impl CheckKind for AgreesWith {
    type Written = Written;
    const NAME: &'static str = "agrees-with";
    const PAGE: &'static str = include_str!("agrees_with.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let other = names.table(&written.table, mistakes)?;
        let join = names.pair(&written.join, other, &written.other_join, mistakes);
        let pairs = names.pairs(&written.fields, other, &written.other_fields, mistakes);
        let (join, other_join) = join?;
        Some(Self { table: names.table, join, other, other_join, pairs: pairs? })
    }
}

impl Check for AgreesWith {
    fn needs(&self) -> Vec<(usize, usize)> {
        let fields = self.pairs.iter().map(|(field, _)| *field);
        std::iter::once(self.join).chain(fields).map(|field| (self.table, field)).collect()
    }

    fn across(&self, views: &[View<'_>], all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        if views.is_empty() {
            return;
        }
        let sayings = Sayings::of(self, views, all);
        for view in views {
            for row in view.rows() {
                let told = sayings.first_disagreement(self, view, row);
                verdicts.extend(told.map(|(there, at)| self.verdict(view, row, &all[there as usize], at as usize)));
            }
        }
    }
}

impl AgreesWith {
    fn verdict(&self, view: &View<'_>, row: usize, there: &View<'_>, other_row: usize) -> Verdict {
        let other = &there.tables[self.other];
        let differ = |(field, other_field): &&(usize, usize)| {
            let values = view.part(*field, row).zip(there.part_of(self.other, *other_field, other_row));
            values.is_some_and(|(here, there)| !here.agrees(there))
        };
        let wrong: Vec<(usize, usize)> = self.pairs.iter().filter(differ).copied().collect();
        let first = wrong.first().map_or(self.other_join, |(_, other_field)| *other_field);
        let found = match other.place(first, other_row).filter(|_| there.submission == view.submission) {
            Some(place) => {
                let shown = |(_, field): &(usize, usize)| other.shown(view.vocabulary, *field, other_row);
                FOUND_HERE.say().with("cell", place).with_label("other", Label::join(wrong.iter().map(shown), ", "))
            }
            None => FOUND
                .say()
                .with_label("table", view.vocabulary.tables[self.other].sheet.clone())
                .with_label("district", view.vocabulary.district_name(Some(there.district))),
        };
        let fields: Vec<usize> = wrong.iter().map(|(field, _)| *field).collect();
        let join = view.label(self.join);
        let compared = view.labels(self.pairs.iter().map(|(field, _)| *field));
        view.at(row, &fields).say(
            found.with_label("values", view.values(fields.iter().copied(), row)),
            EXPECTED.say().with_label("join", join.clone()).with_label("fields", compared),
            REMEDY.say().with_label("join", join),
        )
    }
}

/// A row of the other table: submission, by position among all, and row. Small, since there are many.
type At = (u32, u32);

/// What the other table says under each id of the rows that are judged, a saying a pair of fields: the first row that
/// says anything, and the first that contradicts it. Whoever agrees with the first contradicts the second, so that no
/// other row need be kept.
struct Sayings<'a> {
    ids: FxHashMap<KeyPart<'a>, usize>,
    pairs: Vec<[Option<At>; 2]>,
    all: &'a [View<'a>],
}

impl<'a> Sayings<'a> {
    fn of(check: &AgreesWith, views: &[View<'a>], all: &'a [View<'a>]) -> Self {
        let mut ids = FxHashMap::default();
        for id in views.iter().flat_map(|view| view.rows().filter_map(|row| view.part(check.join, row))) {
            let next = ids.len();
            ids.entry(id).or_insert(next);
        }
        let pairs = vec![[None; 2]; ids.len() * check.pairs.len()];
        let mut sayings = Self { ids, pairs, all };
        for (position, view) in all.iter().enumerate() {
            for row in 0..view.tables[check.other].len() {
                if let Some(id) = view.part_of(check.other, check.other_join, row) {
                    sayings.add(check, id, (position as u32, row as u32));
                }
            }
        }
        sayings
    }

    fn add(&mut self, check: &AgreesWith, id: KeyPart<'a>, at: At) {
        let Some(id) = self.ids.get(&id).copied() else { return };
        for (pair, (_, field)) in check.pairs.iter().enumerate() {
            let Some(said) = self.value(check, *field, at) else { continue };
            let saying = self.pairs[id * check.pairs.len() + pair];
            let changed = match saying {
                [None, _] => [Some(at), None],
                [Some(first), None] if self.value(check, *field, first).is_some_and(|one| !one.agrees(said)) => {
                    [Some(first), Some(at)]
                }
                _ => continue,
            };
            self.pairs[id * check.pairs.len() + pair] = changed;
        }
    }

    fn value(&self, check: &AgreesWith, field: usize, (position, row): At) -> Option<KeyPart<'a>> {
        self.all[position as usize].part_of(check.other, field, row as usize)
    }

    /// The first row there that contradicts a row here.
    fn first_disagreement(&self, check: &AgreesWith, view: &View<'_>, row: usize) -> Option<At> {
        let id = *self.ids.get(&view.part(check.join, row)?)?;
        let disagreements = check.pairs.iter().enumerate().filter_map(|(pair, (field, other_field))| {
            let here = view.part(*field, row)?;
            let [first, second] = self.pairs[id * check.pairs.len() + pair];
            match here.agrees(self.value(check, *other_field, first?)?) {
                true => second,
                false => first,
            }
        });
        disagreements.min()
    }
}

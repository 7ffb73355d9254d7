//! Kind `agrees-with`: rows of two tables that carry the same id say the same of the person.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::value_key::{KeyPart, part};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Label, Located, Mistakes, Names};
use crate::text::key;
use crate::texts;

texts! {
    FOUND = "«{field}» là {value}, khác «{table}» của {district}" / "\"{field}\" is {value}, unlike \"{table}\" of {district}";
    FOUND_HERE = "«{field}» là {value}, khác ô {cell}: {other}" / "\"{field}\" is {value}, unlike cell {cell}: {other}";
    EXPECTED = "cùng một số CCCD thì cùng tên, ngày sinh, giới tính, dân tộc" / "the same person under the same citizen id";
    REMEDY = "Đối chiếu căn cước, sửa nơi ghi sai (cả số CCCD nếu là hai người)." / "Compare with the card; correct the wrong place (or the id, if these are two people).";
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
    fields: Vec<Located<String>>,
    other_fields: Vec<Located<String>>,
}

impl CheckKind for AgreesWith {
    type Written = Written;
    const NAME: &'static str = "agrees-with";
    const PAGE: &'static str = include_str!("agrees_with.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let join = names.field(&written.join, mistakes);
        let fields = names.fields(&written.fields, mistakes);
        let other = names.table(&written.table, mistakes)?;
        let there = Names { table: other, ..*names };
        let other_join = there.field(&written.other_join, mistakes);
        let other_fields = there.fields(&written.other_fields, mistakes);
        if written.fields.len() != written.other_fields.len() {
            mistakes.add(written.table.span(), "fields and other_fields differ in number", None);
        }
        let pairs = fields?.into_iter().zip(other_fields?).collect();
        Some(Self { table: names.table, join: join?, other, other_join: other_join?, pairs })
    }
}

impl Check for AgreesWith {
    fn needs(&self) -> Vec<(usize, usize)> {
        std::iter::once(self.join)
            .chain(self.pairs.iter().map(|(field, _)| *field))
            .map(|field| (self.table, field))
            .collect()
    }

    fn across(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let mut people: FxHashMap<KeyPart<'_>, (usize, usize)> = FxHashMap::default();
        for (position, view) in views.iter().enumerate() {
            let other = &view.tables[self.other];
            for row in 0..other.len() {
                if let Some(id) = part(other, self.other_join, row) {
                    people.entry(id).or_insert((position, row));
                }
            }
        }
        for view in views {
            for row in view.rows() {
                let Some((position, other_row)) = part(view.table, self.join, row).and_then(|id| people.get(&id))
                else {
                    continue;
                };
                verdicts.extend(self.verdict(view, row, &views[*position], *other_row));
            }
        }
    }
}

impl AgreesWith {
    fn verdict(&self, view: &View<'_>, row: usize, there: &View<'_>, other_row: usize) -> Option<Verdict> {
        let other = &there.tables[self.other];
        let differ = |(field, other_field): &&(usize, usize)| {
            let (here, there) = (part(view.table, *field, row), part(other, *other_field, other_row));
            match (here, there) {
                (Some(KeyPart::Text(here)), Some(KeyPart::Text(there))) => key(here) != key(there),
                (Some(here), Some(there)) => here != there,
                _ => false,
            }
        };
        let wrong: Vec<(usize, usize)> = self.pairs.iter().filter(differ).copied().collect();
        let (first, other_first) = *wrong.first()?;
        let found = match other.place(other_first, other_row).filter(|_| there.submission == view.submission) {
            Some(place) => FOUND_HERE
                .say()
                .with("cell", place)
                .with_label("other", other.shown(view.vocabulary, other_first, other_row)),
            None => FOUND
                .say()
                .with_label("table", view.vocabulary.tables[self.other].sheet.clone())
                .with_label("district", view.vocabulary.district_name(Some(there.district))),
        };
        let labels: Vec<Label> = wrong.iter().map(|(field, _)| view.label(*field)).collect();
        let join = |pick: fn(&Label) -> &str| labels.iter().map(pick).collect::<Vec<_>>().join(", ");
        let named = Label { vi: join(|label| &label.vi), en: join(|label| &label.en) };
        let fields: Vec<usize> = wrong.iter().map(|(field, _)| *field).collect();
        let found = found.with_label("field", named).with_label("value", view.shown(first, row));
        Some(view.at(row, &fields).say(found, EXPECTED.say(), REMEDY.say()))
    }
}

//! Kind `similar`: the same name and birth date under different ids, anywhere in the province.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;
use serde::Deserialize;

use super::repeated::{At, hashed, repeated};
use super::{Check, CheckKind, Verdict, View};
use crate::model::{Column, Label, Located, Mistakes, Names};
use crate::text::plain_key;
use crate::texts;

texts! {
    FOUND = "{name}, {born}, cũng có với «{number}» khác ở {places}" / "{name}, {born}, also stands under another \"{number}\" in {places}";
    HERE = "dòng {row} của tệp này" / "row {row} of this file";
    MORE = "{count} nơi khác" / "{count} other places";
    EXPECTED = "một người chỉ có một «{number}»" / "one \"{number}\" a person";
    REMEDY = "Nếu là một người, sửa «{number}» sai; nếu là hai người trùng tên, ghi vào cột Giải trình." / "If it is one person, correct the wrong \"{number}\"; if two people share a name, say so in the explanation column.";
}

/// How many rows a finding names; a column filled with one person would name them all in every row.
const NAMED: usize = 5;

/// Likely the same person under two ids.
#[derive(Debug)]
pub struct Similar {
    table: usize,
    name: usize,
    born: usize,
    number: usize,
}

/// `name = "ho_ten"`, `born = "ngay_sinh"`, `number = "cccd"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    name: Located<String>,
    born: Located<String>,
    number: Located<String>,
}

impl CheckKind for Similar {
    type Written = Written;
    const NAME: &'static str = "similar";
    const PAGE: &'static str = include_str!("similar.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let name = names.text_field(&written.name, mistakes);
        let born = names.date_field(&written.born, mistakes);
        let number = names.text_field(&written.number, mistakes);
        Some(Self { table: names.table, name: name?, born: born?, number: number? })
    }
}

/// A row with its id.
struct Person<'a> {
    number: &'a str,
    view: usize,
    row: usize,
}

impl Check for Similar {
    fn needs(&self) -> Vec<(usize, usize)> {
        [self.name, self.born, self.number].map(|field| (self.table, field)).to_vec()
    }

    fn across(&self, views: &[View<'_>], _all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let hashed = hashed(views, |view, row| self.hash(view, row));
        let same = |(view, row): At, (other, other_row): At| {
            let (one, other) = (&views[view as usize].table.columns, &views[other as usize].table.columns);
            let (row, other_row) = (row as usize, other_row as usize);
            let name = |columns: &[Column], row: usize| plain_key(columns[self.name].text(row));
            one[self.born].date(row) == other[self.born].date(other_row) && name(one, row) == name(other, other_row)
        };
        for rows in repeated(&hashed, same) {
            let person = |(view, row): &At| {
                let (view, row) = (*view as usize, *row as usize);
                Person { number: views[view].table.columns[self.number].text(row), view, row }
            };
            let rows: Vec<Person<'_>> = rows.iter().map(person).collect();
            let firsts = first_of_each_number(&rows);
            if firsts.len() > 1 {
                verdicts.extend(rows.iter().map(|row| self.verdict(views, row, &firsts)));
            }
        }
    }
}

/// The first row under each id, in order.
fn first_of_each_number<'a, 'b>(rows: &'b [Person<'a>]) -> Vec<&'b Person<'a>> {
    let mut seen = rustc_hash::FxHashSet::default();
    rows.iter().filter(|row| seen.insert(row.number)).collect()
}

impl Similar {
    /// A hash of a row's name and birth date; `None` where one of them or the id is blank or unread.
    fn hash(&self, view: &View<'_>, row: usize) -> Option<u64> {
        let column = |field: usize| &view.table.columns[field];
        let (name, number) = (column(self.name).text(row), column(self.number).text(row));
        let born = column(self.born).date(row).filter(|_| !name.is_empty() && !number.is_empty())?;
        let mut hasher = FxHasher::default();
        (born, plain_key(name)).hash(&mut hasher);
        Some(hasher.finish())
    }

    fn verdict(&self, views: &[View<'_>], person: &Person<'_>, firsts: &[&Person<'_>]) -> Verdict {
        let (view, row) = (&views[person.view], person.row);
        let place = |other: &Person<'_>| match other.view == person.view {
            true => {
                let number = view.table.origin.get(other.row).map_or(0, |origin| origin.row + 1);
                Label::from(HERE.say().with("row", number))
            }
            false => view.vocabulary.district_name(Some(views[other.view].district)),
        };
        let others = firsts.iter().filter(|other| other.number != person.number);
        let mut places: Vec<Label> = others.take(NAMED).map(|other| place(other)).collect();
        places.dedup();
        if let Some(more) = (firsts.len() - 1).checked_sub(NAMED).filter(|more| *more > 0) {
            places.push(Label::from(MORE.say().with("count", more)));
        }
        let number = view.label(self.number);
        view.at(row, &[self.number, self.name, self.born]).say(
            FOUND
                .say()
                .with_label("name", view.shown(self.name, row))
                .with_label("born", view.shown(self.born, row))
                .with_label("number", number.clone())
                .with_label("places", Label::join(places, ", ")),
            EXPECTED.say().with_label("number", number.clone()),
            REMEDY.say().with_label("number", number),
        )
    }
}

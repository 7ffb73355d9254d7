//! Kind `similar`: the same name and birth date under different ids, anywhere in the province.

use std::cmp::Ordering;

use chrono::NaiveDate;
use rayon::prelude::*;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Label, Located, Mistakes, Names};
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

/// A row, by its view and position, with what makes it similar to others.
struct Person<'a> {
    born: NaiveDate,
    name: String,
    number: &'a str,
    at: (usize, usize),
}

impl Person<'_> {
    fn same_person(&self, other: &Self) -> Ordering {
        (self.born, &self.name).cmp(&(other.born, &other.name))
    }
}

impl Check for Similar {
    fn needs(&self) -> Vec<(usize, usize)> {
        [self.name, self.born, self.number].map(|field| (self.table, field)).to_vec()
    }

    fn across(&self, views: &[View<'_>], _all: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let mut people: Vec<Person<'_>> =
            views.par_iter().enumerate().flat_map_iter(|(position, view)| self.people(position, view)).collect();
        people.par_sort_by(|a, b| a.same_person(b).then(a.at.cmp(&b.at)));
        let mut alike: Vec<&[Person<'_>]> = people
            .chunk_by(|a, b| a.same_person(b).is_eq())
            .filter(|rows| rows.iter().any(|row| row.number != rows[0].number))
            .collect();
        alike.sort_by_key(|rows| rows[0].at);
        for rows in alike {
            let firsts = first_of_each_number(rows);
            verdicts.extend(rows.iter().map(|row| self.verdict(views, row, &firsts)));
        }
    }
}

/// The first row under each id, in order.
fn first_of_each_number<'a, 'b>(rows: &'b [Person<'a>]) -> Vec<&'b Person<'a>> {
    let mut seen = rustc_hash::FxHashSet::default();
    rows.iter().filter(|row| seen.insert(row.number)).collect()
}

impl Similar {
    /// The rows of a view in which id, name and birth date could be read.
    fn people<'a>(&self, position: usize, view: &View<'a>) -> Vec<Person<'a>> {
        let column = |field: usize| &view.table.columns[field];
        let person = |row: usize| {
            let (name, number) = (column(self.name).text(row), column(self.number).text(row));
            let born = column(self.born).date(row).filter(|_| !name.is_empty() && !number.is_empty())?;
            Some(Person { born, name: plain_key(name), number, at: (position, row) })
        };
        view.rows().filter_map(person).collect()
    }

    fn verdict(&self, views: &[View<'_>], person: &Person<'_>, firsts: &[&Person<'_>]) -> Verdict {
        let (position, row) = person.at;
        let view = &views[position];
        let place = |other: &Person<'_>| match other.at {
            (there, row) if there == position => {
                let number = view.table.origin.get(row).map_or(0, |origin| origin.row + 1);
                Label::from(HERE.say().with("row", number))
            }
            (there, _) => view.vocabulary.district_name(Some(views[there].district)),
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

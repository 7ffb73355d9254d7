//! Kind `similar`: the same name and birth date under different ids, anywhere in the province.

use chrono::NaiveDate;
use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Located, Mistakes, Names};
use crate::text::plain_key;
use crate::texts;

texts! {
    FOUND = "{name}, sinh {born}, cũng có với số CCCD khác ở {places}" / "{name}, born {born}, also stands under another citizen id in {places}";
    HERE = "dòng {rows} của tệp này" / "row {rows} of this file";
    EXPECTED = "một người một số CCCD" / "one citizen id a person";
    REMEDY = "Nếu là một người, sửa số CCCD sai; nếu là hai người trùng tên, ghi vào cột Giải trình." / "If it is one person, correct the wrong id; if two people share a name, say so in the explanation column.";
}

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

impl Check for Similar {
    fn needs(&self) -> Vec<(usize, usize)> {
        [self.name, self.born, self.number].map(|field| (self.table, field)).to_vec()
    }

    fn across(&self, views: &[View<'_>], verdicts: &mut Vec<Verdict>) {
        let mut people: FxHashMap<(NaiveDate, String), Vec<(usize, usize)>> = FxHashMap::default();
        for (position, view) in views.iter().enumerate() {
            let columns = &view.table.columns;
            for row in view.rows().filter(|row| !columns[self.number].text(*row).is_empty()) {
                let (name, born) = (columns[self.name].text(row), columns[self.born].date(row));
                if let (false, Some(born)) = (name.is_empty(), born) {
                    people.entry((born, plain_key(name))).or_default().push((position, row));
                }
            }
        }
        let number = |(position, row): &(usize, usize)| views[*position].table.columns[self.number].text(*row);
        let mut alike: Vec<Vec<(usize, usize)>> = people
            .into_values()
            .filter(|rows| rows.iter().any(|row| rows.first().is_some_and(|first| number(first) != number(row))))
            .collect();
        alike.sort();
        for rows in &alike {
            for one in rows {
                let others: Vec<(usize, usize)> =
                    rows.iter().copied().filter(|other| number(other) != number(one)).collect();
                verdicts.push(self.verdict(views, *one, &others));
            }
        }
    }
}

impl Similar {
    fn verdict(&self, views: &[View<'_>], (position, row): (usize, usize), others: &[(usize, usize)]) -> Verdict {
        let view = &views[position];
        let mut places: Vec<String> = others
            .iter()
            .map(|(other, other_row)| match *other == position {
                true => {
                    let number = view.table.origin.get(*other_row).map_or(0, |origin| origin.row + 1);
                    HERE.say().with("rows", number).get(crate::model::Lang::Vi)
                }
                false => view.vocabulary.district_name(Some(views[*other].district)).vi,
            })
            .collect();
        places.dedup();
        let found = FOUND
            .say()
            .with_label("name", view.shown(self.name, row))
            .with_label("born", view.shown(self.born, row))
            .with("places", places.join(", "));
        view.at(row, &[self.number, self.name, self.born]).say(found, EXPECTED.say(), REMEDY.say())
    }
}

//! Kind `dates-in-order`: the dates of each chain follow one another.

use chrono::NaiveDate;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Label, Located, Mistakes, Names, Text, shown_date};
use crate::texts;

texts! {
    CUT_OFF = "ngày chốt số liệu" / "the cut-off date";
    FOUND = "«{first}» là {first_day}, sau {second} ({second_day})" / "\"{first}\" is {first_day}, after {second} ({second_day})";
    EXPECTED = "không muộn hơn {second}" / "not later than {second}";
    REMEDY = "Kiểm tra hai ngày, sửa ngày sai." / "Look at the two dates; correct the wrong one.";
}

/// A link of a chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Field(usize),
    CutOff,
}

/// Chains of dates, earliest first.
#[derive(Debug)]
pub struct DatesInOrder {
    table: usize,
    chains: Vec<Vec<Link>>,
}

/// `chains = [["ngay_nhap_hoc", "ngay_tot_nghiep", "cut-off"]]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    chains: Vec<Vec<Located<String>>>,
}

impl CheckKind for DatesInOrder {
    type Written = Written;
    const NAME: &'static str = "dates-in-order";
    const PAGE: &'static str = include_str!("dates_in_order.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        if let Some(name) = written.chains.iter().filter(|chain| chain.len() == 1).find_map(|chain| chain.first()) {
            mistakes.add(name.span(), "a chain takes at least two dates", None);
        }
        let mut link = |name: &Located<String>| match name.get_ref().as_str() {
            "cut-off" => Some(Link::CutOff),
            _ => names.date_field(name, mistakes).map(Link::Field),
        };
        let chains: Vec<Vec<Option<Link>>> =
            written.chains.iter().map(|chain| chain.iter().map(&mut link).collect()).collect();
        let chains: Option<Vec<Vec<Link>>> = chains.into_iter().map(|chain| chain.into_iter().collect()).collect();
        Some(Self { table: names.table, chains: chains? })
    }
}

impl Check for DatesInOrder {
    fn needs(&self) -> Vec<(usize, usize)> {
        let links = self.chains.iter().flatten();
        links.filter_map(|link| if let Link::Field(field) = link { Some((self.table, *field)) } else { None }).collect()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        for row in view.rows() {
            for chain in &self.chains {
                let day = |link: &Link| match link {
                    Link::Field(field) => view.table.columns[*field].date(row),
                    Link::CutOff => Some(view.cut_off),
                };
                let mut before: Option<(Link, NaiveDate)> = None;
                for now in chain.iter().filter_map(|link| day(link).map(|day| (*link, day))) {
                    if let Some(before) = before.filter(|before| before.1 > now.1) {
                        verdicts.push(verdict(view, row, before, now));
                    }
                    before = Some(now);
                }
            }
        }
    }
}

fn verdict(view: &View<'_>, row: usize, first: (Link, NaiveDate), second: (Link, NaiveDate)) -> Verdict {
    let name = |link: Link| match link {
        Link::Field(field) => view.label(field),
        Link::CutOff => Label::from(&CUT_OFF),
    };
    let fields: Vec<usize> = [first.0, second.0]
        .into_iter()
        .filter_map(|link| if let Link::Field(field) = link { Some(field) } else { None })
        .collect();
    let fill = |text: &'static Text| {
        text.say()
            .with_label("first", name(first.0))
            .with_label("second", name(second.0))
            .with("first_day", shown_date(first.1))
            .with("second_day", shown_date(second.1))
    };
    view.at(row, &fields).say(fill(&FOUND), fill(&EXPECTED), REMEDY.say())
}

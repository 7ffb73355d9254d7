//! Kind `id-agrees`: the digits of a citizen id agree with sex and birth year.

use chrono::Datelike;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Label, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "CCCD «{value}» cho biết {says}" / "citizen id \"{value}\" says {says}";
    SEX_YEAR = "giới tính và năm sinh khác" / "another sex and birth year";
    SEX = "giới tính khác" / "another sex";
    YEAR = "năm sinh {year}" / "birth year {year}";
    EXPECTED = "khớp với «{sex}», sinh {born}" / "agreement with \"{sex}\", born {born}";
    REMEDY = "Đối chiếu căn cước, sửa số CCCD, giới tính hoặc ngày sinh." / "Compare with the card; correct the id, the sex or the birth date.";
}

/// The fourth digit of a citizen id tells century and sex, the next two the birth year (circular 07/2016/TT-BCA).
#[derive(Debug)]
pub struct IdAgrees {
    table: usize,
    field: usize,
    sex: usize,
    male: Vec<Code>,
    born: usize,
}

/// `field = "cccd"`, `sex = "gioi_tinh"`, `male = "NAM"`, `born = "ngay_sinh"`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    sex: Located<String>,
    male: Located<String>,
    born: Located<String>,
}

impl CheckKind for IdAgrees {
    type Written = Written;
    const NAME: &'static str = "id-agrees";
    const PAGE: &'static str = include_str!("id_agrees.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let field = names.text_field(&written.field, mistakes);
        let born = names.date_field(&written.born, mistakes);
        let (sex, list) = names.code_field(&written.sex, mistakes)?;
        let male = names.codes(list, std::slice::from_ref(&written.male), mistakes)?;
        Some(Self { table: names.table, field: field?, sex, male, born: born? })
    }
}

impl Check for IdAgrees {
    fn needs(&self) -> Vec<(usize, usize)> {
        [self.field, self.sex, self.born].map(|field| (self.table, field)).to_vec()
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let columns = &view.table.columns;
        let (ids, sexes, dates) = (&columns[self.field], &columns[self.sex], &columns[self.born]);
        for row in view.rows() {
            let Some((male, year)) = told(ids.text(row)) else { continue };
            let sex_differs = sexes.state(row) == State::Read && self.male.contains(&sexes.code(row)) != male;
            let year_differs = dates.date(row).is_some_and(|born| born.year() != year);
            let says = match (sex_differs, year_differs) {
                (false, false) => continue,
                (true, true) => SEX_YEAR.say(),
                (true, false) => SEX.say(),
                (false, true) => YEAR.say().with("year", year),
            };
            let says = Label { vi: says.get(crate::model::Lang::Vi), en: says.get(crate::model::Lang::En) };
            verdicts.push(
                view.at(row, &[self.field, self.sex, self.born]).say(
                    FOUND.say().with("value", ids.text(row)).with_label("says", says),
                    EXPECTED
                        .say()
                        .with_label("sex", view.shown(self.sex, row))
                        .with_label("born", view.shown(self.born, row)),
                    REMEDY.say(),
                ),
            );
        }
    }
}

/// Whether a 12-digit id tells a man, and the birth year.
fn told(id: &str) -> Option<(bool, i32)> {
    if id.len() != 12 || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let digit: i32 = id.get(3..4)?.parse().ok()?;
    let year: i32 = id.get(4..6)?.parse().ok()?;
    Some((digit % 2 == 0, 1900 + 100 * (digit / 2) + year))
}

//! Kind `id-agrees`: the digits of a citizen id agree with sex and birth year.

use chrono::Datelike;
use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View, citizen_id};
use crate::model::{Code, Label, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "«{field}» {value} cho biết {says}" / "\"{field}\" {value} says {says}";
    SEX_YEAR = "giới tính khác, năm sinh {year}" / "another sex, birth year {year}";
    SEX = "giới tính khác" / "another sex";
    YEAR = "năm sinh {year}" / "birth year {year}";
    EXPECTED = "khớp với {values}" / "agreement with {values}";
    REMEDY = "Đối chiếu giấy tờ, sửa ô sai: {fields}." / "Compare with the papers and correct the wrong one: {fields}.";
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
            let Some((male, year)) = citizen_id::told(ids.text(row)) else { continue };
            let sex_differs = sexes.state(row) == State::Read && self.male.contains(&sexes.code(row)) != male;
            let year_differs = dates.date(row).is_some_and(|born| born.year() != year);
            let says = match (sex_differs, year_differs) {
                (false, false) => continue,
                (true, true) => SEX_YEAR.say().with("year", year),
                (true, false) => SEX.say(),
                (false, true) => YEAR.say().with("year", year),
            };
            verdicts.push(
                view.at(row, &[self.field, self.sex, self.born]).say(
                    FOUND
                        .say()
                        .with_label("field", view.label(self.field))
                        .with("value", ids.text(row))
                        .with_label("says", Label::from(says)),
                    EXPECTED.say().with_label("values", view.values([self.sex, self.born], row)),
                    REMEDY.say().with_label("fields", view.labels([self.field, self.sex, self.born])),
                ),
            );
        }
    }
}

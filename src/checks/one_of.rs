//! Kind `one-of`: when its conditions hold, a field has one of these codes, or none of them.

use serde::Deserialize;

use super::{Check, CheckKind, Verdict, View};
use crate::model::{Code, Label, Located, Mistakes, Names, State};
use crate::texts;

texts! {
    FOUND = "«{field}» ghi «{value}»" / "\"{field}\" says \"{value}\"";
    BLANK = "«{field}» để trống" / "\"{field}\" is blank";
    EXPECTED = "một trong: {codes}{because}" / "one of: {codes}{because}";
    NOT = "không phải {codes}{because}" / "none of {codes}{because}";
    REMEDY = "Sửa «{field}»{or_condition}." / "Correct \"{field}\"{or_condition}.";
}

/// Whether the codes are allowed or forbidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Allowed,
    Forbidden,
}

/// A field's allowed or forbidden codes.
#[derive(Debug)]
pub struct OneOf {
    table: usize,
    field: usize,
    codes: Vec<Code>,
    rule: Rule,
}

/// `field = "chuc_vu_sau"`, `is = ["CHT", "PCHT"]` or `is_not = [...]`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Written {
    field: Located<String>,
    is: Option<Vec<Located<String>>>,
    is_not: Option<Vec<Located<String>>>,
}

impl CheckKind for OneOf {
    type Written = Written;
    const NAME: &'static str = "one-of";
    const PAGE: &'static str = include_str!("one_of.md");

    fn resolve(written: Written, names: &Names<'_>, mistakes: &mut Mistakes) -> Option<Self> {
        let (field, list) = names.code_field(&written.field, mistakes)?;
        let (rule, written_codes) = match (&written.is, &written.is_not) {
            (Some(codes), None) => (Rule::Allowed, codes),
            (None, Some(codes)) => (Rule::Forbidden, codes),
            _ => {
                mistakes.add(written.field.span(), "one-of takes either `is` or `is_not`", None);
                return None;
            }
        };
        let codes = names.codes(list, written_codes, mistakes)?;
        Some(Self { table: names.table, field, codes, rule })
    }
}

impl Check for OneOf {
    fn needs(&self) -> Vec<(usize, usize)> {
        vec![(self.table, self.field)]
    }

    fn within(&self, view: &View<'_>, verdicts: &mut Vec<Verdict>) {
        let column = &view.table.columns[self.field];
        for row in view.rows() {
            let listed = self.codes.contains(&column.code(row));
            let wrong = match (column.state(row), self.rule) {
                (State::Unread, _) => false,
                (State::Blank, rule) => rule == Rule::Allowed,
                (State::Read, Rule::Allowed) => !listed,
                (State::Read, Rule::Forbidden) => listed,
            };
            if !wrong {
                continue;
            }
            let label = view.label(self.field);
            let found = if column.state(row) == State::Blank { BLANK.say() } else { FOUND.say() };
            let expected = if self.rule == Rule::Allowed { EXPECTED.say() } else { NOT.say() };
            verdicts.push(view.at(row, &[self.field]).say(
                found.with_label("field", label.clone()).with_label("value", view.shown(self.field, row)),
                expected.with_label("codes", self.labels(view)).with_label("because", view.because(row)),
                REMEDY.say().with_label("field", label).with_label("or_condition", view.or_condition()),
            ));
        }
    }
}

impl OneOf {
    /// The labels of its codes.
    fn labels(&self, view: &View<'_>) -> Label {
        view.list(self.field).map(|(list, _)| list.labels(&self.codes)).unwrap_or_default()
    }
}

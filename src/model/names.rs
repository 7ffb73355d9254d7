//! Names of a definition, resolved against the vocabulary; whatever is unknown becomes a [`Mistake`](super::Mistake).

use serde::Deserialize;

use super::{Code, CodeList, Condition, FieldType, Located, Mistakes, Test, Vocabulary, WrittenCondition, nearest};

/// Names of fields as a definition writes them, at least one: `["cccd", "khoa"]`.
#[derive(Clone, Debug, Deserialize)]
#[serde(try_from = "Vec<Located<String>>")]
pub struct FieldNames(Vec<Located<String>>);

impl TryFrom<Vec<Located<String>>> for FieldNames {
    type Error = &'static str;

    fn try_from(names: Vec<Located<String>>) -> Result<Self, Self::Error> {
        if names.is_empty() { Err("a list of fields is empty") } else { Ok(Self(names)) }
    }
}

impl FieldNames {
    /// Resolves every name, so that each unknown one is a mistake; `None` when there was one.
    fn each(&self, resolve: impl FnMut(&Located<String>) -> Option<usize>) -> Option<Vec<usize>> {
        let found: Vec<_> = self.0.iter().map(resolve).collect();
        found.into_iter().collect()
    }
}

/// What names mean inside one table of a form.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// The form's words.
    pub vocabulary: &'a Vocabulary,
    /// The table whose fields are meant, by position.
    pub table: usize,
}

impl<'a> Names<'a> {
    /// A field of the table, by position.
    pub fn field(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let shape = self.vocabulary.tables.get(self.table)?;
        let known: Vec<&str> = shape.fields.iter().map(|field| field.name.as_str()).collect();
        mistakes.name("field", name, &known, |name| shape.field(name))
    }

    /// Several fields of the table; `None` when one of them is unknown.
    pub fn fields(&self, names: &FieldNames, mistakes: &mut Mistakes) -> Option<Vec<usize>> {
        names.each(|name| self.field(name, mistakes))
    }

    /// Several fields whose values name a row; a mark names none.
    pub fn value_fields(&self, names: &FieldNames, mistakes: &mut Mistakes) -> Option<Vec<usize>> {
        names.each(|name| self.value_field(name, mistakes))
    }

    /// A field whose values can be compared: any but a mark.
    pub fn value_field(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        self.typed_field(name, "a text, id, date, code or number", |kind| *kind != FieldType::Flag, mistakes)
    }

    /// A field of this table and one of another (or of the same) whose values can be compared: of one type, and
    /// codes of one list.
    pub fn pair(
        &self,
        name: &Located<String>,
        other_table: usize,
        other_name: &Located<String>,
        mistakes: &mut Mistakes,
    ) -> Option<(usize, usize)> {
        let there = Names { table: other_table, ..*self };
        let (field, other) = (self.value_field(name, mistakes), there.value_field(other_name, mistakes));
        let (field, other) = (field?, other?);
        let (here, there) = (self.holds(field), there.holds(other));
        if here == there {
            return Some((field, other));
        }
        let (name, other_name) = (name.get_ref(), other_name);
        let what = format!(
            "field \"{}\" holds {there} and cannot be compared with \"{name}\", which holds {here}",
            other_name.get_ref()
        );
        mistakes.add(other_name.span(), what, None);
        None
    }

    /// Fields of this table, each with the field of another that stands at the same place of its list.
    pub fn pairs(
        &self,
        names: &FieldNames,
        other_table: usize,
        other_names: &FieldNames,
        mistakes: &mut Mistakes,
    ) -> Option<Vec<(usize, usize)>> {
        let (here, there) = (&names.0, &other_names.0);
        let surplus = here.get(there.len()).or_else(|| there.get(here.len()));
        if let Some(name) = surplus {
            let what = format!("field \"{}\" has no counterpart: the two lists differ in length", name.get_ref());
            mistakes.add(name.span(), what, None);
        }
        let pairs: Vec<_> =
            here.iter().zip(there).map(|(name, other)| self.pair(name, other_table, other, mistakes)).collect();
        pairs.into_iter().collect::<Option<Vec<_>>>().filter(|_| surplus.is_none())
    }

    /// A date field of the table.
    pub fn date_field(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        self.typed_field(name, "a date", |kind| *kind == FieldType::Date, mistakes)
    }

    /// Several date fields of the table.
    pub fn date_fields(&self, names: &FieldNames, mistakes: &mut Mistakes) -> Option<Vec<usize>> {
        names.each(|name| self.date_field(name, mistakes))
    }

    /// A code field of the table, with its list.
    pub fn code_field(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<(usize, &'a CodeList)> {
        let field = self.typed_field(name, "a code", |kind| matches!(kind, FieldType::Code { .. }), mistakes)?;
        Some((field, self.vocabulary.list_of(self.table, field)?))
    }

    /// A text or id field of the table.
    pub fn text_field(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let is_text = |kind: &FieldType| matches!(kind, FieldType::Text | FieldType::Id { .. });
        self.typed_field(name, "a text or an id", is_text, mistakes)
    }

    /// A table, by position.
    pub fn table(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let known: Vec<&str> = self.vocabulary.tables.iter().map(|table| table.name.as_str()).collect();
        mistakes.name("table", name, &known, |name| self.vocabulary.table(name))
    }

    /// A code list, by position.
    pub fn list(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let known: Vec<&str> = self.vocabulary.lists.iter().map(|list| list.name.as_str()).collect();
        mistakes.name("list", name, &known, |name| self.vocabulary.list(name))
    }

    /// An attribute of a code list, by position.
    pub fn attribute(&self, list: &CodeList, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let known: Vec<&str> = list.attributes.iter().map(String::as_str).collect();
        mistakes.name("attribute", name, &known, |name| known.iter().position(|known| *known == name))
    }

    /// A reference table, by position.
    pub fn reference(&self, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let known: Vec<&str> = self.vocabulary.references.iter().map(|table| table.name.as_str()).collect();
        mistakes.name("reference table", name, &known, |name| self.vocabulary.reference(name))
    }

    /// A column of a reference table, by position.
    pub fn reference_column(&self, table: usize, name: &Located<String>, mistakes: &mut Mistakes) -> Option<usize> {
        let table = self.vocabulary.references.get(table)?;
        let known: Vec<&str> = table.columns.iter().map(|column| column.name.as_str()).collect();
        mistakes.name("column", name, &known, |name| table.column(name))
    }

    /// Entries of a list by their printed codes: every version of each, since codes live through several periods.
    pub fn codes(&self, list: &CodeList, names: &[Located<String>], mistakes: &mut Mistakes) -> Option<Vec<Code>> {
        let known: Vec<&str> = list.entries.iter().map(|entry| entry.code.as_str()).collect();
        let mut codes = Vec::new();
        let mut sound = true;
        for name in names {
            let before = codes.len();
            let same = |(_, entry): &(usize, &super::Entry)| entry.code == *name.get_ref();
            codes.extend(list.entries.iter().enumerate().filter(same).map(|(position, _)| Code::at(position)));
            if codes.len() == before {
                let hint = nearest(name.get_ref(), &known);
                mistakes.add(
                    name.span(),
                    format!("unknown code \"{}\" of list \"{}\"", name.get_ref(), list.name),
                    Some(hint),
                );
                sound = false;
            }
        }
        sound.then_some(codes)
    }

    /// A column of a reference table that holds codes of one list.
    pub fn reference_codes(
        &self,
        table: usize,
        name: &Located<String>,
        list: &CodeList,
        mistakes: &mut Mistakes,
    ) -> Option<usize> {
        let column = self.reference_column(table, name, mistakes)?;
        let of = self.vocabulary.references.get(table)?.columns.get(column)?.list;
        if of.and_then(|of| self.vocabulary.lists.get(of)).is_some_and(|of| of.name == list.name) {
            return Some(column);
        }
        let what = format!("column \"{}\" does not hold codes of list \"{}\"", name.get_ref(), list.name);
        mistakes.add(name.span(), what, None);
        None
    }

    /// Conditions on the table's rows.
    pub fn conditions(&self, written: &[WrittenCondition], mistakes: &mut Mistakes) -> Option<Vec<Condition>> {
        let resolved: Vec<_> = written.iter().map(|one| self.condition(one, mistakes)).collect();
        resolved.into_iter().collect()
    }

    fn condition(&self, written: &WrittenCondition, mistakes: &mut Mistakes) -> Option<Condition> {
        match (&written.is, &written.is_not, written.filled) {
            (Some(codes), None, None) => self.code_condition(written, codes, Test::Is, mistakes),
            (None, Some(codes), None) => self.code_condition(written, codes, Test::IsNot, mistakes),
            (None, None, Some(filled)) => {
                let test = if filled { Test::Filled } else { Test::Blank };
                Some(Condition { field: self.field(&written.field, mistakes)?, test })
            }
            _ => {
                mistakes.add(written.field.span(), "a condition takes exactly one of `is`, `is_not`, `filled`", None);
                None
            }
        }
    }

    fn code_condition(
        &self,
        written: &WrittenCondition,
        codes: &[Located<String>],
        test: impl FnOnce(Vec<Code>) -> Test,
        mistakes: &mut Mistakes,
    ) -> Option<Condition> {
        let (field, list) = self.code_field(&written.field, mistakes)?;
        Some(Condition { field, test: test(self.codes(list, codes, mistakes)?) })
    }

    /// What a field holds, said so that equal words mean comparable values.
    fn holds(&self, field: usize) -> String {
        match self.vocabulary.tables[self.table].fields[field].kind {
            FieldType::Text | FieldType::Id { .. } => "text".to_owned(),
            FieldType::Date => "dates".to_owned(),
            FieldType::Flag => "marks".to_owned(),
            FieldType::Number => "numbers".to_owned(),
            FieldType::Code { list, .. } => format!("codes of list \"{}\"", self.vocabulary.lists[list].name),
        }
    }

    fn typed_field(
        &self,
        name: &Located<String>,
        wanted: &str,
        fits: impl FnOnce(&FieldType) -> bool,
        mistakes: &mut Mistakes,
    ) -> Option<usize> {
        let field = self.field(name, mistakes)?;
        if fits(&self.vocabulary.tables[self.table].fields[field].kind) {
            return Some(field);
        }
        mistakes.add(name.span(), format!("field \"{}\" is not {wanted} field", name.get_ref()), None);
        None
    }
}

//! Tables, fields, cover and measures, with their names resolved.

use super::written;
use crate::model::{
    CoverShape, Derived, Field, FieldType, Located, Measure, Mistakes, Names, Need, TableShape, TotalShape, Vocabulary,
    nearest,
};

/// A table with its fields; mistakes are recorded and the rest goes on.
pub fn table(
    written: written::Table,
    fields: Vec<written::Field>,
    vocabulary: &Vocabulary,
    at: std::ops::Range<usize>,
    mistakes: &mut Mistakes,
) -> TableShape {
    let lists = &vocabulary.lists;
    let names: Vec<Located<String>> = fields.iter().map(|field| field.name.clone()).collect();
    let known: Vec<&str> = names.iter().map(|name| name.get_ref().as_str()).collect();
    for (position, name) in names.iter().enumerate() {
        if known[..position].contains(&name.get_ref().as_str()) {
            mistakes.add(name.span(), format!("field \"{}\" stands twice", name.get_ref()), None);
        }
    }
    let find = |name: &Located<String>, mistakes: &mut Mistakes| {
        mistakes.name("field", name, &known, |name| known.iter().position(|known| *known == name))
    };
    let key = written.key.iter().filter_map(|name| find(name, mistakes)).collect();
    let kinds: Vec<FieldType> = fields.iter().map(|field| kind(field, vocabulary, mistakes)).collect();
    let mut shaped: Vec<Field> = Vec::new();
    for (field, kind) in fields.into_iter().zip(&kinds) {
        let need = match &field.need {
            written::Need::Optional => Need::Optional,
            written::Need::Always => Need::Always,
            written::Need::Unless(name) => find(name, mistakes).map_or(Need::Optional, Need::Unless),
        };
        let derived = field.derived.as_ref().and_then(|derived| match derived {
            written::Derived::AgeBand { born, at } => Some(Derived::AgeBand {
                born: find(born, mistakes)?,
                at: at.as_ref().and_then(|at| find(at, mistakes)),
            }),
            written::Derived::Attribute { field, attribute } => {
                let field = find(field, mistakes)?;
                let FieldType::Code { list, .. } = kinds[field] else {
                    mistakes.add(attribute.span(), "an attribute is taken of a code field", None);
                    return None;
                };
                let known: Vec<&str> = lists[list].attributes.iter().map(String::as_str).collect();
                let place = |name: &str| known.iter().position(|known| *known == name);
                Some(Derived::Attribute { field, attribute: mistakes.name("attribute", attribute, &known, place)? })
            }
        });
        if derived.is_none() && shaped.last().is_some_and(|before: &Field| before.derived.is_some()) {
            mistakes.add(field.name.span(), "a computed field stands after all others", None);
        }
        shaped.push(Field {
            name: field.name.into_inner(),
            label: field.label,
            synonyms: field.synonyms,
            split: field.split,
            joint: field.joint,
            kind: kind.clone(),
            need,
            width: field.width,
            hint: field.hint,
            derived,
        });
    }
    if shaped.is_empty() {
        mistakes.add(at, "a table needs at least one field", None);
    }
    TableShape {
        name: written.name.into_inner(),
        sheet: written.sheet,
        title: written.title,
        synonyms: written.synonyms,
        register: written.register,
        fields: shaped,
        key,
        blank_rows: written.blank_rows,
    }
}

/// The cover; its totals name measures.
pub fn cover(written: written::Cover, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> CoverShape {
    let known: Vec<&str> = vocabulary.measures.iter().map(|measure| measure.name.as_str()).collect();
    let totals = written.total.into_iter().filter_map(|total| {
        let measure = mistakes.name("measure", &total.measure, &known, |name| vocabulary.measure(name))?;
        Some(TotalShape { name: total.name, label: total.label, synonyms: total.synonyms, measure })
    });
    CoverShape { sheet: written.sheet, totals: totals.collect() }
}

/// A measure.
pub fn measure(written: written::Measure, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Option<Measure> {
    let known: Vec<&str> = vocabulary.tables.iter().map(|table| table.name.as_str()).collect();
    let table = mistakes.name("table", &written.table, &known, |name| vocabulary.table(name))?;
    let when = Names { vocabulary, table }.conditions(&written.when, mistakes)?;
    Some(Measure { name: written.name.into_inner(), label: written.label, table, when })
}

fn kind(field: &written::Field, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> FieldType {
    let lists = &vocabulary.lists;
    match &field.kind {
        written::Kind::Text => FieldType::Text,
        written::Kind::Date => FieldType::Date,
        written::Kind::Flag => FieldType::Flag,
        written::Kind::Number => FieldType::Number,
        written::Kind::Id(lengths) => FieldType::Id { lengths: lengths.clone() },
        written::Kind::Code(code) => match lists.iter().position(|list| list.name == code.code) {
            Some(list) => {
                if code.of_district && lists[list].parent != Some(vocabulary.districts) {
                    let what = format!("the entries of list \"{}\" do not stand below the districts", code.code);
                    mistakes.add(field.name.span(), what, None);
                }
                FieldType::Code { list, of_district: code.of_district }
            }
            None => {
                let known: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
                let what = format!("field \"{}\": unknown list \"{}\"", field.name.get_ref(), code.code);
                mistakes.add(field.name.span(), what, Some(nearest(&code.code, &known)));
                FieldType::Text
            }
        },
    }
}

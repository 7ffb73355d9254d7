//! Reading entries of a definition one by one, so that a mistake in one hides none in another.

use std::ops::Range;

use serde::de::{DeserializeOwned, IntoDeserializer};
use toml::Spanned;
use toml::de::{DeTable, DeValue};
use validator::Validate;

use crate::model::{Mistakes, nearest};

/// An entry, or any value, with its position.
pub type Value<'a> = Spanned<DeValue<'a>>;

/// Takes a key out of a table.
pub fn take<'a>(table: &mut DeTable<'a>, key: &str) -> Option<Value<'a>> {
    let found = table.keys().find(|known| known.get_ref() == key)?.clone();
    table.remove(&found)
}

/// Takes an array of entries out of a table; a single entry counts as one.
pub fn take_all<'a>(table: &mut DeTable<'a>, key: &str) -> Vec<Value<'a>> {
    let Some(value) = take(table, key) else { return Vec::new() };
    let span = value.span();
    match value.into_inner() {
        DeValue::Array(entries) => entries.into_iter().collect(),
        single => vec![Spanned::new(span, single)],
    }
}

/// Takes a table out of a value.
pub fn table_of(value: Value<'_>) -> Option<DeTable<'_>> {
    match value.into_inner() {
        DeValue::Table(table) => Some(table),
        _ => None,
    }
}

/// Reads an entry; every unknown key is a mistake with the nearest known one, and so is the first other fault.
pub fn read<T: DeserializeOwned>(value: Value<'_>, mistakes: &mut Mistakes) -> Option<T> {
    read_with(value, mistakes, |value| T::deserialize(value.into_deserializer()))
}

/// As [`read`], with the fixed rules of the entry's type.
pub fn read_valid<T: DeserializeOwned + Validate>(value: Value<'_>, mistakes: &mut Mistakes) -> Option<T> {
    let span = value.span();
    let entry: T = read(value, mistakes)?;
    let Err(faults) = entry.validate() else { return Some(entry) };
    // The order of validator's errors is that of a hash map.
    let mut said: Vec<String> = faults
        .field_errors()
        .into_iter()
        .flat_map(|(field, errors)| errors.iter().map(move |error| (field.to_string(), error.clone())))
        .map(|(field, error)| error.message.map_or(field, |message| message.into_owned()))
        .collect();
    said.sort();
    said.into_iter().for_each(|what| mistakes.add(span.clone(), what, None));
    None
}

/// Reads an entry by `deserialize`, dropping unknown keys one after the other until it reads or fails otherwise.
pub fn read_with<T, E: Fault>(
    value: Value<'_>,
    mistakes: &mut Mistakes,
    mut deserialize: impl FnMut(Value<'_>) -> Result<T, E>,
) -> Option<T> {
    let span = value.span();
    let mut value = value;
    let mut sound = true;
    loop {
        match deserialize(value.clone()) {
            Ok(entry) => return sound.then_some(entry),
            Err(fault) => {
                sound = false;
                let message = fault.message();
                let at = fault.place().unwrap_or_else(|| span.clone());
                let Some((key, known)) = unknown_key(&message) else {
                    mistakes.add(at, message, None);
                    return None;
                };
                let at = drop_key(value.get_mut(), &key);
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                let hint = Some(nearest(&key, &known));
                mistakes.add(at.clone().unwrap_or_else(|| span.clone()), format!("unknown key \"{key}\""), hint);
                at?;
            }
        }
    }
}

/// What an error of reading says and where.
pub trait Fault {
    /// What is wrong.
    fn message(&self) -> String;
    /// Where, in bytes.
    fn place(&self) -> Option<Range<usize>>;
}

impl Fault for toml::de::Error {
    fn message(&self) -> String {
        Self::message(self).to_owned()
    }

    fn place(&self) -> Option<Range<usize>> {
        self.span()
    }
}

impl Fault for erased_serde::Error {
    fn message(&self) -> String {
        self.to_string().lines().next().unwrap_or_default().to_owned()
    }

    fn place(&self) -> Option<Range<usize>> {
        None
    }
}

/// The key and the known keys of serde's sentence: unknown field `a`, expected one of `b`, `c`.
fn unknown_key(message: &str) -> Option<(String, Vec<String>)> {
    let rest = message.split("unknown field `").nth(1)?;
    let mut quoted = rest.split('`').step_by(2).map(str::to_owned);
    let key = quoted.next()?;
    Some((key, quoted.filter(|word| !word.trim().is_empty()).collect()))
}

/// Drops a key from a table or from a table inside it; gives the key's position.
fn drop_key(value: &mut DeValue<'_>, key: &str) -> Option<Range<usize>> {
    match value {
        DeValue::Table(table) => {
            let found = table.keys().find(|known| known.get_ref() == key).cloned();
            match found {
                Some(found) => table.remove(&found).map(|_| found.span()),
                None => {
                    let keys: Vec<_> = table.keys().cloned().collect();
                    keys.iter().find_map(|inner| drop_key(table.get_mut(inner)?.get_mut(), key))
                }
            }
        }
        DeValue::Array(array) => array.iter_mut().find_map(|inner| drop_key(inner.get_mut(), key)),
        _ => None,
    }
}

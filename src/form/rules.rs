//! Declared checks and summaries: the keys that all have, and the rest by kind.

use chrono::NaiveDate;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{self, Value};
use super::written::{self, CheckHead, SummaryHead};
use crate::checks::{self, Kind, When};
use crate::model::{Level, Located, Mistakes, Names, Vocabulary, nearest};
use crate::summaries;

/// The checks of one table: `kinds` is its `check` table, kind by kind.
pub fn checks(
    kinds: Value<'_>,
    vocabulary: &Vocabulary,
    table: usize,
    mistakes: &mut Mistakes,
) -> Vec<checks::Declared> {
    let names = Names { vocabulary, table };
    let mut declared: Vec<(usize, checks::Declared)> = Vec::new();
    let known: Vec<&str> = checks::KINDS.iter().map(|kind| kind.name).collect();
    for (name, entry) in entries(kinds, "check", &known, mistakes) {
        let Some(kind) = Kind::by_name(&name) else { continue };
        let at = entry.span();
        let Some(one) = check(kind, entry, &names, mistakes) else { continue };
        if declared.iter().any(|(_, other)| other.id == one.id) {
            mistakes.add(at.clone(), format!("check \"{}\" stands twice in this table", one.id), None);
        }
        declared.push((at.start, one));
    }
    declared.sort_by_key(|(at, _)| *at);
    declared.into_iter().map(|(_, one)| one).collect()
}

/// The summaries, in sheet order.
pub fn summaries(kinds: Value<'_>, vocabulary: &Vocabulary, mistakes: &mut Mistakes) -> Vec<summaries::Declared> {
    let known: Vec<&str> = summaries::KINDS.iter().map(|kind| kind.name).collect();
    let mut declared: Vec<(u32, summaries::Declared)> = Vec::new();
    for (name, entry) in entries(kinds, "summary", &known, mistakes) {
        let Some(kind) = summaries::Kind::by_name(&name) else { continue };
        let Some((head, rest)) = split(entry, written::SUMMARY_KEYS) else { continue };
        let head: Option<SummaryHead> = entry::read(head, mistakes);
        let summary = entry::read_with(rest, mistakes, |value| {
            let mut inner = Mistakes::default();
            let mut reader = <dyn erased_serde::Deserializer<'_>>::erase(value.into_deserializer());
            Ok::<_, erased_serde::Error>(((kind.resolve)(&mut reader, vocabulary, &mut inner)?, inner))
        });
        let Some((summary, inner)) = summary else { continue };
        mistakes.list.extend(inner.list);
        if let (Some(head), Some(summary)) = (head, summary) {
            let heading = summaries::Heading {
                tab: head.tab,
                title: head.title,
                note: head.note,
                unit: head.unit,
                number: head.order,
            };
            declared.push((head.order, summaries::Declared { kind: kind.name, heading, summary }));
        }
    }
    declared.sort_by_key(|(order, _)| *order);
    declared.into_iter().map(|(_, one)| one).collect()
}

/// The entries of a table of kinds, each with its kind; an unknown kind is a mistake.
fn entries<'a>(kinds: Value<'a>, what: &str, known: &[&str], mistakes: &mut Mistakes) -> Vec<(String, Value<'a>)> {
    let mut entries = Vec::new();
    let Some(mut table) = entry::table_of(kinds) else { return entries };
    let names: Vec<Spanned<_>> = table.keys().cloned().collect();
    for name in names {
        if !known.contains(&name.get_ref().as_ref()) {
            let hint = Some(nearest(name.get_ref(), known));
            mistakes.add(name.span(), format!("unknown kind of {what} \"{}\"", name.get_ref()), hint);
        }
        let of_kind = entry::take_all(&mut table, name.get_ref());
        entries.extend(of_kind.into_iter().map(|entry| (name.get_ref().to_string(), entry)));
    }
    entries
}

fn check(
    kind: &'static Kind,
    entry: Value<'_>,
    names: &Names<'_>,
    mistakes: &mut Mistakes,
) -> Option<checks::Declared> {
    let (head, rest) = split(entry, written::CHECK_KEYS)?;
    let head: Option<CheckHead> = entry::read(head, mistakes);
    let check = entry::read_with(rest, mistakes, |value| {
        let mut inner = Mistakes::default();
        let mut reader = <dyn erased_serde::Deserializer<'_>>::erase(value.into_deserializer());
        Ok::<_, erased_serde::Error>(((kind.resolve)(&mut reader, names, &mut inner)?, inner))
    });
    let check = check.and_then(|(check, inner)| {
        mistakes.list.extend(inner.list);
        check
    });
    let head = head?;
    if let (When::Refused, Some(condition)) = (kind.when, head.when.first()) {
        let what = format!("a check of kind \"{}\" judges everything; it takes no `when`", kind.name);
        mistakes.add(condition.field.span(), what, None);
    }
    let when = names.conditions(&head.when, mistakes);
    let (from, until) = (date(head.from.as_ref(), mistakes), date(head.until.as_ref(), mistakes));
    if from.zip(until).is_some_and(|(from, until)| from > until) {
        mistakes.add(head.id.span(), "the check is never in force: `from` is after `until`", None);
    }
    if head.level == Level::Block {
        mistakes.add(head.id.span(), "a declared check is of level error, warning or note; block refuses a file", None);
    }
    Some(checks::Declared {
        id: head.id.into_inner(),
        kind: kind.name,
        level: head.level,
        title: head.title,
        basis: head.basis,
        table: names.table,
        when: when?,
        from,
        until,
        check: check?,
    })
}

/// Divides an entry into the keys that all entries have and the rest.
fn split<'a>(entry: Value<'a>, keys: &[&str]) -> Option<(Value<'a>, Value<'a>)> {
    let span = entry.span();
    let mut rest = entry::table_of(entry)?;
    let mut head = DeTable::new();
    let own: Vec<_> = rest.keys().filter(|key| keys.contains(&key.get_ref().as_ref())).cloned().collect();
    for key in own {
        if let Some(value) = rest.remove(&key) {
            head.insert(key, value);
        }
    }
    Some((Spanned::new(span.clone(), DeValue::Table(head)), Spanned::new(span, DeValue::Table(rest))))
}

fn date(written: Option<&Located<String>>, mistakes: &mut Mistakes) -> Option<NaiveDate> {
    let written = written?;
    let date = NaiveDate::parse_from_str(written.get_ref(), "%Y-%m-%d").ok();
    if date.is_none() {
        mistakes.add(
            written.span(),
            format!("\"{}\" is no date", written.get_ref()),
            Some("write yyyy-mm-dd".to_owned()),
        );
    }
    date
}

//! Code lists and reference tables: CSV files beside a definition.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::csvs::Csv;
use super::{Files, Report, mistake, written};
use crate::model::{
    Code, CodeList, Entry, Keys, Label, Located, Mistake, ReferenceColumn, ReferenceTable, ReferenceValue, nearest,
};
use crate::text;

/// Columns of a list's CSV that are no attributes.
const FIXED: [&str; 9] = ["code", "label", "label_en", "short", "short_en", "variants", "parent", "from", "to"];

/// The keys by which spellings of entries are compared.
const KEYS: Keys = Keys { exact: text::key, plain: text::plain_key };

/// Reads the lists in order; a parent must stand before its children. Each with the file that it came from.
pub fn lists<'a>(
    written: &[written::List],
    csvs: &'a Csvs<'_>,
    report: &mut Report,
) -> (Vec<CodeList>, Vec<Source<'a>>) {
    let mut lists: Vec<CodeList> = Vec::new();
    let mut sources = Vec::new();
    for one in written {
        let known: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if known.contains(&one.name.get_ref().as_str()) {
            report.here.add(one.name.span(), format!("list \"{}\" stands twice", one.name.get_ref()), None);
        }
        let parent = one.parent.as_ref().and_then(|name| {
            report.here.name("list", name, &known, |name| known.iter().position(|known| *known == name))
        });
        let Some(source) = csvs.of(&one.file, report) else { continue };
        let list = list(one.name.get_ref().clone(), parent, &lists, &source, report);
        lists.push(list);
        sources.push(source);
    }
    (lists, sources)
}

/// Indexes the lists. Two entries of one parent that are valid at the same time must not read the same.
pub fn index(lists: &[CodeList], sources: &[Source<'_>]) -> Vec<Mistake> {
    lists.par_iter().zip(sources).flat_map_iter(|(list, source)| same_labels(list, source)).collect()
}

/// Reads the reference tables.
pub fn references(
    written: &[written::Reference],
    lists: &[CodeList],
    csvs: &Csvs<'_>,
    report: &mut Report,
) -> Vec<ReferenceTable> {
    let known: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
    let mut tables = Vec::new();
    for one in written {
        let columns: Vec<ReferenceColumn> = one
            .columns
            .iter()
            .map(|column| ReferenceColumn {
                name: column.name.get_ref().clone(),
                label: column.label.clone(),
                list: column.list.as_ref().and_then(|name| {
                    report.here.name("list", name, &known, |name| known.iter().position(|known| *known == name))
                }),
            })
            .collect();
        let Some(Source { csv, file }) = csvs.of(&one.file, report) else { continue };
        for column in &one.columns {
            let heads: Vec<&str> = csv.head.iter().map(Cow::as_ref).collect();
            report.here.name("column", &column.name, &heads, |name| csv.column(name));
        }
        let rows = csv.rows.iter().map(|(line, row)| {
            let value = |column: &ReferenceColumn| {
                let written = csv.column(&column.name).and_then(|at| row.get(at)).map_or("", Cow::as_ref);
                reference_value(column, written, lists, file, *line, report)
            };
            columns.iter().map(value).collect()
        });
        let rows = rows.collect();
        tables.push(ReferenceTable { name: one.name.get_ref().clone(), label: one.label.clone(), columns, rows });
    }
    tables
}

/// The CSV files of a definition.
pub struct Csvs<'a> {
    files: &'a Files,
    read: BTreeMap<&'a str, Csv<'a>>,
}

/// One of them, by its name.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    csv: &'a Csv<'a>,
    file: &'a str,
}

impl<'a> Csvs<'a> {
    /// Reads them, each once.
    pub fn read(files: &'a Files) -> Self {
        let csvs: Vec<_> = files.iter().filter(|(name, _)| name.ends_with(".csv")).collect();
        let read = csvs.into_par_iter().map(|(name, text)| (name.as_str(), Csv::read(text)));
        Self { files, read: read.collect() }
    }

    /// One of them by the name that the definition gives it.
    fn of(&self, name: &Located<String>, report: &mut Report) -> Option<Source<'_>> {
        let known: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let (file, csv) = report.here.name("file", name, &known, |name| self.read.get_key_value(name))?;
        for (line, what) in &csv.faults {
            report.elsewhere(file, *line, what.clone(), None);
        }
        Some(Source { csv, file })
    }
}

fn list(
    name: String,
    parent: Option<usize>,
    lists: &[CodeList],
    Source { csv, file }: &Source<'_>,
    report: &mut Report,
) -> CodeList {
    for needed in ["code", "label"] {
        if csv.column(needed).is_none() {
            report.elsewhere(file, 1, format!("column \"{needed}\" is missing"), None);
        }
    }
    let [code, vi, en, short_vi, short_en, variants, parent_at, from, to] = FIXED.map(|name| csv.column(name));
    let attributes: Vec<usize> = (0..csv.head.len()).filter(|at| !FIXED.contains(&csv.head[*at].as_ref())).collect();
    let mut days = Days::default();
    let mut entries = Vec::with_capacity(csv.rows.len());
    for (line, row) in &csv.rows {
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map_or("", Cow::as_ref);
        let label = label(cell(vi), cell(en));
        let short = if cell(short_vi).is_empty() { label.clone() } else { self::label(cell(short_vi), cell(short_en)) };
        if let Some(fault) = unfit(&label.vi) {
            report.elsewhere(file, *line, format!("label \"{}\" {fault}", label.vi), None);
        }
        entries.push(Entry {
            code: cell(code).to_owned(),
            label,
            short,
            variants: cell(variants).split('|').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            parent: parent_code(parent, lists, cell(parent_at), file, *line, report),
            from: days.read(cell(from), file, *line, report),
            to: days.read(cell(to), file, *line, report),
            attributes: attributes.iter().map(|at| cell(Some(*at)).to_owned()).collect(),
        });
    }
    let attributes = attributes.iter().map(|at| csv.head[*at].to_string()).collect();
    CodeList::new(name, parent, attributes, entries, KEYS)
}

fn label(vi: &str, en: &str) -> Label {
    Label { vi: vi.to_owned(), en: if en.is_empty() { vi } else { en }.to_owned() }
}

/// Why COUNTIFS would not take a label as it stands; formulas of the summary sheets count by label.
fn unfit(label: &str) -> Option<&'static str> {
    let number_like = label.chars().all(|c| c.is_ascii_digit() || "/.,:- ".contains(c));
    match label {
        "" => Some("is empty"),
        _ if number_like => Some("reads as a number or a date in a formula"),
        _ if label.contains(['*', '?', '~']) => Some("holds a wildcard of formulas (* ? ~)"),
        _ if label.starts_with(['=', '<', '>']) => Some("begins with an operator of formulas"),
        _ => None,
    }
}

/// The labels that stand twice, among entries that share a spelling.
fn same_labels(list: &CodeList, Source { csv, file }: &Source<'_>) -> Vec<Mistake> {
    let ends_before = |one: &Entry, other: &Entry| matches!((one.to, other.from), (Some(to), Some(from)) if to < from);
    let same = |one: &Entry, other: &Entry| {
        one.parent == other.parent
            && !ends_before(one, other)
            && !ends_before(other, one)
            && text::key(&one.label.vi) == text::key(&other.label.vi)
    };
    let mut mistakes = Vec::new();
    for codes in list.index().values() {
        let sharing: Vec<(usize, &Entry)> =
            codes.iter().filter_map(|code| Some((code.position()?, list.entry(*code)?))).collect();
        for (at, (position, entry)) in sharing.iter().enumerate() {
            if sharing[..at].iter().any(|(_, before)| same(before, entry)) {
                let line = csv.rows.get(*position).map_or(1, |(line, _)| *line);
                mistakes.push(mistake(file, line, format!("label \"{}\" stands twice", entry.label.vi), None));
            }
        }
    }
    mistakes
}

fn parent_code(
    parent: Option<usize>,
    lists: &[CodeList],
    code: &str,
    file: &str,
    line: usize,
    report: &mut Report,
) -> Option<Code> {
    let list = lists.get(parent?)?;
    if code.is_empty() {
        return None;
    }
    let found = list.by_code(code, None);
    if found.is_none() {
        report.elsewhere(
            file,
            line,
            format!("unknown code \"{code}\" of list \"{}\"", list.name),
            Some(codes(list, code)),
        );
    }
    found
}

/// Days that were read: a list writes few of them, many times.
#[derive(Default)]
struct Days<'a>(FxHashMap<&'a str, Option<NaiveDate>>);

impl<'a> Days<'a> {
    fn read(&mut self, text: &'a str, file: &str, line: usize, report: &mut Report) -> Option<NaiveDate> {
        if text.is_empty() {
            return None;
        }
        let day = *self.0.entry(text).or_insert_with(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok());
        if day.is_none() {
            report.elsewhere(file, line, format!("\"{text}\" is no date"), Some("write yyyy-mm-dd".to_owned()));
        }
        day
    }
}

fn reference_value(
    column: &ReferenceColumn,
    written: &str,
    lists: &[CodeList],
    file: &str,
    line: usize,
    report: &mut Report,
) -> ReferenceValue {
    match column.list.and_then(|list| lists.get(list)) {
        Some(list) => ReferenceValue::Code(list.by_code(written, None).unwrap_or_else(|| {
            let what = format!("unknown code \"{written}\" of list \"{}\"", list.name);
            report.elsewhere(file, line, what, Some(codes(list, written)));
            Code::NONE
        })),
        None => written.parse().map_or_else(|_| ReferenceValue::Text(written.to_owned()), ReferenceValue::Number),
    }
}

fn codes(list: &CodeList, word: &str) -> String {
    let known: Vec<&str> = list.entries.iter().map(|entry| entry.code.as_str()).collect();
    nearest(word, &known)
}

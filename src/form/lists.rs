//! Code lists and reference tables: CSV files beside a definition.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::FxHashMap;

use super::written;
use super::{Files, Report};
use crate::model::{Code, CodeList, Entry, Label, Located, ReferenceColumn, ReferenceTable, ReferenceValue, nearest};
use crate::text;

/// Columns of a list's CSV that are no attributes.
const FIXED: [&str; 8] = ["code", "label", "label_en", "short", "short_en", "variants", "parent", "from"];

/// Reads the lists in order; a parent must stand before its children.
pub fn lists(written: &[written::List], csvs: &Csvs<'_>, report: &mut Report) -> Vec<CodeList> {
    let mut lists: Vec<CodeList> = Vec::new();
    for one in written {
        let known: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if known.contains(&one.name.get_ref().as_str()) {
            report.here.add(one.name.span(), format!("list \"{}\" stands twice", one.name.get_ref()), None);
        }
        let parent = one.parent.as_ref().and_then(|name| {
            report.here.name("list", name, &known, |name| known.iter().position(|known| *known == name))
        });
        let Some(csv) = csvs.of(&one.file, report) else { continue };
        let list = list(one.name.get_ref().clone(), parent, &lists, csv, one.file.get_ref(), report);
        lists.push(list);
    }
    lists
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
        let Some(csv) = csvs.of(&one.file, report) else { continue };
        for column in &one.columns {
            let heads: Vec<&str> = csv.head.iter().map(String::as_str).collect();
            report.here.name("column", &column.name, &heads, |name| csv.column(name));
        }
        let rows = csv.rows.iter().map(|(line, row)| {
            let value = |column: &ReferenceColumn| {
                let written = csv.column(&column.name).and_then(|at| row.get(at)).map_or("", String::as_str);
                reference_value(column, written, lists, one.file.get_ref(), *line, report)
            };
            columns.iter().map(value).collect()
        });
        let rows = rows.collect();
        tables.push(ReferenceTable { name: one.name.get_ref().clone(), label: one.label.clone(), columns, rows });
    }
    tables
}

/// The CSV files of a definition that its lists and reference tables name.
pub struct Csvs<'a> {
    files: &'a Files,
    read: BTreeMap<&'a str, Csv>,
}

impl<'a> Csvs<'a> {
    /// Reads them, each once.
    pub fn read(lists: &[written::List], references: &[written::Reference], files: &'a Files) -> Self {
        let named = lists.iter().map(|one| &one.file).chain(references.iter().map(|one| &one.file));
        let named: BTreeSet<&str> = named.map(|name| name.get_ref().as_str()).collect();
        let files_named: Vec<_> = files.iter().filter(|(name, _)| named.contains(name.as_str())).collect();
        let read = files_named.into_par_iter().map(|(name, text)| (name.as_str(), Csv::read(text)));
        Self { files, read: read.collect() }
    }

    /// One of them by the name that the definition gives it.
    fn of(&self, name: &Located<String>, report: &mut Report) -> Option<&Csv> {
        let known: Vec<&str> = self.files.keys().map(String::as_str).collect();
        let csv = report.here.name("file", name, &known, |name| self.read.get(name))?;
        for (line, what) in &csv.faults {
            report.elsewhere(name.get_ref(), *line, what.clone(), None);
        }
        Some(csv)
    }
}

/// A CSV with its header.
struct Csv {
    head: Vec<String>,
    /// Line number and cells.
    rows: Vec<(usize, Vec<String>)>,
    /// Line number of what is no row, and why.
    faults: Vec<(usize, String)>,
}

impl Csv {
    fn read(text: &str) -> Self {
        let mut reader =
            csv::ReaderBuilder::new().flexible(false).from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let head = reader.headers().map(|head| head.iter().map(str::to_owned).collect()).unwrap_or_default();
        let mut csv = Self { head, rows: Vec::new(), faults: Vec::new() };
        for record in reader.records() {
            match record {
                Ok(record) => {
                    let line = record.position().map_or(0, |at| usize::try_from(at.line()).unwrap_or(0));
                    csv.rows.push((line, record.iter().map(|cell| cell.trim().to_owned()).collect()));
                }
                Err(error) => {
                    let line = error.position().map_or(1, |at| usize::try_from(at.line()).unwrap_or(1));
                    csv.faults.push((line, error.to_string()));
                }
            }
        }
        csv
    }

    fn column(&self, name: &str) -> Option<usize> {
        self.head.iter().position(|head| head == name)
    }
}

fn list(
    name: String,
    parent: Option<usize>,
    lists: &[CodeList],
    csv: &Csv,
    file: &str,
    report: &mut Report,
) -> CodeList {
    for needed in ["code", "label"] {
        if csv.column(needed).is_none() {
            report.elsewhere(file, 1, format!("column \"{needed}\" is missing"), None);
        }
    }
    let fixed = |head: &&String| FIXED.contains(&head.as_str()) || head.as_str() == "to";
    let attributes: Vec<String> = csv.head.iter().filter(|head| !fixed(head)).cloned().collect();
    let mut entries = Vec::with_capacity(csv.rows.len());
    for (line, row) in &csv.rows {
        let cell = |column: &str| csv.column(column).and_then(|at| row.get(at)).map_or("", String::as_str);
        let label = label(cell("label"), cell("label_en"));
        let short = if cell("short").is_empty() { label.clone() } else { self::label(cell("short"), cell("short_en")) };
        if let Some(fault) = unfit(&label.vi) {
            report.elsewhere(file, *line, format!("label \"{}\" {fault}", label.vi), None);
        }
        entries.push(Entry {
            code: cell("code").to_owned(),
            label,
            short,
            variants: cell("variants").split('|').filter(|one| !one.is_empty()).map(str::to_owned).collect(),
            parent: parent_code(parent, lists, cell("parent"), file, *line, report),
            from: date(cell("from"), file, *line, report),
            to: date(cell("to"), file, *line, report),
            attributes: attributes.iter().map(|name| cell(name).to_owned()).collect(),
        });
    }
    same_labels(&entries, csv, file, report);
    CodeList::new(name, parent, attributes, entries, text::key)
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

/// Two entries of one parent that are valid at the same time must not read the same.
fn same_labels(entries: &[Entry], csv: &Csv, file: &str, report: &mut Report) {
    let mut seen: FxHashMap<(Option<Code>, String), Vec<usize>> = FxHashMap::default();
    for (position, entry) in entries.iter().enumerate() {
        let others = seen.entry((entry.parent, text::key(&entry.label.vi))).or_default();
        let overlaps = |other: &&usize| {
            let other = &entries[**other];
            let before = |to: Option<NaiveDate>, from: Option<NaiveDate>| matches!((to, from), (Some(to), Some(from)) if to < from);
            !before(other.to, entry.from) && !before(entry.to, other.from)
        };
        if others.iter().any(|other| overlaps(&other)) {
            let line = csv.rows.get(position).map_or(1, |(line, _)| *line);
            report.elsewhere(file, line, format!("label \"{}\" stands twice", entry.label.vi), None);
        }
        others.push(position);
    }
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

fn date(text: &str, file: &str, line: usize, report: &mut Report) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    let date = NaiveDate::parse_from_str(text, "%Y-%m-%d").ok();
    if date.is_none() {
        report.elsewhere(file, line, format!("\"{text}\" is no date"), Some("write yyyy-mm-dd".to_owned()));
    }
    date
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

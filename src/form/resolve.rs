//! From files to a sound form, or every mistake.

use std::ops::Range;
use std::sync::OnceLock;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::entry::{self, Value};
use super::{Files, Form, Report, lists, rules, tables, written};
use crate::model::{CoverShape, Label, Mistake, Mistakes, Vocabulary};
use crate::summaries::Office;

const FILE: &str = "form.toml";

/// Resolves a definition.
///
/// # Errors
/// Every mistake of every file, in order of file and position.
pub fn resolve(files: &Files) -> Result<Form, Vec<Mistake>> {
    let Some(text) = files.get(FILE) else {
        let what = "the definition has no form.toml".to_owned();
        return Err(vec![Mistake { file: FILE.to_owned(), line: 1, column: 1, what, hint: None }]);
    };
    let (parsed, csvs) = rayon::join(|| DeTable::parse_recoverable(text), || lists::Csvs::read(files));
    let (document, faults) = parsed;
    let mut report = Report::default();
    for fault in &faults {
        report.here.add(fault.span().unwrap_or(0..0), fault.message().to_owned(), None);
    }
    let form = if faults.is_empty() { form(document, &csvs, &mut report) } else { None };
    let mistakes = placed(report, text);
    match form {
        Some(form) if mistakes.is_empty() => Ok(form),
        _ => Err(mistakes),
    }
}

fn form(document: Spanned<DeTable<'_>>, csvs: &lists::Csvs<'_>, report: &mut Report) -> Option<Form> {
    let span = document.span();
    let mut top = document.into_inner();
    let office: Option<written::Office> =
        entry::take(&mut top, "office").and_then(|value| entry::read(value, &mut report.here));
    let cover: Option<written::Cover> =
        entry::take(&mut top, "cover").and_then(|value| entry::read(value, &mut report.here));
    let (written_lists, written_references) = (all(&mut top, "list", report), all(&mut top, "reference", report));
    let written_measures: Vec<written::Measure> = all(&mut top, "measure", report);
    let tables = entry::take_all(&mut top, "table");
    let summaries = entry::take(&mut top, "summary");
    let head: Option<written::Head> =
        entry::read_valid(Spanned::new(0..span.end.min(1), DeValue::Table(top)), &mut report.here);

    let (lists, sources) = lists::lists(&written_lists, csvs, report);
    let references = lists::references(&written_references, &lists, csvs, report);
    let known: Vec<&str> = lists.iter().map(|list| list.name.as_str()).collect();
    let districts = head.as_ref().and_then(|head| {
        report.here.name("list", &head.districts, &known, |name| known.iter().position(|known| *known == name))
    });
    let mut vocabulary = Vocabulary {
        cover: CoverShape { sheet: Label::default(), totals: Vec::new() },
        tables: Vec::new(),
        lists,
        references,
        districts: districts.unwrap_or(0),
        measures: Vec::new(),
    };
    let mut written_checks = Vec::new();
    for value in tables {
        let at = value.span();
        written_checks.push(table(value, at, &mut vocabulary, report));
    }
    for written in written_measures {
        let measure = tables::measure(written, &vocabulary, &mut report.here);
        vocabulary.measures.extend(measure);
    }
    match cover {
        Some(cover) => vocabulary.cover = tables::cover(cover, &vocabulary, &mut report.here),
        None => report.here.add(0..0, "the definition has no [cover]", None),
    }
    let here = &mut report.here;
    let rules = || {
        let kinds = written_checks.into_iter().enumerate().filter_map(|(table, kinds)| Some((table, kinds?)));
        let checks = kinds.flat_map(|(table, kinds)| rules::checks(kinds, &vocabulary, table, here)).collect();
        let summaries = summaries.map(|kinds| rules::summaries(kinds, &vocabulary, here)).unwrap_or_default();
        (checks, summaries)
    };
    let ((checks, summaries), doubled) = rayon::join(rules, || lists::index(&vocabulary.lists, &sources));
    report.others.extend(doubled);
    let head = head?;
    districts?;
    let must_report = must_report(&head, &vocabulary);
    Some(Form {
        id: head.id,
        edition: head.edition,
        title: head.title,
        office: office.map(office_of).unwrap_or_default(),
        vocabulary,
        checks,
        summaries,
        accept: head.accept,
        repairs: head.repair.into_iter().collect(),
        live_rows: head.live_rows,
        must_report,
        titles: OnceLock::new(),
    })
}

/// Every entry of an array, read one by one.
fn all<T: serde::de::DeserializeOwned>(top: &mut DeTable<'_>, key: &str, report: &mut Report) -> Vec<T> {
    entry::take_all(top, key).into_iter().filter_map(|value| entry::read(value, &mut report.here)).collect()
}

/// Adds a table to the vocabulary; gives what it says of checks. A table that cannot be read keeps its place.
fn table<'a>(
    value: Value<'a>,
    at: Range<usize>,
    vocabulary: &mut Vocabulary,
    report: &mut Report,
) -> Option<Value<'a>> {
    let mut table = entry::table_of(value)?;
    let checks = entry::take(&mut table, "check");
    let fields = entry::take_all(&mut table, "field");
    let fields = fields.into_iter().filter_map(|field| entry::read_valid(field, &mut report.here)).collect();
    let written: Option<written::Table> =
        entry::read_valid(Spanned::new(at.clone(), DeValue::Table(table)), &mut report.here);
    let shape = tables::table(written?, fields, vocabulary, at, &mut report.here);
    vocabulary.tables.push(shape);
    checks
}

fn must_report(head: &written::Head, vocabulary: &Vocabulary) -> Vec<String> {
    match &head.must_report {
        written::MustReport::Codes(codes) => codes.clone(),
        written::MustReport::Everyone | written::MustReport::Word(written::All::All) => {
            vocabulary.lists[vocabulary.districts].entries.iter().map(|entry| entry.code.clone()).collect()
        }
    }
}

fn office_of(written: written::Office) -> Office {
    Office { parent: written.parent, body: written.body, place: written.place, signatures: written.signatures }
}

/// Byte positions as lines and columns, in order, none twice.
fn placed(report: Report, text: &str) -> Vec<Mistake> {
    let Mistakes { list } = report.here;
    let here = list.into_iter().map(|(at, what, hint)| {
        let before = text.get(..at.start.min(text.len())).unwrap_or(text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
        Mistake { file: FILE.to_owned(), line, column, what, hint }
    });
    let mut mistakes: Vec<Mistake> = here.chain(report.others).collect();
    mistakes.sort();
    mistakes.dedup();
    mistakes
}

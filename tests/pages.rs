//! The pages of the checks are tests: what each page's example must find is found, and nothing else.
//!
//! A page (`src/checks/<kind>.md`, and the further cases in `tests/cases/`) holds:
//! - ` ```toml ` blocks: lists, tables, checks and measures, put behind the frame below; ` ```csv <file> ` blocks: the lists;
//! - `### <district> · <sheet>` and a table: a sheet of a district's workbook, its first row in sheet row 1;
//!   `· kỳ trước` behind it: the same of the previous consolidated workbook. The rows of a sheet «Thông tin» stand
//!   before those of the frame and replace them; `(không có)` in place of a table: the workbook lacks that sheet;
//! - a table `check | level | where`: the findings of the workbooks above, `where` being `district · sheet · cell`.
//!   The level `not run` means that the check could not be judged for that district.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use tonghop::checks::{self, BASELINE_PAGE, KINDS};
use tonghop::form::{self, Files, Form};
use tonghop::model::{Finding, Label, Lang, Level, SourceFile, Submission, baseline};
use tonghop::reading::{self, Grid};
use tonghop::text::plain_key;

const FRAME: &str = r#"
id = "vi-du"
edition = "1"
title = "Ví dụ"
districts = "districts"

[cover]
sheet = "Thông tin"

[[list]]
name = "districts"
file = "districts.csv"
"#;

const DISTRICTS: &str = "code,label,short\n178,Thành phố Lạng Sơn,Lạng Sơn\n180,Huyện Tràng Định,Tràng Định\n";

/// The cover of every workbook, where the page says nothing else.
const COVER: [[&str; 2]; 3] =
    [["Kỳ báo cáo", "2019"], ["Số liệu tính đến ngày", "30/06/2019"], ["Người lập biểu", "Vi Thị Mẫu"]];

type Rows = Vec<Vec<String>>;
/// By district: the sheets of its workbook.
type Books = BTreeMap<String, Vec<(String, Rows)>>;

/// Workbooks with the findings that they must give.
#[derive(Clone, Debug, Default)]
struct Example {
    now: Books,
    before: Books,
    expected: Vec<String>,
}

impl Example {
    /// What districts wrote: the names of the sheets and every cell, longest first.
    fn written(&self) -> Vec<&str> {
        let mut written: Vec<&str> = vec!["Thông tin"];
        for (sheet, rows) in self.now.values().chain(self.before.values()).flatten() {
            written.push(sheet);
            written.extend(rows.iter().flatten().map(String::as_str));
        }
        written.sort_by_key(|text| std::cmp::Reverse(text.len()));
        written
    }
}

/// What a page says: a definition and examples.
#[derive(Debug)]
struct Page {
    files: Files,
    examples: Vec<Example>,
}

/// Reads a page, line by line; the findings' table ends an example.
fn page(text: &str) -> Page {
    let mut files = Files::from([("districts.csv".to_owned(), DISTRICTS.to_owned())]);
    let (mut definition, mut examples, mut example) = (FRAME.to_owned(), Vec::new(), Example::default());
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix("```").filter(|language| !language.is_empty()) {
            let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            match language.split_once(' ') {
                Some(("csv", file)) => _ = files.insert(file.to_owned(), block.join("\n") + "\n"),
                _ => definition.extend([block.join("\n").as_str(), "\n"]),
            }
        } else if let Some(heading) = line.strip_prefix("### ") {
            let words: Vec<&str> = heading.split(" · ").collect();
            let [district, sheet, rest @ ..] = words.as_slice() else { panic!("a heading without a sheet: {line}") };
            let books = if rest.is_empty() { &mut example.now } else { &mut example.before };
            let book = books.entry((*district).to_owned()).or_default();
            while lines.next_if(|line| line.is_empty()).is_some() {}
            if lines.next_if_eq(&"(không có)").is_none() {
                book.push(((*sheet).to_owned(), table(&mut lines)));
            }
        } else if cells(line) == ["check", "level", "where"] {
            lines.next();
            example.expected = table_rows(&mut lines).into_iter().map(|row| row.join(" | ")).collect();
            example.expected.sort();
            examples.push(std::mem::take(&mut example));
        }
    }
    files.insert("form.toml".to_owned(), definition);
    Page { files, examples }
}

/// A table with its head, without the line of dashes.
fn table<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Rows {
    let mut rows = table_rows(lines);
    assert!(rows.len() >= 2, "a heading without a table: {rows:?}");
    rows.remove(1);
    rows
}

fn table_rows<'a>(lines: &mut std::iter::Peekable<impl Iterator<Item = &'a str>>) -> Rows {
    let mut rows = Rows::new();
    while let Some(line) = lines.next_if(|line| line.starts_with('|')) {
        rows.push(cells(line));
    }
    rows
}

fn cells(line: &str) -> Vec<String> {
    let inner = line.strip_prefix('|').and_then(|line| line.strip_suffix('|')).unwrap_or("");
    inner.split('|').map(|cell| cell.trim().to_owned()).collect()
}

fn form(files: &Files) -> Form {
    form::resolve(files).unwrap_or_else(|mistakes| panic!("{mistakes:#?}"))
}

/// The workbooks as reading gives them, in the order of the districts.
fn read(form: &Form, books: &Books) -> Vec<Submission> {
    let read = |(district, sheets): (&String, &Vec<(String, Rows)>)| {
        let of_page = sheets.iter().filter(|(sheet, _)| sheet == "Thông tin").flat_map(|(_, rows)| rows.clone());
        let mut cover: Rows = of_page.collect();
        cover.push(vec!["Mã huyện".to_owned(), district.clone()]);
        cover.extend(COVER.map(|row| row.map(str::to_owned).to_vec()));
        let mut grid = Grid::default().with("Thông tin", cover);
        for (sheet, rows) in sheets.iter().filter(|(sheet, _)| sheet != "Thông tin") {
            grid = grid.with(sheet, rows.clone());
        }
        let name = format!("{district}.xlsx");
        let file = SourceFile { name, size: 0, modified: 0, digest: 0, format: "xlsx" };
        reading::read(file, Ok(&mut grid), form)
    };
    books.iter().map(read).collect()
}

/// The findings of an example, baseline ones included, and the checks that could not run.
fn judged(form: &Form, example: &Example) -> (Vec<Finding>, Vec<String>) {
    let (submissions, previous) = (read(form, &example.now), read(form, &example.before));
    let counted: Vec<usize> = (0..submissions.len()).collect();
    let judgement = checks::judge(&form.checks, &form.vocabulary, &submissions, &counted, &previous);
    let district = |position: usize| example.now.keys().nth(position).unwrap().clone();
    let idle = judgement.not_run.iter().flat_map(|(position, ids)| ids.iter().map(move |id| (*position, id)));
    let idle: Vec<String> = idle.map(|(position, id)| format!("{id} | not run | {}", district(position))).collect();
    let baseline = submissions.iter().enumerate().flat_map(|(position, submission)| {
        let of = |finding: &Finding| Finding { submission: Some(position), ..finding.clone() };
        submission.findings.iter().map(of).collect::<Vec<_>>()
    });
    (baseline.chain(judgement.findings).collect(), idle)
}

fn line(example: &Example, finding: &Finding) -> String {
    let level = match finding.level {
        Level::Block => "block",
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    };
    let district = finding.submission.and_then(|position| example.now.keys().nth(position)).unwrap();
    let place = finding.places.first().map(|place| match place.cell {
        Some(cell) => format!(" · {} · {cell}", place.sheet),
        None => format!(" · {}", place.sheet),
    });
    format!("{} | {level} | {district}{}", finding.check, place.unwrap_or_default())
}

/// Asserts that every example of a page gives what it says.
fn holds(name: &str, text: &str) {
    let page = page(text);
    let form = form(&page.files);
    assert!(!page.examples.is_empty(), "{name}: no table of findings");
    for example in &page.examples {
        let (findings, idle) = judged(&form, example);
        let mut found: Vec<String> = findings.iter().map(|finding| line(example, finding)).chain(idle).collect();
        found.sort();
        assert_eq!(found, example.expected, "{name}: found (left), expected (right)");
    }
}

/// Names and texts of the further cases.
fn cases() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    files.map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap())).collect()
}

fn pages() -> BTreeMap<String, String> {
    KINDS.iter().map(|kind| (kind.name.to_owned(), kind.page.to_owned())).chain(cases()).collect()
}

#[test]
fn every_kind_finds_what_its_page_says_and_nothing_else() {
    for kind in KINDS {
        holds(kind.name, kind.page);
        let page = page(kind.page);
        let form = form(&page.files);
        let own: BTreeSet<&str> =
            form.checks.iter().filter(|check| check.kind == kind.name).map(|check| check.id.as_str()).collect();
        let expected = page.examples.iter().flat_map(|example| &example.expected);
        let shown: BTreeSet<&str> = expected.filter_map(|line| line.split(" | ").next()).collect();
        assert!(!own.is_empty() && own.is_subset(&shown), "{}: {own:?} are not all shown to find something", kind.name);
        let rows: usize =
            page.examples.iter().flat_map(|one| one.now.values().flatten()).map(|(_, rows)| rows.len() - 1).sum();
        let faulty: BTreeSet<&String> = page.examples.iter().flat_map(|one| &one.expected).collect();
        assert!(faulty.len() < rows, "{}: no clean row", kind.name);
        for heading in ["## Tiếng Việt", "## English", "## Ví dụ (example)"] {
            assert!(kind.page.lines().any(|line| line == heading), "{}: no {heading}", kind.name);
        }
    }
}

#[test]
fn every_further_case_gives_what_it_says() {
    for (name, text) in cases() {
        holds(&name, &text);
    }
}

/// Every label of the form reads the same without diacritics in English, so that an English sentence is plain ASCII
/// but for what the district wrote.
fn anglicised(form: &mut Form) {
    let to_ascii = |label: &mut Label| label.en = plain_key(&label.vi);
    let vocabulary = &mut form.vocabulary;
    for table in &mut vocabulary.tables {
        to_ascii(&mut table.sheet);
        table.fields.iter_mut().for_each(|field| to_ascii(&mut field.label));
    }
    for entry in vocabulary.lists.iter_mut().flat_map(|list| &mut list.entries) {
        to_ascii(&mut entry.label);
        to_ascii(&mut entry.short);
    }
    vocabulary.cover.totals.iter_mut().for_each(|total| to_ascii(&mut total.label));
}

/// Whether a sentence has every blank filled in and does not break off.
fn is_whole(sentence: &str) -> bool {
    let end = sentence.trim_end_matches(['.', ' ']);
    let last = end.rsplit(' ').next().unwrap_or("");
    !end.is_empty()
        && !sentence.contains(['{', '}'])
        && !sentence.contains("  ")
        && !end.ends_with([',', ':'])
        && !["vì", "because", "là", "is", "của", "of"].contains(&last)
}

#[test]
fn every_sentence_is_whole_and_in_its_language() {
    let mut said = 0;
    for (name, text) in pages() {
        let page = page(&text);
        let mut form = form(&page.files);
        anglicised(&mut form);
        for example in &page.examples {
            let findings = judged(&form, example).0;
            for sentence in findings.iter().flat_map(|one| [&one.found, &one.expected, &one.remedy]) {
                let (vi, en) = (sentence.get(Lang::Vi), sentence.get(Lang::En));
                assert!(is_whole(&vi) && is_whole(&en), "{name}: {vi} / {en}");
                let written = example.written().into_iter().filter(|text| !text.is_ascii());
                let ours = written.fold(en.replace('…', ""), |en, text| en.replace(text, ""));
                assert!(ours.is_ascii(), "{name}: {en}");
                said += 1;
            }
        }
    }
    assert!(said > 100, "only {said} sentences");
}

#[test]
fn every_baseline_finding_has_its_section_in_both_languages() {
    for one in baseline::ALL {
        let heading = format!("## {}", one.id);
        let below = BASELINE_PAGE.lines().skip_while(|line| *line != heading).skip(1);
        let section: Vec<&str> = below.take_while(|line| !line.starts_with("## ")).collect();
        for language in ["### Tiếng Việt", "### English"] {
            let words = section.iter().skip_while(|line| **line != language).skip(1);
            let words: Vec<&str> =
                words.take_while(|line| !line.starts_with('#')).flat_map(|line| line.split(' ')).collect();
            assert!(words.len() >= 20, "{}: {language} says {words:?}", one.id);
        }
    }
    let headings = BASELINE_PAGE.lines().filter(|line| line.starts_with("## ")).count();
    assert_eq!(headings, baseline::ALL.len(), "a section without its finding");
}

//! This program: the whole merge as an officer runs it, and its stages one by one.

use std::ops::ControlFlow;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;
use tonghop::consolidate::{self, Asked, Judged};
use tonghop::form::Files;
use tonghop::model::{Consolidated, Lang, Submission};
use tonghop::run::{self, Before, Request, Stage, Watch};
use tonghop::summaries::{self, Live};
use tonghop::writers::{self, FormFace};
use tonghop::{checks, intake, reading};

use super::measure::stage;
use super::sets::{self, Set};

struct Silent;

impl Watch for Silent {
    fn begin(&self, _: Stage, _: usize) {}
    fn step(&self) {}
}

fn request(set: &Set) -> Request {
    let today = NaiveDate::from_ymd_opt(2019, 7, 5).unwrap();
    Request { input: set.folder(), period: None, accept: None, lang: Lang::Vi, today }
}

/// Everything, from the form to the published results.
pub fn merge(set: &Set, out: &Path) {
    run::take_part();
    let (lists, request) = (set.lists(), request(set));
    let work = || {
        let (form, files) = rayon::join(|| sets::form(lists), || run::Files::find(&request.input));
        let outcome = run::judge(&form, files.unwrap(), &request, Before::default(), &Silent);
        run::publish(&form, &outcome, &request, out, &Silent).unwrap();
        rows(&outcome.consolidated.submissions)
    };
    let rows = stage("whole merge", work, |rows| *rows);
    assert!(rows >= set.rows(), "{rows} rows of {set}");
}

/// Filled cells, read by one thread.
pub fn scan(set: &Set, _: &Path) {
    stage("scan alone, one thread", || scanned(set), |cells| *cells);
}

/// All but the hand-backs, stage by stage, as `run.rs` calls them; peaks are of the process up to the stage's end.
pub fn stages(set: &Set, out: &Path) {
    run::take_part();
    let lists = set.lists();
    stage("all of them", || staged(set, lists, &out.join(run::CONSOLIDATED)), |rows| *rows);
}

fn staged(set: &Set, lists: Files, path: &Path) -> usize {
    let request = request(set);
    let form = stage("form", || sets::form(lists), |_| 0);
    let read = |file: &intake::FileFound| {
        let (source, mut opened) = intake::open(file);
        reading::read(source, opened.as_deref_mut(), &form)
    };
    let files = intake::list(&request.input).unwrap().files;
    let mut submissions: Vec<Submission> =
        stage("read and type", || files.par_iter().map(read).collect(), |all: &Vec<_>| rows(all));
    let asked = Asked { period: None, districts: form.expected_on(request.today) };
    let choice = consolidate::choose(&mut submissions, &asked);
    let judge = || checks::judge(&form.checks, &form.vocabulary, &submissions, &choice.counted, &[]);
    let judgement = stage("check", judge, |judgement| judgement.findings.len());
    let judged = Judged { submissions, choice, judgement, skipped: Vec::new(), last: None };
    let merge = || consolidate::consolidate(judged, &form.vocabulary, &asked, form.accept);
    let consolidated = stage("consolidate", merge, accepted);
    let live = if accepted(&consolidated) > form.live_rows as usize { Live::Values } else { Live::Formulas };
    let input = summaries::Input {
        consolidated: &consolidated,
        vocabulary: &form.vocabulary,
        office: &form.office,
        lang: request.lang,
        today: request.today,
        live,
    };
    let sheets = stage("summaries", || summaries::sheets(&form.summaries, &input), Vec::len);
    let face = FormFace { id: &form.id, edition: &form.edition, title: &form.title, vocabulary: &form.vocabulary };
    let write = || writers::consolidated(&consolidated, &sheets, &face, request.lang, path).unwrap();
    stage("write", write, |()| std::fs::metadata(path).unwrap().len() as usize);
    rows(&consolidated.submissions)
}

fn rows(submissions: &[Submission]) -> usize {
    submissions.iter().flat_map(|one| &one.tables).map(|table| table.len()).sum()
}

fn accepted(consolidated: &Consolidated) -> usize {
    consolidated.registers.iter().map(|register| register.rows.len()).sum()
}

/// Filled cells of the set, by the reader of `intake`.
fn scanned(set: &Set) -> usize {
    let mut count = 0;
    for file in intake::list(&set.folder()).unwrap().files {
        let mut workbook = intake::open(&file).1.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        for sheet in 0..workbook.sheets().len() {
            let read = workbook.cells(sheet, &mut |cell| {
                std::hint::black_box(cell);
                count += 1;
                ControlFlow::Continue(())
            });
            read.unwrap_or_else(|refusal| panic!("{refusal:?}"));
        }
    }
    count
}

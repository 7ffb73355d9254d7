//! The whole journey on one page; calls only.

mod files;
mod hand_back;
mod readback;

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rayon::prelude::*;

use crate::consolidate::{self, Asked, Judged};
use crate::form::Form;
use crate::intake::{self, FileFound};
use crate::model::{Accept, Code, Consolidated, Label, Lang, LastRound, Submission};
use crate::summaries::{self, Live};
use crate::writers::{self, FormFace};
use crate::{checks, reading};

pub use crate::reading::Unfit;
pub use files::Files;

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[readback::TEXTS];

/// The name of the consolidated workbook in the folder of results.
pub const CONSOLIDATED: &str = "tong-hop.xlsx";
/// The name of the machine-readable result there, which is the record that the next round is compared with.
const RECORD: &str = "ket-qua.json";

/// What an officer asks for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The folder of returned workbooks, or one of them.
    pub input: PathBuf,
    /// The period asked for; the one most files give where it is not said.
    pub period: Option<String>,
    /// What an error costs; the form's policy where it is not said.
    pub accept: Option<Accept>,
    /// The language of every result.
    pub lang: Lang,
    /// The day printed on the sheets.
    pub today: NaiveDate,
}

/// What was read and judged, with the files it came from.
#[derive(Debug)]
pub struct Outcome {
    /// The files, in the order of the submissions.
    files: Files,
    /// The result.
    pub consolidated: Consolidated,
}

/// What came before, to compare with.
#[derive(Debug, Default)]
pub struct Before {
    /// The last period, as [`previous`] gives it; empty where nothing is to be compared with.
    pub period: Vec<Submission>,
    /// The last round of this period, as [`last_round`] gives it; `None` where no result is kept.
    pub round: Option<LastRound>,
}

/// Told of progress: a stage, and how much of it is done.
pub trait Watch: Sync {
    /// A stage of `steps` steps begins.
    fn begin(&self, stage: Stage, steps: usize);
    /// One step of it is done.
    fn step(&self);
}

/// The stages that take time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Workbooks are read.
    Read,
    /// Results are written.
    Write,
}

/// Has the calling thread, which would only wait, take a share of the work: one thread less, and none to be woken between
/// stages. Other threads of the caller's must then not wait for the work that this one is to share. Does nothing where
/// work has begun already.
pub fn take_part() {
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
}

/// Reads the consolidated workbook of the last period back: a submission for each district that it holds rows of.
///
/// # Errors
/// When the file cannot be read or is something else.
pub fn previous(form: &Form, path: &Path) -> Result<Vec<Submission>, Unfit> {
    let (source, opened) = intake::open(&FileFound::at(path));
    reading::previous(source, opened, form)
}

/// Reads the record that the last run left in a folder of results, after beginning and dropping a set of results: what a
/// killed run left is settled before its record is read, and a folder that cannot be written to is known before all
/// files are read.
///
/// # Errors
/// When the folder cannot be written to.
pub fn last_round(form: &Form, out: &Path) -> anyhow::Result<LastRound> {
    if out.is_dir() {
        drop(writers::Staging::begin(out)?);
    }
    Ok(reading::record(intake::kept(&FileFound::at(&out.join(RECORD))), form))
}

/// Reads, judges and consolidates; writes nothing. Faults of files are findings.
pub fn judge(form: &Form, files: Files, request: &Request, before: Before, watch: &dyn Watch) -> Outcome {
    watch.begin(Stage::Read, files.count());
    let read = (0..files.count()).into_par_iter().with_max_len(1).map(|file| files.read(file, form));
    let mut submissions: Vec<Submission> = read.inspect(|_| watch.step()).collect();
    let everyone: Vec<usize> = (0..submissions.len()).collect();
    let asked = Asked { period: request.period.clone(), districts: expected(form, &submissions, &everyone, request) };
    let choice = consolidate::choose(&mut submissions, &asked);
    let judgement = checks::judge(&form.checks, &form.vocabulary, &submissions, &choice.counted, &before.period);
    let judged = Judged { submissions, choice, judgement, skipped: files.skipped.clone(), last: before.round };
    let accept = request.accept.unwrap_or(form.accept);
    let consolidated = consolidate::consolidate(judged, &form.vocabulary, &asked, accept);
    Outcome { files, consolidated }
}

/// Writes the consolidated workbook, a hand-back a file, and `ket-qua.json` into a folder.
///
/// # Errors
/// When something cannot be written; the previous results are then whole.
pub fn publish(form: &Form, outcome: &Outcome, request: &Request, out: &Path, watch: &dyn Watch) -> anyhow::Result<()> {
    let consolidated = &outcome.consolidated;
    let mut staging = writers::Staging::begin(out)?;
    staging.replaces(consolidated.round.as_ref().map_or(&[], |round| &round.written_before));
    watch.begin(Stage::Write, consolidated.lines.len() + 2);
    let rest = || -> anyhow::Result<()> {
        staging.complete(&staging.write(RECORD, json(form, outcome, request)?)?);
        watch.step();
        let path = staging.path(CONSOLIDATED)?;
        write_consolidated(form, consolidated, request, &path)?;
        staging.complete(&path);
        read_back(form, consolidated, &path)?;
        watch.step();
        Ok(())
    };
    let hand_back = |line: usize| -> anyhow::Result<()> {
        let written = hand_back::write(form, outcome, request, line, &staging)?;
        readback::hand_back(&written)?;
        staging.complete(&written.path);
        watch.step();
        Ok(())
    };
    // One by one, so that none waits behind another where a core is free.
    let hand_backs = || (0..consolidated.lines.len()).into_par_iter().with_max_len(1).try_for_each(hand_back);
    let (rest, hand_backs) = rayon::join(rest, hand_backs);
    rest.and(hand_backs).map_err(|error| staging.explained(error))?;
    staging.publish()
}

/// The machine-readable result.
///
/// # Errors
/// When it cannot be serialised, which no input should cause.
pub fn json(form: &Form, outcome: &Outcome, request: &Request) -> anyhow::Result<String> {
    writers::json(&outcome.consolidated, &face(form), request.lang)
}

/// Writes the blank workbooks of a form: one without a district, and one for each that must report.
///
/// # Errors
/// When something cannot be written.
pub fn templates(form: &Form, lang: Lang, today: NaiveDate, out: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let staging = writers::Staging::begin(out)?;
    let districts = form.expected_on(today).into_iter().map(Some);
    let wanted: Vec<Option<Code>> = std::iter::once(None).chain(districts).collect();
    let written = wanted.par_iter().map(|district| {
        let name = writers::template_name(&face(form), *district);
        writers::template(&face(form), &form.office, *district, today, lang, &staging.path(&name)?)?;
        Ok(out.join(name))
    });
    let written = written.collect::<anyhow::Result<Vec<_>>>().map_err(|error| staging.explained(error))?;
    staging.publish()?;
    Ok(written)
}

/// The districts that must report on the cut-off date that the files give; one file alone asks for no other.
fn expected(form: &Form, submissions: &[Submission], all: &[usize], request: &Request) -> Vec<Code> {
    if !request.input.is_dir() {
        return submissions.iter().filter_map(|one| one.cover.district).collect();
    }
    let cut_off = all.iter().filter_map(|position| submissions[*position].cover.cut_off).max();
    form.expected_on(cut_off.unwrap_or(request.today))
}

fn write_consolidated(form: &Form, consolidated: &Consolidated, request: &Request, path: &Path) -> anyhow::Result<()> {
    let rows = accepted(consolidated);
    // Formulas name one table a register, so they cannot reach rows that go on on a further sheet.
    let most = (form.live_rows as usize).min(writers::MOST_ROWS);
    let live = if rows > most { Live::Values } else { Live::Formulas };
    let input = summaries::Input {
        consolidated,
        vocabulary: &form.vocabulary,
        office: &form.office,
        lang: request.lang,
        today: request.today,
        live,
    };
    let sheets = summaries::sheets(&form.summaries, &input);
    writers::consolidated(consolidated, &sheets, &face(form), request.lang, path)
}

/// Reads the consolidated workbook back: no accepted row was lost on the way to the disk.
fn read_back(form: &Form, consolidated: &Consolidated, path: &Path) -> anyhow::Result<()> {
    let first: Vec<&Label> =
        form.vocabulary.tables.iter().filter_map(|table| table.fields.first()).map(|field| &field.label).collect();
    readback::consolidated(path, &first, accepted(consolidated))
}

/// The rows of all registers.
fn accepted(consolidated: &Consolidated) -> usize {
    consolidated.registers.iter().map(|register| register.rows.len()).sum()
}

fn face(form: &Form) -> FormFace<'_> {
    FormFace { id: &form.id, edition: &form.edition, title: &form.title, vocabulary: &form.vocabulary }
}

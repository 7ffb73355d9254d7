//! The command line: arguments in, screen and exit code out. Only this room names clap and the clock.

mod arguments;
mod explain;
mod progress;
mod rounds;
mod screen;

use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;

use crate::form::{self, Form};
use crate::model::{Handling, Lang, LastRound, Mistake, Repairs};
use crate::run::{self, Before, Files, Outcome, Request, Unfit};
use arguments::{Arguments, Command, FormCommand, Judging};
use progress::Bars;

/// Wordings of this room, for the catalogue test.
pub const TEXTS: &[&[(&str, crate::model::Text)]] = &[screen::TEXTS, explain::TEXTS, progress::TEXTS, rounds::TEXTS];

/// Why a command ended without doing its work.
enum Failure {
    /// Wrong usage or a wrong definition: exit 2.
    Usage(String),
    /// Could not read or write: exit 3.
    Machine(anyhow::Error),
}

impl From<anyhow::Error> for Failure {
    fn from(error: anyhow::Error) -> Self {
        Self::Machine(error)
    }
}

/// Runs the program: exit 0, nothing to hand back; 1, something to hand back; 2, usage or definition;
/// 3, could not read or write.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // A closed pipe must not turn the help into a panic.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let lang = arguments.lang.into();
    match run(arguments) {
        Ok(code) => ExitCode::from(code),
        Err(Failure::Usage(text)) => complain(&text, 2),
        Err(Failure::Machine(error)) => complain(&screen::machine(&error, lang), 3),
    }
}

fn run(arguments: Arguments) -> Result<u8, Failure> {
    let lang: Lang = arguments.lang.into();
    match arguments.command {
        Command::Merge { judging, out } => {
            let (form, files) = form_and_files(&judging, lang)?;
            let out = out.unwrap_or_else(|| beside(&judging.input));
            if inside(&out, &judging.input) {
                return Err(Failure::Usage(screen::results_inside(&out, &judging.input, lang)));
            }
            if let Some(previous) = judging.previous.as_deref().filter(|previous| replaced(previous, &out)) {
                return Err(Failure::Usage(screen::previous_replaced(previous, lang)));
            }
            let last = run::last_round(&form, &out)?;
            let (outcome, request) = judge(&form, files?, &judging, Some(last), lang)?;
            run::publish(&form, &outcome, &request, &out, &Bars::new(lang, judging.quiet))?;
            report(&form, &outcome, &request, &judging, Some(&out))
        }
        Command::Check { judging } => {
            let (form, files) = form_and_files(&judging, lang)?;
            let (outcome, request) = judge(&form, files?, &judging, None, lang)?;
            report(&form, &outcome, &request, &judging, None)
        }
        Command::Template { out, form, date } => {
            let form = load(form.as_deref(), lang)?;
            let written = run::templates(&form, lang, date.unwrap_or_else(today), &out)?;
            print(&screen::templates(&written, lang))
        }
        Command::Form { command: FormCommand::Check { path } } => {
            let form = load(path.as_deref(), lang)?;
            print(&screen::sound(&form, lang))
        }
        Command::Explain { subject, form } => {
            let form = load(form.as_deref(), lang)?;
            let page = explain::page(&form, &subject, lang).map_err(Failure::Usage)?;
            print(&page)
        }
    }
}

fn judge(
    form: &Form,
    files: Files,
    judging: &Judging,
    round: Option<LastRound>,
    lang: Lang,
) -> Result<(Outcome, Request), Failure> {
    let request = Request {
        input: judging.input.clone(),
        period: judging.period.clone(),
        accept: judging.accept.map(Into::into),
        lang,
        today: judging.date.unwrap_or_else(today),
    };
    let previous = judging.previous.as_deref().map(|path| run::previous(form, path)).transpose();
    let period = previous.map_err(|unfit| unfit_file(form, &unfit, lang))?.unwrap_or_default();
    let outcome = run::judge(form, files, &request, Before { period, round }, &Bars::new(lang, judging.quiet));
    Ok((outcome, request))
}

fn report(
    form: &Form,
    outcome: &Outcome,
    request: &Request,
    judging: &Judging,
    out: Option<&Path>,
) -> Result<u8, Failure> {
    if judging.json {
        print(&run::json(form, outcome, request)?)?;
    } else if !judging.quiet {
        print(&screen::overview(form, &outcome.consolidated, request.lang))?;
        match out {
            Some(out) => print(&screen::results(out, request.lang))?,
            None => print(&screen::findings(form, &outcome.consolidated, request.lang))?,
        };
    }
    Ok(u8::from(outcome.consolidated.has_errors()))
}

/// The form, and beside it the files, whose faults count after those of the form and of other arguments.
fn form_and_files(judging: &Judging, lang: Lang) -> Result<(Form, anyhow::Result<Files>), Failure> {
    let (form, files) = rayon::join(|| load_for(judging, lang), || Files::find(&judging.input));
    Ok((form?, files))
}

/// The form to judge by, with every repair turned off where that is asked for.
fn load_for(judging: &Judging, lang: Lang) -> Result<Form, Failure> {
    let form = load(judging.form.as_deref(), lang)?;
    Ok(if judging.no_repair { Form { repairs: Repairs::all(Handling::Refuse), ..form } } else { form })
}

/// The form that was named: a folder or `form.toml`, a built-in name, or the default.
fn load(named: Option<&str>, lang: Lang) -> Result<Form, Failure> {
    let built_in = form::built_in();
    let name = named.or(built_in.first().copied()).unwrap_or_default();
    let files = match form::built_in_files(name) {
        Some(files) => Ok(files),
        None if Path::new(name).exists() => form::read_files(Path::new(name))?,
        None => return Err(Failure::Usage(screen::unknown_form(name, &built_in, lang))),
    };
    let form = files.and_then(|files| form::resolve(&files));
    form.map_err(|mistakes: Vec<Mistake>| Failure::Usage(screen::mistakes(name, &mistakes, lang)))
}

/// A file that does not serve as `--previous`: wrong usage where it is another one, else it could not be read.
fn unfit_file(form: &Form, unfit: &Unfit, lang: Lang) -> Failure {
    match unfit {
        Unfit::Other(found) => Failure::Usage(screen::unfit(form, found, lang)),
        Unfit::Unreadable(refusal) => Failure::Machine(anyhow::anyhow!(screen::unfit(form, &refusal.found, lang))),
    }
}

/// The folder beside the input that takes the results: `<folder>-ket-qua`.
fn beside(input: &Path) -> PathBuf {
    let whole = std::path::absolute(input).unwrap_or_else(|_| input.to_owned());
    let name = whole.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let shown = input.parent().map_or_else(|| whole.parent().map(Path::to_owned), |parent| Some(parent.to_owned()));
    shown.unwrap_or_default().join(format!("{name}-ket-qua"))
}

/// Whether results would lie in the folder that is read: the next run would take hand-backs for reports.
fn inside(out: &Path, input: &Path) -> bool {
    let out = std::path::absolute(out).unwrap_or_else(|_| out.to_owned());
    let there = out.ancestors().find_map(|ancestor| ancestor.canonicalize().ok());
    let within = there.zip(input.canonicalize().ok()).is_some_and(|(out, input)| out.starts_with(input));
    input.is_dir() && within
}

/// Whether the results would replace the consolidated workbook of the last period.
fn replaced(previous: &Path, out: &Path) -> bool {
    let both = previous.canonicalize().ok().zip(out.join(run::CONSOLIDATED).canonicalize().ok());
    both.is_some_and(|(previous, result)| previous == result)
}

fn today() -> chrono::NaiveDate {
    chrono::Local::now().date_naive()
}

/// Prints to stdout; a closed pipe is no failure.
fn print(text: &str) -> Result<u8, Failure> {
    match writeln!(std::io::stdout().lock(), "{text}") {
        Err(error) if error.kind() != std::io::ErrorKind::BrokenPipe => Err(Failure::Machine(error.into())),
        _ => Ok(0),
    }
}

fn complain(text: &str, code: u8) -> ExitCode {
    // Nowhere is left to report a stderr that cannot be written to.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
    ExitCode::from(code)
}

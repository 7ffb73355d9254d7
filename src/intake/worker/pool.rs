//! The workers of a run. A worker reads file after file; one that died, or that read something large, is not used again.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{self, RecvTimeoutError};

use super::frame::{self, Kind};
use super::report::{Asked, Refused, Sheet};
use super::{Caps, Death, MEGA, READER};
use crate::intake::held::{Held, HeldSheet};
use crate::intake::open::Apart;
use crate::model::Refusal;

/// What a large file leaves in the memory of a worker must not cost the next one anything: whether a file is refused would
/// hang on what was read before it. Above so many bytes, of the file and of its cells together, a worker is not used again.
const SMALL: usize = 8 * MEGA;

/// Workers that wait for a file, and how further ones are started.
#[derive(Debug)]
pub struct Pool {
    program: PathBuf,
    caps: Caps,
    idle: Mutex<Vec<Worker>>,
}

/// What a worker sends of a file: its cells, or the refusal by its reader.
type Answer = Result<Result<(Held, usize), Refusal>, Death>;

impl Pool {
    /// No worker yet; each is started when it is needed.
    pub fn new(program: PathBuf, caps: Caps) -> Self {
        Self { program, caps, idle: Mutex::new(Vec::new()) }
    }

    /// Reads a file by a worker.
    ///
    /// # Errors
    /// The reader's [`Refusal`], or one that says why the worker came to no end.
    pub fn read(&self, name: &str, format: Apart, bytes: &[u8]) -> Result<Held, Refusal> {
        self.answer(name, format, bytes).unwrap_or_else(|death| Err(death.refuse(name, self.caps)))
    }

    fn answer(&self, name: &str, format: Apart, bytes: &[u8]) -> Result<Result<Held, Refusal>, Death> {
        let asked = serde_json::to_vec(&Asked { name: name.to_owned(), format }).map_err(|_| Death::Died)?;
        // A worker that ended while it waited takes no file; that is not the file's doing.
        while let Some(worker) = self.idle.lock().ok().and_then(|mut idle| idle.pop()) {
            match self.ask(worker, &asked, bytes) {
                Err(Unanswered::Deaf) => {}
                Err(Unanswered::Dead(death)) => return Err(death),
                Ok(answer) => return Ok(answer),
            }
        }
        let worker = Worker::start(&self.program).map_err(|_| Death::Unborn)?;
        self.ask(worker, &asked, bytes).map_err(|unanswered| match unanswered {
            Unanswered::Deaf => Death::Unborn,
            Unanswered::Dead(death) => death,
        })
    }

    /// Has a worker read a file, and keeps it if it may be used again.
    fn ask(&self, mut worker: Worker, asked: &[u8], bytes: &[u8]) -> Result<Result<Held, Refusal>, Unanswered> {
        match worker.ask(asked, bytes, self.caps)? {
            Ok((held, size)) => {
                if size.saturating_add(bytes.len()) <= SMALL
                    && let Ok(mut idle) = self.idle.lock()
                {
                    idle.push(worker);
                }
                Ok(Ok(held))
            }
            Err(refusal) => Ok(Err(refusal)),
        }
    }
}

/// Why there is no answer.
enum Unanswered {
    /// The file did not reach the worker.
    Deaf,
    /// The worker died of the file.
    Dead(Death),
}

/// A process that reads; ended when it is dropped.
#[derive(Debug)]
struct Worker {
    process: Child,
    to: ChildStdin,
    from: io::BufReader<ChildStdout>,
}

impl Worker {
    fn start(program: &std::path::Path) -> io::Result<Self> {
        let piped = || Stdio::piped();
        let mut command = Command::new(program);
        let mut process = command.arg(READER).stdin(piped()).stdout(piped()).stderr(Stdio::null()).spawn()?;
        match (process.stdin.take(), process.stdout.take()) {
            (Some(to), Some(from)) => Ok(Self { process, to, from: io::BufReader::new(from) }),
            _ => Err(io::ErrorKind::BrokenPipe.into()),
        }
    }

    fn ask(&mut self, asked: &[u8], bytes: &[u8], caps: Caps) -> Result<Result<(Held, usize), Refusal>, Unanswered> {
        let Self { process, to, from } = self;
        let (done, wait) = mpsc::channel::<()>();
        std::thread::scope(|scope| {
            let watch = std::thread::Builder::new().spawn_scoped(scope, move || {
                let slow = wait.recv_timeout(caps.time) == Err(RecvTimeoutError::Timeout);
                // The reading ends with the process; whether it could be ended makes no difference to what is said.
                if slow {
                    let _ = process.kill();
                }
                slow
            });
            let watch = watch.map_err(|_| Unanswered::Dead(Death::Unborn))?;
            let sent = send(to, asked, bytes);
            let answer = sent.is_ok().then(|| receive(from, caps.cells));
            drop(done);
            let slow = watch.join().unwrap_or(false);
            match answer {
                _ if slow => Err(Unanswered::Dead(Death::Slow)),
                Some(answer) => answer.map_err(Unanswered::Dead),
                None => Err(Unanswered::Deaf),
            }
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // One that is dead already is only waited for, so that nothing of it stays in the system's lists.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn send(to: &mut ChildStdin, asked: &[u8], bytes: &[u8]) -> io::Result<()> {
    frame::write(to, Kind::Asked, asked)?;
    frame::write(to, Kind::File, bytes)?;
    to.flush()
}

/// What a worker sends, which is believed in nothing; sizes in bytes.
pub fn receive(from: &mut impl Read, most: usize) -> Answer {
    let (mut held, mut size, mut cells) = (Held::default(), 0_usize, Vec::new());
    loop {
        let (kind, bytes) = frame::read(from, most).map_err(|_| Death::Died)?;
        size = size.saturating_add(bytes.len());
        if size > most {
            return Err(Death::Large);
        }
        match kind {
            Kind::Cells => cells.extend_from_slice(&bytes),
            Kind::Sheet => {
                let (seen, hidden, merged) = parsed::<Sheet>(&bytes)?.told();
                let sheet = HeldSheet::received(std::mem::take(&mut cells), hidden, merged);
                held.add(seen, sheet.ok_or(Death::Died)?);
            }
            Kind::Book => {
                for (name, value) in parsed::<Vec<(String, String)>>(&bytes)? {
                    held.set_property(name, value);
                }
                return Ok(Ok((held, size)));
            }
            Kind::Refused => return Ok(Err(parsed::<Refused>(&bytes)?.told())),
            Kind::Asked | Kind::File => return Err(Death::Died),
        }
    }
}

fn parsed<T: serde::de::DeserializeOwned>(bytes: &[u8]) -> Result<T, Death> {
    serde_json::from_slice(bytes).map_err(|_| Death::Died)
}

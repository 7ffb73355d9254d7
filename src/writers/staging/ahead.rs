//! Flushing ahead: results that are complete go to the disk while others are still being made, for a flush waits and
//! needs no core.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use super::Disk;

/// What is being flushed; one file after another, so that a slow disk is not asked for all at once.
#[derive(Debug)]
pub struct Ahead {
    queue: Mutex<Sender<PathBuf>>,
    stopped: Arc<AtomicBool>,
    thread: JoinHandle<BTreeSet<PathBuf>>,
}

impl Ahead {
    /// Begins to wait for files; `None` where the system gives no thread, and nothing is flushed ahead then.
    pub fn begin(disk: Arc<dyn Disk>) -> Option<Self> {
        let (queue, files) = channel();
        let stopped = Arc::new(AtomicBool::new(false));
        let until = Arc::clone(&stopped);
        let thread = std::thread::Builder::new().spawn(move || flushed(disk.as_ref(), &files, &until)).ok()?;
        Some(Self { queue: Mutex::new(queue), stopped, thread })
    }

    /// A file that will not be written to again.
    pub fn push(&self, file: PathBuf) {
        // Where the thread is gone, the file is flushed with those that are left.
        let _ = self.queue.lock().unwrap_or_else(PoisonError::into_inner).send(file);
    }

    /// Stops after the file under way; gives those that were flushed.
    pub fn end(self) -> BTreeSet<PathBuf> {
        self.stopped.store(true, Ordering::Relaxed);
        drop(self.queue);
        self.thread.join().unwrap_or_default()
    }
}

/// Flushes files until there are no more or it is stopped. One that cannot be flushed is left to those who can tell.
fn flushed(disk: &dyn Disk, files: &Receiver<PathBuf>, stopped: &AtomicBool) -> BTreeSet<PathBuf> {
    let files = files.iter().take_while(|_| !stopped.load(Ordering::Relaxed));
    files.filter(|file| disk.flush(file).is_ok()).collect()
}

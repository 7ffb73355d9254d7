//! The files of a run. Small ones are opened while the form is still being loaded, and stay open from reading to marking, so
//! that a hand-back need not open them again.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::form::Form;
use crate::intake::{self, FileFound};
use crate::model::{Refusal, SourceFile, Submission, Workbook};
use crate::reading;

/// Bytes of files that stay open, all together: those of a province's ordinary round.
const STAY_OPEN: u64 = 8 << 20;

type Open = Box<dyn Workbook + Send>;
type Opened = (SourceFile, Result<Open, Refusal>);

/// The files of a run, by position.
pub struct Files {
    found: Vec<FileFound>,
    open: Vec<Mutex<Option<Opened>>>,
    /// What else stands in the folder, by name, in order; a folder ends in `/`.
    pub skipped: Vec<String>,
}

impl Files {
    /// Finds the files of a folder, or takes the one file that is named, and opens as many as may stay open.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no file.
    pub fn find(input: &Path) -> anyhow::Result<Self> {
        let intake::Listing { files: found, skipped } = intake::list(input)?;
        let open = found.iter().map(|_| Mutex::default()).collect();
        let files = Self { found, open, skipped };
        let room = AtomicU64::new(STAY_OPEN);
        files.found.par_iter().enumerate().with_max_len(1).for_each(|(file, found)| {
            let size = fs::metadata(&found.path).map_or(u64::MAX, |seen| seen.len());
            let left = |room: u64| room.checked_sub(size);
            if room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok() {
                *files.slot(file) = Some(intake::open(found));
            }
        });
        Ok(files)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.found.len()
    }

    /// Reads a file; one that is open stays open.
    pub fn read(&self, file: usize, form: &Form) -> Submission {
        let mut slot = self.slot(file);
        let mut opened_now = None;
        let (source, opened) = match slot.as_mut() {
            Some(open) => open,
            None => opened_now.insert(intake::open(&self.found[file])),
        };
        reading::read(source.clone(), opened.as_deref_mut().map_err(|refusal| refusal.clone()), form)
    }

    /// The workbook of a file that was read, for the last time; `None` where it cannot be opened.
    pub fn take(&self, file: usize) -> Option<Open> {
        let open = self.slot(file).take();
        open.unwrap_or_else(|| intake::open(&self.found[file])).1.ok()
    }

    fn slot(&self, file: usize) -> MutexGuard<'_, Option<Opened>> {
        self.open[file].lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.found).finish()
    }
}

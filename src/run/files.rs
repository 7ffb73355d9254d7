//! The files of a run: the small ones stay open from reading to marking, so that a hand-back need not open them again.

use std::fmt;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use crate::form::Form;
use crate::intake::{self, FileFound};
use crate::model::{Submission, Workbook};
use crate::reading;

/// Bytes of files that stay open, all together: those of a province's ordinary round.
const STAY_OPEN: u64 = 8 << 20;

type Open = Box<dyn Workbook + Send>;

/// The files of a run.
pub struct Files {
    found: Vec<FileFound>,
    open: Vec<Mutex<Option<Open>>>,
    /// Bytes that may still stay open.
    room: AtomicU64,
}

impl Files {
    /// Files that were found, none of them open.
    pub fn new(found: Vec<FileFound>) -> Self {
        let open = found.iter().map(|_| Mutex::default()).collect();
        Self { found, open, room: AtomicU64::new(STAY_OPEN) }
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Reads a file, which stays open while there is room.
    pub fn read(&self, file: usize, form: &Form) -> Submission {
        let (source, mut opened) = intake::open(&self.found[file]);
        let size = source.size;
        let submission = reading::read(source, opened.as_deref_mut().map_err(|refusal| refusal.clone()), form);
        let left = |room: u64| room.checked_sub(size);
        if let Ok(workbook) = opened
            && self.room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, left).is_ok()
        {
            *self.open[file].lock().unwrap_or_else(PoisonError::into_inner) = Some(workbook);
        }
        submission
    }

    /// The workbook of a file that was read, for the last time; `None` where it cannot be opened.
    pub fn take(&self, file: usize) -> Option<Open> {
        let open = self.open[file].lock().unwrap_or_else(PoisonError::into_inner).take();
        open.or_else(|| intake::open(&self.found[file]).1.ok())
    }
}

impl fmt::Debug for Files {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.found).finish()
    }
}

//! The files of a run. Small ones are opened while the form is still being loaded, and stay open from reading to marking, so
//! that a hand-back need not open them again.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use rayon::prelude::*;

use crate::form::Form;
use crate::intake::{self, FileFound};
use crate::model::{Refusal, SourceFile, Submission, Workbook};
use crate::reading;

/// Files that stay open at most: more than a province has districts, and all together little memory.
const MOST: usize = 64;
/// Bytes that one of them may hold, on the disk and in memory.
const LARGEST: usize = 1 << 20;

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
    /// Finds the files of a folder, or takes the one file that is named, and opens the first of them, as far as they may stay
    /// open.
    ///
    /// # Errors
    /// When the folder cannot be read or holds no file.
    pub fn find(input: &Path) -> anyhow::Result<Self> {
        let intake::Listing { files: found, skipped } = intake::list(input)?;
        let open = found.iter().map(|_| Mutex::default()).collect();
        let files = Self { found, open, skipped };
        files.found.par_iter().enumerate().take(MOST).with_max_len(1).for_each(|(file, found)| {
            if fs::metadata(&found.path).is_ok_and(|seen| seen.len() <= LARGEST as u64) {
                *files.slot(file) = Some(intake::open(found)).filter(may_stay_open);
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
        let read = reading::read(source.clone(), opened.as_deref_mut(), form);
        *slot = slot.take().filter(may_stay_open);
        read
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

/// Whether a file holds little; a small one may inflate to very much.
fn may_stay_open((_, opened): &Opened) -> bool {
    let is_light = |workbook: &Open| workbook.weight().is_some_and(|weight| weight <= LARGEST);
    opened.as_ref().map_or(true, is_light)
}

impl fmt::Debug for Files {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(&self.found).finish()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use rust_xlsxwriter::Workbook as Written;

    use super::*;
    use crate::form;

    /// A workbook of some texts of 30,000 signs, which take next to nothing on the disk.
    fn write(path: &Path, texts: u32) {
        let mut workbook = Written::new();
        let sheet = workbook.add_worksheet();
        for row in 0..texts {
            sheet.write_string(row, 0, format!("{row}{}", "a".repeat(30_000))).unwrap();
        }
        workbook.save(path).unwrap();
    }

    #[test]
    fn what_holds_little_stays_open_and_all_others_are_opened_again() {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("a.xlsx"), 1);
        write(&folder.path().join("b.xlsx"), 60);
        fs::write(folder.path().join("c.xlsx"), "%PDF-1.7").unwrap();
        let form = form::resolve(&form::built_in_files(form::built_in()[0]).unwrap()).unwrap();
        let files = Files::find(folder.path()).unwrap();
        assert!(fs::metadata(folder.path().join("b.xlsx")).unwrap().len() < 100_000);
        for _ in 0..2 {
            // One is open, one is not, and why one cannot be opened is known.
            assert_eq!([0, 1, 2].map(|file| files.slot(file).is_some()), [true, false, true]);
            assert!((0..3).all(|file| !files.read(file, &form).findings.is_empty()));
        }
        assert_eq!([0, 1, 2].map(|file| files.take(file).is_some()), [true, true, false]);
        assert_eq!([0, 1, 2].map(|file| files.slot(file).is_some()), [false; 3]);
    }
}

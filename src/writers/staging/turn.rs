//! One run at a time writes into a folder.

use std::fs::{File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use same_file::Handle;

/// The file that the run holds which writes into a folder. A killed run lets go of it.
const NAME: &str = ".tonghop-lock";

/// The turn of a run; it ends when this is dropped.
#[derive(Debug)]
pub struct Turn {
    path: PathBuf,
    /// Held, never read.
    _file: File,
}

/// Why a run has no turn.
#[derive(Debug)]
pub enum NoTurn {
    /// Another run has it.
    Taken,
    /// The file cannot be made.
    Failed(io::Error),
}

impl Turn {
    /// Takes the turn in a folder.
    ///
    /// # Errors
    /// When another run has it, or the folder cannot be written to.
    pub fn take(folder: &Path) -> Result<Self, NoTurn> {
        let path = folder.join(NAME);
        loop {
            let file =
                OpenOptions::new().create(true).truncate(false).write(true).open(&path).map_err(NoTurn::Failed)?;
            match file.try_lock() {
                Err(TryLockError::WouldBlock) => return Err(NoTurn::Taken),
                // Some file systems of a network know no locks; there, two runs are not told apart.
                Err(TryLockError::Error(_)) => return Ok(Self { path, _file: file }),
                Ok(()) => {}
            }
            // A run that ended in between removed the file that is locked now; then the name leads to none, or to another one.
            let locked = file.try_clone().and_then(Handle::from_file).map_err(NoTurn::Failed)?;
            if Handle::from_path(&path).is_ok_and(|named| named == locked) {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Removed while it is still held. One that stays is harmless: the next run takes it.
        let _ = std::fs::remove_file(&self.path);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_taken_once_and_given_back() {
        let folder = tempfile::tempdir().unwrap();
        let turn = Turn::take(folder.path()).unwrap();
        assert!(matches!(Turn::take(folder.path()), Err(NoTurn::Taken)));
        drop(turn);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        // What a killed run left.
        std::fs::write(folder.path().join(NAME), "").unwrap();
        assert!(Turn::take(folder.path()).is_ok());
    }

    #[test]
    fn of_many_at_once_never_two_have_it() {
        use std::sync::atomic::{AtomicUsize, Ordering};
        let folder = tempfile::tempdir().unwrap();
        let (within, turns) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..300 {
                        let Ok(turn) = Turn::take(folder.path()) else { continue };
                        assert_eq!(within.fetch_add(1, Ordering::SeqCst), 0);
                        within.fetch_sub(1, Ordering::SeqCst);
                        turns.fetch_add(1, Ordering::SeqCst);
                        drop(turn);
                    }
                });
            }
        });
        assert!(turns.into_inner() > 0);
    }
}

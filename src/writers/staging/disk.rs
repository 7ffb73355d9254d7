//! The few things that publishing asks of a file system, behind one interface, so that tests can let each of them fail.

use std::fmt::Debug;
use std::fs;
use std::io;
use std::path::Path;
use std::time::Duration;

/// A file system.
pub trait Disk: Debug + Send + Sync {
    /// Makes a folder and those above it.
    ///
    /// # Errors
    /// What the system answers; so below.
    fn make_folder(&self, folder: &Path) -> io::Result<()>;
    /// Writes a new file.
    fn write(&self, file: &Path, content: &[u8]) -> io::Result<()>;
    /// Has the system write a file to the disk itself.
    fn flush(&self, file: &Path) -> io::Result<()>;
    /// Gives a file a second name.
    fn link(&self, file: &Path, name: &Path) -> io::Result<()>;
    /// Gives a file or folder another name; a file of that name is replaced.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a folder and what is in it.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
    /// Removes a folder with nothing in it.
    fn remove_empty(&self, folder: &Path) -> io::Result<()>;
    /// Has the system write the names in a folder to the disk.
    fn settle(&self, folder: &Path) -> io::Result<()>;
    /// Waits for whoever holds a file.
    fn wait(&self, time: Duration);
}

/// The file system of the machine.
#[derive(Debug)]
pub struct Machine;

impl Disk for Machine {
    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn write(&self, file: &Path, content: &[u8]) -> io::Result<()> {
        fs::write(file, content)
    }

    fn flush(&self, file: &Path) -> io::Result<()> {
        // Some systems flush only what may be written to.
        fs::OpenOptions::new().write(true).open(file)?.sync_all()
    }

    fn link(&self, file: &Path, name: &Path) -> io::Result<()> {
        fs::hard_link(file, name)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir_all(folder)
    }

    fn remove_empty(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }

    #[cfg(unix)]
    fn settle(&self, folder: &Path) -> io::Result<()> {
        fs::File::open(folder)?.sync_all()
    }

    #[cfg(not(unix))]
    fn settle(&self, _: &Path) -> io::Result<()> {
        // Other systems open no folder.
        Ok(())
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

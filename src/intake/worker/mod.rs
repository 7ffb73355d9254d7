//! Readers that may end the program, or never end, run in a process of their own: this program again, with limits of memory
//! and time.
//!
//! In: the bytes of a file. Out: its cells, kept in memory; or the refusal of the file, also where the process died of it.
//!
//! [`read_apart`] is called once by the program. Without it, as in tests of the library, files are read in the process
//! that asks: errors and panics are then refusals too, an abort is not.

mod confine;
mod frame;
mod pool;
mod report;
mod serve;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::OnceLock;
use std::time::Duration;

use super::open::Apart;
use super::refusals;
use crate::model::{Refusal, RefusalKind, Workbook};
use crate::texts;
use pool::Pool;

pub use serve::serve;

texts! {
    DIED = "chương trình đọc phải dừng giữa chừng (tệp hỏng, hoặc đòi quá {limit} MB bộ nhớ)" / "the reader had to stop midway (the file is damaged, or asks for more than {limit} MB of memory)";
    SLOW = "đọc quá {limit} giây mà chưa xong" / "it was not read to its end within {limit} seconds";
    LARGE = "các ô của tệp chiếm quá {limit} MB" / "its cells take more than {limit} MB";
    NO_PROCESS = "máy không mở thêm được tiến trình để đọc" / "the machine starts no further process to read it";
    SAVE_AGAIN = "Mở bằng Excel, lưu lại thành .xlsx rồi gửi lại." / "Open it in Excel, save it as .xlsx and send it again.";
    RUN_AGAIN = "Đóng bớt chương trình khác rồi chạy lại." / "Close other programs and run again.";
    SAID = "{said}" / "{said}";
}

/// The argument that makes the program a worker. It stands alone, and no help shows it.
pub const READER: &str = "--read-apart";

const MEGA: usize = 1024 * 1024;

/// What a worker may take.
#[derive(Clone, Copy, Debug)]
struct Caps {
    /// Memory of the process (bytes).
    memory: usize,
    /// Time for a file.
    time: Duration,
    /// The cells of a file as they are kept here (bytes).
    cells: usize,
}

/// The limits in use.
const CAPS: Caps = Caps { memory: 512 * MEGA, time: Duration::from_secs(20), cells: 256 * MEGA };

static POOL: OnceLock<Pool> = OnceLock::new();

/// From now on, readers that may end the program run in processes of this one, which calls [`serve`] when [`READER`] is its
/// argument.
pub fn read_apart(program: PathBuf) {
    // Called a second time, the first program stays.
    let _ = POOL.set(Pool::new(program, CAPS));
}

/// Reads a file apart, or here where no program is known.
///
/// # Errors
/// A [`Refusal`] that names the file: the reader's, or why it came to no end.
pub fn read(name: &str, format: Apart, bytes: Vec<u8>) -> Result<Box<dyn Workbook + Send>, Refusal> {
    match POOL.get() {
        Some(pool) => Ok(Box::new(pool.read(name, format, &bytes)?)),
        None => super::open::here(name, format, bytes),
    }
}

/// Why a worker gave nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Death {
    /// It ended, or sent what makes no sense.
    Died,
    /// It was ended because it took too long.
    Slow,
    /// It sent more than is kept.
    Large,
    /// It did not start.
    Unborn,
}

impl Death {
    fn refuse(self, file: &str, caps: Caps) -> Refusal {
        let why = match self {
            Self::Died => DIED.say().with("limit", caps.memory / MEGA),
            Self::Slow => SLOW.say().with("limit", caps.time.as_secs()),
            Self::Large => LARGE.say().with("limit", caps.cells / MEGA),
            Self::Unborn => NO_PROCESS.say(),
        };
        let remedy = if self == Self::Unborn { RUN_AGAIN.say() } else { SAVE_AGAIN.say() };
        let kind = if self == Self::Large { RefusalKind::TooLarge } else { RefusalKind::Unreadable };
        Refusal { kind, ..refusals::unreadable(file, why, remedy) }
    }
}

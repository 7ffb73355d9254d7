//! The limits that a worker sets itself before it reads anything. One function a system; all else is the same everywhere.
//!
//! Time is held by the one who waits for the worker, which needs no system: it ends a worker that takes too long.

use std::io;

/// Holds this process to an amount of memory (bytes). Passing it ends the process; no image of its memory is left behind,
/// because it would hold what districts sent.
///
/// # Errors
/// When the system does not allow it.
#[cfg(unix)]
pub fn memory(most: usize) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};

    let limit = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    setrlimit(Resource::Core, limit(0))?;
    // What is written to counts, the address space alone does not: threads and programs reserve more than they use.
    setrlimit(Resource::Data, limit(most as u64))?;
    Ok(())
}

/// Holds this process to an amount of memory (bytes). A job object keeps what is used of the machine's memory below it; a
/// watch ends the process when what it asked for passes it.
///
/// # Errors
/// When the system does not allow it.
#[cfg(windows)]
pub fn memory(most: usize) -> io::Result<()> {
    use std::time::Duration;
    use win32job::{ExtendedLimitInfo, Job, utils};

    /// The least that a process may be held to (bytes).
    const LEAST: usize = 1024 * 1024;
    const BETWEEN_LOOKS: Duration = Duration::from_millis(10);
    const OUT_OF_MEMORY: i32 = 70;

    let mut limits = ExtendedLimitInfo::new();
    limits.limit_working_memory(LEAST, most);
    let job = Job::create_with_limit_info(&limits).map_err(io::Error::other)?;
    job.assign_current_process().map_err(io::Error::other)?;
    // The limits last as long as the process.
    let _ = job.into_handle();
    let watch = move || {
        while utils::get_process_memory_info(utils::get_current_process()).is_ok_and(|used| used.private_usage <= most)
        {
            std::thread::sleep(BETWEEN_LOOKS);
        }
        std::process::exit(OUT_OF_MEMORY)
    };
    std::thread::Builder::new().spawn(watch).map(|_| ())
}

/// Other systems have no such limit; time alone is held.
///
/// # Errors
/// Never.
#[cfg(not(any(unix, windows)))]
pub fn memory(_: usize) -> io::Result<()> {
    Ok(())
}

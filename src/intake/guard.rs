//! The wall around readers: an error or a panic inside becomes a refusal of one file, and nothing of it reaches the terminal.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use super::refusals::damaged;
use crate::model::Refusal;

thread_local! {
    static GUARDED: Cell<bool> = const { Cell::new(false) };
}

static SILENCE: Once = Once::new();

/// Runs a reader; an error or a panic is a refusal that names the file.
///
/// The readers panic on some damaged files (measured); a panic is one refused file, not the end of a run.
pub fn guarded<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, Refusal> {
    SILENCE.call_once(silence);
    let outer = GUARDED.replace(true);
    let outcome = catch_unwind(AssertUnwindSafe(work));
    GUARDED.set(outer);
    outcome.unwrap_or_else(|_| Err(String::new())).map_err(|why| damaged(name, &why))
}

/// A panic's text may quote a file, and says nothing to an officer. Panics of unguarded threads are told as ever.
fn silence() {
    let usual = take_hook();
    set_hook(Box::new(move |panic| {
        if !GUARDED.get() {
            usual(panic);
        }
    }));
}

#[cfg(test)]
#[allow(clippy::panic)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;
    use crate::model::RefusalKind;

    #[test]
    fn a_panic_is_a_refusal_and_the_guard_ends_with_it() {
        let refusal = guarded::<()>("a.xls", || panic!("index 3 of 2")).err();
        assert_eq!(refusal.map(|refusal| refusal.kind), Some(RefusalKind::Unreadable));
        assert!(!GUARDED.get());
    }

    #[test]
    fn a_guarded_panic_is_not_told_and_any_other_is() {
        static TOLD: AtomicUsize = AtomicUsize::new(0);
        let here = std::thread::current().id();
        let usual = take_hook();
        set_hook(Box::new(move |panic| match std::thread::current().id() == here {
            true => drop(TOLD.fetch_add(1, Ordering::Relaxed)),
            false => usual(panic),
        }));
        silence();
        assert!(guarded::<()>("a.xls", || panic!("secret")).is_err());
        assert_eq!(TOLD.load(Ordering::Relaxed), 0);
        assert!(catch_unwind(|| panic!("a defect")).is_err());
        assert_eq!(TOLD.load(Ordering::Relaxed), 1);
    }

    #[test]
    fn an_inner_guard_leaves_the_outer_one_standing() {
        let inside = guarded("a.xls", || {
            let _ = guarded::<()>("a.xls", || Err("inner".to_owned()));
            Ok(GUARDED.get())
        });
        assert_eq!(inside, Ok(true));
    }
}

//! A fault of this program ends the work on one file, not on those that follow.

use std::cell::RefCell;
use std::panic::{self, AssertUnwindSafe};

/// What one file may need of the stack; only what is used is taken from memory.
const STACK: usize = 256 << 20;

thread_local! {
    /// Where in the program the last fault was.
    static FAULT: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Does the work in a thread with a stack that no file fills, where faults are kept instead of printed.
///
/// # Errors
/// Where the system gives no thread.
pub fn apart<T: Send>(work: impl FnOnce() -> T + Send) -> std::io::Result<Result<T, String>> {
    panic::set_hook(Box::new(|fault| {
        let place = fault.location().map(|at| format!("{}:{}", at.file(), at.line())).unwrap_or_default();
        FAULT.with(|kept| kept.replace(place));
    }));
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || held(work))?;
        Ok(thread.join().unwrap_or_else(|_| Err(String::new())))
    })
}

/// The result of the work, or where in the program it failed. Nothing that the work has changed is used after a failure.
pub fn held<T>(work: impl FnOnce() -> T) -> Result<T, String> {
    panic::catch_unwind(AssertUnwindSafe(work)).map_err(|_| FAULT.with(RefCell::take))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, clippy::indexing_slicing, reason = "a fault is made on purpose")]

    use super::*;

    #[test]
    fn a_fault_is_held_and_the_next_file_is_read() {
        let files = [1, 0, 2];
        let answers = apart(|| files.map(|at| held(|| [7, 8, 9][at + usize::from(at == 0) * 3]))).unwrap().unwrap();
        assert_eq!((&answers[0], &answers[2]), (&Ok(8), &Ok(9)));
        let place = answers[1].as_ref().unwrap_err();
        assert!(place.contains("guard.rs:"), "{place}");
    }

    #[test]
    fn deep_nesting_finds_the_stack_large_enough() {
        fn deep(levels: u32) -> u32 {
            let filler = std::hint::black_box([levels; 256]);
            if levels == 0 { 0 } else { deep(levels - 1) + filler[0] / filler[0].max(1) }
        }
        assert_eq!(apart(|| held(|| deep(20_000))).unwrap(), Ok(Ok(20_000)));
    }
}

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

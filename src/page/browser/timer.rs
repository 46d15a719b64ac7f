//! Something to do a little later.

pub use gloo::timers::callback::Timeout;

pub fn after(milliseconds: u32, run: impl FnOnce() + 'static) -> Timeout {
    Timeout::new(milliseconds, run)
}

//! The most memory that an input may need. A page has 4 GB at the very most, and old machines much less.

#![allow(unsafe_code, reason = "an allocator that counts is one")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

pub const MOST: usize = 1 << 30;

struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static HIGHEST: AtomicUsize = AtomicUsize::new(0);

// SAFETY: everything is handed on to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        HIGHEST.fetch_max(now, Ordering::Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Begins to measure; what is returned is handed to `since`.
pub fn mark() -> usize {
    let now = NOW.load(Ordering::Relaxed);
    HIGHEST.store(now, Ordering::Relaxed);
    now
}

/// The most that was needed at any time since the mark, beyond what was there.
pub fn since(mark: usize) -> usize {
    HIGHEST.load(Ordering::Relaxed).saturating_sub(mark)
}

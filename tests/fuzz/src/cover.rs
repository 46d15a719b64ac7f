//! Which edges of the code an input has passed: counters that LLVM puts at each, in a build with `-C passes=sancov-module`
//! (`cargo xtask fuzz`). In any other build there are none, and every input counts as new to nothing.

#![allow(unsafe_code, reason = "LLVM hands over its counters as two addresses")]

use std::sync::Mutex;

/// The address and length of all counters.
static COUNTERS: Mutex<Option<(usize, usize)>> = Mutex::new(None);

/// Called by each object file before `main`; all hand over the same place.
///
/// # Safety
/// `start` and `stop` bound the counters, which live as long as the program.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn __sanitizer_cov_8bit_counters_init(start: *mut u8, stop: *mut u8) {
    if let Ok(mut counters) = COUNTERS.lock() {
        *counters = Some((start as usize, stop as usize - start as usize));
    }
}

/// What was passed so far, how often in powers of two.
pub struct Seen {
    buckets: Vec<u8>,
    place: Option<(usize, usize)>,
}

impl Seen {
    pub fn new() -> Seen {
        let place = *COUNTERS.lock().expect("nothing panics while it is held");
        Seen { buckets: vec![0; place.map_or(0, |(_, length)| length)], place }
    }

    /// Whether there are counters at all.
    pub fn is_guided(&self) -> bool {
        self.place.is_some()
    }

    fn counters(&mut self) -> &'static mut [u8] {
        match self.place {
            // SAFETY: the place that LLVM gave; one thread alone runs inputs, and nobody else looks at it while `take` does.
            Some((start, length)) => unsafe { std::slice::from_raw_parts_mut(start as *mut u8, length) },
            None => &mut [],
        }
    }

    pub fn clear(&mut self) {
        self.counters().fill(0);
    }

    /// Adds what was passed since `clear`; how much of it is new.
    pub fn take(&mut self) -> usize {
        let counters = self.counters();
        let mut new = 0;
        for (chunk, buckets) in counters.chunks(64).zip(self.buckets.chunks_mut(64)) {
            if chunk.iter().fold(0, |any, count| any | count) == 0 {
                continue;
            }
            for (count, bucket) in chunk.iter().zip(buckets) {
                let bit = match *count {
                    0 => continue,
                    1 => 1,
                    2 => 2,
                    3 => 4,
                    4..=7 => 8,
                    8..=15 => 16,
                    16..=31 => 32,
                    32..=127 => 64,
                    _ => 128,
                };
                new += usize::from(*bucket & bit == 0);
                *bucket |= bit;
            }
        }
        new
    }

    /// How many edges were passed by any input, and how many there are.
    pub fn edges(&self) -> (usize, usize) {
        (self.buckets.iter().filter(|bucket| **bucket != 0).count(), self.buckets.len())
    }
}

//! One digit written for another: the difference of two numbers that were meant to be one.

use crate::number::Exact;

/// So many digits must stand before a difference of a single one says anything: 60 and 80 are simply two numbers.
const FEWEST_DIGITS: usize = 4;

/// Whether a number is off by one digit only, where it has enough of them. `last` is one of its last printed digit.
pub(super) fn is_slip(value: Exact, off: Exact, last: Exact) -> bool {
    is_long(value, last) && is_one_digit(off, last)
}

/// Whether a difference is one of a single digit.
pub(super) fn is_one_digit(off: Exact, last: Exact) -> bool {
    digits(off, last) == Some(1)
}

/// Whether a number has enough digits for one of them to say something.
pub(super) fn is_long(value: Exact, last: Exact) -> bool {
    digits(value, last).is_some_and(|digits| digits >= FEWEST_DIGITS)
}

fn digits(number: Exact, last: Exact) -> Option<usize> {
    let steps = number.abs().checked_div(last).ok()?.to_plain(1);
    (!steps.contains('.')).then(|| steps.trim_end_matches('0').len())
}

use crate::number::{Exact, Rounding, RoundingMode};

/// A stretch of the width, in per mille. `start` and `length` together never exceed 1000.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub start: u16,
    pub length: u16,
}

/// The range of numbers that the width stands for. It contains 0 and is never empty.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    low: Exact,
    high: Exact,
}

const FULL: u16 = 1000;

impl Scale {
    /// The smallest scale that shows all these numbers.
    pub fn of(numbers: impl Iterator<Item = Exact>) -> Scale {
        let none = Scale { low: Exact::ZERO, high: Exact::ZERO };
        let scale = numbers.fold(none, |scale, number| Scale { low: scale.low.min(number), high: scale.high.max(number) });
        // Where all numbers are 0, any scale shows them.
        if scale.low == scale.high { Scale { high: Exact::ONE, ..scale } } else { scale }
    }

    /// Where a number lies; `None` where it is too large to be told.
    pub fn place(self, number: Exact) -> Option<u16> {
        let width = self.high.checked_sub(self.low).ok()?;
        let part = number.checked_sub(self.low).ok()?.checked_div(width).ok()?;
        let place = part.checked_mul(Exact::from_int(i64::from(FULL))).ok()?;
        let place = place.round(Rounding { dp: 0, mode: RoundingMode::HalfUp }).ok()?;
        u16::try_from(place.mantissa()).ok().map(|place| place.min(FULL))
    }

    /// From 0 to a number. What is not 0 is never invisible.
    pub fn span(self, number: Exact) -> Option<Span> {
        let (zero, end) = (self.place(Exact::ZERO)?, self.place(number)?);
        let (start, end) = (zero.min(end), zero.max(end));
        let length = end.saturating_sub(start);
        if length > 0 || number.is_zero() {
            return Some(Span { start, length });
        }
        Some(Span {
            start: if number.is_negative() { start.saturating_sub(1) } else { start.min(FULL.saturating_sub(1)) },
            length: 1,
        })
    }
}

//! Sums of a text held against their wholes.

use super::hold::Holder;
use super::statement::{Against, Standing, StatementKind};
use crate::number::Exact;
use crate::prelude::*;

impl Holder<'_> {
    /// A list behind 其中 or 主要用于, and sums that only sentences tell.
    pub fn sum(&mut self, whole: usize, parts: Vec<usize>, certain: bool) {
        // The parts need not be all.
        let _ = self.added(whole, parts, certain);
    }

    /// The parts need not be all, but one digit of many written for another is no part that is missing.
    pub fn sum_or_slip(&mut self, whole: usize, parts: Vec<usize>, certain: bool) {
        let Some(Against::Sum { parts, sum }) = self.added(whole, parts, certain) else { return };
        let slipped = self
            .statements
            .get(whole)
            .is_some_and(|one| one.value.checked_sub(sum).is_ok_and(|off| super::slip::is_slip(one.value, off, one.last)));
        if slipped {
            self.doubt(whole, Against::Sum { parts, sum });
        }
    }

    /// A list of all parts, as far as words tell.
    pub fn sum_or_doubt(&mut self, whole: usize, parts: Vec<usize>) {
        if let Some(against) = self.added(whole, parts, false) {
            self.doubt(whole, against);
        }
    }

    /// `None` where the sum tells something, else what is left open.
    fn added(&mut self, whole: usize, parts: Vec<usize>, certain: bool) -> Option<Against> {
        let one = self.statements.get(whole)?;
        let mut sum = Exact::ZERO;
        let mut last = one.last;
        for part in parts.iter().filter_map(|part| self.statements.get(*part)) {
            sum = sum.checked_add(part.value).ok()?;
            last = last.max(part.last);
        }
        let halves = i64::try_from(parts.len().saturating_add(1)).unwrap_or(i64::MAX);
        let most = last
            .checked_div(Exact::from_int(2))
            .and_then(|half| Ok(half.checked_mul(Exact::from_int(halves))?))
            .unwrap_or(Exact::ZERO);
        let off = one.value.checked_sub(sum).ok()?;
        let counts = one.kind == StatementKind::Count;
        let standing = match (off.is_zero(), off.abs() <= most && !counts) {
            (true, _) => Standing::Right,
            (_, true) => Standing::Tail,
            (false, false) if certain => Standing::Wrong,
            // The parts need not be all, but they can't be more.
            (false, false) if off.is_negative() => Standing::Doubt,
            (false, false) => return Some(Against::Sum { parts, sum }),
        };
        if matches!(standing, Standing::Right | Standing::Tail) {
            for part in &parts {
                self.set(*part, Standing::Right, None);
            }
        }
        self.set(whole, standing, Some(Against::Sum { parts, sum }));
        None
    }
}

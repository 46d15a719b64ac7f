//! What may explain that a sum is not its rows though no word says so. It never makes a claim; it only keeps one from being made.

use super::{Cell, Set, Sums, holds};
use crate::number::Exact;
use crate::prelude::*;
use crate::tabular::judge::{self, Verdict};
use crate::tabular::lines::Line;

/// Longer lists are not looked through.
pub(super) const MOST: usize = 200;

/// Whether a list may hold rows of several levels that neither numbers nor blanks before the names tell apart, or the same whole several
/// times, by 性别 and by 年龄.
pub(super) fn is_excused(sums: &Sums<'_>, lines: &[Line], set: Set, from: usize, to: usize, claim: usize) -> bool {
    let Some(printed) = sums.number(claim) else { return true };
    let within = lines.get(from..to).unwrap_or_default().iter().zip(sums.values.get(from..to).unwrap_or_default());
    let numbers = within.filter(|(line, _)| holds(set, line)).filter_map(|(_, cell)| match cell {
        Cell::Number(number) => Some(number.exact()),
        Cell::Blank | Cell::Bad => None,
    });
    let numbers: Vec<Exact> = numbers.take(MOST + 1).collect();
    if numbers.len() > MOST {
        return false;
    }
    let agrees = |numbers: &[Exact]| {
        let sum = numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number));
        let unit = sums.column.unit.as_ref();
        sum.is_ok_and(|sum| judge::sum(printed, sum, numbers.len(), sums.decimals, unit).0 != Verdict::Differs)
    };
    // A sum may stand before its rows, or behind them.
    let reversed: Vec<Exact> = numbers.iter().rev().copied().collect();
    agrees(&top(&numbers)) || agrees(&top(&reversed)) || is_several(&numbers, printed.exact())
}

/// The numbers without those that the one before them is the sum of.
fn top(numbers: &[Exact]) -> Vec<Exact> {
    let mut open: Vec<Exact> = Vec::new();
    for number in numbers.iter().rev() {
        let mut sum = Exact::ZERO;
        let mut parts = 0;
        for part in open.iter().rev().take_while(|part| !part.is_negative()) {
            let Ok(more) = sum.checked_add(*part) else { break };
            (sum, parts) = (more, parts + 1);
            if sum >= *number {
                break;
            }
        }
        if parts > 1 && sum == *number {
            open.truncate(open.len() - parts);
        }
        open.push(*number);
    }
    open
}

/// Whether the numbers make the whole two to five times.
fn is_several(numbers: &[Exact], whole: Exact) -> bool {
    let sum = numbers.iter().try_fold(Exact::ZERO, |sum, number| sum.checked_add(*number));
    let times = |times: i64| whole.checked_mul(Exact::from_int(times));
    !whole.is_zero() && sum.is_ok_and(|sum| (2..=5).any(|count| times(count) == Ok(sum)))
}

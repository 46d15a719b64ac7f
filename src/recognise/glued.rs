//! Numbers that ran together: 202010100.00%10 is 20, 20, 10, 100.00% and 10, because no other way of cutting it gives a rate and a score
//! that follow from the amounts.

use crate::number::{Agreement, Exact, Reading, agreement, read};
use crate::prelude::*;
use crate::template::Role;

/// Longer runs are not cut: there are too many ways.
const LONGEST: usize = 40;
/// More ways than these are not offered.
const MOST_OFFERED: usize = 6;

/// What became of a run of numbers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// There is one way only.
    Surely(Vec<String>),
    /// It may be one of several.
    Maybe(Vec<Vec<String>>),
    /// It can't be cut.
    No,
}

/// Cuts a text into as many numbers as there are cells, each with what it means.
pub(super) fn cut(text: &str, cells: &[Option<Role>]) -> Cut {
    let plain: String = text.chars().map(crate::number::half_width).collect();
    let spaced: Vec<String> = plain.split_whitespace().map(ToOwned::to_owned).collect();
    if spaced.len() > 1 {
        let numbers = spaced.iter().all(|part| is_number(part));
        return if numbers && spaced.len() == cells.len() && holds(&spaced, cells) != Holds::No {
            Cut::Surely(spaced)
        } else {
            Cut::No
        };
    }
    let digits = |char: char| char.is_ascii_digit() || matches!(char, '.' | '%');
    if cells.len() < 2 || plain.len() > LONGEST || !plain.chars().all(digits) {
        return Cut::No;
    }
    let mut ways = Vec::new();
    walk(&plain, cells, &mut Vec::new(), &mut ways);
    let mut sure: Vec<Vec<String>> = Vec::new();
    let mut maybe: Vec<Vec<String>> = Vec::new();
    for way in ways {
        match holds(&way, cells) {
            Holds::Exactly => sure.push(way),
            Holds::Roughly => maybe.push(way),
            Holds::No => {}
        }
    }
    // One way that follows exactly, and not even another that nearly does: anything less is asked.
    match (sure.as_slice(), maybe.len()) {
        ([only], 0) => Cut::Surely(only.clone()),
        _ => {
            sure.extend(maybe);
            if (1..=MOST_OFFERED).contains(&sure.len()) { Cut::Maybe(sure) } else { Cut::No }
        }
    }
}

/// All ways of cutting a run that have a percent sign where a rate stands and nowhere else.
fn walk(rest: &str, cells: &[Option<Role>], taken: &mut Vec<String>, ways: &mut Vec<Vec<String>>) {
    /// Far more than any printed line has.
    const MOST: usize = 20_000;
    let Some((cell, later)) = cells.split_first() else {
        if rest.is_empty() {
            ways.push(taken.clone());
        }
        return;
    };
    // Each later cell takes one character at least.
    for length in 1..=rest.len().saturating_sub(later.len()) {
        let (Some(part), Some(after)) = (rest.get(..length), rest.get(length..)) else { continue };
        if part.contains('%') != (*cell == Some(Role::ExecutionRate)) || !is_number(part) || ways.len() >= MOST {
            continue;
        }
        taken.push(part.to_owned());
        walk(after, later, taken, ways);
        taken.pop();
    }
}

/// 0, 12, 0.5, 100.00%: no zero before another digit, digits on both sides of a point.
fn is_number(text: &str) -> bool {
    let body = text.strip_suffix('%').unwrap_or(text);
    let (whole, part) = body.split_once('.').map_or((body, None), |(whole, part)| (whole, Some(part)));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    digits(whole) && part.is_none_or(digits) && (whole == "0" || !whole.starts_with('0'))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Holds {
    /// The rate and the score follow from the amounts, as they are printed.
    Exactly,
    /// They follow at fewer decimals than are printed.
    Roughly,
    /// They do not, or nothing says whether they do.
    No,
}

/// Whether rate and score of a way of cutting follow from its amounts.
fn holds(parts: &[String], cells: &[Option<Role>]) -> Holds {
    let printed = |role: Role| {
        let at = cells.iter().position(|cell| *cell == Some(role))?;
        match read(parts.get(at)?) {
            Reading::Quantity(quantity) => Some(quantity.number),
            Reading::Blank | Reading::NotApplicable | Reading::Range { .. } | Reading::Date(_) | Reading::Words => None,
        }
    };
    let exact = |role| printed(role).map(Exact::from_decimal);
    let (Some(adjusted), Some(executed)) = (exact(Role::AdjustedBudget), exact(Role::ExecutedAmount)) else { return Holds::No };
    let hundred = Exact::from_decimal(rust_decimal::Decimal::ONE_HUNDRED);
    let Ok(share) = executed.checked_div(adjusted) else { return Holds::No };
    let mut verdict = Holds::No;
    let mut check = |printed: rust_decimal::Decimal, computed: Exact| match agreement(printed, computed) {
        Agreement::Exact | Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } => {
            verdict = if verdict == Holds::No { Holds::Exactly } else { verdict };
            true
        }
        Agreement::Padded { .. } => {
            verdict = Holds::Roughly;
            true
        }
        Agreement::Differs { .. } => false,
    };
    if let Some(rate) = printed(Role::ExecutionRate) {
        // 0% follows from far too many amounts.
        if rate.is_zero() && !executed.is_zero() {
            return Holds::No;
        }
        let Ok(computed) = share.checked_mul(hundred) else { return Holds::No };
        if !check(rate, computed) {
            return Holds::No;
        }
    }
    if let (Some(score), Some(weight)) = (printed(Role::ExecutionScore), exact(Role::ExecutionWeight)) {
        let Ok(computed) = weight.checked_mul(share) else { return Holds::No };
        // No score is above its weight.
        let computed = if computed > weight { weight } else { computed };
        if !check(score, computed) {
            return Holds::No;
        }
    }
    verdict
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: Option<Role> = Some(Role::AdjustedBudget);
    const B: Option<Role> = Some(Role::ExecutedAmount);
    const WEIGHT: Option<Role> = Some(Role::ExecutionWeight);
    const RATE: Option<Role> = Some(Role::ExecutionRate);
    const SCORE: Option<Role> = Some(Role::ExecutionScore);

    #[test]
    fn numbers_that_ran_together_are_cut_where_one_way_is_left() {
        for (text, cells, expected) in [
            ("202010100.00%10", &[A, B, WEIGHT, RATE, SCORE][..], Some("20 20 10 100.00% 10")),
            ("1808246%", &[A, B, RATE], Some("180 82 46%")),
            ("285.84285.84100%20", &[A, B, RATE, SCORE], Some("285.84 285.84 100% 20")),
            ("4.344.3410100%10", &[A, B, WEIGHT, RATE, SCORE], Some("4.34 4.34 10 100% 10")),
            ("20 20 10 100.00% 10", &[A, B, WEIGHT, RATE, SCORE], Some("20 20 10 100.00% 10")),
            ("20 20 10 10", &[A, B, WEIGHT, RATE, SCORE], None),
            ("2020", &[A, B], None),
            ("1231234", &[A, B, WEIGHT], None),
            ("100%100", &[A, B, RATE], None),
            ("abc", &[A, B, RATE], None),
        ] {
            let found = match cut(text, cells) {
                Cut::Surely(parts) => Some(parts.join(" ")),
                Cut::Maybe(_) | Cut::No => None,
            };
            assert_eq!(found.as_deref(), expected, "{text}");
        }
        let padded = cut("1484631.00%", &[A, B, RATE]);
        assert_eq!(padded, Cut::Maybe(vec![vec!["148".to_owned(), "46".to_owned(), "31.00%".to_owned()]]));
    }
}

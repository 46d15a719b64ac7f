//! Whether a printed figure agrees with what it should be, and whether rounding explains that it does not.

use super::value::Number;
use crate::number::{Agreement, Exact, Unit, agreement};

/// The better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Verdict {
    Agrees,
    /// Off by no more than rounding makes up for.
    Tail,
    Differs,
}

/// 10 to the power of -`decimals`, as often as `halves` halves of it.
fn halves(halves: usize, decimals: u32) -> Option<Exact> {
    let step = Exact::ONE.checked_div(Exact::ten_to(decimals).ok()?).ok()?;
    let halves = Exact::from_int(i64::try_from(halves).ok()?);
    step.checked_mul(halves).ok()?.checked_div(Exact::from_int(2)).ok()
}

/// Whether figures of this unit with so many decimals may have been rounded: cents of yuan are not, nor are counts.
pub(super) fn is_rounded(unit: Option<&Unit>, decimals: u32) -> bool {
    match unit {
        Some(Unit::Money(magnitude)) if magnitude.0 == 0 => false,
        Some(Unit::Money(_) | Unit::Percent) => true,
        Some(Unit::Other { magnitude, .. }) => magnitude.0 > 0 || decimals > 0,
        Some(Unit::None) | None => decimals > 0,
    }
}

/// A sum against its parts, of which there are `parts` with up to so many decimals.
pub(super) fn sum(printed: &Number, sum: Exact, parts: usize, decimals: u32, unit: Option<&Unit>) -> (Verdict, Agreement) {
    let agreement = agreement(printed.printed, sum);
    let verdict = match agreement {
        Agreement::Exact => Verdict::Agrees,
        Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } => Verdict::Tail,
        Agreement::Padded { .. } => Verdict::Differs,
        Agreement::Differs { by } => {
            let tolerance =
                if parts > 1 && is_rounded(unit, decimals) { halves(parts.saturating_add(1), decimals) } else { None };
            if tolerance.is_some_and(|tolerance| by.abs() <= tolerance) { Verdict::Tail } else { Verdict::Differs }
        }
    };
    (verdict, agreement)
}

/// A computed figure against the printed one. `slack` is how far rounding of what it follows from may lead away.
pub(super) fn computed(printed: &Number, value: Exact, slack: Option<Exact>) -> (Verdict, Agreement) {
    let agreement = agreement(printed.printed, value);
    let verdict = match agreement {
        Agreement::Exact | Agreement::RoundsTo { .. } => Verdict::Agrees,
        Agreement::TruncatesTo { .. } => Verdict::Tail,
        Agreement::Padded { .. } => Verdict::Differs,
        Agreement::Differs { by } => {
            let own = halves(1, printed.decimals());
            let limit = slack
                .zip(own)
                .and_then(|(slack, own)| slack.checked_add(own).ok())
                .filter(|_| slack.is_some_and(Exact::is_positive));
            if limit.is_some_and(|limit| by.abs() <= limit) { Verdict::Tail } else { Verdict::Differs }
        }
    };
    (verdict, agreement)
}

/// Half of the last printed decimal, where the figure may have been rounded.
pub(super) fn half(number: &Number, unit: Option<&Unit>) -> Exact {
    if is_rounded(unit, number.decimals()) { halves(1, number.decimals()).unwrap_or(Exact::ZERO) } else { Exact::ZERO }
}

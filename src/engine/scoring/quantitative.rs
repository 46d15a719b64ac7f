//! 定量指标: the completion ratio, forward (F13) or reverse (F14), with over-fulfilment and a pass threshold where the
//! profile sets them.

use super::{Indicator, ScoringKind};
use crate::engine::calc::{Calc, Constant, Decision};
use crate::engine::meaning;
use crate::number::{Comparator, Exact, Magnitude, Quantity, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::OverEffect;
use rust_decimal::Decimal;

/// Target and actual as numbers of the same kind.
pub struct Pair {
    pub target: Exact,
    /// Upper end, for a range.
    pub high: Option<Exact>,
    pub actual: Exact,
}

/// Brings target and actual to one unit. An actual value without a unit is in the target's.
pub fn pair(indicator: &Indicator<'_>) -> Result<Pair, Outcome> {
    let at = &indicator.def.at;
    let actual = match indicator.actual() {
        Reading::Quantity(quantity) => quantity,
        Reading::Blank => return Err(Outcome::Blank(vec![indicator.id(at.actual)])),
        Reading::NotApplicable => return Err(Outcome::NotApplicable),
        Reading::Range { .. } | Reading::Date(_) | Reading::Words => return Err(Outcome::Undefined(Why::NotComparable)),
    };
    let target = indicator.target();
    let (target, high) = match target {
        Reading::Quantity(quantity) => (quantity, None),
        Reading::Range { low, high } => (low, Some(high)),
        Reading::Blank => return Err(Outcome::Blank(vec![indicator.id(at.target)])),
        Reading::NotApplicable => return Err(Outcome::NotApplicable),
        Reading::Date(_) | Reading::Words => return Err(Outcome::Undefined(Why::NotComparable)),
    };
    let too_large = |_| Outcome::Undefined(Why::TooLarge);
    let high = high.map(|high| high.value()).transpose().map_err(too_large)?;
    let factor = common_factor(indicator, target, actual).ok_or(Outcome::Undefined(Why::NotComparable))?;
    let actual = Exact::from_decimal(actual.number).checked_mul(factor).map_err(too_large)?;
    Ok(Pair { target: target.value().map_err(too_large)?, high, actual })
}

/// What one printed unit of the actual value is worth, in the base unit of the target.
fn common_factor(indicator: &Indicator<'_>, target: &Quantity, actual: &Quantity) -> Option<Exact> {
    let one = Decimal::ONE;
    match (&target.unit, &actual.unit) {
        // Spreadsheets lose the percent format: 0.98 or 1 against 95% is the ratio itself.
        (Unit::Percent, Unit::None) if actual.number.abs() <= one && target.number > Decimal::TEN => Some(Exact::ONE),
        (_, Unit::None) => Some(target.factor()),
        (Unit::None, Unit::Other { magnitude: Magnitude(0), .. }) => Some(Exact::ONE),
        // The same the other way round: 1 or 100 for a rate, and 98% done.
        (Unit::None, Unit::Percent) if is_rate(indicator) && target.number.abs() <= one => Some(actual.factor()),
        (Unit::None, Unit::Percent) if is_rate(indicator) => Some(Exact::ONE),
        (Unit::None, Unit::Percent | Unit::Money(_) | Unit::Other { .. }) => {
            (target.number == actual.number).then_some(Exact::ONE)
        }
        (Unit::Percent, Unit::Percent) | (Unit::Money(_), Unit::Money(_)) | (Unit::Other { .. }, Unit::Other { .. }) => {
            Some(actual.factor())
        }
        // 90万元 against 90万: the unit was cut short.
        (Unit::Money(_), Unit::Other { name, .. }) if name.is_empty() => Some(actual.factor()),
        (Unit::Other { name, .. }, Unit::Money(_)) if name.is_empty() => Some(actual.factor()),
        (Unit::Percent | Unit::Money(_) | Unit::Other { .. }, _) => None,
    }
}

/// Whether the indicator is named as a rate, so that a bare number in it is a percentage.
fn is_rate(indicator: &Indicator<'_>) -> bool {
    indicator.is_satisfaction() || meaning::is_rate(indicator.name())
}

pub fn score<C: Calc>(calc: &mut C, kind: ScoringKind, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let Pair { target, high, actual } = match pair(indicator) {
        Ok(pair) => pair,
        Err(Outcome::Undefined(why)) => return calc.undefined(why),
        Err(outcome) => return calc.cell(indicator.id(at.actual), outcome),
    };
    let target_cell = indicator.id(at.target);
    let x = calc.cell(indicator.id(at.actual), Outcome::Value(actual));
    let t = calc.cell(target_cell, Outcome::Value(target));
    match kind {
        ScoringKind::Equal if target.is_zero() => lower(calc, weight, indicator, (x, actual), (t, target)),
        ScoringKind::LowerBetter => lower(calc, weight, indicator, (x, actual), (t, target)),
        ScoringKind::Range => {
            let top = high.unwrap_or(target);
            if actual < target {
                let low = calc.constant(Constant::TargetLow, target, None);
                higher(calc, weight, indicator, (x, actual), (low, target))
            } else if actual > top {
                let high = calc.constant(Constant::TargetHigh, top, None);
                lower(calc, weight, indicator, (x, actual), (high, top))
            } else {
                calc.decided(weight, Decision::Met, Some(&indicator.profile().quantitative.source))
            }
        }
        ScoringKind::Equal | ScoringKind::Open if actual == target => {
            calc.decided(weight, Decision::Met, Some(&indicator.profile().quantitative.source))
        }
        ScoringKind::Open => calc.undefined(Why::DirectionOpen),
        _ => higher(calc, weight, indicator, (x, actual), (t, target)),
    }
}

/// Whether a strict sign (`>`, `<`) is missed at equality.
fn missed_at_equality(indicator: &Indicator<'_>, actual: Exact, target: Exact) -> bool {
    let strict = matches!(
        indicator.target(),
        Reading::Quantity(Quantity { comparator: Some(Comparator::MoreThan | Comparator::LessThan), .. })
    );
    strict && actual == target && target.is_zero()
}

fn higher<C: Calc>(
    calc: &mut C,
    weight: C::V,
    indicator: &Indicator<'_>,
    (x, actual): (C::V, Exact),
    (t, target): (C::V, Exact),
) -> C::V {
    let rule = &indicator.profile().quantitative;
    if actual >= target && !missed_at_equality(indicator, actual, target) {
        return match &rule.over {
            Some(over) if is_over(actual, target, over.limit.value) => match &over.effect {
                OverEffect::Deduct(points) => {
                    let points = calc.sourced(Constant::OverPenalty, points);
                    let less = calc.sub(weight, points);
                    let zero = calc.zero();
                    let score = calc.max(zero, less);
                    calc.decided(score, Decision::OverLimit, Some(&over.limit.source))
                }
                OverEffect::Zero => calc.nothing(Decision::OverLimit, Some(&over.limit.source)),
                OverEffect::Ask => calc.undefined(Why::NeedsJudgement),
            },
            _ => calc.decided(weight, Decision::Met, Some(&rule.source)),
        };
    }
    if !target.is_positive() || actual.is_negative() {
        // No ratio can measure a shortfall from 0 or below, and a negative result earns nothing.
        let decision = if actual.is_negative() { Decision::Negative } else { Decision::ZeroTarget };
        return calc.nothing(decision, Some(&rule.source));
    }
    let ratio = calc.div(x, t);
    passed(calc, weight, indicator, ratio)
}

fn lower<C: Calc>(
    calc: &mut C,
    weight: C::V,
    indicator: &Indicator<'_>,
    (x, actual): (C::V, Exact),
    (t, target): (C::V, Exact),
) -> C::V {
    let rule = &indicator.profile().quantitative;
    if actual <= target && !missed_at_equality(indicator, actual, target) {
        return calc.decided(weight, Decision::Met, Some(&rule.source));
    }
    if !target.is_positive() {
        return calc.nothing(Decision::ZeroTarget, Some(&rule.source));
    }
    let ratio = calc.div(t, x);
    passed(calc, weight, indicator, ratio)
}

/// Weight times ratio, or nothing below the pass threshold.
fn passed<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>, ratio: C::V) -> C::V {
    let rule = &indicator.profile().quantitative;
    if let (Some(pass), Some(value)) = (&rule.pass, C::value(&ratio))
        && value < pass.value
    {
        return calc.nothing(Decision::BelowPass, Some(&pass.source));
    }
    let score = calc.mul(weight, ratio);
    calc.decided(score, Decision::Proportional, Some(&rule.source))
}

/// Whether the target counts as set too low: actual ≥ limit × target.
pub fn is_over(actual: Exact, target: Exact, limit: Exact) -> bool {
    target.is_positive() && target.checked_mul(limit).is_ok_and(|limit| actual >= limit)
}

//! 定量指标: the completion ratio, forward (F13) or reverse (F14), with over-fulfilment and a pass threshold where the
//! profile sets them.

use super::{Indicator, ScoringKind};
use crate::engine::calc::{Calc, Constant, Decision, Direct, Is};
use crate::engine::meaning;
use crate::number::{Comparator, Edge, Exact, Quantity, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{OverEffect, OverRule, Reverse};
use rust_decimal::Decimal;

/// Target and actual as numbers of the same kind.
pub struct Pair {
    pub target: Exact,
    /// Upper end, for a range.
    pub high: Option<Exact>,
    pub actual: Exact,
    /// Whether the actual value is only said to be this or more (`Some(true)`), or this or less.
    pub open_upwards: Option<bool>,
}

impl Pair {
    /// Whether what is said of the actual value tells that it keeps to the target, and not only where it lies at most or at least.
    fn is_certain(&self, kind: ScoringKind) -> bool {
        match (self.open_upwards, kind) {
            (None, _) => true,
            (Some(true), ScoringKind::HigherBetter | ScoringKind::Satisfaction) => self.actual >= self.target,
            (Some(false), ScoringKind::LowerBetter) => self.actual <= self.target,
            (Some(_), _) => false,
        }
    }

    /// Whether what is said of the actual value tells that it misses the target, wherever it lies: below 90% where 90% were wanted.
    fn is_missed(&self, kind: ScoringKind, indicator: &Indicator<'_>) -> bool {
        let strict = match indicator.actual() {
            Reading::Quantity(actual) => matches!(actual.comparator, Some(Comparator::MoreThan | Comparator::LessThan)),
            _ => false,
        };
        match (self.open_upwards, kind) {
            (Some(false), ScoringKind::HigherBetter | ScoringKind::Satisfaction | ScoringKind::Range) => {
                self.actual < self.target || (strict && self.actual == self.target)
            }
            (Some(true), ScoringKind::LowerBetter) => self.actual > self.target || (strict && self.actual == self.target),
            (_, _) => false,
        }
    }
}

/// Whether a number is a day that was typed in one (20231231).
fn is_day(quantity: &Quantity) -> bool {
    let number = quantity.number.mantissa();
    let (month, day) = ((number / 100) % 100, number % 100);
    quantity.unit == Unit::None
        && quantity.number.scale() == 0
        && (19_000_101..=21_001_231).contains(&number)
        && (1..=12).contains(&month)
        && (1..=31).contains(&day)
}

/// Brings target and actual to one unit. An actual value without a unit is in the target's.
pub fn pair(indicator: &Indicator<'_>) -> Result<Pair, Outcome> {
    let at = &indicator.def.at;
    let target = indicator.target();
    if is_copied(target, indicator.actual()) {
        return Err(Outcome::Undefined(Why::Copied));
    }
    let actual = match indicator.actual() {
        Reading::Quantity(quantity) => quantity,
        Reading::Blank => return Err(Outcome::missing(indicator.id(at.actual))),
        Reading::NotApplicable => return Err(Outcome::NotApplicable),
        Reading::Words => return nothing_happened(indicator).ok_or(Outcome::Undefined(Why::NotComparable)),
        Reading::Range { .. } | Reading::Date(_) => return Err(Outcome::Undefined(Why::NotComparable)),
    };
    let (target, high) = match target {
        Reading::Quantity(quantity) => (quantity, None),
        Reading::Range { low, high } => (low, Some(high)),
        Reading::Blank => return Err(Outcome::missing(indicator.id(at.target))),
        Reading::NotApplicable => return Err(Outcome::NotApplicable),
        Reading::Date(_) | Reading::Words => return Err(Outcome::Undefined(Why::NotComparable)),
    };
    // Days that were typed in one are later or earlier, and no ratio of each other.
    if is_day(target) && is_day(actual) {
        let late = actual.number > target.number && indicator.kind() == ScoringKind::LowerBetter;
        return Err(Outcome::Undefined(if late { Why::Late } else { Why::NotComparable }));
    }
    let too_large = |_| Outcome::Undefined(Why::TooLarge);
    let high = high.map(|high| high.value()).transpose().map_err(too_large)?;
    let actual_value = in_base_unit(indicator, target, actual).map_err(Outcome::Undefined)?;
    let open_upwards = match actual.comparator {
        None | Some(Comparator::Equal) => None,
        Some(Comparator::AtLeast | Comparator::MoreThan) => Some(true),
        Some(Comparator::AtMost | Comparator::LessThan) => Some(false),
    };
    Ok(Pair { target: target.value().map_err(too_large)?, high, actual: actual_value, open_upwards })
}

/// Whether the actual value repeats the target with its sign: ≥90% or 12月底前 twice says what was wanted, and not what was done.
pub fn is_copied(target: &Reading, actual: &Reading) -> bool {
    match (target, actual) {
        (Reading::Quantity(target), Reading::Quantity(actual)) => {
            let unit = actual.unit == target.unit || actual.unit == Unit::None || target.unit == Unit::None;
            actual.comparator.is_some() && actual.comparator == target.comparator && actual.number == target.number && unit
        }
        (Reading::Range { .. }, Reading::Range { .. }) => target == actual,
        (Reading::Date(due), Reading::Date(done)) => due == done && done.edge != Edge::On,
        (_, _) => false,
    }
}

/// 未发生 against a target of 0: nothing that is counted there happened.
fn nothing_happened(indicator: &Indicator<'_>) -> Option<Pair> {
    let Reading::Quantity(target) = indicator.target() else { return None };
    let nothing = target.number.is_zero() && meaning::says_nothing(indicator.typed(indicator.def.at.actual).text());
    nothing.then_some(Pair { target: Exact::ZERO, high: None, actual: Exact::ZERO, open_upwards: None })
}

/// The actual value in the base unit of the target: 9000 for 9公里 against 米.
fn in_base_unit(indicator: &Indicator<'_>, target: &Quantity, actual: &Quantity) -> Result<Exact, Why> {
    let one = Decimal::ONE;
    let number = Exact::from_decimal(actual.number);
    let value = match (&target.unit, &actual.unit) {
        // Spreadsheets lose the percent format: 0.98 or 1 against 95% is the ratio itself.
        (Unit::Percent, Unit::None) if actual.number.abs() <= one && target.number > Decimal::TEN => Ok(number),
        (Unit::Percent, Unit::None) => number.checked_mul(target.factor()),
        // A rate whose both sides lost it: 95 and 0.96, or 0.95 and 96.
        (Unit::None, Unit::None) if target.number > Decimal::TEN && actual.number.abs() <= one && is_rate(indicator) => {
            number.checked_mul(Exact::HUNDRED)
        }
        (Unit::None, Unit::None) if target.number.abs() <= one && actual.number > Decimal::TEN && is_rate(indicator) => {
            number.checked_div(Exact::HUNDRED).map_err(|_| crate::number::TooLarge)
        }
        // The same the other way round: 1 or 100 for a rate, and 98% done.
        (Unit::None, Unit::Percent) if is_rate(indicator) && target.number.abs() <= one => actual.value(),
        (Unit::None, Unit::Percent) if is_rate(indicator) || target.number == actual.number => Ok(number),
        (Unit::None, Unit::Percent) => return Err(Why::NotComparable),
        (wanted, found) => {
            // A unit that is missing may hide a 万; which one is then for the person to say.
            let unsure = if wanted == &Unit::None || found == &Unit::None { Why::NotComparable } else { Why::OtherUnit };
            actual.in_unit_of(target).map_err(|_| unsure)?.checked_mul(target.factor())
        }
    };
    value.map_err(|_| Why::TooLarge)
}

/// Whether the indicator is named as a rate, so that a bare number in it is a percentage.
fn is_rate(indicator: &Indicator<'_>) -> bool {
    indicator.is_satisfaction() || indicator.meaning().names_rate()
}

pub fn score<C: Calc>(calc: &mut C, kind: ScoringKind, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let pair = match pair(indicator) {
        Ok(pair) if pair.is_certain(kind) => pair,
        Ok(pair) if pair.is_missed(kind, indicator) => return calc.undefined(Why::Missed),
        Ok(_) => return calc.undefined(Why::NotComparable),
        Err(Outcome::Undefined(why)) => return calc.undefined(why),
        Err(outcome) => return calc.cell(indicator.id(at.actual), outcome),
    };
    let Pair { target, high, actual, .. } = pair;
    let x = calc.cell(indicator.id(at.actual), Outcome::Value(actual));
    let t = calc.cell(indicator.id(at.target), Outcome::Value(target));
    let rule = &indicator.profile().quantitative;
    match kind {
        ScoringKind::LowerBetter => lower(calc, weight, indicator, x, t, rule.reverse),
        ScoringKind::Range => {
            let low = calc.constant(Constant::TargetLow, target, None);
            let top = calc.constant(Constant::TargetHigh, high.unwrap_or(target), None);
            if calc.choose(&x, Is::Below, &low) {
                higher(calc, weight, indicator, x, low)
            } else if calc.choose(&x, Is::Above, &top) {
                lower(calc, weight, indicator, x, top, rule.reverse)
            } else {
                calc.decided(weight, Decision::Met, Some(&rule.source))
            }
        }
        ScoringKind::Equal | ScoringKind::Open => {
            let zero = calc.zero();
            if kind == ScoringKind::Equal && calc.choose(&t, Is::Equal, &zero) {
                // =0 is a most: nothing is less than nothing.
                lower(calc, weight, indicator, x, t, rule.reverse)
            } else if calc.choose(&x, Is::Equal, &t) {
                calc.decided(weight, Decision::Met, Some(&rule.source))
            } else if kind == ScoringKind::Open {
                calc.undefined(Why::DirectionOpen)
            } else {
                higher(calc, weight, indicator, x, t)
            }
        }
        _ => higher(calc, weight, indicator, x, t),
    }
}

/// The score by the way of scoring in reverse that the profile does not name, where the two differ.
pub fn other_reverse(indicator: &Indicator<'_>) -> Option<(Reverse, Outcome)> {
    let other = match indicator.profile().quantitative.reverse {
        Reverse::Ratio => Reverse::Linear,
        Reverse::Linear => Reverse::Ratio,
    };
    let pair = pair(indicator).ok().filter(|pair| indicator.kind() == ScoringKind::LowerBetter && pair.open_upwards.is_none())?;
    let (x, t) = (Outcome::Value(pair.actual), Outcome::Value(pair.target));
    let differs = pair.actual > pair.target && pair.target.is_positive();
    differs.then(|| (other, lower(&mut Direct, indicator.weight(), indicator, x, t, other)))
}

/// Whether the target has a strict sign (大于, 小于), which its own number does not satisfy.
fn is_strict(indicator: &Indicator<'_>) -> bool {
    matches!(indicator.sign(), Some(Comparator::MoreThan | Comparator::LessThan))
}

fn higher<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>, x: C::V, t: C::V) -> C::V {
    let rule = &indicator.profile().quantitative;
    let zero = calc.zero();
    let nothing_asked = calc.choose(&t, Is::AtMost, &zero);
    let strict = is_strict(indicator);
    if calc.choose(&x, if strict { Is::Above } else { Is::AtLeast }, &t) {
        return match &rule.over {
            Some(over) if !nothing_asked && is_over(calc, &x, &t, over) => beyond(calc, weight, over),
            Some(_) | None => calc.decided(weight, Decision::Met, Some(&rule.source)),
        };
    }
    // No ratio can measure a shortfall from 0 or below, and a negative result earns nothing.
    if calc.choose(&x, Is::Below, &zero) {
        return calc.nothing(Decision::Negative, Some(&rule.source));
    }
    if nothing_asked {
        return calc.nothing(Decision::ZeroTarget, Some(&rule.source));
    }
    if strict && calc.choose(&x, Is::Equal, &t) {
        return calc.undefined(Why::AtBound);
    }
    let ratio = calc.div(x, t);
    passed(calc, weight, indicator, ratio, Decision::Proportional)
}

/// Whether the target counts as set too low: actual ≥ limit × target.
fn is_over<C: Calc>(calc: &mut C, x: &C::V, t: &C::V, over: &OverRule) -> bool {
    let limit = calc.sourced(Constant::OverLimit, &over.limit);
    let most = calc.mul(t.clone(), limit);
    calc.choose(x, Is::AtLeast, &most)
}

/// What the profile gives for a target that counts as set too low.
fn beyond<C: Calc>(calc: &mut C, weight: C::V, over: &OverRule) -> C::V {
    let source = Some(&over.limit.source);
    match &over.effect {
        OverEffect::Deduct(points) => {
            let points = calc.sourced(Constant::OverPenalty, points);
            let less = calc.sub(weight, points);
            let zero = calc.zero();
            let score = calc.max(zero, less);
            calc.decided(score, Decision::OverLimit, source)
        }
        OverEffect::Zero => calc.nothing(Decision::OverLimit, source),
        OverEffect::Ask => calc.undefined(Why::NeedsJudgement),
    }
}

fn lower<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>, x: C::V, t: C::V, reverse: Reverse) -> C::V {
    let rule = &indicator.profile().quantitative;
    let zero = calc.zero();
    let nothing_asked = calc.choose(&t, Is::AtMost, &zero);
    if is_strict(indicator) && calc.choose(&x, Is::Equal, &t) {
        return calc.undefined(Why::AtBound);
    }
    // By the linear rule a negative result earns nothing, where something is asked.
    if reverse == Reverse::Linear && !nothing_asked && calc.choose(&x, Is::Below, &zero) {
        return calc.nothing(Decision::Negative, Some(rule.reverse_source()));
    }
    if calc.choose(&x, Is::AtMost, &t) {
        return calc.decided(weight, Decision::Met, Some(&rule.source));
    }
    if nothing_asked {
        return calc.nothing(Decision::ZeroTarget, Some(&rule.source));
    }
    match reverse {
        Reverse::Ratio => {
            let ratio = calc.div(t, x);
            passed(calc, weight, indicator, ratio, Decision::Proportional)
        }
        Reverse::Linear => {
            let twice = calc.sum(vec![t.clone(), t.clone()]);
            if calc.choose(&x, Is::AtLeast, &twice) {
                return calc.nothing(Decision::TwiceOver, Some(rule.reverse_source()));
            }
            // 1 - (X - T) ÷ T
            let one = calc.constant(Constant::One, Exact::ONE, None);
            let beyond = calc.sub(x, t.clone());
            let share = calc.div(beyond, t);
            let left = calc.sub(one, share);
            passed(calc, weight, indicator, left, Decision::Linear)
        }
    }
}

/// Weight times ratio, or nothing below the pass threshold.
fn passed<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>, ratio: C::V, decision: Decision) -> C::V {
    let rule = &indicator.profile().quantitative;
    if let Some(pass) = &rule.pass {
        let least = calc.sourced(Constant::PassRatio, pass);
        if calc.choose(&ratio, Is::Below, &least) {
            return calc.nothing(Decision::BelowPass, Some(&pass.source));
        }
    }
    let score = calc.mul(weight, ratio);
    let source = if decision == Decision::Linear { rule.reverse_source() } else { &rule.source };
    calc.decided(score, decision, Some(source))
}

/// The same of numbers.
pub fn exceeds(actual: Exact, target: Exact, limit: Exact) -> bool {
    target.is_positive() && target.checked_mul(limit).is_ok_and(|limit| actual >= limit)
}

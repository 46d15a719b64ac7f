//! 满意度 by a slope (F21): full points from a rate on, then a loss for each percentage point below it.

use super::{Indicator, ScoringKind, quantitative};
use crate::engine::calc::{Calc, Constant, Decision, Is};
use crate::number::{Exact, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::template::SatisfactionRule;

pub fn score<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>) -> C::V {
    let SatisfactionRule::Slope { full_from, per_point } = &indicator.profile().satisfaction else {
        return quantitative::score(calc, ScoringKind::HigherBetter, weight, indicator);
    };
    // The slope is set for percentages; a number of another kind follows the ratio.
    let percent = matches!(indicator.target(), Reading::Quantity(quantity) if quantity.unit == Unit::Percent);
    let pair = match quantitative::pair(indicator) {
        Ok(pair) if percent => pair,
        _ => return quantitative::score(calc, ScoringKind::HigherBetter, weight, indicator),
    };
    if pair.open_upwards.is_some() && (pair.open_upwards == Some(false) || pair.actual < full_from.value) {
        return calc.undefined(Why::NotComparable);
    }
    let full = calc.sourced(Constant::SatisfactionFull, full_from);
    let actual = calc.cell(indicator.id(indicator.def.at.actual), Outcome::Value(pair.actual));
    if calc.choose(&actual, Is::AtLeast, &full) {
        return calc.decided(weight, Decision::Met, Some(&full_from.source));
    }
    // score = weight - weight ÷ 10 × loss × (full - actual) × 100
    let hundred = calc.constant(Constant::Hundred, Exact::HUNDRED, None);
    let short = calc.sub(full, actual);
    let points = calc.mul(short, hundred);
    let loss = calc.sourced(Constant::SatisfactionLoss, per_point);
    let lost = calc.mul(points, loss);
    let ten = calc.constant(Constant::Ten, Exact::from_int(10), None);
    let tenth = calc.div(weight.clone(), ten);
    let lost = calc.mul(tenth, lost);
    let score = calc.sub(weight, lost);
    let zero = calc.zero();
    calc.max(zero, score)
}

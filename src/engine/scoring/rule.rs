//! 评分标准 of a rubric: full points up to a limit and a loss for each step beyond it, points by interval, or a share of the points.

use super::Indicator;
use crate::document::CellId;
use crate::engine::calc::{Calc, Constant, Decision, Is};
use crate::engine::percent;
use crate::number::{Exact, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::template::{Bands, Better, Part, RuleBand, RuleKind, ScoreRule, SourceId, Steps};

/// The value that a rule looks at, and the cell it stands in: the row's own, or where that is blank the form's computed rate.
pub fn measured(indicator: &Indicator<'_>, rule: &ScoreRule) -> (CellId, Outcome) {
    let typed = indicator.typed(indicator.def.at.actual);
    let own = indicator.id(indicator.def.at.actual);
    let outcome = match (typed.reading(), rule.reads) {
        (Reading::Blank, Some(at)) => return (CellId::Fixed(at), indicator.values.fixed(at)),
        (Reading::Blank, None) => Outcome::missing(own),
        (Reading::NotApplicable, _) => Outcome::NotApplicable,
        (Reading::Quantity(quantity), _) if !rule.rate => quantity.value().into(),
        (Reading::Quantity(quantity), _) => {
            let number = Exact::from_decimal(quantity.number);
            match quantity.unit {
                Unit::Percent => quantity.value().into(),
                Unit::None => {
                    // Spreadsheets lose the percent format: up to 1 it is the ratio itself, unless the form computes the rate.
                    let computed = rule.reads.and_then(|at| indicator.values.fixed(at).value());
                    let alone = || if number.abs() <= Exact::ONE { Exact::ONE } else { percent::HUNDREDTH };
                    let worth = computed.map_or_else(alone, |rate| percent::worth(quantity.number, Some(rate)));
                    number.checked_mul(worth).into()
                }
                Unit::Money(_) | Unit::Other { .. } => Outcome::Undefined(Why::NotComparable),
            }
        }
        (Reading::Range { .. } | Reading::Date(_) | Reading::Words, _) => Outcome::Undefined(Why::NotComparable),
    };
    (own, outcome)
}

pub fn score<C: Calc>(calc: &mut C, weight: C::V, indicator: &Indicator<'_>, rule: &ScoreRule) -> C::V {
    let (cell, outcome) = measured(indicator, rule);
    match &outcome {
        Outcome::Value(_) => {}
        Outcome::NotApplicable if rule.full_without => {
            return calc.decided(weight, Decision::Without, Some(&rule.source));
        }
        Outcome::Undefined(why) => return calc.undefined(*why),
        Outcome::Blank(_) | Outcome::NotApplicable => return calc.cell(cell, outcome),
    }
    let measured = calc.cell(cell, outcome);
    match &rule.kind {
        RuleKind::Steps(steps) => by_steps(calc, weight, measured, steps, rule),
        RuleKind::Bands(bands) => by_band(calc, weight, &measured, bands, rule),
        RuleKind::Share => {
            let zero = calc.zero();
            if calc.choose(&measured, Is::Below, &zero) {
                return calc.nothing(Decision::Negative, Some(&rule.source));
            }
            let one = calc.constant(Constant::ExecutionCap, Exact::ONE, None);
            let share = if calc.choose(&measured, Is::Above, &one) { calc.min(one, measured) } else { measured };
            let score = calc.mul(weight, share);
            calc.decided(score, Decision::Shared, Some(&rule.source))
        }
    }
}

/// score = max(0, weight − steps × loss)
fn by_steps<C: Calc>(calc: &mut C, weight: C::V, measured: C::V, steps: &Steps, rule: &ScoreRule) -> C::V {
    let source = Some(&rule.source);
    let (limit, step) =
        if rule.rate { (Constant::RuleLimit, Constant::RuleStep) } else { (Constant::RuleCountLimit, Constant::RuleCountStep) };
    let limit = calc.constant(limit, steps.limit, source);
    let within = match steps.better {
        Better::AtLeast => Is::AtLeast,
        Better::AtMost => Is::AtMost,
        Better::Exactly => Is::Equal,
    };
    if calc.choose(&measured, within, &limit) {
        return calc.decided(weight, Decision::WithinLimit, source);
    }
    let above = match steps.better {
        Better::AtLeast => false,
        Better::AtMost => true,
        Better::Exactly => calc.choose(&measured, Is::Above, &limit),
    };
    // Nothing is taken from a limit of 0.
    let off = match (above, steps.limit.is_zero()) {
        (true, true) => measured,
        (true, false) => calc.sub(measured, limit),
        (false, _) => calc.sub(limit, measured),
    };
    let width = calc.constant(step, steps.step, source);
    let mut count = if steps.step == Exact::ONE { off } else { calc.div(off, width) };
    if !steps.proportional {
        count = calc.whole(count);
    }
    let lost = match steps.loss {
        Part::Points(points) => {
            let points = calc.constant(Constant::RuleLoss, points, source);
            calc.mul(count, points)
        }
        Part::Share(share) => {
            let lost = calc.mul(count, weight.clone());
            if share == Exact::ONE {
                lost
            } else {
                let share = calc.constant(Constant::RuleShare, share, source);
                calc.mul(lost, share)
            }
        }
    };
    let zero = calc.zero();
    let left = calc.sub(weight, lost);
    let score = calc.max(zero, left);
    calc.decided(score, if steps.proportional { Decision::SteppedInPart } else { Decision::Stepped }, source)
}

fn by_band<C: Calc>(calc: &mut C, weight: C::V, measured: &C::V, bands: &Bands, rule: &ScoreRule) -> C::V {
    let source = Some(&rule.source);
    if let Some(from) = bands.covers_from {
        let from = calc.constant(Constant::RuleLimit, from, source);
        if calc.choose(measured, Is::Below, &from) {
            return calc.undefined(Why::NeedsJudgement);
        }
    }
    let Some(band) = bands.list.iter().find(|band| holds(calc, measured, band, source)) else {
        return calc.undefined(Why::NeedsJudgement);
    };
    let score = match band.award {
        Part::Points(points) => {
            let points = calc.constant(Constant::RuleAward, points, source);
            // A row that was given fewer points than the document gives it can't earn more than it has.
            if calc.choose(&weight, Is::Below, &points) { weight } else { points }
        }
        Part::Share(share) => {
            let share = calc.constant(Constant::RuleAward, share, source);
            calc.mul(weight, share)
        }
    };
    calc.decided(score, Decision::Banded, source)
}

/// Whether a value lies in an interval.
fn holds<C: Calc>(calc: &mut C, measured: &C::V, band: &RuleBand, source: Option<&SourceId>) -> bool {
    let mut within = |bound: Option<Exact>, is: Is| {
        bound.is_none_or(|bound| {
            let bound = calc.constant(Constant::RuleLimit, bound, source);
            calc.choose(measured, is, &bound)
        })
    };
    within(band.from, Is::AtLeast) && within(band.to, Is::AtMost)
}

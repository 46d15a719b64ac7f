//! What a figure follows from, and what comes out of it.

use super::Role;
use super::judge;
use super::label::{Label, near};
use super::report::{At, Draft};
use super::value::{Number, Value};
use crate::number::{Exact, Unit, unit};
use crate::prelude::*;

/// A formula over labels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Formula {
    Ratio {
        of: usize,
        over: usize,
    },
    Growth {
        now: usize,
        before: usize,
    },
    /// What comes to each: an amount by a number of persons or the like.
    Mean {
        of: usize,
        over: usize,
    },
    Minus {
        plus: Vec<usize>,
        less: Vec<usize>,
    },
    /// Factors, the price first.
    Product {
        factors: Vec<usize>,
    },
}

/// What came out: in the measure of the printed figure.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub value: Exact,
    /// How far rounding of the operands may have led away.
    pub slack: Option<Exact>,
    pub operands: Vec<(usize, Role)>,
}

impl Made {
    /// What comes out against the printed figure. `place` says where a label's figure stands.
    pub fn against(self, printed: &Number, place: impl Fn(usize) -> At) -> Draft {
        let (verdict, agreement) = judge::computed(printed, self.value, self.slack);
        let operands = self.operands.into_iter().map(|(label, role)| (place(label), role)).collect();
        Draft { operands, computed: self.value, agreement, verdict }
    }
}

type Operand<'a> = (&'a Value, Option<&'a Unit>);

impl Formula {
    pub fn minus(plus: usize, less: usize) -> Formula {
        Formula::Minus { plus: vec![plus], less: vec![less] }
    }

    /// What comes out on one line: two values where it is not said whether a rate is in per cent, or an amount in the unit of its price.
    pub fn make<'a>(&self, operand: &dyn Fn(usize) -> Option<Operand<'a>>, own: &Label, printed: &Number) -> Vec<Made> {
        self.all(operand, own, printed).unwrap_or_default()
    }

    fn all<'a>(&self, operand: &dyn Fn(usize) -> Option<Operand<'a>>, own: &Label, printed: &Number) -> Option<Vec<Made>> {
        match self {
            Formula::Ratio { of, over } => {
                let (of_number, over_number) = (figure(operand(*of)?)?, figure(operand(*over)?)?);
                let factor = between(&of_number, &over_number)?;
                let ratio = of_number.value.checked_mul(factor).ok()?.checked_div(over_number.value).ok()?;
                let slack = quotient_slack(of_number.half.checked_mul(factor).ok(), over_number.half, over_number.value, ratio);
                Some(percents(ratio, slack, own, printed, vec![(*of, Role::Dividend), (*over, Role::Divisor)]))
            }
            Formula::Growth { now, before } => {
                let (now_number, before_number) = (figure(operand(*now)?)?, figure(operand(*before)?)?);
                let factor = between(&now_number, &before_number)?;
                let ratio = now_number.value.checked_mul(factor).ok()?.checked_div(before_number.value).ok()?;
                let slack =
                    quotient_slack(now_number.half.checked_mul(factor).ok(), before_number.half, before_number.value, ratio);
                let growth = ratio.checked_sub(Exact::ONE).ok()?;
                let operands = vec![(*now, Role::Now), (*before, Role::Before)];
                let mut made = percents(growth, slack, own, printed, operands.clone());
                // A loss that became smaller, or larger, is said in either sign.
                if before_number.value.is_negative() {
                    made.extend(percents(-growth, slack, own, printed, operands));
                }
                Some(made)
            }
            Formula::Mean { of, over } => {
                let (amount, count) = (figure(operand(*of)?)?, figure(operand(*over)?)?);
                if amount.percent || count.percent || printed.percent {
                    return None;
                }
                let mean = amount.value.checked_div(count.value).ok()?;
                let slack = quotient_slack(Some(amount.half), count.half, count.value, mean);
                let power = i32::from(amount.power) - i32::from(count.power) - i32::from(printed.power);
                let stated = magnitude(amount.unit) - magnitude(own.unit.as_ref());
                // Where one of the two says no unit, amounts in 万元 often come to 元 for each.
                let known = amount.unit.is_some() && own.own_unit;
                let steps = [stated, 0, 4].into_iter().take(if known { 1 } else { 3 });
                let mut made: Vec<Made> = Vec::new();
                for step in steps {
                    let step = step + power;
                    let scale = Exact::ten_to(step.unsigned_abs()).ok()?;
                    let scaled =
                        |value: Exact| if step < 0 { value.checked_div(scale).ok() } else { value.checked_mul(scale).ok() };
                    let value = scaled(mean)?;
                    if made.iter().all(|known| known.value != value) {
                        let operands = vec![(*of, Role::Dividend), (*over, Role::Divisor)];
                        made.push(Made { value, slack: slack.and_then(scaled), operands });
                    }
                }
                Some(made)
            }
            Formula::Minus { plus, less } => {
                let mut value = Exact::ZERO;
                let mut slack = Exact::ZERO;
                let mut operands = Vec::new();
                for (labels, role) in [(plus, Role::Added), (less, Role::Taken)] {
                    for label in labels {
                        let (cell, unit) = operand(*label)?;
                        if matches!(cell, Value::Blank | Value::Nothing) {
                            continue;
                        }
                        let number = figure((cell, unit))?;
                        if number.power != printed.power || number.percent != printed.percent {
                            return None;
                        }
                        value = value.checked_add(if role == Role::Added { number.value } else { -number.value }).ok()?;
                        slack = slack.checked_add(number.half).ok()?;
                        operands.push((*label, role));
                    }
                }
                (!operands.is_empty()).then(|| vec![Made { value, slack: Some(slack), operands }])
            }
            Formula::Product { factors } => {
                let mut value = Exact::ONE;
                let mut operands = Vec::new();
                let mut power = 0_i32;
                let mut price: Option<Option<&Unit>> = None;
                for label in factors {
                    let number = figure(operand(*label)?)?;
                    let whole = if number.percent { number.value.checked_div(Exact::HUNDRED).ok()? } else { number.value };
                    value = value.checked_mul(whole).ok()?;
                    power += i32::from(number.power);
                    price = price.or(Some(number.unit));
                    operands.push((*label, Role::Factor));
                }
                let price = price.flatten();
                let steps = [magnitude(price) + power - magnitude(own.unit.as_ref()), power];
                let known = price.is_some() && own.unit.is_some() && own.own_unit;
                let mut made = Vec::new();
                for step in steps.iter().copied().take(if known { 1 } else { 2 }).chain((!known).then_some(power - 4)) {
                    let step = step - i32::from(printed.power);
                    let scale = Exact::ten_to(step.unsigned_abs()).ok()?;
                    let scaled = if step < 0 { value.checked_div(scale).ok()? } else { value.checked_mul(scale).ok()? };
                    if made.iter().all(|known: &Made| known.value != scaled) {
                        made.push(Made { value: scaled, slack: None, operands: operands.clone() });
                    }
                }
                Some(made)
            }
        }
    }
}

/// A number with its unit.
struct Figure<'a> {
    value: Exact,
    half: Exact,
    power: u8,
    percent: bool,
    unit: Option<&'a Unit>,
}

fn figure<'a>((value, unit): Operand<'a>) -> Option<Figure<'a>> {
    let number = value.number()?;
    let half = judge::half(number, unit);
    Some(Figure { value: number.exact(), half, power: number.power, percent: number.percent, unit })
}

/// The factor between the units of two figures.
fn between(one: &Figure<'_>, other: &Figure<'_>) -> Option<Exact> {
    if one.percent != other.percent || one.power != other.power {
        return None;
    }
    match (one.unit, other.unit) {
        (Some(one), Some(other)) => unit::in_unit_of(one, other).ok(),
        (_, _) => Some(Exact::ONE),
    }
}

fn magnitude(unit: Option<&Unit>) -> i32 {
    unit.map_or(0, |unit| i32::from(unit.magnitude().0))
}

fn quotient_slack(above: Option<Exact>, below: Exact, divisor: Exact, ratio: Exact) -> Option<Exact> {
    let least = divisor.abs().checked_sub(below).ok().filter(|least| least.is_positive())?;
    above?.checked_add(ratio.abs().checked_mul(below).ok()?).ok()?.checked_div(least).ok()
}

/// A ratio as it may be printed: in per cent where a sign says so, else perhaps plain.
fn percents(ratio: Exact, slack: Option<Exact>, own: &Label, printed: &Number, operands: Vec<(usize, Role)>) -> Vec<Made> {
    let times = |factor: Exact| {
        let value = ratio.checked_mul(factor).ok()?;
        Some(Made { value, slack: slack.and_then(|slack| slack.checked_mul(factor).ok()), operands: operands.clone() })
    };
    let percent = printed.percent || own.unit == Some(Unit::Percent) || own.leaf.key.contains('%');
    let plain = if percent { None } else { times(Exact::ONE) };
    times(Exact::HUNDRED).into_iter().chain(plain).collect()
}

/// The formula that a title prints itself, or the number below it: 执行率（B/A） beside 预算数（A） and 执行数（B）, 3=1+2, 4=(2-1)/1.
pub(super) fn stated(labels: &[Label], at: usize) -> Option<Formula> {
    const SIGNS: [char; 4] = ['/', '÷', '-', '+'];
    let own = labels.get(at)?;
    let formula = own.leaf.inside.iter().chain(own.whole.inside.iter()).find(|inside| inside.contains(SIGNS))?;
    let formula = formula.rsplit_once('=').map_or(formula.as_str(), |(_, formula)| formula);
    let formula = formula.split(['*', 'x', '×', '%']).next().unwrap_or_default();
    let find = |tag: &str| {
        let tag = tag.trim();
        let is_tag = |inside: &String| inside.as_str() == tag || inside.split('=').next() == Some(tag);
        let found = near(labels, at).find(|at| labels.get(*at).is_some_and(|label| label.whole.inside.iter().any(is_tag)))?;
        (!tag.is_empty() && tag.chars().count() <= 2 && found != at).then_some(found)
    };
    if let Some((of, over)) = formula.split_once(['/', '÷']) {
        let Some(change) = of.strip_prefix('(').and_then(|of| of.strip_suffix(')')) else {
            return Some(Formula::Ratio { of: find(of)?, over: find(over)? });
        };
        let (now, before) = change.split_once('-')?;
        return (before == over).then_some(Formula::Growth { now: find(now)?, before: find(before)? });
    }
    let (mut plus, mut less) = (Vec::new(), Vec::new());
    let mut rest = formula;
    let mut list = &mut plus;
    while let Some(sign) = rest.find(['+', '-']) {
        let (term, behind) = rest.split_at_checked(sign)?;
        list.push(find(term)?);
        list = if behind.starts_with('+') { &mut plus } else { &mut less };
        rest = behind.get(1..)?;
    }
    list.push(find(rest)?);
    (plus.len() + less.len() > 1).then_some(Formula::Minus { plus, less })
}

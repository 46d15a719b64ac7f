//! The few base operations that every formula is made of.

use crate::document::CellId;
use crate::number::{Exact, Rounding, RoundingMode};
use crate::outcome::{Outcome, Unfilled, Why};
use crate::prelude::*;
use crate::template::{SourceId, Sourced};
use core::borrow::Borrow;

/// A number in a formula that no cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constant {
    Zero,
    One,
    Hundred,
    Ten,
    /// 执行率计分上限
    ExecutionCap,
    /// 预算执行率的分值
    ExecutionWeight,
    /// 超额完成的偏离上限
    OverLimit,
    /// 及格的完成比例
    PassRatio,
    /// 超额完成扣分
    OverPenalty,
    /// 满意度满分起点
    SatisfactionFull,
    /// 满意度每低一个百分点扣分
    SatisfactionLoss,
    /// 限制总分的执行率
    GateBelow,
    /// 总分上限（执行率限制）
    GateMax,
    /// 满分合计
    WeightTotal,
    /// 适用指标的分值合计
    ApplicableWeight,
    /// 区间下限
    TargetLow,
    /// 区间上限
    TargetHigh,
    /// A number that the form writes in a formula.
    Number,
    /// How many there are to take the mean of.
    Count,
    /// 评分标准的满分界限, a rate
    RuleLimit,
    /// 评分标准的满分界限, a count
    RuleCountLimit,
    /// 评分标准的每档宽度, a rate
    RuleStep,
    /// 评分标准的每档宽度, a count
    RuleCountStep,
    /// 每档扣分
    RuleLoss,
    /// 每档扣本项分值的比例
    RuleShare,
    /// 所在区间的得分
    RuleAward,
}

/// What a part of a formula is called in its explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Label<'a> {
    /// 合计: the sum of a whole column.
    Whole,
    /// The subtotal of a level (一级指标小计), by its own name.
    Level(&'a str),
}

/// A branch that a rule took, named in the explanation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decision {
    /// 已达到指标值，得满分
    Met,
    /// 未达到，按完成比例计分
    Proportional,
    /// 超额达到上限
    OverLimit,
    /// 反向：按超出指标值的比例扣分
    Linear,
    /// 反向：达到指标值的两倍
    TwiceOver,
    /// 低于及格门槛
    BelowPass,
    /// 指标值为 0
    ZeroTarget,
    /// 未达到，不得分
    NotMet,
    /// 按期完成
    OnTime,
    /// 执行率限制总分
    Gated,
    /// 不适用指标折算
    Rescaled,
    /// 负数按 0 计
    Negative,
    /// 符合评分标准，得满分
    WithinLimit,
    /// 超出标准，按档扣分
    Stepped,
    /// 超出标准，按比例扣分
    SteppedInPart,
    /// 按所在区间得分
    Banded,
    /// 按占比得分
    Shared,
    /// 无此项，按满分计
    Without,
}

/// How one value stands to another, on which a rule branches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Is {
    AtLeast,
    Above,
    Equal,
    AtMost,
    Below,
}

impl Is {
    pub fn holds(self, left: Exact, right: Exact) -> bool {
        match self {
            Is::AtLeast => left >= right,
            Is::Above => left > right,
            Is::Equal => left == right,
            Is::AtMost => left <= right,
            Is::Below => left < right,
        }
    }
}

/// One reading of a formula: computing it, or explaining it.
pub trait Calc {
    type V: Clone;
    /// Whether nothing but the outcome counts, so that one that is known need not be computed again.
    const OUTCOME_ONLY: bool = false;

    fn outcome(v: &Self::V) -> &Outcome;
    fn cell(&mut self, cell: CellId, outcome: Outcome) -> Self::V;
    /// What was typed in a cell that is computed where nothing was.
    fn typed(&mut self, cell: CellId, outcome: Outcome) -> Self::V {
        self.cell(cell, outcome)
    }
    fn constant(&mut self, name: Constant, value: Exact, source: Option<&SourceId>) -> Self::V;
    /// Sum of what has a value; blank only when everything is blank.
    fn sum(&mut self, items: Vec<Self::V>) -> Self::V;
    fn sub(&mut self, a: Self::V, b: Self::V) -> Self::V;
    fn mul(&mut self, a: Self::V, b: Self::V) -> Self::V;
    fn div(&mut self, a: Self::V, b: Self::V) -> Self::V;
    fn min(&mut self, a: Self::V, b: Self::V) -> Self::V;
    fn max(&mut self, a: Self::V, b: Self::V) -> Self::V;
    /// The whole part of a number of steps (取整).
    fn whole(&mut self, v: Self::V) -> Self::V;
    /// A part with a name of its own.
    fn named(&mut self, label: Label<'_>, v: Self::V) -> Self::V;
    /// Notes the branch that decided, and the source that says so.
    fn decided(&mut self, v: Self::V, decision: Decision, source: Option<&SourceId>) -> Self::V;
    /// A sum that says nothing yet, but what is missing. One that can't be computed or does not apply stays so.
    fn incomplete(&mut self, v: Self::V, missing: Vec<CellId>) -> Self::V;
    /// No value, and why.
    fn undefined(&mut self, why: Why) -> Self::V;

    /// Which way a rule goes. Where a side has no value, the question is not answered with yes.
    ///
    /// A rule looks at values in no other way, and goes the same way for the same answers. So a reading may ask for both ways, by running
    /// the rule once for each path, and write them down as one formula.
    fn choose(&mut self, left: &Self::V, is: Is, right: &Self::V) -> bool {
        matches!((Self::value(left), Self::value(right)), (Some(left), Some(right)) if is.holds(left, right))
    }

    fn value(v: &Self::V) -> Option<Exact> {
        Self::outcome(v).value()
    }

    fn zero(&mut self) -> Self::V {
        self.constant(Constant::Zero, Exact::ZERO, None)
    }

    /// No points, and the branch that says so.
    fn nothing(&mut self, decision: Decision, source: Option<&SourceId>) -> Self::V {
        let zero = self.zero();
        self.decided(zero, decision, source)
    }

    fn sourced(&mut self, name: Constant, number: &Sourced) -> Self::V {
        self.constant(name, number.value, Some(&number.source))
    }
}

/// 取整: a part of a step is left out.
const WHOLE: Rounding = Rounding { dp: 0, mode: RoundingMode::Truncate };

/// Computes.
pub struct Direct;

impl Calc for Direct {
    type V = Outcome;
    const OUTCOME_ONLY: bool = true;

    fn outcome(v: &Outcome) -> &Outcome {
        v
    }

    fn cell(&mut self, _: CellId, outcome: Outcome) -> Outcome {
        outcome
    }

    fn constant(&mut self, _: Constant, value: Exact, _: Option<&SourceId>) -> Outcome {
        Outcome::Value(value)
    }

    fn sum(&mut self, items: Vec<Outcome>) -> Outcome {
        sum(items)
    }

    fn sub(&mut self, a: Outcome, b: Outcome) -> Outcome {
        binary(&a, &b, |a, b| a.checked_sub(b).into())
    }

    fn mul(&mut self, a: Outcome, b: Outcome) -> Outcome {
        binary(&a, &b, |a, b| a.checked_mul(b).into())
    }

    fn div(&mut self, a: Outcome, b: Outcome) -> Outcome {
        binary(&a, &b, |a, b| a.checked_div(b).into())
    }

    fn min(&mut self, a: Outcome, b: Outcome) -> Outcome {
        binary(&a, &b, |a, b| Outcome::Value(a.min(b)))
    }

    fn max(&mut self, a: Outcome, b: Outcome) -> Outcome {
        binary(&a, &b, |a, b| Outcome::Value(a.max(b)))
    }

    fn whole(&mut self, v: Outcome) -> Outcome {
        match v {
            Outcome::Value(value) => value.round(WHOLE).map(Exact::from_decimal).into(),
            other => other,
        }
    }

    fn named(&mut self, _: Label<'_>, v: Outcome) -> Outcome {
        v
    }

    fn decided(&mut self, v: Outcome, _: Decision, _: Option<&SourceId>) -> Outcome {
        v
    }

    fn incomplete(&mut self, v: Outcome, missing: Vec<CellId>) -> Outcome {
        match v {
            Outcome::Undefined(_) | Outcome::NotApplicable => v,
            Outcome::Value(_) | Outcome::Blank(_) => Outcome::Blank(missing.into()),
        }
    }

    fn undefined(&mut self, why: Why) -> Outcome {
        Outcome::Undefined(why)
    }
}

/// Sum of what has a value. What is undefined makes the sum undefined; blanks count nothing, unless all are blank.
pub fn sum<I: IntoIterator<Item: Borrow<Outcome>>>(items: I) -> Outcome {
    let mut sum = Sum::default();
    items.into_iter().for_each(|item| sum.add(item.borrow()));
    sum.outcome()
}

/// A sum so far.
#[derive(Default)]
pub struct Sum {
    total: Option<Exact>,
    missing: Unfilled,
    /// Why there is no sum.
    why: Option<Why>,
    /// Whether there was anything, and whether any of it applies.
    any: bool,
    applies: bool,
}

impl Sum {
    pub fn add(&mut self, item: &Outcome) {
        if self.why.is_some() {
            return;
        }
        self.any = true;
        match item {
            Outcome::Value(value) => match self.total.unwrap_or(Exact::ZERO).checked_add(*value) {
                Ok(sum) => self.total = Some(sum),
                Err(error) => self.why = Some(error.into()),
            },
            Outcome::Blank(cells) if self.total.is_none() => self.missing.add(cells),
            Outcome::Blank(_) => {}
            Outcome::NotApplicable => return,
            Outcome::Undefined(why) => self.why = Some(*why),
        }
        self.applies = true;
    }

    pub fn outcome(self) -> Outcome {
        match (self.why, self.total) {
            (Some(why), _) => Outcome::Undefined(why),
            (None, Some(total)) => Outcome::Value(total),
            (None, None) if self.any && !self.applies => Outcome::NotApplicable,
            (None, None) => Outcome::Blank(self.missing),
        }
    }
}

fn binary(a: &Outcome, b: &Outcome, operation: impl FnOnce(Exact, Exact) -> Outcome) -> Outcome {
    match (a, b) {
        (Outcome::Value(a), Outcome::Value(b)) => operation(*a, *b),
        // Whatever is typed for the other, there is nothing to compute.
        (Outcome::NotApplicable, _) | (_, Outcome::NotApplicable) => Outcome::NotApplicable,
        (Outcome::Undefined(why), _) | (_, Outcome::Undefined(why)) => Outcome::Undefined(*why),
        (Outcome::Blank(a), Outcome::Blank(b)) => {
            let mut missing = a.clone();
            missing.add(b);
            Outcome::Blank(missing)
        }
        (Outcome::Blank(cells), _) | (_, Outcome::Blank(cells)) => Outcome::Blank(cells.clone()),
    }
}

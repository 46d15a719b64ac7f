//! Profile (计分口径): how points are given, each number with its source.

use super::{Source, SourceId, Sourced};
use crate::number::{Exact, Rounding};
use crate::prelude::*;
use rust_decimal::Decimal;

#[derive(Clone, Debug)]
pub struct Profile {
    pub id: String,
    pub version: u32,
    pub name: String,
    /// 适用地区
    pub region: String,
    pub about: String,
    pub weights: Weights,
    pub rounding: RoundingRules,
    pub execution: ExecutionRule,
    pub quantitative: QuantitativeRule,
    pub tiers: Tiers,
    pub satisfaction: SatisfactionRule,
    pub not_applicable: NotApplicableRule,
    pub grades: Option<Grades>,
    /// What the documents say and this profile does not compute, shown to the person.
    pub not_modelled: Vec<NotModelled>,
    /// The sources that the file brings itself, beside those of the program.
    pub sources: SortedMap<SourceId, Source>,
}

/// 分值设置
#[derive(Clone, Debug)]
pub struct Weights {
    /// 合计, normally 100.
    pub total: Sourced,
    /// 预算执行率的分值; absent where execution is not scored.
    pub execution: Option<Sourced>,
    /// 一级指标的分值, compared as a warning only: documents allow adjusting them.
    pub levels: Vec<LevelWeight>,
}

#[derive(Clone, Debug)]
pub struct LevelWeight {
    /// A level belongs here when its name contains one of these.
    pub names: Vec<String>,
    pub points: Sourced,
}

/// The only places where a value is rounded.
#[derive(Clone, Debug)]
pub struct RoundingRules {
    /// Decimals of a percentage.
    pub rate: Rounding,
    pub score: Rounding,
    pub total: Rounding,
    pub source: SourceId,
}

impl RoundingRules {
    /// A ratio in percent, at the decimals of a percentage. `None` beyond what a decimal holds.
    pub fn percent(&self, ratio: Exact) -> Option<Decimal> {
        ratio.checked_mul(Exact::HUNDRED).ok()?.round(self.rate).ok()
    }
}

/// 预算执行率 (F1, F2) and what depends on it.
#[derive(Clone, Debug)]
pub struct ExecutionRule {
    /// The rate counts up to this, normally 1.
    pub cap: Sourced,
    /// Below this rate a written reason is asked for (L09).
    pub reason_below: Option<Sourced>,
    /// Who says that a budget adjusted within the year needs a written reason (F3).
    pub reason_adjusted: Option<SourceId>,
    /// The total may not exceed `max` when the rate is below `below`; ascending by `below`.
    pub gate: Vec<Gate>,
}

#[derive(Clone, Debug)]
pub struct Gate {
    pub below: Sourced,
    pub max: Sourced,
}

/// 定量指标 (F13, F14).
#[derive(Clone, Debug)]
pub struct QuantitativeRule {
    pub source: SourceId,
    /// How an indicator that had better be low loses points (反向指标).
    pub reverse: Reverse,
    /// Who says so; else `source`.
    pub reverse_source: Option<SourceId>,
    /// Below this ratio no points (及格门槛).
    pub pass: Option<Sourced>,
    pub over: Option<OverRule>,
}

impl QuantitativeRule {
    /// Who says how points are lost in reverse.
    pub fn reverse_source(&self) -> &SourceId {
        self.reverse_source.as_ref().unwrap_or(&self.source)
    }
}

/// What is left of the points where an actual value X is above a target T that had better not be exceeded (反向指标计分).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reverse {
    /// T ÷ X of the points.
    Ratio,
    /// 1 - (X - T) ÷ T of them: none at twice the target and beyond.
    Linear,
}

/// 超额完成: from `limit` times the target on, the target counts as set too low.
#[derive(Clone, Debug)]
pub struct OverRule {
    pub limit: Sourced,
    pub effect: OverEffect,
}

#[derive(Clone, Debug)]
pub enum OverEffect {
    /// Points taken off.
    Deduct(Sourced),
    /// The indicator counts 0.
    Zero,
    /// The person decides; the page asks.
    Ask,
}

/// 定性指标的三档
#[derive(Clone, Debug)]
pub struct Tiers {
    /// Best first.
    pub list: Vec<Tier>,
    pub source: SourceId,
}

/// One tier: its share of the points lies in `from..=to` (best tier) or `from..to`.
#[derive(Clone, Debug)]
pub struct Tier {
    /// Stable name in saved files: `met`, `partial`, `unmet`.
    pub id: String,
    pub name: String,
    pub from: crate::number::Exact,
    pub to: crate::number::Exact,
}

#[derive(Clone, Debug)]
pub enum SatisfactionRule {
    /// Like any other rate.
    Ratio,
    /// Full points from `full_from` on; below it, `per_point` of a ten-point item is lost for each percentage point (F21).
    Slope { full_from: Sourced, per_point: Sourced },
}

/// 不适用指标
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotApplicableRule {
    pub effect: NotApplicable,
    /// Whether an indicator with points, but without 完成值 and 得分, counts as not applicable instead of 0.
    pub blank_counts: bool,
    pub source: SourceId,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotApplicable {
    /// The rest is scaled up to the full total (F15).
    Rescale,
    /// Its points are lost.
    Zero,
}

/// 等级
#[derive(Clone, Debug)]
pub struct Grades {
    /// Best first; each from its own lower bound up to the one before.
    pub bands: Vec<Band>,
    /// The document prints whole-number bands (80—89), which leave gaps for decimals.
    pub whole_numbers: bool,
    pub source: SourceId,
}

#[derive(Clone, Debug)]
pub struct Band {
    pub name: String,
    /// Other ways of writing it, e.g. 良好 for 良.
    pub aliases: Vec<String>,
    pub from: crate::number::Exact,
}

#[derive(Clone, Debug)]
pub struct NotModelled {
    pub text: String,
    pub source: SourceId,
}

impl Profile {
    /// The same profile with another treatment of what does not apply, for what-if.
    pub fn with_not_applicable(&self, effect: NotApplicable, blank_counts: bool) -> Profile {
        let source = self.not_applicable.source.clone();
        Profile { not_applicable: NotApplicableRule { effect, blank_counts, source }, ..self.clone() }
    }
}

/// The band of a total. Bands are read as half-open, from their own lower bound up to the next: 89.6 under 80—89 and 90—100
/// is in the lower one.
pub fn grade_of(grades: &Grades, total: Exact) -> Option<&Band> {
    grades.bands.iter().find(|band| total >= band.from).or(grades.bands.last())
}

/// Whether the total lies between two bands that are printed in whole numbers, such as 89.6 between 80—89 and 90—100.
pub fn in_gap(grades: &Grades, total: Exact) -> bool {
    let below = |band: &Band| band.from.checked_sub(total).is_ok_and(|short| short.is_positive() && short < Exact::ONE);
    grades.whole_numbers && grades.bands.iter().any(below)
}

/// Whether a typed grade names the band, by its name or another way of writing it.
pub fn same_grade(band: &Band, text: &str) -> bool {
    let text = text.trim();
    band.name == text || band.aliases.iter().any(|alias| alias == text)
}

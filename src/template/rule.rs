//! 评分标准: how a row of a rubric gets its points from one measured value, such as 每超过1个百分点扣0.5分.

use super::{CellIndex, SourceId};
use crate::number::Exact;
use crate::prelude::*;

/// A rule that rows of one table name in their 计分方式.
#[derive(Clone, Debug)]
pub struct ScoreRule {
    /// What a row's `kind` says to be scored by it.
    pub id: String,
    /// The rule in words, as the document states it.
    pub name: String,
    /// Where all of its numbers stand.
    pub source: SourceId,
    /// The computed rate that is measured where the row's own 完成值 is blank.
    pub reads: Option<CellIndex>,
    /// Whether a rate is measured: a bare number is then a percentage, or up to 1 the ratio itself.
    pub rate: bool,
    /// Whether a stroke, for something that the unit does not have, gets full points.
    pub full_without: bool,
    pub kind: RuleKind,
}

#[derive(Clone, Debug)]
pub enum RuleKind {
    Steps(Steps),
    Bands(Bands),
    /// The value is the share of the points that is earned (F12).
    Share,
}

/// Full points up to a limit, and a loss for each step beyond it, down to 0.
#[derive(Clone, Debug)]
pub struct Steps {
    pub limit: Exact,
    pub better: Better,
    /// How wide a step is: 0.05 for five percentage points.
    pub step: Exact,
    /// What each step costs.
    pub loss: Part,
    /// Whether a part of a step costs its part; else only whole steps count.
    pub proportional: bool,
}

/// On which side of the limit nothing is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    AtLeast,
    AtMost,
    /// Both more and less cost points.
    Exactly,
}

/// Points by the interval that the value lies in.
#[derive(Clone, Debug)]
pub struct Bands {
    /// In the order in which they are tried.
    pub list: Vec<RuleBand>,
    /// The document says nothing about values below this.
    pub covers_from: Option<Exact>,
}

#[derive(Clone, Debug)]
pub struct RuleBand {
    /// Lowest value, inclusive.
    pub from: Option<Exact>,
    /// Highest value, inclusive.
    pub to: Option<Exact>,
    pub award: Part,
}

/// Points as they stand, or a share of the row's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Points(Exact),
    Share(Exact),
}

//! Scoring of one indicator: what kind it is, and what the profile gives for it.

mod deadline;
mod kind;
mod quantitative;
mod satisfaction;
mod tier;
mod yes_no;

pub use kind::ScoringKind;
pub use quantitative::{is_over as exceeds, pair};
pub use tier::{implied as implied_tier, share as tier_share};

use super::calc::{Calc, Direct};
use super::outcome::{Outcome, Why};
use super::values::{Values, typed_value};
use crate::document::{CellId, Row, Typed};
use crate::number::{Exact, Reading};
use crate::template::{CellKind, ColumnIndex, Profile, TableDef, TableIndex};

/// One indicator row, by meaning instead of by column.
#[derive(Clone, Copy)]
pub struct Indicator<'a> {
    pub values: &'a Values<'a>,
    pub table: TableIndex,
    pub def: &'a TableDef,
    pub row: &'a Row,
}

impl<'a> Indicator<'a> {
    pub fn profile(&self) -> &'a Profile {
        &self.values.template.profile
    }

    pub fn id(&self, column: Option<ColumnIndex>) -> CellId {
        CellId::Row { table: self.table, row: self.row.id, column: column.unwrap_or(ColumnIndex::MAX) }
    }

    pub fn typed(&self, column: Option<ColumnIndex>) -> &'a Typed {
        self.row.cell_at(column)
    }

    pub fn target(&self) -> &'a Reading {
        self.typed(self.def.at.target).reading()
    }

    pub fn actual(&self) -> &'a Reading {
        self.typed(self.def.at.actual).reading()
    }

    pub fn level2(&self) -> &'a str {
        self.typed(self.def.at.level2).text()
    }

    /// 分值. A form without the column gives no weights.
    pub fn weight(&self) -> Outcome {
        self.points(self.def.at.weight)
    }

    /// 得分 as typed.
    pub fn score(&self) -> Outcome {
        self.points(self.def.at.score)
    }

    fn points(&self, column: Option<ColumnIndex>) -> Outcome {
        typed_value(&self.values.template.form, CellKind::Points, self.typed(column), self.id(column))
    }

    /// Nothing but the names that the form gives: a row of the skeleton that was not used.
    pub fn is_unused(&self) -> bool {
        let at = &self.def.at;
        let blank = |column: Option<ColumnIndex>| self.typed(column).is_blank();
        if self.def.fixed {
            return false;
        }
        blank(at.target)
            && blank(at.actual)
            && blank(at.weight)
            && blank(at.score)
            && is_placeholder(self.typed(at.indicator).text())
    }

    /// Declared not applicable: by its kind, or by a stroke where a score, a value or an indicator would stand.
    pub fn is_not_applicable(&self) -> bool {
        let at = &self.def.at;
        let stroke = |column: Option<ColumnIndex>| matches!(self.typed(column).reading(), Reading::NotApplicable);
        if let Some(kind) = ScoringKind::chosen(self) {
            return kind == ScoringKind::NotApplicable;
        }
        if matches!(self.score(), Outcome::Value(_)) {
            return false;
        }
        stroke(at.score) || stroke(at.actual) || stroke(at.target) || stroke(at.indicator)
    }

    /// Neither 完成值 nor 得分 although it carries points.
    pub fn is_left_blank(&self) -> bool {
        let at = &self.def.at;
        self.typed(at.actual).is_blank() && self.typed(at.score).is_blank() && matches!(self.weight(), Outcome::Value(_))
    }
}

/// Blank, or only the numbering that forms print (`指标1：`, `……`).
fn is_placeholder(text: &str) -> bool {
    let rest = text
        .trim()
        .trim_start_matches("指标")
        .trim_start_matches(|char: char| char.is_ascii_digit() || "０１２３４５６７８９".contains(char));
    rest.trim_matches(['：', ':', '.', '…', '．', ' ', '　']).is_empty()
}

/// The score that the profile gives, unrounded. Where it leaves the score to the person there is no value, and why.
pub fn score<C: Calc>(calc: &mut C, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let weight = calc.cell(indicator.id(indicator.def.at.weight), indicator.weight());
    if C::value(&weight).is_some_and(Exact::is_negative) {
        // No share of negative points is a score.
        return calc.undefined(Why::NeedsJudgement);
    }
    match kind {
        ScoringKind::NotApplicable => calc.cell(indicator.id(indicator.def.at.score), Outcome::NotApplicable),
        ScoringKind::Manual | ScoringKind::Tier => calc.undefined(Why::NeedsJudgement),
        ScoringKind::Deduction => deduction(calc, indicator),
        ScoringKind::YesNo => yes_no::score(calc, weight, indicator),
        ScoringKind::Deadline => deadline::score(calc, weight, indicator),
        ScoringKind::Satisfaction => satisfaction::score(calc, weight, indicator),
        ScoringKind::HigherBetter | ScoringKind::LowerBetter | ScoringKind::Equal | ScoringKind::Range => {
            quantitative::score(calc, kind, weight, indicator)
        }
    }
}

/// 扣分项: what is typed as its score is taken off, whatever its sign.
fn deduction<C: Calc>(calc: &mut C, indicator: &Indicator<'_>) -> C::V {
    let outcome = match indicator.score() {
        Outcome::Value(points) => Outcome::Value(points.abs().neg()),
        other => other,
    };
    calc.cell(indicator.id(indicator.def.at.score), outcome)
}

/// The score that the profile gives, computed only.
pub fn direct_score(kind: ScoringKind, indicator: &Indicator<'_>) -> Outcome {
    score(&mut Direct, kind, indicator)
}

/// Keeps a score from 0 to the points at stake.
pub(crate) fn clamp(score: Exact, weight: Exact) -> Exact {
    score.min(weight).max(Exact::ZERO)
}

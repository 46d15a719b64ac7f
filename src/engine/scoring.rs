//! Scoring of one indicator: what kind it is, and what the profile gives for it.

mod deadline;
mod quantitative;
mod rule;
mod satisfaction;
mod tier;
mod yes_no;

pub use crate::id::ScoringKind;
pub use deadline::on_time;
pub use quantitative::{exceeds, is_copied, other_reverse, pair};
pub use rule::measured;
pub use tier::{implied as implied_tier, share as tier_share};
pub use yes_no::is_answer;

use super::calc::{Calc, Constant, Direct, Is};
use super::cells::Cells;
use super::levels::printed_points;
use super::meaning::Meaning;
use super::values::{Values, typed_value};
use crate::document::{Row, RowId};
use crate::number::{Comparator, Exact, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::prose::{Bonus, bonus};
use crate::template::{CellKind, ColumnIndex, TableDef, TableIndex};
use core::ops::Deref;

/// One indicator row: its cells, what they mean, and the values of the form around it.
#[derive(Clone, Copy)]
pub struct Indicator<'a> {
    cells: Cells<'a>,
    pub values: &'a Values<'a>,
    /// Its position in the table.
    pub position: usize,
}

impl<'a> Deref for Indicator<'a> {
    type Target = Cells<'a>;

    fn deref(&self) -> &Cells<'a> {
        &self.cells
    }
}

impl<'a> Indicator<'a> {
    pub fn new(values: &'a Values<'a>, table: TableIndex, def: &'a TableDef, position: usize, row: &'a Row) -> Indicator<'a> {
        Indicator { cells: Cells { template: values.template, table, def, row }, values, position }
    }

    /// The indicator of a row, where the form and the document have it.
    pub fn find(values: &'a Values<'a>, table: TableIndex, row: RowId) -> Option<Indicator<'a>> {
        let position = values.document.row_position(table, row)?;
        let (def, row) = (values.template.form.table(table)?, values.document.rows(table).get(position)?);
        Some(Indicator::new(values, table, def, position, row))
    }

    /// What the row is.
    pub fn meaning(&self) -> &'a Meaning {
        self.values.meaning(self.table, self.position)
    }

    /// Whether it is about satisfaction (满意度), by its levels or by its own name.
    pub fn is_satisfaction(&self) -> bool {
        self.meaning().is_satisfaction(self.name())
    }

    /// How the row is scored.
    pub fn kind(&self) -> ScoringKind {
        self.meaning().kind
    }

    /// 指标值, put together where the form prints its sign and its unit apart.
    pub fn target(&self) -> &'a Reading {
        self.meaning().target().unwrap_or(self.typed(self.def.at.target).reading())
    }

    /// The target's sign (计算符号), if it has one.
    pub fn sign(&self) -> Option<Comparator> {
        match self.target() {
            Reading::Quantity(quantity) => quantity.comparator,
            Reading::Blank | Reading::NotApplicable | Reading::Range { .. } | Reading::Date(_) | Reading::Words => None,
        }
    }

    /// 完成值, put together where the form prints its unit apart.
    pub fn actual(&self) -> &'a Reading {
        self.meaning().actual().unwrap_or(self.typed(self.def.at.actual).reading())
    }

    /// 一级指标 as printed in the row or above.
    pub fn level1(&self) -> &'a str {
        self.level(self.values.levels(self.table).level1(self.position), self.def.at.level1)
    }

    /// 二级指标 as printed in the row or above.
    pub fn level2(&self) -> &'a str {
        self.level(self.values.levels(self.table).level2(self.position), self.def.at.level2)
    }

    fn level(&self, printed: Option<usize>, column: Option<ColumnIndex>) -> &'a str {
        match printed.filter(|printed| *printed != self.position) {
            Some(above) => self.values.document.rows(self.table).get(above).map_or("", |row| row.cell_at(column).text()),
            None => self.typed(column).text(),
        }
    }

    /// 分值: in its own cell, or printed in the name of the indicator, as forms without that column have it.
    pub fn weight(&self) -> Outcome {
        match self.points(self.def.at.weight) {
            Outcome::Blank(cells) => named_points(self.name()).map_or(Outcome::Blank(cells), Outcome::Value),
            other => other,
        }
    }

    /// How far beyond its points the row's standard lets a score go; in a row of its own 加分项 without bound.
    pub fn bonus(&self) -> Option<Bonus> {
        // Most rows have no standard, and most names add nothing.
        let says = |text: &str| if text.contains('加') { bonus(text) } else { None };
        says(self.typed(self.def.at.standard).text()).or_else(|| says(self.name()))
    }

    /// The most that the row may score: its points, and what its standard adds.
    pub fn most(&self, weight: Exact) -> Option<Exact> {
        match self.bonus() {
            None => Some(weight),
            Some(Bonus::Points(points)) => weight.checked_add(points).ok(),
            Some(Bonus::Open) => None,
        }
    }

    /// 得分系数, as a ratio: 0.8 or 80%. Nothing else is one.
    pub fn coefficient(&self) -> Option<Exact> {
        let Reading::Quantity(quantity) = self.typed(self.def.at.coefficient).reading() else { return None };
        let ratio = match quantity.unit {
            Unit::None | Unit::Percent => quantity.value().ok()?,
            Unit::Money(_) | Unit::Other { .. } => return None,
        };
        (quantity.comparator.is_none() && !ratio.is_negative() && ratio <= Exact::ONE).then_some(ratio)
    }

    /// 分值 × 得分系数, where both are there.
    pub fn by_coefficient(&self) -> Option<Exact> {
        let coefficient = self.coefficient()?;
        self.weight().value()?.checked_mul(coefficient).ok()
    }

    /// 单项得分 as typed.
    pub fn single(&self) -> Outcome {
        self.points(self.def.at.single)
    }

    /// A 单项得分 that is no score out of 100.
    pub fn single_out_of_range(&self) -> Option<Exact> {
        self.single().value().filter(|score| score.is_negative() || *score > Exact::HUNDRED)
    }

    /// 得分 as typed, or as the typed 得分系数 gives it.
    pub fn score(&self) -> Outcome {
        match self.points(self.def.at.score) {
            Outcome::Blank(cells) => self.by_coefficient().map_or(Outcome::Blank(cells), Outcome::Value),
            other => other,
        }
    }

    fn points(&self, column: Option<ColumnIndex>) -> Outcome {
        typed_value(&self.template.form, CellKind::Points, self.typed(column), self.id(column))
    }

    /// Neither 完成值 nor 得分 although it carries points.
    pub fn is_left_blank(&self) -> bool {
        let at = &self.def.at;
        let blank = self.typed(at.actual).is_blank() && self.typed(at.score).is_blank() && self.typed(at.single).is_blank();
        blank && matches!(self.weight(), Outcome::Value(_)) && !self.is_measured_elsewhere()
    }

    /// Whether what it measures stands elsewhere on the form, so that its own 完成值 may stay blank.
    pub fn is_measured_elsewhere(&self) -> bool {
        self.rule().is_some_and(|rule| rule.reads.is_some()) || self.kind() == ScoringKind::Execution
    }
}

/// The points at the end of an indicator's own name: 设备完好率（10分）.
fn named_points(name: &str) -> Option<Exact> {
    let inner = name.trim_end().strip_suffix(['）', ')'])?;
    inner.trim_end().ends_with('分').then(|| printed_points(name)).flatten()
}

/// The score that counts, unrounded: what the profile gives for the row's points, or where the form has 单项得分, that score converted by
/// the weight. Where the score is left to the person there is no value, and why.
pub fn score<C: Calc>(calc: &mut C, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let negative = indicator.weight().value().is_some_and(Exact::is_negative);
    let apart = matches!(kind, ScoringKind::NotApplicable | ScoringKind::Deduction | ScoringKind::Bonus);
    if at.single.is_none() || negative || apart {
        return by_profile(calc, kind, indicator);
    }
    // What is no score out of 100 is not converted.
    let typed = if indicator.single_out_of_range().is_some() { Outcome::nothing() } else { indicator.single() };
    let outcome = typed.or(&single(&mut Direct, kind, indicator));
    let single = calc.cell(indicator.id(at.single), outcome);
    let weight = calc.cell(indicator.id(at.weight), indicator.weight());
    let product = calc.mul(single, weight);
    let hundred = calc.constant(Constant::Hundred, Exact::HUNDRED, None);
    calc.div(product, hundred)
}

/// What the profile gives for the row's points.
pub fn by_profile<C: Calc>(calc: &mut C, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let weight = calc.cell(indicator.id(indicator.def.at.weight), indicator.weight());
    out_of(calc, weight, kind, indicator)
}

/// 单项得分: what the profile gives on a scale of 100.
pub fn single<C: Calc>(calc: &mut C, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let weight = calc.constant(Constant::Hundred, Exact::HUNDRED, None);
    out_of(calc, weight, kind, indicator)
}

fn out_of<C: Calc>(calc: &mut C, weight: C::V, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let score = by_kind(calc, weight.clone(), kind, indicator);
    let at_stake = kind == ScoringKind::Deduction || C::value(&weight).is_some();
    // Without points at stake even a miss is no score of 0.
    if at_stake || C::value(&score).is_none() { score } else { weight }
}

fn by_kind<C: Calc>(calc: &mut C, weight: C::V, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let zero = calc.zero();
    match kind {
        ScoringKind::NotApplicable => calc.cell(indicator.id(indicator.def.at.score), Outcome::NotApplicable),
        ScoringKind::Deduction => deduction(calc, indicator),
        ScoringKind::Manual | ScoringKind::Tier | ScoringKind::Bonus => calc.undefined(Why::NeedsJudgement),
        // No share of negative points is a score.
        _ if calc.choose(&weight, Is::Below, &zero) => calc.undefined(Why::NeedsJudgement),
        ScoringKind::Execution => super::total::execution_points(calc, indicator.values, weight),
        ScoringKind::Rule => match indicator.rule() {
            Some(rule) => rule::score(calc, weight, indicator, rule),
            None => calc.undefined(Why::NeedsJudgement),
        },
        ScoringKind::YesNo => yes_no::score(calc, weight, indicator),
        ScoringKind::Deadline => deadline::score(calc, weight, indicator),
        ScoringKind::Satisfaction => satisfaction::score(calc, weight, indicator),
        ScoringKind::HigherBetter | ScoringKind::LowerBetter | ScoringKind::Equal | ScoringKind::Open | ScoringKind::Range => {
            quantitative::score(calc, kind, weight, indicator)
        }
    }
}

/// 分值 × 得分系数.
pub fn by_coefficient<C: Calc>(calc: &mut C, _: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let weight = calc.cell(indicator.id(at.weight), indicator.weight());
    let coefficient = indicator.coefficient().map_or_else(|| Outcome::missing(indicator.id(at.coefficient)), Outcome::Value);
    let coefficient = calc.cell(indicator.id(at.coefficient), coefficient);
    calc.mul(weight, coefficient)
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

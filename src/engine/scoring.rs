//! Scoring of one indicator: what kind it is, and what the profile gives for it.

mod deadline;
mod kind;
mod quantitative;
mod rule;
mod satisfaction;
mod tier;
mod yes_no;

pub use crate::id::ScoringKind;
pub use quantitative::{is_over as exceeds, pair};
pub use rule::measured;
pub use tier::{implied as implied_tier, share as tier_share};

use super::calc::{Calc, Constant, Direct};
use super::values::{Values, typed_value};
use crate::document::{CellId, Row, RowId, Typed};
use crate::number::{Exact, Reading, read};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, Profile, ScoreRule, TableDef, TableIndex};
use alloc::borrow::Cow;

/// One indicator row, by meaning instead of by column.
#[derive(Clone, Copy)]
pub struct Indicator<'a> {
    pub values: &'a Values<'a>,
    pub table: TableIndex,
    pub def: &'a TableDef,
    pub row: &'a Row,
    /// Its position in the table.
    pub position: usize,
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

    /// 指标值, put together where the form prints its sign and its unit apart.
    pub fn target(&self) -> Cow<'a, Reading> {
        let at = &self.def.at;
        let own = self.typed(at.target);
        let (sign, unit) = (self.typed(at.sign).text().trim(), self.typed(at.unit).text().trim());
        let plain = matches!(own.reading(), Reading::Quantity(quantity) if quantity.comparator.is_none());
        if !plain || (sign.is_empty() && unit.is_empty()) {
            return Cow::Borrowed(own.reading());
        }
        // 定性 is no sign, and a number that brings its unit needs none.
        let joined = [format!("{sign}{}{unit}", own.text()), format!("{sign}{}", own.text()), format!("{}{unit}", own.text())];
        let read = joined.iter().map(|text| read(text)).find(|reading| matches!(reading, Reading::Quantity(_)));
        read.map_or(Cow::Borrowed(own.reading()), Cow::Owned)
    }

    /// The rule of the form that the row names.
    pub fn rule(&self) -> Option<&'a ScoreRule> {
        self.def.rule(self.typed(self.def.at.kind).text())
    }

    pub fn actual(&self) -> &'a Reading {
        self.typed(self.def.at.actual).reading()
    }

    /// The indicator of a row, where the form and the document have it.
    pub fn find(values: &'a Values<'a>, table: TableIndex, row: RowId) -> Option<Indicator<'a>> {
        let position = values.document.row_position(table, row)?;
        let (def, row) = (values.template.form.table(table)?, values.document.rows(table).get(position)?);
        Some(Indicator { values, table, def, row, position })
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

    /// 分值. A form without the column gives no weights.
    pub fn weight(&self) -> Outcome {
        self.points(self.def.at.weight)
    }

    /// Whether the score is given directly, and not converted from a typed 单项得分.
    pub fn score_alone(&self) -> bool {
        self.typed(self.def.at.single).is_blank()
    }

    /// 单项得分 as typed.
    pub fn single(&self) -> Outcome {
        self.points(self.def.at.single)
    }

    /// A 单项得分 that is no score out of 100.
    pub fn single_out_of_range(&self) -> Option<Exact> {
        self.single().value().filter(|score| score.is_negative() || *score > Exact::HUNDRED)
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
        let scored = [self.score(), self.single()].iter().any(|score| score.value().is_some());
        // Where the score stands, a stroke says it of the whole row, whatever way of scoring was chosen.
        let without_score = !scored && (stroke(at.score) || stroke(at.single));
        match (ScoringKind::chosen(self), self.rule()) {
            (_, Some(rule)) if rule.full_without => without_score,
            (Some(ScoringKind::Rule) | None, _) => {
                without_score || !scored && (stroke(at.actual) || stroke(at.target) || stroke(at.indicator))
            }
            // A chosen way that measures has nothing to measure.
            (Some(kind), _) if kind.measures() => without_score || !scored && stroke(at.actual),
            (Some(kind), _) => kind == ScoringKind::NotApplicable || without_score,
        }
    }

    /// Neither 完成值 nor 得分 although it carries points.
    pub fn is_left_blank(&self) -> bool {
        let at = &self.def.at;
        let blank = self.typed(at.actual).is_blank() && self.typed(at.score).is_blank() && self.typed(at.single).is_blank();
        blank && matches!(self.weight(), Outcome::Value(_)) && !self.is_measured_elsewhere()
    }

    /// Whether what it measures stands elsewhere on the form, so that its own 完成值 may stay blank.
    pub fn is_measured_elsewhere(&self) -> bool {
        self.rule().is_some_and(|rule| rule.reads.is_some()) || ScoringKind::of(self) == ScoringKind::Execution
    }

    /// Whether the form asks for no 完成值 here: it has no such column, leaves it free, or the row declares that it has no target.
    pub fn is_free_of_actual(&self) -> bool {
        let at = &self.def.at;
        let free = at.actual.and_then(|column| self.def.column(column)).is_none_or(|column| column.optional);
        free || self.typed(at.target).reading() == &Reading::NotApplicable
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

/// The score that counts, unrounded: what the profile gives for the row's points, or where the form has 单项得分, that score converted by
/// the weight. Where the score is left to the person there is no value, and why.
pub fn score<C: Calc>(calc: &mut C, kind: ScoringKind, indicator: &Indicator<'_>) -> C::V {
    let at = &indicator.def.at;
    let negative = indicator.weight().value().is_some_and(Exact::is_negative);
    if at.single.is_none() || negative || matches!(kind, ScoringKind::NotApplicable | ScoringKind::Deduction) {
        return by_profile(calc, kind, indicator);
    }
    // What is no score out of 100 is not converted.
    let typed = if indicator.single_out_of_range().is_some() { Outcome::Blank(Vec::new()) } else { indicator.single() };
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
    if C::value(&weight).is_some_and(Exact::is_negative) {
        // No share of negative points is a score.
        return calc.undefined(Why::NeedsJudgement);
    }
    match kind {
        ScoringKind::NotApplicable => calc.cell(indicator.id(indicator.def.at.score), Outcome::NotApplicable),
        ScoringKind::Manual | ScoringKind::Tier => calc.undefined(Why::NeedsJudgement),
        ScoringKind::Deduction => deduction(calc, indicator),
        ScoringKind::Execution => super::total::execution_points(calc, indicator.values, weight),
        ScoringKind::Rule => match indicator.rule() {
            Some(rule) => rule::score(calc, weight, indicator, rule),
            None => calc.undefined(Why::NeedsJudgement),
        },
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

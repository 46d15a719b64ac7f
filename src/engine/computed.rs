//! What a cell of a document is computed from, over any reading of the formulas: whoever explains a cell, or writes it down for a
//! spreadsheet, begins here.

use super::calc::{Calc, Constant, Label};
use super::evaluation::{Evaluation, RowState};
use super::formula::{self, At};
use super::scoring::{self, Indicator, ScoringKind};
use super::total;
use super::values::Values;
use crate::id::CellId;
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{Formula, Role, Rule};

/// What a cell is computed from; `None` where nothing computes it, and for what is chosen: a grade and the points of execution.
pub fn computed<C: Calc>(calc: &mut C, values: &Values<'_>, evaluation: &Evaluation, cell: CellId) -> Option<C::V> {
    let form = &values.template.form;
    Some(match cell {
        CellId::Fixed(at) => match form.cell(at)?.formula.as_ref()? {
            Formula::Rule(Rule::Grade | Rule::IndicatorScore | Rule::SingleScore | Rule::ExecutionWeight) => return None,
            Formula::Rule(Rule::ExecutionScore) => total::execution_score(calc, values),
            Formula::Rule(Rule::WeightTotal) => weight_total(calc, values, evaluation),
            Formula::Rule(Rule::ScoreTotal) => {
                let partial = total::partial(values, &evaluation.tables);
                total::total(calc, values, &evaluation.tables, &partial)
            }
            Formula::Expr(expr) => formula::fixed(calc, values, expr),
        },
        CellId::Row { table, row, column } => match form.table(table)?.column(column)?.formula.as_ref()? {
            Formula::Rule(_) => {
                let (indicator, kind) = scored(values, evaluation, cell)?;
                // What the typed 得分系数 gives stands for a score that was not typed.
                let given = indicator.typed(indicator.def.at.score).is_blank() && indicator.by_coefficient().is_some();
                match (is_single(&indicator, cell), given) {
                    (true, _) => scoring::single(calc, kind, &indicator),
                    (false, true) => scoring::by_coefficient(calc, kind, &indicator),
                    (false, false) => scoring::score(calc, kind, &indicator),
                }
            }
            Formula::Expr(expr) => {
                let at = At { table, position: values.document.row_position(table, row)?, row };
                formula::row(calc, values, at, expr)?
            }
        },
    })
}

/// The indicator whose score a cell holds, and how it is scored.
pub fn scored<'a>(values: &'a Values<'a>, evaluation: &Evaluation, cell: CellId) -> Option<(Indicator<'a>, ScoringKind)> {
    let CellId::Row { table, row, column } = cell else { return None };
    let def = values.template.form.table(table)?;
    match def.column(column)?.formula.as_ref()? {
        Formula::Rule(_) => {}
        Formula::Expr(_) => return None,
    }
    if matches!(evaluation.row(table, row)?.state, RowState::Unused | RowState::Sum) {
        return None;
    }
    let indicator = Indicator::find(values, table, row)?;
    Some((indicator, indicator.kind()))
}

/// Whether a cell holds 单项得分, out of 100.
pub fn is_single(indicator: &Indicator<'_>, cell: CellId) -> bool {
    matches!(cell, CellId::Row { column, .. } if indicator.def.at.single == Some(column))
}

/// 预算执行率的分值: a number of the profile, unless the table does not score execution.
pub fn execution_weight<C: Calc>(calc: &mut C, values: &Values<'_>, evaluation: &Evaluation, at: u16) -> Option<C::V> {
    let scored = evaluation.cell(at).is_none_or(|eval| eval.computed != Outcome::NotApplicable);
    let weight = values.template.profile.weights.execution.as_ref().filter(|_| scored)?;
    Some(calc.sourced(Constant::ExecutionWeight, weight))
}

/// 分值合计: the levels' weights and the execution weight.
fn weight_total<C: Calc>(calc: &mut C, values: &Values<'_>, evaluation: &Evaluation) -> C::V {
    let Some(score) = &evaluation.score else { return calc.undefined(Why::NeedsJudgement) };
    let mut items = Vec::new();
    // 扣分项 and 加分项 have no part in it.
    for level in score.levels.iter().filter(|level| level.weight != Outcome::NotApplicable) {
        let column = values.template.form.table(level.table).and_then(|table| table.at.weight).unwrap_or(u8::MAX);
        let rows = level.rows(evaluation.rows(level.table));
        let cells =
            rows.map(|row| calc.cell(CellId::Row { table: level.table, row: row.row, column }, row.weight.clone())).collect();
        let sum = calc.sum(cells);
        items.push(calc.named(Label::Level(&level.name), sum));
    }
    let indicators = items.iter().any(|item| matches!(C::outcome(item), Outcome::Value(_)));
    if let (Some(at), true) = (values.template.form.role(Role::ExecutionWeight), indicators) {
        items.push(calc.cell(CellId::Fixed(at), values.fixed(at)));
    }
    calc.sum(items)
}

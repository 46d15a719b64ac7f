//! A07 and A27: one thing that a table says or counts in two places.

use super::{Checked, IndicatorRow};
use crate::engine::evaluation::RowState;
use crate::engine::meaning::Aspect;
use crate::engine::scoring::pair;
use crate::engine::shown;
use crate::finding::{Code, EntryFacts, Facts, Finding, Severity};
use crate::number::{Agreement, Exact, Reading, Unit, agreement};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellKind, Role};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for row in checked.indicators().filter(|row| row.eval.state == RowState::Scored || row.eval.state == RowState::Plain) {
        findings.extend(execution(checked, &row));
        findings.extend(cost(checked, &row));
    }
}

/// A07: the execution of the budget, scored in the funds block and once more as an indicator.
fn execution(checked: &Checked<'_>, row: &IndicatorRow<'_>) -> Option<Finding> {
    if !row.eval.meaning.names_execution() {
        return None;
    }
    let score = &checked.evaluation.score.as_ref()?.entered;
    let block = checked.role(Role::ExecutionWeight).filter(|_| checked.form().role(Role::ExecutionScore).is_some())?;
    let weight = checked.entered.cell(block).value().filter(|weight| weight.is_positive())?;
    let at = &row.indicator.def.at;
    let own = [&row.eval.weight, &row.eval.claimed].into_iter().any(|points| points.value().is_some_and(Exact::is_positive));
    if !own || score.execution == Outcome::NotApplicable {
        return None;
    }
    let place = row.at(if row.eval.weight.value().is_some() { at.weight } else { at.score });
    let facts = EntryFacts::ExecutionTwice { points: weight };
    Some(Finding::new(Code::A07, vec![place, block], Facts::Entry(facts)).with_severity(Severity::Warning))
}

/// A27: what the whole project is said to have cost against what was spent on it. It may have cost more than this year's money, so this
/// is only said.
fn cost(checked: &Checked<'_>, row: &IndicatorRow<'_>) -> Option<Finding> {
    if row.eval.meaning.aspect != Aspect::Cost || !row.eval.meaning.names_whole_cost() {
        return None;
    }
    let is_money = |reading: &Reading| matches!(reading, Reading::Quantity(quantity) if matches!(quantity.unit, Unit::Money(_)));
    let Reading::Quantity(actual) = row.indicator.actual() else { return None };
    if !is_money(row.indicator.actual()) && !is_money(row.indicator.target()) {
        return None;
    }
    let executed = checked.role(Role::ExecutedAmount)?;
    let spent = checked.entered.cell(executed).value()?;
    let cost = pair(&row.indicator).ok()?.actual;
    // What one unit of the printed number is worth in 元.
    let factor = cost.checked_div(Exact::from_decimal(actual.number)).ok()?;
    let agrees = |spent: Exact| {
        let spent = spent.checked_div(factor).ok();
        spent.is_none_or(|spent| !matches!(agreement(actual.number, spent), Agreement::Differs { .. }))
    };
    // A printed total that is wrong itself is said where it stands.
    if agrees(spent) || checked.by_rule.cell(executed).value().is_some_and(agrees) {
        return None;
    }
    let shown = |value: Exact| shown(checked.entered.template, CellKind::Amount, &Outcome::Value(value));
    let facts = EntryFacts::CostAgainstExecution { cost: shown(cost)?, executed: shown(spent)? };
    Some(Finding::new(Code::A27, vec![row.at(row.indicator.def.at.actual), executed], Facts::Entry(facts)))
}

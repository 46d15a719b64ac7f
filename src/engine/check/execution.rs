//! A16, L09, L11: what the execution rate says beside its own arithmetic.

use super::{Checked, IndicatorRow};
use crate::document::CellId;
use crate::engine::calc::sum;
use crate::engine::evaluation::{CellEval, RowState};
use crate::engine::scoring::ScoringKind;
use crate::engine::total::execution_ratio;
use crate::engine::values::printed_units;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::Exact;
use crate::prelude::*;
use crate::prose::{explains_adjustment, explains_spending, is_reason};
use crate::template::{CellKind, Role};
use rust_decimal::Decimal;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    over_hundred(checked, findings);
    adjusted(checked, findings);
    rows_over_hundred(checked, findings);
    let Some(ratio) = execution_ratio(checked.by_rule) else { return };
    let Some(rate) = checked.profile().rounding.percent(ratio) else { return };
    let Some(cell) = checked.role(Role::ExecutionRate).or(checked.role(Role::ExecutedAmount)) else { return };
    reason(checked, ratio, rate, findings);
    full_marks(checked, cell, ratio, rate, findings);
}

/// A15: a budget that was adjusted within the year, without a reason where the form has a place for it.
fn adjusted(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let (Some(_), Some(place)) = (&checked.profile().execution.reason_adjusted, checked.role(Role::ExecutionReason)) else {
        return;
    };
    let amount = |role| {
        let value = checked.entered.fixed(checked.form().role(role)?).value()?;
        printed_units(checked.form(), CellKind::Amount, value)
    };
    if let (Some(initial), Some(adjusted)) = (amount(Role::InitialBudget), amount(Role::AdjustedBudget))
        && initial != adjusted
        && !is_reason(checked.document().typed(place).text())
        && !texts(checked).any(explains_adjustment)
    {
        let facts = Facts::AdjustmentUnexplained { initial, adjusted };
        findings.push(Finding::new(Code::A15, vec![place], facts).with_severity(Severity::Warning));
    }
}

/// L09: only where the form has a cell for the reason, and no row and no text gives it.
fn reason(checked: &Checked<'_>, ratio: Exact, rate: Decimal, findings: &mut Vec<Finding>) {
    let Some(below) = checked.profile().execution.reason_below.as_ref().filter(|below| ratio < below.value) else { return };
    let mut rows = checked.indicators().filter(|row| row.eval.kind == ScoringKind::Execution);
    let row = rows.find_map(|row| Some(row.at(Some(row.indicator.def.at.reason?))));
    let Some(place) = checked.role(Role::ExecutionReason).or(row) else { return };
    if !is_reason(checked.document().typed(place).text()) && !texts(checked).any(explains_spending) {
        findings.push(Finding::new(Code::L09, vec![place], Facts::ExecutionReason { rate, below: below.value }));
    }
}

/// The texts in which a reason may stand: prose of the form and of its report, reasons of rows and what was done. Not what was planned.
fn texts<'a>(checked: &Checked<'a>) -> impl Iterator<Item = &'a str> {
    let (form, document) = (checked.form(), checked.document());
    let planned = form.role(Role::GoalExpected);
    let cells = (0..).zip(&form.cells).filter(move |(at, def)| def.kind == CellKind::Prose && Some(*at) != planned);
    let cells = cells.map(move |(at, _)| document.fixed(at).text());
    let rows = (0..).zip(&form.tables).flat_map(move |(table, def)| {
        let is_text = |kind: CellKind| matches!(kind, CellKind::Prose | CellKind::Value);
        let columns = (0..).zip(&def.columns).filter(move |(_, column)| is_text(column.kind)).map(|(at, _)| at);
        columns.flat_map(move |column| document.rows(table).iter().map(move |row| row.cell(column).text()))
    });
    cells.chain(rows).filter(|text| !text.is_empty())
}

/// A16 for every rate of the form; only the execution rate of a budget should not exceed 100%.
fn over_hundred(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mut named: Vec<&Option<String>> = Vec::new();
    for (at, def) in (0..).zip(&checked.form().cells) {
        let (CellKind::Percent, Some(eval)) = (def.kind, checked.evaluation.cell(at)) else { continue };
        if let (Some(rate), Some(value)) = (eval.shown, eval.computed.value())
            && value > Exact::ONE
            && !named.contains(&&def.row)
            // What a rule of the form measures, it judges itself.
            && (def.role == Some(Role::ExecutionRate) || !checked.is_measured_by_rule(at))
        {
            // The columns of one row say the same.
            named.push(&def.row);
            let execution = def.role == Some(Role::ExecutionRate);
            let severity = if execution { Severity::Warning } else { Severity::Info };
            let facts = Facts::OverHundred { rate, execution, recomputed: recomputed(checked, eval) };
            findings.push(Finding::new(Code::A16, vec![CellId::Fixed(at)], facts).with_severity(severity));
        }
    }
}

/// A16 for rates that stand in the rows of a table: a row's own execution rate, as A03 checks it.
fn rows_over_hundred(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (table, def) in (0..).zip(&checked.form().tables) {
        let rates = (0..).zip(&def.columns).filter(|(_, column)| column.check == Some(Code::A03) && column.fill);
        for (column, _) in rates {
            for row in checked.evaluation.rows(table) {
                let Some((_, eval)) = row.cells.iter().find(|(known, _)| *known == column) else { continue };
                if let (Some(rate), true) = (eval.shown, eval.computed.value().is_some_and(|value| value > Exact::ONE)) {
                    let cell = CellId::Row { table, row: row.row, column };
                    let facts = Facts::OverHundred { rate, execution: true, recomputed: recomputed(checked, eval) };
                    findings.push(Finding::new(Code::A16, vec![cell], facts));
                }
            }
        }
    }
}

/// The rate with the sums that it reads put right, where that alone brings it down to 100%.
fn recomputed(checked: &Checked<'_>, eval: &CellEval) -> Option<Decimal> {
    let rate = eval.by_rule.value().filter(|rate| *rate <= Exact::ONE)?;
    checked.profile().rounding.percent(rate)
}

/// L11: nearly full marks everywhere while money was left over.
fn full_marks(checked: &Checked<'_>, cell: CellId, ratio: Exact, rate: rust_decimal::Decimal, findings: &mut Vec<Finding>) {
    if ratio >= Exact::ONE || !checked.is_finished() {
        return;
    }
    let rows = || checked.indicators().filter(|row| row.eval.state == RowState::Scored);
    // Full marks for some rows say nothing about others that are still to be scored.
    let is_open =
        |row: IndicatorRow<'_>| row.eval.claimed.is_blank() && !row.eval.weight.is_blank() && !row.indicator.is_left_blank();
    if rows().any(is_open) {
        return;
    }
    let scored = || rows().filter(|row| row.eval.claimed.value().is_some()).map(|row| row.eval);
    // Scores without their points are no share of the points of the others.
    if scored().any(|eval| eval.weight.is_blank()) {
        return;
    }
    let score = sum(scored().map(|eval| &eval.claimed)).value();
    let weight = sum(scored().map(|eval| &eval.weight)).value();
    let (Some(score), Some(weight)) = (score, weight) else { return };
    // 98 of 100 points and more.
    let nearly = weight.checked_mul(Exact::from_int(98)).ok().zip(score.checked_mul(Exact::HUNDRED).ok());
    if nearly.is_some_and(|(threshold, score)| score >= threshold) && weight.is_positive() {
        let low = checked.profile().execution.reason_below.as_ref().is_some_and(|below| ratio < below.value);
        let severity = if low { Severity::Warning } else { Severity::Info };
        findings.push(Finding::new(Code::L11, vec![cell], Facts::FullMarks { rate, score, weight }).with_severity(severity));
    }
}

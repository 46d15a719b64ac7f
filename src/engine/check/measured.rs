//! A28, L07, L19 and A10 for rows whose score no rule can give: the units differ, the target was copied, the direction is not said, or
//! the target was missed by what no ratio measures.

use super::{Checked, IndicatorRow};
use crate::document::CellId;
use crate::engine::evaluation::RowState;
use crate::engine::scoring::is_copied;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::Reading;
use crate::outcome::{Outcome, Why};
use crate::prelude::*;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let (mut copied, mut open): (Vec<CellId>, Vec<CellId>) = (Vec::new(), Vec::new());
    for row in checked.indicators().filter(|row| matches!(row.eval.state, RowState::Scored | RowState::Plain)) {
        let at = &row.indicator.def.at;
        if is_copied(row.indicator.target(), row.indicator.actual()) {
            copied.push(row.at(at.actual));
            continue;
        }
        match why(&row) {
            Some(Why::OtherUnit) => units(&row, findings),
            Some(Why::DirectionOpen) => open.push(row.at(at.target)),
            Some(why @ (Why::Late | Why::AtBound | Why::Missed)) => full_marks(&row, why, findings),
            Some(_) | None => {}
        }
        not_applicable(&row, findings);
    }
    if !copied.is_empty() {
        let count = copied.len();
        let finding = Finding::new(Code::L07, copied, Facts::SignCopied { count });
        findings.push(finding.with_severity(Severity::Warning));
    }
    if !open.is_empty() {
        let count = open.len();
        findings.push(Finding::new(Code::L19, open, Facts::DirectionOpen { count }));
    }
}

/// Why the profile gives no score for a row.
fn why(row: &IndicatorRow<'_>) -> Option<Why> {
    // 单项得分 is what the profile scores; the score is then only converted.
    let single = row.indicator.def.at.single;
    let single = row.eval.cells.iter().find(|(column, _)| single == Some(*column)).map(|(_, eval)| &eval.computed);
    match single.unwrap_or(&row.eval.suggested) {
        Outcome::Undefined(why) => Some(*why),
        Outcome::Value(_) | Outcome::Blank(_) | Outcome::NotApplicable => None,
    }
}

/// A28
fn units(row: &IndicatorRow<'_>, findings: &mut Vec<Finding>) {
    let target = match row.indicator.target() {
        Reading::Quantity(quantity) | Reading::Range { low: quantity, .. } => quantity,
        Reading::Blank | Reading::NotApplicable | Reading::Date(_) | Reading::Words => return,
    };
    let Reading::Quantity(actual) = row.indicator.actual() else { return };
    let facts = Facts::UnitsDiffer { target: target.unit.clone(), actual: actual.unit.clone() };
    findings.push(Finding::new(Code::A28, vec![row.at(row.indicator.def.at.actual)], facts));
}

/// A10: points for what is declared 不适用, which count into the total.
fn not_applicable(row: &IndicatorRow<'_>, findings: &mut Vec<Finding>) {
    let declared = |reading: &Reading| matches!(reading, Reading::NotApplicable);
    let Some(score) = row.eval.claimed.value().filter(|score| score.is_positive()) else { return };
    if declared(row.indicator.target()) && declared(row.indicator.actual()) {
        findings.push(Finding::new(Code::A10, vec![row.score_cell()], Facts::ScoredNotApplicable { score }));
    }
}

/// A10: full points for what was late, or only reached a bound that was to be passed.
fn full_marks(row: &IndicatorRow<'_>, why: Why, findings: &mut Vec<Finding>) {
    let (Some(score), Some(weight)) = (row.eval.claimed.value(), row.eval.weight.value()) else { return };
    if score == weight && weight.is_positive() {
        findings.push(Finding::new(Code::A10, vec![row.score_cell()], Facts::FullMarksMissed { why }));
    }
}

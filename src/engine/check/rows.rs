//! A09–A11 and L01: the score of each indicator against its points, its rule, its tier and its reason.

use super::{Checked, IndicatorRow};
use crate::document::{CellId, Edit};
use crate::engine::agreement_of;
use crate::engine::evaluation::RowState;
use crate::engine::scoring::{ScoringKind, implied_tier, other_reverse, pair};
use crate::finding::{Code, Facts, Finding, Hint, Severity};
use crate::number::{Agreement, Exact, Reading, agreement};
use crate::prelude::*;
use crate::prose::is_reason;
use crate::template::{CellKind, Reverse};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let reversed = other_way(checked);
    if let Some((way, cells)) = &reversed {
        let facts = Facts::OtherReverse { way: *way, count: cells.len() };
        findings.push(Finding::new(Code::A10, cells.clone(), facts).with_severity(Severity::Info));
    }
    for row in checked.indicators() {
        over_fulfilled(checked, &row, findings);
        if row.eval.state != RowState::Scored {
            continue;
        }
        if let Some(weight) = row.eval.weight.value().filter(|weight| weight.is_negative()) {
            // The name that makes it a deduction may still be to come.
            let severity = if checked.is_finished() { Severity::Error } else { Severity::Warning };
            let cell = row.at(row.indicator.def.at.weight);
            findings.push(Finding::new(Code::A09, vec![cell], Facts::NegativeWeight { weight }).with_severity(severity));
            continue;
        }
        let (Some(score), Some(weight)) = (row.eval.claimed.value(), row.eval.weight.value()) else { continue };
        if score.is_negative() || (score > weight && row.indicator.most(weight).is_some_and(|most| score > most)) {
            // The standard that allows more may still be to come, where the table has a column for it.
            let at = row.indicator.def.at.standard;
            let shown = at.and_then(|at| row.indicator.def.column(at)).is_some_and(|column| !column.hidden);
            let to_come = shown && !checked.is_finished() && !score.is_negative() && row.indicator.typed(at).is_blank();
            let severity = if to_come { Severity::Warning } else { Severity::Error };
            findings.push(
                Finding::new(Code::A09, vec![row.score_cell()], Facts::ScoreRange { score, weight }).with_severity(severity),
            );
            continue;
        }
        coefficient(&row, score, findings);
        if reversed.as_ref().is_none_or(|(_, cells)| !cells.contains(&row.score_cell())) {
            by_rule(&row, score, weight, findings);
        }
        tier(&row, score, findings);
        reason(checked, &row, score, weight, findings);
    }
}

/// The other way of scoring in reverse, where every score follows it and some follow it alone, and the cells of the latter.
fn other_way(checked: &Checked<'_>) -> Option<(Reverse, Vec<CellId>)> {
    let mut way = None;
    let mut cells = Vec::new();
    for row in checked.indicators() {
        if row.eval.kind != ScoringKind::LowerBetter || row.eval.state != RowState::Scored || row.eval.claimed.value().is_none() {
            continue;
        }
        let Some((other, fits)) = by_other_way(&row) else { continue };
        way = Some(other);
        match (fits, is_close(row.eval.agreement)) {
            (true, false) => cells.push(row.score_cell()),
            // At its own decimals it is what both ways give.
            (true, true) => {}
            (false, _) => return None,
        }
    }
    way.filter(|_| !cells.is_empty()).map(|way| (way, cells))
}

/// The other way of scoring in reverse, and whether it gives the typed score; `None` where both give the same, or where the score is
/// converted from another one.
fn by_other_way(row: &IndicatorRow<'_>) -> Option<(Reverse, bool)> {
    let (other, score) = other_reverse(&row.indicator).filter(|_| row.indicator.def.at.single.is_none())?;
    let typed = row.indicator.typed(row.indicator.def.at.score);
    Some((other, is_close(agreement_of(row.indicator.template, CellKind::Points, typed, &score))))
}

fn is_close(agreement: Option<Agreement>) -> bool {
    matches!(agreement, Some(Agreement::Exact | Agreement::RoundsTo { .. }))
}

/// A10: 得分 is 分值 × 得分系数, where that is given.
fn coefficient(row: &IndicatorRow<'_>, score: Exact, findings: &mut Vec<Finding>) {
    let indicator = &row.indicator;
    let (Some(coefficient), Some(expected)) = (indicator.coefficient(), indicator.by_coefficient()) else { return };
    let Reading::Quantity(typed) = indicator.typed(indicator.def.at.score).reading() else { return };
    if matches!(agreement(typed.number, expected), Agreement::Differs { .. } | Agreement::Padded { .. }) {
        let cells = vec![row.score_cell(), row.at(indicator.def.at.coefficient)];
        findings.push(Finding::new(Code::A10, cells, Facts::Coefficient { score, coefficient, expected }));
    }
}

/// A10
fn by_rule(row: &IndicatorRow<'_>, score: Exact, weight: Exact, findings: &mut Vec<Finding>) {
    let (Some(agreement), Some(suggested)) = (row.eval.agreement, row.eval.suggested_shown) else { return };
    let hint = match agreement {
        Agreement::RoundsTo { .. } if score == weight && row.eval.suggested.value().is_some_and(|exact| exact < weight) => {
            let facts = Facts::ScoreRule { score, suggested, hint: Some(Hint::RoundedToFull) };
            findings.push(Finding::new(Code::A10, vec![row.score_cell()], facts).with_severity(Severity::Info));
            return;
        }
        Agreement::Exact | Agreement::RoundsTo { .. } => return,
        Agreement::TruncatesTo { .. } => Some(Hint::Truncated),
        Agreement::Padded { .. } => Some(Hint::Padded),
        Agreement::Differs { .. } => match by_other_way(row) {
            Some((Reverse::Ratio, true)) => Some(Hint::RatioReverse),
            Some((Reverse::Linear, true)) => Some(Hint::LinearReverse),
            Some((_, false)) | None => hint(row, score, weight),
        },
    };
    let fix = Edit::Set { cell: row.score_cell(), text: suggested.normalize().to_string() };
    let facts = Facts::ScoreRule { score, suggested, hint };
    // Cut off to whole points is a way of rounding.
    let severity = if hint == Some(Hint::Truncated) { Severity::Info } else { Code::A10.severity() };
    findings.push(Finding::new(Code::A10, vec![row.score_cell()], facts).with_severity(severity).with_fix(Some(fix)));
}

fn hint(row: &IndicatorRow<'_>, score: Exact, weight: Exact) -> Option<Hint> {
    if row.eval.suggested.value() == Some(weight) {
        // 20 × 98% for 98% of 98%: the value itself was taken for the ratio.
        let times_value = pair(&row.indicator).ok().and_then(|pair| weight.checked_mul(pair.actual).ok());
        if times_value == Some(score) && score != weight {
            return Some(Hint::TimesValue);
        }
        return Some(Hint::MetButDeducted);
    }
    let full = match row.eval.kind {
        ScoringKind::Rule => Hint::NotDeducted,
        _ if row.eval.over => Hint::OverNotDeducted,
        _ => Hint::FullMarks,
    };
    (score == weight).then_some(full)
}

/// A10 for targets that were exceeded so far that they count as set too low.
fn over_fulfilled(checked: &Checked<'_>, row: &IndicatorRow<'_>, findings: &mut Vec<Finding>) {
    let (true, Some(over)) = (row.eval.over, &checked.profile().quantitative.over) else { return };
    let Ok(pair) = pair(&row.indicator) else { return };
    if let Ok(ratio) = pair.actual.checked_div(pair.target) {
        let facts = Facts::OverFulfilled { ratio, limit: over.limit.value };
        findings.push(Finding::new(Code::A10, vec![row.at(row.indicator.def.at.actual)], facts));
    }
}

/// A11: the upper end of a tier belongs to the tier above, except in the best one.
fn tier(row: &IndicatorRow<'_>, score: Exact, findings: &mut Vec<Finding>) {
    let (ScoringKind::Tier, Some((low, high))) = (row.eval.kind, row.eval.interval) else { return };
    let (from, to) = (Exact::from_decimal(low), Exact::from_decimal(high));
    if score >= from && score < to {
        return;
    }
    let Some(tier) = implied_tier(&row.indicator) else { return };
    if score != to || tier.to != Exact::ONE {
        let facts = Facts::TierRange { score, tier: tier.name.clone(), low, high };
        findings.push(Finding::new(Code::A11, vec![row.score_cell()], facts));
    }
}

/// L01: points lost without a reason.
fn reason(checked: &Checked<'_>, row: &IndicatorRow<'_>, score: Exact, weight: Exact, findings: &mut Vec<Finding>) {
    let Some(column) = row.indicator.def.at.reason else { return };
    if score < weight && !is_reason(row.indicator.typed(Some(column)).text()) {
        let cells = vec![row.at(Some(column)), row.score_cell()];
        // Before the table is finished, it is still to be written.
        let severity = if checked.is_finished() { Severity::Error } else { Severity::Warning };
        findings.push(Finding::new(Code::L01, cells, Facts::ReasonMissing { score, weight }).with_severity(severity));
    }
}

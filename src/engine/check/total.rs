//! A08: the printed total against the sum of the scores, and which convention explains a difference.

use super::{Checked, IndicatorRow};
use crate::document::CellId;
use crate::engine::evaluation::{RowState, Score};
use crate::engine::values::typed_value;
use crate::finding::{Code, Convention, Facts, Finding, Severity};
use crate::number::{Agreement, Exact, Reading, agreement};
use crate::prelude::*;
use crate::template::{CellKind, Role, TableRole};
use rust_decimal::Decimal;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let (Some(score), Some(at)) = (&checked.evaluation.score, checked.form().role(Role::ScoreTotal)) else { return };
    let Reading::Quantity(quantity) = checked.document().fixed(at).reading() else { return };
    let printed = quantity.number;
    let Some(entered) = score.entered.sum.value() else {
        findings.extend(unverifiable(checked, score, Exact::from_decimal(printed), &blank_scores(checked)));
        return;
    };
    let exactly = |value: Exact| matches!(agreement(printed, value), Agreement::Exact);
    let adjusted = score.entered.total.value();
    // What was scaled is rounded to be printed.
    let rounds = |value: Exact| matches!(agreement(printed, value), Agreement::RoundsTo { .. });
    let scaled = adjusted.filter(|_| score.entered.rescaled);
    if exactly(entered) || adjusted.is_some_and(exactly) || scaled.is_some_and(rounds) {
        return;
    }
    let blank = blank_scores(checked);
    if let Some(facts) = out_of_reach(checked, score, Exact::from_decimal(printed), &blank) {
        findings.push(Finding::new(Code::A08, vec![CellId::Fixed(at)], facts));
        return;
    }
    // What stands on the page adds up, and only what is blank is left out.
    let off_page = on_page(checked, score).is_some_and(exactly);
    if !off_page && let Some(finding) = unverifiable(checked, score, Exact::from_decimal(printed), &blank) {
        findings.push(finding);
        return;
    }
    let convention = convention(checked, score, printed, entered);
    let severity = match (off_page, convention) {
        (true, _) => Severity::Warning,
        (false, Some(Convention::Rounded)) => Severity::Info,
        // Ways of scaling that some places prescribe.
        (false, Some(Convention::ScaledToHundred | Convention::IndicatorsScaled | Convention::Rescaled)) => Severity::Warning,
        (
            false,
            None
            | Some(
                Convention::ExecutionOutside
                | Convention::SourcesRepeated
                | Convention::ByRule
                | Convention::Truncated
                | Convention::ExecutionRecomputed,
            ),
        ) => Severity::Error,
    };
    let facts = Facts::Total {
        printed: Exact::from_decimal(printed),
        entered,
        by_rule: score.by_rule.total.value(),
        convention: convention.or(off_page.then_some(Convention::ExecutionOutside)),
        off_page,
        open: blank.len(),
    };
    let mut cells = vec![CellId::Fixed(at)];
    cells.extend(blank.iter().map(IndicatorRow::score_cell));
    cells.extend(checked.role(Role::ExecutionScore));
    findings.push(Finding::new(Code::A08, cells, facts).with_severity(severity));
}

/// The rows that should carry a score and have none typed, whatever the page suggests for them.
fn blank_scores<'a>(checked: &Checked<'a>) -> Vec<IndicatorRow<'a>> {
    let total = checked.profile().weights.total.value;
    let score = checked.evaluation.score.as_ref();
    // Where all points are given, a row without any has its score in another.
    let whole = score.and_then(|score| score.weight.value()).is_some_and(|weight| weight >= total);
    let is_blank = |row: &IndicatorRow<'_>| {
        row.eval.state == RowState::Scored && row.eval.claimed.is_blank() && !(whole && row.eval.weight.is_blank())
    };
    checked.indicators().filter(is_blank).collect()
}

/// A total over scores that are left blank is no fault: nobody can add it up. `None` where no score is blank, and where what is typed
/// exceeds the total already.
fn unverifiable(checked: &Checked<'_>, score: &Score, printed: Exact, blank: &[IndicatorRow<'_>]) -> Option<Finding> {
    let at = checked.form().role(Role::ScoreTotal).filter(|_| !blank.is_empty())?;
    let typed = on_page(checked, score)?;
    let execution = execution_typed(checked).unwrap_or(Exact::ZERO);
    // Execution may stand outside of the total.
    let indicators = typed.checked_sub(execution).ok()?;
    let deductions = checked.indicators().any(|row| row.eval.state == RowState::Deduction);
    let usual = score.weight.value().is_none_or(|weight| weight == checked.profile().weights.total.value);
    if printed < indicators && usual && !deductions {
        return None;
    }
    let by_page = score.entered.execution.value().unwrap_or(execution);
    let full = full_points(blank).is_some_and(|open| {
        let with =
            |more: Exact| indicators.checked_add(open).and_then(|sum| sum.checked_add(more)).is_ok_and(|sum| sum == printed);
        with(execution) || with(by_page) || with(Exact::ZERO)
    });
    let anything = checked.indicators().any(|row| row.eval.claimed.value().is_some());
    let facts = Facts::TotalUnverifiable {
        printed,
        entered: anything.then_some(typed),
        estimate: score.entered.total.value().filter(|_| !full),
        count: blank.len(),
        full,
    };
    let mut cells = vec![CellId::Fixed(at)];
    cells.extend(blank.iter().map(IndicatorRow::score_cell));
    let severity = if full { Severity::Info } else { Severity::Warning };
    Some(Finding::new(Code::A08, cells, facts).with_severity(severity))
}

/// Whether the printed total is more than full points for everything blank could make it.
fn out_of_reach(checked: &Checked<'_>, score: &Score, printed: Exact, blank: &[IndicatorRow<'_>]) -> Option<Facts> {
    if !score.not_applicable_weight.is_zero() || blank.is_empty() {
        // Scaling up may bring the total anywhere.
        return None;
    }
    let mut typed = on_page(checked, score)?;
    if execution_typed(checked).is_none() {
        let points = score.execution_weight.value().or(score.entered.execution.value()).unwrap_or(Exact::ZERO);
        typed = typed.checked_add(points).ok()?;
    }
    let open = full_points(blank)?;
    let most = typed.checked_add(open).ok()?;
    let facts = Facts::TotalOutOfReach { printed, entered: typed, open, count: blank.len(), most };
    (printed > most).then_some(facts)
}

/// The points of rows together; `None` where one has none.
fn full_points(rows: &[IndicatorRow<'_>]) -> Option<Exact> {
    rows.iter().try_fold(Exact::ZERO, |sum, row| sum.checked_add(row.eval.weight.value()?).ok())
}

/// The sum of the scores that are typed, without any that the page would fill in.
fn on_page(checked: &Checked<'_>, score: &Score) -> Option<Exact> {
    let mut sum = Exact::ZERO;
    for level in &score.levels {
        for row in level.rows(checked.evaluation.rows(level.table)) {
            sum = sum.checked_add(row.claimed.value().unwrap_or(Exact::ZERO)).ok()?;
        }
    }
    sum.checked_add(execution_typed(checked).unwrap_or(Exact::ZERO)).ok()
}

fn execution_typed(checked: &Checked<'_>) -> Option<Exact> {
    let at = checked.form().role(Role::ExecutionScore)?;
    typed_value(checked.form(), CellKind::Points, checked.document().fixed(at), CellId::Fixed(at)).value()
}

/// The conventions seen in real tables, in the order in which they are tried.
fn convention(checked: &Checked<'_>, score: &Score, printed: Decimal, entered: Exact) -> Option<Convention> {
    let hundred = checked.profile().weights.total.value;
    let indicators = score.entered.indicators.value();
    let execution = score.entered.execution.value();
    let by_rule_execution = score.by_rule.execution.value();
    let applicable = score.weight.value().and_then(|weight| weight.checked_sub(score.not_applicable_weight).ok());
    let scaled = |value: Option<Exact>, to: Exact, from: Option<Exact>| value?.checked_mul(to).ok()?.checked_div(from?).ok();
    let add = |a: Option<Exact>, b: Option<Exact>| a?.checked_add(b?).ok();
    let scaled_indicators = score
        .execution_weight
        .value()
        .and_then(|weight| hundred.checked_sub(weight).ok())
        .and_then(|rest| scaled(indicators, rest, score.indicator_weight.value()));
    let candidates = [
        (Convention::ExecutionOutside, if execution.is_some() { indicators } else { None }),
        (Convention::SourcesRepeated, sources_repeated(checked).and_then(|repeated| entered.checked_add(repeated).ok())),
        (Convention::ExecutionRecomputed, add(indicators, by_rule_execution)),
        (Convention::ByRule, score.by_rule.total.value()),
        (Convention::Rescaled, scaled(Some(entered), hundred, applicable.filter(|_| !score.not_applicable_weight.is_zero()))),
        (Convention::ScaledToHundred, scaled(Some(entered), hundred, score.weight.value())),
        (Convention::IndicatorsScaled, add(scaled_indicators, execution)),
    ];
    // Rounded to fewer decimals is the plainest explanation.
    if matches!(agreement(printed, entered), Agreement::RoundsTo { .. }) {
        return Some(Convention::Rounded);
    }
    for (convention, value) in candidates {
        if value.is_some_and(|value| matches!(agreement(printed, value), Agreement::Exact | Agreement::RoundsTo { .. })) {
            return Some(convention);
        }
    }
    matches!(agreement(printed, entered), Agreement::TruncatesTo { .. }).then_some(Convention::Truncated)
}

/// Scores typed again in the rows of fund sources.
fn sources_repeated(checked: &Checked<'_>) -> Option<Exact> {
    let mut sum = Exact::ZERO;
    for (table, def) in (0..).zip(&checked.form().tables) {
        let (TableRole::Funds, Some(column)) = (def.role, def.at.score) else { continue };
        for row in checked.document().rows(table) {
            let cell = CellId::Row { table, row: row.id, column };
            if let Some(value) = checked.entered.cell(cell).value() {
                sum = sum.checked_add(value).ok()?;
            }
        }
    }
    (!sum.is_zero()).then_some(sum)
}

//! L06, L07, L08, L12, L14: what the words of a table say, and how long they are.

use super::{Checked, IndicatorRow};
use crate::document::{CellId, Typed};
use crate::engine::evaluation::RowState;
use crate::engine::meaning::Aspect;
use crate::engine::power_of_ten;
use crate::engine::scoring::{ScoringKind, is_answer, pair};
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Reading, Unit, half_width};
use crate::prelude::*;
use crate::template::Role;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    not_measurable(checked, findings);
    copied(checked, findings);
    too_long(checked, findings);
    for row in checked.indicators().filter(IndicatorRow::is_used) {
        money_as_quantity(checked, &row, findings);
        satisfaction_over_hundred(&row, findings);
    }
}

/// L06: a warning where a 数量指标 has no number or no target has one, otherwise only said.
fn not_measurable(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let rows = || {
        let rows = checked.indicators().filter(|row| row.is_used() && row.eval.state != RowState::NotApplicable);
        rows.filter(|row| !matches!(row.indicator.target(), Reading::Blank | Reading::NotApplicable))
    };
    let words: Vec<IndicatorRow<'_>> = rows().filter(is_unmeasured).collect();
    if words.is_empty() {
        return;
    }
    let of = rows().count();
    let quantity = words.iter().any(|row| row.eval.meaning.aspect == Aspect::Quantity);
    let severity = if quantity || words.len() == of { Severity::Warning } else { Severity::Info };
    let cells = words.iter().map(|row| row.at(row.indicator.def.at.target)).collect();
    let facts = Facts::NotMeasurable { count: words.len(), of };
    findings.push(Finding::new(Code::L06, cells, facts).with_severity(severity));
}

/// Whether a target is in words that hold no number and ask no question that yes or no answers.
fn is_unmeasured(row: &IndicatorRow<'_>) -> bool {
    is_wordy(row) && row.eval.meaning.kind != ScoringKind::YesNo
}

/// Whether a target is in words that hold no number: not 每亩300.
fn is_wordy(row: &IndicatorRow<'_>) -> bool {
    let text = row.indicator.typed(row.indicator.def.at.target).text();
    let has_number = || text.chars().any(|char| half_width(char).is_ascii_digit()) || text.contains("百分之");
    matches!(row.indicator.target(), Reading::Words) && !has_number()
}

/// L07: words copied from target to actual, and a goal copied as its own completion.
fn copied(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let same = |a: &Typed, b: &Typed| !a.is_blank() && (a.text() == b.text() || plain(a.text()).eq(plain(b.text())));
    let cells: Vec<CellId> = checked
        .indicators()
        .filter(|row| row.is_used() && matches!(row.indicator.target(), Reading::Words))
        .filter(|row| same(row.indicator.typed(row.indicator.def.at.target), row.indicator.typed(row.indicator.def.at.actual)))
        // 是 is answered by 是.
        .filter(|row| is_wordy(row) && !is_answer(row.indicator.typed(row.indicator.def.at.target).text()))
        .map(|row| row.at(row.indicator.def.at.actual))
        .collect();
    if !cells.is_empty() {
        let count = cells.len();
        findings.push(Finding::new(Code::L07, cells, Facts::Copied { count }));
    }
    let goal = |role| checked.form().role(role).map(|at| (CellId::Fixed(at), checked.document().fixed(at)));
    if let (Some((_, expected)), Some((cell, actual))) = (goal(Role::GoalExpected), goal(Role::GoalActual))
        && same(expected, actual)
    {
        findings.push(Finding::new(Code::L07, vec![cell], Facts::GoalCopied));
    }
}

/// L08: money is what an output costs, not how much of it there is. Money that a project collects or hands on may be its output, so the
/// name must tell and the amount must be that of the budget.
fn money_as_quantity(checked: &Checked<'_>, row: &IndicatorRow<'_>, findings: &mut Vec<Finding>) {
    let at = &row.indicator.def.at;
    if row.eval.meaning.aspect != Aspect::Quantity || !row.eval.meaning.names_funds() {
        return;
    }
    let target = row.indicator.target();
    let Reading::Quantity(quantity) = target else { return };
    let unit = match &quantity.unit {
        Unit::Money(magnitude) => *magnitude,
        Unit::None => checked.form().unit,
        Unit::Percent | Unit::Other { .. } => return,
    };
    let amount = power_of_ten(unit).checked_mul(Exact::from_decimal(quantity.number)).ok();
    let budgets = [Role::InitialBudget, Role::AdjustedBudget].into_iter().filter_map(|role| checked.form().role(role));
    let mut budgets = budgets.filter_map(|at| checked.entered.fixed(at).value());
    if amount.is_some_and(|amount| budgets.any(|budget| budget == amount)) {
        findings.push(Finding::new(Code::L08, vec![row.at(at.target)], Facts::MoneyAsQuantity));
    }
}

/// The characters that make a difference.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|char| !char.is_whitespace() && !matches!(char, '。' | '；' | '，' | '、' | '.' | ';' | ','))
}

/// L12
fn too_long(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let form = checked.form();
    let mut look = |cell: CellId, typed: &Typed, limit: Option<u16>| {
        // No text has more characters than bytes.
        let Some(limit) = limit.filter(|limit| typed.text().len() > usize::from(*limit)) else { return };
        let length = typed.text().chars().filter(|char| !char.is_whitespace()).count();
        if length > usize::from(limit) {
            findings.push(Finding::new(Code::L12, vec![cell], Facts::TooLong { length, limit }));
        }
    };
    for (at, def) in (0..).zip(&form.cells) {
        look(CellId::Fixed(at), checked.document().fixed(at), def.limit);
    }
    for (table, def) in (0..).zip(&form.tables) {
        let limited = || (0..).zip(&def.columns).filter(|(_, column)| column.limit.is_some());
        if limited().next().is_none() {
            continue;
        }
        for row in checked.document().rows(table) {
            for (column, column_def) in limited() {
                look(CellId::Row { table, row: row.id, column }, row.cell(column), column_def.limit);
            }
        }
    }
}

/// L14: a share of satisfied people can't exceed 100%.
fn satisfaction_over_hundred(row: &IndicatorRow<'_>, findings: &mut Vec<Finding>) {
    let at = &row.indicator.def.at;
    let percent = matches!(row.indicator.target(), Reading::Quantity(quantity) if quantity.unit == Unit::Percent);
    let over = percent && pair(&row.indicator).is_ok_and(|pair| pair.actual > Exact::ONE || pair.actual.is_negative());
    if over && row.indicator.is_satisfaction() {
        let printed = row.indicator.typed(at.actual).text().trim().to_owned();
        findings.push(Finding::new(Code::L14, vec![row.at(at.actual)], Facts::RateOutOfRange { printed }));
    }
}

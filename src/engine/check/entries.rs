//! L18, N04, A26: what a finished table must hold, a year that is none, and amounts that no budget has.

use super::Checked;
use super::gaps::is_gap;
use super::progress::required;
use crate::document::CellId;
use crate::engine::formula::addends;
use crate::finding::{Code, EntryFacts, Facts, Finding, Severity};
use crate::number::{Exact, Reading, is_year};
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, Formula, Role};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    if checked.is_finished() {
        // Without points there is no total that says that nothing more is to come.
        let severity = if checked.form().has_points() { Severity::Error } else { Severity::Warning };
        let finding = |cell| Finding::new(Code::L18, vec![cell], Facts::Entry(EntryFacts::RequiredBlank)).with_severity(severity);
        findings.extend(required(checked).map(finding));
    }
    years(checked, findings);
    negative(checked, findings);
    without_budget(checked, findings);
}

/// N04
fn years(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (at, _) in (0..).zip(checked.form().table_cells()).filter(|(_, def)| def.kind == CellKind::Year) {
        let typed = checked.document().fixed(at);
        if matches!(typed.reading(), Reading::Blank | Reading::NotApplicable) || is_year(typed.text()) {
            continue;
        }
        let facts = EntryFacts::NoYear { printed: typed.text().trim().to_owned() };
        findings.push(Finding::new(Code::N04, vec![CellId::Fixed(at)], Facts::Entry(facts)));
    }
}

/// A26 for budgets and executions below 0. A part may be one that was taken back.
fn negative(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for at in
        [Role::InitialBudget, Role::AdjustedBudget, Role::ExecutedAmount].into_iter().filter_map(|role| checked.form().role(role))
    {
        let total = core::iter::once((CellId::Fixed(at), Severity::Error));
        let parts = parts(checked, at).into_iter().map(|cell| (cell, Severity::Warning));
        for (cell, severity) in total.chain(parts) {
            let typed = checked.document().typed(cell);
            if checked.entered.typed(cell).value().is_some_and(Exact::is_negative) {
                let facts = EntryFacts::NegativeAmount { printed: typed.text().trim().to_owned() };
                findings.push(Finding::new(Code::A26, vec![cell], Facts::Entry(facts)).with_severity(severity));
            }
        }
    }
}

/// A26 for money that was spent where the budget is 0: of the whole, or else of a part.
fn without_budget(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let (Some(spent), Some(budget)) = (checked.form().role(Role::ExecutedAmount), checked.form().role(Role::AdjustedBudget))
    else {
        return;
    };
    let mut look = |spent: CellId, budget: CellId, severity: Severity| {
        let value = |cell| checked.entered.cell(cell).value();
        let hit = value(budget).is_some_and(Exact::is_zero) && value(spent).is_some_and(Exact::is_positive);
        let hit = hit && !is_gap(checked, budget);
        if hit {
            let facts = Facts::Entry(EntryFacts::SpentWithoutBudget);
            findings.push(Finding::new(Code::A26, vec![spent, budget], facts).with_severity(severity));
        }
        hit
    };
    if look(CellId::Fixed(spent), CellId::Fixed(budget), Severity::Error) {
        return;
    }
    let (spent, budget) = (parts(checked, spent), parts(checked, budget));
    // The parts of both belong together where they are as many: sources beside sources.
    if spent.len() == budget.len() {
        for (spent, budget) in spent.into_iter().zip(budget) {
            look(spent, budget, Severity::Warning);
        }
    }
}

/// The cells that are added up in a cell.
fn parts(checked: &Checked<'_>, at: CellIndex) -> Vec<CellId> {
    match checked.form().cell(at).and_then(|def| def.formula.as_ref()) {
        Some(Formula::Expr(expr)) => addends(checked.entered, None, expr),
        Some(Formula::Rule(_)) | None => Vec::new(),
    }
}

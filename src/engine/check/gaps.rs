//! Figures that are still to come: what a formula reads may be blank because it is nothing, or because nobody has filled it in yet.
//! Before a table is finished, a figure that such blanks could explain is no fault.

use super::Checked;
use crate::document::CellId;
use crate::engine::formula::{At, addends, chosen, operands};
use crate::number::Exact;
use crate::template::{Expr, Formula, Role, Rule};

/// How far formulas of formulas are followed.
const DEPTH: u8 = 8;

/// Whether what a formula reads may still be to come, and explain that a printed figure is off by so much.
pub fn explains(checked: &Checked<'_>, at: Option<At>, formula: Option<&Formula>, by: Exact) -> bool {
    let expr = match formula.filter(|_| may_be_unfinished(checked)) {
        Some(Formula::Expr(expr)) => expr,
        Some(Formula::Rule(Rule::ExecutionScore)) => {
            let funds = [Role::ExecutedAmount, Role::AdjustedBudget].into_iter().filter_map(|role| checked.role(role));
            // Sources without an amount are common; sources that make nothing at all are still to come.
            let nothing = |cell: CellId| checked.entered.cell(cell).value().is_some_and(Exact::is_zero);
            return funds.into_iter().any(|cell| nothing(cell) && is_open(checked, cell, DEPTH));
        }
        Some(Formula::Rule(_)) | None => return false,
    };
    let list = matches!(chosen(checked.entered, at, expr), Expr::SumOf(_));
    if list && by.is_negative() {
        // More rows only make a sum of rows larger, unless they stand elsewhere.
        return addends(checked.entered, at, expr).iter().any(|cell| is_nameless(checked, *cell));
    }
    reads(checked, at, expr, DEPTH)
}

/// Whether a cell is blank, or adds up cells that are.
pub fn is_gap(checked: &Checked<'_>, cell: CellId) -> bool {
    may_be_unfinished(checked) && is_open(checked, cell, DEPTH)
}

/// With a total on the page a blank is nothing. A form without points has none that would say so.
fn may_be_unfinished(checked: &Checked<'_>) -> bool {
    !checked.form().has_points() || !checked.is_finished()
}

fn reads(checked: &Checked<'_>, at: Option<At>, expr: &Expr, depth: u8) -> bool {
    let sum = addends(checked.entered, at, expr);
    if sum.iter().any(|cell| is_nameless(checked, *cell)) {
        return true;
    }
    let cells = if sum.is_empty() { operands(checked.entered, at, expr) } else { sum };
    cells.into_iter().any(|cell| is_open(checked, cell, depth))
}

/// Whether rows of a nested table lack the names that tell where they belong.
fn is_nameless(checked: &Checked<'_>, cell: CellId) -> bool {
    let CellId::Row { table, .. } = cell else { return false };
    let Some(def) = checked.form().table(table).filter(|def| def.nested && def.at.name.is_some()) else { return false };
    let rows = checked.document().rows(table);
    // Where a year is printed in every row, a row without one is of an unknown year.
    let years = || rows.iter().map(|row| row.cell_at(def.at.year).text().trim());
    let repeats = years().zip(years().skip(1)).any(|(year, next)| !year.is_empty() && year == next);
    rows.iter().any(|row| row.cell_at(def.at.name).is_blank()) || (repeats && years().any(str::is_empty))
}

fn is_open(checked: &Checked<'_>, cell: CellId, depth: u8) -> bool {
    let Some(depth) = depth.checked_sub(1) else { return false };
    if !checked.document().typed(cell).is_blank() {
        return false;
    }
    let (at, formula) = checked.formula(cell);
    match formula {
        Some(Formula::Expr(expr)) => reads(checked, at, expr, depth) || checked.entered.cell(cell).value().is_none(),
        Some(Formula::Rule(_)) => false,
        None => true,
    }
}

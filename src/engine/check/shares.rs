//! A18: printed shares of one whole should add up to 100%, but for the rounding of each.

use super::Checked;
use crate::document::CellId;
use crate::engine::calc::sum;
use crate::engine::outcome::Outcome;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Reading};
use crate::prelude::*;
use crate::template::RowFormula;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (table, def) in (0..).zip(&checked.form().tables) {
        for (column, column_def) in (0..).zip(&def.columns) {
            if !matches!(column_def.formula, Some(RowFormula::Share(_))) {
                continue;
            }
            let rows = checked.document().rows(table).iter();
            let cells: Vec<CellId> = rows
                .map(|row| CellId::Row { table, row: row.id, column })
                .filter(|cell| !checked.document().typed(*cell).is_blank())
                .collect();
            shares(checked, cells, findings);
        }
    }
}

fn shares(checked: &Checked<'_>, cells: Vec<CellId>, findings: &mut Vec<Finding>) {
    let values: Vec<Outcome> = cells.iter().map(|cell| checked.entered.cell(*cell)).collect();
    let (Some(sum), true) = (sum(&values).value(), values.len() > 1) else { return };
    let Ok(off) = sum.checked_sub(Exact::ONE).map(Exact::abs) else { return };
    if off.is_zero() {
        return;
    }
    let severity =
        if tolerance(checked, &cells).is_some_and(|tolerance| off <= tolerance) { Severity::Info } else { Severity::Warning };
    findings.push(Finding::new(Code::A18, cells, Facts::ShareSum { sum }).with_severity(severity));
}

/// (n + 1) halves of the last printed decimal of a percentage.
fn tolerance(checked: &Checked<'_>, cells: &[CellId]) -> Option<Exact> {
    let decimals = cells.iter().filter_map(|cell| match checked.document().typed(*cell).reading() {
        Reading::Quantity(quantity) => Some(quantity.decimals()),
        _ => None,
    });
    let halves = Exact::from_int(i64::try_from(cells.len()).ok()?.checked_add(1)?);
    let step = Exact::ten_to(decimals.max()?.checked_add(2)?).ok()?;
    halves.checked_div(step.checked_mul(Exact::from_int(2)).ok()?).ok()
}

//! A18: printed shares of one whole should add up to 100%, but for the rounding of each.

use super::{Checked, last_place, rounding_tolerance};
use crate::document::CellId;
use crate::engine::calc::sum;
use crate::engine::computed_cell;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Reading};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{ColumnIndex, TableIndex};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    for (table, def) in (0..).zip(&checked.form().tables) {
        for (column, _) in (0..).zip(&def.columns).filter(|(_, column)| column.check == Some(Code::A18)) {
            // The rows of one whole stand under the same row.
            let mut wholes: Vec<Option<usize>> = Vec::new();
            for position in 0..checked.document().rows(table).len() {
                let parent = checked.entered.nesting(table).parent(position);
                if !wholes.contains(&parent) {
                    wholes.push(parent);
                    shares(checked, of_one_whole(checked, table, column, parent), findings);
                }
            }
        }
    }
}

/// The printed shares under one row; nothing where one of them is left blank. A row without a share of this whole, such as a function
/// paid from another fund, is not one of them.
fn of_one_whole(checked: &Checked<'_>, table: TableIndex, column: ColumnIndex, parent: Option<usize>) -> Vec<CellId> {
    let nesting = checked.entered.nesting(table);
    let has_share = |cell: &CellId| {
        let computed = computed_cell(checked.evaluation, *cell).is_some_and(|eval| !eval.computed.is_blank());
        computed || !checked.document().typed(*cell).is_blank()
    };
    let rows = checked.document().rows(table).iter().enumerate();
    let cells: Vec<CellId> = rows
        .filter(|(position, _)| nesting.parent(*position) == parent && !nesting.is_sum(*position))
        .map(|(_, row)| CellId::Row { table, row: row.id, column })
        .filter(has_share)
        .collect();
    if cells.iter().all(|cell| !checked.document().typed(*cell).is_blank()) { cells } else { Vec::new() }
}

/// Whether a printed share was made to fit: the shares beside it add up to 100% to the last decimal, and it is off by no more than rounding
/// all of them makes up for.
pub fn is_forced(checked: &Checked<'_>, cell: CellId, share: &Outcome) -> bool {
    let CellId::Row { table, row, column } = cell else { return false };
    let Some(position) = checked.document().row_position(table, row) else { return false };
    let cells = of_one_whole(checked, table, column, checked.entered.nesting(table).parent(position));
    if cells.len() < 2 || total(checked, &cells) != Some(Exact::ONE) {
        return false;
    }
    let by = share.value().zip(checked.entered.typed(cell).value()).and_then(|(share, printed)| printed.checked_sub(share).ok());
    by.zip(tolerance(checked, &cells)).is_some_and(|(by, tolerance)| by.abs() <= tolerance)
}

fn total(checked: &Checked<'_>, cells: &[CellId]) -> Option<Exact> {
    sum(cells.iter().map(|cell| checked.entered.typed(*cell))).value()
}

fn shares(checked: &Checked<'_>, cells: Vec<CellId>, findings: &mut Vec<Finding>) {
    let (Some(sum), true) = (total(checked, &cells), cells.len() > 1) else { return };
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
    rounding_tolerance(cells.len(), last_place(decimals.max()?.checked_add(2)?)?)
}

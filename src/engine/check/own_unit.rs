//! L02 for amounts that bring a unit of their own: ¥180 in a table of 万元 is 0.018万元, which nobody meant beside 180.

use super::Checked;
use crate::document::{CellId, Typed};
use crate::engine::power_of_ten;
use crate::finding::{Code, Facts, Finding, Severity};
use crate::number::{Exact, Magnitude, Quantity, Reading, Unit};
use crate::prelude::*;
use crate::template::{CellKind, Role};

/// An amount as it was typed.
struct Amount<'a> {
    cell: CellId,
    quantity: &'a Quantity,
    text: &'a str,
    /// In 元.
    value: Exact,
    /// What it would be in the unit of the table, in 元.
    in_table_unit: Exact,
}

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let is_own = |quantity: &Quantity| unit(&quantity.unit).is_some_and(|unit| unit != checked.form().unit);
    if !cells(checked).any(|(_, typed)| matches!(typed.reading(), Reading::Quantity(quantity) if is_own(quantity))) {
        return;
    }
    let amounts = amounts(checked);
    let own = |amount: &&Amount<'_>| is_own(amount.quantity);
    let others: Vec<Exact> = amounts.iter().filter(|amount| !own(amount)).map(|amount| amount.value.abs()).collect();
    let most = others.iter().max().copied();
    for amount in amounts.iter().filter(own).filter(|amount| is_far_off(checked, amount, &others, most)) {
        let Ok(scaled) = amount.value.checked_div(power_of_ten(checked.form().unit)) else { continue };
        let facts = Facts::OwnUnitFarOff { printed: amount.text.trim().to_owned(), scaled };
        findings.push(Finding::new(Code::L02, vec![amount.cell], facts).with_severity(Severity::Warning));
    }
}

/// Whether the unit was probably not meant.
fn is_far_off(checked: &Checked<'_>, amount: &Amount<'_>, others: &[Exact], most: Option<Exact>) -> bool {
    let times = |amount: Exact, factor: i64| amount.checked_mul(Exact::from_int(factor)).ok();
    let value = amount.value.abs();
    if others.contains(&value) {
        return false;
    }
    // A sign of money says that it is money, and not that it is 元.
    let sign_only = !amount.text.contains(['元', '万', '亿']);
    let in_table_unit = amount.in_table_unit.abs();
    let roles = [Role::InitialBudget, Role::AdjustedBudget, Role::ExecutedAmount];
    let is_budget = || roles.iter().any(|role| checked.role(*role) == Some(amount.cell));
    match most {
        _ if in_table_unit.is_zero() => false,
        Some(most) if sign_only => times(value, 100).is_some_and(|value| value <= most),
        // The same number stands in the table without a unit, or it is beyond everything else in it.
        Some(most) if others.contains(&in_table_unit) || times(most, 1000).is_some_and(|most| value >= most) => true,
        // A budget next to nothing beside the others, and like them in the unit of the table: 190元 beside 200万元.
        Some(most) => {
            is_budget()
                && times(value, 1000).is_some_and(|value| value <= most)
                && times(in_table_unit, 2).is_some_and(|value| value >= most)
                && times(most, 2).is_some_and(|most| in_table_unit <= most)
        }
        // Alone, a budget of less than a tenth of the unit that the table counts in.
        None => {
            let tenth = times(value, 10).is_some_and(|value| value < power_of_ten(checked.form().unit));
            tenth && (is_budget() || sign_only)
        }
    }
}

fn unit(unit: &Unit) -> Option<Magnitude> {
    match unit {
        Unit::Money(magnitude) => Some(*magnitude),
        Unit::Other { magnitude, name } if name.is_empty() => Some(*magnitude),
        Unit::None | Unit::Percent | Unit::Other { .. } => None,
    }
}

/// Every amount that is not 0.
fn amounts<'a>(checked: &Checked<'a>) -> Vec<Amount<'a>> {
    let table = checked.form().unit;
    let amount = |(cell, typed): (CellId, &'a Typed)| {
        let Reading::Quantity(quantity) = typed.reading() else { return None };
        let number = Exact::from_decimal(quantity.number);
        let value = number.checked_mul(power_of_ten(unit(&quantity.unit).unwrap_or(table))).ok()?;
        let in_table_unit = number.checked_mul(power_of_ten(table)).ok()?;
        (!number.is_zero()).then_some(Amount { cell, quantity, text: typed.text(), value, in_table_unit })
    };
    cells(checked).filter_map(amount).collect()
}

/// The cells that hold amounts.
fn cells<'a>(checked: &Checked<'a>) -> impl Iterator<Item = (CellId, &'a Typed)> {
    let (form, document) = (checked.form(), checked.document());
    let fixed = (0..).zip(&form.cells).filter(|(_, def)| def.kind == CellKind::Amount);
    let fixed = fixed.map(|(at, _)| (CellId::Fixed(at), document.fixed(at)));
    let rows = (0..).zip(&form.tables).flat_map(move |(table, def)| {
        let columns = (0..).zip(&def.columns).filter(|(_, column)| column.kind == CellKind::Amount);
        columns.flat_map(move |(column, _)| {
            document.rows(table).iter().map(move |row| (CellId::Row { table, row: row.id, column }, row.cell(column)))
        })
    });
    fixed.chain(rows)
}

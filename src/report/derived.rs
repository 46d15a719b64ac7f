//! What follows from the table as a whole and stands in no cell.

use super::lists::{self, indicator_rows, loss};
use super::value::{Bound, Found, NumberKind, Value, least_decimals};
use crate::document::CellId;
use crate::engine::RowEval;
use crate::number::Exact;
use crate::prelude::*;
use crate::template::{Derived, Role};
use crate::wording::report as words;

impl Derived {
    pub fn name(self) -> &'static str {
        words::derived(self)
    }

    pub fn named(name: &str) -> Option<Derived> {
        Derived::ALL.into_iter().find(|derived| derived.name() == name)
    }

    pub(super) fn find(self, bound: &Bound<'_>) -> Found {
        let value = match self {
            Derived::Unit => Some(Value { text: bound.unit().to_owned(), number: None, cell: None }),
            Derived::ExecutionRate => execution_rate(bound),
            Derived::Balance => balance(bound),
            Derived::Indicators => count(bound, |_| Some(true)),
            Derived::Full => count(bound, |row| loss(row).map(Exact::is_zero)),
            Derived::Short => count(bound, |row| loss(row).map(Exact::is_positive)),
            Derived::Levels => lists::levels(bound),
            Derived::Fulfilment => lists::fulfilment(bound, |_, _| true),
            Derived::Losses => lists::losses(bound),
        };
        value.map_or(Found::Blank(None), Found::Value)
    }
}

fn amounts(bound: &Bound<'_>) -> Option<(Value, Value)> {
    let value = |role| bound.of_role(role);
    Some((value(Role::AdjustedBudget)?, value(Role::ExecutedAmount)?))
}

fn execution_rate(bound: &Bound<'_>) -> Option<Value> {
    let (budget, executed) = amounts(bound)?;
    let ratio = executed.number?.value.checked_div(budget.number?.value).ok()?;
    let rate = bound.template.profile.rounding.percent(ratio)?;
    let value = bound.computed(NumberKind::Percent, Exact::from_decimal(rate), rate.scale())?;
    Some(Value { cell: executed.cell, ..value })
}

fn balance(bound: &Bound<'_>) -> Option<Value> {
    let (budget, executed) = amounts(bound)?;
    let (a, b) = (budget.number?, executed.number?);
    let rest = a.value.checked_sub(b.value).ok()?;
    // More spent than there was is no balance.
    if rest.is_negative() {
        return None;
    }
    let value = bound.computed(NumberKind::Amount, rest, a.dp.max(b.dp).min(6).max(least_decimals(rest)))?;
    Some(Value { cell: executed.cell, ..value })
}

/// The rows that belong; none where no row can be asked, so that nothing is said of none.
fn count(bound: &Bound<'_>, belongs: impl Fn(&RowEval) -> Option<bool>) -> Option<Value> {
    let first = indicator_rows(bound).find(|row| belongs(row.eval).is_some())?;
    let cell = CellId::Row { table: first.table, row: first.row.id, column: first.def.at.indicator? };
    let count = indicator_rows(bound).filter(|row| belongs(row.eval) == Some(true)).count();
    let value = bound.computed(NumberKind::Plain, Exact::from_int(i64::try_from(count).ok()?), 0)?;
    Some(Value { cell: Some(cell), ..value })
}

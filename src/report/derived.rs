//! What follows from the table as a whole and stands in no cell.

use super::field::{Bound, Found, NumberKind, Value, least_decimals};
use super::lists;
use crate::document::{CellId, Row};
use crate::engine::{RowEval, RowState};
use crate::number::Exact;
use crate::prelude::*;
use crate::template::{ColumnIndex, Role, TableDef, TableIndex, TableRole};
use crate::wording::report as words;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Derived {
    /// 金额单位
    Unit,
    /// 执行率, where the form has no cell for it.
    ExecutionRate,
    /// 资金结余: 全年预算数 − 全年执行数, where the form has no cell for it.
    Balance,
    /// 指标项数
    Indicators,
    /// 满分项数
    Full,
    /// 未得满分项数
    Short,
    /// 各级得分
    Levels,
    /// 指标完成情况, by 二级指标.
    Fulfilment,
    /// 扣分情况: indicators below full points, with their reasons.
    Losses,
}

impl Derived {
    pub const ALL: [Derived; 9] = [
        Derived::Unit,
        Derived::ExecutionRate,
        Derived::Balance,
        Derived::Indicators,
        Derived::Full,
        Derived::Short,
        Derived::Levels,
        Derived::Fulfilment,
        Derived::Losses,
    ];

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
    let value = |role| bound.value(words::role_name(role)?);
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

/// An indicator row that is filled in.
pub(super) struct FilledRow<'b> {
    pub table: TableIndex,
    pub def: &'b TableDef,
    pub position: usize,
    pub row: &'b Row,
    pub eval: &'b RowEval,
}

/// The indicator rows that are filled in.
pub(super) fn indicator_rows<'b>(bound: &'b Bound<'_>) -> impl Iterator<Item = FilledRow<'b>> {
    let form = &bound.template.form;
    let tables = (0..).zip(&form.tables).filter(|(_, def)| def.role == TableRole::Indicators);
    tables.flat_map(move |(table, def)| {
        let rows = bound.document.rows(table).iter().zip(bound.evaluation.rows(table)).enumerate();
        let rows = rows.map(move |(position, (row, eval))| FilledRow { table, def, position, row, eval });
        rows.filter(|FilledRow { def, row, eval, .. }| {
            let typed = |column| !row.cell_at(column).is_blank();
            let used = match eval.state {
                RowState::Scored | RowState::Plain => true,
                RowState::NotApplicable | RowState::Unused | RowState::Deduction => false,
            };
            // What the form gives was not filled in by anybody.
            let filled = |column: Option<ColumnIndex>| {
                let text = row.cell_at(column).text();
                let given = |skeleton: &Vec<String>| {
                    column.and_then(|at| skeleton.get(usize::from(at))).is_some_and(|given| given == text)
                };
                typed(column) && !def.skeleton.iter().any(given)
            };
            used && typed(def.at.indicator) && (filled(def.at.target) || filled(def.at.actual) || filled(def.at.score))
        })
    })
}

/// Points below full, where a score and a weight are there.
pub(super) fn loss(row: &RowEval) -> Option<Exact> {
    row.weight.value()?.checked_sub(row.counted.value()?).ok()
}

/// The rows that belong; none where no row can be asked, so that nothing is said of none.
fn count(bound: &Bound<'_>, belongs: impl Fn(&RowEval) -> Option<bool>) -> Option<Value> {
    let first = indicator_rows(bound).find(|row| belongs(row.eval).is_some())?;
    let cell = CellId::Row { table: first.table, row: first.row.id, column: first.def.at.indicator? };
    let count = indicator_rows(bound).filter(|row| belongs(row.eval) == Some(true)).count();
    let value = bound.computed(NumberKind::Plain, Exact::from_int(i64::try_from(count).ok()?), 0)?;
    Some(Value { cell: Some(cell), ..value })
}

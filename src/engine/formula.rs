//! Formulas that forms are made of: sums, differences and quotients of cells.

use super::calc::Calc;
use super::values::Values;
use crate::document::{CellId, RowId};
use crate::prelude::*;
use crate::template::{ColumnIndex, Formula, RowFormula, TableIndex};

/// A fixed cell's formula. Rules are computed elsewhere: `None`.
pub fn fixed<C: Calc>(calc: &mut C, values: &Values<'_>, formula: &Formula) -> Option<C::V> {
    let cell = |calc: &mut C, at: u16| {
        let outcome = values.fixed(at);
        calc.cell(CellId::Fixed(at), outcome)
    };
    match formula {
        Formula::Sum(cells) => {
            let items = cells.iter().map(|at| cell(calc, *at)).collect();
            Some(calc.sum(items))
        }
        Formula::Column(table, column) => Some(self::column(calc, values, *table, *column)),
        Formula::Sub(a, b) => {
            let (a, b) = (cell(calc, *a), cell(calc, *b));
            Some(calc.sub(a, b))
        }
        Formula::Div(a, b) => {
            let (a, b) = (cell(calc, *a), cell(calc, *b));
            Some(calc.div(a, b))
        }
        Formula::Rule(_) => None,
    }
}

/// The sum of a table's column.
fn column<C: Calc>(calc: &mut C, values: &Values<'_>, table: TableIndex, column: ColumnIndex) -> C::V {
    let rows = values.document.rows(table).iter();
    let items = rows
        .map(|row| {
            let cell = CellId::Row { table, row: row.id, column };
            calc.cell(cell, values.cell(cell))
        })
        .collect();
    calc.sum(items)
}

/// A formula over the columns of one row. An indicator's score is computed elsewhere: `None`.
pub fn row<C: Calc>(calc: &mut C, values: &Values<'_>, table: TableIndex, row: RowId, formula: RowFormula) -> Option<C::V> {
    let cell = |calc: &mut C, column: u8| {
        let cell = CellId::Row { table, row, column };
        calc.cell(cell, values.cell(cell))
    };
    match formula {
        RowFormula::Add(a, b) => {
            let items = vec![cell(calc, a), cell(calc, b)];
            Some(calc.sum(items))
        }
        RowFormula::Share(column) => {
            let part = cell(calc, column);
            let whole = self::column(calc, values, table, column);
            let whole = calc.named(crate::wording::explaining::WHOLE, whole);
            Some(calc.div(part, whole))
        }
        RowFormula::Sub(a, b) => {
            let (a, b) = (cell(calc, a), cell(calc, b));
            Some(calc.sub(a, b))
        }
        RowFormula::Div(a, b) => {
            let (a, b) = (cell(calc, a), cell(calc, b));
            Some(calc.div(a, b))
        }
        RowFormula::IndicatorScore => None,
    }
}

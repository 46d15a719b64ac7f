//! Formulas that forms are made of: sums, differences, products and quotients of cells.

use super::calc::{Calc, Constant};
use super::values::Values;
use crate::document::{CellId, Row, RowId};
use crate::prelude::*;
use crate::template::{ColumnIndex, Expr, TableIndex};

/// The row that a formula stands in.
#[derive(Clone, Copy, Debug)]
pub struct At {
    pub table: TableIndex,
    pub position: usize,
    pub row: RowId,
}

/// What a formula in a cell outside the tables gives.
pub fn fixed<C: Calc>(calc: &mut C, values: &Values<'_>, expr: &Expr) -> C::V {
    Formula { values, at: None }.value(calc, expr)
}

/// What a formula gives in a row; `None` where it does not apply there, as a sum of the rows below in a row without any.
pub fn row<C: Calc>(calc: &mut C, values: &Values<'_>, at: At, expr: &Expr) -> Option<C::V> {
    let formula = Formula { values, at: Some(at) };
    formula.applies(expr).then(|| formula.value(calc, expr))
}

/// The branch of a formula that counts in a row: of `a or b` the first that applies and has a value.
pub fn chosen<'e>(values: &Values<'_>, at: Option<At>, expr: &'e Expr) -> &'e Expr {
    Formula { values, at }.chosen(expr)
}

/// The cells that a sum adds up; nothing for other formulas.
pub fn addends(values: &Values<'_>, at: Option<At>, expr: &Expr) -> Vec<CellId> {
    let formula = Formula { values, at };
    match formula.chosen(expr) {
        Expr::Sum(items) => {
            let cells: Vec<CellId> = items.iter().filter_map(|item| formula.cell(item)).collect();
            if cells.len() == items.len() { cells } else { Vec::new() }
        }
        Expr::Total(table, column) => formula.top_rows(*table).map(|row| cell_of(*table, row, *column)).collect(),
        Expr::Below(column) => formula.below(*column),
        Expr::Matching { table, column, theirs, own } => formula.matching(*table, *column, *theirs, *own),
        Expr::Mean(table, column) => formula.top_rows(*table).map(|row| cell_of(*table, row, *column)).collect(),
        Expr::Cell(_)
        | Expr::Column(_)
        | Expr::Parent(_)
        | Expr::Typed(_)
        | Expr::Number(_)
        | Expr::Sub(_)
        | Expr::Mul(_)
        | Expr::Div(_)
        | Expr::Min(_)
        | Expr::Max(_)
        | Expr::Or(_) => Vec::new(),
    }
}

/// Every cell that a formula reads in a row, for findings to point at.
pub fn operands(values: &Values<'_>, at: Option<At>, expr: &Expr) -> Vec<CellId> {
    let formula = Formula { values, at };
    let chosen = formula.chosen(expr);
    match formula.cell(chosen) {
        Some(cell) => vec![cell],
        None if chosen.parts().is_empty() => addends(values, at, chosen),
        None => chosen.parts().iter().flat_map(|part| operands(values, at, part)).collect(),
    }
}

fn cell_of(table: TableIndex, row: &Row, column: ColumnIndex) -> CellId {
    CellId::Row { table, row: row.id, column }
}

/// 2021, 2021年 and 2021年度 are one key.
fn key(text: &str) -> &str {
    text.trim().trim_end_matches("年度").trim_end_matches('年')
}

struct Formula<'a> {
    values: &'a Values<'a>,
    at: Option<At>,
}

impl<'a> Formula<'a> {
    fn value<C: Calc>(&self, calc: &mut C, expr: &Expr) -> C::V {
        match expr {
            Expr::Cell(at) => self.read(calc, CellId::Fixed(*at)),
            Expr::Column(_) | Expr::Parent(_) => match self.cell(expr) {
                Some(cell) => self.read(calc, cell),
                None => nothing(calc),
            },
            Expr::Below(column) => self.sum_of(calc, self.below(*column)),
            Expr::Total(table, column) => {
                let cells = self.top_rows(*table).map(|row| cell_of(*table, row, *column)).collect();
                self.sum_of(calc, cells)
            }
            Expr::Matching { table, column, theirs, own } => self.sum_of(calc, self.matching(*table, *column, *theirs, *own)),
            Expr::Mean(table, column) => {
                let rows = self.top_rows(*table).map(|row| cell_of(*table, row, *column));
                let cells: Vec<CellId> = rows.filter(|cell| self.values.cell(*cell).value().is_some()).collect();
                let count =
                    calc.constant(Constant::Count, crate::number::Exact::from_int(i64::try_from(cells.len()).unwrap_or(0)), None);
                if cells.is_empty() {
                    // What is missing is every row's score, not a number to divide by.
                    let all = self.top_rows(*table).map(|row| cell_of(*table, row, *column)).collect();
                    return self.sum_of(calc, all);
                }
                let sum = self.sum_of(calc, cells);
                calc.div(sum, count)
            }
            Expr::Typed(inner) => match self.cell(inner) {
                Some(cell) => {
                    let typed = self.values.typed(cell);
                    calc.cell(cell, typed)
                }
                None => self.value(calc, inner),
            },
            Expr::Number(number) => calc.constant(Constant::Number, *number, None),
            Expr::Sum(items) => {
                let items = items.iter().map(|item| self.value(calc, item)).collect();
                calc.sum(items)
            }
            Expr::Sub(pair) => {
                let (a, b) = self.pair(calc, pair);
                calc.sub(a, b)
            }
            Expr::Mul(pair) => {
                let (a, b) = self.pair(calc, pair);
                calc.mul(a, b)
            }
            Expr::Div(pair) => {
                let [part, whole] = &**pair;
                let a = self.value(calc, part);
                let mut b = self.value(calc, whole);
                if matches!(whole, Expr::Total(..)) {
                    // The sum of a whole column is better named than written out.
                    b = calc.named(crate::wording::explaining::WHOLE, b);
                }
                calc.div(a, b)
            }
            Expr::Min(pair) => {
                let (a, b) = self.pair(calc, pair);
                calc.min(a, b)
            }
            Expr::Max(pair) => {
                let (a, b) = self.pair(calc, pair);
                calc.max(a, b)
            }
            Expr::Or(_) => self.value(calc, self.chosen(expr)),
        }
    }

    fn pair<C: Calc>(&self, calc: &mut C, pair: &[Expr; 2]) -> (C::V, C::V) {
        let [a, b] = pair;
        (self.value(calc, a), self.value(calc, b))
    }

    fn read<C: Calc>(&self, calc: &mut C, cell: CellId) -> C::V {
        calc.cell(cell, self.values.cell(cell))
    }

    fn sum_of<C: Calc>(&self, calc: &mut C, cells: Vec<CellId>) -> C::V {
        let items = cells.into_iter().map(|cell| self.read(calc, cell)).collect();
        calc.sum(items)
    }

    /// The one cell that an operand names, where it names one.
    fn cell(&self, expr: &Expr) -> Option<CellId> {
        match expr {
            Expr::Cell(at) => Some(CellId::Fixed(*at)),
            Expr::Column(column) => {
                let At { table, row, .. } = self.at?;
                Some(CellId::Row { table, row, column: *column })
            }
            Expr::Parent(column) => {
                let At { table, position, .. } = self.at?;
                let parent = self.values.nesting(table).parent(position)?;
                self.values.document.rows(table).get(parent).map(|row| cell_of(table, row, *column))
            }
            Expr::Typed(inner) => self.cell(inner),
            Expr::Below(_)
            | Expr::Total(..)
            | Expr::Matching { .. }
            | Expr::Mean(..)
            | Expr::Number(_)
            | Expr::Sum(_)
            | Expr::Sub(_)
            | Expr::Mul(_)
            | Expr::Div(_)
            | Expr::Min(_)
            | Expr::Max(_)
            | Expr::Or(_) => None,
        }
    }

    fn applies(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Below(_) => self.at.is_some_and(|at| self.values.nesting(at.table).has_below(at.position)),
            Expr::Parent(_) => self.cell(expr).is_some(),
            Expr::Or(all) => all.iter().any(|expr| self.applies(expr)),
            Expr::Cell(_)
            | Expr::Column(_)
            | Expr::Total(..)
            | Expr::Matching { .. }
            | Expr::Mean(..)
            | Expr::Typed(_)
            | Expr::Number(_)
            | Expr::Sum(_)
            | Expr::Sub(_)
            | Expr::Mul(_)
            | Expr::Div(_)
            | Expr::Min(_)
            | Expr::Max(_) => expr.parts().iter().all(|part| self.applies(part)),
        }
    }

    fn chosen<'e>(&self, expr: &'e Expr) -> &'e Expr {
        let Expr::Or(all) = expr else { return expr };
        let applying: Vec<&Expr> = all.iter().filter(|expr| self.applies(expr)).collect();
        let has_value = |expr: &&&Expr| self.value(&mut super::calc::Direct, expr).value().is_some();
        applying.iter().find(has_value).or(applying.first()).copied().unwrap_or(expr)
    }

    /// The rows of the top level.
    fn top_rows(&self, table: TableIndex) -> impl Iterator<Item = &'a Rc<Row>> {
        let values = self.values;
        let nesting = values.nesting(table);
        values.document.rows(table).iter().enumerate().filter(move |(position, _)| nesting.is_top(*position)).map(|(_, row)| row)
    }

    fn below(&self, column: ColumnIndex) -> Vec<CellId> {
        let Some(At { table, position, .. }) = self.at else { return Vec::new() };
        let rows = self.values.document.rows(table);
        self.values
            .nesting(table)
            .below(position)
            .filter_map(|row| rows.get(row))
            .map(|row| cell_of(table, row, column))
            .collect()
    }

    /// The cells of rows that say the same in the key column, without those that stand below another such row.
    fn matching(&self, table: TableIndex, column: ColumnIndex, theirs: ColumnIndex, own: ColumnIndex) -> Vec<CellId> {
        let Some(at) = self.at else { return Vec::new() };
        let document = self.values.document;
        let wanted = document.rows(at.table).get(at.position).map_or("", |row| key(row.cell(own).text()));
        if wanted.is_empty() {
            return Vec::new();
        }
        let (nesting, rows) = (self.values.nesting(table), document.rows(table));
        let matches = |position: usize| rows.get(position).is_some_and(|row| key(row.cell(theirs).text()) == wanted);
        let counted = |position: usize| {
            let mut above = nesting.parent(position);
            while let Some(parent) = above {
                if matches(parent) {
                    return false;
                }
                above = nesting.parent(parent);
            }
            matches(position)
        };
        rows.iter().enumerate().filter(|(position, _)| counted(*position)).map(|(_, row)| cell_of(table, row, column)).collect()
    }
}

/// A part that does not apply where it stands.
fn nothing<C: Calc>(calc: &mut C) -> C::V {
    calc.sum(Vec::new())
}

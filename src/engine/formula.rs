//! Formulas that forms are made of: sums, differences, products and quotients of cells.

use super::calc::{Calc, Constant, Label};
use super::values::{Values, key};
use crate::document::{CellId, Row, RowId};
use crate::number::Exact;
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellRange, ColumnIndex, Expr, Operand, Operator, TableIndex};

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

/// The branch of a formula that counts in a row: of `a or b` the first that applies and has a value, or was declared 不适用.
pub fn chosen<'e>(values: &Values<'_>, at: Option<At>, expr: &'e Expr) -> &'e Expr {
    Formula { values, at }.chosen(expr)
}

/// The cells that a sum adds up; nothing for other formulas.
pub fn addends(values: &Values<'_>, at: Option<At>, expr: &Expr) -> Vec<CellId> {
    let formula = Formula { values, at };
    match formula.chosen(expr) {
        Expr::SumOf(cells) | Expr::MeanOf(cells) => formula.cells(*cells),
        Expr::Sum(items) => {
            let cell = |item: &Expr| match item {
                Expr::Operand(operand) => formula.cell(*operand),
                _ => None,
            };
            // A sum of anything but cells is no list of cells.
            items.iter().map(cell).collect::<Option<Vec<CellId>>>().unwrap_or_default()
        }
        Expr::Operand(_) | Expr::Typed(_) | Expr::Number(_) | Expr::Pair(..) | Expr::Or(_) => Vec::new(),
    }
}

/// Every cell that a formula reads in a row, for findings to point at.
pub fn operands(values: &Values<'_>, at: Option<At>, expr: &Expr) -> Vec<CellId> {
    let formula = Formula { values, at };
    match formula.chosen(expr) {
        Expr::Operand(operand) | Expr::Typed(operand) => formula.cell(*operand).into_iter().collect(),
        Expr::SumOf(cells) | Expr::MeanOf(cells) => formula.cells(*cells),
        chosen => chosen.parts().iter().flat_map(|part| operands(values, at, part)).collect(),
    }
}

fn cell_of(table: TableIndex, row: &Row, column: ColumnIndex) -> CellId {
    CellId::Row { table, row: row.id, column }
}

struct Formula<'a> {
    values: &'a Values<'a>,
    at: Option<At>,
}

impl<'a> Formula<'a> {
    fn value<C: Calc>(&self, calc: &mut C, expr: &Expr) -> C::V {
        match expr {
            Expr::Operand(operand) => match self.cell(*operand) {
                Some(cell) => self.read(calc, cell),
                None => nothing(calc),
            },
            Expr::Typed(operand) => match self.cell(*operand) {
                Some(cell) => calc.typed(cell, self.values.typed(cell)),
                None => nothing(calc),
            },
            Expr::Number(number) => calc.constant(Constant::Number, *number, None),
            Expr::SumOf(cells) => self.sum(calc, *cells),
            Expr::MeanOf(cells) => self.mean_of(calc, self.cells(*cells)),
            Expr::Sum(items) => {
                let items = items.iter().map(|item| self.value(calc, item)).collect();
                calc.sum(items)
            }
            Expr::Pair(operator, pair) => {
                let [left, right] = &**pair;
                let (a, mut b) = (self.value(calc, left), self.value(calc, right));
                match operator {
                    Operator::Sub => calc.sub(a, b),
                    Operator::Mul => calc.mul(a, b),
                    Operator::Div => {
                        if matches!(right, Expr::SumOf(CellRange::All(..))) {
                            // The sum of a whole column is better named than written out.
                            b = calc.named(Label::Whole, b);
                        }
                        calc.div(a, b)
                    }
                    Operator::Min => calc.min(a, b),
                    Operator::Max => calc.max(a, b),
                }
            }
            Expr::Or(_) => self.value(calc, self.chosen(expr)),
        }
    }

    fn sum<C: Calc>(&self, calc: &mut C, cells: CellRange) -> C::V {
        match (cells, self.at) {
            (CellRange::Matching { table, column, theirs, own }, Some(at)) if C::OUTCOME_ONLY => {
                let sum = || super::calc::sum(self.cells(cells).into_iter().map(|cell| self.values.cell(cell)));
                let outcome = self.values.sum_by_key((table, column, theirs), self.key_of(at, own), sum);
                calc.cell(CellId::Row { table: at.table, row: at.row, column: own }, outcome)
            }
            _ => self.sum_of(calc, self.cells(cells)),
        }
    }

    /// What a row says in its key column.
    fn key_of(&self, at: At, own: ColumnIndex) -> &'a str {
        self.values.document.rows(at.table).get(at.position).map_or("", |row| key(row.cell(own).text()))
    }

    fn mean_of<C: Calc>(&self, calc: &mut C, cells: Vec<CellId>) -> C::V {
        let filled: Vec<CellId> = cells.iter().copied().filter(|cell| self.values.cell(*cell).value().is_some()).collect();
        if filled.is_empty() {
            // What is missing is every row's score, not a number to divide by.
            return self.sum_of(calc, cells);
        }
        let count = Exact::from_int(i64::try_from(filled.len()).unwrap_or(0));
        let (sum, count) = (self.sum_of(calc, filled), calc.constant(Constant::Count, count, None));
        calc.div(sum, count)
    }

    fn read<C: Calc>(&self, calc: &mut C, cell: CellId) -> C::V {
        calc.cell(cell, self.values.cell(cell))
    }

    fn sum_of<C: Calc>(&self, calc: &mut C, cells: Vec<CellId>) -> C::V {
        let items = cells.into_iter().map(|cell| self.read(calc, cell)).collect();
        calc.sum(items)
    }

    /// The cell that an operand names, where there is one.
    fn cell(&self, operand: Operand) -> Option<CellId> {
        if let Operand::Cell(at) = operand {
            return Some(CellId::Fixed(at));
        }
        let At { table, row, position } = self.at?;
        match operand {
            Operand::Cell(at) => Some(CellId::Fixed(at)),
            Operand::Column(column) => Some(CellId::Row { table, row, column }),
            Operand::Parent(column) => {
                let parent = self.values.nesting(table).parent(position)?;
                self.values.document.rows(table).get(parent).map(|row| cell_of(table, row, column))
            }
        }
    }

    /// The cells of a column in several rows.
    fn cells(&self, cells: CellRange) -> Vec<CellId> {
        match cells {
            CellRange::Below(column) => self.below(column),
            CellRange::All(table, column) => self.top_rows(table).map(|row| cell_of(table, row, column)).collect(),
            CellRange::Matching { table, column, theirs, own } => self.matching(table, column, theirs, own),
        }
    }

    fn applies(&self, expr: &Expr) -> bool {
        match expr {
            Expr::SumOf(CellRange::Below(_)) => self.at.is_some_and(|at| self.values.nesting(at.table).has_below(at.position)),
            Expr::Operand(operand @ Operand::Parent(_)) => self.cell(*operand).is_some(),
            Expr::Or(all) => all.iter().any(|expr| self.applies(expr)),
            _ => expr.parts().iter().all(|part| self.applies(part)),
        }
    }

    fn chosen<'e>(&self, expr: &'e Expr) -> &'e Expr {
        let Expr::Or(all) = expr else { return expr };
        let applying: Vec<&Expr> = all.iter().filter(|expr| self.applies(expr)).collect();
        let has_value =
            |expr: &&&Expr| matches!(self.value(&mut super::calc::Direct, expr), Outcome::Value(_) | Outcome::NotApplicable);
        applying.iter().find(has_value).or(applying.first()).copied().unwrap_or(expr)
    }

    /// The items of the top level.
    fn top_rows(&self, table: TableIndex) -> impl Iterator<Item = &'a Rc<Row>> {
        let values = self.values;
        let nesting = values.nesting(table);
        values
            .document
            .rows(table)
            .iter()
            .enumerate()
            .filter(move |(position, _)| nesting.is_top_item(*position))
            .map(|(_, row)| row)
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
        let wanted = self.key_of(at, own);
        if wanted.is_empty() {
            return Vec::new();
        }
        let rows = document.rows(table);
        let positions = self.values.rows_by_key(table, theirs, wanted);
        positions.into_iter().filter_map(|position| rows.get(position)).map(|row| cell_of(table, row, column)).collect()
    }
}

/// A part that does not apply where it stands.
fn nothing<C: Calc>(calc: &mut C) -> C::V {
    calc.sum(Vec::new())
}

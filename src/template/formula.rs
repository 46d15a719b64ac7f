//! What computes the cells of a form: expressions, rules known by name, and the relations that must hold between cells.

use super::{CellIndex, CellKind, ColumnIndex, TableIndex};
use crate::id::Code;
use crate::number::Exact;
use crate::prelude::*;

/// What computes a cell: an expression that the form writes, or a rule that the engine knows by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    Expr(Expr),
    Rule(Rule),
}

/// A formula over cells. Templates write it as text: `funds.executed / funds.adjusted`, `below(paid) or parent(amount) * share`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expr {
    Operand(Operand),
    /// `typed(cell)`: only what was typed there, never what was computed.
    Typed(Operand),
    Number(Exact),
    /// `below(column)`, `sum(table.column)`, `sum(table.column, key)`
    SumOf(CellRange),
    /// `mean(table.column)`: the mean of the rows that have a value (F23).
    MeanOf(CellRange),
    /// `a + b + c`
    Sum(Vec<Expr>),
    /// `a - b`, `a * b`, `a / b`, `min(a, b)`, `max(a, b)`
    Pair(Operator, Box<[Expr; 2]>),
    /// `a or b`: the first that applies and has a value.
    Or(Vec<Expr>),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    Sub,
    Mul,
    Div,
    Min,
    Max,
}

/// One cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// A cell outside the tables.
    Cell(CellIndex),
    /// A column of the same row.
    Column(ColumnIndex),
    /// `parent(column)`: the column in the row above in a nested table (上级行). Applies only to a row that has one.
    Parent(ColumnIndex),
}

/// The cells of a column in several rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellRange {
    /// The rows directly below (下级行). Applies only to a row that has such rows.
    Below(ColumnIndex),
    /// All rows, of a nested table its top rows.
    All(TableIndex, ColumnIndex),
    /// The rows of another table that say the same as this row in `key`; first the other table's column, then this one's.
    Matching { table: TableIndex, column: ColumnIndex, theirs: ColumnIndex, own: ColumnIndex },
}

impl Expr {
    /// The parts that this one is made of.
    pub fn parts(&self) -> &[Expr] {
        match self {
            Expr::Sum(items) | Expr::Or(items) => items,
            Expr::Pair(_, pair) => &**pair,
            Expr::Operand(_) | Expr::Typed(_) | Expr::Number(_) | Expr::SumOf(_) | Expr::MeanOf(_) => &[],
        }
    }
}

/// Something that is computed before the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Cell(CellIndex),
    /// A column whose values other formulas read, in all rows.
    Column(TableIndex, ColumnIndex),
}

/// A relation that must hold: `left = right`, `left <= right`, or `left ~ right` (equal but for a rounding tail, which is named).
#[derive(Clone, Debug)]
pub struct Relation {
    pub code: Code,
    /// Holds for each row of this table; without one, once for the form.
    pub table: Option<TableIndex>,
    pub left: Side,
    pub right: Side,
    pub kind: RelationKind,
    /// What both sides are printed as.
    pub unit: CellKind,
}

/// One side of a relation, with the name that sentences give it.
#[derive(Clone, Debug)]
pub struct Side {
    pub expr: Expr,
    pub name: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RelationKind {
    Equal,
    AtMost,
    /// Off by no more than rounding: worth a word. Anything else is none of this check's business.
    Tail,
}

/// What the profile computes for a fixed cell, in the order of evaluation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// 预算执行率的分值, as the profile sets it.
    ExecutionWeight,
    /// 预算执行率得分 (F2).
    ExecutionScore,
    /// 分值合计
    WeightTotal,
    /// 总分 (F16)
    ScoreTotal,
    /// 等级
    Grade,
    /// 得分 of an indicator by the profile; stands in a column.
    IndicatorScore,
    /// 单项得分: the same on a scale of 100, where the form converts it by the weight. Stands in a column.
    SingleScore,
}

//! What computes the cells of a form: expressions, rules known by name, and the relations that must hold between cells.

use super::{CellIndex, CellKind, ColumnIndex, TableIndex};
use crate::finding::Code;
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
    /// A cell outside the tables.
    Cell(CellIndex),
    /// A column of the same row.
    Column(ColumnIndex),
    /// `parent(column)`: the column in the row above in a nested table (上级行).
    Parent(ColumnIndex),
    /// `below(column)`: the sum of the rows directly below (下级行合计). Applies only to a row that has such rows.
    Below(ColumnIndex),
    /// `sum(table.column)`: the sum of a column, of a nested table its top rows.
    Total(TableIndex, ColumnIndex),
    /// `sum(table.column, key)`: the sum over the rows of another table that say the same as this row in `key`; first the other
    /// table's column, then this one's.
    Matching {
        table: TableIndex,
        column: ColumnIndex,
        theirs: ColumnIndex,
        own: ColumnIndex,
    },
    /// `mean(table.column)`: the mean of the rows that have a value (F23).
    Mean(TableIndex, ColumnIndex),
    /// `typed(cell)`: only what was typed there, never what was computed.
    Typed(Box<Expr>),
    Number(Exact),
    Sum(Vec<Expr>),
    Sub(Box<[Expr; 2]>),
    Mul(Box<[Expr; 2]>),
    Div(Box<[Expr; 2]>),
    /// `min(a, b)`
    Min(Box<[Expr; 2]>),
    /// `max(a, b)`
    Max(Box<[Expr; 2]>),
    /// `a or b`: the first that applies and has a value.
    Or(Vec<Expr>),
}

impl Expr {
    /// The parts that this one is made of.
    pub fn parts(&self) -> &[Expr] {
        match self {
            Expr::Sum(items) | Expr::Or(items) => items,
            Expr::Sub(pair) | Expr::Mul(pair) | Expr::Div(pair) | Expr::Min(pair) | Expr::Max(pair) => &**pair,
            // What was typed needs no computing first.
            Expr::Typed(_)
            | Expr::Cell(_)
            | Expr::Column(_)
            | Expr::Parent(_)
            | Expr::Below(_)
            | Expr::Total(..)
            | Expr::Matching { .. }
            | Expr::Mean(..)
            | Expr::Number(_) => &[],
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

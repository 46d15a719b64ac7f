use super::{ColumnIndex, TableIndex};
use crate::prelude::*;

/// A chart over the rows of one table (图表), drawn by [`crate::chart`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChartDef {
    pub kind: ChartKind,
    pub title: String,
    pub table: TableIndex,
    /// The column that names a row in the chart.
    pub label: ColumnIndex,
    /// What is drawn, all of one kind: amounts, rates or points.
    pub series: Vec<ColumnIndex>,
    pub rows: ChartRows,
    /// What the quotient of an [`ChartKind::Against`] chart is called, e.g. 执行率.
    pub rate: Option<String>,
}

/// How numbers are drawn. A pie is none of them: angles can't be compared by eye, nor read without colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartKind {
    /// One bar for each row and column, on a common scale; up to four columns.
    Bars,
    /// A part inside the frame of its whole, e.g. 得分 of 分值: two columns, the part first.
    Against,
    /// Shares of the sum of one column (占比), or the rates of a column as they stand.
    Shares,
}

/// Which rows of a table a chart draws.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChartRows {
    /// Rows that are not part of another row.
    Top,
    All,
}

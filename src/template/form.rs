//! Form (表单方案): cells, tables, formulas and layout of one printed table.

use super::SourceId;
use crate::finding::Code;
use crate::number::Magnitude;
use crate::prelude::*;

/// Index of a fixed cell in [`Form::cells`].
pub type CellIndex = u16;
/// Index of a table in [`Form::tables`].
pub type TableIndex = u8;
/// Index of a column in [`TableDef::columns`].
pub type ColumnIndex = u8;

/// The layout, the cells and the formulas of one table that is handed in.
///
/// Invariants (checked by [`super::load`]): ids are unique, every reference exists, formulas have no cycle, every line
/// of the layout fills the grid.
#[derive(Clone, Debug)]
pub struct Form {
    pub id: String,
    pub version: u32,
    /// The table's printed name, e.g. 项目支出绩效自评表.
    pub name: String,
    /// How the chooser lists it.
    pub short: String,
    pub about: String,
    pub title: String,
    /// The unit that amounts without one are in: 0 for 元, 4 for 万元.
    pub unit: Magnitude,
    pub default_profile: String,
    pub source: SourceId,
    pub cells: Vec<CellDef>,
    pub tables: Vec<TableDef>,
    pub blocks: Vec<Block>,
    /// Relative widths of the layout grid.
    pub grid: Vec<u16>,
    /// The lines at the foot of the print: 填报人, 日期, 公章.
    pub sign: Vec<String>,
    /// Fixed cells with a formula, each after the cells it reads.
    pub formula_order: Vec<CellIndex>,
    /// Fixed cells that have a meaning to the engine.
    pub roles: BTreeMap<Role, CellIndex>,
}

/// What a cell means to the engine, independent of where a form prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// 年度
    FiscalYear,
    /// 项目名称
    ProjectName,
    /// 年初预算数
    InitialBudget,
    /// 全年（调整后）预算数
    AdjustedBudget,
    /// 全年执行数
    ExecutedAmount,
    /// 预算执行率的分值
    ExecutionWeight,
    /// 预算执行率
    ExecutionRate,
    /// 预算执行率得分
    ExecutionScore,
    /// 预期目标
    GoalExpected,
    /// 实际完成情况
    GoalActual,
    /// 分值合计
    WeightTotal,
    /// 总分
    ScoreTotal,
    /// 等级
    Grade,
}

/// What a cell holds, which decides how it is read, compared and shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellKind {
    /// One line of words.
    Text,
    /// Several lines of words.
    Prose,
    Year,
    Date,
    /// Money in the form's unit.
    Amount,
    /// A rate, shown in percent.
    Percent,
    /// 分值 or 得分.
    Points,
    /// 指标值 or 完成值: number, date or words.
    Value,
    Grade,
    /// One of a closed list that the engine knows.
    Choice,
}

impl CellKind {
    /// Whether what is typed must be a number.
    pub fn is_numeric(self) -> bool {
        match self {
            CellKind::Amount | CellKind::Percent | CellKind::Points => true,
            CellKind::Text
            | CellKind::Prose
            | CellKind::Year
            | CellKind::Date
            | CellKind::Value
            | CellKind::Grade
            | CellKind::Choice => false,
        }
    }
}

/// A cell that stands alone on the form.
#[derive(Clone, Debug)]
pub struct CellDef {
    /// Stable name in saved files, e.g. `funds.executed`.
    pub id: String,
    /// The row it stands in, where the label alone would be ambiguous.
    pub row: Option<String>,
    pub label: String,
    pub kind: CellKind,
    pub role: Option<Role>,
    pub formula: Option<Formula>,
    /// The check that compares what is printed with the formula.
    pub check: Option<Code>,
    /// False: computed only to check what is printed, never filled in for the person.
    pub fill: bool,
    pub required: bool,
    /// 字数上限, in characters.
    pub limit: Option<u16>,
}

impl CellDef {
    /// Row and label as they are named in sentences, e.g. 年度资金总额·全年执行数.
    pub fn place(&self) -> String {
        match &self.row {
            Some(row) => format!("{row}·{}", self.label),
            None => self.label.clone(),
        }
    }
}

/// A formula over the cells of a form, or a rule that the engine knows by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Formula {
    /// Sum of fixed cells (合计).
    Sum(Vec<CellIndex>),
    /// Sum of a table's column.
    Column(TableIndex, ColumnIndex),
    Sub(CellIndex, CellIndex),
    Div(CellIndex, CellIndex),
    Rule(Rule),
}

/// A formula over the columns of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RowFormula {
    Add(ColumnIndex, ColumnIndex),
    Sub(ColumnIndex, ColumnIndex),
    Div(ColumnIndex, ColumnIndex),
    /// 占比: this row's share of the column (F20).
    Share(ColumnIndex),
    /// 得分 of an indicator by the profile.
    IndicatorScore,
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
}

/// A table of repeatable or fixed rows.
#[derive(Clone, Debug)]
pub struct TableDef {
    pub id: String,
    pub name: String,
    pub role: TableRole,
    /// Rows are given by the form and can't be added or removed.
    pub fixed: bool,
    pub max_rows: Option<u16>,
    pub columns: Vec<ColumnDef>,
    /// The rows of a blank table: one text for each column.
    pub skeleton: Vec<Vec<String>>,
    /// Where the engine finds what it needs in a row.
    pub at: IndicatorColumns,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableRole {
    /// Rows of fund sources.
    Funds,
    /// Rows that carry 指标, with or without points.
    Indicators,
    /// Rows that only hold text or amounts.
    Plain,
}

#[derive(Clone, Debug)]
pub struct ColumnDef {
    pub id: String,
    pub label: String,
    pub kind: CellKind,
    pub span: u8,
    /// Equal neighbours are printed as one cell.
    pub merge: bool,
    /// Not printed; edited in the inspector.
    pub hidden: bool,
    /// Given by the form, not editable.
    pub locked: bool,
    /// May stay blank without a word.
    pub optional: bool,
    pub formula: Option<RowFormula>,
    pub check: Option<Code>,
    pub fill: bool,
    pub limit: Option<u16>,
}

/// The columns of an indicator table by meaning.
#[derive(Clone, Copy, Debug, Default)]
pub struct IndicatorColumns {
    pub name: Option<ColumnIndex>,
    pub level1: Option<ColumnIndex>,
    pub level2: Option<ColumnIndex>,
    pub indicator: Option<ColumnIndex>,
    pub target: Option<ColumnIndex>,
    pub actual: Option<ColumnIndex>,
    pub weight: Option<ColumnIndex>,
    pub score: Option<ColumnIndex>,
    pub reason: Option<ColumnIndex>,
    pub kind: Option<ColumnIndex>,
    pub tier: Option<ColumnIndex>,
}

/// A part of the layout: lines of cells, with an optional label at their left.
#[derive(Clone, Debug)]
pub struct Block {
    /// Printed above the block, outside the grid of lines.
    pub heading: Option<String>,
    pub side: Option<String>,
    pub side_span: u8,
    pub lines: Vec<Line>,
}

#[derive(Clone, Debug)]
pub enum Line {
    /// One printed line. `heading`: column titles, which repeat on every printed page.
    Cells { heading: bool, cells: Vec<LineCell> },
    /// The rows of a table, one line each.
    Table(TableIndex),
}

#[derive(Clone, Debug)]
pub struct LineCell {
    pub content: LineContent,
    pub span: u8,
}

#[derive(Clone, Debug)]
pub enum LineContent {
    Label(String),
    Cell(CellIndex),
}

impl Form {
    pub fn cell(&self, index: CellIndex) -> Option<&CellDef> {
        self.cells.get(usize::from(index))
    }

    pub fn table(&self, index: TableIndex) -> Option<&TableDef> {
        self.tables.get(usize::from(index))
    }

    pub fn role(&self, role: Role) -> Option<CellIndex> {
        self.roles.get(&role).copied()
    }

    pub fn cell_index(&self, id: &str) -> Option<CellIndex> {
        self.cells.iter().position(|cell| cell.id == id).and_then(|at| CellIndex::try_from(at).ok())
    }

    pub fn table_index(&self, id: &str) -> Option<TableIndex> {
        self.tables.iter().position(|table| table.id == id).and_then(|at| TableIndex::try_from(at).ok())
    }

    /// Whether the form gives points at all.
    pub fn has_points(&self) -> bool {
        self.role(Role::ScoreTotal).is_some()
    }

    /// The indicator table, where the form has one.
    pub fn indicators(&self) -> Option<(TableIndex, &TableDef)> {
        (0..).zip(&self.tables).find(|(_, table)| table.role == TableRole::Indicators)
    }
}

impl TableDef {
    pub fn column(&self, index: ColumnIndex) -> Option<&ColumnDef> {
        self.columns.get(usize::from(index))
    }

    pub fn column_index(&self, id: &str) -> Option<ColumnIndex> {
        self.columns.iter().position(|column| column.id == id).and_then(|at| ColumnIndex::try_from(at).ok())
    }
}

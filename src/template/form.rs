//! Form (表单方案): cells, tables, formulas and layout of one printed table.

use super::{CellKind, ChartDef, ColumnRole, ColumnsByRole, Formula, Outline, Relation, ScoreRule, SourceId, Step};
use crate::id::{CellIndex, Code, ColumnIndex, TableIndex};
use crate::number::Magnitude;
use crate::prelude::*;

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
    /// Under which heading the chooser lists it.
    pub group: String,
    pub about: String,
    pub title: String,
    /// The unit that amounts without one are in: 0 for 元, 4 for 万元. As the file gives it, it is what a new document is in; in the template
    /// of a document it is the document's own ([`Template::in_unit`](super::Template::in_unit)).
    pub unit: Magnitude,
    pub default_profile: String,
    pub source: SourceId,
    pub cells: Vec<CellDef>,
    pub tables: Vec<TableDef>,
    pub blocks: Vec<Block>,
    /// Relative widths of the layout grid.
    pub grid: Vec<u16>,
    /// Whether it is usually printed on paper that lies on its side.
    pub landscape: bool,
    /// The foot of the print: 填报人, 日期, 公章.
    pub sign: Vec<SignItem>,
    /// What has to be computed, each step after those it reads; the rules come last, in their own order.
    pub steps: Vec<Step>,
    /// Relations that must hold between cells.
    pub relations: Vec<Relation>,
    /// Fixed cells that have a meaning to the engine.
    pub roles: CellsByRole,
    /// Charts of its own, beside those that every form with points or funds has.
    pub charts: Vec<ChartDef>,
    /// The first of the cells that hold the report (自评报告). They are the last ones, the same in every form, and no part of the table.
    pub report_from: CellIndex,
    /// The outlines that a report may follow; empty for a form that was loaded without the library.
    pub outlines: Rc<[Rc<Outline>]>,
}

/// A part of the foot of the print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SignItem {
    /// Printed as it stands: （公章）.
    Words(String),
    /// A cell after its label: 填报人.
    Cell(CellIndex),
}

/// What a cell means to the engine, independent of where a form prints it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
    /// 预算执行率偏低的原因
    ExecutionReason,
    /// 分值合计
    WeightTotal,
    /// 总分
    ScoreTotal,
    /// 多年平均得分
    MeanScore,
    /// 等级
    Grade,
}

/// Fixed cells by what they mean. Every check asks for some of them, so each has its place.
#[derive(Clone, Copy, Debug, Default)]
pub struct CellsByRole([Option<CellIndex>; Role::Grade as usize + 1]);

impl CellsByRole {
    pub fn get(&self, role: Role) -> Option<CellIndex> {
        self.0.get(role as usize).copied().flatten()
    }

    /// The cell that had the role before is handed back.
    pub fn insert(&mut self, role: Role, cell: CellIndex) -> Option<CellIndex> {
        self.0.get_mut(role as usize).and_then(|place| place.replace(cell))
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

/// A table of repeatable or fixed rows.
#[derive(Clone, Debug)]
pub struct TableDef {
    pub id: String,
    pub name: String,
    pub role: TableRole,
    /// Rows are given by the form and can't be added or removed.
    pub fixed: bool,
    /// Rows stand in a tree that their numbering tells: 一、（一）1. 1.1.
    pub nested: bool,
    pub max_rows: Option<u16>,
    pub columns: Vec<ColumnDef>,
    /// The rows of a blank table: one text for each column.
    pub skeleton: Vec<Vec<String>>,
    /// 评分标准 that rows name in their 计分方式.
    pub rules: Vec<ScoreRule>,
    /// Where the engine finds what it needs in a row.
    pub at: ColumnsByRole,
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

/// Whether a document may show or hide a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnChoice {
    /// As the form prints it.
    Fixed,
    /// Shown where a row holds text in it, or where the document asks for it.
    WhenUsed,
    /// Shown unless the document hides it, which it may while no row holds text in it.
    MayHide,
}

#[derive(Clone, Debug)]
pub struct ColumnDef {
    pub id: String,
    pub label: String,
    pub kind: CellKind,
    /// What it means to the engine.
    pub role: Option<ColumnRole>,
    pub span: u8,
    /// Equal neighbours are printed as one cell.
    pub merge: bool,
    /// Not printed; edited in the inspector. In the template of a document as the document shows it.
    pub hidden: bool,
    /// Whether a document may show or hide it.
    pub choice: ColumnChoice,
    /// The width of the grid column that it brings when it is shown, in hundredths of the sheet; 0 for a column that has its place on the grid.
    pub width: u16,
    /// Given by the form, not editable.
    pub locked: bool,
    /// May stay blank without a word.
    pub optional: bool,
    pub formula: Option<Formula>,
    pub check: Option<Code>,
    pub fill: bool,
    pub limit: Option<u16>,
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
    /// 元, 万元: the unit that amounts without one are in, as it is printed.
    pub fn unit_name(&self) -> &'static str {
        super::amount_unit_name(self.unit)
    }

    pub fn cell(&self, index: CellIndex) -> Option<&CellDef> {
        self.cells.get(usize::from(index))
    }

    pub fn table(&self, index: TableIndex) -> Option<&TableDef> {
        self.tables.get(usize::from(index))
    }

    pub fn role(&self, role: Role) -> Option<CellIndex> {
        self.roles.get(role)
    }

    pub fn cell_index(&self, id: &str) -> Option<CellIndex> {
        // The cells of the report stand behind all others, and are asked for often.
        let from = if id.starts_with("report.") { self.report_from } else { 0 };
        let cells = (from..).zip(self.cells.get(usize::from(from)..)?);
        cells.into_iter().find(|(_, cell)| cell.id == id).map(|(at, _)| at)
    }

    pub fn table_index(&self, id: &str) -> Option<TableIndex> {
        self.tables.iter().position(|table| table.id == id).and_then(|at| TableIndex::try_from(at).ok())
    }

    /// The cells of the table itself.
    pub fn table_cells(&self) -> &[CellDef] {
        self.cells.get(..usize::from(self.report_from)).unwrap_or(&self.cells)
    }

    /// The cells of the report.
    pub fn report_cells(&self) -> impl Iterator<Item = (CellIndex, &CellDef)> {
        (0..).zip(&self.cells).skip(usize::from(self.report_from))
    }

    pub fn is_report(&self, cell: CellIndex) -> bool {
        cell >= self.report_from && usize::from(cell) < self.cells.len()
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

impl Form {
    /// The column of a name (`indicators.review`), where a document may show or hide it.
    pub fn open_column(&self, name: &str) -> Option<(TableIndex, ColumnIndex)> {
        let (table, column) = name.split_once('.')?;
        let table = self.table_index(table)?;
        let def = self.table(table)?;
        let column = def.column_index(column)?;
        (def.column(column)?.choice != ColumnChoice::Fixed).then_some((table, column))
    }

    /// The same form with some columns shown or hidden. A column that a document hides is as good as none: its role goes with it.
    pub fn showing(&self, columns: &[(TableIndex, ColumnIndex, bool)]) -> Form {
        let mut form = self.clone();
        for (table, column, shown) in columns {
            let def = form.tables.get_mut(usize::from(*table)).and_then(|table| table.columns.get_mut(usize::from(*column)));
            if let Some(def) = def.filter(|def| def.choice != ColumnChoice::Fixed) {
                def.hidden = !*shown;
            }
        }
        for table in &mut form.tables {
            table.at = ColumnsByRole::of(&table.columns);
        }
        form
    }
}

impl TableDef {
    /// The scoring rule of an id.
    pub fn rule(&self, id: &str) -> Option<&ScoreRule> {
        self.rules.iter().find(|rule| rule.id == id)
    }

    pub fn column(&self, index: ColumnIndex) -> Option<&ColumnDef> {
        self.columns.get(usize::from(index))
    }

    pub fn column_index(&self, id: &str) -> Option<ColumnIndex> {
        self.columns.iter().position(|column| column.id == id).and_then(|at| ColumnIndex::try_from(at).ok())
    }
}

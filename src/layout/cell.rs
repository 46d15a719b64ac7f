use crate::finding::Severity;
use crate::id::{CellId, ColumnIndex, RowId, TableIndex};
use crate::number::Agreement;
use crate::prelude::*;
use crate::template::CellKind;

/// One printed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CellView {
    pub column_span: u16,
    pub row_span: u16,
    pub content: Content,
}

/// What stands in a printed cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// Words of the form.
    Label(String),
    /// A cell that a person may fill.
    Field(Box<Field>),
}

/// A cell that a person may fill, with all that is needed to draw it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub id: CellId,
    /// The cell's name in saved files and in the page.
    pub name: String,
    pub kind: CellKind,
    /// The heading of its column, for where the headings are out of sight.
    pub column: String,
    /// Full name for screen readers: 第3行 数量指标 年度指标值.
    pub label: String,
    /// Exactly what was typed.
    pub typed: String,
    /// What is shown while the cell is not being edited: what was typed, with digits grouped, or the computed value.
    pub shown: String,
    pub state: CellState,
    /// 建议得分, beside a score that is left to judgement or differs.
    pub suggestion: Option<String>,
    /// How the number of a target counts (按不超过计), where its own sign does not say it.
    pub read_as: Option<&'static str>,
    /// The worst finding that names this cell.
    pub severity: Option<Severity>,
    /// Given by the form, not to be typed into.
    pub locked: bool,
    /// How far the name of a nested row is set in: 0 for everything else.
    pub depth: u8,
    /// Cells that are printed as one with this one and change with it.
    pub merged: Vec<CellId>,
}

/// What a cell says about itself without noise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellState {
    /// Typed by the person.
    Typed,
    /// Blank, and the computed value is shown.
    Computed,
    /// Typed, and agrees with the formula.
    Agrees(Agreement),
    /// Typed, and does not agree.
    Differs,
    /// Blank and needed.
    Needed,
    /// Blank, and may stay so.
    Blank,
    /// 不适用
    NotApplicable,
}

/// One printed line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Stays the same while the line does: for drawing only what changed.
    pub key: String,
    /// Column titles, repeated on every printed page.
    pub heading: bool,
    /// The table row behind the line, where there is one, and whether it can be removed or moved.
    pub row: Option<(TableIndex, RowId, bool)>,
    pub cells: Vec<CellView>,
}

impl CellView {
    /// What can be written in it; `None` for a label.
    pub fn field(&self) -> Option<&Field> {
        match &self.content {
            Content::Field(field) => Some(field),
            Content::Label(_) => None,
        }
    }
}

/// A cell of a merged column while it is being written: its rows stay one cell, apart from their neighbours, whatever the texts are
/// meanwhile. Otherwise a text that passes through a neighbour's would be written on in both.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    pub table: TableIndex,
    pub column: ColumnIndex,
    pub rows: SortedSet<RowId>,
}

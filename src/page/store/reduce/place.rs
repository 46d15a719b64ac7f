//! Where the keyboard is, and where it is to go.

use super::update_open;
use crate::page::store::{Entry, Move, Tab, View, Workspace};
use jixiao::document::{CellId, RowId};
use jixiao::layout::{Direction, Geometry};
use jixiao::template::TableIndex;

/// The row that the selected cell stands in.
pub fn selected_row(workspace: &Workspace) -> Option<(TableIndex, RowId)> {
    match workspace.selected? {
        CellId::Row { table, row, .. } => Some((table, row)),
        CellId::Fixed(_) => None,
    }
}

/// Ends the writing of a cell in the open project.
pub fn release(workspace: &mut Workspace) {
    update_open(workspace, Entry::release);
}

/// Asks for the focus on the field that shows a cell. Where no field does (a hidden column), on the row's first one.
pub fn ask_focus(workspace: &mut Workspace, cell: CellId) {
    let Some(entry) = workspace.entry() else { return };
    let field = entry.field(cell).or_else(|| match cell {
        CellId::Fixed(_) => None,
        CellId::Row { table, row, .. } => entry.sheet.fields().find(|field| stands_in(field.id, table, row)),
    });
    let target = field.map_or(cell, |field| field.id);
    match cell {
        CellId::Fixed(at) if entry.template.form.is_report(at) => {
            workspace.view = View::Report;
            workspace.writing = Some(cell);
        }
        CellId::Fixed(_) | CellId::Row { .. } => {
            workspace.view = View::Table;
            workspace.writing = None;
        }
    }
    workspace.asked = workspace.asked.wrapping_add(1);
    workspace.selected = Some(target);
    workspace.focus = Some((workspace.asked, target));
}

fn stands_in(cell: CellId, table: TableIndex, row: RowId) -> bool {
    matches!(cell, CellId::Row { table: known, row: id, .. } if known == table && id == row)
}

/// Focuses a row, in the column that was selected before.
pub fn select_row(workspace: &mut Workspace, table: TableIndex, row: Option<RowId>) {
    let Some(row) = row else {
        workspace.selected = None;
        return;
    };
    let column = match workspace.selected {
        Some(CellId::Row { column, table: known, .. }) if known == table => column,
        Some(CellId::Row { .. } | CellId::Fixed(_)) | None => 0,
    };
    ask_focus(workspace, CellId::Row { table, row, column });
}

/// To the cell above or below.
pub fn go(workspace: &mut Workspace, direction: Move) {
    // What was written may be printed as one with its neighbour now, and the way leads from there.
    release(workspace);
    let target = workspace.selected.zip(workspace.entry()).and_then(|(cell, entry)| {
        let direction = match direction {
            Move::Up => Direction::Up,
            Move::Down => Direction::Down,
        };
        Geometry::of(&entry.sheet).beside(cell, direction)
    });
    if let Some(target) = target {
        ask_focus(workspace, target);
    }
}

pub fn next_finding(workspace: &mut Workspace) {
    let Some(entry) = workspace.entry() else { return };
    let count = entry.evaluation.findings.len();
    if count == 0 {
        return;
    }
    let next = workspace.finding.map_or(0, |at| at + 1) % count;
    let target = entry.evaluation.findings.get(next).and_then(|finding| finding.at.first()).copied();
    workspace.finding = Some(next);
    workspace.tab = Tab::Findings;
    if let Some(target) = target {
        ask_focus(workspace, target);
    }
}

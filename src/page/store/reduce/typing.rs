//! Typing: what a text goes into, and what becomes of it when the focus comes and goes.

use super::place::{ask_focus, release, select_row, selected_row};
use super::rows::neighbour;
use super::{edit_open, keep_from_others, pause, refresh, rename, update_open};
use crate::page::field::FieldName;
use crate::page::store::{Editing, Entry, How, Workspace, calculator};
use crate::page::text;
use jixiao::document::{CellId, Edit};
use std::rc::Rc;

/// A field holds this text now.
pub fn typed(workspace: &mut Workspace, field: FieldName, text: String, how: How) {
    let edit = match field {
        FieldName::Rate(field) => return calculator::typed(workspace, field, text),
        FieldName::Alone(cell) => Edit::Set { cell, text },
        FieldName::Cell(cell) => {
            // Without word of the focus, the first key says which cell is being written.
            begin(workspace, cell);
            let Some(editing) = workspace.entry().and_then(|entry| entry.editing.as_ref()) else { return };
            match &editing.cells[..] {
                [] | [_] => Edit::Set { cell, text },
                cells => Edit::SetMany(cells.iter().map(|cell| (*cell, text.clone())).collect()),
            }
        }
    };
    if how == How::Whole {
        pause(workspace);
    }
    edit_open(workspace, &edit);
    if how == How::Whole {
        pause(workspace);
    }
}

/// Settles what typing in a cell stands for, unless that is settled already.
fn begin(workspace: &mut Workspace, cell: CellId) {
    let known = |entry: &Rc<Entry>| entry.editing.as_ref().is_some_and(|editing| editing.cell == cell);
    if !workspace.entry().is_some_and(known) {
        update_open(workspace, |entry| {
            entry.release();
            entry.write(entry.group(cell));
        });
    }
}

/// A field got the focus.
pub fn focused(workspace: &mut Workspace, field: &FieldName, given: bool) {
    if !given {
        // Where the focus was to go before is overtaken.
        workspace.focus = None;
    }
    let Some(cell) = field.cell() else { return };
    workspace.selected = Some(cell);
    match field {
        FieldName::Cell(_) => {
            begin(workspace, cell);
            // Leaving the cell before may have joined this one with it: the focus then goes to the cell that shows both.
            let shown = workspace.entry().and_then(|entry| entry.field(cell)).map(|field| field.id);
            if shown.is_some_and(|shown| shown != cell) {
                ask_focus(workspace, cell);
            }
        }
        FieldName::Alone(_) | FieldName::Rate(_) => release(workspace),
    }
}

/// A field lost the focus. Where another one gets it, that one's word settles what is drawn.
pub fn left(workspace: &mut Workspace, to_field: bool) {
    pause(workspace);
    if !to_field {
        release(workspace);
    }
    workspace.announced = Rc::from(workspace.entry().map(|entry| text::announcement(entry)).unwrap_or_default());
}

/// One row's cell apart from those that it is printed as one with, to be written by itself.
pub fn split(workspace: &mut Workspace, cell: CellId) {
    workspace.menu = None;
    pause(workspace);
    update_open(workspace, |entry| {
        entry.release();
        entry.write(Editing { cell, cells: vec![cell] });
    });
    ask_focus(workspace, cell);
}

/// Undo and redo, and then to the cell that changed.
pub fn travel(workspace: &mut Workspace, step: impl FnOnce(&mut Entry) -> Option<Option<CellId>>) {
    let library = workspace.library.clone();
    let beside = selected_row(workspace).map(|(table, row)| (table, neighbour(workspace, table, row)));
    let mut went = None;
    update_open(workspace, |entry| {
        entry.release();
        went = step(entry);
        if went.is_some() {
            refresh(entry, &library);
        }
    });
    let Some(at) = went else { return };
    if let Some(id) = workspace.open.clone() {
        rename(workspace, &id);
    }
    keep_from_others(workspace);
    match (at, workspace.selected) {
        (Some(cell), _) => ask_focus(workspace, cell),
        // A change of rows: the focus stays, or goes to the row that took the place.
        (None, Some(cell)) if workspace.entry().is_some_and(|entry| entry.field(cell).is_some()) => ask_focus(workspace, cell),
        (None, _) => {
            if let Some((table, row)) = beside {
                select_row(workspace, table, row);
            }
        }
    }
}

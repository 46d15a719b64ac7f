//! Rows that come, go and move.

use super::place::{ask_focus, release, select_row, selected_row};
use super::{edit_open, pause};
use crate::page::store::{Message, Offer, Workspace};
use crate::page::text;
use jixiao::document::{Edit, RowId};
use jixiao::template::TableIndex;
use std::rc::Rc;

/// The row that takes the place of one that goes.
pub fn neighbour(workspace: &Workspace, table: TableIndex, row: RowId) -> Option<RowId> {
    let document = workspace.entry()?.document();
    let at = document.row_position(table, row)?;
    let rows = document.rows(table);
    rows.get(at + 1).or_else(|| at.checked_sub(1).and_then(|at| rows.get(at))).map(|row| row.id)
}

/// Opens the menu of a row whose table may change.
pub fn open_menu(workspace: &mut Workspace, row: Option<(TableIndex, RowId)>) {
    let row = row.or_else(|| selected_row(workspace));
    workspace.menu = row.filter(|(table, id)| {
        workspace.entry().is_some_and(|entry| {
            let fixed = entry.template.form.table(*table).is_none_or(|def| def.fixed);
            !fixed && entry.document().row(*table, *id).is_some()
        })
    });
}

/// Closes the menu. The keyboard goes back to the cell that it was in, where it is to.
pub fn close_menu(workspace: &mut Workspace, back: bool) {
    if workspace.menu.take().is_some()
        && back
        && let Some(cell) = workspace.selected
    {
        ask_focus(workspace, cell);
    }
}

pub fn add(workspace: &mut Workspace, at: Option<(TableIndex, Option<RowId>)>) {
    let Some((table, after)) = at.or_else(|| selected_row(workspace).map(|(table, row)| (table, Some(row)))) else { return };
    change(workspace, table, &Edit::AddRow { table, after });
}

pub fn copy(workspace: &mut Workspace, at: Option<(TableIndex, RowId)>) {
    let Some((table, row)) = at.or_else(|| selected_row(workspace)) else { return };
    change(workspace, table, &Edit::CopyRow { table, row });
}

pub fn shift(workspace: &mut Workspace, at: Option<(TableIndex, RowId)>, by: i32) {
    let Some((table, row)) = at.or_else(|| selected_row(workspace)) else { return };
    change(workspace, table, &Edit::MoveRow { table, row, by });
    select_row(workspace, table, Some(row));
}

/// Takes a row away. Where something stood in it, that is said, with the way back beside it.
pub fn remove(workspace: &mut Workspace, at: Option<(TableIndex, RowId)>) {
    let Some((table, row)) = at.or_else(|| selected_row(workspace)) else { return };
    let neighbour = neighbour(workspace, table, row);
    let place = place_of_filled(workspace, table, row);
    change(workspace, table, &Edit::RemoveRow { table, row });
    if workspace.entry().is_none_or(|entry| entry.document().row(table, row).is_some()) {
        return;
    }
    select_row(workspace, table, neighbour);
    if let Some(place) = place {
        workspace.announced = Rc::from(text::row_removed_aloud(place));
        let said = Message::plain(text::row_removed(place), Vec::new());
        workspace.message = Some(Rc::new(Message { offer: Some(Offer::Undo), ..said }));
    }
}

/// The place of a row, from 1, where more stands in it than the titles that it shares with its neighbours.
fn place_of_filled(workspace: &Workspace, table: TableIndex, row: RowId) -> Option<usize> {
    let entry = workspace.entry()?;
    let def = entry.template.form.table(table)?;
    let document = entry.document();
    let filled = document.row(table, row)?.cells.iter().zip(&def.columns).any(|(cell, column)| !column.merge && !cell.is_blank());
    document.row_position(table, row).filter(|_| filled).map(|at| at + 1)
}

/// Changes the rows of a table as a step of its own, and goes to the new row where there is one.
fn change(workspace: &mut Workspace, table: TableIndex, edit: &Edit) {
    workspace.menu = None;
    release(workspace);
    let next = workspace.entry().map(|entry| entry.document().next_row);
    pause(workspace);
    edit_open(workspace, edit);
    pause(workspace);
    if let Some(new) = next
        && workspace.entry().is_some_and(|entry| entry.document().row(table, new).is_some())
    {
        select_row(workspace, table, Some(new));
    }
}

//! What reaches beyond the store: files, storage, the clock. Each ends in an [`Action`].

mod block_commands;
mod carried_commands;
mod draft_commands;
mod file_commands;
mod giving_commands;
mod import_commands;
mod office_commands;
mod past_commands;
mod remembered;
mod report_commands;
mod template_commands;

pub use block_commands::*;
pub use carried_commands::carry;
pub use draft_commands::*;
pub use file_commands::*;
pub use giving_commands::*;
pub use import_commands::*;
pub use past_commands::*;
pub use report_commands::*;
pub use template_commands::{mapping_chosen, save_mapping, save_template, template_chosen};

use super::browser::home::How;
use super::browser::{dom, timer};
use super::keys::{Command, Press, Under, command};
use super::store::{Action, Dialog, Dispatch, Drawer, Move, View, Workspace};

/// Does what a key press asks for. True where the page took it, so that the browser leaves it.
pub fn press(press: &Press, under: Under, workspace: &Workspace, dispatch: &Dispatch) -> bool {
    let Some(asked) = command(press, under) else { return false };
    let send = |action| {
        dispatch.dispatch(action);
        true
    };
    let open = workspace.entry();
    match asked {
        Command::CloseDialog if workspace.menu.is_some() => send(Action::CloseRowMenu { back: true }),
        Command::CloseDialog if workspace.dialog == Dialog::None => match (workspace.writing, open) {
            (Some(cell), Some(entry)) => {
                finish_writing(cell, &entry.template.form, dispatch);
                true
            }
            _ if workspace.drawer != Drawer::None => send(Action::Drawer(Drawer::None)),
            _ => false,
        },
        Command::CloseDialog => send(Action::Dialog(Dialog::None)),
        Command::Help => send(Action::Dialog(Dialog::Help)),
        Command::Rates => send(Action::Dialog(Dialog::Rates)),
        // Behind a dialog nothing moves.
        _ if workspace.dialog != Dialog::None => false,
        Command::Print if open.is_some() => send(Action::Dialog(Dialog::Print)),
        Command::SaveFile => {
            save_home(How::Again, workspace, dispatch);
            true
        }
        _ if open.is_none() => false,
        Command::Undo | Command::Redo => {
            travel(asked == Command::Undo, dispatch);
            true
        }
        Command::RowMenu => send(Action::RowMenu(None)),
        Command::OtherView => {
            let view = match workspace.view {
                View::Table => View::Report,
                View::Report => View::Table,
            };
            show(view, dispatch);
            true
        }
        Command::NextFinding => send(Action::NextFinding),
        Command::Up => send(Action::Move(Move::Up)),
        Command::Down => send(Action::Move(Move::Down)),
        Command::AddRow => send(Action::AddRow(None)),
        Command::CopyRow => send(Action::CopyRow(None)),
        Command::RemoveRow => send(Action::RemoveRow(None)),
        Command::RowUp => send(Action::MoveRow(None, -1)),
        Command::RowDown => send(Action::MoveRow(None, 1)),
        Command::Print => false,
    }
}

/// Undo or redo. Typing ends; the field gets the focus back with the text of before.
pub fn travel(back: bool, dispatch: &Dispatch) {
    dom::blur();
    dispatch.dispatch(if back { Action::Undo } else { Action::Redo });
}

/// Closes the dialog, and prints once it is gone.
pub fn print(dispatch: &Dispatch) {
    dispatch.dispatch(Action::Dialog(Dialog::None));
    timer::after(50, dom::print).forget();
}

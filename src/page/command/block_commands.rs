//! Pasting into the open table. What stands in one column is laid down at once; the rest by the module for office files, which knows words
//! and merged cells.

use crate::page::browser::office::{self, Question};
use crate::page::browser::{clipboard, dom};
use crate::page::store::paste::{Laid, Table, Taken};
use crate::page::store::{Action, Dialog, Dispatch, Entry, Message, Workspace};
use crate::page::text;
use jixiao::paste::{Pasted, lines, open};
use jixiao::wire::PARTS;
use jixiao::wording;
use std::rc::Rc;

/// More characters than any table has, in cells that are hardly blank.
const MOST_CHARACTERS: usize = 4_000_000;

/// Puts in what was pasted: its text, and the same with its layout. True where the page did it itself, so that the browser leaves it.
pub fn paste(taken: Taken, (plain, html): (String, String), workspace: &Workspace, dispatch: &Dispatch) -> bool {
    let (Some(into), Some(entry)) = (workspace.open.clone(), workspace.entry()) else { return false };
    match taken {
        Taken::AsItIs => return false,
        Taken::Cell(cell) => {
            // A step of its own, as the browser's own pasting is.
            dispatch.dispatch(Action::Pause);
            clipboard::insert(&cell);
            dispatch.dispatch(Action::Pause);
        }
        Taken::Block(_) if plain.len() > MOST_CHARACTERS => {
            dispatch.dispatch(Action::Say(Message::serious(wording::too_large_to_lay().to_owned(), Vec::new())));
        }
        Taken::Block(at) => {
            let table = Table { into, at, html, plain };
            if table.plain.contains('\t') || table.has_layout() {
                ask(table, false, entry, dispatch);
            } else {
                lay_lines(&table, entry, None, dispatch);
            }
        }
    }
    true
}

/// Lays what was pasted over the open table, a whole one too.
pub fn lay(table: &Table, workspace: &Workspace, dispatch: &Dispatch) {
    if let Some(entry) = workspace.entry().filter(|_| workspace.open.as_ref() == Some(&table.into)) {
        ask(table.clone(), true, entry, dispatch);
    }
}

/// Has the module lay it. What to do with a whole table is asked, unless that is settled.
fn ask(table: Table, sure: bool, entry: &Rc<Entry>, dispatch: &Dispatch) {
    let question = Question::Laid {
        html: if table.has_layout() { table.html.clone() } else { String::new() },
        plain: table.plain.clone(),
        open: open::write(&entry.template.form, entry.document(), &entry.sheet, table.at),
        sure,
    };
    let (entry, dispatch) = (entry.clone(), dispatch.clone());
    office::ask(&question, "", move |answer| {
        let answer = match answer {
            Ok(answer) => answer,
            // Without the module what was pasted is still a text.
            Err(trouble) => return lay_lines(&table, &entry, Some(text::laid_plainly(trouble)), &dispatch),
        };
        match answer.strip_prefix(PARTS).map(|laid| (laid, Pasted::read(laid, &entry.template.form))) {
            Some((_, Some(pasted))) => laid(&table, &entry, pasted, None, &dispatch),
            Some(("", None)) => {
                // Typing ends, so that what is laid over the field may be written.
                dom::blur();
                dispatch.dispatch(Action::Dialog(Dialog::Table(Rc::new(table))));
            }
            Some((_, None)) => dispatch.dispatch(Action::Say(Message::serious(wording::not_laid().to_owned(), Vec::new()))),
            None => dispatch.dispatch(Action::Say(Message::serious(answer, Vec::new()))),
        }
    });
}

/// Lays lines and cells down as they come.
fn lay_lines(table: &Table, entry: &Entry, note: Option<String>, dispatch: &Dispatch) {
    let pasted = lines(&entry.template.form, entry.document(), &entry.sheet, table.at, &table.plain);
    laid(table, entry, pasted, note, dispatch);
}

fn laid(table: &Table, entry: &Entry, pasted: Pasted, note: Option<String>, dispatch: &Dispatch) {
    // Typing ends, so that the block may be written; the field gets the focus back with the block in place.
    dom::blur();
    let (into, at) = (table.into.clone(), table.at);
    dispatch.dispatch(Action::Pasted(Box::new(Laid { into, at, over: entry.document().clone(), pasted, note })));
}

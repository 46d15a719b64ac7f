//! Pasting into the open table.

use super::pasted_blocks;
use crate::page::browser::{clipboard, dom};
use crate::page::store::paste::{Table, Taken};
use crate::page::store::{Action, Dispatch, Message, ProjectId, Workspace};
use crate::page::text;
use jixiao::document::CellId;
use jixiao::paste::{Block, TooLarge};
use std::rc::Rc;

/// Puts in what was pasted: its text, and the same with its layout. True where the page did it itself, so that the browser leaves it.
pub fn paste(taken: Taken, (text, html): (String, String), workspace: &Workspace, dispatch: &Dispatch) -> bool {
    let Some(into) = workspace.open.clone() else { return false };
    match taken {
        Taken::AsItIs => return false,
        Taken::Cell(cell) => {
            // A step of its own, as the browser's own pasting is.
            dispatch.dispatch(Action::Pause);
            clipboard::insert(&cell);
            dispatch.dispatch(Action::Pause);
        }
        // The layout says which cells are merged; reading it takes a while.
        Taken::Block(at, plain) if html.to_ascii_lowercase().contains("<table") => {
            let dispatch = dispatch.clone();
            pasted_blocks(html.clone(), text.clone(), move |read| {
                let block = match read.map(|(blocks, _)| Block::of_blocks(&blocks)) {
                    Ok(Ok(block)) if !block.is_empty() => Rc::new(block),
                    Ok(Err(TooLarge)) => return too_large(&dispatch),
                    // What can't be read as a table is still a text.
                    Ok(Ok(_)) | Err(_) => plain,
                };
                lay_or_ask(Table { into, at, block, html, plain: text }, &dispatch);
            });
        }
        Taken::Block(at, block) => lay_or_ask(Table { into, at, block, html, plain: text }, dispatch),
        Taken::TooLarge => too_large(dispatch),
    }
    true
}

/// A part of a table is laid over the open one; what to do with a whole one is asked.
fn lay_or_ask(table: Table, dispatch: &Dispatch) {
    let Table { into, at, block, .. } = table.clone();
    match table.asked() {
        Some(dialog) => {
            // Otherwise the field would get the focus back before what is laid over it could be written.
            dom::blur();
            dispatch.dispatch(Action::Dialog(dialog));
        }
        None => lay(into, at, block, dispatch),
    }
}

/// Lays a block over the open table.
pub fn lay(into: ProjectId, at: CellId, block: Rc<Block>, dispatch: &Dispatch) {
    // The field may only be written while it has no focus; it gets the focus back with the block in place.
    dom::blur();
    dispatch.dispatch(Action::Pasted { into, at, block });
}

fn too_large(dispatch: &Dispatch) {
    dispatch.dispatch(Action::Say(Message::serious(text::pasted_too_large(), Vec::new())));
}

//! Pasting into the open table, and copying what it left over.

use crate::page::browser::{clipboard, dom};
use crate::page::store::paste::Taken;
use crate::page::store::{Action, Dispatch, Message};
use crate::page::text::{self, Text, t};

/// Puts in what was pasted. True where the page did it itself, so that the browser leaves it.
pub fn paste(taken: Taken, dispatch: &Dispatch) -> bool {
    match taken {
        Taken::AsItIs => return false,
        Taken::Cell(cell) => {
            // A step of its own, as the browser's own pasting is.
            dispatch.dispatch(Action::Pause);
            clipboard::insert(&cell);
            dispatch.dispatch(Action::Pause);
        }
        Taken::Block(at, block) => {
            // The field may only be written while it has no focus; it gets the focus back with the block in place.
            dom::blur();
            dispatch.dispatch(Action::Pasted { at, block });
        }
        Taken::TooLarge => {
            dispatch.dispatch(Action::Say(Message::serious(text::pasted_too_large(), Vec::new())));
        }
    }
    true
}

/// Copies the text of a field, and says so.
pub fn copy_field(id: &str, dispatch: &Dispatch) {
    if clipboard::copy(id) {
        dispatch.dispatch(Action::Say(Message::plain(t(Text::Copied).to_owned(), Vec::new())));
    }
}

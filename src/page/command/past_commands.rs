//! 历史版本: looking back at what stood in the open project, and having it back.

use super::draft_commands::add_copy;
use crate::page::browser::storage;
use crate::page::draft::Draft;
use crate::page::past;
use crate::page::store::{Action, Dialog, Dispatch, Entry, Past, Project};
use crate::page::text;
use jixiao::document::{Document, differences};
use jixiao::evaluate;
use jixiao::io::json;
use jixiao::template::{Library, Template};
use jixiao::wording::history as words;
use std::rc::Rc;

/// Opens the list of versions of the open project.
pub fn look_back(project: &Project, library: &Library, dispatch: &Dispatch) {
    let Some(entry) = project.entry().cloned() else { return };
    let (library, dispatch) = (library.clone(), dispatch.clone());
    dispatch.dispatch(Action::Dialog(Dialog::Past(None)));
    storage::past(&past::prefix(&project.id), move |texts| {
        let list = versions(&texts, &entry, &library);
        dispatch.dispatch(Action::Dialog(Dialog::Past(Some(Rc::from(list)))));
    });
}

/// The versions of the texts, the newest first. One that can't be read is left out, and left where it is.
fn versions(texts: &[(String, String)], entry: &Entry, library: &Library) -> Vec<Past> {
    let mut list: Vec<Past> = Vec::new();
    for (_, text) in texts.iter().rev() {
        let Some(draft) = Draft::read(text) else { continue };
        let Ok(imported) = json::read(&draft.document, library) else { continue };
        let before = imported.document;
        if before.form != entry.document().form {
            continue;
        }
        let present = entry.document().clone();
        let next = list.last().map_or_else(|| present.clone(), |later| later.document.clone());
        let then = changes(&before, &next, &entry.template);
        // A version that was stored again and again is one.
        if then.is_empty() {
            continue;
        }
        let now = changes(&before, &present, &entry.template);
        list.push(Past { at: draft.saved_at, document: Rc::new(before), then, now });
    }
    list
}

/// What was changed, the total first.
fn changes(before: &Document, after: &Document, template: &Template) -> Vec<String> {
    let total = |document: &Document| {
        let score = evaluate(template, document).score?;
        score.entered.shown.map(|_| text::total(&score.entered))
    };
    let form = &template.form;
    let changes = differences(before, after);
    let words = changes.iter().map(|change| words::difference(change, form, before, after));
    let totals = (!changes.is_empty()).then(|| words::total(total(before).as_deref(), total(after).as_deref())).flatten();
    totals.into_iter().chain(words).collect()
}

/// Puts a version in the place of what stands there, as one step.
pub fn take_back(version: &Past, dispatch: &Dispatch) {
    dispatch.dispatch(Action::TakeBack { document: version.document.clone(), at: version.at.clone() });
}

/// Opens a version as a project of its own, beside what stands there.
pub fn copy_back(version: &Past, library: &Library, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Dialog(Dialog::None));
    add_copy((*version.document).clone(), library, dispatch);
}

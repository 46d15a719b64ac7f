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
use jixiao::template::{Form, Library, Template};
use jixiao::wording::history as words;
use std::rc::Rc;

/// Opens the list of versions of the open project.
pub fn look_back(project: &Project, library: &Library, dispatch: &Dispatch) {
    let Some(entry) = project.entry().cloned() else { return };
    let (library, dispatch, id) = (library.clone(), dispatch.clone(), project.id.clone());
    dispatch.dispatch(Action::Dialog(Dialog::Past(None)));
    storage::past(&past::prefix(&project.id), move |texts| {
        let list = versions(&texts, &entry, &library);
        dispatch.dispatch(Action::Answer { project: id, dialog: Dialog::Past(Some(Rc::from(list))) });
    });
}

/// The versions of the texts, the newest first. One that can't be read is left out, and left where it is.
fn versions(texts: &[(String, String)], entry: &Entry, library: &Library) -> Vec<Past> {
    let present = Told::new(entry.document().clone(), &entry.template);
    let mut next = present.clone();
    let mut list: Vec<Past> = Vec::new();
    for (_, text) in texts.iter().rev() {
        let Some(draft) = Draft::read(text) else { continue };
        let Ok(imported) = json::read(&draft.document, library) else { continue };
        if imported.document.form != present.document.form {
            continue;
        }
        let before = Told::new(Rc::new(imported.document), &entry.template);
        let then = before.changes(&next, &entry.template.form, library);
        // A version that was stored again and again is one.
        if !then.is_empty() {
            let now = before.changes(&present, &entry.template.form, library);
            list.push(Past { at: draft.saved_at, document: before.document.clone(), then, now });
            next = before;
        }
    }
    list
}

/// A document with its total.
#[derive(Clone)]
struct Told {
    document: Rc<Document>,
    total: Option<String>,
}

impl Told {
    fn new(document: Rc<Document>, template: &Template) -> Told {
        let score = evaluate(template, &document).score;
        let total = score.filter(|score| score.entered.shown.is_some()).map(|score| text::total(&score.entered));
        Told { document, total }
    }

    /// What was changed from here to another, the total first.
    fn changes(&self, after: &Told, form: &Form, library: &Library) -> Vec<String> {
        let changes = differences(&self.document, &after.document);
        let total = words::total(self.total.as_deref(), after.total.as_deref()).filter(|_| !changes.is_empty());
        let words = changes.iter().map(|change| words::difference(change, library, form, &self.document, &after.document));
        total.into_iter().chain(words).collect()
    }
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

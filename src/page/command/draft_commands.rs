//! Projects in the browser's storage: bringing them back, opening, copying and deleting them.

use crate::page::browser::{clock, files, storage};
use crate::page::draft::{self, Draft};
use crate::page::store::{Action, Dispatch, Entry, Held, Message, Project, ProjectId, Workspace, reduced};
use crate::page::text::{self, Text, t};
use jixiao::io::json;
use jixiao::template::library::Example;
use jixiao::template::{Form, Library};
use jixiao::wording;
use std::collections::BTreeMap;
use std::rc::Rc;

/// The workspace as it was left: all projects by name, and the one that was open. Nothing is written before this is done.
pub fn restored() -> Workspace {
    let (mut library, _) = Library::builtin();
    for key in storage::keys(draft::PROFILE_PREFIX) {
        let value = storage::read(&key).and_then(|text| serde_json::from_str(&text).ok());
        // A profile that no longer fits is left where it is; documents that name it say so when they are opened.
        let _ = value.map(|value| library.add_profile(&value));
    }
    // By the time of the last change; the key keeps those of the same minute apart.
    let drafts: BTreeMap<(String, String), Project> = storage::keys(draft::PREFIX)
        .into_iter()
        .filter_map(|key| listed(&key).map(|(at, project)| ((at, key), project)))
        .collect();
    let projects = drafts.into_values().rev().collect();
    let workspace = Workspace::new(library, projects, storage::read(draft::LARGE_KEY).as_deref() == Some("1"));
    let last = storage::read(draft::LAST_KEY).and_then(|id| workspace.project(&id).cloned());
    match last {
        Some(project) => {
            let action = opened(&project, &workspace.library);
            reduced(workspace, action)
        }
        None => workspace,
    }
}

/// A stored project as the list shows it, with the time of its last change.
fn listed(key: &str) -> Option<(String, Project)> {
    let id = key.strip_prefix(draft::PREFIX)?;
    let text = storage::read(key)?;
    let project = |name, about, held| Project { id: ProjectId::from(id), name, about, held };
    Some(match Draft::read(&text) {
        Some(draft) => (draft.saved_at, project(draft.name, draft.about, Held::Stored)),
        None => (String::new(), project(id.to_owned(), String::new(), Held::Unreadable(text::damaged_draft()))),
    })
}

/// What opening a project leads to. A text that can't be read stays as it is.
fn opened(project: &Project, library: &Library) -> Action {
    if let Held::Loaded(_) = project.held {
        return Action::Open(project.id.clone());
    }
    let id = project.id.clone();
    let Some(draft) = storage::read(&Draft::key(&id)).and_then(|text| Draft::read(&text)) else {
        return Action::Unreadable { id, reason: text::damaged_draft() };
    };
    match json::read(&draft.document, library) {
        Ok(imported) => {
            Action::Loaded { id, document: Box::new(imported.document), revision: draft.revision, saved_at: draft.saved_at }
        }
        Err(error) => Action::Unreadable { id, reason: wording::io::import_error(&error) },
    }
}

pub fn open(project: &Project, library: &Library, dispatch: &Dispatch) {
    let action = opened(project, library);
    let failed = match &action {
        Action::Unreadable { reason, .. } => Some(reason.clone()),
        _ => None,
    };
    dispatch.dispatch(action);
    if let Some(reason) = failed {
        let title = text::draft_unreadable(&project.name);
        dispatch.dispatch(Action::Say(Message { serious: true, title, lines: vec![reason, text::draft_kept()] }));
    }
}

fn new_id() -> ProjectId {
    ProjectId::from(clock::new_id())
}

pub fn new_project(form: &Form, dispatch: &Dispatch) {
    let document = Box::new(jixiao::document::Document::blank(form));
    dispatch.dispatch(Action::Add { id: new_id(), document });
}

pub fn open_example(example: &Example, library: &Library, dispatch: &Dispatch) {
    match json::read(&example.json, library) {
        Ok(imported) => dispatch.dispatch(Action::Add { id: new_id(), document: Box::new(imported.document) }),
        Err(error) => {
            let title = text::import_failed(&example.label);
            dispatch.dispatch(Action::Say(Message { serious: true, title, lines: vec![wording::io::import_error(&error)] }));
        }
    }
}

/// A copy as a project of its own. Its name says so, or nobody could tell the two apart.
pub fn copy(project: &Project, library: &Library, dispatch: &Dispatch) {
    match opened(project, library) {
        Action::Loaded { document, .. } => add_copy(*document, library, dispatch),
        _ => {
            if let Held::Loaded(entry) = &project.held {
                add_copy((**entry.document()).clone(), library, dispatch);
            }
        }
    }
}

fn add_copy(document: jixiao::document::Document, library: &Library, dispatch: &Dispatch) {
    let Some(form) = library.form(&document.form) else { return };
    let mut document = document;
    if let Some(at) = form.role(jixiao::template::Role::ProjectName)
        && let Some(name) = document.cells.get_mut(usize::from(at))
        && !name.is_blank()
    {
        *name = jixiao::document::Typed::new(&text::copy_name(name.text()));
    }
    dispatch.dispatch(Action::Add { id: new_id(), document: Box::new(document) });
}

pub fn delete(id: &ProjectId, dispatch: &Dispatch) {
    // The store first: it ends the autosave, which would otherwise write the draft once more.
    dispatch.dispatch(Action::Delete(id.clone()));
    storage::remove(&Draft::key(id));
}

/// The stored text of a project as it stands, for one that can't be read.
pub fn download_stored(id: &str) {
    if let Some(text) = storage::read(&Draft::key(id)) {
        files::save(&draft::file_name(t(Text::Name), "", &clock::now().compact(), "json"), &text);
    }
}

/// Another window wrote to the storage.
pub fn written_elsewhere(key: &str, value: Option<&str>, dispatch: &Dispatch) {
    if let Some(id) = key.strip_prefix(draft::PREFIX)
        && let Some(draft) = value.and_then(Draft::read)
    {
        let id = ProjectId::from(id);
        dispatch.dispatch(Action::WrittenElsewhere { id, revision: draft.revision, name: draft.name, about: draft.about });
    }
}

/// Takes what the other window wrote, in place of what stands here.
pub fn load_other(id: &ProjectId, _: &Rc<Entry>, library: &Library, dispatch: &Dispatch) {
    let stored = Project { id: id.clone(), name: String::new(), about: String::new(), held: Held::Stored };
    open(&stored, library, dispatch);
}

/// Keeps what stands here as a project of its own, and the other window's as it is.
pub fn save_as_copy(id: &ProjectId, entry: &Rc<Entry>, library: &Library, dispatch: &Dispatch) {
    add_copy((**entry.document()).clone(), library, dispatch);
    dispatch.dispatch(Action::Forget(id.clone()));
    let key = Draft::key(id);
    written_elsewhere(&key, storage::read(&key).as_deref(), dispatch);
}

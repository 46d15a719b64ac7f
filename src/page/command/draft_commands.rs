//! Projects in the browser's storage: bringing them back, opening, copying, deleting them and having them back.

use super::carried_commands::{take_in, with_taken};
use crate::page::autosave::transact_with_room;
use crate::page::browser::storage::Change;
use crate::page::browser::{clock, files, storage};
use crate::page::draft::{self, Draft};
use crate::page::field::{FieldName, Mark};
use crate::page::journal;
use crate::page::past;
use crate::page::store::{
    Action, Dispatch, DraftState, Entry, Held, Message, Project, ProjectId, Source, Stored, Workspace, Written, reduced,
};
use crate::page::text::{self, Text, t};
use jixiao::document::{Edit, apply};
use jixiao::export::file_name;
use jixiao::io::{Notice, json};
use jixiao::order::SortedSet;
use jixiao::template::library::Example;
use jixiao::template::{Form, Library};
use jixiao::wording;
use std::rc::Rc;

/// Opens what the browser keeps, takes up what was left over and what the page carries, and calls when the page can be shown.
pub fn prepare(done: impl FnOnce() + 'static) {
    let done = || take_in(done);
    storage::open(move || {
        let mut left = storage::left_over(&[journal::PREFIX]);
        if storage::has_database() {
            left.extend(storage::left_over(&journal::LEFT_BEFORE));
        }
        if left.is_empty() {
            return done();
        }
        let wanted = journal::wanted(&left);
        let (settled, keys) = (left.clone(), wanted.clone());
        let decide = move |found: &[Option<String>]| (journal::settle(&settled, found, clock::new_id), ());
        storage::transact(&wanted, decide, move |made| {
            match made {
                Ok(()) => left.iter().for_each(|(key, _)| storage::forget_left_over(key)),
                // It stays where it was, and is seen all the same.
                Err(_) => {
                    let found: Vec<Option<String>> = keys.iter().map(|key| storage::read(key)).collect();
                    storage::see(&journal::settle(&left, &found, clock::new_id));
                }
            }
            done();
        });
    });
}

/// The workspace as it was left: all projects by name, and the one that was open. Nothing is written before this is done.
pub fn restored() -> Workspace {
    let (mut library, _) = Library::builtin();
    for key in storage::keys(draft::PROFILE_PREFIX) {
        let value = storage::read(&key).and_then(|text| serde_json::from_str(&text).ok());
        // A profile that no longer fits is left where it is; documents that name it say so when they are opened.
        let _ = value.map(|value| library.add_profile(&value));
    }
    let mut workspace = Workspace::new(library, Rc::from(clock::new_id()), stored_projects(), deleted_projects());
    drop_sources();
    workspace.large = storage::read(draft::LARGE_KEY).as_deref() == Some("1");
    if storage::is_missing() {
        workspace.storage = Some(Rc::from(text::database_missing()));
    }
    let (workspace, carried) = with_taken(workspace);
    let last = carried.or_else(|| storage::read(draft::LAST_KEY)).and_then(|id| workspace.project(&id).cloned());
    let said = workspace.message.clone();
    match last {
        Some(project) => {
            let action = opened(&project, &workspace.library);
            let mut workspace = reduced(workspace, action);
            // What there is to say of the project as it was read is said whenever it is opened; of what came in, once.
            workspace.message = said.or(workspace.message);
            workspace
        }
        None => workspace,
    }
}

/// Says before anything is typed that it could not be kept.
pub fn try_storage(dispatch: &Dispatch) {
    let dispatch = dispatch.clone();
    storage::trial(draft::TRIAL_KEY, move |written| {
        dispatch.dispatch(Action::StorageTried(written.err().map(|trouble| Rc::from(text::trouble(trouble)))));
    });
}

/// Clears away sources whose projects are gone.
fn drop_sources() {
    let deleted = storage::keys(draft::DELETED_PREFIX);
    let is_deleted = |id: &str| deleted.iter().any(|key| draft::deleted(key).is_some_and(|(_, known)| known == id));
    let is_gone = |key: &String| {
        let id = key.strip_prefix(draft::SOURCE_PREFIX);
        id.is_some_and(|id| !is_deleted(id) && storage::read(&Draft::key(id)).is_none())
    };
    storage::remove(storage::keys(draft::SOURCE_PREFIX).into_iter().filter(is_gone));
}

/// The stored projects, the one that was changed last first; the key keeps those of the same minute apart.
fn stored_projects() -> Vec<Project> {
    let mut found: Vec<((String, String), Project)> = Vec::new();
    for key in storage::keys(draft::PREFIX) {
        if let Some((at, project)) = key.strip_prefix(draft::PREFIX).and_then(|id| listed(&key, id)) {
            let order = (at, key);
            let place = found.partition_point(|(known, _)| *known > order);
            found.insert(place, (order, project));
        }
    }
    found.into_iter().map(|(_, project)| project).collect()
}

/// What was deleted a while ago at most, the last first. What is older goes now.
fn deleted_projects() -> Vec<Project> {
    const DAY: u64 = 24 * 60 * 60 * 1000;
    let now = clock::milliseconds();
    let mut found: Vec<(u64, Project)> = Vec::new();
    for key in storage::keys(draft::DELETED_PREFIX) {
        let Some((at, id)) = draft::deleted(&key) else { continue };
        if now.saturating_sub(at) > draft::DELETED_DAYS * DAY {
            past::forget(id);
            storage::remove([key]);
        } else if let Some((_, project)) = listed(&key, id) {
            let place = found.partition_point(|(known, _)| *known > at);
            found.insert(place, (at, project));
        }
    }
    // Two windows may each have deleted one project: it is one entry, as it was deleted last.
    let mut seen = SortedSet::new();
    found.into_iter().map(|(_, project)| project).filter(|project| seen.insert(project.id.clone())).collect()
}

/// A stored project as the list shows it, with the time of its last change.
fn listed(key: &str, id: &str) -> Option<(String, Project)> {
    let text = storage::read(key)?;
    let project = |name, about, held| Project { id: ProjectId::from(id), name, about, held };
    Some(match Draft::read(&text) {
        Some(draft) => (draft.saved_at, project(draft.name, draft.about, Held::Stored)),
        None => (String::new(), project(id.to_owned(), String::new(), Held::Unreadable(text::damaged_draft()))),
    })
}

/// What opening a project leads to. A text that can't be read stays as it is.
fn opened(project: &Project, library: &Library) -> Action {
    let id = project.id.clone();
    if project.entry().is_some() {
        return Action::Open(id);
    }
    match read(&id, library) {
        Ok(stored) => Action::Loaded(id, Box::new(stored)),
        Err(reason) => Action::Unreadable { id, reason },
    }
}

/// What is stored of a project; why not, in words.
fn read(id: &str, library: &Library) -> Result<Stored, String> {
    let draft = storage::read(&Draft::key(id)).and_then(|text| Draft::read(&text)).ok_or_else(text::damaged_draft)?;
    let imported = json::read(&draft.document, library).map_err(|error| wording::io::import_error(&error))?;
    let source = storage::read(&draft::source_key(id)).and_then(|text| Source::read(&text)).map(Rc::new);
    // That the profile is not at hand is said as long as it holds.
    let notices = imported.notices.iter().filter(|notice| !matches!(notice, Notice::UnknownProfile { .. }));
    let notices = notices.map(wording::io::notice).collect();
    let (version, document) = (draft.version(), imported.document);
    Ok(Stored { document, version, saved_at: draft.saved_at, aside: draft.aside, source, notices })
}

/// A stored project, to be looked at and not to be opened; `None` where it can't be read.
pub(super) fn stored(id: &str, library: &Library) -> Option<Entry> {
    let Stored { document, source, .. } = read(id, library).ok()?;
    let template = document.template(library)?;
    Some(Entry::brought(template, document, source))
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
        dispatch.dispatch(Action::Say(Message::serious(title, vec![reason, text::draft_kept()])));
    }
}

pub fn new_id() -> ProjectId {
    ProjectId::from(clock::new_id())
}

pub fn new_project(form: &Form, dispatch: &Dispatch) {
    let document = Box::new(jixiao::document::Document::blank(form));
    dispatch.dispatch(Action::Add { id: new_id(), document, own: false });
}

pub fn open_example(example: &Example, library: &Library, dispatch: &Dispatch) {
    match json::read(&example.json, library) {
        Ok(imported) => dispatch.dispatch(Action::Add { id: new_id(), document: Box::new(imported.document), own: false }),
        Err(error) => {
            let title = text::import_failed(&example.label);
            dispatch.dispatch(Action::Say(Message::serious(title, vec![wording::io::import_error(&error)])));
        }
    }
}

/// A copy as a project of its own. Its name says so, or nobody could tell the two apart.
pub fn copy(project: &Project, library: &Library, dispatch: &Dispatch) {
    match project.entry() {
        Some(entry) => add_copy((**entry.document()).clone(), library, dispatch),
        None => match read(&project.id, library) {
            Ok(stored) => add_copy(stored.document, library, dispatch),
            Err(reason) => {
                let title = text::draft_unreadable(&project.name);
                dispatch.dispatch(Action::Say(Message::serious(title, vec![reason, text::draft_kept()])));
            }
        },
    }
}

pub(super) fn add_copy(document: jixiao::document::Document, library: &Library, dispatch: &Dispatch) {
    let Some(form) = library.form(&document.form) else { return };
    let mut document = document;
    if let Some(at) = form.role(jixiao::template::Role::ProjectName)
        && let Some(name) = document.cells.get_mut(usize::from(at))
        && !name.is_blank()
    {
        *name = jixiao::document::Typed::new(&text::copy_name(name.text()));
    }
    dispatch.dispatch(Action::Add { id: new_id(), document: Box::new(document), own: true });
}

/// Deletes a project. What was stored of it is kept for some days, to be had back.
pub fn delete(project: &Project, _: &Library, dispatch: &Dispatch) {
    let id = project.id.clone();
    let (memory, at) = (project.clone(), clock::now().stamp());
    let key = draft::deleted_key(clock::milliseconds(), &id);
    // The store first: it ends the autosave, which would otherwise write the draft once more.
    dispatch.dispatch(Action::Delete(id.clone()));
    // Whoever wants it back at once finds it, before it is on disk.
    storage::see(&[Change::Put(key.clone(), String::new())]);
    let decide = {
        let (id, key) = (id.clone(), key.clone());
        move |found: &[Option<String>]| {
            let stored = found.first().cloned().flatten();
            // As of the last write, which this window may not have heard of yet: had back, it would else seem to be another window's.
            let version = stored.as_deref().and_then(Draft::read).map(|stored| stored.version()).unwrap_or_default();
            let text = memory.entry().map(|entry| Draft::of(&memory, entry, &version, at.clone()).write()).or(stored);
            let kept = text.map(|text| Change::Put(key.clone(), text));
            (std::iter::once(Change::Remove(Draft::key(&id))).chain(kept).collect(), ())
        }
    };
    let (dispatch, title) = (dispatch.clone(), text::not_deleted(&project.name));
    let in_memory = project.entry().is_some();
    transact_with_room(vec![Draft::key(&id)], Rc::new(decide), move |made| {
        if made.is_err() {
            storage::see(&[Change::Remove(key)]);
        }
        // What is in memory can be had back as long as the page stays; what is only stored stays where it was.
        if made.is_err() && !in_memory {
            dispatch.dispatch(Action::Restore(id));
            dispatch.dispatch(Action::Say(Message::serious(title, vec![text::download_first()])));
        }
    });
}

/// Has a deleted project back.
pub fn restore(project: &Project, library: &Library, dispatch: &Dispatch) {
    let id = project.id.clone();
    let kept = storage::keys(draft::DELETED_PREFIX);
    let kept = kept.into_iter().filter(|key| draft::deleted(key).is_some_and(|(_, known)| *known == *id));
    let kept: Vec<String> = kept.collect();
    let last = kept.iter().max_by_key(|key| draft::deleted(key).map(|(at, _)| at)).cloned();
    let in_memory = project.entry().is_some();
    let keys: Vec<String> = std::iter::once(Draft::key(&id)).chain(last).collect();
    let decide = {
        let own = Draft::key(&id);
        move |found: &[Option<String>]| {
            let there = found.first().cloned().flatten().is_some();
            let text = found.get(1).cloned().flatten();
            let back = text.clone().filter(|_| !there).map(|text| Change::Put(own.clone(), text));
            let changes = kept.iter().cloned().map(Change::Remove).chain(back).collect();
            // Another window has written it meanwhile: what was deleted comes back beside it.
            (changes, text.filter(|_| there && !in_memory))
        }
    };
    let (dispatch, library) = (dispatch.clone(), library.clone());
    transact_with_room(keys, Rc::new(decide), move |made| {
        match made {
            Ok(beside) => {
                let document = beside.and_then(|text| json::read(&Draft::read(&text)?.document, &library).ok());
                if let Some(document) = document {
                    add_copy(document.document, &library, &dispatch);
                }
            }
            Err(_) if !in_memory => {
                return dispatch.dispatch(Action::Say(Message::serious(text::not_restored().to_owned(), Vec::new())));
            }
            Err(_) => {}
        }
        dispatch.dispatch(Action::Restore(id.clone()));
        if !in_memory {
            let stored = Project { id, name: String::new(), about: String::new(), held: Held::Stored };
            open(&stored, &library, &dispatch);
        }
    });
}

/// Everything that is worth keeping, as one file, when the program has failed: each project as it is in memory or else in the storage,
/// with the text that the field with the focus holds, and the person's own profiles. What is not stored is put down, for the next start.
pub fn last_words(workspace: &Workspace, typed: Option<(Mark, String)>) -> String {
    let mut texts: Vec<String> = Vec::new();
    let stored = |id: &str| storage::read(&Draft::key(id));
    for project in &workspace.projects {
        let Some(entry) = project.entry().filter(|entry| entry.draft != DraftState::Proposed) else {
            texts.extend(stored(&project.id));
            continue;
        };
        let form = &entry.template.form;
        let mut draft = Draft::of(project, entry, &entry.version, clock::now().stamp());
        if workspace.open.as_ref() == Some(&project.id)
            && let Some((mark, text)) = &typed
            && let Some(cell) = FieldName::of(mark.clone(), Some(form)).and_then(|field| field.cell())
        {
            draft.document = json::write(&apply(entry.document(), form, &Edit::Set { cell, text: text.clone() }), form);
        }
        let known = stored(&project.id).and_then(|text| Draft::read(&text));
        if entry.is_work() && known.is_none_or(|known| known.document != draft.document) {
            // What can't be put down is in the file that is handed out.
            let _ = journal::put_down(&workspace.window, &entry.version, draft.clone());
        }
        texts.push(draft.write());
    }
    texts.extend(storage::keys(draft::PROFILE_PREFIX).iter().filter_map(|key| storage::read(key)));
    draft::backup(&texts)
}

/// The stored text of a project as it stands, for one that can't be read.
pub fn download_stored(id: &str) {
    if let Some(text) = storage::read(&Draft::key(id)) {
        files::save(&file_name(t(Text::Name), "", &clock::now().compact(), "json"), &text);
    }
}

/// Another window wrote to the storage, or took something out of it.
pub fn storage_changed(key: Option<&str>, value: Option<&str>, dispatch: &Dispatch) {
    let Some(key) = key else { return dispatch.dispatch(Action::StorageCleared) };
    let Some(id) = key.strip_prefix(draft::PREFIX).map(ProjectId::from) else { return };
    match value.map(Draft::read) {
        None => dispatch.dispatch(Action::GoneElsewhere(id)),
        Some(Some(draft)) => {
            let version = draft.version();
            dispatch.dispatch(Action::WrittenElsewhere(id, Written { version, name: draft.name, about: draft.about }));
        }
        // What can't be read is left where it is.
        Some(None) => {}
    }
}

/// Takes what the other window wrote, in place of what stands here; that is kept as a project of its own.
pub fn take_other(id: &ProjectId, library: &Library, dispatch: &Dispatch) {
    match read(id, library) {
        Ok(stored) => dispatch.dispatch(Action::TakeOther(id.clone(), Box::new(stored))),
        Err(reason) => {
            let lines = vec![reason, text::draft_kept()];
            dispatch.dispatch(Action::Say(Message::serious(text::other_unreadable().to_owned(), lines)));
        }
    }
}

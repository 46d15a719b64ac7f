//! Writes every project that has changed to the browser's storage soon after the change, and at once when the page may be about to go.

use super::browser::{clock, events, storage, timer};
use super::draft::{self, Draft};
use super::store::{Action, Dispatch, DraftState, Entry, Project, ProjectId, Version, Workspace, Written};
use super::text;
use jixiao::template::Role;
use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use yew::prelude::*;

/// The most that killing the page may lose: typing of this long.
const DELAY_MILLISECONDS: u32 = 400;

struct Saver {
    /// What is to be written, each project by itself, whatever is open.
    pending: RefCell<BTreeMap<ProjectId, Rc<Project>>>,
    timer: RefCell<Option<timer::Timeout>>,
    waiting: Cell<bool>,
    /// What this window last read or wrote. Anything else in the storage is another window's.
    known: RefCell<BTreeMap<ProjectId, Version>>,
    /// The projects as they are now, for when the page is left.
    latest: RefCell<Vec<Rc<Project>>>,
    /// Whose last write was refused.
    refused: RefCell<BTreeSet<ProjectId>>,
    /// Whose source was written, or could not be.
    sources: RefCell<BTreeSet<ProjectId>>,
    window: Rc<str>,
    dispatch: Dispatch,
}

#[hook]
pub fn use_autosave(workspace: &UseReducerHandle<Workspace>) {
    let saver = {
        let (dispatch, window) = (workspace.dispatcher(), workspace.window.clone());
        use_memo((), move |()| Saver {
            pending: RefCell::default(),
            timer: RefCell::default(),
            waiting: Cell::new(false),
            known: RefCell::default(),
            latest: RefCell::default(),
            refused: RefCell::default(),
            sources: RefCell::default(),
            window,
            dispatch,
        })
    };
    {
        let saver = saver.clone();
        use_effect_with(workspace.projects.clone(), move |projects| saver.look(projects));
    }
    use_effect_with((), move |()| {
        let leaving = saver.clone();
        let listening = events::listen_to_leaving(move || leaving.flush_all());
        let asking = events::listen_to_unload(move || saver.would_lose());
        move || drop((listening, asking))
    });
}

impl Saver {
    /// Takes up what has changed, in whichever project.
    fn look(self: &Rc<Self>, projects: &[Rc<Project>]) {
        self.latest.replace(projects.to_vec());
        let mut pending = BTreeMap::new();
        for (project, entry) in loaded(projects) {
            match entry.draft {
                DraftState::Unsaved => drop(pending.insert(project.id.clone(), project.clone())),
                DraftState::Saved(_) | DraftState::Failed(_) => {
                    self.known.borrow_mut().insert(project.id.clone(), entry.version.clone());
                }
                DraftState::Elsewhere(_) | DraftState::Gone | DraftState::Proposed => {}
            }
        }
        let some = !pending.is_empty();
        // What is not in the list any more was deleted: writing it once more would bring it back.
        self.pending.replace(pending);
        // The delay counts from the first change, so that going on typing does not put the write off.
        if some && !self.waiting.replace(true) {
            let saver = self.clone();
            *self.timer.borrow_mut() = Some(timer::after(DELAY_MILLISECONDS, move || saver.flush()));
        }
    }

    fn flush(&self) {
        self.waiting.set(false);
        let pending: Vec<Rc<Project>> = self.pending.take().into_values().collect();
        for (project, entry) in loaded(&pending) {
            let action = self.save(project, entry);
            self.dispatch.dispatch(action);
        }
    }

    /// The same, with what was refused before.
    fn flush_all(&self) {
        let failed: Vec<_> = loaded(&self.latest.borrow())
            .filter(|(_, entry)| matches!(entry.draft, DraftState::Failed(_)))
            .map(|(project, _)| (project.id.clone(), project.clone()))
            .collect();
        self.pending.borrow_mut().extend(failed);
        self.flush();
    }

    /// Writes a project, or what stands here of it under an id of its own where another window has written it.
    fn save(&self, project: &Project, entry: &Entry) -> Action {
        let id = project.id.clone();
        let document = entry.document().clone();
        let known = self.known.borrow().get(&id).cloned().unwrap_or_default();
        let stored = storage::read(&Draft::key(&id)).as_deref().and_then(Draft::read);
        let other = stored.filter(|stored| stored.version() != known && *stored.writer != *self.window);
        let (key_id, known) = match &other {
            Some(_) => (ProjectId::from(clock::new_id()), Version::default()),
            None => (id.clone(), known),
        };
        let version = Version { revision: known.revision.saturating_add(1), writer: self.window.clone() };
        let at = clock::now().stamp();
        let mut draft = Draft::of(project, entry, &version, at.clone());
        draft.id = key_id.to_string();
        if other.is_some() {
            draft.aside = draft.aside.saturating_add(1);
            draft.name = text::aside(text::project_name(entry.role_text(Role::ProjectName)), draft.aside);
        }
        let written = write_with_room(&Draft::key(&key_id), &draft.write());
        let other = other.map(|other| Written { version: other.version(), name: other.name, about: other.about });
        match (written, other) {
            (Ok(()), other) => {
                self.refused.borrow_mut().remove(&id);
                self.known.borrow_mut().insert(key_id.clone(), version.clone());
                self.save_source(&key_id, entry);
                match other {
                    None => Action::Saved { id, document, version, at },
                    Some(written) => Action::KeptAside { id, own: key_id, written, document, version, at },
                }
            }
            (Err(_), Some(written)) => Action::WrittenElsewhere(id, written),
            (Err(trouble), None) => {
                self.refused.borrow_mut().insert(id.clone());
                Action::SaveFailed { id, reason: text::trouble(trouble).to_owned() }
            }
        }
    }

    /// Writes the table that a project was brought in from, once. It gives way to drafts, so nothing is cleared away for it.
    fn save_source(&self, id: &ProjectId, entry: &Entry) {
        let Some(source) = entry.source.as_ref().filter(|source| source.is_stored()) else { return };
        if self.sources.borrow_mut().insert(id.clone())
            && let Err(trouble) = storage::write(&draft::source_key(id), &source.text)
        {
            self.dispatch.dispatch(Action::Say(text::source_not_kept(trouble)));
        }
    }

    /// Writes what can be written, and tells whether leaving now would lose something.
    fn would_lose(&self) -> bool {
        self.flush_all();
        let latest = self.latest.borrow();
        let refused = self.refused.borrow();
        loaded(&latest).any(|(project, entry)| entry.is_unkept() && refused.contains(&project.id))
    }
}

fn loaded(projects: &[Rc<Project>]) -> impl Iterator<Item = (&Rc<Project>, &Rc<Entry>)> {
    projects.iter().filter_map(|project| Some((project, project.entry()?)))
}

/// Writes a text. Where there is no room, deleted projects give way, the oldest first; they stay where that does not help.
pub fn write_with_room(key: &str, text: &str) -> Result<(), storage::Trouble> {
    let mut written = storage::write(key, text);
    let mut gone: Vec<(String, String)> = Vec::new();
    while written == Err(storage::Trouble::Refused) {
        let deleted = storage::keys(draft::DELETED_PREFIX).into_iter();
        let deleted = deleted.filter(|known| known != key && !gone.iter().any(|(gone, _)| gone == known));
        let Some(oldest) = deleted.min_by_key(|key| draft::deleted(key).map(|(at, _)| at)) else { break };
        let stored = storage::read(&oldest).unwrap_or_default();
        storage::remove(&oldest);
        gone.push((oldest, stored));
        written = storage::write(key, text);
    }
    if written.is_err() {
        for (key, stored) in &gone {
            let _ = storage::write(key, stored);
        }
    }
    written
}

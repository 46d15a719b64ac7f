//! Writes every project that has changed to the browser's storage soon after the change, and at once when the page may be about to go.
//! A project is written once at a time; what was typed meanwhile is written next.

use super::browser::storage::{Change, Trouble};
use super::browser::{clock, events, storage, timer};
use super::draft::{self, Draft};
use super::store::{Action, Dispatch, DraftState, Entry, Project, ProjectId, Version, Workspace, Written};
use super::text;
use super::{journal, past};
use jixiao::document::Document;
use jixiao::order::{SortedMap, SortedSet};
use jixiao::template::Role;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::prelude::*;

/// The most that killing the page may lose: typing of this long.
const DELAY_MILLISECONDS: u32 = 250;
/// What was refused is tried again after this long: there may be room again.
const RETRY_MILLISECONDS: u32 = 10_000;

struct Saver {
    /// What is to be written, each project by itself, whatever is open.
    pending: RefCell<SortedMap<ProjectId, Rc<Project>>>,
    timer: RefCell<Option<timer::Timeout>>,
    waiting: Cell<bool>,
    /// What is being written now.
    writing: RefCell<SortedSet<ProjectId>>,
    /// What this window last read or wrote. Anything else in the storage is another window's.
    known: RefCell<SortedMap<ProjectId, Version>>,
    /// All as it is when it is asked, drawn or not: the browser acts between a key and its drawing, and may leave the page then.
    workspace: UseReducerHandle<Workspace>,
    /// What was last written, or put down when the page was left.
    safe: RefCell<SortedMap<ProjectId, Rc<Document>>>,
    /// Whose last text was put down, and the how-manieth write that was.
    put_down: RefCell<SortedMap<ProjectId, u32>>,
    writes: Cell<u32>,
    retry: RefCell<Option<timer::Timeout>>,
    /// Whose source was written, or could not be.
    sources: RefCell<SortedSet<ProjectId>>,
    asked_to_persist: Cell<bool>,
    /// When this window last kept a version of each project.
    versions: RefCell<SortedMap<ProjectId, u64>>,
    window: Rc<str>,
    dispatch: Dispatch,
}

/// What a write came to.
struct Kept {
    /// The project that it was written as.
    as_id: ProjectId,
    version: Version,
    /// What another window had written.
    other: Option<Written>,
}

#[hook]
pub fn use_autosave(workspace: &UseReducerHandle<Workspace>) {
    let saver = {
        let (workspace, dispatch, window) = (workspace.clone(), workspace.dispatcher(), workspace.window.clone());
        use_memo((), move |()| Saver {
            pending: RefCell::default(),
            timer: RefCell::default(),
            waiting: Cell::new(false),
            writing: RefCell::default(),
            known: RefCell::default(),
            workspace,
            safe: RefCell::default(),
            put_down: RefCell::default(),
            writes: Cell::new(0),
            retry: RefCell::default(),
            sources: RefCell::default(),
            asked_to_persist: Cell::new(false),
            versions: RefCell::default(),
            window,
            dispatch,
        })
    };
    {
        let saver = saver.clone();
        use_effect_with(workspace.projects.clone(), move |_| saver.look());
    }
    use_effect_with((), move |()| {
        let leaving = saver.clone();
        let listening = events::listen_to_leaving(move || leaving.leave());
        let asking = events::listen_to_unload(move || saver.would_lose());
        move || drop((listening, asking))
    });
}

impl Saver {
    /// Takes up what has changed, in whichever project.
    fn look(self: &Rc<Self>) {
        let mut pending = SortedMap::new();
        let mut refused = false;
        for (project, entry) in self.workspace.clone().loaded() {
            match entry.draft {
                DraftState::Unsaved => drop(pending.insert(project.id.clone(), project.clone())),
                DraftState::Saved(_) | DraftState::Failed(_) => {
                    self.known.borrow_mut().insert(project.id.clone(), entry.version.clone());
                    refused |= matches!(entry.draft, DraftState::Failed(_));
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
        if !refused || storage::keeps_nothing() {
            self.retry.take();
        } else if self.retry.borrow().is_none() {
            let saver = self.clone();
            *self.retry.borrow_mut() = Some(timer::after(RETRY_MILLISECONDS, move || {
                saver.retry.take();
                saver.dispatch.dispatch(Action::SaveAgain);
            }));
        }
    }

    /// Writes what waits, but for what is being written now: that comes when it is done.
    fn flush(self: &Rc<Self>) {
        self.waiting.set(false);
        let busy = self.writing.borrow().clone();
        let (later, now): (SortedMap<_, _>, SortedMap<_, _>) =
            self.pending.take().into_iter().partition(|(id, _)| busy.contains(id));
        self.pending.replace(later);
        for project in now.into_values() {
            self.save(&project);
        }
    }

    /// The page may be about to go: everything that is not written yet is put down, and then written. The browser finishes a text that
    /// was put down without the page.
    fn leave(self: &Rc<Self>) {
        let mut unwritten = SortedMap::new();
        for (project, entry) in self.workspace.clone().loaded() {
            if matches!(entry.draft, DraftState::Unsaved | DraftState::Failed(_)) {
                unwritten.insert(project.id.clone(), project.clone());
            }
        }
        if storage::has_database() {
            unwritten.values().for_each(|project| self.put_down(project));
        }
        self.pending.replace(unwritten);
        self.flush();
    }

    fn put_down(&self, project: &Project) {
        let Some(entry) = project.entry() else { return };
        let base = self.known(&project.id);
        let draft = Draft::of(project, entry, &base, clock::now().stamp());
        if journal::put_down(&self.window, &base, draft).is_ok() {
            self.safe.borrow_mut().insert(project.id.clone(), entry.document().clone());
            self.put_down.borrow_mut().insert(project.id.clone(), self.writes.get());
        }
    }

    fn known(&self, id: &ProjectId) -> Version {
        self.known.borrow().get(id).cloned().unwrap_or_default()
    }

    /// Writes a project, or what stands here of it under an id of its own where another window has written it.
    fn save(self: &Rc<Self>, project: &Rc<Project>) {
        let Some(entry) = project.entry().cloned() else { return };
        let id = project.id.clone();
        let at = clock::now().stamp();
        // What is written over is kept, at the first write of a visit and then now and then.
        let now = clock::milliseconds();
        let last = self.versions.borrow().get(&id).copied();
        let version_at = (storage::has_database() && last.is_none_or(|last| now.abs_diff(last) >= past::INTERVAL)).then_some(now);
        let decide = {
            let (known, window) = (self.known(&id), self.window.clone());
            let (project, entry, at) = (project.clone(), entry.clone(), at.clone());
            let own = ProjectId::from(clock::new_id());
            move |found: &[Option<String>]| {
                let stored = found.first().and_then(|text| Draft::read(text.as_deref()?));
                let other = stored.filter(|stored| stored.version() != known && *stored.writer != *window);
                let (as_id, known) = match &other {
                    Some(_) => (own.clone(), Version::default()),
                    None => (project.id.clone(), known.clone()),
                };
                let version = Version { revision: known.revision.saturating_add(1), writer: window.clone() };
                let mut draft = Draft::of(&project, &entry, &version, at.clone());
                draft.id = as_id.to_string();
                if other.is_some() {
                    draft.aside = draft.aside.saturating_add(1);
                    draft.name = text::aside(text::project_name(entry.role_text(Role::ProjectName)), draft.aside);
                }
                let other = other.map(|other| Written { version: other.version(), name: other.name, about: other.about });
                let before = version_at.filter(|_| other.is_none()).zip(found.first().cloned().flatten());
                let before = before.map(|(now, text)| Change::Put(past::key(&project.id, now), text));
                let draft = Change::Put(Draft::key(&as_id), draft.write());
                (before.into_iter().chain([draft]).collect(), Kept { as_id, version, other })
            }
        };
        self.writing.borrow_mut().insert(id.clone());
        let begun = self.writes.get().wrapping_add(1);
        self.writes.set(begun);
        let saver = self.clone();
        transact_with_room(vec![Draft::key(&id)], Rc::new(decide), move |kept| {
            saver.writing.borrow_mut().remove(&id);
            if let (Ok(_), Some(now)) = (&kept, version_at) {
                saver.versions.borrow_mut().insert(id.clone(), now);
                past::thin_out(&id);
            }
            saver.written(&id, &entry, begun, at, kept);
            if saver.pending.borrow().contains_key(&id) {
                saver.flush();
            }
        });
    }

    fn written(self: &Rc<Self>, id: &ProjectId, entry: &Entry, begun: u32, at: String, kept: Result<Kept, Trouble>) {
        let document = entry.document().clone();
        let id = id.clone();
        let Kept { as_id, version, other } = match kept {
            Ok(kept) => kept,
            Err(trouble) => {
                return self.dispatch.dispatch(Action::SaveFailed { id, reason: text::trouble(trouble).to_owned() });
            }
        };
        self.known.borrow_mut().insert(as_id.clone(), version.clone());
        let later = self.put_down.borrow().get(&id).is_some_and(|put_down| *put_down >= begun);
        if !later {
            self.safe.borrow_mut().insert(id.clone(), document.clone());
            if self.put_down.borrow_mut().remove(&id).is_some() {
                storage::forget_left_over(&journal::key(&self.window, &id));
            }
        }
        self.save_source(&as_id, entry);
        if entry.is_work() && !self.asked_to_persist.replace(true) {
            storage::ask_to_persist();
        }
        self.dispatch.dispatch(match other {
            None => Action::Saved { id, document, version, at },
            Some(written) => Action::KeptAside { id, own: as_id, written, document, version, at },
        });
    }

    /// Writes the table that a project was brought in from, once. It gives way to drafts, so nothing is cleared away for it.
    fn save_source(&self, id: &ProjectId, entry: &Entry) {
        let Some(source) = entry.source.as_ref().filter(|source| source.is_stored()) else { return };
        if self.sources.borrow_mut().insert(id.clone()) {
            let dispatch = self.dispatch.clone();
            storage::change(vec![Change::Put(draft::source_key(id), source.text.clone())], move |written| {
                if let Err(trouble) = written {
                    dispatch.dispatch(Action::Say(text::source_not_kept(trouble)));
                }
            });
        }
    }

    /// Writes what can be written, and tells whether leaving now would lose something.
    fn would_lose(self: &Rc<Self>) -> bool {
        self.leave();
        let now = self.workspace.clone();
        let safe = self.safe.borrow();
        now.loaded().any(|(project, entry)| {
            entry.is_unkept() && !safe.get(&project.id).is_some_and(|safe| Rc::ptr_eq(safe, entry.document()))
        })
    }
}

/// What decides on the changes, given the texts that are kept. It may be asked again.
type Decide<T> = Rc<dyn Fn(&[Option<String>]) -> (Vec<Change>, T)>;

/// Changes what is kept. Where there is no room, deleted projects give way, the oldest first; they stay where that does not help.
pub fn transact_with_room<T: 'static>(keys: Vec<String>, decide: Decide<T>, done: impl FnOnce(Result<T, Trouble>) + 'static) {
    attempt(keys, decide, Vec::new(), Box::new(done));
}

fn attempt<T: 'static>(keys: Vec<String>, decide: Decide<T>, given_up: Vec<String>, done: Box<dyn FnOnce(Result<T, Trouble>)>) {
    let again = (keys.clone(), decide.clone(), given_up.clone());
    let decide = move |found: &[Option<String>]| {
        let (changes, told) = decide(found);
        (given_up.into_iter().map(Change::Remove).chain(changes).collect(), told)
    };
    storage::transact(&keys, decide, move |made| {
        let (keys, decide, mut given_up) = again;
        let deleted = storage::keys(draft::DELETED_PREFIX).into_iter().filter(|key| !given_up.contains(key));
        match deleted.min_by_key(|key| draft::deleted(key).map(|(at, _)| at)) {
            Some(oldest) if matches!(made, Err(Trouble::Refused)) => {
                given_up.push(oldest);
                attempt(keys, decide, given_up, done);
            }
            Some(_) | None => done(made),
        }
    });
}

/// Writes a text that depends on nothing.
pub fn write_with_room(key: &str, text: &str, done: impl FnOnce(Result<(), Trouble>) + 'static) {
    let change = Change::Put(key.to_owned(), text.to_owned());
    transact_with_room(Vec::new(), Rc::new(move |_| (vec![change.clone()], ())), done);
}

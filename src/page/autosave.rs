//! Writes the open project to the browser's storage soon after every change, and at once when the page may be about to go.

use super::browser::{clock, events, storage, timer};
use super::draft::Draft;
use super::store::{Action, Dispatch, DraftState, Entry, Held, ProjectId, Workspace};
use super::text;
use jixiao::document::Document;
use jixiao::io::json;
use jixiao::template::Form;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use yew::prelude::*;

/// The most that killing the page may lose: typing of this long.
const DELAY_MILLISECONDS: u32 = 400;

/// A document that is to be written.
struct Pending {
    id: ProjectId,
    name: String,
    about: String,
    form: Rc<Form>,
    document: Rc<Document>,
}

struct Saver {
    pending: RefCell<Option<Pending>>,
    timer: RefCell<Option<timer::Timeout>>,
    waiting: Cell<bool>,
    /// The revision that this window last read or wrote. A higher one in the storage is another window's.
    known: RefCell<BTreeMap<ProjectId, u32>>,
    dispatch: Dispatch,
}

#[hook]
pub fn use_autosave(workspace: &UseReducerHandle<Workspace>) {
    let saver = {
        let dispatch = workspace.dispatcher();
        use_memo((), move |()| Saver {
            pending: RefCell::default(),
            timer: RefCell::default(),
            waiting: Cell::new(false),
            known: RefCell::default(),
            dispatch,
        })
    };
    let open = workspace.open.clone().zip(workspace.entry().cloned());
    {
        let saver = saver.clone();
        let projects = workspace.projects.clone();
        use_effect_with(open, move |open| saver.look(open.as_ref(), &projects));
    }
    use_effect_with((), move |()| {
        let listening = events::listen_to_leaving(move || saver.flush());
        move || drop(listening)
    });
}

impl Saver {
    /// Takes up what is open now, where it has changed.
    fn look(self: &Rc<Self>, open: Option<&(ProjectId, Rc<Entry>)>, projects: &[Rc<super::store::Project>]) {
        let gone = self.pending.borrow().as_ref().is_some_and(|pending| !projects.iter().any(|project| project.id == pending.id));
        if gone {
            // Deleted: writing it once more would bring it back.
            *self.pending.borrow_mut() = None;
        }
        let other = self.pending.borrow().as_ref().is_some_and(|pending| open.is_none_or(|(id, _)| *id != pending.id));
        if other {
            self.flush();
        }
        let Some((id, entry)) = open else { return };
        match entry.draft {
            DraftState::Unsaved => {}
            DraftState::Saved(_) | DraftState::Failed(_) => {
                self.known.borrow_mut().insert(id.clone(), entry.revision);
                return;
            }
            DraftState::Elsewhere => {
                *self.pending.borrow_mut() = None;
                return;
            }
        }
        let Some(project) = projects.iter().find(|project| project.id == *id && matches!(project.held, Held::Loaded(_))) else {
            return;
        };
        *self.pending.borrow_mut() = Some(Pending {
            id: id.clone(),
            name: project.name.clone(),
            about: project.about.clone(),
            form: entry.template.form.clone(),
            document: entry.document().clone(),
        });
        // The delay counts from the first change, so that going on typing does not put the write off.
        if !self.waiting.replace(true) {
            let saver = self.clone();
            *self.timer.borrow_mut() = Some(timer::after(DELAY_MILLISECONDS, move || saver.flush()));
        }
    }

    fn flush(&self) {
        self.waiting.set(false);
        let Some(pending) = self.pending.borrow_mut().take() else { return };
        let id = pending.id.clone();
        self.dispatch.dispatch(match self.write(pending) {
            Ok(saved) => saved,
            Err(Failure::Elsewhere) => Action::Elsewhere(id),
            Err(Failure::Trouble(trouble)) => Action::SaveFailed { id, reason: text::trouble(trouble).to_owned() },
        });
    }

    fn write(&self, pending: Pending) -> Result<Action, Failure> {
        let key = Draft::key(&pending.id);
        let known = self.known.borrow().get(&pending.id).copied().unwrap_or(0);
        if let Some(stored) = storage::read(&key).as_deref().and_then(Draft::read)
            && stored.revision > known
        {
            return Err(Failure::Elsewhere);
        }
        let revision = known.saturating_add(1);
        let at = clock::now().stamp();
        let draft = Draft {
            id: pending.id.to_string(),
            revision,
            saved_at: at.clone(),
            name: pending.name,
            about: pending.about,
            document: json::write(&pending.document, &pending.form),
        };
        storage::write(&key, &draft.write()).map_err(Failure::Trouble)?;
        self.known.borrow_mut().insert(pending.id.clone(), revision);
        Ok(Action::Saved { id: pending.id, document: pending.document, revision, at })
    }
}

enum Failure {
    Elsewhere,
    Trouble(storage::Trouble),
}

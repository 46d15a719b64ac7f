//! 自带数据的单文件: writing the page with projects in it, and taking in what a page carries.

use crate::page::browser::storage::{self, Change, PAST_PREFIX};
use crate::page::browser::{clock, dom, files, office};
use crate::page::carried::{self, Carried, ELEMENT, Settled};
use crate::page::draft::{self, Draft};
use crate::page::past;
use crate::page::store::{Action, Dialog, Dispatch, Message, Project, Workspace, reduced};
use crate::page::text::{self, Text, t};
use jixiao::export::file_name;
use jixiao::io::json;
use jixiao::template::Role;
use std::cell::RefCell;
use std::rc::Rc;

/// Hands out the page in one file, with the open project in it or with all of them: as they stand, with their versions, the tables they came
/// from, and the person's own profiles.
pub fn carry(all: bool, workspace: &Workspace, dispatch: &Dispatch) {
    dispatch.dispatch(Action::Dialog(Dialog::None));
    let is_open = |project: &Project| workspace.open.as_ref() == Some(&project.id);
    // The open one may be a proposal still; of all there are, those that were accepted are meant.
    let is_meant = |project: &Project| if all { !workspace.is_proposal(&project.id) } else { is_open(project) };
    let projects: Vec<Rc<Project>> = workspace.projects.iter().filter(|project| is_meant(project)).cloned().collect();
    let Some(open) = workspace.open.clone().or_else(|| projects.first().map(|project| project.id.clone())) else { return };
    let now = clock::now();
    let name = match workspace.entry().filter(|_| !all) {
        Some(entry) => file_name(entry.role_text(Role::ProjectName), entry.role_text(Role::FiscalYear), &now.compact(), "html"),
        None => file_name(t(Text::AllProjects), "", &now.compact(), "html"),
    };
    let used = workspace.entry().filter(|_| !all).map(|entry| entry.document().profile.clone());
    let prefix = if all { PAST_PREFIX.to_owned() } else { past::prefix(&open) };
    let dispatch = dispatch.clone();
    storage::past(&prefix, move |versions| {
        let mut texts: Vec<(String, String)> = Vec::new();
        let kept = |key: String| storage::read(&key).map(|text| (key, text));
        for project in &projects {
            let key = Draft::key(&project.id);
            let source = draft::source_key(&project.id);
            match project.entry() {
                Some(entry) => {
                    texts.push((key, Draft::of(project, entry, &entry.version, now.stamp()).write()));
                    texts.extend(entry.source.as_ref().map(|kept| (source, kept.text.clone())));
                }
                None => texts.extend([kept(key), kept(source)].into_iter().flatten()),
            }
        }
        let of_them = |key: &str| projects.iter().any(|project| key.starts_with(&past::prefix(&project.id)));
        texts.extend(versions.into_iter().filter(|(key, _)| of_them(key)));
        let profiles = storage::keys(draft::PROFILE_PREFIX).into_iter();
        let is_used = |key: &String| used.as_ref().is_none_or(|used| key.strip_prefix(draft::PROFILE_PREFIX) == Some(used));
        texts.extend(profiles.filter(is_used).filter_map(kept));
        let carried = Carried { open: open.to_string(), texts };
        office::carry(&carried.write(), move |page| {
            let Some(page) = page else {
                let lines = vec![text::no_single_file_lead().to_owned()];
                return dispatch.dispatch(Action::Say(Message::serious(text::no_single_file().to_owned(), lines)));
            };
            if !files::save_blob(&name, &page) {
                return dispatch.dispatch(Action::Say(Message::serious(text::cannot_save_file().to_owned(), Vec::new())));
            }
            for entry in projects.iter().filter_map(|project| project.entry()) {
                dispatch.dispatch(Action::FileSaved { document: entry.document().clone(), at: now.stamp() });
            }
            dispatch.dispatch(Action::Say(Message::plain(text::handed_out(&name), vec![text::carries(projects.len())])));
        });
    });
}

/// What came in with the page, until the workspace is made.
#[derive(Default)]
struct Taken {
    open: Option<String>,
    said: Option<Message>,
    /// What could not be stored: it is in the file, and seen all the same.
    unkept: Vec<Change>,
}

thread_local! {
    static TAKEN: RefCell<Taken> = RefCell::default();
}

/// Takes in what the page carries, and calls when that is done.
pub fn take_in(done: impl FnOnce() + 'static) {
    let Some(text) = dom::element(ELEMENT).and_then(|element| element.text_content()).filter(|text| !text.trim().is_empty())
    else {
        return done();
    };
    let Some(carried) = Carried::read(&text).map(Rc::new) else {
        let said = Message::serious(text::carried_damaged().to_owned(), vec![text::carried_damaged_lead().to_owned()]);
        TAKEN.with_borrow_mut(|taken| taken.said = Some(said));
        return done();
    };
    let wanted = carried.wanted();
    let decide = {
        let (carried, wanted) = (carried.clone(), wanted.clone());
        move |found: &[Option<String>]| {
            let settled = settled(&carried, &wanted, found);
            (settled.changes.clone(), settled)
        }
    };
    storage::transact(&wanted.clone(), decide, move |made| {
        let (settled, unkept) = match made {
            Ok(settled) => (settled, Vec::new()),
            Err(_) => {
                let found: Vec<Option<String>> = wanted.iter().map(|key| storage::read(key)).collect();
                let settled = settled(&carried, &wanted, &found);
                let changes = settled.changes.clone();
                (settled, changes)
            }
        };
        TAKEN.with_borrow_mut(|taken| {
            taken.said = said(&settled);
            taken.unkept = unkept;
            // Who loads the page anew stays where they were.
            taken.open = Some(settled.open).filter(|open| !open.is_empty() && !dom::is_reloaded());
        });
        done();
    });
}

fn settled(carried: &Carried, keys: &[String], found: &[Option<String>]) -> Settled {
    let found = |key: &str| keys.iter().position(|known| known == key).and_then(|at| found.get(at)?.clone());
    let deleted = storage::keys(draft::DELETED_PREFIX);
    let is_deleted = |id: &str| deleted.iter().any(|key| draft::deleted(key).is_some_and(|(_, known)| known == id));
    let is_here = |id: &str| storage::read(&Draft::key(id)).is_some() || is_deleted(id);
    // Asked only where a name is sought: all drafts are read for it.
    let name_of = |key: &String| Some(Draft::read(&storage::read(key)?)?.name);
    let is_taken = |name: &str| storage::keys(draft::PREFIX).iter().any(|key| name_of(key).as_deref() == Some(name));
    carried::settle(carried, found, is_here, is_taken, clock::new_id)
}

fn said(settled: &Settled) -> Option<Message> {
    let beside = settled.beside.iter().map(|(name, own)| text::carried_beside(name, own));
    let lines: Vec<String> = beside.chain(settled.profiles.iter().map(|id| text::carried_profile(id))).collect();
    let serious = !settled.profiles.is_empty();
    (settled.new > 0 || serious).then(|| Message { serious, ..Message::plain(text::carried_in(settled.new), lines) })
}

/// The workspace with what came in with the page: what could not be stored, the project that is to be opened, and what there is to say.
pub(super) fn with_taken(mut workspace: Workspace) -> (Workspace, Option<String>) {
    let taken = TAKEN.take();
    if !taken.unkept.is_empty() {
        add_unkept(&mut workspace, taken.unkept);
    }
    workspace.message = taken.said.map(Rc::new);
    (workspace, taken.open)
}

/// Profiles first: documents are scored by them.
fn add_unkept(workspace: &mut Workspace, unkept: Vec<Change>) {
    let mut library = (*workspace.library).clone();
    for change in &unkept {
        if let Change::Put(key, text) = change
            && key.starts_with(draft::PROFILE_PREFIX)
            && let Ok(value) = serde_json::from_str(text)
        {
            let _ = library.add_profile(&value);
        }
    }
    workspace.library = Rc::new(library);
    for change in unkept {
        let Change::Put(key, text) = change else { continue };
        let (Some(id), Some(draft)) = (key.strip_prefix(draft::PREFIX), Draft::read(&text)) else { continue };
        if let Ok(imported) = json::read(&draft.document, &workspace.library) {
            let add = Action::Add { id: id.into(), document: Box::new(imported.document), own: false };
            *workspace = reduced(workspace.clone(), add);
        }
    }
}

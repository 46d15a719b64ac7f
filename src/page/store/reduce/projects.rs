//! Projects that come, go, and are written by other windows. Nothing that was typed goes with them.

use super::{forget_place, open, rename, update_entry, update_project};
use crate::page::store::{
    DraftState, Entry, Held, Message, Offer, Project, ProjectId, Source, Stored, Version, Workspace, Written,
};
use crate::page::text;
use jixiao::document::Document;
use jixiao::template::Role;
use std::rc::Rc;

/// A new project, opened.
pub fn add(workspace: &mut Workspace, id: ProjectId, document: Document, own: bool) {
    if let Some(template) = document.template(&workspace.library) {
        let entry = Entry { own, ..Entry::new(template, document) };
        insert(workspace, id, entry);
    }
}

/// A table of a file, not opened and not stored before it is accepted.
pub fn propose(workspace: &mut Workspace, id: ProjectId, document: Document, source: Rc<Source>) {
    if let Some(template) = document.template(&workspace.library) {
        let entry = Entry { draft: DraftState::Proposed, ..Entry::brought(template, document, Some(source)) };
        put(workspace, id, entry);
    }
}

/// A project from the browser's storage, opened.
pub fn loaded(workspace: &mut Workspace, id: ProjectId, stored: Stored) {
    let Stored { document, version, saved_at, aside, source, notices } = stored;
    if let Some(template) = document.template(&workspace.library) {
        let draft = DraftState::Saved(saved_at);
        let entry = Entry { version, draft, aside, ..Entry::brought(template, document, source) };
        insert(workspace, id, entry);
        if !notices.is_empty() {
            workspace.message = Some(Rc::new(Message::plain(text::on_reading().to_owned(), notices)));
        }
    }
}

fn insert(workspace: &mut Workspace, id: ProjectId, entry: Entry) {
    put(workspace, id.clone(), entry);
    open(workspace, id);
}

fn put(workspace: &mut Workspace, id: ProjectId, entry: Entry) {
    workspace.made = workspace.made.wrapping_add(1);
    let entry = Entry { key: workspace.made, ..entry };
    let project = Project { id: id.clone(), name: String::new(), about: String::new(), held: Held::Loaded(Rc::new(entry)) };
    match workspace.projects.iter_mut().find(|known| known.id == id) {
        Some(known) => *known = Rc::new(project),
        None => workspace.projects.insert(0, Rc::new(project)),
    }
    rename(workspace, &id);
}

/// Another window wrote a project. What stands here is never replaced without a word, and what was typed here meanwhile becomes a
/// project of its own.
pub fn written_elsewhere(workspace: &mut Workspace, id: ProjectId, written: Written) {
    let Some(project) = workspace.project(&id) else {
        let Written { name, about, .. } = written;
        workspace.projects.push(Rc::new(Project { id, name, about, held: Held::Stored }));
        return;
    };
    let Held::Loaded(entry) = &project.held else {
        let Written { name, about, .. } = written;
        return update_project(workspace, &id, |project| {
            (project.name, project.about, project.held) = (name, about, Held::Stored);
        });
    };
    // Word of a write that this window knows, or has written over knowingly.
    if entry.version == written.version || written.version.revision < entry.version.revision {
        return;
    }
    // Two writes of one number: neither window knew of the other, and one has lost its place.
    let both = entry.version.revision == written.version.revision;
    let at_stake = match entry.draft {
        DraftState::Unsaved | DraftState::Failed(_) => true,
        DraftState::Saved(_) | DraftState::Elsewhere(_) | DraftState::Gone | DraftState::Proposed => both,
    };
    update_entry(workspace, &id, |entry| entry.draft = DraftState::Elsewhere(Rc::new(written)));
    if at_stake {
        keep_aside(workspace, &id, None);
    }
}

/// Makes what stands here a project of its own, with all that can be undone, and leaves the stored one to the other window. The
/// keyboard stays where it is.
pub fn keep_aside(workspace: &mut Workspace, id: &ProjectId, own: Option<ProjectId>) {
    let Some(at) = workspace.projects.iter().position(|project| project.id == *id) else { return };
    let Some(project) = workspace.projects.get(at).cloned() else { return };
    let Held::Loaded(entry) = &project.held else { return };
    let (name, about) = match &entry.draft {
        DraftState::Elsewhere(written) => (written.name.clone(), written.about.clone()),
        DraftState::Unsaved | DraftState::Saved(_) | DraftState::Failed(_) | DraftState::Gone | DraftState::Proposed => {
            (project.name.clone(), project.about.clone())
        }
    };
    update_project(workspace, id, |project| (project.name, project.about, project.held) = (name, about, Held::Stored));
    let own = put_aside(workspace, entry, at, own);
    if workspace.open.as_ref() == Some(id) {
        workspace.open = Some(own);
    }
}

/// A project of its own, under a name of its own.
fn put_aside(workspace: &mut Workspace, entry: &Entry, at: usize, id: Option<ProjectId>) -> ProjectId {
    let name = text::project_name(entry.role_text(Role::ProjectName)).to_owned();
    let aside = text::free_aside(&name, |name| workspace.projects.iter().any(|known| known.name == name));
    let own = Entry { aside, own: true, draft: DraftState::Unsaved, version: Version::default(), ..entry.clone() };
    workspace.made = workspace.made.wrapping_add(1);
    let id = id.unwrap_or_else(|| ProjectId::from(format!("{}-{}", workspace.window, workspace.made)));
    let project = Project { id: id.clone(), name: String::new(), about: String::new(), held: Held::Loaded(Rc::new(own)) };
    workspace.projects.insert(at.min(workspace.projects.len()), Rc::new(project));
    rename(workspace, &id);
    let kept = text::kept_aside(&text::aside(&name, aside));
    workspace.message = Some(Rc::new(Message::plain(text::changed_elsewhere(&name), vec![kept])));
    id
}

/// Takes what another window wrote. What stands here is kept, where it differs and something was done to it.
pub fn take_other(workspace: &mut Workspace, id: &ProjectId, stored: Stored) {
    let own = workspace.loaded().find(|(project, _)| project.id == *id).map(|(_, entry)| entry.clone());
    let Some(own) = own else { return loaded(workspace, id.clone(), stored) };
    if **own.document() == stored.document {
        // The same texts: only the version is another, and all that can be undone stays.
        return update_entry(workspace, id, |entry| {
            entry.version = stored.version;
            entry.draft = DraftState::Saved(stored.saved_at);
        });
    }
    if own.is_work() {
        keep_aside(workspace, id, None);
    }
    let said = workspace.message.take().filter(|_| own.is_work());
    loaded(workspace, id.clone(), stored);
    workspace.message = said;
}

/// Another window deleted a project. What was typed here since is written again; otherwise the person is told.
pub fn gone_elsewhere(workspace: &mut Workspace, id: &ProjectId) {
    workspace.projects.retain(|project| project.id != *id || !matches!(project.held, Held::Stored));
    update_entry(workspace, id, |entry| match entry.draft {
        DraftState::Saved(_) | DraftState::Elsewhere(_) => entry.draft = DraftState::Gone,
        DraftState::Unsaved | DraftState::Failed(_) | DraftState::Gone | DraftState::Proposed => {}
    });
}

/// Everything stored is gone: what is in memory is written again.
pub fn storage_cleared(workspace: &mut Workspace) {
    workspace.projects.retain(|project| !matches!(project.held, Held::Stored));
    workspace.deleted.retain(|project| !matches!(project.held, Held::Stored));
    each_entry(workspace, |draft| match draft {
        DraftState::Saved(_) | DraftState::Elsewhere(_) | DraftState::Gone => true,
        DraftState::Unsaved | DraftState::Failed(_) | DraftState::Proposed => false,
    });
}

/// What could not be written is to be tried again.
pub fn save_again(workspace: &mut Workspace) {
    each_entry(workspace, |draft| matches!(draft, DraftState::Failed(_)));
}

/// Marks the drafts in this state as to be written.
fn each_entry(workspace: &mut Workspace, wanted: impl Fn(&DraftState) -> bool) {
    let ids: Vec<ProjectId> =
        workspace.loaded().filter(|(_, entry)| wanted(&entry.draft)).map(|(project, _)| project.id.clone()).collect();
    for id in ids {
        update_entry(workspace, &id, |entry| entry.draft = DraftState::Unsaved);
    }
}

/// Takes a project out of the list. It can be had back, as it was and with all that can be undone.
pub fn delete(workspace: &mut Workspace, id: &ProjectId) {
    let Some(at) = workspace.projects.iter().position(|project| project.id == *id) else { return };
    let project = workspace.projects.remove(at);
    let said = Message::plain(text::project_deleted(&project.name), vec![text::project_deleted_lead()]);
    workspace.deleted.retain(|known| known.id != *id);
    workspace.deleted.insert(0, project);
    if workspace.open.as_ref() == Some(id) {
        workspace.open = None;
        forget_place(workspace);
    }
    // There may be room now for what was refused.
    save_again(workspace);
    workspace.message = Some(Rc::new(Message { offer: Some(Offer::Restore(id.clone())), ..said }));
}

/// A deleted project is there again. One in memory is opened and written anew.
pub fn restore(workspace: &mut Workspace, id: &ProjectId) {
    let Some(at) = workspace.deleted.iter().position(|project| project.id == *id) else { return };
    let project = workspace.deleted.remove(at);
    workspace.message = None;
    let written_again = workspace.project(id).is_some();
    match &project.held {
        // Another window has written it meanwhile: what was deleted here comes back beside it.
        Held::Loaded(entry) if written_again => {
            let own = put_aside(workspace, entry, 0, None);
            let said = workspace.message.take();
            open(workspace, own);
            workspace.message = said;
        }
        Held::Loaded(entry) => {
            let entry = Entry { draft: DraftState::Unsaved, ..(**entry).clone() };
            workspace.projects.insert(0, Rc::new(Project { held: Held::Loaded(Rc::new(entry)), ..(*project).clone() }));
            open(workspace, id.clone());
        }
        Held::Stored | Held::Unreadable(_) if written_again => {}
        Held::Stored | Held::Unreadable(_) => workspace.projects.insert(0, project),
    }
}

/// A document was written, at this time of day. It may not be the present one any more.
pub fn saved(workspace: &mut Workspace, id: &ProjectId, document: &Rc<Document>, version: Version, at: String) {
    workspace.storage = None;
    update_entry(workspace, id, |entry| {
        entry.version = version;
        if Rc::ptr_eq(entry.document(), document) {
            entry.draft = DraftState::Saved(at);
        }
    });
}

pub fn save_failed(workspace: &mut Workspace, id: &ProjectId, reason: String) {
    workspace.storage = Some(Rc::from(reason.as_str()));
    update_entry(workspace, id, |entry| entry.draft = DraftState::Failed(reason));
}

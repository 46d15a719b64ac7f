//! Files that are being brought in.

use super::{projects, update_entry};
use crate::page::store::importing::{Accepted, ImportAction, Item, ItemState, Proposal};
use crate::page::store::{Action, Entry, Message, Offer, ProjectId, Workspace};
use crate::page::text;
use jixiao::document::Document;
use std::rc::Rc;

pub fn reduce(workspace: &mut Workspace, action: ImportAction) {
    match action {
        ImportAction::Begin(files) => {
            let importing = Rc::make_mut(workspace.importing.get_or_insert_default());
            importing.items.extend(files.into_iter().map(|(id, name)| Item { id, name, state: ItemState::Waiting }));
            workspace.message = None;
            super::reduce(workspace, Action::Close);
        }
        ImportAction::Refused(item, reason) => set(workspace, item, ItemState::Refused(reason)),
        ImportAction::Read { item, proposals, beside } => {
            let known = workspace.projects_of(item);
            let projects: Vec<ProjectId> = proposals.into_iter().map(|proposal| propose(workspace, proposal, &known)).collect();
            let gone: Vec<ProjectId> = known.into_iter().filter(|id| !projects.contains(id)).collect();
            gone.iter().for_each(|id| drop_proposal(workspace, id));
            set(workspace, item, ItemState::Read { projects, beside });
            open_if_alone(workspace);
        }
        ImportAction::Leave(item) => {
            if let Some(importing) = &mut workspace.importing {
                Rc::make_mut(importing).items.retain(|known| known.id != item);
            }
            end_if_empty(workspace);
        }
        ImportAction::Cancel => {
            if let Some(importing) = &mut workspace.importing {
                for item in Rc::make_mut(importing).items.iter_mut().filter(|item| item.state == ItemState::Waiting) {
                    item.state = ItemState::Cancelled;
                }
            }
        }
        ImportAction::Accept(id) => accept(workspace, id),
        ImportAction::GiveBack(accepted) => give_back(workspace, &accepted),
        ImportAction::Drop(Some(id)) => {
            drop_proposal(workspace, &id);
            end_if_empty(workspace);
        }
        ImportAction::Drop(None) => {
            workspace.proposals().iter().for_each(|id| drop_proposal(workspace, id));
            workspace.importing = None;
        }
    }
}

fn set(workspace: &mut Workspace, id: usize, state: ItemState) {
    let items = workspace.importing.as_mut().map(|importing| &mut Rc::make_mut(importing).items);
    if let Some(item) = items.and_then(|items| items.iter_mut().find(|item| item.id == id)) {
        item.state = state;
    }
}

/// Makes a project of a table, or changes the one that it is already. What was accepted stays as it is.
fn propose(workspace: &mut Workspace, proposal: Proposal, known: &[ProjectId]) -> ProjectId {
    let place = proposal.source.place();
    let same = |id: &&ProjectId| {
        let source = workspace.project(id).and_then(|project| project.entry()).and_then(|entry| entry.source.as_ref());
        source.is_some_and(|source| source.place() == place)
    };
    let id = known.iter().find(same).cloned().unwrap_or_else(|| proposal.id.clone());
    if workspace.project(&id).is_none() || workspace.is_proposal(&id) {
        projects::propose(workspace, id.clone(), proposal.document, proposal.source);
    }
    id
}

/// One table of one file needs no list.
fn open_if_alone(workspace: &mut Workspace) {
    let Some(importing) = &workspace.importing else { return };
    let proposals = workspace.proposals();
    let ([_], [only]) = (&importing.items[..], &proposals[..]) else { return };
    if workspace.open.as_ref() != Some(only) {
        super::reduce(workspace, Action::Open(only.clone()));
    }
}

fn accept(workspace: &mut Workspace, id: Option<ProjectId>) {
    let list = workspace.importing.as_deref().cloned();
    let ids = id.map_or_else(|| workspace.proposals(), |id| vec![id]);
    for id in &ids {
        update_entry(workspace, id, Entry::touch);
    }
    let offer = match &ids[..] {
        [id] if workspace.open.as_ref() == Some(id) => Some(Offer::Undo),
        _ => list.map(|list| Offer::GiveBack(Rc::new(Accepted { list, documents: documents(workspace, &ids) }))),
    };
    workspace.message = Some(Rc::new(Message { offer, ..Message::plain(text::accepted(ids.len()), Vec::new()) }));
    end_if_empty(workspace);
}

fn documents(workspace: &Workspace, ids: &[ProjectId]) -> Vec<(ProjectId, Rc<Document>)> {
    let document = |id: &ProjectId| Some((id.clone(), workspace.project(id)?.entry()?.document().clone()));
    ids.iter().filter_map(document).collect()
}

/// The list is there again, with what was taken from it as proposals.
fn give_back(workspace: &mut Workspace, accepted: &Accepted) {
    let ids = workspace.as_taken(accepted);
    for id in &ids {
        let Some(entry) = workspace.project(id).and_then(|project| project.entry()).cloned() else { continue };
        if let Some(source) = &entry.source {
            projects::propose(workspace, id.clone(), (**entry.document()).clone(), source.clone());
        }
    }
    let importing = Rc::make_mut(workspace.importing.get_or_insert_default());
    let known: Vec<usize> = importing.items.iter().map(|item| item.id).collect();
    let back = accepted.list.items.iter().filter(|item| !known.contains(&item.id));
    importing.items.extend(back.cloned());
    let kept = accepted.documents.len().saturating_sub(ids.len());
    let lines = if kept > 0 { vec![text::kept_accepted(kept)] } else { Vec::new() };
    super::reduce(workspace, Action::Close);
    workspace.message = Some(Rc::new(Message::plain(text::given_back(ids.len()), lines)));
}

fn drop_proposal(workspace: &mut Workspace, id: &ProjectId) {
    if workspace.is_proposal(id) {
        workspace.projects.retain(|project| project.id != *id);
        if workspace.open.as_ref() == Some(id) {
            super::reduce(workspace, Action::Close);
        }
    }
}

/// The list goes once nothing in it is left to decide. What was refused stays to be read.
fn end_if_empty(workspace: &mut Workspace) {
    let refused = |item: &Item| matches!(&item.state, ItemState::Refused(_) | ItemState::Waiting);
    let done = workspace.importing.as_ref().is_none_or(|importing| !importing.items.iter().any(refused));
    if done && workspace.proposals().is_empty() {
        workspace.importing = None;
    }
}

//! Files that are being brought in: what was found in each. A table becomes a project as soon as it is read; it stays a proposal, which
//! is stored nowhere, until it is accepted or written in.

use super::{DraftState, ProjectId, Source, Workspace};
use jixiao::document::Document;
use std::rc::Rc;

/// The files of one or more goes, in their order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Importing {
    pub items: Vec<Item>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    pub id: usize,
    /// The name of the file; blank for what was pasted.
    pub name: String,
    pub state: ItemState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ItemState {
    Waiting,
    /// Given up before it was read.
    Cancelled,
    /// Why nothing was read.
    Refused(String),
    Read {
        projects: Vec<ProjectId>,
        /// What is to be said beside the tables, as HTML.
        beside: String,
    },
}

/// Proposals that were taken together, so that they can be given back together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// The list as it was.
    pub list: Importing,
    /// As they were taken: one that was written in since stays.
    pub documents: Vec<(ProjectId, Rc<Document>)>,
}

/// A table that was found.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// For the project that it becomes, unless it is one already.
    pub id: ProjectId,
    pub document: Document,
    pub source: Rc<Source>,
}

#[derive(Clone, Debug)]
pub enum ImportAction {
    Begin(Vec<(usize, String)>),
    Refused(usize, String),
    Read {
        item: usize,
        proposals: Vec<Proposal>,
        beside: String,
    },
    /// A file comes in another way and leaves the list.
    Leave(usize),
    /// Gives up what was not read yet.
    Cancel,
    /// Takes a proposal, or all.
    Accept(Option<ProjectId>),
    /// Makes proposals again of what was taken together.
    GiveBack(Rc<Accepted>),
    /// Drops a proposal; all of them, and the list, where none is named.
    Drop(Option<ProjectId>),
}

impl Importing {
    /// How many files were read or refused.
    pub fn done(&self) -> usize {
        self.items.iter().filter(|item| item.state != ItemState::Waiting).count()
    }
}

impl Item {
    /// The projects that its tables became.
    pub fn projects(&self) -> &[ProjectId] {
        match &self.state {
            ItemState::Read { projects, .. } => projects,
            ItemState::Waiting | ItemState::Cancelled | ItemState::Refused(_) => &[],
        }
    }
}

impl Workspace {
    fn items(&self) -> &[Item] {
        self.importing.as_ref().map_or(&[], |importing| &importing.items)
    }

    /// The file that a project was found in.
    pub fn item_of(&self, project: &str) -> Option<usize> {
        let item = self.items().iter().find(|item| item.projects().iter().any(|id| **id == *project))?;
        Some(item.id)
    }

    /// The projects that the tables of a file became.
    pub fn projects_of(&self, item: usize) -> Vec<ProjectId> {
        self.items().iter().find(|known| known.id == item).map_or_else(Vec::new, |item| item.projects().to_vec())
    }

    /// The proposals, in the order of the list.
    pub fn proposals(&self) -> Vec<ProjectId> {
        self.items().iter().flat_map(Item::projects).filter(|id| self.is_proposal(id)).cloned().collect()
    }

    /// Those of the taken projects that nobody has written in since, here or in another window.
    pub fn as_taken(&self, accepted: &Accepted) -> Vec<ProjectId> {
        let is_same = |(id, document): &&(ProjectId, Rc<Document>)| {
            let entry = self.project(id).and_then(|project| project.entry());
            entry.is_some_and(|entry| match entry.draft {
                DraftState::Unsaved | DraftState::Saved(_) | DraftState::Failed(_) => Rc::ptr_eq(entry.document(), document),
                DraftState::Elsewhere(_) | DraftState::Gone | DraftState::Proposed => false,
            })
        };
        accepted.documents.iter().filter(is_same).map(|(id, _)| id.clone()).collect()
    }

    /// Whether a project is neither accepted nor written in.
    pub fn is_proposal(&self, id: &str) -> bool {
        self.project(id).and_then(|project| project.entry()).is_some_and(|entry| entry.draft == DraftState::Proposed)
    }
}

use super::{Dialog, Drawer, Message, ProjectId, Tab};
use jixiao::document::{CellId, Document, Edit, RowId};
use jixiao::template::{Profile, TableIndex};
use serde_json::Value;
use std::rc::Rc;

/// Everything that can happen, as plain values.
#[derive(Clone, Debug)]
pub enum Action {
    /// A new project, from a form, a copy or a file.
    Add { id: ProjectId, document: Box<Document> },
    /// A project that was read from the browser's storage, now opened.
    Loaded { id: ProjectId, document: Box<Document>, revision: u32, saved_at: String },
    Unreadable { id: ProjectId, reason: String },
    /// A project that another window has added.
    Listed { id: ProjectId, name: String, about: String },
    Open(ProjectId),
    /// Back to the page that chooses a form.
    Close,
    Delete(ProjectId),

    /// The cell of this name holds this text now.
    Typed { name: String, text: String },
    Pasted { name: String, block: Vec<Vec<String>> },
    Edit(Edit),
    /// A cell got the keyboard focus, or lost it.
    Focused(String),
    Left,
    Undo,
    Redo,
    Move(Move),
    AddRow(Option<(TableIndex, Option<RowId>)>),
    CopyRow(Option<(TableIndex, RowId)>),
    RemoveRow(Option<(TableIndex, RowId)>),
    MoveRow(Option<(TableIndex, RowId)>, i32),
    /// To a cell that a finding or an explanation names.
    Go(CellId),
    NextFinding,

    Saved { id: ProjectId, document: Rc<Document>, revision: u32, at: String },
    SaveFailed { id: ProjectId, reason: String },
    Elsewhere(ProjectId),
    FileSaved { id: ProjectId, document: Rc<Document>, at: String },

    SetProfile(String),
    AddProfile(Rc<Profile>, Rc<Value>),

    Show(Tab),
    Dialog(Dialog),
    Drawer(Drawer),
    ToggleLarge,
    Annex(bool),
    Say(Message),
    Hush,
}

/// Where the keyboard takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
}

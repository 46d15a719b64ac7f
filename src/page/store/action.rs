use super::{CalculatorAction, Dialog, Drawer, Message, ProjectId, Tab, View};
use jixiao::document::{CellId, Document, Edit, RowId};
use jixiao::template::{Profile, TableIndex};
use serde_json::Value;
use std::rc::Rc;

/// Everything that can happen, as plain values.
#[derive(Clone, Debug)]
pub enum Action {
    /// A new project, from a form, a copy or a file.
    Add {
        id: ProjectId,
        document: Box<Document>,
    },
    /// A project that was read from the browser's storage, now opened.
    Loaded {
        id: ProjectId,
        document: Box<Document>,
        revision: u32,
        saved_at: String,
    },
    Unreadable {
        id: ProjectId,
        reason: String,
    },
    /// Another window has written this project.
    WrittenElsewhere {
        id: ProjectId,
        revision: u32,
        name: String,
        about: String,
    },
    /// Drops what is in memory; what is stored stays.
    Forget(ProjectId),
    Open(ProjectId),
    /// Back to the page that chooses a form.
    Close,
    Delete(ProjectId),

    /// The cell of this name holds this text now.
    Typed {
        name: String,
        text: String,
    },
    Pasted {
        name: String,
        block: Vec<Vec<String>>,
    },
    Edit(Edit),
    /// An edit from beside the paper: the focus stays where it is.
    SetAlone(Edit),
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

    Saved {
        id: ProjectId,
        document: Rc<Document>,
        revision: u32,
        at: String,
    },
    SaveFailed {
        id: ProjectId,
        reason: String,
    },
    Elsewhere(ProjectId),
    FileSaved {
        document: Rc<Document>,
        at: String,
    },

    SetProfile(String),
    AddProfile {
        profile: Rc<Profile>,
        value: Rc<Value>,
        text: Rc<str>,
    },

    Show(Tab),
    View(View),
    /// Opens a section of the report for writing, or closes it.
    Write(Option<CellId>),
    Dialog(Dialog),
    Calculator(CalculatorAction),
    Drawer(Drawer),
    ToggleLarge,
    Annex(bool),
    Charts(bool),
    Landscape(bool),
    Say(Message),
    Hush,
}

/// Where the keyboard takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
}

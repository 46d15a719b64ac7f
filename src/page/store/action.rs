use super::paste::Laid;
use super::{CalculatorAction, Dialog, Drawer, ImportAction, Message, ProjectId, Source, Tab, Version, View};
use crate::page::field::FieldName;
use jixiao::document::{CellId, Document, Edit, RowId};
use jixiao::finding::Finding;
use jixiao::number::Magnitude;
use jixiao::paper::Parts;
use jixiao::template::{ColumnIndex, Profile, TableIndex};
use serde_json::Value;
use std::rc::Rc;

/// Everything that can happen, as plain values.
#[derive(Clone, Debug)]
pub enum Action {
    /// A new project, from a form, a copy or a file.
    Add {
        id: ProjectId,
        document: Box<Document>,
        /// Whether it stands nowhere else yet, as a copy does; a form, an example and a file can be opened again.
        own: bool,
    },
    /// A project that was read from the browser's storage, now opened.
    Loaded(ProjectId, Box<Stored>),
    Unreadable {
        id: ProjectId,
        reason: String,
    },
    /// Another window has written this project.
    WrittenElsewhere(ProjectId, Written),
    /// Another window has deleted this project.
    GoneElsewhere(ProjectId),
    /// What was stored is not there any more.
    StorageCleared,
    /// Whether the browser keeps anything was tried: why not, where it does not.
    StorageTried(Option<Rc<str>>),
    /// Takes what another window wrote. What stands here is kept as a project of its own, where it differs.
    TakeOther(ProjectId, Box<Stored>),
    /// Keeps what stands here as a project of its own, beside what another window wrote.
    KeepAside(ProjectId),
    /// What stands here was written under an id of its own, since another window had written the project.
    KeptAside {
        id: ProjectId,
        own: ProjectId,
        written: Written,
        document: Rc<Document>,
        version: Version,
        at: String,
    },
    Open(ProjectId),
    /// Back to the page that chooses a form.
    Close,
    Delete(ProjectId),
    /// A deleted project is there again.
    Restore(ProjectId),

    /// The field holds this text now.
    Typed {
        field: FieldName,
        text: String,
        how: How,
    },
    /// Nothing was typed for a while.
    Pause,
    Pasted(Box<Laid>),
    Edit(Edit),
    /// Changes what a finding proposes, with all that follows from it.
    Mend(Box<Finding>),
    /// An edit from beside the paper: the focus stays where it is.
    SetAlone(Edit),
    /// A field got the keyboard focus.
    Focused {
        field: FieldName,
        /// By the page; otherwise someone chose the field.
        given: bool,
    },
    /// A field lost it, to another field or to none.
    Left {
        to_field: bool,
    },
    /// Draws one row's cell apart from those that it is printed as one with, to be written by itself.
    Split(CellId),
    Undo,
    Redo,
    Move(Move),
    /// Opens the menu of a row, that of the selected cell where none is named.
    RowMenu(Option<(TableIndex, RowId)>),
    /// Closes it. The keyboard goes back to the cell that it was in, unless a press elsewhere has taken it.
    CloseRowMenu {
        back: bool,
    },
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
        version: Version,
        at: String,
    },
    SaveFailed {
        id: ProjectId,
        reason: String,
    },
    /// Tries to write once more what could not be written.
    SaveAgain,
    FileSaved {
        document: Rc<Document>,
        at: String,
    },

    SetProfile(String),
    /// 换算 or 只改单位
    ChangeUnit {
        unit: Magnitude,
        convert: bool,
    },
    ShowColumn {
        table: TableIndex,
        column: ColumnIndex,
        shown: bool,
    },
    AddProfile {
        profile: Rc<Profile>,
        value: Rc<Value>,
        /// Whether the open project is to be scored by it.
        take: bool,
    },

    /// Puts a version that stood there before in the place of the open document.
    TakeBack {
        document: Rc<Document>,
        at: String,
    },
    /// Takes away a profile that the person brought.
    RemoveProfile(String),

    Show(Tab),
    View(View),
    /// Opens a section of the report for writing, or closes it.
    Write(Option<CellId>),
    Dialog(Dialog),
    /// What a dialog of this project waited for, in its place. Where it was closed meanwhile it stays closed.
    Answer {
        project: ProjectId,
        dialog: Dialog,
    },
    Calculator(CalculatorAction),
    Import(ImportAction),
    /// Shows the table that the open project was brought in from, or hides it.
    ToggleSource,
    Drawer(Drawer),
    ToggleLarge,
    Annex(bool),
    Charts(bool),
    Landscape(bool),
    /// Which parts a Word document or a page gets.
    Parts(Parts),
    Say(Message),
    Hush,
}

/// How a text came into its field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// Key by key.
    Keys,
    /// At once: pasted, dropped, put in by an input method or by the browser.
    Whole,
}

/// A project as it was read from the browser's storage.
#[derive(Clone, Debug)]
pub struct Stored {
    pub document: Document,
    pub version: Version,
    pub saved_at: String,
    /// Which of the versions kept aside from what another window wrote this is; 0 for none.
    pub aside: u32,
    /// The table of a file that it was brought in from, where that was kept.
    pub source: Option<Rc<Source>>,
    /// What there is to say of how it was read.
    pub notices: Vec<String>,
}

/// What another window wrote, as far as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub version: Version,
    pub name: String,
    pub about: String,
}

/// Where the keyboard takes the focus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Up,
    Down,
}

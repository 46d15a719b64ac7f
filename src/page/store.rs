//! Everything the page knows, and every way it may change. Pure: no browser in here, so it is tested natively.

mod action;
pub mod calculator;
pub mod choices;
mod entry;
pub mod importing;
pub mod paste;
mod reduce;
mod source;
#[cfg(test)]
mod tests;

pub use action::{Action, How, Move, Stored, Written};
pub use calculator::{Calculator, CalculatorAction};
pub use entry::{DraftState, Editing, Entry, FileState, Version};
pub use importing::{Accepted, ImportAction, Importing};
pub use source::Source;

use super::text;
use jixiao::document::{CellId, Document, RowId};
use jixiao::number::Magnitude;
use jixiao::paper::Parts;
use jixiao::paste::Pasted;
use jixiao::template::{Library, TableIndex};
use std::rc::Rc;
use yew::{Reducible, UseReducerDispatcher};

pub type ProjectId = Rc<str>;
pub type Dispatch = UseReducerDispatcher<Workspace>;

/// The whole state of the page.
#[derive(Clone)]
pub struct Workspace {
    pub library: Rc<Library>,
    /// A name that no other window has: what this window writes bears it.
    pub window: Rc<str>,
    /// Counts the projects that this window made by itself, and all that it ever held.
    made: u32,
    /// All projects of this browser, the one used last first.
    pub projects: Vec<Rc<Project>>,
    pub open: Option<ProjectId>,
    /// Deleted a while ago at most, and still to be had back; the last one first.
    pub deleted: Vec<Rc<Project>>,
    /// Why this browser keeps nothing, as far as is known.
    pub storage: Option<Rc<str>>,
    /// The cell whose explanation is shown. It stays when the focus moves to a button beside it.
    pub selected: Option<CellId>,
    /// A cell that is to get the keyboard focus. The number makes two requests for one cell differ.
    pub focus: Option<(u32, CellId)>,
    /// How often the focus was asked for.
    pub asked: u32,
    /// The finding that F8 went to last.
    pub finding: Option<usize>,
    pub tab: Tab,
    /// What lies on the desk: the table or the report.
    pub view: View,
    /// The section of the report that is being written.
    pub writing: Option<CellId>,
    pub dialog: Dialog,
    /// The row whose menu is open.
    pub menu: Option<(TableIndex, RowId)>,
    pub calculator: Rc<Calculator>,
    /// Files that are being brought in.
    pub importing: Option<Rc<Importing>>,
    /// Whether the table that the open project was brought in from is shown beside it.
    pub shows_source: bool,
    pub drawer: Drawer,
    pub large: bool,
    /// Whether the print gets the annex with the explanation of every number.
    pub annex: bool,
    /// Whether the print gets the charts.
    pub charts: bool,
    /// Which parts a Word document or a page gets.
    pub parts: Parts,
    /// Whether the print lies on its side; where nothing was chosen, as the form is usually printed.
    pub landscape: Option<bool>,
    pub message: Option<Rc<Message>>,
    /// What came of the last paste, while something of it is left over or asked.
    pub pasted: Option<Rc<Pasted>>,
    /// What the screen reader hears: changes when a cell is left, not with every key.
    pub announced: Rc<str>,
}

/// A project as the list shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Project {
    pub id: ProjectId,
    pub name: String,
    /// Form and year, below the name.
    pub about: String,
    pub held: Held,
}

/// How much of a project is in memory.
#[derive(Clone, Debug, PartialEq)]
pub enum Held {
    /// In the browser's storage only.
    Stored,
    /// With its history; it may be open or not.
    Loaded(Rc<Entry>),
    /// Its stored text can't be read. It is kept as it is.
    Unreadable(String),
}

/// What lies on the desk, and is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// 自评表
    Table,
    /// 自评报告
    Report,
}

/// The pages of the inspector.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    Findings,
    Formula,
    Profile,
    Charts,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dialog {
    None,
    Help,
    Print,
    /// 导出
    Export,
    Rates,
    /// 金额单位, with the one that is chosen and not yet taken.
    Unit(Magnitude),
    /// 显示的列
    Columns,
    /// What the last paste left over, and what it asks.
    Pasted,
    /// A whole table was pasted into an open one.
    Table(Rc<paste::Table>),
    /// 历史版本; nothing while they are read.
    Past(Option<Rc<[Past]>>),
    /// 套用模板: what went where, as HTML; nothing while it is read.
    Template(Option<Rc<str>>),
}

impl Dialog {
    /// Whether it is open before there is anything in it.
    pub fn waits(&self) -> bool {
        matches!(self, Dialog::Past(None) | Dialog::Template(None))
    }
}

/// A version of the open project that can be looked at and had back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    pub at: String,
    pub document: Rc<Document>,
    /// What was changed from here to the next version, in words.
    pub then: Vec<String>,
    /// In what it differs from what stands there now.
    pub now: Vec<String>,
}

/// What slides over the paper on a phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawer {
    None,
    Projects,
    Inspector,
}

/// Something that has to be said once, above the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    pub serious: bool,
    pub title: String,
    pub lines: Vec<String>,
    pub offer: Option<Offer>,
}

/// What can be taken back right where it is said that it was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Offer {
    /// The last step, as long as it is the last.
    Undo,
    /// Has a deleted project back.
    Restore(ProjectId),
    /// Shows what a paste left over, and what it asks.
    Pasted,
    /// Writes into another file, or over what somebody else has written into this one.
    Home { over: bool },
    /// Makes proposals again of projects that were taken together.
    GiveBack(Rc<Accepted>),
}

impl Project {
    /// What is in memory of it.
    pub fn entry(&self) -> Option<&Rc<Entry>> {
        match &self.held {
            Held::Loaded(entry) => Some(entry),
            Held::Stored | Held::Unreadable(_) => None,
        }
    }
}

impl Message {
    pub fn plain(title: String, lines: Vec<String>) -> Message {
        Message { serious: false, title, lines, offer: None }
    }

    pub fn serious(title: String, lines: Vec<String>) -> Message {
        Message { serious: true, title, lines, offer: None }
    }

    /// Several messages as one, so that none takes the place of another.
    pub fn together(mut messages: Vec<Message>) -> Option<Message> {
        if messages.len() < 2 {
            return messages.pop();
        }
        let serious = messages.iter().any(|message| message.serious);
        let lines = messages.into_iter().flat_map(|message| std::iter::once(message.title).chain(message.lines)).collect();
        Some(Message { serious, ..Message::plain(text::several_files().to_owned(), lines) })
    }
}

impl Workspace {
    pub fn new(library: Library, window: Rc<str>, projects: Vec<Project>, deleted: Vec<Project>) -> Workspace {
        Workspace {
            library: Rc::new(library),
            window,
            made: 0,
            projects: projects.into_iter().map(Rc::new).collect(),
            open: None,
            deleted: deleted.into_iter().map(Rc::new).collect(),
            storage: None,
            selected: None,
            focus: None,
            asked: 0,
            finding: None,
            tab: Tab::Findings,
            view: View::Table,
            writing: None,
            dialog: Dialog::None,
            menu: None,
            calculator: Rc::default(),
            importing: None,
            shows_source: false,
            drawer: Drawer::None,
            large: false,
            annex: false,
            charts: false,
            parts: Parts::TABLE,
            landscape: None,
            message: None,
            pasted: None,
            announced: Rc::from(""),
        }
    }

    pub fn project(&self, id: &str) -> Option<&Rc<Project>> {
        self.projects.iter().find(|project| &*project.id == id)
    }

    /// Whether the print lies on its side: as the person chose, or as the form is usually printed.
    pub fn lies(&self) -> bool {
        self.landscape.unwrap_or_else(|| self.entry().is_some_and(|entry| entry.template.form.landscape))
    }

    /// The projects in memory.
    pub fn loaded(&self) -> impl Iterator<Item = (&Rc<Project>, &Rc<Entry>)> {
        self.projects.iter().filter_map(|project| Some((project, project.entry()?)))
    }

    /// The open project, where one is.
    pub fn entry(&self) -> Option<&Rc<Entry>> {
        self.project(self.open.as_deref()?)?.entry()
    }
}

/// The workspace after an action, for when it is not shown yet.
pub fn reduced(mut workspace: Workspace, action: Action) -> Workspace {
    reduce::reduce(&mut workspace, action);
    workspace
}

impl Reducible for Workspace {
    type Action = Action;

    fn reduce(self: Rc<Self>, action: Action) -> Rc<Self> {
        let mut next = Rc::unwrap_or_clone(self);
        reduce::reduce(&mut next, action);
        Rc::new(next)
    }
}

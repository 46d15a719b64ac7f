//! Everything the page knows, and every way it may change. Pure: no browser in here, so it is tested natively.

mod action;
pub mod calculator;
mod entry;
mod reduce;
#[cfg(test)]
mod tests;

pub use action::{Action, Move};
pub use calculator::{Calculator, CalculatorAction};
pub use entry::{DraftState, Entry, FileState};

use jixiao::document::{CellId, is_block};
use jixiao::template::{CellKind, Library};
use std::rc::Rc;
use yew::{Reducible, UseReducerDispatcher};

/// Before the name of a field that sets its cell alone, not the cells that are printed as one with it.
pub const ALONE: &str = "alone:";

pub type ProjectId = Rc<str>;
pub type Dispatch = UseReducerDispatcher<Workspace>;

/// The whole state of the page.
#[derive(Clone)]
pub struct Workspace {
    pub library: Rc<Library>,
    /// All projects of this browser, the one used last first.
    pub projects: Vec<Rc<Project>>,
    pub open: Option<ProjectId>,
    /// The cell whose explanation is shown. It stays when the focus moves to a button beside it.
    pub selected: Option<CellId>,
    /// A cell that is to get the keyboard focus. The number makes two requests for one cell differ.
    pub focus: Option<(u32, CellId)>,
    /// The finding that F8 went to last.
    pub finding: Option<usize>,
    pub tab: Tab,
    /// What lies on the desk: the table or the report.
    pub view: View,
    /// The section of the report that is being written.
    pub writing: Option<CellId>,
    pub dialog: Dialog,
    pub calculator: Rc<Calculator>,
    pub drawer: Drawer,
    pub large: bool,
    /// Whether the print gets the annex with the explanation of every number.
    pub annex: bool,
    /// Whether the print gets the charts.
    pub charts: bool,
    /// Whether the print lies on its side; where nothing was chosen, as the form is usually printed.
    pub landscape: Option<bool>,
    pub message: Option<Rc<Message>>,
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
    Rates,
    Delete(ProjectId),
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
}

impl Workspace {
    pub fn new(library: Library, projects: Vec<Project>, large: bool) -> Workspace {
        Workspace {
            library: Rc::new(library),
            projects: projects.into_iter().map(Rc::new).collect(),
            open: None,
            selected: None,
            focus: None,
            finding: None,
            tab: Tab::Findings,
            view: View::Table,
            writing: None,
            dialog: Dialog::None,
            calculator: Rc::default(),
            drawer: Drawer::None,
            large,
            annex: false,
            charts: false,
            landscape: None,
            message: None,
            announced: Rc::from(""),
        }
    }

    pub fn project(&self, id: &str) -> Option<&Rc<Project>> {
        self.projects.iter().find(|project| &*project.id == id)
    }

    /// Whether a pasted text is spread over cells. In a cell for prose, lines without tabs are just lines, and outside of the tables
    /// there is nothing to spread over; such a text goes in where the caret stands.
    pub fn takes_block(&self, name: &str, text: &str) -> bool {
        let Some(entry) = self.entry() else { return false };
        let cell = CellId::from_name(name, &entry.template.form);
        match cell {
            Some(cell @ CellId::Row { .. }) => {
                is_block(text) && (text.contains('\t') || cell.kind(&entry.template.form) != CellKind::Prose)
            }
            Some(CellId::Fixed(_)) | None => false,
        }
    }

    /// Whether the print lies on its side: as the person chose, or as the form is usually printed.
    pub fn lies(&self) -> bool {
        self.landscape.unwrap_or_else(|| self.entry().is_some_and(|entry| entry.template.form.landscape))
    }

    /// The open project, where one is.
    pub fn entry(&self) -> Option<&Rc<Entry>> {
        match &self.project(self.open.as_deref()?)?.held {
            Held::Loaded(entry) => Some(entry),
            Held::Stored | Held::Unreadable(_) => None,
        }
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

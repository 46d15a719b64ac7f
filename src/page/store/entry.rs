use super::{Source, Written};
use jixiao::document::{CellId, Document, History};
use jixiao::engine::Evaluation;
use jixiao::evaluate;
use jixiao::layout::{Field, Held, Sheet, layout, layout_while_writing};
use jixiao::order::SortedSet;
use jixiao::recognise::excuse;
use jixiao::template::{Role, Template};
use std::rc::Rc;

/// A project in memory: what was typed, and everything that follows from it.
#[derive(Clone, Debug)]
pub struct Entry {
    pub template: Template,
    pub history: History,
    pub evaluation: Rc<Evaluation>,
    pub sheet: Rc<Sheet>,
    pub draft: DraftState,
    /// What this window last read or wrote in the browser's storage.
    pub version: Version,
    pub file: FileState,
    /// Tells entries apart on the page. It stays when the entry becomes a project of its own, so that typing goes on undisturbed.
    pub key: u32,
    /// Whether it stands nowhere else, though nothing was typed yet: a copy.
    pub own: bool,
    /// Which of the versions kept aside from what another window wrote this is; 0 for none.
    pub aside: u32,
    pub editing: Option<Editing>,
    /// The table of a file that it was brought in from.
    pub source: Option<Rc<Source>>,
}

/// The cell that has the focus, and all that what is typed there goes into. It was settled when the focus came: what the texts have
/// in common with their neighbours while someone types is chance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Editing {
    pub cell: CellId,
    /// The cell first, then those that were printed as one with it.
    pub cells: Vec<CellId>,
}

/// A write to the browser's storage: the how-manieth of its project, and by which window. Two windows notice each other by it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Version {
    pub revision: u32,
    pub writer: Rc<str>,
}

/// Where the draft in the browser's storage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Changed; about to be written.
    Unsaved,
    /// Written and read back, at this time of day.
    Saved(String),
    Failed(String),
    /// Another window has written this project, and nothing was typed here since. What is typed now becomes a project of its own.
    Elsewhere(Rc<Written>),
    /// Another window has deleted this project, and nothing was typed here since.
    Gone,
    /// Brought in and not accepted yet: it is not written.
    Proposed,
}

/// Where the file on disk stands.
#[derive(Clone, Debug)]
pub enum FileState {
    Never,
    Saved { at: String, document: Rc<Document> },
}

impl PartialEq for Entry {
    /// Entries are compared by what they share, since comparing whole documents would cost more than drawing them.
    fn eq(&self, other: &Entry) -> bool {
        Rc::ptr_eq(self.history.document(), other.history.document())
            && Rc::ptr_eq(&self.evaluation, &other.evaluation)
            && Rc::ptr_eq(&self.sheet, &other.sheet)
            && self.history.can_undo() == other.history.can_undo()
            && self.history.can_redo() == other.history.can_redo()
            && self.draft == other.draft
            && self.version == other.version
            && self.key == other.key
            && self.file_time() == other.file_time()
            && self.source.as_ref().map(Rc::as_ptr) == other.source.as_ref().map(Rc::as_ptr)
    }
}

impl Entry {
    pub fn new(template: Template, document: Document) -> Entry {
        Entry::brought(template, document, None)
    }

    /// The same for a table of a file.
    pub fn brought(template: Template, document: Document, source: Option<Rc<Source>>) -> Entry {
        let evaluation = evaluated(&template, &document, source.as_deref());
        let sheet = layout(&template, &document, &evaluation, None);
        Entry {
            template,
            history: History::new(document),
            evaluation: Rc::new(evaluation),
            sheet: Rc::new(sheet),
            draft: DraftState::Unsaved,
            version: Version::default(),
            file: FileState::Never,
            key: 0,
            own: false,
            aside: 0,
            editing: None,
            source,
        }
    }

    pub fn document(&self) -> &Rc<Document> {
        self.history.document()
    }

    /// Computes everything anew after a change. Lines of the sheet that did not change stay the same objects.
    pub fn refresh(&mut self) {
        let evaluation = evaluated(&self.template, self.history.document(), self.source.as_deref());
        self.evaluation = Rc::new(evaluation);
        self.sheet = Rc::new(self.laid_out());
        self.touch();
    }

    fn laid_out(&self) -> Sheet {
        let held = self.held();
        layout_while_writing(&self.template, self.history.document(), &self.evaluation, Some(&self.sheet), held.as_ref())
    }

    /// The rows that stay one cell while it is being written.
    fn held(&self) -> Option<Held> {
        let editing = self.editing.as_ref()?;
        let CellId::Row { table, column, .. } = editing.cell else { return None };
        self.template.form.table(table)?.column(column).filter(|def| def.merge)?;
        let mut held = Held { table, column, rows: SortedSet::new() };
        held.rows.extend(editing.cells.iter().filter_map(|cell| match cell {
            CellId::Row { row, .. } => Some(*row),
            CellId::Fixed(_) => None,
        }));
        Some(held)
    }

    /// Begins to write a cell. What is typed goes into these cells until the focus leaves.
    pub fn write(&mut self, editing: Editing) {
        self.release();
        self.editing = Some(editing);
        if self.held().is_some() {
            self.lay_out_again();
        }
    }

    /// Ends the writing of a cell: its neighbours may be printed as one with it now.
    pub fn release(&mut self) {
        let held = self.held();
        self.editing = None;
        if held.is_some() {
            self.lay_out_again();
        }
    }

    fn lay_out_again(&mut self) {
        let sheet = self.laid_out();
        if sheet != *self.sheet {
            self.sheet = Rc::new(sheet);
        }
    }

    /// What typing in a cell stands for, as the sheet shows it now.
    pub fn group(&self, cell: CellId) -> Editing {
        let merged = self.field(cell).filter(|field| field.id == cell).map_or(&[][..], |field| &field.merged);
        Editing { cell, cells: std::iter::once(cell).chain(merged.iter().copied()).collect() }
    }

    /// Marks the draft as to be written, unless another window has it. A proposal is accepted by that, which is one step from the blank form.
    pub fn touch(&mut self) {
        match self.draft {
            DraftState::Elsewhere(_) => {}
            DraftState::Proposed => {
                self.history.begin_with(Document::blank(&self.template.form));
                self.draft = DraftState::Unsaved;
            }
            DraftState::Unsaved | DraftState::Saved(_) | DraftState::Failed(_) | DraftState::Gone => {
                self.draft = DraftState::Unsaved
            }
        }
    }

    /// Whether something stands here that would be missed: typed since it was opened, or a copy.
    pub fn is_work(&self) -> bool {
        self.own || self.history.can_undo() || self.history.can_redo()
    }

    /// Whether neither the browser's storage nor a file holds what a person did here.
    pub fn is_unkept(&self) -> bool {
        let stored = match self.draft {
            DraftState::Saved(_) | DraftState::Elsewhere(_) | DraftState::Gone | DraftState::Proposed => true,
            DraftState::Unsaved | DraftState::Failed(_) => false,
        };
        !stored && self.is_work() && !self.file_time().is_some_and(|(_, current)| current)
    }

    /// The field that shows a cell: its own, or the merged one that covers it.
    pub fn field(&self, cell: CellId) -> Option<&Field> {
        self.sheet.fields().find(|field| field.id == cell || field.merged.contains(&cell))
    }

    pub fn role_text(&self, role: Role) -> &str {
        self.template.form.role(role).map_or("", |at| self.document().fixed(at).text().trim())
    }

    /// When the file on disk was written, and whether it is still what the page shows.
    pub fn file_time(&self) -> Option<(&str, bool)> {
        match &self.file {
            FileState::Never => None,
            FileState::Saved { at, document } => Some((at, Rc::ptr_eq(document, self.document()))),
        }
    }
}

/// A form on which nothing was typed has no faults to show, though weights of its own may not add up yet; nor has a cell that is blank only
/// because nobody understood what the file says there.
fn evaluated(template: &Template, document: &Document, source: Option<&Source>) -> Evaluation {
    let mut evaluation = evaluate(template, document);
    let doubtful = source.map(|source| source.doubtful(&template.form)).unwrap_or_default();
    if !doubtful.is_empty() {
        excuse(&mut evaluation.findings, |cell| doubtful.contains(&cell));
    }
    if document.is_untouched(&template.form) {
        evaluation.findings.clear();
    }
    evaluation
}

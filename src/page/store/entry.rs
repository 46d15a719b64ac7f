use jixiao::document::{CellId, Document, History};
use jixiao::engine::Evaluation;
use jixiao::evaluate;
use jixiao::layout::{Content, Field, Sheet, layout};
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
    /// Counts the writes to the browser's storage, so that two windows notice each other.
    pub revision: u32,
    pub file: FileState,
}

/// Where the draft in the browser's storage stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftState {
    /// Changed; about to be written.
    Unsaved,
    /// Written and read back, at this time of day.
    Saved(String),
    Failed(String),
    /// Another window has written this project; nothing is written until the person decides.
    Elsewhere,
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
            && self.revision == other.revision
            && self.file_time() == other.file_time()
    }
}

impl Entry {
    pub fn new(template: Template, document: Document) -> Entry {
        let evaluation = evaluated(&template, &document);
        let sheet = layout(&template, &document, &evaluation, None);
        Entry {
            template,
            history: History::new(document),
            evaluation: Rc::new(evaluation),
            sheet: Rc::new(sheet),
            draft: DraftState::Unsaved,
            revision: 0,
            file: FileState::Never,
        }
    }

    pub fn document(&self) -> &Rc<Document> {
        self.history.document()
    }

    /// Computes everything anew after a change. Lines of the sheet that did not change stay the same objects.
    pub fn refresh(&mut self) {
        let evaluation = evaluated(&self.template, self.history.document());
        self.sheet = Rc::new(layout(&self.template, self.history.document(), &evaluation, Some(&self.sheet)));
        self.evaluation = Rc::new(evaluation);
        self.touch();
    }

    /// Marks the draft as to be written, unless another window has it.
    pub fn touch(&mut self) {
        match self.draft {
            DraftState::Elsewhere => {}
            DraftState::Unsaved | DraftState::Saved(_) | DraftState::Failed(_) => self.draft = DraftState::Unsaved,
        }
    }

    /// Every field of the sheet, in the order of reading.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        let rows = self.sheet.sections.iter().flat_map(|section| &section.rows);
        let in_lines = rows.flat_map(|row| &row.cells).filter_map(|cell| match &cell.content {
            Content::Field(field) => Some(&**field),
            Content::Label(_) => None,
        });
        in_lines.chain(self.sheet.sign.iter().filter_map(|part| part.field.as_ref()))
    }

    /// The field that shows a cell: its own, or the merged one that covers it.
    pub fn field(&self, cell: CellId) -> Option<&Field> {
        self.fields().find(|field| field.id == cell || field.merged.contains(&cell))
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

/// A form on which nothing was typed has no faults to show, though weights of its own may not add up yet.
fn evaluated(template: &Template, document: &Document) -> Evaluation {
    let mut evaluation = evaluate(template, document);
    if document.is_untouched(&template.form) {
        evaluation.findings.clear();
    }
    evaluation
}

use super::{CellId, Document, Edit, apply};
use crate::prelude::*;
use crate::template::Form;

/// How many steps can be undone. Rows are shared between steps, so a step costs little more than what it changed.
const MOST_STEPS: usize = 500;

/// Undo and redo of everything, by whole documents: no pair of edits to keep in step, so nothing can be forgotten.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<Step>,
    present: Rc<Document>,
    future: Vec<Step>,
    /// The cell that is being typed into: further typing there belongs to the same step.
    typing: Option<CellId>,
}

/// A document that can be gone back to, and where the change beside it was.
#[derive(Clone, Debug)]
pub struct Step {
    document: Rc<Document>,
    at: Option<CellId>,
}

impl History {
    pub fn new(document: Document) -> History {
        History { past: Vec::new(), present: Rc::new(document), future: Vec::new(), typing: None }
    }

    pub fn document(&self) -> &Rc<Document> {
        &self.present
    }

    /// Applies an edit. Typing on in the same cell is one step, until [`History::pause`].
    pub fn edit(&mut self, form: &Form, edit: &Edit) {
        let next = apply(&self.present, form, edit);
        if next == *self.present {
            return;
        }
        let (at, typing) = match edit {
            Edit::Set { cell, .. } => (Some(*cell), Some(*cell)),
            Edit::SetMany(cells) => {
                // Typing in a merged cell sets several cells at once and is still typing.
                let first = cells.first().map(|(cell, _)| *cell);
                (first, first)
            }
            Edit::Paste { at, .. } => (Some(*at), None),
            Edit::AddRow { .. } | Edit::CopyRow { .. } | Edit::RemoveRow { .. } | Edit::MoveRow { .. } | Edit::SetProfile(_) => {
                (None, None)
            }
        };
        let before = core::mem::replace(&mut self.present, Rc::new(next));
        if typing.is_none() || typing != self.typing {
            self.past.push(Step { document: before, at });
            if self.past.len() > MOST_STEPS {
                self.past.remove(0);
            }
        }
        self.future.clear();
        self.typing = typing;
    }

    /// Ends the present step: the next typing in the same cell starts a new one.
    pub fn pause(&mut self) {
        self.typing = None;
    }

    /// Goes back one step, and tells which cell changed.
    pub fn undo(&mut self) -> Option<Option<CellId>> {
        let step = self.past.pop()?;
        let document = core::mem::replace(&mut self.present, step.document);
        self.future.push(Step { document, at: step.at });
        self.typing = None;
        Some(step.at)
    }

    /// Goes forward again, and tells which cell changed.
    pub fn redo(&mut self) -> Option<Option<CellId>> {
        let step = self.future.pop()?;
        let document = core::mem::replace(&mut self.present, step.document);
        self.past.push(Step { document, at: step.at });
        self.typing = None;
        Some(step.at)
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

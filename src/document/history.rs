use super::{CellId, Document, Edit, apply};
use crate::prelude::*;
use crate::template::Form;

/// How many steps can be undone. Rows are shared between steps, so a step costs little more than what it changed.
const MOST_STEPS: usize = 2000;

/// Undo and redo of everything, by whole documents: no pair of edits to keep in step, so nothing can be forgotten.
///
/// Nothing that was ever the present is lost by going on from an earlier step either: what was undone then lies in the past too.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<Step>,
    present: Rc<Document>,
    future: Vec<Step>,
    /// The last change, while further typing beside it belongs to the same step.
    typing: Option<Typing>,
}

/// A document that can be gone back to, and where the change beside it was.
#[derive(Clone, Debug)]
pub struct Step {
    document: Rc<Document>,
    at: Option<CellId>,
}

/// A change of one text, counted in characters: what was there from `from` on gave way to something else.
#[derive(Clone, Copy, Debug)]
struct Typing {
    cell: CellId,
    from: usize,
    removed: usize,
    added: usize,
}

impl Typing {
    /// What turns one text into the other, as short as it can be told.
    fn between(cell: CellId, old: &str, new: &str) -> Typing {
        let same = |(a, b): &(char, char)| a == b;
        let from = old.chars().zip(new.chars()).take_while(same).count();
        let (old_rest, new_rest) = (old.chars().count().saturating_sub(from), new.chars().count().saturating_sub(from));
        let shorter = old_rest.min(new_rest);
        let tail = old.chars().rev().zip(new.chars().rev()).take(shorter).take_while(same).count();
        Typing { cell, from, removed: old_rest.saturating_sub(tail), added: new_rest.saturating_sub(tail) }
    }

    /// Whether `next` goes on where this change ended: more text behind what was put in, or more taken away beside what is gone.
    /// Taking away what was put in does not go on, or going back would not find it.
    fn goes_on(&self, next: &Typing) -> bool {
        if self.cell != next.cell {
            return false;
        }
        let writes = self.added > 0 && next.removed == 0 && next.from == self.from.saturating_add(self.added);
        let beside = next.from == self.from || next.from.saturating_add(next.removed) == self.from;
        let erases = self.added == 0 && next.added == 0 && beside;
        writes || erases
    }
}

impl History {
    pub fn new(document: Document) -> History {
        History { past: Vec::new(), present: Rc::new(document), future: Vec::new(), typing: None }
    }

    /// Puts a document before everything: what was first here was made of it, in one step.
    pub fn begin_with(&mut self, document: Document) {
        self.past.insert(0, Step { document: Rc::new(document), at: None });
    }

    pub fn document(&self) -> &Rc<Document> {
        &self.present
    }

    /// Puts another document in the place of the present one, as one step.
    pub fn replace(&mut self, document: Document) {
        if document != *self.present {
            let before = core::mem::replace(&mut self.present, Rc::new(document));
            self.begin_step(before, None);
            self.typing = None;
        }
    }

    /// Applies an edit. Typing on in the same place is one step, until [`History::pause`].
    pub fn edit(&mut self, form: &Form, edit: &Edit) {
        let next = apply(&self.present, form, edit);
        if next == *self.present {
            return;
        }
        let (at, typing) = (edit.first_cell(), edit.typing());
        let typing = typing.map(|(cell, text)| Typing::between(cell, self.present.typed(cell).text(), text));
        let before = core::mem::replace(&mut self.present, Rc::new(next));
        if !self.typing.zip(typing).is_some_and(|(last, next)| last.goes_on(&next)) {
            self.begin_step(before, at);
        }
        self.typing = typing;
    }

    /// What stood there before a change can be gone back to. The oldest steps give way.
    fn begin_step(&mut self, before: Rc<Document>, at: Option<CellId>) {
        self.keep_undone(&before);
        self.past.push(Step { document: before, at });
        let excess = self.past.len().saturating_sub(MOST_STEPS);
        self.past.drain(..excess);
    }

    /// Puts what was undone into the past, as if it had been done again and then undone by hand: the way forward, and back to
    /// where the next change begins.
    fn keep_undone(&mut self, present: &Rc<Document>) {
        let mut from = present.clone();
        while let Some(step) = self.future.pop() {
            self.past.push(Step { document: core::mem::replace(&mut from, step.document), at: step.at });
            if self.future.is_empty() {
                self.past.push(Step { document: from.clone(), at: step.at });
            }
        }
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

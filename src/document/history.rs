use super::{CellId, Document, Edit, Row, Typed, apply};
use crate::prelude::*;
use crate::template::Form;

/// How many steps can be undone. Rows are shared between steps, so a step costs little more than what it changed.
const MOST_STEPS: usize = 2000;
/// And how many bytes all of them may take: a text of megabytes is there once for each step that changed it.
const MOST_BYTES: usize = 32 << 20;

/// Undo and redo of everything, by whole documents: no pair of edits to keep in step, so nothing can be forgotten.
///
/// Nothing that was ever the present is lost by going on from an earlier step either: what was undone then lies in the past too.
#[derive(Clone, Debug)]
pub struct History {
    past: Vec<Step>,
    /// What the steps of the past take, in bytes.
    bytes: usize,
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
    /// What it takes beyond what it shares with the document beside it, in bytes.
    bytes: usize,
}

impl Step {
    /// A document that gave way to another, with the change at a cell.
    fn new(document: Rc<Document>, at: Option<CellId>, beside: &Document) -> Step {
        Step { bytes: own_bytes(&document, beside), document, at }
    }
}

/// What a document takes beyond what it shares with another, in bytes: its lists, and the rows and texts that are not the very same.
fn own_bytes(document: &Document, beside: &Document) -> usize {
    const WORD: usize = size_of::<usize>();
    // A text and how it reads, without the text itself.
    const TEXT: usize = size_of::<super::Entry>();
    let texts = |own: &[Typed], other: &[Typed]| -> usize {
        let shared = |at: usize, typed: &Typed| match (&typed.0, other.get(at).map(|other| &other.0)) {
            (Some(own), Some(Some(other))) => Rc::ptr_eq(own, other),
            (own, _) => own.is_none(),
        };
        let own = own.iter().enumerate().filter(|(at, typed)| !shared(*at, typed));
        own.map(|(_, typed)| TEXT.saturating_add(typed.text().len())).fold(0, usize::saturating_add)
    };
    let row = |own: &Rc<Row>, other: Option<&Rc<Row>>| match other {
        Some(other) if Rc::ptr_eq(own, other) => 0,
        other => {
            let cells = other.map_or(&[][..], |other| &other.cells);
            texts(&own.cells, cells).saturating_add(own.cells.len().saturating_mul(WORD)).saturating_add(size_of::<Row>())
        }
    };
    let mut bytes = texts(&document.cells, &beside.cells).saturating_add(document.cells.len().saturating_mul(WORD));
    for (table, rows) in document.tables.iter().enumerate() {
        let others = beside.tables.get(table).map_or(&[][..], Vec::as_slice);
        bytes = bytes.saturating_add(rows.len().saturating_mul(WORD));
        // Rows that moved up or down are the same all the same, as far as they are looked for: one row away, as adding and removing does.
        for (at, own) in rows.iter().enumerate() {
            let near = [at, at.saturating_add(1), at.saturating_sub(1)].into_iter().filter_map(|at| others.get(at));
            let same = near.into_iter().find(|other| Rc::ptr_eq(own, other)).or(others.get(at));
            bytes = bytes.saturating_add(row(own, same));
        }
    }
    bytes
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
        History { past: Vec::new(), bytes: 0, present: Rc::new(document), future: Vec::new(), typing: None }
    }

    /// Puts a document before everything: what was first here was made of it, in one step.
    pub fn begin_with(&mut self, document: Document) {
        let after = self.past.first().map_or(&self.present, |step| &step.document);
        let step = Step::new(Rc::new(document), None, after);
        self.bytes = self.bytes.saturating_add(step.bytes);
        self.past.insert(0, step);
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
        let step = Step::new(before, at, &self.present);
        self.push(step);
        let mut excess = self.past.len().saturating_sub(MOST_STEPS);
        let mut bytes = self.past.iter().take(excess).fold(self.bytes, |bytes, step| bytes.saturating_sub(step.bytes));
        // The last step is always there.
        while let Some(step) = self.past.get(excess).filter(|_| bytes > MOST_BYTES && excess.saturating_add(1) < self.past.len())
        {
            bytes = bytes.saturating_sub(step.bytes);
            excess = excess.saturating_add(1);
        }
        self.past.drain(..excess);
        self.bytes = bytes;
    }

    fn push(&mut self, step: Step) {
        self.bytes = self.bytes.saturating_add(step.bytes);
        self.past.push(step);
    }

    /// Puts what was undone into the past, as if it had been done again and then undone by hand: the way forward, and back to
    /// where the next change begins.
    fn keep_undone(&mut self, present: &Rc<Document>) {
        let mut from = present.clone();
        while let Some(step) = self.future.pop() {
            let before = core::mem::replace(&mut from, step.document);
            self.push(Step::new(before, step.at, &from));
            if self.future.is_empty() {
                self.push(Step::new(from.clone(), step.at, present));
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
        self.bytes = self.bytes.saturating_sub(step.bytes);
        let document = core::mem::replace(&mut self.present, step.document);
        // What lies ahead is never more than what lay behind.
        self.future.push(Step { document, at: step.at, bytes: step.bytes });
        self.typing = None;
        Some(step.at)
    }

    /// Goes forward again, and tells which cell changed.
    pub fn redo(&mut self) -> Option<Option<CellId>> {
        let step = self.future.pop()?;
        let document = core::mem::replace(&mut self.present, step.document);
        let at = step.at;
        let step = Step::new(document, at, &self.present);
        self.push(step);
        self.typing = None;
        Some(at)
    }

    /// What the steps that can be undone take, in bytes.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    pub fn can_undo(&self) -> bool {
        !self.past.is_empty()
    }

    pub fn can_redo(&self) -> bool {
        !self.future.is_empty()
    }
}

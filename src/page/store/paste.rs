//! Pasting into the open table: what a text is taken for, and what is said about a block.

use super::{Message, Offer, ProjectId, Workspace};
use crate::page::field::FieldName;
use crate::page::text;
use jixiao::document::{CellId, Document};
use jixiao::layout::Geometry;
use jixiao::paste::{Pasted, cell_of, is_even};
use jixiao::template::CellKind;
use std::rc::Rc;

/// What a pasted text is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The browser puts it in where the caret stands.
    AsItIs,
    /// One cell, without what its program put around it; it goes in where the caret stands.
    Cell(String),
    /// Cells, from this one on.
    Block(CellId),
}

/// What was pasted into an open table: a whole one waits until a person says what is to become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it was pasted.
    pub into: ProjectId,
    pub at: CellId,
    /// As it was on the clipboard.
    pub html: String,
    pub plain: String,
}

impl Table {
    /// Whether it says which cells are merged.
    pub fn has_layout(&self) -> bool {
        self.html.to_ascii_lowercase().contains("<table")
    }
}

/// What was pasted as it lies over the table.
#[derive(Clone, Debug)]
pub struct Laid {
    pub into: ProjectId,
    pub at: CellId,
    /// What it was laid over.
    pub over: Rc<Document>,
    pub pasted: Pasted,
    /// What is to be said beside what came of it.
    pub note: Option<String>,
}

impl Workspace {
    /// What a pasted text is taken for in a field.
    pub fn take(&self, field: &FieldName, text: &str) -> Taken {
        let Some(at) = self.takes_block(field, text) else {
            let cell = cell_of(text).unwrap_or_else(|| text.trim_end_matches(['\r', '\n']).to_owned());
            let free = field.cell().is_some_and(|cell| self.is_report(cell));
            return if free || cell == text { Taken::AsItIs } else { Taken::Cell(cell) };
        };
        Taken::Block(at)
    }

    fn is_report(&self, cell: CellId) -> bool {
        let form = self.entry().map(|entry| &entry.template.form);
        matches!(cell, CellId::Fixed(at) if form.is_some_and(|form| form.is_report(at)))
    }

    /// The cell from which on a text is spread over cells. Where words are written, lines without tabs are just lines, and prose may have
    /// tabs of its own: it is a block where all its lines have the same.
    fn takes_block(&self, field: &FieldName, text: &str) -> Option<CellId> {
        let FieldName::Cell(cell) = field else { return None };
        let entry = self.entry().filter(|_| cell_of(text).is_none() && !self.is_report(*cell))?;
        // What stands outside of the lines has nothing beside it.
        Geometry::of(&entry.sheet).place(*cell)?;
        let kind = cell.kind(&entry.template.form);
        let fixed = matches!(cell, CellId::Fixed(_));
        let takes = match kind {
            CellKind::Prose if fixed => is_even(text),
            CellKind::Prose => text.contains('\t'),
            CellKind::Text | CellKind::Value if fixed => text.contains('\t'),
            _ => true,
        };
        takes.then_some(*cell)
    }
}

/// Puts in what was laid over the cells, and says what came of it. What finds no place is kept at hand until the next paste.
pub fn pasted(workspace: &mut Workspace, laid: Laid) {
    let Laid { into, at, over, pasted, note } = laid;
    // Reading takes its time, and meanwhile a person may have gone on: to another project, or to rows that are numbered on.
    let fits = |document: &Document| document.next_row == over.next_row && document.form == over.form;
    let there = workspace.open.as_ref() == Some(&into);
    if !there || !workspace.entry().is_some_and(|entry| fits(entry.document())) {
        workspace.message = Some(Rc::new(Message::serious(text::pasted_too_late(there), Vec::new())));
        return;
    }
    super::reduce::release(workspace);
    if let Some(edit) = &pasted.edit {
        super::reduce::edit_apart(workspace, edit);
    }
    super::reduce::ask_focus(workspace, at);
    let plainly = note.is_some();
    let open = !pasted.left.is_empty() || !pasted.asked.is_empty();
    let title = text::pasted(&pasted);
    let lines: Vec<String> = note.into_iter().chain(text::pasted_rest(&pasted)).collect();
    let offer = if open { Some(Offer::Pasted) } else { pasted.edit.as_ref().map(|_| Offer::Undo) };
    workspace.message = Some(Rc::new(Message { serious: open || plainly || pasted.edit.is_none(), title, lines, offer }));
    workspace.pasted = open.then(|| Rc::new(pasted));
}

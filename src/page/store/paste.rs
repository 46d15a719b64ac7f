//! Pasting into the open table: what a text is taken for, and what is said about a block.

use super::{Dialog, Message, Offer, ProjectId, Workspace};
use crate::page::field::FieldName;
use crate::page::text;
use jixiao::document::CellId;
use jixiao::layout::Geometry;
use jixiao::paste::{Block, cell_of, is_table, paste};
use jixiao::template::{CellKind, Labels};
use std::rc::Rc;

/// What a pasted text is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// The browser puts it in where the caret stands.
    AsItIs,
    /// One cell, without what its program put around it; it goes in where the caret stands.
    Cell(String),
    /// Cells, from this one on.
    Block(CellId, Rc<Block>),
    /// More cells than any table has.
    TooLarge,
}

/// A whole table that was pasted into an open one, until a person says what is to become of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// Where it was pasted.
    pub into: ProjectId,
    pub at: CellId,
    pub block: Rc<Block>,
    /// As it was on the clipboard.
    pub html: String,
    pub plain: String,
}

impl Table {
    /// What is asked about a block that is a whole table; `None` for a part of one.
    pub fn asked(self) -> Option<Dialog> {
        is_table(&self.block, &Labels::builtin()).then(|| Dialog::Table(Rc::new(self)))
    }
}

impl Workspace {
    /// What a pasted text is taken for in a field.
    pub fn take(&self, field: &FieldName, text: &str) -> Taken {
        let Some(at) = self.takes_block(field, text) else {
            let cell = cell_of(text).unwrap_or_else(|| text.trim_end_matches(['\r', '\n']).to_owned());
            let free = field.cell().is_some_and(|cell| self.is_report(cell));
            return if free || cell == text { Taken::AsItIs } else { Taken::Cell(cell) };
        };
        Block::of_text(text).map_or(Taken::TooLarge, |block| Taken::Block(at, Rc::new(block)))
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
            CellKind::Prose if fixed => Block::of_text(text).is_ok_and(|block| block.is_even()),
            CellKind::Prose => text.contains('\t'),
            CellKind::Text | CellKind::Value if fixed => text.contains('\t'),
            _ => true,
        };
        takes.then_some(*cell)
    }
}

/// Lays a block over the cells, and says what came of it. What finds no place is kept at hand until the next paste.
pub fn pasted(workspace: &mut Workspace, into: &ProjectId, at: CellId, block: &Block) {
    // Reading takes its time, and meanwhile a person may have gone on to another project.
    if workspace.open.as_ref() != Some(into) {
        workspace.message = Some(Rc::new(Message::serious(text::pasted_too_late(), Vec::new())));
        return;
    }
    super::reduce::release(workspace);
    let Some(entry) = workspace.entry() else { return };
    let pasted = paste(&entry.template.form, entry.document(), &entry.sheet, at, block, &Labels::builtin());
    if let Some(edit) = &pasted.edit {
        super::reduce::edit_apart(workspace, edit);
    }
    super::reduce::ask_focus(workspace, at);
    let open = !pasted.left.is_empty() || !pasted.asked.is_empty();
    let (title, lines) = (text::pasted(&pasted), text::pasted_rest(&pasted));
    let offer = if open { Some(Offer::Pasted) } else { pasted.edit.as_ref().map(|_| Offer::Undo) };
    workspace.message = Some(Rc::new(Message { serious: open || pasted.edit.is_none(), title, lines, offer }));
    workspace.pasted = open.then(|| Rc::new(pasted));
}

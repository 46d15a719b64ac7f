//! Cuts a section into tables, so that its column titles stand first: only such titles repeat on every printed page, in a browser and in
//! Word alike.

use super::cell::{CellView, Content, SheetRow};
use super::sheet::Section;
use crate::prelude::*;

/// One `<table>`.
#[derive(Clone, Debug)]
pub struct Part {
    pub head: Option<Rc<SheetRow>>,
    pub body: Vec<Rc<SheetRow>>,
}

/// The tables of a section: a new one begins at every line of column titles that follows other lines.
pub fn parts(section: &Section) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for row in &section.rows {
        match parts.last_mut() {
            Some(part) if !row.heading => part.body.push(row.clone()),
            _ if row.heading => parts.push(Part { head: Some(row.clone()), body: Vec::new() }),
            _ => parts.push(Part { head: None, body: vec![row.clone()] }),
        }
    }
    parts
}

/// The cell at the left of a block, which begins in the line of titles and has to go on beside the body.
pub fn side(head: &SheetRow) -> Option<(&CellView, u16)> {
    let cell = head.cells.first()?;
    let below = cell.row_span.checked_sub(1).filter(|below| *below > 0)?;
    Some((cell, below))
}

/// Words of a label; blank for a field.
pub fn label(cell: &CellView) -> &str {
    match &cell.content {
        Content::Label(text) => text,
        Content::Field(_) => "",
    }
}

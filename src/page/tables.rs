//! Cuts a section into tables, so that its column titles can be a `<thead>`: only that repeats on every printed page.

use jixiao::layout::{CellView, Content, Section, SheetRow};
use std::rc::Rc;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::page::store::Entry;
    use jixiao::document::Document;
    use jixiao::template::Library;

    #[test]
    fn every_line_is_in_exactly_one_table() {
        let (library, _) = Library::builtin();
        for form in &library.forms {
            let template = library.template(&form.id, "").unwrap();
            let entry = Entry::new(template, Document::blank(form));
            for section in &entry.sheet.sections {
                let parts = parts(section);
                let lines = parts.iter().flat_map(|part| part.head.iter().chain(&part.body)).count();
                assert_eq!(lines, section.rows.len(), "{}", form.id);
                // A side label that began in the titles must end within the body of the same table.
                for part in &parts {
                    let below = part.head.as_deref().and_then(side).map_or(0, |(_, below)| below);
                    assert!(usize::from(below) <= part.body.len(), "{}", form.id);
                }
            }
        }
    }
}

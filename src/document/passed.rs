//! A document as text between programs of one build, which know the same forms: names of cells and what stands in them. Nothing of it is
//! ever stored, and unknown parts of a saved file stay behind.

use super::{CellId, Document, Extra, Row, RowId, Typed, edit};
use crate::prelude::*;
use crate::template::{ColumnIndex, Form, TableIndex, amount_unit, amount_unit_name};
use crate::wire::{PIECE, joined, plain};

/// The texts of a document with their cells; what is blank is not told.
fn texts(document: &Document) -> impl Iterator<Item = (CellId, &Typed)> {
    let fixed = (0..).zip(&document.cells).map(|(at, typed)| (CellId::Fixed(at), typed));
    let rows = (0..).zip(&document.tables).flat_map(|(table, rows)| {
        rows.iter().flat_map(move |row| {
            (0..).zip(&row.cells).map(move |(column, typed)| (CellId::Row { table, row: row.id, column }, typed))
        })
    });
    fixed.chain(rows).filter(|(_, typed)| !typed.text().is_empty())
}

/// What [`read`] makes the document of again. Of the separators it has [`PIECE`] alone.
pub fn write(document: &Document, form: &Form) -> String {
    let shown = document.columns.iter().map(|((table, column), shown)| format!("{table} {column} {shown}"));
    let ids = |rows: &Vec<Rc<Row>>| rows.iter().map(|row| row.id.to_string()).collect::<Vec<_>>().join(" ");
    let head = [
        document.form.clone(),
        document.profile.clone(),
        amount_unit_name(document.unit).to_owned(),
        document.next_row.to_string(),
        shown.collect::<Vec<_>>().join(","),
    ];
    let cells = texts(document).flat_map(|(cell, typed)| [cell.name(form), plain(typed.text())]);
    let pieces: Vec<String> = head.into_iter().chain(document.tables.iter().map(ids)).chain(cells).collect();
    joined(&pieces, PIECE)
}

/// `None` where the text was not written by [`write`], or for a form that is not known.
pub fn read<'f>(text: &str, forms: &'f [Rc<Form>]) -> Option<(&'f Rc<Form>, Document)> {
    let mut pieces = text.split(PIECE);
    let id = pieces.next()?;
    let form = forms.iter().find(|form| form.id == id)?;
    let mut document = Document::blank(form);
    pieces.next()?.clone_into(&mut document.profile);
    document.unit = amount_unit(pieces.next()?)?;
    document.next_row = pieces.next()?.parse().ok()?;
    for shown in pieces.next()?.split(',').filter(|shown| !shown.is_empty()) {
        let mut parts = shown.split(' ');
        let (table, column): (TableIndex, ColumnIndex) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        document.columns.insert((table, column), parts.next()? == "true");
    }
    for (rows, def) in document.tables.iter_mut().zip(&form.tables) {
        let row = |id: &str| {
            let id: RowId = id.parse().ok()?;
            Some(Rc::new(Row { id, cells: vec![Typed::default(); def.columns.len()], extra: Extra::new() }))
        };
        *rows = pieces.next()?.split(' ').filter(|id| !id.is_empty()).map(row).collect::<Option<_>>()?;
    }
    document.index.forget();
    while let Some(name) = pieces.next() {
        edit::set(&mut document, CellId::from_name(name, form)?, pieces.next()?);
    }
    Some((form, document))
}

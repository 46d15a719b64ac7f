//! Plain lines and cells laid down as they come, without a look at their words: what the page does by itself.

use super::target::{Field, Target, What};
use super::text::{Rows, without_end};
use super::{Asked, Left, Pasted, Why, comma};
use crate::document::{CellId, Document, Edit, RowId, room};
use crate::layout::Sheet;
use crate::prelude::*;
use crate::template::{CellKind, Form};

/// Lays the lines of a text over the lines of the sheet from a cell on, and what stands between tabs over the cells beside each other.
/// Titles in its first line are known by what the form itself prints.
pub fn lines(form: &Form, document: &Document, sheet: &Sheet, at: CellId, text: &str) -> Pasted {
    let target = Target::of(form, document, sheet);
    let mut pasted = Pasted::default();
    let mut cells: Vec<(CellId, String)> = Vec::new();
    let place = target.find(at);
    let mut line = place.map(|(line, _)| line);
    let from = place.map_or(0, |(_, slot)| slot);
    let mut more: Option<(crate::template::TableIndex, usize)> = None;
    let mut next_row = document.next_row;
    let titles = line.map(|line| target.titles(form, line)).unwrap_or_default();
    for (row, texts) in (Rows { rest: without_end(text), quotes_close: true }).enumerate() {
        let is_title = |text: &String| titles.iter().any(|(title, _)| same(title, text));
        if row == 0 && texts.iter().any(|text| !text.is_empty()) && texts.iter().all(|text| text.is_empty() || is_title(text)) {
            pasted.headings = 1;
            continue;
        }
        let mut to = None;
        if let Some((_, left)) = &mut more {
            to = Some(next_row).filter(|_| *left > 0);
            match left.checked_sub(1) {
                Some(fewer) => *left = fewer,
                None => line = None,
            }
        }
        let own = line.and_then(|line| target.lines.get(line)).filter(|line| line.is_open());
        let before = cells.len();
        for (column, text) in texts.into_iter().enumerate() {
            let slot = own.map(|line| line.slots.get(from.saturating_add(column)));
            let why = match slot.map(|slot| slot.map(|slot| &slot.what)) {
                _ if text.trim().is_empty()
                    && !matches!(slot, Some(Some(slot)) if slot.field().is_some_and(|field| !field.merge)) =>
                {
                    continue;
                }
                None => Why::Below,
                Some(None) => Why::Beyond,
                Some(Some(What::Cell(field))) if !field.locked => {
                    let cell = of_row(field, to);
                    if field.kind.is_numeric() || field.kind == CellKind::Value {
                        let options = comma::options(&text);
                        if !options.is_empty() {
                            pasted.asked.push(Asked { cell, text: text.clone(), options });
                        }
                    }
                    pasted.columns = pasted.columns.max(column.saturating_add(1));
                    let old = document.typed(cell).text();
                    pasted.overwritten += usize::from(!old.trim().is_empty() && old != text);
                    cells.push((cell, text));
                    continue;
                }
                Some(Some(_)) => Why::Given,
            };
            pasted.left.push(Left { row, column, text, why });
        }
        if cells.len() > before {
            pasted.rows += 1;
            if to.is_some() {
                next_row = next_row.saturating_add(1);
                pasted.added += 1;
            }
        }
        // On to the next line of the same table or block; below the last row of a table that grows to a new one.
        if let (Some(at), None, Some(own)) = (line, more, own) {
            let below = target.lines.get(at.saturating_add(1)).filter(|below| below.block == own.block && below.is_open());
            match (own.table(), below.and_then(|below| below.table())) {
                (Some(table), below) if below != Some(table) => more = Some((table, room(document, form, table))),
                (Some(_), _) => line = Some(at.saturating_add(1)),
                (None, _) => line = below.map(|_| at.saturating_add(1)),
            }
        }
    }
    if let Some((at, _)) = cells.first() {
        let rows = more.filter(|_| pasted.added > 0).map(|(table, _)| (table, pasted.added)).into_iter().collect();
        pasted.edit = Some(Edit::Paste { at: *at, rows, cells });
    }
    pasted
}

fn of_row(field: &Field, to: Option<RowId>) -> CellId {
    match (field.id, to) {
        (CellId::Row { table, column, .. }, Some(row)) => CellId::Row { table, row, column },
        (id, _) => id,
    }
}

fn same(title: &str, text: &str) -> bool {
    let bare = |text: &str| text.chars().filter(|char| !char.is_whitespace()).collect::<String>();
    bare(title) == bare(text)
}

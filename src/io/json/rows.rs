//! The rows of a saved document. A fixed table (固定行) always comes out with all rows of its form.

use super::MOST_ROWS;
use super::raw::{self, Raw, misfit};
use super::reading::{Found, pointer};
use crate::document::{Document, Extra, Row, RowId, Typed};
use crate::io::{ImportError, Limit, Misfit, Notice, Place};
use crate::prelude::*;
use crate::template::{Form, TableDef};
use alloc::collections::BTreeSet;

/// Ids above this are given anew, so that there is always room for more rows.
const HIGHEST_ID: RowId = 1_000_000_000;

/// A row as it was read; its id is settled when all rows are known.
struct Draft {
    id: Option<RowId>,
    cells: Vec<Typed>,
    extra: Extra,
}

pub fn read(
    mut tables: BTreeMap<String, Raw<'_>>,
    form: &Form,
    document: &mut Document,
    found: &mut Found,
) -> Result<(), ImportError> {
    let mut ids = Ids::default();
    let mut count = 0_usize;
    let mut drafts = Vec::new();
    for def in &form.tables {
        let place = || Place::Table(def.id.clone());
        let items = tables.remove(&def.id).map(|raw| raw::list(raw, place)).transpose()?.unwrap_or_default();
        count = count.saturating_add(items.len());
        if count > MOST_ROWS {
            return Err(ImportError::TooLarge(Limit::Rows { most: MOST_ROWS }));
        }
        let rows = items.into_iter().zip(1..).map(|(raw, row)| draft(raw, row, def, &mut ids, found));
        let rows = rows.collect::<Result<Vec<Draft>, ImportError>>()?;
        drafts.push(if def.fixed { merged(def, rows, found) } else { rows });
    }
    document.next_row = ids.highest.saturating_add(1);
    document.tables = drafts.into_iter().map(|rows| rows.into_iter().map(|row| settled(row, document)).collect()).collect();
    if ids.refused > 0 {
        found.notices.push(Notice::RowIds { count: ids.refused });
    }
    for (name, value) in tables {
        let pointer = pointer(&["tables", &name]);
        found.keep(Place::Table(name), pointer, value);
    }
    Ok(())
}

/// The ids in use.
#[derive(Default)]
struct Ids {
    taken: BTreeSet<RowId>,
    highest: RowId,
    refused: usize,
}

impl Ids {
    /// The id of a row, unless it is missing, unusable or taken.
    fn take(&mut self, raw: Option<Raw<'_>>) -> Option<RowId> {
        let raw = raw.filter(|raw| !raw::is_null(raw))?;
        let id = raw::whole(raw).filter(|id| (1..=HIGHEST_ID).contains(id) && self.taken.insert(*id));
        match id {
            Some(id) => self.highest = self.highest.max(id),
            None => self.refused = self.refused.saturating_add(1),
        }
        id
    }
}

fn draft(raw: Raw<'_>, row: usize, def: &TableDef, ids: &mut Ids, found: &mut Found) -> Result<Draft, ImportError> {
    let place = || Place::Row { table: def.id.clone(), row };
    if raw::is_null(raw) {
        return Err(misfit(place(), Misfit::NotAnObject));
    }
    let mut parts = raw::object(raw, place)?;
    let id = ids.take(parts.remove("id"));
    let mut cells = Vec::with_capacity(def.columns.len());
    for column in &def.columns {
        let place = || Place::RowCell { table: def.id.clone(), row, column: column.id.clone() };
        let text = parts.remove(&column.id).map(|raw| raw::text(raw, place)).transpose()?.unwrap_or_default();
        cells.push(Typed::new(&text));
    }
    let mut extra = Extra::new();
    for (column, value) in parts {
        extra.insert(column.clone(), raw::compact(value));
        found.unknown.push(Place::RowCell { table: def.id.clone(), row, column });
    }
    Ok(Draft { id, cells, extra })
}

fn settled(row: Draft, document: &mut Document) -> Rc<Row> {
    let id = row.id.unwrap_or(document.next_row);
    if row.id.is_none() {
        document.next_row = document.next_row.saturating_add(1);
    }
    Rc::new(Row { id, cells: row.cells, extra: row.extra })
}

/// The rows of a fixed table: those of the form in its order, each with what the file says of it, then rows of the file that
/// belong to none of them.
///
/// A row of the file belongs to the row of the form whose given texts it repeats, or else to the one at its own position.
fn merged(def: &TableDef, rows: Vec<Draft>, found: &mut Found) -> Vec<Draft> {
    let mut slots: Vec<Option<Draft>> = def.skeleton.iter().map(|_| None).collect();
    let mut left = Vec::new();
    for (position, row) in rows.into_iter().enumerate() {
        let free = |at: &usize| matches!(slots.get(*at), Some(None));
        let same = |at: &usize| free(at) && def.skeleton.get(*at).is_some_and(|texts| repeats(def, texts, &row));
        let here = Some(position).filter(same);
        let at = here.or_else(|| (0..slots.len()).find(same).filter(|_| names_anything(def, &row)));
        match at.and_then(|at| slots.get_mut(at)) {
            Some(slot) => *slot = Some(row),
            None => left.push((position, row)),
        }
    }
    let mut foreign = Vec::new();
    let mut others = Vec::new();
    for (position, row) in left {
        let at = if names_anything(def, &row) { Some(position) } else { slots.iter().position(Option::is_none) };
        match at.and_then(|at| slots.get_mut(at)).filter(|slot| slot.is_none()) {
            Some(slot) => {
                if names_anything(def, &row) {
                    others.push(position.saturating_add(1));
                }
                *slot = Some(row);
            }
            None => foreign.push(row),
        }
    }
    if !others.is_empty() {
        found.notices.push(Notice::OtherTexts { table: def.name.clone(), rows: others });
    }
    if !foreign.is_empty() {
        found.notices.push(Notice::ForeignRows { table: def.name.clone(), count: foreign.len() });
    }
    let filled = def.skeleton.iter().zip(slots).map(|(texts, row)| with_given(def, texts, row));
    filled.chain(foreign).collect()
}

/// Whether a row repeats the given texts of a row of the form, as far as it says them at all.
fn repeats(def: &TableDef, texts: &[String], row: &Draft) -> bool {
    let columns = def.columns.iter().zip(texts).zip(&row.cells);
    columns.filter(|((column, _), _)| column.locked).all(|((_, text), cell)| cell.is_blank() || cell.text() == text)
}

/// Whether a row says any of the texts that the form gives.
fn names_anything(def: &TableDef, row: &Draft) -> bool {
    def.columns.iter().zip(&row.cells).any(|(column, cell)| column.locked && !cell.is_blank())
}

/// A row of the form with what the file says: given texts are filled in, the rest is the file's alone.
fn with_given(def: &TableDef, texts: &[String], row: Option<Draft>) -> Draft {
    match row {
        None => Draft { id: None, cells: texts.iter().map(|text| Typed::new(text)).collect(), extra: Extra::new() },
        Some(mut row) => {
            for ((column, text), cell) in def.columns.iter().zip(texts).zip(&mut row.cells) {
                if column.locked && cell.is_blank() {
                    *cell = Typed::new(text);
                }
            }
            row
        }
    }
}

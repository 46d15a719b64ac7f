//! The rows of a saved document. A fixed table (固定行) always comes out with all rows of its form.

use super::MOST_ROWS;
use super::found::{Found, pointer};
use super::raw::{self, Map, Raw, misfit};

use crate::document::{Document, Extra, Row, RowId, Typed};
use crate::io::{ImportError, Limit, Misfit, Notice, Place};
use crate::prelude::*;
use crate::template::{Form, TableDef};

/// Ids above this are given anew, so that there is always room for more rows.
const HIGHEST_ID: RowId = 1_000_000_000;

/// A row as it was read; its id is settled when all rows are known.
struct Draft {
    id: Option<RowId>,
    cells: Vec<Typed>,
    extra: Extra,
}

pub fn read(mut tables: Map<'_>, form: &Form, document: &mut Document, found: &mut Found) -> Result<(), ImportError> {
    let mut ids = Ids::default();
    let mut count = 0_usize;
    let mut drafts = Vec::new();
    for def in &form.tables {
        let place = || Place::Table(def.id.clone());
        let items = tables.remove(def.id.as_str()).map(|raw| raw::list(raw, place)).transpose()?.unwrap_or_default();
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
        found.keep(Place::Table(name.into_owned()), pointer, value);
    }
    Ok(())
}

/// The ids in use.
#[derive(Default)]
struct Ids {
    taken: SortedSet<RowId>,
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
        let text = parts.remove(column.id.as_str()).map(|raw| raw::text(raw, place)).transpose()?.unwrap_or_default();
        cells.push(Typed::new(&text));
    }
    let mut extra = Extra::new();
    for (column, value) in parts {
        let column = column.into_owned();
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
/// A row of the file belongs to the row of the form whose given texts it repeats; else to the one whose given words it repeats
/// with other numbers; else to the one at its own position. The surest matches are settled first, and of equal ones those that stand where
/// they belong: so what was read once and written is read again as the same, whatever rows the first file held.
fn merged(def: &TableDef, rows: Vec<Draft>, found: &mut Found) -> Vec<Draft> {
    let mut slots: Vec<Option<Draft>> = def.skeleton.iter().map(|_| None).collect();
    let mut left: Vec<(usize, Draft)> = rows.into_iter().enumerate().collect();
    for (by, stays) in [(By::Texts, true), (By::Texts, false), (By::Words, true), (By::Words, false), (By::Position, true)] {
        for (position, row) in core::mem::take(&mut left) {
            match slot_of(def, &slots, position, &row, by, stays).and_then(|at| slots.get_mut(at)) {
                Some(slot) => *slot = Some(row),
                None => left.push((position, row)),
            }
        }
    }
    let mut others = Vec::new();
    let mut merged = Vec::new();
    for ((texts, row), number) in def.skeleton.iter().zip(slots).zip(1..) {
        let row = row.unwrap_or_else(|| Draft { id: None, cells: vec![Typed::default(); texts.len()], extra: Extra::new() });
        if !repeats(def, texts, &row, By::Texts) {
            others.push(number);
        }
        merged.push(with_given(def, texts, row));
    }
    if !others.is_empty() {
        found.notices.push(Notice::OtherTexts { table: def.name.clone(), rows: others });
    }
    if !left.is_empty() {
        found.notices.push(Notice::ForeignRows { table: def.name.clone(), count: left.len() });
    }
    merged.extend(left.into_iter().map(|(_, row)| row));
    merged
}

/// What a row of a file and a row of the form have in common.
#[derive(Clone, Copy, PartialEq)]
enum By {
    /// All given texts that the file says.
    Texts,
    /// All given words that the file says; numbers may differ.
    Words,
    Position,
}

/// The free row of the form that a row of the file belongs to; only the one at its own position where it `stays`.
fn slot_of(def: &TableDef, slots: &[Option<Draft>], position: usize, row: &Draft, by: By, stays: bool) -> Option<usize> {
    let free = |at: &usize| matches!(slots.get(*at), Some(None));
    let same = |at: &usize| free(at) && def.skeleton.get(*at).is_some_and(|texts| repeats(def, texts, row, by));
    let here = Some(position).filter(same);
    let named = given(def, by).zip(&row.cells).any(|(given, cell)| given && !cell.is_blank());
    match by {
        By::Texts | By::Words if named => here.or_else(|| (0..slots.len()).find(same).filter(|_| !stays)),
        By::Texts => here,
        By::Words => None,
        // A row that names nothing fits anywhere; one that names something else must not hide a row that it isn't.
        By::Position => here.or_else(|| (0..slots.len()).find(free).filter(|_| !names_anything(def, row))),
    }
}

/// Which columns are given by the form and compared.
fn given(def: &TableDef, by: By) -> impl Iterator<Item = bool> {
    def.columns.iter().map(move |column| match by {
        By::Texts => column.locked,
        By::Words => column.locked && !column.kind.is_numeric(),
        By::Position => false,
    })
}

/// Whether a row repeats the given texts of a row of the form, as far as it says them at all.
fn repeats(def: &TableDef, texts: &[String], row: &Draft, by: By) -> bool {
    let cells = given(def, by).zip(texts).zip(&row.cells);
    cells.filter(|((given, _), _)| *given).all(|((_, text), cell)| cell.is_blank() || cell.text() == text)
}

/// Whether a row says any of the texts that the form gives.
fn names_anything(def: &TableDef, row: &Draft) -> bool {
    given(def, By::Texts).zip(&row.cells).any(|(given, cell)| given && !cell.is_blank())
}

/// A row of the form with what the file says: given texts are filled in, the rest is the file's alone.
fn with_given(def: &TableDef, texts: &[String], mut row: Draft) -> Draft {
    for ((given, text), cell) in given(def, By::Texts).zip(texts).zip(&mut row.cells) {
        if given && cell.is_blank() {
            *cell = Typed::new(text);
        }
    }
    row
}

use super::{CellId, Conversion, Document, Extra, Row, RowId, Typed};
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::{ColumnIndex, Form, TableDef, TableIndex};

/// A change of a document, as a value. What can't be applied (a row that is gone) changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    Set {
        cell: CellId,
        text: String,
    },
    /// Several cells in one step: a merged cell, a fix, a clean-up.
    SetMany(Vec<(CellId, String)>),
    /// A row after `after` (or at the end), named like its neighbour in the merged columns.
    AddRow {
        table: TableIndex,
        after: Option<RowId>,
    },
    CopyRow {
        table: TableIndex,
        row: RowId,
    },
    RemoveRow {
        table: TableIndex,
        row: RowId,
    },
    /// Moves a row up (negative) or down.
    MoveRow {
        table: TableIndex,
        row: RowId,
        by: i32,
    },
    /// A block of texts laid over cells from `at` on. Tables first get so many rows more at their ends, which take the ids that follow
    /// [`Document::next_row`] in this order.
    Paste {
        at: CellId,
        rows: Vec<(TableIndex, usize)>,
        cells: Vec<(CellId, String)>,
    },
    SetProfile(String),
    /// 换算: the table in another unit, and every typed amount converted to it ([`Conversion`]).
    Convert(Magnitude),
    /// 只改单位: the table in another unit, the numbers as they stand.
    Relabel(Magnitude),
    /// Shows or hides a column that the form leaves open. One that holds text is shown all the same.
    ShowColumn {
        table: TableIndex,
        column: ColumnIndex,
        shown: bool,
    },
}

impl Edit {
    /// The cell that it begins at, which is what a person looks at after undo; none for one that is about rows or the whole document.
    pub fn first_cell(&self) -> Option<CellId> {
        if let Edit::Paste { at, .. } = self { Some(*at) } else { self.typing().map(|(cell, _)| cell) }
    }

    /// The cell and the text of an edit that one key makes. Typing in a merged cell sets several cells at once and is still typing.
    pub(super) fn typing(&self) -> Option<(CellId, &str)> {
        match self {
            Edit::Set { cell, text } => Some((*cell, text)),
            Edit::SetMany(cells) => cells.first().map(|(cell, text)| (*cell, text.as_str())),
            Edit::Paste { .. }
            | Edit::AddRow { .. }
            | Edit::CopyRow { .. }
            | Edit::RemoveRow { .. }
            | Edit::MoveRow { .. }
            | Edit::SetProfile(_)
            | Edit::Convert(_)
            | Edit::Relabel(_)
            | Edit::ShowColumn { .. } => None,
        }
    }

    /// Whether rows may come, go or change their places.
    fn moves_rows(&self) -> bool {
        match self {
            Edit::AddRow { .. } | Edit::CopyRow { .. } | Edit::RemoveRow { .. } | Edit::MoveRow { .. } | Edit::Paste { .. } => {
                true
            }
            Edit::Set { .. }
            | Edit::SetMany(_)
            | Edit::SetProfile(_)
            | Edit::Convert(_)
            | Edit::Relabel(_)
            | Edit::ShowColumn { .. } => false,
        }
    }
}

/// The document after an edit. The document before stays as it was, so undo keeps it.
pub fn apply(document: &Document, form: &Form, edit: &Edit) -> Document {
    let mut next = document.clone();
    match edit {
        Edit::Set { cell, text } => set(&mut next, *cell, text),
        Edit::SetMany(cells) => cells.iter().for_each(|(cell, text)| set(&mut next, *cell, text)),
        Edit::AddRow { table, after } => {
            if let Some(def) = changeable(&next, form, *table, 1) {
                let position = after.and_then(|id| next.row_position(*table, id));
                let cells = neighbour(&next, def, *table, position);
                insert(&mut next, *table, position.map_or(usize::MAX, |at| at.saturating_add(1)), cells);
            }
        }
        Edit::CopyRow { table, row } => {
            if changeable(&next, form, *table, 1).is_some()
                && let Some(position) = next.row_position(*table, *row)
                && let Some(cells) = next.row(*table, *row).map(|row| row.cells.clone())
            {
                insert(&mut next, *table, position.saturating_add(1), cells);
            }
        }
        Edit::RemoveRow { table, row } => {
            if changeable(&next, form, *table, 0).is_some()
                && let Some(rows) = next.tables.get_mut(usize::from(*table))
            {
                rows.retain(|known| known.id != *row);
            }
        }
        Edit::MoveRow { table, row, by } => {
            if changeable(&next, form, *table, 0).is_some()
                && let Some(from) = next.row_position(*table, *row)
                && let Some(rows) = next.tables.get_mut(usize::from(*table))
            {
                let to = from.saturating_add_signed(isize::try_from(*by).unwrap_or(0)).min(rows.len().saturating_sub(1));
                let moved = rows.remove(from);
                rows.insert(to, moved);
            }
        }
        Edit::Paste { at: _, rows, cells } => {
            for (table, count) in rows {
                for _ in 0..(*count).min(room(&next, form, *table)) {
                    if let Some(def) = form.table(*table) {
                        let cells = neighbour(&next, def, *table, None);
                        insert(&mut next, *table, usize::MAX, cells);
                    }
                }
            }
            next.index.forget();
            cells.iter().for_each(|(cell, text)| set(&mut next, *cell, text));
        }
        Edit::SetProfile(id) => next.profile = id.clone(),
        Edit::Convert(unit) => {
            for (cell, text) in Conversion::new(document, form, *unit).cells {
                set(&mut next, cell, &text);
            }
            next.unit = *unit;
        }
        Edit::Relabel(unit) => next.unit = *unit,
        Edit::ShowColumn { table, column, shown } => next.show_column(form, *table, *column, *shown),
    }
    if edit.moves_rows() {
        next.index.forget();
    }
    next
}

pub(super) fn set(document: &mut Document, cell: CellId, text: &str) {
    match cell {
        CellId::Fixed(at) => {
            if let Some(typed) = document.cells.get_mut(usize::from(at)) {
                *typed = Typed::new(text);
            }
        }
        CellId::Row { table, row, column } => {
            let position = document.row_position(table, row);
            if let Some(row) = position.and_then(|at| document.tables.get_mut(usize::from(table))?.get_mut(at))
                && let Some(typed) = Rc::make_mut(row).cells.get_mut(usize::from(column))
            {
                *typed = Typed::new(text);
            }
        }
    }
}

/// The table, where the form lets its rows change and has room for `more`.
fn changeable<'a>(document: &Document, form: &'a Form, table: TableIndex, more: usize) -> Option<&'a TableDef> {
    let def = form.table(table).filter(|def| !def.fixed)?;
    (room(document, form, table) >= more).then_some(def)
}

/// How many rows a table may get more.
pub fn room(document: &Document, form: &Form, table: TableIndex) -> usize {
    let Some(def) = form.table(table).filter(|def| !def.fixed) else { return 0 };
    def.max_rows.map_or(usize::MAX, |most| usize::from(most).saturating_sub(document.rows(table).len()))
}

/// The cells of a new row: blank, but named like the row it follows in the merged columns.
fn neighbour(document: &Document, def: &TableDef, table: TableIndex, position: Option<usize>) -> Vec<Typed> {
    let rows = document.rows(table);
    let beside = position.and_then(|at| rows.get(at)).or(rows.last());
    (0..)
        .zip(&def.columns)
        .map(|(column, def)| beside.filter(|_| def.merge).map(|row| row.cell(column).clone()).unwrap_or_default())
        .collect()
}

fn insert(document: &mut Document, table: TableIndex, position: usize, cells: Vec<Typed>) {
    let id = document.next_row;
    if let (Some(rows), Some(next)) = (document.tables.get_mut(usize::from(table)), id.checked_add(1)) {
        rows.insert(position.min(rows.len()), Rc::new(Row { id, cells, extra: Extra::new() }));
        document.next_row = next;
    }
}

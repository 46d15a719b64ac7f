use super::{CellId, Document, RowId, Typed};
use crate::number::Magnitude;
use crate::prelude::*;
use crate::template::TableIndex;

/// One thing in which two documents of a form differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    Cell {
        cell: CellId,
        before: String,
        after: String,
    },
    Added {
        table: TableIndex,
        row: RowId,
    },
    Removed {
        table: TableIndex,
        row: RowId,
    },
    /// The rows stand in another order.
    Order {
        table: TableIndex,
    },
    Profile {
        before: String,
        after: String,
    },
    Unit {
        before: Magnitude,
        after: Magnitude,
    },
}

/// What was changed from one document to another of the same form, in the order of the sheet.
pub fn differences(before: &Document, after: &Document) -> Vec<Difference> {
    let mut found = Vec::new();
    if before.profile != after.profile {
        found.push(Difference::Profile { before: before.profile.clone(), after: after.profile.clone() });
    }
    if before.unit != after.unit {
        found.push(Difference::Unit { before: before.unit, after: after.unit });
    }
    let cell = |cell: CellId, old: &Typed, new: &Typed| {
        (old != new).then(|| Difference::Cell { cell, before: old.text().to_owned(), after: new.text().to_owned() })
    };
    let pairs = before.cells.iter().zip(&after.cells);
    found.extend((0..).zip(pairs).filter_map(|(at, (old, new))| cell(CellId::Fixed(at), old, new)));
    for (table, _) in (0..).zip(&after.tables) {
        let mut common: (Vec<RowId>, Vec<RowId>) = (Vec::new(), Vec::new());
        for row in after.rows(table) {
            let Some(old) = before.row(table, row.id) else {
                found.push(Difference::Added { table, row: row.id });
                continue;
            };
            common.1.push(row.id);
            if Rc::ptr_eq(old, row) {
                continue;
            }
            let pairs = old.cells.iter().zip(&row.cells);
            let changed =
                (0..).zip(pairs).filter_map(|(column, (old, new))| cell(CellId::Row { table, row: row.id, column }, old, new));
            found.extend(changed);
        }
        for row in before.rows(table) {
            if after.row(table, row.id).is_some() {
                common.0.push(row.id);
            } else {
                found.push(Difference::Removed { table, row: row.id });
            }
        }
        if common.0 != common.1 {
            found.push(Difference::Order { table });
        }
    }
    found
}

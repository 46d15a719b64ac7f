//! 填报进度: what is still to be filled in. A table that is filled in halfway is never one in which nothing was found.

use super::Checked;
use crate::document::{CellId, Document};
use crate::engine::evaluation::Progress;
use crate::engine::total::unused_rows;
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, Form, Role, TableDef, TableIndex, TableRole};

/// How far a document has come.
pub fn progress(checked: &Checked<'_>) -> Progress {
    let any = is_checkable(checked.form(), checked.document());
    let mut open: Vec<CellId> = required(checked).collect();
    let parts = checked.parts();
    let unused = unused(checked);
    for row in checked.indicators() {
        let first = row.at(row.indicator.def.at.indicator);
        if unused.contains(&row.at(row.indicator.def.at.score.or(row.indicator.def.at.actual))) {
            open.push(first);
        } else {
            open.extend(parts.missing(&row).into_iter().map(|(_, column)| row.at(Some(column))));
        }
    }
    for (table, def) in (0..).zip(&checked.form().tables) {
        open.extend(untouched(checked, table, def));
    }
    // Where no row is there at all, what is still to come is the result itself.
    let empty = checked.evaluation.score.as_ref().is_some_and(|score| score.levels.is_empty());
    let total = checked.form().role(Role::ScoreTotal).filter(|at| empty && checked.document().fixed(*at).is_blank());
    open.extend(total.filter(|_| unused.is_empty()).map(CellId::Fixed));
    Progress { checked: any, open }
}

/// Cells that the form requires, without a value typed or computed.
pub fn required<'a>(checked: &'a Checked<'_>) -> impl Iterator<Item = CellId> + 'a {
    let cells = (0..).zip(checked.form().table_cells()).filter(|(_, def)| def.required);
    cells.filter_map(|(at, def)| {
        let computed = checked.evaluation.cell(at).filter(|_| def.fill).map(|eval| &eval.computed);
        let filled = matches!(computed, Some(Outcome::Value(_) | Outcome::NotApplicable));
        (checked.document().fixed(at).is_blank() && !filled).then_some(CellId::Fixed(at))
    })
}

/// Rows that the form prints for a kind of indicator and that hold nothing yet, nor say that there is none: the cell for the score, or
/// without one for the value.
pub fn unused(checked: &Checked<'_>) -> Vec<CellId> {
    let tables = (0..).zip(&checked.form().tables).filter(|(_, def)| def.role == TableRole::Indicators);
    let unused = tables.flat_map(|(table, def)| {
        let column = def.at.score.or(def.at.actual).unwrap_or(ColumnIndex::MAX);
        let rows = unused_rows(checked.entered, table, def, checked.evaluation.rows(table)).into_iter();
        rows.map(move |row| CellId::Row { table, row, column })
    });
    unused.collect()
}

/// The first number of a table of amounts in which nobody typed any: it is still to come, or to be declared empty.
fn untouched(checked: &Checked<'_>, table: TableIndex, def: &TableDef) -> Option<CellId> {
    let typed = |column: &(ColumnIndex, CellKind)| {
        let rows = checked.document().rows(table).iter();
        rows.map(|row| row.cell(column.0)).any(|cell| !cell.is_blank())
    };
    let columns = (0..).zip(&def.columns).filter(|(_, column)| column.kind.is_numeric() && !column.optional && !column.hidden);
    let columns: Vec<(ColumnIndex, CellKind)> = columns.map(|(at, column)| (at, column.kind)).collect();
    if def.role != TableRole::Plain || columns.iter().any(typed) {
        return None;
    }
    let row = checked.document().rows(table).first()?;
    columns.first().map(|(column, _)| CellId::Row { table, row: row.id, column: *column })
}

/// Whether anything stands there that a check can look at, beyond the numbers that the form gives.
fn is_checkable(form: &Form, document: &Document) -> bool {
    let looked_at = |kind: CellKind| kind.is_numeric() || matches!(kind, CellKind::Value | CellKind::Prose | CellKind::Grade);
    let fixed = (0..).zip(&form.cells).any(|(at, def)| looked_at(def.kind) && !document.fixed(at).is_blank());
    let in_table = |(table, def): (TableIndex, &TableDef)| {
        document.rows(table).iter().any(|row| {
            (0..).zip(&def.columns).any(|(column, of)| {
                let typed = row.cell(column);
                let given = |texts: &Vec<String>| texts.get(usize::from(column)).is_some_and(|given| given == typed.text());
                looked_at(of.kind) && !typed.is_blank() && !of.locked && !def.skeleton.iter().any(given)
            })
        })
    };
    fixed || (0..).zip(&form.tables).any(in_table)
}

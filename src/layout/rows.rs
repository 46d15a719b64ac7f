//! The lines of tables. There may be many of them, and an edit changes few: a line whose row, scores and findings are what
//! they were is not drawn again.

use super::cell::{CellView, Content, Held, SheetRow};
use super::painter::Painter;
use crate::document::{CellId, Row, RowId};
use crate::engine::RowEval;
use crate::finding::Severity;
use crate::prelude::*;
use crate::template::{ColumnIndex, TableDef, TableIndex};
use crate::wording;

/// A line of a table and what it was drawn from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Drawn {
    pub(super) line: Rc<SheetRow>,
    source: Source,
}

/// All that a line shows follows from this.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Source {
    row: Rc<Row>,
    eval: Option<Rc<RowEval>>,
    position: usize,
    depth: u8,
    joins: Vec<Join>,
    severities: Vec<(CellId, Severity)>,
}

/// How a cell of a merged column is printed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Join {
    /// Together with the same cell of the rows that follow; mostly of none.
    Begins(Vec<RowId>),
    /// As part of the cell above.
    Covered,
}

/// The lines of a table by row.
pub(super) type DrawnLines = SortedMap<(TableIndex, RowId), Drawn>;

impl Painter<'_> {
    /// The lines of a table. Where the first is to get a side label, it is drawn anew, since the old one has its label already.
    pub(super) fn table(&self, table: TableIndex, with_side: bool, before: Option<&DrawnLines>) -> Vec<Drawn> {
        let Some(def) = self.template.form.table(table) else { return Vec::new() };
        let rows = self.document.rows(table);
        let nesting = self.evaluation.nesting(table);
        let draw = |(position, (row, joins)): (usize, (&Rc<Row>, Vec<Join>))| {
            let source = Source {
                row: row.clone(),
                eval: self.evaluation.rows(table).get(position).cloned(),
                position,
                depth: nesting.depth(position),
                joins,
                severities: self.severities(table, row.id),
            };
            let known = before.and_then(|before| before.get(&(table, row.id))).filter(|known| known.source == source);
            match known {
                Some(known) if position > 0 || !with_side => known.clone(),
                Some(_) | None => Drawn { line: Rc::new(self.line(table, def, &source)), source },
            }
        };
        let held = self.held.filter(|held| held.table == table);
        rows.iter().zip(joins(def, rows, held)).enumerate().map(draw).collect()
    }

    fn severities(&self, table: TableIndex, row: RowId) -> Vec<(CellId, Severity)> {
        let cell = |column| CellId::Row { table, row, column };
        let from = self.worst.starting_at(&cell(ColumnIndex::MIN)).map(|(cell, severity)| (*cell, *severity));
        from.take_while(|(at, _)| *at <= cell(ColumnIndex::MAX)).collect()
    }

    fn line(&self, table: TableIndex, def: &TableDef, source: &Source) -> SheetRow {
        let row = &source.row;
        let name = row.cell_at(def.at.indicator.or(def.at.name)).text();
        let mut joins = source.joins.iter();
        let mut cells = Vec::new();
        for (column, span) in self.grid.printed(table).iter().copied() {
            let Some(column_def) = def.column(column) else { continue };
            let id = CellId::Row { table, row: row.id, column };
            let merged: Vec<CellId> = match column_def.merge.then(|| joins.next()).flatten() {
                Some(Join::Covered) => continue,
                Some(Join::Begins(rows)) => rows.iter().map(|row| CellId::Row { table, row: *row, column }).collect(),
                None => Vec::new(),
            };
            let mut field = self.cell_of_row(id, column_def, def, row.cell(column), source.eval.as_deref());
            field.label = wording::row_cell(source.position, name, &column_def.label);
            let row_span = u16::try_from(merged.len()).unwrap_or(u16::MAX).saturating_add(1);
            field.merged = merged;
            if def.at.name == Some(column) {
                field.depth = source.depth;
            }
            cells.push(CellView { column_span: span, row_span, content: Content::Field(Box::new(field)) });
        }
        SheetRow { key: format!("t{table}.{}", row.id), heading: false, row: Some((table, row.id, !def.fixed)), cells }
    }
}

/// Which cells are printed as one: equal neighbours in the merged columns. A later column joins only within the cells of the one
/// before. For each row, one for each merged column.
fn joins(def: &TableDef, rows: &[Rc<Row>], held: Option<&Held>) -> Vec<Vec<Join>> {
    let mut joins: Vec<Vec<Join>> = vec![Vec::new(); rows.len()];
    // The rows at which a cell of the column before begins.
    let mut begins = vec![false; rows.len()];
    for (column, _) in (0..).zip(&def.columns).filter(|(_, column)| column.merge && !column.hidden) {
        let mut start = 0;
        let mut above: Option<(&str, bool)> = None;
        let held = held.filter(|held| held.column == column);
        for (position, row) in rows.iter().enumerate() {
            let text = row.cell(column).text();
            let written = held.is_some_and(|held| held.rows.contains(&row.id));
            let begun = begins.get(position).copied().unwrap_or(true);
            let equal = match above {
                Some((_, above)) if above && written => true,
                Some((above_text, above)) => above == written && !text.trim().is_empty() && above_text == text,
                None => false,
            };
            let join = if !begun && equal {
                if let Some(Join::Begins(rows)) = joins.get_mut(start).and_then(|joins| joins.last_mut()) {
                    rows.push(row.id);
                }
                Join::Covered
            } else {
                start = position;
                if let Some(begun) = begins.get_mut(position) {
                    *begun = true;
                }
                Join::Begins(Vec::new())
            };
            if let Some(joins) = joins.get_mut(position) {
                joins.push(join);
            }
            above = Some((text, written));
        }
    }
    joins
}

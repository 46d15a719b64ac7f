//! 分组行: a row that prints the points of the rows that follow it, and no values of its own. It counts in no sum, since its members do.

use super::cells::Cells;
use super::levels::{Levels, is_same_level};
use crate::document::Row;
use crate::number::{Exact, Reading, Unit};
use crate::numbering;
use crate::prelude::*;
use crate::template::{ColumnIndex, TableDef, TableIndex, Template};

/// No printed group has more rows.
const MOST: usize = 100;

/// An indicator table, for those who ask which of its rows belong to a group.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    pub template: &'a Template,
    pub table: TableIndex,
    pub def: &'a TableDef,
    pub rows: &'a [Rc<Row>],
    pub levels: &'a Levels,
}

impl<'a> Rows<'a> {
    fn cells(&self, position: usize) -> Option<Cells<'a>> {
        Some(Cells { template: self.template, table: self.table, def: self.def, row: self.rows.get(position)? })
    }

    /// The rows whose points a row prints once more; none where it stands for itself.
    pub fn members(&self, position: usize) -> Vec<usize> {
        let Some(head) = self.cells(position).filter(Cells::is_heading) else { return Vec::new() };
        let mut members = self.below(position, &head);
        members.retain(|row| self.cells(*row).is_some_and(|row| is_pointed(&row)));
        // One row below is a part, and no group; a row that was only begun has no score yet, unless its points are those of the rows.
        let at = &self.def.at;
        let whole = [at.weight, at.score].into_iter().flatten();
        let mut whole = whole.filter(|column| points(&head, Some(*column)).is_some());
        let scored = points(&head, at.score).is_some();
        let adds_up = whole.any(|column| self.sum(&members, column) == points(&head, Some(column)));
        if members.len() > 1 && (scored || adds_up) { members } else { Vec::new() }
    }

    /// The rows whose values a nameless row with points leaves to them, whether or not they have points of their own.
    pub fn held(&self, position: usize) -> Vec<usize> {
        let Some(head) = self.cells(position).filter(|row| row.is_heading() && row.is_nameless()) else { return Vec::new() };
        let mut held = self.below(position, &head);
        held.retain(|row| self.cells(*row).is_some_and(|row| !row.is_heading() && !row.is_unused()));
        held
    }

    /// The rows below a heading: by the numbers of the names where it has one, else those of its level that follow.
    fn below(&self, position: usize, head: &Cells<'_>) -> Vec<usize> {
        let (level1, level2) = self.levels.names(self.def, self.rows, position);
        let goes_on = |row: &usize| {
            let name = self.levels.names(self.def, self.rows, *row);
            is_same_level(name.0, level1) && is_same_level(name.1, level2)
        };
        let behind = (position.saturating_add(1)..self.rows.len()).take_while(goes_on).take(MOST);
        if head.is_nameless() {
            // The next heading begins another group.
            return behind.take_while(|row| !self.cells(*row).is_some_and(|row| row.is_heading() && row.is_nameless())).collect();
        }
        let behind: Vec<usize> = behind.collect();
        let names = core::iter::once(head.name()).chain(behind.iter().filter_map(|row| Some(self.cells(*row)?.name())));
        let parents = numbering::parents(names).into_iter().skip(1);
        behind.into_iter().zip(parents).filter(|(_, parent)| *parent == Some(0)).map(|(row, _)| row).collect()
    }

    fn sum(&self, rows: &[usize], column: ColumnIndex) -> Option<Exact> {
        let of = |row: &usize| points(&self.cells(*row)?, Some(column));
        rows.iter().try_fold(Exact::ZERO, |sum, row| sum.checked_add(of(row)?).ok())
    }
}

/// Points as they are typed.
fn points(row: &Cells<'_>, column: Option<ColumnIndex>) -> Option<Exact> {
    match row.typed(column).reading() {
        Reading::Quantity(quantity) if !matches!(quantity.unit, Unit::Money(_)) => Some(Exact::from_decimal(quantity.number)),
        _ => None,
    }
}

fn is_pointed(row: &Cells<'_>) -> bool {
    points(row, row.def.at.weight).is_some() || points(row, row.def.at.score).is_some()
}

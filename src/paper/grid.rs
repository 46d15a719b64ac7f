//! A table place by place, for the formats that write down what merged cells cover.

use super::{Cell, Table};
use crate::prelude::*;

/// What covers the next columns of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot<'a> {
    /// A cell begins here.
    Begins(&'a Cell),
    /// A cell from a line above goes on.
    GoesOn(&'a Cell),
    /// So many columns that no cell covers.
    Gap(u16),
}

impl Slot<'_> {
    pub fn columns(self) -> u16 {
        match self {
            Slot::Begins(cell) | Slot::GoesOn(cell) => cell.columns.max(1),
            Slot::Gap(columns) => columns,
        }
    }
}

/// A cell that reaches below its line.
struct Hanging<'a> {
    cell: &'a Cell,
    column: usize,
    lines: u16,
}

impl Table {
    /// Each line from left to right. Every line covers all columns of the grid, whatever the cells claim.
    pub fn lines(&self) -> Vec<Vec<Slot<'_>>> {
        let width = self.widths.len();
        let mut hanging: Vec<Hanging<'_>> = Vec::new();
        let mut lines = Vec::with_capacity(self.rows.len());
        for row in &self.rows {
            let (mut line, mut at) = (Vec::new(), 0);
            let (mut cells, mut next) = (row.cells.iter(), Vec::new());
            while at < width {
                if let Some(above) = hanging.iter().find(|hanging| hanging.column == at) {
                    line.push(Slot::GoesOn(above.cell));
                    at = at.saturating_add(usize::from(above.cell.columns.max(1)));
                    continue;
                }
                let free = hanging.iter().map(|hanging| hanging.column).filter(|column| *column > at).min().unwrap_or(width);
                match cells.next() {
                    Some(cell) => {
                        if cell.rows > 1 {
                            next.push(Hanging { cell, column: at, lines: cell.rows });
                        }
                        line.push(Slot::Begins(cell));
                        at = at.saturating_add(usize::from(cell.columns.max(1)));
                    }
                    None => {
                        line.push(Slot::Gap(u16::try_from(free.saturating_sub(at)).unwrap_or(u16::MAX)));
                        at = free;
                    }
                }
            }
            hanging.extend(next);
            hanging.iter_mut().for_each(|hanging| hanging.lines = hanging.lines.saturating_sub(1));
            hanging.retain(|hanging| hanging.lines > 0);
            lines.push(line);
        }
        lines
    }
}

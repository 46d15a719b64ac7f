//! A table that is being written, cell by cell.

use super::Span;
use crate::block::{GridCell, Limit, Refusal};
use crate::office::grid::Edges;
use crate::office::limits;
use crate::prelude::*;

/// A table that is being written.
pub struct Table {
    /// Where its grid goes in the list.
    pub slot: usize,
    pub number: u32,
    pub rows: u32,
    pub in_row: bool,
    /// The next free column of the row.
    pub column: u32,
    /// The first row that each column is free again, where a cell from above covers it.
    pub covered: Vec<u32>,
    /// The last cell that begins in each column and lets those below go on with it.
    pub above: SortedMap<u32, usize>,
    pub cells: Vec<GridCell>,
    pub caption: Option<String>,
    /// The widths of the columns it is drawn by, where they are known.
    pub widths: Vec<i32>,
    /// The place of the cell that is open, if its text counts.
    pub cell: Option<usize>,
}

impl Table {
    pub fn new(slot: usize, number: u32) -> Self {
        Self {
            slot,
            number,
            rows: 0,
            in_row: false,
            column: 0,
            covered: Vec::new(),
            above: SortedMap::new(),
            cells: Vec::new(),
            caption: None,
            widths: Vec::new(),
            cell: None,
        }
    }

    pub fn begin_cell(&mut self, span: Span) -> Result<(), Refusal> {
        self.cell = None;
        // A span that no table has reaches to the end of the row, if nothing follows it there.
        let absurd = span.columns > limits::TABLE_COLUMNS;
        let columns = if absurd { 1 } else { span.columns.max(1) };
        if let Some(before) =
            self.cells.last_mut().filter(|cell| cell.row == self.rows && cell.column_span > limits::TABLE_COLUMNS)
        {
            before.column_span = 1;
        }
        if span.dodges {
            while self.covered.get(index(self.column)).is_some_and(|free| *free > self.rows) {
                self.column += 1;
            }
        }
        let start = self.column;
        if start >= limits::TABLE_COLUMNS {
            return Err(Refusal::Over(Limit::Size));
        }
        if u64::from(self.rows + 1) * u64::from(start + 1) > limits::AREA {
            return Err(Refusal::Over(Limit::FarApart));
        }
        self.column = start + columns;
        if span.with_before
            && let Some(cell) = self.cells.last_mut().filter(|cell| cell.row == self.rows)
        {
            cell.column_span = cell.column_span.saturating_add(columns);
            return Ok(());
        }
        if span.with_above
            && let Some(above) = self.above.get(&start).copied()
            && let Some(cell) = self.cells.get_mut(above).filter(|cell| cell.row < self.rows)
            && cell.row + cell.row_span == self.rows
        {
            cell.row_span += 1;
            return Ok(());
        }
        if self.cells.len() >= limits::CELLS {
            return Err(Refusal::Over(Limit::Count));
        }
        let cell = self.cells.len();
        self.cells.push(GridCell {
            row: self.rows,
            column: start,
            row_span: span.rows.max(1),
            column_span: if absurd { u32::MAX } else { columns },
            text: String::new(),
            exact: None,
        });
        self.cell = Some(cell);
        if span.with_below || span.with_above {
            self.above.insert(start, cell);
        } else {
            self.above.remove(&start);
        }
        if span.dodges {
            let (from, to) = (index(start), index(start + columns));
            if self.covered.len() < to {
                self.covered.resize(to, 0);
            }
            let free = self.rows.saturating_add(span.rows.max(1));
            self.covered.iter_mut().take(to).skip(from).for_each(|row| *row = free);
        }
        Ok(())
    }
}

impl Table {
    /// Takes out the columns that are too narrow to be seen: they come from edges that differ by a hair from row to row. Nothing is
    /// done where a cell would vanish.
    pub fn join_hairs(&mut self) {
        if self.widths.is_empty() {
            return;
        }
        let mut place = 0_i32;
        let mut places = vec![0];
        for width in &self.widths {
            place = place.saturating_add((*width).max(0));
            places.push(place);
        }
        let edges = Edges::of(places.iter().copied());
        let column = |at: u32| places.get(index(at)).map(|place| edges.column(*place));
        let mut moved = Vec::with_capacity(self.cells.len());
        for cell in &self.cells {
            let end = cell.column.saturating_add(cell.column_span);
            // A cell beyond the columns it was drawn by: the widths say nothing of this table.
            let (Some(start), Some(end)) = (column(cell.column), column(end)) else { return };
            if end <= start {
                return;
            }
            moved.push((start, end - start));
        }
        for (cell, (start, span)) in self.cells.iter_mut().zip(moved) {
            (cell.column, cell.column_span) = (start, span);
        }
    }
}

fn index(column: u32) -> usize {
    usize::try_from(column).unwrap_or(usize::MAX)
}

//! A grid laid out as people see it: which cell covers a place. Rows and columns in which nothing begins are left out, so a cell far away
//! costs nothing.

use super::value::Value;
use super::words::Name;
use crate::block::{Grid, GridCell};
use crate::number::is_space;
use crate::prelude::*;

/// More places than this are no table that people read.
const MOST_PLACES: usize = 4_000_000;

pub(super) struct Lay<'g> {
    pub rows: usize,
    pub columns: usize,
    /// For each place the cell that covers it, by its position and 1, or 0.
    at: Vec<u32>,
    pub cells: Vec<Cell<'g>>,
}

pub(super) struct Cell<'g> {
    pub source: &'g GridCell,
    pub row: usize,
    pub column: usize,
    pub to_row: usize,
    pub to_column: usize,
    pub text: &'g str,
    pub value: Value,
    pub name: Name,
}

impl Cell<'_> {
    pub fn is_words(&self) -> bool {
        self.value == Value::Words
    }
}

impl<'g> Lay<'g> {
    /// `None` where the cells of a grid lie too far apart.
    pub fn of(grid: &'g Grid) -> Option<Lay<'g>> {
        let cells: Vec<&GridCell> = grid.cells.iter().filter(|cell| !cell.text.trim_matches(is_space).is_empty()).collect();
        let used = |place: fn(&GridCell) -> u32| {
            let mut used: Vec<u32> = cells.iter().map(|cell| place(cell)).collect();
            used.order();
            used.dedup();
            used
        };
        let (used_rows, used_columns) = (used(|cell| cell.row), used(|cell| cell.column));
        let (rows, columns) = (used_rows.len(), used_columns.len());
        let places = rows.checked_mul(columns).filter(|places| *places <= MOST_PLACES)?;
        let mut lay = Lay { rows, columns, at: vec![0; places], cells: Vec::with_capacity(cells.len()) };
        let find = |used: &[u32], place: u32| used.partition_point(|known| *known < place);
        // Cells that lie over one another would cost their area each.
        let mut left = MOST_PLACES;
        for source in cells {
            let (row, column) = (find(&used_rows, source.row), find(&used_columns, source.column));
            let to_row = find(&used_rows, source.row.saturating_add(source.row_span.max(1))).max(row + 1);
            let to_column = find(&used_columns, source.column.saturating_add(source.column_span.max(1))).max(column + 1);
            let area = (to_row - row).saturating_mul(to_column - column);
            let (to_row, to_column) = if area > left { (row + 1, column + 1) } else { (to_row, to_column) };
            left = left.saturating_sub(area);
            let text = source.text.trim_matches(is_space);
            let value = Value::of(text);
            let name = if value == Value::Words || value.number().is_some() { Name::of(text) } else { Name::default() };
            lay.cells.push(Cell { source, row, column, to_row, to_column, text, value, name });
            let number = u32::try_from(lay.cells.len()).ok()?;
            for row in row..to_row {
                for place in lay.at.get_mut(row * columns + column..row * columns + to_column).into_iter().flatten() {
                    if *place == 0 {
                        *place = number;
                    }
                }
            }
        }
        lay.spread();
        Some(lay)
    }

    /// A figure over several columns, where others have figures in each of them, stands in none of them.
    fn spread(&mut self) {
        let mut begins = vec![false; self.columns];
        for cell in self.cells.iter().filter(|cell| cell.value.number().is_some()) {
            if let Some(begins) = begins.get_mut(cell.column) {
                *begins = true;
            }
        }
        for cell in self.cells.iter_mut().filter(|cell| cell.value.number().is_some()) {
            if begins.get(cell.column + 1..cell.to_column).is_some_and(|within| within.contains(&true)) {
                cell.value = Value::Words;
            }
        }
    }

    /// The cell that covers a place.
    pub fn cell(&self, row: usize, column: usize) -> Option<&Cell<'g>> {
        if column >= self.columns {
            return None;
        }
        let number = *self.at.get(row * self.columns + column)?;
        self.cells.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The cell that begins at a place.
    pub fn own(&self, row: usize, column: usize) -> Option<&Cell<'g>> {
        self.cell(row, column).filter(|cell| (cell.row, cell.column) == (row, column))
    }

    /// What a place holds as a figure.
    pub fn value(&self, row: usize, column: usize) -> &Value {
        match self.cell(row, column) {
            None => &Value::Blank,
            Some(cell) if (cell.row, cell.column) == (row, column) => &cell.value,
            Some(cell) if cell.is_words() => &Value::Words,
            Some(_) => &Value::Covered,
        }
    }

    /// The different cells that begin in a row.
    pub fn row(&self, row: usize) -> impl Iterator<Item = &Cell<'g>> {
        (0..self.columns).filter_map(move |column| self.own(row, column))
    }
}

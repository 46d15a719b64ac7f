//! What was pasted, as a matrix: for each row and column the cell that covers it.

use super::{MOST_CELLS, TooLarge};
use crate::block::{Blocks, Grid, GridCell, Origin};
use crate::prelude::*;

/// A pasted block of cells, from plain text ([`Block::of_text`]) or from a table with merged cells ([`Block::of_grid`]).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Block {
    cells: Vec<Cell>,
    /// For each row and column the cell that covers it.
    pub(super) rows: Vec<Vec<Option<usize>>>,
    /// How many cells each row of a plain text has; the same for all rows of a table.
    pub(super) lengths: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Cell {
    row: usize,
    column: usize,
    columns: usize,
    text: String,
}

/// What stands at a row and column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot<'a> {
    Blank,
    /// Text that begins here, and how many columns it covers.
    Text(&'a str, usize),
    /// Covered by a cell that begins above, in this column.
    Above(&'a str),
    /// Covered by a cell that begins in a column before.
    Beside(&'a str),
}

impl Block {
    /// # Errors
    /// Where it has more cells than any table.
    pub fn of_grid(grid: &Grid) -> Result<Block, TooLarge> {
        let size = |count: u32| usize::try_from(count).unwrap_or(usize::MAX);
        let (height, width) = (size(grid.rows), size(grid.columns));
        if height.saturating_mul(width) > MOST_CELLS {
            return Err(TooLarge);
        }
        let mut rows = vec![vec![None; width]; height];
        let mut cells = Vec::new();
        for cell in &grid.cells {
            let (row, column) = (size(cell.row), size(cell.column));
            let columns = size(cell.column_span.max(1)).min(width.saturating_sub(column));
            if row >= height || columns == 0 {
                continue;
            }
            let lines = rows.iter_mut().skip(row).take(size(cell.row_span.max(1)));
            for slot in lines.flat_map(|line| line.iter_mut().skip(column).take(columns)) {
                slot.get_or_insert(cells.len());
            }
            cells.push(Cell { row, column, columns, text: cell.text.clone() });
        }
        let mut block = Block { cells, rows, lengths: Vec::new() };
        // Spreadsheets copy rows without end, and programs a last one without anything.
        while (0..block.rows.len()).next_back().is_some_and(|row| block.is_blank(row)) {
            block.rows.pop();
        }
        block.lengths = vec![width; block.rows.len()];
        Ok(block)
    }

    pub(super) fn width(&self) -> usize {
        self.rows.first().map_or(0, Vec::len)
    }

    /// All that was copied: tables one below the other, and what stands between them across their whole width.
    ///
    /// # Errors
    /// Where it has more cells than any table.
    pub fn of_blocks(blocks: &Blocks) -> Result<Block, TooLarge> {
        let grids = || {
            blocks.list.iter().filter_map(|block| match block {
                crate::block::Block::Grid(grid) => Some(grid),
                crate::block::Block::Paragraph(_) => None,
            })
        };
        let columns = grids().map(|grid| grid.columns).max().unwrap_or(0);
        let mut all = Grid { origin: Origin::Table(1), caption: None, rows: 0, columns, cells: Vec::new() };
        for block in &blocks.list {
            let from = all.rows;
            let line = |text: &String| GridCell {
                row: from,
                column: 0,
                row_span: 1,
                column_span: columns,
                text: text.clone(),
                exact: None,
            };
            match block {
                crate::block::Block::Paragraph(paragraph) => {
                    all.cells.push(line(&paragraph.text));
                    all.rows = from.saturating_add(1);
                }
                crate::block::Block::Grid(grid) => {
                    all.cells.extend(grid.caption.iter().map(line));
                    let from = from.saturating_add(u32::from(grid.caption.is_some()));
                    let below = |cell: &GridCell| GridCell { row: cell.row.saturating_add(from), ..cell.clone() };
                    all.cells.extend(grid.cells.iter().map(below));
                    all.rows = from.saturating_add(grid.rows);
                }
            }
        }
        if columns == 0 { Ok(Block::default()) } else { Block::of_grid(&all) }
    }

    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    pub(super) fn spot(&self, row: usize, column: usize) -> Spot<'_> {
        let at = self.rows.get(row).and_then(|row| row.get(column)).copied().flatten();
        let Some(cell) = at.and_then(|at| self.cells.get(at)) else { return Spot::Blank };
        match (cell.text.trim().is_empty(), cell.column < column, cell.row < row) {
            (_, true, _) => Spot::Beside(&cell.text),
            (true, false, _) => Spot::Blank,
            (false, false, true) => Spot::Above(&cell.text),
            (false, false, false) => Spot::Text(&cell.text, cell.columns),
        }
    }

    /// The texts that begin in a row, with their columns.
    pub(super) fn texts(&self, row: usize) -> impl Iterator<Item = (usize, &str)> {
        (0..self.width()).filter_map(move |column| match self.spot(row, column) {
            Spot::Text(text, _) => Some((column, text)),
            Spot::Blank | Spot::Above(_) | Spot::Beside(_) => None,
        })
    }

    pub(super) fn is_blank(&self, row: usize) -> bool {
        (0..self.width()).all(|column| match self.spot(row, column) {
            Spot::Blank => true,
            Spot::Beside(text) => text.trim().is_empty(),
            Spot::Text(..) | Spot::Above(_) => false,
        })
    }

    /// Rows for columns and columns for rows.
    pub(super) fn turned(&self) -> Block {
        let height = self.rows.len();
        let column = |at: usize| self.rows.iter().map(move |row| row.get(at).copied().flatten()).collect();
        let rows: Vec<Vec<Option<usize>>> = (0..self.width()).map(column).collect();
        let mut cells: Vec<Cell> = self.cells.iter().map(|cell| Cell { columns: 0, ..cell.clone() }).collect();
        for cell in &mut cells {
            (cell.row, cell.column) = (cell.column, cell.row);
        }
        for row in &rows {
            let mut counts: SortedMap<usize, usize> = SortedMap::new();
            row.iter().flatten().for_each(|at| *counts.entry(*at).or_default() += 1);
            for (at, count) in counts {
                if let Some(cell) = cells.get_mut(at) {
                    cell.columns = count;
                }
            }
        }
        let lengths = vec![height; rows.len()];
        Block { cells, rows, lengths }
    }

    /// Puts a row to the right, past cells from above that its program left out.
    pub(super) fn shift(&mut self, row: usize, by: usize) {
        let width = self.width();
        let Some(spots) = self.rows.get_mut(row) else { return };
        spots.splice(0..0, core::iter::repeat_n(None, by));
        spots.truncate(width);
        let moved: Vec<usize> = spots.iter().flatten().copied().collect();
        for at in moved {
            if let Some(cell) = self.cells.get_mut(at) {
                cell.column = cell.column.saturating_add(by);
            }
        }
    }
}

//! Cells of a sheet, in whatever order they come, made into grids: merged cells once, spans cut to what is used, cells far apart in
//! grids of their own.

use super::{limits, words};
use crate::block::{Block, BlockNotice, Grid, GridCell, Limit, Origin, Refusal};
use crate::prelude::*;

/// What may still come, over all sheets and tables of a file.
pub struct Budget {
    cells: usize,
    text: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self { cells: limits::CELLS, text: limits::TEXT }
    }
}

impl Budget {
    /// Takes a cell or a paragraph with so many bytes of text.
    pub fn take(&mut self, length: usize) -> Result<(), Refusal> {
        let over = Refusal::Over(Limit::Count);
        self.cells = self.cells.checked_sub(1).ok_or(over)?;
        self.text = self.text.checked_sub(length).ok_or(over)?;
        Ok(())
    }
}

#[derive(Default)]
pub struct Sheet {
    pub name: String,
    cells: Vec<Cell>,
    merges: Vec<Merge>,
    pub hidden_rows: u32,
    pub hidden_columns: u32,
}

struct Cell {
    row: u32,
    column: u32,
    text: String,
    exact: Option<String>,
}

/// A merged range, from 0, its last row and column included.
#[derive(Clone, Copy)]
pub struct Merge {
    pub row: u32,
    pub column: u32,
    pub last_row: u32,
    pub last_column: u32,
}

impl Sheet {
    pub fn new(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }

    /// A cell by what it shows; blank ones are passed over.
    pub fn put(&mut self, row: u32, column: u32, text: &str, exact: Option<String>, budget: &mut Budget) -> Result<(), Refusal> {
        if row >= limits::ROWS || column >= limits::COLUMNS {
            return Err(Refusal::Over(Limit::Size));
        }
        let text = words::cell(text.get(..limits::CELL_TEXT).unwrap_or(text));
        if text.is_empty() && exact.is_none() {
            return Ok(());
        }
        budget.take(text.len())?;
        self.cells.push(Cell { row, column, text, exact });
        Ok(())
    }

    pub fn merge(&mut self, merge: Merge) -> Result<(), Refusal> {
        if self.merges.len() >= limits::MERGES {
            return Err(Refusal::Over(Limit::Count));
        }
        let sound = merge.row <= merge.last_row && merge.column <= merge.last_column;
        if sound && (merge.row, merge.column) != (merge.last_row, merge.last_column) {
            self.merges.push(merge);
        }
        Ok(())
    }

    /// Its grids and what is to be said of it.
    pub fn finish(mut self, list: &mut Vec<Block>, notices: &mut Vec<BlockNotice>) -> Result<(), Refusal> {
        // Where a place comes twice, the last one counts, as in the programs that people use.
        self.cells.reverse();
        self.cells.order_by(|cell| (cell.row, cell.column));
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        if self.cells.is_empty() {
            return Ok(());
        }
        if self.hidden_rows + self.hidden_columns > 0 {
            let (rows, columns) = (self.hidden_rows, self.hidden_columns);
            notices.push(BlockNotice::HiddenLines { sheet: self.name.clone(), rows, columns });
        }
        self.merges.order_by(|merge| (merge.row, merge.column));
        let cells = covered(self.cells, &self.merges);
        for region in regions(cells) {
            list.push(Block::Grid(grid(&self.name, region)?));
        }
        Ok(())
    }
}

/// Gives each cell its spans, and drops what a merged cell covers: nobody sees it. Blank merged cells are kept.
fn covered(cells: Vec<Cell>, merges: &[Merge]) -> Vec<GridCell> {
    // Walks down the rows with the merges that reach the row, by their first column.
    let mut active: SortedMap<u32, Merge> = SortedMap::new();
    let mut next = 0;
    let mut out: Vec<GridCell> = Vec::with_capacity(cells.len());
    // The bounds of what is used, so that a merge of a whole row is no wider than the table.
    let last_row = cells.iter().map(|cell| cell.row).max().unwrap_or(0);
    let mut cells = cells.into_iter().peekable();
    while cells.peek().is_some() || merges.get(next).is_some_and(|merge| merge.row <= last_row) {
        let cell_place = cells.peek().map(|cell| (cell.row, cell.column));
        let merge_place = merges.get(next).map(|merge| (merge.row, merge.column));
        let merge_first = match (cell_place, merge_place) {
            (Some(cell), Some(merge)) => merge <= cell,
            (None, Some(_)) => true,
            (_, None) => false,
        };
        if merge_first {
            let Some(merge) = merges.get(next).copied() else { break };
            next += 1;
            if !is_taken(&mut active, merge) {
                active.insert(merge.column, merge);
                let mut cell = GridCell {
                    row: merge.row,
                    column: merge.column,
                    row_span: merge.last_row - merge.row + 1,
                    column_span: merge.last_column - merge.column + 1,
                    text: String::new(),
                    exact: None,
                };
                if cell_place == Some((merge.row, merge.column))
                    && let Some(found) = cells.next()
                {
                    (cell.text, cell.exact) = (found.text, found.exact);
                }
                out.push(cell);
            }
            continue;
        }
        let Some(cell) = cells.next() else { break };
        let over = active.last_before(&cell.column.saturating_add(1)).map(|(_, merge)| merge);
        let hidden = over.is_some_and(|merge| merge.last_column >= cell.column && merge.last_row >= cell.row);
        if !hidden {
            let Cell { row, column, text, exact } = cell;
            out.push(GridCell { row, column, row_span: 1, column_span: 1, text, exact });
        }
    }
    out
}

/// Whether a merge overlaps one that still reaches its row; of two that overlap, the first one counts. Those that ended are taken out
/// where they would stand in the way.
fn is_taken(active: &mut SortedMap<u32, Merge>, merge: Merge) -> bool {
    let before = active.last_before(&merge.column);
    if before.is_some_and(|(_, open)| open.last_column >= merge.column && open.last_row >= merge.row) {
        return true;
    }
    let mut ended = Vec::new();
    for (column, open) in active.starting_at(&merge.column).take_while(|(column, _)| **column <= merge.last_column) {
        if open.last_row >= merge.row {
            return true;
        }
        ended.push(*column);
    }
    for column in ended {
        active.remove(&column);
    }
    false
}

/// Parts cells at wide gaps, first between rows, then between columns. A blank merged cell never fills a gap.
fn regions(cells: Vec<GridCell>) -> Vec<Vec<GridCell>> {
    let mut regions = Vec::new();
    for band in parted(cells, |cell| cell.row) {
        regions.extend(parted(band, |cell| cell.column));
    }
    regions
}

fn parted(cells: Vec<GridCell>, key: fn(&GridCell) -> u32) -> Vec<Vec<GridCell>> {
    let mut places: Vec<u32> = cells.iter().filter(|cell| is_used(cell)).map(key).collect();
    places.order();
    places.dedup();
    // Where each part begins.
    let mut starts: Vec<u32> = Vec::new();
    let mut before = None;
    for place in places {
        if before.is_none_or(|before| place - before > limits::GAP) {
            starts.push(place);
        }
        before = Some(place);
    }
    if starts.len() < 2 {
        return vec![cells];
    }
    let mut parts: Vec<Vec<GridCell>> = starts.iter().map(|_| Vec::new()).collect();
    for cell in cells {
        let part = starts.partition_point(|start| *start <= key(&cell)).saturating_sub(1);
        if let Some(part) = parts.get_mut(part) {
            part.push(cell);
        }
    }
    parts
}

fn is_used(cell: &GridCell) -> bool {
    !cell.text.is_empty() || cell.exact.is_some()
}

fn grid(name: &str, mut cells: Vec<GridCell>) -> Result<Grid, Refusal> {
    let used = || cells.iter().filter(|cell| is_used(cell));
    let top = used().map(|cell| cell.row).min().unwrap_or(0);
    let left = used().map(|cell| cell.column).min().unwrap_or(0);
    let (rows, columns) =
        (used().map(|cell| cell.row).max().unwrap_or(0) - top + 1, used().map(|cell| cell.column).max().unwrap_or(0) - left + 1);
    cells.retain(|cell| cell.row >= top && cell.column >= left);
    for cell in &mut cells {
        cell.row -= top;
        cell.column -= left;
    }
    let origin = Origin::Sheet { name: name.to_owned(), row: top, column: left };
    let mut grid = Grid { origin, caption: None, rows, columns, cells };
    settle(&mut grid)?;
    Ok(grid)
}

/// Cuts spans to the used area, drops what lies outside of it, and checks that the whole can be walked over.
pub fn settle(grid: &mut Grid) -> Result<(), Refusal> {
    if u64::from(grid.rows) * u64::from(grid.columns) > limits::AREA {
        return Err(Refusal::Over(Limit::FarApart));
    }
    let (rows, columns) = (grid.rows, grid.columns);
    grid.cells.retain(|cell| cell.row < rows && cell.column < columns);
    for cell in &mut grid.cells {
        cell.row_span = cell.row_span.clamp(1, rows - cell.row);
        cell.column_span = cell.column_span.clamp(1, columns - cell.column);
    }
    Ok(())
}

//! A table over pages: parts with the same columns are one, their repeated head is there once, and what the end of a page broke is put
//! together.

use super::lines::{goes_on, put_together};
use super::ruled::{Cell, Ruled};
use crate::block::{BlockNotice, Grid, GridCell, Origin};
use crate::office::words;
use crate::prelude::*;

/// How far the same edge may lie apart on two pages.
const APART: i32 = 350;

/// A table that the next page may go on with.
pub struct Growing {
    columns: Vec<i32>,
    rows: usize,
    cells: Vec<Cell>,
    /// The cells of its first page, among which a repeated head is looked for.
    first: Vec<Cell>,
    first_rows: usize,
    doubtful: u32,
    aligned: bool,
}

impl Growing {
    pub fn new(table: Ruled) -> Self {
        let rows = table.rows.len().saturating_sub(1);
        Self {
            columns: table.columns,
            rows,
            first: table.cells.clone(),
            first_rows: rows,
            cells: table.cells,
            doubtful: table.doubtful,
            aligned: table.aligned,
        }
    }

    /// Whether a table has the same columns; edges that only one of them shows are between those of the other.
    pub fn fits(&self, table: &Ruled) -> bool {
        let (Some(left), Some(right), Some(own_left), Some(own_right)) =
            (self.columns.first(), self.columns.last(), table.columns.first(), table.columns.last())
        else {
            return false;
        };
        let shift = own_left - left;
        let same_width = ((own_right - own_left) - (right - left)).abs() <= APART;
        let all_in = |few: &[i32], many: &[i32], shift: i32| {
            few.iter().all(|edge| many.iter().any(|other| (edge + shift - other).abs() <= APART))
        };
        same_width && (all_in(&self.columns, &table.columns, shift) || all_in(&table.columns, &self.columns, -shift))
    }

    pub fn go_on(&mut self, table: Ruled) {
        let shift = table.columns.first().copied().unwrap_or_default() - self.columns.first().copied().unwrap_or_default();
        let edges: Vec<i32> = table.columns.iter().map(|edge| edge - shift).collect();
        // The columns of both, and how those of each are numbered among them.
        let mut all = self.columns.clone();
        for edge in &edges {
            if !all.iter().any(|known| (known - edge).abs() <= APART) {
                all.push(*edge);
            }
        }
        all.order();
        let place = |edge: &i32| all.iter().position(|known| (known - edge).abs() <= APART).unwrap_or_default();
        let numbered = |cells: &mut Vec<Cell>, edges: &[i32]| {
            let places: Vec<usize> = edges.iter().map(place).collect();
            // Most pages have the columns of the one before, and a long table is not walked for each of them.
            if places.iter().enumerate().all(|(at, place)| at == *place) {
                return;
            }
            let place = |at: usize| places.get(at).copied().unwrap_or_default();
            for cell in cells {
                cell.column = place(cell.column);
                cell.column_end = place(cell.column_end).max(cell.column + 1);
            }
        };
        let own = core::mem::take(&mut self.columns);
        numbered(&mut self.cells, &own);
        numbered(&mut self.first, &own);
        let mut cells = table.cells;
        numbered(&mut cells, &edges);
        self.columns = all;

        let rows = table.rows.len().saturating_sub(1);
        let head = self.head_of(&cells, rows);
        cells.retain(|cell| cell.row >= head);
        for cell in &mut cells {
            cell.row = cell.row - head + self.rows;
            cell.row_end = cell.row_end - head + self.rows;
        }
        let broken = self.put_together(&mut cells);
        if broken {
            // The first row there is the end of the last one here.
            cells.retain(|cell| cell.row > self.rows);
            for cell in &mut cells {
                cell.row -= 1;
                cell.row_end -= 1;
            }
        }
        self.rows += rows - head - usize::from(broken);
        self.cells.extend(cells);
        self.doubtful += table.doubtful;
        self.aligned |= table.aligned;
    }

    /// How many rows at the beginning of a part are the head of the table again.
    fn head_of(&self, cells: &[Cell], rows: usize) -> usize {
        let row_of = |cells: &[Cell], row: usize| {
            let own = cells.iter().filter(|cell| cell.row == row);
            own.map(|cell| (cell.column, cell.column_end, cell.row_end - cell.row, cell.text.clone())).collect::<Vec<_>>()
        };
        let same = |row: &usize| {
            let (one, other) = (row_of(&self.first, *row), row_of(cells, *row));
            one == other
        };
        let head = (0..rows.min(self.first_rows)).take_while(same).count();
        let any = cells.iter().any(|cell| cell.row < head && !cell.text.is_empty());
        // A head ends where no cell of it goes on.
        let whole = cells.iter().filter(|cell| cell.row < head).all(|cell| cell.row_end <= head);
        if any && whole && head < rows { head } else { 0 }
    }

    /// Puts together what the end of the page broke; whether the first new row was the end of the last one.
    fn put_together(&mut self, cells: &mut Vec<Cell>) -> bool {
        let last = self.rows;
        let is_last = |one: &Cell| one.row_end == last;
        let lowest: Vec<usize> = self.cells.iter().enumerate().filter_map(|(at, one)| is_last(one).then_some(at)).collect();
        let above = |cells: &[Cell], cell: &Cell| {
            let is_above = |one: &Cell| is_last(one) && one.column == cell.column && one.column_end == cell.column_end;
            lowest.iter().copied().find(|at| cells.get(*at).is_some_and(is_above))
        };
        let first: Vec<Cell> = cells.iter().filter(|cell| cell.row == last).cloned().collect();
        let filled: Vec<&Cell> = first.iter().filter(|cell| !cell.text.is_empty()).collect();
        // Each piece begins at the top and its cell ended at the bottom, none is a number, and something was left over for each.
        let joins = |cell: &Cell| {
            let one = above(&self.cells, cell).and_then(|at| self.cells.get(at))?;
            let number = cell.text.chars().all(|letter| letter.is_ascii_digit() || ".,-%".contains(letter));
            let fits = !one.text.is_empty() && one.ends && cell.begins && !number;
            fits.then(|| one.tail.as_ref().zip(cell.head.as_ref()).is_some_and(|(tail, head)| goes_on(tail, head, 0, one.width)))
        };
        let joined: Vec<Option<bool>> = filled.iter().map(|cell| joins(cell)).collect();
        let over = joined.iter().all(Option::is_some) && joined.contains(&Some(true));
        let finished = |cell: &&Cell| {
            cell.text.is_empty()
                && above(&self.cells, cell).and_then(|at| self.cells.get(at)).is_some_and(|one| !one.text.is_empty())
        };
        let all_go_on = joined.iter().all(|joins| *joins == Some(true));
        let one_row = filled.iter().all(|cell| cell.row_end == last + 1);
        if one_row && over && (first.iter().any(|cell| finished(&cell)) || all_go_on) {
            for cell in first {
                if let Some(one) = above(&self.cells, &cell).and_then(|at| self.cells.get_mut(at)) {
                    // A cell over several rows covers those that follow, too.
                    one.row_end = one.row_end.max(cell.row_end - 1);
                    if cell.text.is_empty() {
                        continue;
                    }
                    let goes_on =
                        one.tail.as_ref().zip(cell.head.as_ref()).is_some_and(|(tail, head)| goes_on(tail, head, 0, one.width));
                    if !goes_on {
                        one.text.push('\n');
                    }
                    put_together(&mut one.text, &cell.text);
                    one.text = words::cell(&one.text);
                    one.tail = cell.tail;
                }
            }
            return true;
        }
        // A cell over several rows goes on where the page begins with a blank one.
        let mut gone: Vec<(usize, usize)> = Vec::new();
        for cell in first.iter().filter(|cell| cell.text.is_empty()) {
            if let Some(one) = above(&self.cells, cell).and_then(|at| self.cells.get_mut(at))
                && one.row_end - one.row > 1
            {
                one.row_end = cell.row_end;
                gone.push((cell.row, cell.column));
            }
        }
        cells.retain(|cell| !gone.contains(&(cell.row, cell.column)));
        false
    }

    pub fn finish(mut self, origin: Origin) -> (Grid, Vec<BlockNotice>) {
        self.cells.order_by(|cell| (cell.row, cell.column));
        // Edges where no cell begins are those of double lines and of rules that part nothing.
        let begins = |of: fn(&Cell) -> usize| {
            let mut all: Vec<usize> = self.cells.iter().map(of).collect();
            all.order();
            all.dedup();
            all
        };
        let (rows, columns) = (begins(|cell| cell.row), begins(|cell| cell.column));
        let place = |all: &[usize], at: usize| all.partition_point(|known| *known < at);
        let cells: Vec<GridCell> = self.cells.iter().filter_map(|cell| number(cell, &rows, &columns, place)).collect();
        let count = |all: &[usize]| u32::try_from(all.len()).unwrap_or(u32::MAX);
        let grid = Grid { origin: origin.clone(), caption: None, rows: count(&rows), columns: count(&columns), cells };
        let mut notices = Vec::new();
        if self.doubtful > 0 {
            notices.push(BlockNotice::DoubtfulCells { origin, count: self.doubtful });
        }
        if self.aligned {
            notices.push(BlockNotice::AlignedColumns);
        }
        (grid, notices)
    }
}

fn number(cell: &Cell, rows: &[usize], columns: &[usize], place: impl Fn(&[usize], usize) -> usize) -> Option<GridCell> {
    let (row, column) = (place(rows, cell.row), place(columns, cell.column));
    let span = |from: usize, to: usize| u32::try_from(to.checked_sub(from)?.max(1)).ok();
    Some(GridCell {
        row: u32::try_from(row).ok()?,
        column: u32::try_from(column).ok()?,
        row_span: span(row, place(rows, cell.row_end))?,
        column_span: span(column, place(columns, cell.column_end))?,
        text: cell.text.clone(),
        exact: None,
    })
}

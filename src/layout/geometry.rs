//! Geometry (版面): which cell lies where on the grid of lines and columns that page, print and files share, spans included. Arrow keys,
//! pasted blocks, writers of files and the recogniser ask here, so that "below" and "beside" mean the same everywhere.

use super::cell::Content;
use super::sheet::Sheet;
use crate::id::CellId;
use crate::prelude::*;

/// Where every printed cell of a sheet lies. Lines count over all sections, from 0; columns are those of the sheet's grid, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Geometry {
    /// In the order of lines, then of columns.
    places: Vec<Place>,
    /// For each line and column the place that covers it.
    covers: Vec<Option<usize>>,
    width: usize,
    by_cell: SortedMap<CellId, usize>,
}

/// A printed cell as a rectangle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The cell that a person may fill; none for words of the form.
    pub cell: Option<CellId>,
    /// Given by the form, not to be typed into.
    pub locked: bool,
    pub line: usize,
    pub column: usize,
    /// How many lines it covers, at least 1.
    pub lines: usize,
    /// How many columns it covers, at least 1.
    pub columns: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    Up,
    Down,
    Left,
    Right,
}

impl Place {
    fn end_line(&self) -> usize {
        self.line.saturating_add(self.lines)
    }

    fn end_column(&self) -> usize {
        self.column.saturating_add(self.columns)
    }

    fn is_open(&self) -> bool {
        self.cell.is_some() && !self.locked
    }
}

impl Geometry {
    pub fn of(sheet: &Sheet) -> Geometry {
        let width = sheet.grid.len();
        let rows: Vec<_> = sheet.sections.iter().flat_map(|section| &section.rows).collect();
        let mut geometry = Geometry {
            places: Vec::new(),
            covers: vec![None; rows.len().saturating_mul(width)],
            width,
            by_cell: SortedMap::new(),
        };
        for (line, row) in rows.iter().enumerate() {
            let mut column = 0;
            for cell in &row.cells {
                while column < width && geometry.index(line, column).is_some() {
                    column = column.saturating_add(1);
                }
                let columns = usize::from(cell.column_span.max(1)).min(width.saturating_sub(column));
                let lines = usize::from(cell.row_span.max(1)).min(rows.len().saturating_sub(line));
                let (cell_id, locked, merged) = match &cell.content {
                    Content::Label(_) => (None, false, &[][..]),
                    Content::Field(field) => (Some(field.id), field.locked, field.merged.as_slice()),
                };
                geometry.put(Place { cell: cell_id, locked, line, column, lines, columns }, merged);
                column = column.saturating_add(columns);
            }
        }
        geometry
    }

    fn put(&mut self, place: Place, merged: &[CellId]) {
        let at = self.places.len();
        for line in place.line..place.end_line() {
            for column in place.column..place.end_column() {
                let index = line.saturating_mul(self.width).saturating_add(column);
                if let Some(slot) = self.covers.get_mut(index) {
                    *slot = Some(at);
                }
            }
        }
        for cell in place.cell.into_iter().chain(merged.iter().copied()) {
            self.by_cell.insert(cell, at);
        }
        self.places.push(place);
    }

    fn index(&self, line: usize, column: usize) -> Option<usize> {
        if column >= self.width {
            return None;
        }
        self.covers.get(line.checked_mul(self.width)?.checked_add(column)?).copied().flatten()
    }

    /// Every printed cell, by line and then by column.
    pub fn places(&self) -> &[Place] {
        &self.places
    }

    /// How many lines the sheet has.
    pub fn lines(&self) -> usize {
        self.covers.len().checked_div(self.width).unwrap_or(0)
    }

    /// How many columns its grid has.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Where a cell lies. A cell that is printed as one with another lies where that one does.
    pub fn place(&self, cell: CellId) -> Option<&Place> {
        self.places.get(*self.by_cell.get(&cell)?)
    }

    /// What covers a line and column.
    pub fn at(&self, line: usize, column: usize) -> Option<&Place> {
        self.places.get(self.index(line, column)?)
    }

    /// The nearest cell in a direction that a person may type into and that shares a column (up and down) or a line (left and right) with
    /// this one. Of several at one distance, the first.
    pub fn beside(&self, cell: CellId, direction: Direction) -> Option<CellId> {
        let here = self.place(cell)?;
        let (columns, lines) = (here.column..here.end_column(), here.line..here.end_line());
        let across = |line: usize| columns.clone().find_map(|column| self.open_at(line, column));
        let along = |column: usize| lines.clone().find_map(|line| self.open_at(line, column));
        match direction {
            Direction::Down => (here.end_line()..self.lines()).find_map(across),
            Direction::Up => (0..here.line).rev().find_map(across),
            Direction::Right => (here.end_column()..self.width).find_map(along),
            Direction::Left => (0..here.column).rev().find_map(along),
        }
    }

    fn open_at(&self, line: usize, column: usize) -> Option<CellId> {
        self.at(line, column).filter(|place| place.is_open())?.cell
    }
}

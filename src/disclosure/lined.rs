//! Tables that were told by the blanks of a text, as the lines that they were: the pages of a document set their columns anew on each page,
//! and a cell that seems to stand in one column may belong to the next. The order of the words of a line leaves less doubt.

use super::{Disclosure, Spot};
use crate::block::{Block, BlockNotice, Blocks, Grid, Paragraph};
use crate::prelude::*;

/// A text as lines, and where each stood.
pub(super) struct Lined {
    pub blocks: Blocks,
    places: Vec<Place>,
}

struct Place {
    block: usize,
    /// The cells of a row: the byte of the line where each ends, its row and its column.
    cells: Vec<(usize, u32, u32)>,
}

/// The lines of a text whose columns were told by blanks; `None` for every other file.
pub(super) fn lined(blocks: &Blocks) -> Option<Lined> {
    if !blocks.notices.contains(&BlockNotice::AlignedColumns) {
        return None;
    }
    let mut lined = Lined { blocks: Blocks::default(), places: Vec::new() };
    lined.blocks.notices.extend(blocks.notices.iter().filter(|notice| **notice != BlockNotice::AlignedColumns).cloned());
    for (at, block) in blocks.list.iter().enumerate() {
        match block {
            Block::Paragraph(_) => {
                lined.places.push(Place { block: at, cells: Vec::new() });
                lined.blocks.list.push(block.clone());
            }
            Block::Grid(grid) => lined.rows(grid, at),
        }
    }
    Some(lined)
}

impl Lined {
    fn rows(&mut self, grid: &Grid, block: usize) {
        let mut line = String::new();
        let mut cells: Vec<(usize, u32, u32)> = Vec::new();
        let mut row = None;
        for cell in &grid.cells {
            if row.is_some_and(|row| row != cell.row) {
                self.push(block, core::mem::take(&mut line), core::mem::take(&mut cells));
            }
            row = Some(cell.row);
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&cell.text);
            cells.push((line.len(), cell.row, cell.column));
        }
        self.push(block, line, cells);
    }

    fn push(&mut self, block: usize, text: String, cells: Vec<(usize, u32, u32)>) {
        if !text.is_empty() {
            self.places.push(Place { block, cells });
            self.blocks.list.push(Block::Paragraph(Paragraph { text, number: 0, heading: None }));
        }
    }

    /// What was found in the lines, at the places of the file.
    pub fn placed(&self, mut found: Disclosure) -> Disclosure {
        let block = |line: usize| self.places.get(line).map_or(0, |place| place.block);
        for table in &mut found.tables {
            table.blocks.iter_mut().for_each(|at| *at = block(*at));
            table.blocks.dedup();
        }
        for figure in &mut found.figures {
            if let Spot::Line { table, block: line, at } = figure.spot {
                let cell = self.cell(line, at);
                figure.spot = match cell {
                    Some((row, column, _)) => Spot::Cell { table, block: block(line), row, column },
                    None => Spot::Line { table, block: block(line), at },
                };
            }
        }
        for one in &mut found.statements {
            if let Some((_, _, from)) = self.cell(one.block, one.at) {
                one.at = (one.at.0.saturating_sub(from), one.at.1.saturating_sub(from));
            }
            one.block = block(one.block);
        }
        found.remnants.iter_mut().for_each(|remnant| remnant.block = block(remnant.block));
        found.gaps.iter_mut().for_each(|gap| gap.block = block(gap.block));
        found
    }

    /// The row and column of the cell that holds some bytes of a line, and where it begins.
    fn cell(&self, line: usize, at: (usize, usize)) -> Option<(u32, u32, usize)> {
        let cells = &self.places.get(line)?.cells;
        let nth = cells.iter().position(|(end, _, _)| at.1 <= *end)?;
        let from = nth.checked_sub(1).and_then(|before| cells.get(before)).map_or(0, |(end, _, _)| end.saturating_add(1));
        cells.get(nth).map(|(_, row, column)| (*row, *column, from))
    }
}

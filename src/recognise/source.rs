//! Blocks as lines of cells, one below the other, whatever they stand in.

use super::SourcePlace;
use super::key::key;
use super::known::Known;
use super::plan::Plan;
use super::text::trimmed;
use crate::block::{Block, Blocks, Grid, GridCell, Origin};
use crate::prelude::*;
use alloc::borrow::Cow;
use core::ops::Range;

/// A text with its place.
#[derive(Debug)]
pub(super) struct Cell<'a> {
    /// Position among all cells.
    pub at: usize,
    /// Whether it may be a word of any form.
    pub known: bool,
    pub place: SourcePlace,
    /// Columns of its grid, up to but without `to`.
    pub from: u32,
    pub to: u32,
    pub rows: u32,
    pub text: Cow<'a, str>,
    pub key: String,
    /// Cells whose characters were joined with this one: labels that are printed one character a row.
    pub more: Vec<SourcePlace>,
    /// It was joined with another.
    pub joined: bool,
}

impl Cell<'_> {
    /// How much of some columns it covers, in percent.
    pub fn share(&self, from: u32, to: u32) -> u32 {
        let covered = u64::from(self.overlap(from, to)).saturating_mul(100);
        covered.checked_div(u64::from(to.saturating_sub(from))).and_then(|share| u32::try_from(share).ok()).unwrap_or(0)
    }

    /// How many of some columns it covers.
    pub fn overlap(&self, from: u32, to: u32) -> u32 {
        self.to.min(to).saturating_sub(self.from.max(from))
    }
}

/// One row of a grid, or a paragraph, which is a row of one cell.
#[derive(Debug)]
pub(super) struct Line {
    /// Position in [`Blocks::list`].
    pub block: usize,
    pub paragraph: bool,
    /// Columns of its grid.
    pub width: u32,
    /// Where its grid begins in a sheet, which is cut to what is used.
    pub left: Option<u32>,
    /// Whether its grid has merged cells.
    pub merged: bool,
    /// Cells with text that begin here.
    pub starts: Vec<usize>,
    /// Cells with text that began above and reach down to here.
    pub covers: Vec<usize>,
}

#[derive(Debug, Default)]
pub(super) struct Source<'a> {
    pub cells: Vec<Cell<'a>>,
    pub lines: Vec<Line>,
}

/// More cells from above than this are not followed.
const MOST_COVERS: usize = 64;

impl<'a> Source<'a> {
    /// `told` says how texts are to be read; `known` tells whether a key means anything to any form, for labels that are printed one
    /// character a row.
    pub fn of(blocks: &'a Blocks, told: &SortedMap<SourcePlace, String>, known: &Known) -> Source<'a> {
        let mut source = Source::default();
        for (at, block) in blocks.list.iter().enumerate() {
            match block {
                Block::Paragraph(paragraph) => source.paragraph(at, SourcePlace::Paragraph { block: at }, &paragraph.text),
                Block::Grid(grid) => {
                    if let Some(caption) = &grid.caption {
                        source.paragraph(at, SourcePlace::Caption { block: at }, caption);
                    }
                    source.grid(at, grid, told, known);
                }
            }
        }
        for cell in &mut source.cells {
            cell.known = known.is_label(&cell.key);
        }
        source
    }

    fn paragraph(&mut self, block: usize, place: SourcePlace, text: &'a str) {
        let text = trimmed(text);
        if text.is_empty() {
            return;
        }
        let (at, known) = (self.cells.len(), false);
        let cell = Cell {
            at,
            known,
            place,
            from: 0,
            to: 1,
            rows: 1,
            text: Cow::Borrowed(text),
            key: key(text),
            more: Vec::new(),
            joined: false,
        };
        self.lines.push(Line {
            block,
            paragraph: true,
            width: 1,
            left: None,
            merged: false,
            starts: vec![self.cells.len()],
            covers: Vec::new(),
        });
        self.cells.push(cell);
    }

    /// How many words of a form some lines hold.
    pub fn words_of(&self, lines: &Range<usize>, plan: &Plan<'_>) -> usize {
        let lines = self.lines.get(lines.clone()).unwrap_or_default();
        let cells = lines.iter().flat_map(|line| &line.starts).filter_map(|at| self.cells.get(*at)).filter(|cell| cell.known);
        let keys: SortedSet<&str> = cells.map(|cell| cell.key.as_str()).into_set();
        let words: SortedSet<_> = keys.into_iter().flat_map(|key| plan.hits(key)).map(|hit| hit.label).into_set();
        words.len()
    }

    /// Whether a place stands in some lines.
    pub fn holds(&self, lines: &Range<usize>, place: SourcePlace) -> bool {
        let lines = self.lines.get(lines.clone()).unwrap_or_default();
        let cells = lines.iter().flat_map(|line| &line.starts).filter_map(|at| self.cells.get(*at));
        cells.into_iter().any(|cell| cell.place == place || cell.more.contains(&place))
    }

    fn grid(&mut self, block: usize, grid: &'a Grid, told: &SortedMap<SourcePlace, String>, known: &Known) {
        let place = |cell: &GridCell| SourcePlace::Cell { block, row: cell.row, column: cell.column };
        let counts = |cell: &&GridCell| !trimmed(&cell.text).is_empty() || told.contains_key(&place(cell));
        let first = self.cells.len();
        for cell in grid.cells.iter().filter(counts) {
            let text = trimmed(&cell.text);
            self.cells.push(Cell {
                at: 0,
                known: false,
                place: place(cell),
                from: cell.column,
                to: cell.column.saturating_add(cell.column_span.max(1)),
                rows: cell.row_span.max(1),
                text: Cow::Borrowed(text),
                key: key(told.get(&place(cell)).map_or(text, String::as_str)),
                more: Vec::new(),
                joined: false,
            });
        }
        // A word may be told for a place that holds nothing.
        for (place, word) in told {
            let SourcePlace::Cell { block: own, column, .. } = *place else { continue };
            if own == block && self.cells.get(first..).unwrap_or_default().iter().all(|cell| cell.place != *place) {
                let (from, to, text) = (column, column.saturating_add(1), Cow::Borrowed(""));
                let (key, more) = (key(word), Vec::new());
                self.cells.push(Cell { at: 0, known: false, place: *place, from, to, rows: 1, text, key, more, joined: false });
            }
        }
        if let Some(own) = self.cells.get_mut(first..) {
            own.order_by(|cell| cell.place);
            own.iter_mut().zip(first..).for_each(|(cell, at)| cell.at = at);
        }
        let merged = grid.cells.iter().any(|cell| cell.column_span > 1);
        let left = match &grid.origin {
            Origin::Sheet { column, .. } => Some(*column),
            Origin::Table(_) => None,
        };
        let mut gone = self.join_columns(first, known);
        if !merged {
            gone.extend(super::repeated::fold(self.cells.get_mut(first..).unwrap_or_default(), grid.columns, known));
            gone.order();
        }
        let mut open: Vec<(usize, u32)> = Vec::new();
        let mut at = first;
        while let Some(row) = self.row(at) {
            open.retain(|(_, end)| *end > row);
            let covers = open.iter().map(|(cell, _)| *cell).take(MOST_COVERS).collect();
            let mut starts = Vec::new();
            while self.row(at) == Some(row) {
                if gone.binary_search(&at).is_err() {
                    starts.push(at);
                }
                at += 1;
            }
            for cell in &starts {
                let rows = self.cells.get(*cell).map_or(1, |cell| cell.rows);
                if rows > 1 {
                    open.push((*cell, row.saturating_add(rows)));
                }
            }
            self.lines.push(Line { block, paragraph: false, width: grid.columns, left, merged, starts, covers });
        }
    }

    fn row(&self, at: usize) -> Option<u32> {
        match self.cells.get(at)?.place {
            SourcePlace::Cell { row, .. } => Some(row),
            SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => None,
        }
    }

    /// Joins runs of single characters down a column that make a label: 项 / 目 / 资 / 金. Gives the cells that were taken up, in order.
    fn join_columns(&mut self, first: usize, known: &Known) -> Vec<usize> {
        let mut columns: SortedMap<u32, Vec<usize>> = SortedMap::new();
        for (at, cell) in self.cells.iter().enumerate().skip(first) {
            columns.entry(cell.from).or_default().push(at);
        }
        let mut gone = Vec::new();
        for column in columns.values() {
            let runs: Vec<&[usize]> = column.chunk_by(|a, b| self.is_single(*a) && self.is_single(*b)).collect();
            for run in runs.into_iter().filter(|run| run.len() > 1) {
                self.join_run(run, known, &mut gone);
            }
        }
        gone.order();
        gone
    }

    /// One run may hold several labels, one below the other; the longest that is one is taken first.
    fn join_run(&mut self, run: &[usize], known: &Known, gone: &mut Vec<usize>) {
        const MOST: usize = 16;
        let mut from = 0;
        while from + 1 < run.len() {
            let longest = (from + 2..=run.len().min(from + MOST)).rev().find_map(|to| {
                let part = run.get(from..to)?;
                let text: String = part.iter().filter_map(|at| self.cells.get(*at)).map(|cell| cell.text.as_ref()).collect();
                known.is_label(&key(&text)).then_some((to, text))
            });
            let Some((to, text)) = longest else {
                from += 1;
                continue;
            };
            let rest: Vec<usize> = run.get(from + 1..to).unwrap_or_default().to_vec();
            let more = rest.iter().filter_map(|at| self.cells.get(*at)).map(|cell| cell.place).collect();
            let end = rest.last().and_then(|last| Some(self.row(*last)?.saturating_add(self.cells.get(*last)?.rows)));
            if let Some(head) = run.get(from).copied() {
                let row = self.row(head).unwrap_or(0);
                if let Some(cell) = self.cells.get_mut(head) {
                    cell.key = key(&text);
                    cell.text = Cow::Owned(text);
                    cell.more = more;
                    cell.rows = end.map_or(cell.rows, |end| end.saturating_sub(row)).max(cell.rows);
                }
            }
            for at in &rest {
                if let Some(cell) = self.cells.get_mut(*at) {
                    cell.joined = true;
                }
            }
            gone.extend(rest);
            from = to;
        }
    }

    fn is_single(&self, at: usize) -> bool {
        self.cells.get(at).is_some_and(|cell| cell.text.chars().count() == 1 && cell.text.chars().all(char::is_alphabetic))
    }
}

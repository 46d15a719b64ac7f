//! The tables and figures that were found so far.

use super::Table;
use super::figure::{Figure, Key};
use super::words::TableKind;
use crate::prelude::*;

/// More figures, and more tables, are no document that people read.
const MOST_FIGURES: usize = 40_000;
pub(super) const MOST_TABLES: usize = 200;

#[derive(Default)]
pub(super) struct Found {
    pub tables: Vec<Table>,
    pub figures: Vec<Figure>,
    pub unplaced: usize,
    /// Paragraphs that belong to tables.
    pub covered: SortedSet<usize>,
    /// Names of tables in the contents, with where they stand.
    pub announced: Vec<(&'static TableKind, usize)>,
    /// What is known of each table.
    keys: SortedSet<(usize, Key)>,
}

impl Found {
    /// Notes that a table begins.
    pub fn begin(&mut self, kind: &'static TableKind, block: usize, power: u32) -> usize {
        self.tables.push(Table { kind: kind.id, name: kind.name, blocks: vec![block], power, figures: 0 });
        self.tables.len().saturating_sub(1)
    }

    /// Keeps a figure, where its meaning stands only once in the table.
    pub fn add(&mut self, figure: Figure) {
        let Some(table) = figure.spot.table().filter(|_| self.figures.len() < MOST_FIGURES) else { return };
        if !self.keys.insert((table, figure.key.clone())) {
            return;
        }
        if let Some(entry) = self.tables.get_mut(table) {
            entry.figures += 1;
        }
        self.figures.push(figure);
    }
}

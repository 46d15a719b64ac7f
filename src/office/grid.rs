//! Edges of cells as columns: a table that is drawn by measures has edges that differ by a hair and are one line to a person.

use crate::prelude::*;

/// Edges nearer than this are one, in twentieths of a point: two thirds of a millimetre.
const HAIR: i32 = 38;

/// The columns of a table, by the measures of all its edges.
pub struct Edges(Vec<i32>);

impl Edges {
    pub fn of(edges: impl Iterator<Item = i32>) -> Self {
        let mut all: Vec<i32> = edges.collect();
        all.order();
        all.dedup();
        // Each group of near edges is named by its first one.
        let mut groups: Vec<i32> = Vec::new();
        for edge in all {
            if groups.last().is_none_or(|first| edge.saturating_sub(*first) > HAIR) {
                groups.push(edge);
            }
        }
        Self(groups)
    }

    /// The number of the column that begins at an edge.
    pub fn column(&self, edge: i32) -> u32 {
        let at = self.0.partition_point(|first| *first <= edge).saturating_sub(1);
        u32::try_from(at).unwrap_or(u32::MAX)
    }
}

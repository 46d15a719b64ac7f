//! A column, or a row, as what it says it holds.

use super::column::{Column, Kind};
use super::words::Name;
use crate::number::Unit;
use crate::prelude::*;

pub(super) struct Label {
    /// The column of the grid, or the position of the line.
    pub at: usize,
    /// Its own title.
    pub leaf: Name,
    /// All titles over it.
    pub whole: Name,
    pub kind: Kind,
    pub unit: Option<Unit>,
    pub own_unit: bool,
    /// How deep it stands under titles of several columns, by their words.
    pub above: Vec<String>,
}

impl Label {
    pub fn of_column(column: &Column) -> Label {
        let above = column.above().iter().map(|name| name.key.clone()).collect();
        let (leaf, whole) = (column.leaf().cloned().unwrap_or_default(), column.whole());
        Label { at: column.at, leaf, whole, kind: column.kind, unit: column.unit.clone(), own_unit: column.own_unit, above }
    }

    /// How many titles two labels have in common.
    pub fn shared(&self, other: &Label) -> usize {
        self.above.iter().zip(&other.above).take_while(|(one, other)| one == other).count()
    }

    pub fn is_amount(&self) -> bool {
        self.kind.adds_up()
    }
}

/// Figures that belong together stand no farther apart.
const NEAR: usize = 80;

/// The positions of the labels near one.
pub(super) fn near(labels: &[Label], at: usize) -> core::ops::Range<usize> {
    at.saturating_sub(NEAR)..labels.len().min(at.saturating_add(NEAR))
}

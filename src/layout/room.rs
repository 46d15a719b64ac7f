//! The columns of a sheet on paper, where a text is too long for its own: a reason of three hundred characters would make a line of a page
//! and more. It gets room from the columns that can spare some, as the print of the page gives it.

use super::cell::{CellView, Content};
use super::geometry::Geometry;
use super::sheet::Sheet;
use crate::prelude::*;

/// A text of more lines needs room.
const LINES: u32 = 12;
/// How wide A4 is between the margins of the table, in halves of a letter of 五号.
const UPRIGHT: u32 = 92;
const LYING: u32 = 140;
/// Words break anywhere, but not into single letters.
const LEAST: u32 = 9;

/// How many halves of a letter a text is long: a Chinese letter is twice as wide as others.
fn halves(text: &str) -> u32 {
    text.chars().map(|char| if char.is_ascii() { 1 } else { 2 }).fold(0, u32::saturating_add)
}

/// A cell with its columns.
struct Put<'a> {
    columns: core::ops::Range<usize>,
    text: &'a str,
    lines: usize,
}

impl Sheet {
    /// The relative widths of the grid as files print it; those of the form, unless a text needs more room.
    pub fn widths(&self, landscape: bool) -> Vec<u16> {
        let total = self.grid.iter().map(|width| u32::from(*width)).fold(0, u32::saturating_add).max(1);
        let room = if landscape { LYING } else { UPRIGHT };
        // In hundredths, so that nothing is lost.
        let scale = |width: &u16| u32::from(*width).saturating_mul(room).saturating_mul(100) / total;
        let own: Vec<u32> = self.grid.iter().map(scale).collect();
        let cells = self.put();
        let width = |cell: &Put<'_>| {
            own.get(cell.columns.clone()).unwrap_or_default().iter().fold(0, |sum: u32, own| sum.saturating_add(*own))
        };
        let wanted = |cell: &&Put<'_>| halves(cell.text).saturating_mul(100) / LINES;
        let long = cells.iter().filter(|cell| cell.lines == 1 && wanted(cell) > width(cell)).max_by_key(wanted);
        let Some(long) = long else { return self.grid.clone() };
        // What each other column can spare: it keeps its longest number, and room for a few letters.
        let mut least = vec![LEAST.saturating_mul(100); own.len()];
        for cell in cells.iter().filter(|cell| cell.columns.len() == 1) {
            let number = if cell.text.is_ascii() { halves(cell.text).saturating_add(2) } else { 0 };
            if let Some(least) = cell.columns.clone().next().and_then(|at| least.get_mut(at)) {
                *least = (*least).max(number.saturating_mul(100));
            }
        }
        let spare: Vec<u32> = (0..)
            .zip(own.iter().zip(&least))
            .map(|(at, (own, least))| if long.columns.contains(&at) { 0 } else { own.saturating_sub(*least) })
            .collect();
        let all = spare.iter().fold(0, |sum: u32, spare| sum.saturating_add(*spare));
        let granted = wanted(&long).saturating_sub(width(long)).min(all);
        let before = width(long).max(1);
        let widened = (0..).zip(own.iter().zip(&spare)).map(|(at, (own, spare))| {
            let of = |part: u32, whole: u32| u64::from(granted).saturating_mul(u64::from(part)) / u64::from(whole.max(1));
            let part = |number: u64| u32::try_from(number).unwrap_or(0);
            match long.columns.contains(&at) {
                true => own.saturating_add(part(of(*own, before))),
                false => own.saturating_sub(part(of(*spare, all))),
            }
        });
        widened.map(|width| u16::try_from(width).unwrap_or(u16::MAX).max(1)).collect()
    }

    /// Every cell with its columns.
    fn put(&self) -> Vec<Put<'_>> {
        let geometry = Geometry::of(self);
        let mut places = geometry.places().iter().peekable();
        let mut cells = Vec::new();
        for (line, row) in self.sections.iter().flat_map(|section| &section.rows).enumerate() {
            for view in &row.cells {
                let Some(place) = places.next_if(|place| place.line == line) else { continue };
                let columns = place.column..place.column.saturating_add(place.columns);
                cells.push(Put { columns, text: text(view), lines: place.lines });
            }
        }
        cells
    }
}

fn text(view: &CellView) -> &str {
    match &view.content {
        Content::Label(text) => text,
        Content::Field(field) => &field.shown,
    }
}

//! Rows that lost their place: where cells are merged downwards, some programs copy the rows below without the tab in front.

use super::fields::Row;
use crate::prelude::*;

/// Puts the rows of each table of a text to the right where that is how they fit; see [`settle_table`]. How many were moved.
pub fn settle(rows: &mut [Row]) -> u32 {
    rows.split_mut(Row::is_blank).map(settle_table).sum()
}

/// A browser copies no cell that others cover, and one tab for a cell over several columns: then each row ends at the right edge, and
/// begins where it can. Told by how rows of different lengths fit together, end to end or start to start.
fn ends_together(rows: &[Row]) -> bool {
    let kinds: Vec<Vec<Kind>> =
        rows.iter().filter(|row| row.cells.len() > 1).map(|row| row.cells.iter().map(|cell| kind(cell)).collect()).collect();
    let (mut by_start, mut by_end) = (0_usize, 0_usize);
    for pair in kinds.windows(2) {
        let [above, below] = pair else { continue };
        if above.len() != below.len() {
            by_start += above.iter().zip(below).filter(|(above, below)| !above.is_like(**below)).count();
            by_end += above.iter().rev().zip(below.iter().rev()).filter(|(above, below)| !above.is_like(**below)).count();
        }
    }
    by_end < by_start
}

/// Puts rows that are too short to the right, where their cells are like those of the row above there and not where they stand. How
/// many were moved.
fn settle_table(rows: &mut [Row]) -> u32 {
    let mut moved = 0;
    let together = ends_together(rows);
    // The last row that has all its cells.
    let mut model: Option<Vec<Kind>> = None;
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for row in rows {
        let kinds: Vec<Kind> = row.cells.iter().map(|cell| kind(cell)).collect();
        if kinds.len() == widest {
            model = Some(kinds);
            continue;
        }
        let missing = widest - kinds.len();
        if together && kinds.len() > 1 {
            row.cells.splice(0..0, vec![String::new(); missing]);
            moved += 1;
            continue;
        }
        let Some(model) = model.as_ref().filter(|_| kinds.len() > 1) else { continue };
        let unlike = |from: usize| model.iter().skip(from).zip(&kinds).filter(|(above, own)| !above.is_like(**own)).count();
        if unlike(missing) < unlike(0) {
            row.cells.splice(0..0, vec![String::new(); missing]);
            moved += 1;
        }
    }
    moved
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Number,
    Words,
}

impl Kind {
    /// A blank cell below is like any other above.
    fn is_like(self, below: Self) -> bool {
        self == below || below == Self::Blank
    }
}

fn kind(cell: &str) -> Kind {
    let cell = cell.trim();
    let digits = cell.chars().filter(char::is_ascii_digit).count();
    let letters = cell.chars().filter(|letter| letter.is_alphabetic()).count();
    match (cell.is_empty(), digits > 0 && letters <= 2) {
        (true, _) => Kind::Blank,
        (false, true) => Kind::Number,
        (false, false) => Kind::Words,
    }
}

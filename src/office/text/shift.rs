//! Rows that lost their place: where cells are merged downwards, some programs copy the rows below without the tab in front.

use super::fields::Row;
use crate::prelude::*;

/// Puts rows that are too short to the right, where their cells are like those of the row above there and not where they stand. How
/// many were moved.
pub fn settle(rows: &mut [Row]) -> u32 {
    let mut moved = 0;
    // The last row that has all its cells.
    let mut model: Option<Vec<Kind>> = None;
    let widest = rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    for row in rows {
        let kinds: Vec<Kind> = row.cells.iter().map(|cell| kind(cell)).collect();
        if kinds.len() == widest {
            model = Some(kinds);
            continue;
        }
        let Some(model) = model.as_ref().filter(|_| kinds.len() > 1) else { continue };
        let missing = widest - kinds.len();
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

//! A page as its pieces from the top down: tables, and lines of text outside of them.

use super::aligned;
use super::letters::{Letter, Turn, turned};
use super::lines::{self, Line};
use super::page::Heard;
use super::ruled::{self, Ruled};
use crate::prelude::*;

/// A page that reads from left to right.
pub struct Sheet {
    pub width: i32,
    pub height: i32,
    pub pieces: Vec<Piece>,
    /// Lines that may be a table, and are read as text.
    pub loose: u32,
}

#[derive(Clone, Debug)]
pub enum Piece {
    Line(Line),
    Table(Ruled),
}

impl Piece {
    pub fn top(&self) -> i32 {
        match self {
            Self::Line(line) => line.top,
            Self::Table(table) => table.top,
        }
    }
}

impl Sheet {
    /// How many places for a text it has: its lines, and the cells of its tables, blank ones too.
    pub fn places(&self) -> usize {
        let of = |piece: &Piece| match piece {
            Piece::Line(_) => 1,
            Piece::Table(table) => table.cells.len(),
        };
        self.pieces.iter().map(of).sum()
    }
}

/// Puts what was heard in order.
pub fn sheet(heard: Heard) -> Sheet {
    let Heard { mut width, mut height, mut letters, mut level, mut upright, .. } = heard;
    // Wide tables are often printed sideways on a page that stands.
    let count = |turn: Turn| letters.iter().filter(|letter| letter.turn == turn).count();
    let most = Turn::ALL.into_iter().max_by_key(|turn| (count(*turn), *turn == Turn::Upright)).unwrap_or(Turn::Upright);
    if most != Turn::Upright {
        letters = letters.into_iter().map(|letter| letter.turned(most, width, height)).collect();
        (level, upright) = turned(level, upright, most, width, height);
        if most != Turn::UpsideDown {
            core::mem::swap(&mut width, &mut height);
        }
    }
    let mut tables = ruled::tables(level, upright);
    let mut in_tables: Vec<Vec<Vec<Letter>>> = vec![Vec::new(); tables.len()];
    let mut outside: Vec<Letter> = Vec::new();
    for word in words(letters) {
        let middle = word.get(word.len() / 2).map(Letter::middle).unwrap_or_default();
        match tables.iter().position(|table| table.holds(middle)).and_then(|at| in_tables.get_mut(at)) {
            Some(words) => words.push(word),
            None => outside.extend(word),
        }
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for (mut table, words) in tables.drain(..).zip(in_tables) {
        let plain = words.iter().flatten().copied().collect::<Vec<Letter>>();
        table.lay(words);
        // A frame around one text is no table.
        if table.cells.iter().filter(|cell| !cell.text.is_empty()).count() >= 2 {
            pieces.push(Piece::Table(table));
        } else {
            outside.extend(plain);
        }
    }
    let mut loose = 0;
    for turn in Turn::ALL {
        let mut own: Vec<Letter> =
            outside.iter().filter(|letter| letter.turn == turn).map(|letter| letter.turned(turn, width, height)).collect();
        let mut lines = lines::lines(own.clone());
        if turn == Turn::Upright {
            pieces.extend(aligned::tables(&mut lines, &mut own).into_iter().map(Piece::Table));
            loose = aligned::loose(&lines);
        }
        // What runs otherwise than the page stands behind all else on it.
        let behind = |line: Line| if turn == Turn::Upright { line } else { Line { top: height, bottom: height, ..line } };
        pieces.extend(lines.into_iter().map(behind).map(Piece::Line));
    }
    pieces.order_by(Piece::top);
    Sheet { width, height, pieces, loose }
}

/// Letters that were drawn together without a gap: what no rule parts.
fn words(letters: Vec<Letter>) -> Vec<Vec<Letter>> {
    let mut words: Vec<Vec<Letter>> = Vec::new();
    for letter in letters {
        if letter.letter.is_whitespace() {
            words.push(vec![letter]);
            continue;
        }
        let follows = |last: &Letter| {
            let (before, after) = match letter.turn {
                Turn::Upright => (last.right, letter.left),
                Turn::Downwards => (last.bottom, letter.top),
                Turn::UpsideDown => (letter.right, last.left),
                Turn::Upwards => (letter.bottom, last.top),
            };
            let same_line = match letter.turn {
                Turn::Upright | Turn::UpsideDown => (last.bottom - letter.bottom).abs(),
                Turn::Downwards | Turn::Upwards => (last.left - letter.left).abs(),
            };
            let near = (after - before).abs() * 100 <= letter.size * 30 && same_line * 100 <= letter.size * 30;
            last.run == letter.run && last.turn == letter.turn && !last.letter.is_whitespace() && near
        };
        match words.last_mut() {
            Some(word) if word.last().is_some_and(follows) => word.push(letter),
            _ => words.push(vec![letter]),
        }
    }
    words
}

//! Tables whose columns are set with blanks.

use super::fields::Row;
use crate::prelude::*;

/// A word of a line and the place where it begins, counted in half widths.
struct Word {
    start: usize,
    text: String,
}

/// The table that begins on the first line, and how many lines it takes: two or more lines with wide gaps between words, of which
/// half and more begin their words at places that they share.
pub fn block(lines: &[&str]) -> Option<(Vec<Row>, usize)> {
    let mut parted: Vec<Vec<Word>> = Vec::new();
    for line in lines.iter().take(crate::office::limits::BLOCKS) {
        let words = words(line);
        if words.len() < 2 {
            break;
        }
        parted.push(words);
    }
    let used = parted.len();
    if used < 2 {
        return None;
    }
    let starts = columns(&parted);
    // In prose, gaps stand anywhere: a place where only one line begins a word is no column.
    let shared = parted.iter().flatten().filter(|word| count_at(&parted, word.start) > 1).count();
    let all: usize = parted.iter().map(Vec::len).sum();
    if shared * 2 < all || starts.len() > 200 {
        return None;
    }
    let rows = parted
        .into_iter()
        .map(|words| {
            let mut cells = vec![String::new(); starts.len()];
            for word in words {
                let column = starts.partition_point(|start| *start <= word.start + 1).saturating_sub(1);
                if let Some(cell) = cells.get_mut(column) {
                    if !cell.is_empty() {
                        cell.push(' ');
                    }
                    cell.push_str(&word.text);
                }
            }
            Row { cells }
        })
        .collect();
    Some((rows, used))
}

fn count_at(parted: &[Vec<Word>], start: usize) -> usize {
    parted.iter().take(200).filter(|words| words.iter().any(|word| word.start.abs_diff(start) <= 1)).count()
}

/// Where columns begin: every place where a word begins, those next to one another as one.
fn columns(parted: &[Vec<Word>]) -> Vec<usize> {
    let mut starts: Vec<usize> = parted.iter().flatten().map(|word| word.start).collect();
    starts.order();
    starts.dedup();
    let mut columns: Vec<usize> = Vec::new();
    for start in starts {
        if columns.last().is_none_or(|last| start > last + 1) {
            columns.push(start);
        }
    }
    columns
}

/// Words that two blanks, or one wide blank, part.
fn words(line: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut place = 0;
    let mut gap = 2;
    for letter in line.chars() {
        let width = if letter < '\u{1100}' { 1 } else { 2 };
        if letter == ' ' || letter == '\u{3000}' || letter == '\u{a0}' {
            gap += width;
        } else {
            match words.last_mut() {
                Some(word) if gap < 2 => {
                    if gap == 1 {
                        word.text.push(' ');
                    }
                    word.text.push(letter);
                }
                _ => words.push(Word { start: place, text: letter.to_string() }),
            }
            gap = 0;
        }
        place += width;
    }
    words
}

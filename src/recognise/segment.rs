//! Where one table ends and the next begins: several projects stand in one file, and one project may fill several grids.

use super::around;
use super::key::{bare, key};
use super::known::{Known, holds};
use super::source::{Cell, Line, Source};
use crate::prelude::*;
use crate::template::Labels;
use core::ops::Range;

/// What the lines of a table have said so far.
#[derive(Default)]
struct Seen {
    /// Label and value of 项目名称 and the like.
    names: Vec<(String, String)>,
    indicators: bool,
    total: bool,
    /// A title that stands below lines of a grid.
    title: bool,
    grid: bool,
}

/// Ranges of lines, in order, that together are all lines.
pub(super) fn segments(source: &Source<'_>, known: &Known, words: &Labels) -> Vec<Range<usize>> {
    let mut segments = Vec::new();
    let mut from = 0;
    let mut seen = Seen::default();
    // The line behind the last one that surely belongs to what came before.
    let mut loose = 0;
    for (at, line) in source.lines.iter().enumerate() {
        let cells: Vec<&Cell<'_>> = line.starts.iter().filter_map(|cell| source.cells.get(*cell)).collect();
        let name = start(&cells, line, known);
        let levels = cells.iter().filter(|cell| holds(&known.levels, &cell.key)).count() >= 2;
        let begins = match &name {
            Some((label, value)) => seen.begins(label, value),
            None => levels && seen.total && seen.indicators,
        };
        if begins {
            let start = loose.max(from);
            if start > from {
                segments.push(from..start);
            }
            from = start;
            seen = Seen::default();
        }
        seen.names.extend(name.clone());
        seen.indicators |= levels;
        seen.total |= cells.first().is_some_and(|cell| holds(&known.totals, &cell.key)) && seen.indicators;
        let single = cells.len() == 1;
        let title = single && cells.first().is_some_and(|cell| around::is_title(words, &cell.key));
        seen.title |= title && seen.grid;
        seen.grid |= !line.paragraph && !single;
        let around = single && cells.first().is_some_and(|cell| is_around(words, cell));
        if !around && name.is_none() {
            loose = at + 1;
        }
    }
    segments.push(from..source.lines.len());
    segments.retain(|segment| !segment.is_empty());
    segments
}

impl Seen {
    /// Whether a name begins a new table, or is one more of the same.
    fn begins(&self, label: &str, value: &str) -> bool {
        let done = self.indicators || self.title;
        match self.names.iter().find(|(known, _)| known == label) {
            Some((_, known)) => known != value || done,
            None => done && (self.total || self.title || !self.names.is_empty()),
        }
    }
}

/// Lines that stand before a table and belong to it.
fn is_around(words: &Labels, cell: &Cell<'_>) -> bool {
    around::is_title(words, &cell.key)
        || around::is_year_line(&cell.key)
        || around::is_unit_line(&cell.key)
        || around::is_annex(words, &cell.key)
        || (cell.text.chars().count() <= 30
            && cell.text.contains([':', '：'])
            && !around::is_note(words, &cell.text)
            && !around::is_prose(&cell.text))
}

/// 项目名称 and what stands behind it, in the next cell or behind a colon.
fn start(cells: &[&Cell<'_>], line: &Line, known: &Known) -> Option<(String, String)> {
    for (at, cell) in cells.iter().enumerate() {
        if holds(&known.starts, &cell.key) && !line.paragraph {
            let next = cells.get(at + 1)?;
            return (!known.is_label(&next.key)).then(|| (bare(&cell.key).to_owned(), plain(&next.text)));
        }
        if let Some((label, value)) = cell.text.split_once([':', '：']) {
            let label = key(label);
            let short = value.chars().count() <= 60 && !value.contains('。');
            if holds(&known.starts, &label) && short && !value.trim().is_empty() && (!line.paragraph || cells.len() == 1) {
                return Some((bare(&label).to_owned(), plain(value)));
            }
        }
    }
    None
}

fn plain(text: &str) -> String {
    text.chars().filter(|char| !char.is_whitespace()).collect()
}

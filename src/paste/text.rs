//! Plain text as spreadsheets put it on the clipboard: tabs between cells, line breaks between rows, quotes around a cell that holds
//! either.

use super::{Block, Left, MOST_CELLS, TooLarge};
use crate::block::{Grid, GridCell, Origin};
use crate::prelude::*;

/// Whether a pasted text is a block of cells and not one cell's text.
pub fn is_block(text: &str) -> bool {
    cell_of(text).is_none()
}

/// The text of the one cell that was copied, without the line break that a spreadsheet puts behind it; `None` for a block of cells.
pub fn cell_of(text: &str) -> Option<String> {
    let mut rows = Rows { rest: without_end(text), quotes_close: true };
    let mut first = rows.next()?;
    (first.len() == 1 && rows.next().is_none()).then(|| first.pop().unwrap_or_default())
}

/// Whether all rows of a text have several cells, and as many as each other.
pub fn is_even(text: &str) -> bool {
    let mut rows = (Rows { rest: without_end(text), quotes_close: true }).map(|row| row.len());
    rows.next().is_some_and(|first| first > 1 && rows.all(|length| length == first))
}

/// A text without the line break at its end, in any spelling.
pub(super) fn without_end(text: &str) -> &str {
    text.trim_end_matches(['\r', '\n', '\0'])
}

impl Block {
    /// Every cell of a pasted text, blank ones included. Whatever is not a well-formed quoted cell is taken as it stands, so no
    /// character is lost.
    ///
    /// # Errors
    /// Where it has more cells than any table.
    pub fn of_text(text: &str) -> Result<Block, TooLarge> {
        let mut cells = Vec::new();
        let (mut lengths, mut columns) = (Vec::new(), 0_usize);
        for row in (Rows { rest: without_end(text), quotes_close: true }) {
            let at = lengths.len();
            columns = columns.max(row.len());
            lengths.push(row.len());
            if lengths.len().saturating_mul(columns) > MOST_CELLS {
                return Err(TooLarge);
            }
            for (column, text) in row.into_iter().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
                let (row, column) = (number(at), number(column));
                cells.push(GridCell { row, column, row_span: 1, column_span: 1, text, exact: None });
            }
        }
        let grid = Grid { origin: Origin::Table(1), caption: None, rows: number(lengths.len()), columns: number(columns), cells };
        let mut block = Block::of_grid(&grid)?;
        lengths.truncate(block.rows.len());
        block.lengths = lengths;
        Ok(block)
    }
}

/// Texts at their places among each other, as a spreadsheet reads them.
pub(super) fn written(left: &[Left]) -> String {
    let first = left.iter().map(|left| left.column).min().unwrap_or(0);
    let mut written = String::new();
    let mut at: Option<(usize, usize)> = None;
    for left in left {
        let mut column = first;
        if let Some((row, before)) = at {
            if row == left.row { column = before } else { written.push('\n') }
        }
        written.extend(core::iter::repeat_n('\t', left.column.saturating_sub(column)));
        let quoted = left.text.contains(['\t', '\n', '\r', '\u{b}']) || left.text.starts_with('"');
        if quoted {
            written.push('"');
            written.push_str(&left.text.replace('"', "\"\""));
            written.push('"');
        } else {
            written.push_str(&left.text);
        }
        at = Some((left.row, left.column));
    }
    written
}

fn number(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}

/// The rows of a text, one after the other.
pub(super) struct Rows<'a> {
    pub rest: &'a str,
    /// Once a quote was looked for to the end in vain, no other is closed either.
    pub quotes_close: bool,
}

impl Iterator for Rows<'_> {
    type Item = Vec<String>;

    fn next(&mut self) -> Option<Vec<String>> {
        if self.rest.is_empty() {
            return None;
        }
        let mut row = Vec::new();
        loop {
            let (cell, after) = self.quoted().unwrap_or_else(|| plain(self.rest));
            row.push(cell);
            match after.strip_prefix('\t') {
                Some(next) => self.rest = next,
                None => {
                    self.rest = after.strip_prefix("\r\n").or(after.strip_prefix(['\n', '\r'])).unwrap_or_default();
                    return Some(row);
                }
            }
        }
    }
}

impl<'a> Rows<'a> {
    /// A cell in quotes that end right before a tab, a line break or the end; quotes within it are doubled. Quotes around a text that
    /// needs none are its own.
    fn quoted(&mut self) -> Option<(String, &'a str)> {
        let mut rest = self.rest.strip_prefix('"').filter(|_| self.quotes_close)?;
        let mut cell = String::new();
        let mut doubled = false;
        loop {
            let Some((part, after)) = rest.split_once('"') else {
                self.quotes_close = false;
                return None;
            };
            cell.push_str(part);
            match after.strip_prefix('"') {
                Some(next) => {
                    cell.push('"');
                    doubled = true;
                    rest = next;
                }
                None => {
                    let ends = after.is_empty() || after.starts_with(['\t', '\n', '\r']);
                    let needed = doubled || cell.contains(['\n', '\r', '\t', '\u{b}']);
                    return (ends && needed).then(|| (lines(&cell), after));
                }
            }
        }
    }
}

/// A cell up to the next tab or line break.
fn plain(text: &str) -> (String, &str) {
    let (cell, after) = text.split_at(text.find(['\t', '\n', '\r']).unwrap_or(text.len()));
    (lines(cell), after)
}

/// Line breaks within a cell in one spelling; a word processor writes them as vertical tabs.
fn lines(cell: &str) -> String {
    cell.replace("\r\n", "\n").replace(['\r', '\u{b}', '\u{c}'], "\n").replace('\0', "")
}

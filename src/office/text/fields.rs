//! Cells between separators, with quotation marks.

use crate::block::{Limit, Refusal};
use crate::office::limits;
use crate::prelude::*;

#[derive(Debug, Default, PartialEq, Eq)]
pub struct Row {
    pub cells: Vec<String>,
}

impl Row {
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }
}

#[derive(Clone, Copy)]
pub struct Dialect {
    separator: char,
    /// A quotation mark that is not closed before a separator or the end of the line stands for itself: Word does not quote cells.
    strict_quotes: bool,
}

impl Dialect {
    pub fn comma(separator: char) -> Self {
        Self { separator, strict_quotes: false }
    }

    pub fn tab() -> Self {
        Self { separator: '\t', strict_quotes: true }
    }
}

/// All rows, and the line (from 1) of a quotation mark that is never closed.
pub fn split(text: &str, dialect: Dialect) -> Result<(Vec<Row>, Option<u32>), Refusal> {
    let mut rows = Vec::new();
    let mut row = Row::default();
    let mut line = 1_u32;
    let mut open_quote = None;
    let mut cells = 0_usize;
    let mut rest = text;
    // Once a quote was searched to the end in vain, no other of the rest is closed either.
    let mut quotes_close = true;
    loop {
        let quoted = rest.trim_start_matches(' ').strip_prefix('"').filter(|_| quotes_close);
        let (cell, after) = match quoted.map(|inner| (closing_quote(inner, dialect), inner)) {
            Some((Some((cell, after)), _)) => (cell, after),
            Some((None, inner)) if !dialect.strict_quotes => {
                open_quote = open_quote.or(Some(line));
                (inner.replace("\"\"", "\""), "")
            }
            Some((None, _)) => {
                quotes_close = false;
                plain(rest, dialect.separator)
            }
            None => plain(rest, dialect.separator),
        };
        let taken = rest.len() - after.len();
        let breaks = rest.get(..taken).unwrap_or("").matches('\n').count();
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        cells += 1;
        if cells > 4 * limits::CELLS {
            return Err(Refusal::Over(Limit::Count));
        }
        row.cells.push(cell);
        rest = after;
        match rest.chars().next() {
            Some(sign) if sign == dialect.separator => {
                rest = rest.get(sign.len_utf8()..).unwrap_or("");
                if row.cells.len() > usize::try_from(limits::COLUMNS).unwrap_or(usize::MAX) {
                    return Err(Refusal::Over(Limit::Size));
                }
            }
            Some(_) => {
                rest = rest.get(1..).unwrap_or("");
                line = line.saturating_add(1);
                rows.push(core::mem::take(&mut row));
                if rows.len() > usize::try_from(limits::ROWS).unwrap_or(usize::MAX) {
                    return Err(Refusal::Over(Limit::Size));
                }
                if rest.is_empty() {
                    return Ok((rows, open_quote));
                }
            }
            None => {
                rows.push(row);
                return Ok((rows, open_quote));
            }
        }
    }
}

/// A cell up to the next separator or line end.
fn plain(rest: &str, separator: char) -> (String, &str) {
    let end = rest.find([separator, '\n']).unwrap_or(rest.len());
    let (cell, after) = rest.split_at(end);
    (cell.to_owned(), after)
}

/// The text up to the closing quotation mark, behind which the cell must end; none if there is no such mark.
fn closing_quote(inner: &str, dialect: Dialect) -> Option<(String, &str)> {
    let mut from = 0;
    loop {
        let at = from + inner.get(from..)?.find('"')?;
        let after = inner.get(at + 1..)?;
        if after.starts_with('"') {
            from = at + 2;
            continue;
        }
        let next = after.trim_start_matches(' ');
        if next.is_empty() || next.starts_with(['\n', dialect.separator]) {
            return Some((inner.get(..at)?.replace("\"\"", "\""), next));
        }
        if dialect.strict_quotes {
            return None;
        }
        from = at + 1;
    }
}

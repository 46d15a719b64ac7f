//! Reads a plain block of cells as spreadsheets put it on the clipboard: tabs between cells, line breaks between rows, quotes around a
//! cell that holds either.

use crate::prelude::*;

/// Whether a pasted text is a block of cells and not one cell's text.
pub fn is_block(text: &str) -> bool {
    text.trim_end_matches(['\r', '\n']).contains(['\t', '\n'])
}

/// The cells of a pasted text, row by row. Whatever is not a well-formed quoted cell is taken as it stands, so no character is lost.
pub fn block_from_text(text: &str) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut rest = text.trim_end_matches(['\r', '\n']);
    loop {
        let (cell, after) = quoted_cell(rest).unwrap_or_else(|| plain_cell(rest));
        row.push(cell);
        match after.strip_prefix('\t') {
            Some(next) => rest = next,
            None => {
                rows.push(core::mem::take(&mut row));
                let Some(next) = after.strip_prefix("\r\n").or(after.strip_prefix('\n')) else { return rows };
                rest = next;
            }
        }
    }
}

/// A cell up to the next tab or line break.
fn plain_cell(text: &str) -> (String, &str) {
    let end = text.find(['\t', '\n']).unwrap_or(text.len());
    let (cell, after) = text.split_at(end);
    (cell.trim_end_matches('\r').to_owned(), after)
}

/// A cell in quotes that end right before a tab, a line break or the end; quotes within it are doubled.
fn quoted_cell(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('"')?;
    let mut cell = String::new();
    loop {
        let (part, after) = rest.split_once('"')?;
        cell.push_str(part);
        match after.strip_prefix('"') {
            Some(next) => {
                cell.push('"');
                rest = next;
            }
            None => {
                let ends = after.is_empty() || after.starts_with(['\t', '\n']) || after.starts_with("\r\n");
                return ends.then_some((cell, after));
            }
        }
    }
}

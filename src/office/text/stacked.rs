//! Tables whose every cell is a line that ends with a stroke, as web pages give them to those who copy their text: `合计 |`, `17,758.87 |`.
//! Nothing says where a row ends, but its figures stand together, and all rows have as many.

use super::fields::Row;
use crate::prelude::*;

/// A figure that the text does not reach.
const CUT: &str = "…";
/// A row has no more figures than this.
const MOST_FIGURES: usize = 40;
/// Fewer lines are no table.
const FEWEST: usize = 8;

/// The table that begins on the first line, and how many lines it takes. `None` where its rows are not told.
pub fn block(lines: &[&str]) -> Option<(Vec<Row>, usize)> {
    let cells: Vec<&str> =
        lines.iter().take(crate::office::limits::BLOCKS).map_while(|line| line.trim().strip_suffix('|').map(str::trim)).collect();
    if cells.len() < FEWEST || cells.iter().any(|cell| cell.contains('|') || cell.is_empty()) {
        return None;
    }
    let first = cells.iter().position(|cell| is_figure(cell))?;
    let run = cells.iter().skip(first).take(MOST_FIGURES).take_while(|cell| is_figure(cell)).count();
    let numbered = ["序号", "行次", "编号"].contains(cells.first()?);
    // The first row has a label or more, which stand behind the head. The number of the next row is no figure of this one.
    let (figures, rows) = (1..=run).rev().find_map(|figures| {
        let rows = rows(cells.get(first.checked_sub(1)?..)?, figures)?;
        let told = |row: &Vec<&str>| row.first().is_some_and(|cell| is_number(cell) || is_whole(cell));
        (!numbered || rows.iter().all(told)).then_some((figures, rows))
    })?;
    let labels = rows.iter().map(Vec::len).max()?.checked_sub(figures)?;
    let columns = labels + figures;
    let over = first.checked_sub(columns).filter(|over| *over > 0)?;
    let head: Vec<String> = cells.get(..columns)?.iter().map(|cell| (*cell).to_owned()).collect();
    let used = cells.len();
    let mut table = vec![Row { cells: head }];
    for (nth, row) in rows.into_iter().enumerate() {
        let more = if nth == 0 { cells.get(columns..columns + over - 1)? } else { &[] };
        let (names, values) = row.split_at(row.len() - figures);
        let mut cells = vec![String::new(); labels];
        let names: Vec<&str> = more.iter().chain(names).copied().collect();
        // What is missing was merged: a name stands right before its figures, a number in the first column.
        let leads = numbered && (names.len() > 1 || is_whole(names.first()?)) || names.len() == labels;
        let from = labels.checked_sub(names.len())?;
        for (at, name) in names.iter().enumerate() {
            let at = if leads && at == 0 { 0 } else { from + at };
            if let Some(cell) = cells.get_mut(at) {
                (*name).clone_into(cell);
            }
        }
        cells.extend(values.iter().map(|value| (*value).to_owned()));
        table.push(Row { cells });
    }
    (table.len() > 2).then_some((table, used))
}

/// 一, （一）, 1
fn is_number(cell: &str) -> bool {
    let inner = cell.trim_matches(['(', ')', '（', '）']);
    !inner.is_empty() && inner.chars().all(|char| char.is_ascii_digit() || "一二三四五六七八九十".contains(char))
}

fn is_whole(cell: &str) -> bool {
    matches!(cell, "合计" | "总计" | "小计")
}

/// Rows of labels and so many figures; the first cell of a row is always a label.
fn rows<'a>(cells: &[&'a str], figures: usize) -> Option<Vec<Vec<&'a str>>> {
    let mut rows: Vec<Vec<&str>> = Vec::new();
    let mut at = 0;
    while let Some(first) = cells.get(at) {
        let mut row = vec![*first];
        at += 1;
        while let Some(cell) = cells.get(at).filter(|cell| !is_figure(cell)) {
            row.push(cell);
            at += 1;
        }
        let values: Vec<&str> = cells.get(at..)?.iter().take(figures).copied().take_while(|cell| is_figure(cell)).collect();
        if values.len() < figures {
            // Where the text is cut off, what is missing is no 0.
            let known = row.len();
            row.extend((known..2).map(|_| CUT));
            row.extend(values.iter().copied().chain(core::iter::repeat(CUT)).take(figures));
            rows.push(row);
            return (at + values.len() == cells.len()).then_some(rows);
        }
        row.extend(values);
        at += figures;
        rows.push(row);
    }
    Some(rows)
}

fn is_figure(cell: &str) -> bool {
    let plain = cell.trim_end_matches('%').trim_start_matches('-');
    plain.chars().any(|char| char.is_ascii_digit())
        && plain.chars().all(|char| char.is_ascii_digit() || matches!(char, '.' | ','))
        || matches!(cell, "-" | "—" | "——" | "/")
}

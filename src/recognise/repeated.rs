//! Merged cells that a program filled in: 项目名称 / 项目名称 / 防汛物资 / 防汛物资 / 防汛物资 is one word and one value.
//!
//! A text that is printed twice side by side may also be two cells that say the same, such as a target and what was reached. So a grid must
//! show that it was filled in, by words or whole lines said over and over, and under titles that differ there are always two cells.

use super::known::Known;
use super::source::Cell;
use crate::prelude::*;

/// Fewer cells of one text are no line across the table.
const ACROSS: usize = 3;

/// Makes one cell of each run that was filled in, and gives the cells that were taken up, in order. The cells are those of one grid without
/// merged cells, by row and column.
pub(super) fn fold(cells: &mut [Cell<'_>], width: u32, known: &Known) -> Vec<usize> {
    let mut gone = Vec::new();
    let rows = || cells.chunk_by(same_row);
    // One word may stand over two columns that mean two things; two such words hardly do.
    let doubled: SortedSet<&str> = rows().flat_map(|row| doubled(row, known)).into_set();
    if doubled.len() < 2 && !rows().any(|row| is_filled_in(row, width, known)) && !agree_below(cells, known) {
        return gone;
    }
    // Columns at which one title ends and another begins, of the titles in force.
    let mut edges: SortedSet<u32> = SortedSet::new();
    let mut titled = false;
    for row in cells.chunk_by_mut(same_row) {
        let across = is_across(row, width);
        let runs = runs(row);
        let heads = || runs.iter().filter_map(|run| row.get(run.start));
        let titles = heads().all(worded) && heads().filter(|cell| known.is_word(&cell.key)).count() * 2 > runs.len().max(2);
        if titles {
            // The second row of a header adds to the first: titles of that stand over both.
            let above = if titled { core::mem::take(&mut edges) } else { SortedSet::new() };
            edges = heads().map(|cell| cell.from).chain(above).into_set();
        }
        titled = titles;
        for run in runs {
            let run = row.get_mut(run).unwrap_or_default();
            let whole = across || run.first().is_some_and(|head| known.is_label(&head.key));
            // Numbers are one only under a title that is.
            if !whole && edges.is_empty() && !run.first().is_some_and(worded) {
                continue;
            }
            for part in run.chunk_by_mut(|_, next| whole || !edges.contains(&next.from)) {
                let Some((head, rest)) = part.split_first_mut() else { continue };
                for cell in rest {
                    head.to = cell.to;
                    take(head, cell, &mut gone);
                }
            }
        }
    }
    fold_down(cells, known, &mut gone);
    gone.order();
    gone
}

/// The same at the left edge, one below the other: a side that stood over several rows.
fn fold_down(cells: &mut [Cell<'_>], known: &Known, gone: &mut Vec<usize>) {
    let mut above: Option<&mut Cell<'_>> = None;
    for row in cells.chunk_by_mut(same_row) {
        let Some(first) = row.first_mut().filter(|cell| !cell.joined && known.is_word(&cell.key)) else {
            above = None;
            continue;
        };
        match &mut above {
            Some(head) if head.text == first.text && (head.from, head.to) == (first.from, first.to) && follows(head, first) => {
                head.rows = head.rows.saturating_add(1);
                take(head, first, gone);
            }
            _ => above = Some(first),
        }
    }
}

fn take(head: &mut Cell<'_>, cell: &mut Cell<'_>, gone: &mut Vec<usize>) {
    head.more.push(cell.place);
    head.more.append(&mut cell.more);
    cell.joined = true;
    gone.push(cell.at);
}

/// Whether a cell stands right below what another reaches down to.
fn follows(head: &Cell<'_>, cell: &Cell<'_>) -> bool {
    row_of(head).map(|row| row.saturating_add(head.rows)) == row_of(cell)
}

fn worded(cell: &Cell<'_>) -> bool {
    cell.text.contains(char::is_alphabetic)
}

fn row_of(cell: &Cell<'_>) -> Option<u32> {
    match cell.place {
        super::SourcePlace::Cell { row, .. } => Some(row),
        super::SourcePlace::Paragraph { .. } | super::SourcePlace::Caption { .. } => None,
    }
}

fn same_row(a: &Cell<'_>, b: &Cell<'_>) -> bool {
    row_of(a) == row_of(b)
}

/// Neighbours that say the same.
fn runs(row: &[Cell<'_>]) -> Vec<core::ops::Range<usize>> {
    let mut start = 0;
    let same = |a: &Cell<'_>, b: &Cell<'_>| a.to == b.from && a.text == b.text && !a.joined && !b.joined && a.more.is_empty();
    let lengths = row.chunk_by(same).map(<[Cell<'_>]>::len);
    lengths
        .map(|length| {
            start += length;
            start - length..start
        })
        .collect()
}

/// Whether a title stands beside itself, and the cells below its columns say the same in each row that fills them: nothing is lost in one.
fn agree_below(cells: &[Cell<'_>], known: &Known) -> bool {
    let mut rows = cells.chunk_by(same_row);
    while let Some(row) = rows.next() {
        let titles: Vec<_> = runs(row).into_iter().filter_map(|run| row.get(run)).collect();
        let words = titles.iter().filter(|run| run.first().is_some_and(|cell| known.is_word(&cell.key))).count();
        if words * 2 <= titles.len().max(2) {
            continue;
        }
        let doubled = titles.iter().filter(|run| run.len() > 1 && run.first().is_some_and(|cell| known.is_word(&cell.key)));
        for title in doubled {
            let (Some(first), Some(last)) = (title.first(), title.last()) else { continue };
            let below = |row: &[Cell<'_>]| -> Vec<String> {
                let under = row.iter().filter(|cell| cell.from >= first.from && cell.to <= last.to);
                under.map(|cell| cell.text.to_string()).collect()
            };
            let filled: Vec<Vec<String>> =
                rows.clone().map(below).filter(|texts| texts.iter().any(|text| !text.is_empty())).collect();
            let same = |texts: &Vec<String>| texts.len() == title.len() && texts.iter().all(|text| Some(text) == texts.first());
            if !filled.is_empty() && filled.iter().all(same) {
                return true;
            }
        }
    }
    false
}

fn is_across(row: &[Cell<'_>], width: u32) -> bool {
    let all = usize::try_from(width).unwrap_or(usize::MAX);
    row.len() >= ACROSS && row.len() >= all && runs(row).len() == 1
}

/// Words of a form that stand beside themselves.
fn doubled<'c>(row: &'c [Cell<'_>], known: &Known) -> Vec<&'c str> {
    let runs = runs(row).into_iter().filter(|run| run.len() > 1).filter_map(|run| row.get(run.start));
    runs.map(|cell| cell.key.as_str()).filter(|key| known.is_word(key)).collect()
}

/// Whether a row shows that the grid was filled in: one text all across, or a word of a form beside itself.
fn is_filled_in(row: &[Cell<'_>], width: u32, known: &Known) -> bool {
    // A level and the one below it may have one name; at the left edge stands the word of a pair or a side.
    let left = runs(row).into_iter().next().and_then(|run| row.get(run)).unwrap_or_default();
    let doubled = left.len() > 1 && left.first().is_some_and(|cell| known.is_word(&cell.key)) && left.len() < row.len();
    doubled || is_across(row, width) && row.first().is_some_and(worded)
}

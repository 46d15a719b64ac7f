//! Tables without upright rules: lines whose pieces stand below each other, with the same gaps between them all the way down.

use super::letters::Letter;
use super::lines::Line;
use super::ruled::Ruled;
use crate::prelude::*;

/// How many lines must stand below each other.
const LINES: usize = 3;
/// How far lines of one table lie apart, in hundredths of their height.
const APART: i32 = 220;

/// Takes lines that make a table out of the lines of a page, and their letters out of its letters.
pub fn tables(lines: &mut Vec<Line>, letters: &mut Vec<Letter>) -> Vec<Ruled> {
    let mut tables = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let table = found(lines, at).and_then(|found| {
            let own = lines.get(found.first..found.end)?;
            Some((table(own, &found.gaps)?, found))
        });
        let Some((mut table, found)) = table else {
            at += 1;
            continue;
        };
        lines.drain(found.first..found.end);
        at = found.first;
        let (mine, rest): (Vec<Letter>, Vec<Letter>) = letters.drain(..).partition(|letter| table.holds(letter.middle()));
        *letters = rest;
        table.lay(mine.into_iter().map(|letter| vec![letter]).collect());
        tables.push(table);
    }
    tables
}

/// Lines that make a table, and the gaps between its columns.
struct Found {
    first: usize,
    end: usize,
    gaps: Vec<(i32, i32)>,
}

fn found(lines: &[Line], start: usize) -> Option<Found> {
    let first = lines.get(start)?;
    if !is_row(first) {
        return None;
    }
    let mut gaps = gaps(first);
    let mut end = start + 1;
    let mut rows = 1;
    while let (Some(last), Some(next)) = (lines.get(end - 1), lines.get(end)) {
        let near = (next.top - last.bottom) * 100 <= last.size.max(next.size) * APART && next.top >= last.top;
        let narrowed = narrowed(&gaps, next);
        // A line that closes a gap is none of the table, unless it was never clear that there is one.
        if !near || next.parts.is_empty() || narrowed.len() < gaps.len() && !(rows == 1 && is_row(next) && !narrowed.is_empty()) {
            break;
        }
        rows += usize::from(is_row(next));
        gaps = narrowed;
        end += 1;
    }
    // What follows the last row has one piece only, and is a note.
    while end > start + 1 && lines.get(end - 1).is_some_and(|line| line.parts.len() < 2) {
        end -= 1;
    }
    let own = lines.get(start..end)?;
    if rows < LINES || is_contents(own) {
        return None;
    }
    // Titles of columns stand above, each over its column.
    let mut first = start;
    while let (Some(before), Some(line)) = (first.checked_sub(1), first.checked_sub(1).and_then(|at| lines.get(at))) {
        let next = lines.get(first)?;
        let near = (next.top - line.bottom) * 100 <= line.size * APART && next.top >= line.top;
        let narrowed = narrowed(&gaps, line);
        if !near || line.parts.len() < 2 || narrowed.len() < gaps.len() || start - before > 3 {
            break;
        }
        gaps = narrowed;
        first = before;
    }
    Some(Found { first, end, gaps })
}

/// Whether a line has pieces apart, and a number among those behind the first.
fn is_row(line: &Line) -> bool {
    line.parts.len() >= 2
        && line.parts.iter().skip(1).any(|part| part.number)
        && !line.text.contains("....")
        && !line.text.contains("……")
}

/// Titles and the numbers of their pages.
fn is_contents(lines: &[Line]) -> bool {
    let page = |line: &Line| line.parts.last().is_some_and(|part| part.number && part.letters <= 3);
    lines.iter().all(|line| line.parts.len() <= 2) && lines.iter().filter(|line| line.parts.len() == 2).all(page)
}

/// The gaps of a line.
fn gaps(line: &Line) -> Vec<(i32, i32)> {
    line.parts.iter().zip(line.parts.iter().skip(1)).map(|(one, other)| (one.right, other.left)).collect()
}

/// What is left of some gaps when another line stands below; gaps that it closes are gone.
fn narrowed(gaps: &[(i32, i32)], line: &Line) -> Vec<(i32, i32)> {
    let mut left = Vec::new();
    for (from, to) in gaps {
        // The widest stretch that no piece of the line covers.
        let mut free = vec![(*from, *to)];
        for part in &line.parts {
            free = free
                .into_iter()
                .flat_map(|(from, to)| {
                    if part.right <= from || part.left >= to {
                        vec![(from, to)]
                    } else {
                        vec![(from, part.left), (part.right, to)]
                    }
                })
                .filter(|(from, to)| to - from >= line.size * 8 / 100)
                .collect();
        }
        left.extend(free.into_iter().max_by_key(|(from, to)| to - from));
    }
    left
}

/// A table of these lines: each is a row, each gap an edge.
fn table(lines: &[Line], gaps: &[(i32, i32)]) -> Option<Ruled> {
    let left = lines.iter().map(|line| line.left).min()? - 100;
    let right = lines.iter().map(|line| line.right).max()? + 100;
    let mut columns = vec![left];
    columns.extend(gaps.iter().map(|(from, to)| (from + to) / 2));
    columns.push(right);
    let mut rows = vec![lines.first()?.top];
    rows.extend(lines.iter().zip(lines.iter().skip(1)).map(|(one, other)| (one.bottom + other.top) / 2));
    rows.push(lines.last()?.bottom);
    // Two numbers in one column: it is none.
    let numbers =
        |line: &Line, from: i32, to: i32| line.parts.iter().filter(|part| part.number && (from..to).contains(&part.left)).count();
    let twofold = |line: &Line| columns.iter().zip(columns.iter().skip(1)).any(|(from, to)| numbers(line, *from, *to) > 1);
    if lines.iter().any(twofold) {
        return None;
    }
    let ordered = |edges: &[i32]| edges.iter().zip(edges.iter().skip(1)).all(|(one, other)| one < other);
    (ordered(&columns) && ordered(&rows)).then(|| Ruled::even(columns, rows))
}

/// How many lines have pieces far apart, at least as many below each other as would make a table: they may be one.
pub fn loose(lines: &[Line]) -> u32 {
    let (mut count, mut run) = (0, 0_u32);
    for line in lines.iter().map(Some).chain([None]) {
        match line {
            Some(line) if line.text.matches('\t').count() >= 2 || line.text.contains('\t') && is_row(line) => run += 1,
            _ => {
                count += if run >= 3 { run } else { 0 };
                run = 0;
            }
        }
    }
    count
}

//! Tables that are ruled: rules that meet make a table, and two fields of it are one cell where no rule runs between them.

use super::letters::{Letter, Rule};
use super::lines::{self, Line};
use crate::prelude::*;

/// How near two rules are one, and how far a rule may end from one that it meets: a double line is one.
const NEAR: i32 = 200;
/// Gaps within one rule, as those of dots and dashes.
const GAP: i32 = 350;
/// Rules shorter than this are none.
const SHORTEST: i32 = 400;
/// How far rules reach beyond the last one that crosses them, where a side of a table is open.
const OPEN: i32 = 800;
/// The most lines of a table in one direction: more are a picture.
const MOST: usize = 3_000;

/// A ruled table with its place on the page.
#[derive(Clone, Debug, Default)]
pub struct Ruled {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
    /// Edges of columns and rows.
    pub columns: Vec<i32>,
    pub rows: Vec<i32>,
    pub cells: Vec<Cell>,
    /// Cells whose rules leave open which fields they cover.
    pub doubtful: u32,
    /// Its columns were told by gaps, not by rules.
    pub aligned: bool,
}

/// A cell, by its first row and column and those behind its last.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    pub row: usize,
    pub column: usize,
    pub row_end: usize,
    pub column_end: usize,
    pub letters: Vec<Letter>,
    pub text: String,
    /// Its first and its last line, and the width that lines have: whether it goes on after the end of a page.
    pub head: Option<Line>,
    pub tail: Option<Line>,
    pub width: i32,
    /// Whether its first line stands at its upper edge, and its last at its lower one.
    pub begins: bool,
    pub ends: bool,
}

/// Puts pieces of one line together, and lines beside each other that are one.
fn joined(mut rules: Vec<Rule>) -> Vec<Rule> {
    rules.order_by(|rule| (rule.at, rule.from));
    let mut groups: Vec<Vec<Rule>> = Vec::new();
    for rule in rules {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| rule.at - first.at <= NEAR) => group.push(rule),
            _ => groups.push(vec![rule]),
        }
    }
    let mut joined = Vec::new();
    for mut group in groups {
        group.order_by(|rule| rule.from);
        let mut own: Vec<Rule> = Vec::new();
        for rule in group {
            match own.last_mut() {
                Some(last) if rule.from <= last.to + GAP => {
                    // The longer piece says where the line is.
                    if rule.to - rule.from > last.to - last.from {
                        last.at = rule.at;
                    }
                    last.to = last.to.max(rule.to);
                }
                _ => own.push(rule),
            }
        }
        joined.extend(own.into_iter().filter(|rule| rule.to - rule.from >= SHORTEST));
    }
    joined
}

/// Whether two rules meet.
fn meet(level: &Rule, upright: &Rule) -> bool {
    (level.from - NEAR..=level.to + NEAR).contains(&upright.at) && (upright.from - NEAR..=upright.to + NEAR).contains(&level.at)
}

/// The tables of a page, the smallest first.
pub fn tables(level: Vec<Rule>, upright: Vec<Rule>) -> Vec<Ruled> {
    let (level, upright) = (joined(level), joined(upright));
    if level.len() > MOST || upright.len() > MOST {
        return Vec::new();
    }
    let mut group: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (at, one) in level.iter().enumerate() {
        for (other_at, other) in upright.iter().enumerate() {
            if meet(one, other) {
                unite(&mut group, at, level.len() + other_at);
            }
        }
    }
    let mut found: SortedMap<usize, (Vec<Rule>, Vec<Rule>)> = SortedMap::new();
    for (at, rule) in level.iter().chain(&upright).enumerate() {
        let both = found.entry(root(&mut group, at)).or_default();
        if at < level.len() { both.0.push(*rule) } else { both.1.push(*rule) }
    }
    let mut tables: Vec<Ruled> = found.into_iter().filter_map(|(_, (level, upright))| table(level, upright)).collect();
    tables.order_by(|table| i64::from(table.right - table.left) * i64::from(table.bottom - table.top));
    tables
}

fn root(group: &mut [usize], mut at: usize) -> usize {
    while let Some(up) = group.get(at).copied().filter(|up| *up != at) {
        let above = group.get(up).copied().unwrap_or(up);
        if let Some(place) = group.get_mut(at) {
            *place = above;
        }
        at = above;
    }
    at
}

fn unite(group: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(group, one), root(group, other));
    if let Some(place) = group.get_mut(one.max(other)) {
        *place = one.min(other);
    }
}

/// Different places of rules, those near each other as one.
fn edges(mut places: Vec<i32>) -> Vec<i32> {
    places.order();
    let mut edges: Vec<i32> = Vec::new();
    for place in places {
        if edges.last().is_none_or(|last| place - last > NEAR) {
            edges.push(place);
        }
    }
    edges
}

/// Closes sides that are open: where two rules or more reach equally far beyond the last one that crosses them.
fn closed(along: &[Rule], across: &mut Vec<Rule>) {
    let (Some(first), Some(last)) = (across.iter().map(|rule| rule.at).min(), across.iter().map(|rule| rule.at).max()) else {
        return;
    };
    let starts = edge_of(along.iter().filter(|rule| rule.from < first - OPEN), |rule| rule.from);
    let ends = edge_of(along.iter().filter(|rule| rule.to > last + OPEN), |rule| rule.to);
    across.extend(starts.into_iter().chain(ends));
}

fn edge_of<'r>(rules: impl Iterator<Item = &'r Rule>, end: impl Fn(&Rule) -> i32) -> Option<Rule> {
    let rules: Vec<&Rule> = rules.collect();
    let mut ends: Vec<i32> = rules.iter().map(|rule| end(rule)).collect();
    ends.order();
    let at = ends.get(ends.len() / 2).copied()?;
    let own = rules.iter().filter(|rule| (end(rule) - at).abs() <= NEAR).map(|rule| rule.at);
    let (from, to) = (own.clone().min()?, own.clone().max()?);
    (own.count() >= 2).then_some(Rule { at, from, to })
}

fn table(mut level: Vec<Rule>, mut upright: Vec<Rule>) -> Option<Ruled> {
    if level.is_empty() || upright.is_empty() || level.len() + upright.len() < 3 {
        return None;
    }
    let before = (level.clone(), upright.clone());
    closed(&before.0, &mut upright);
    closed(&before.1, &mut level);
    let columns = edges(upright.iter().map(|rule| rule.at).collect());
    let rows = edges(level.iter().map(|rule| rule.at).collect());
    if columns.len() < 2 || rows.len() < 2 || columns.len() > MOST || rows.len() > MOST || columns.len() * rows.len() > 200_000 {
        return None;
    }
    let (wide, high) = (columns.len() - 1, rows.len() - 1);
    let beside = Lines::of(&upright, &columns);
    let below = Lines::of(&level, &rows);
    let mut group: Vec<usize> = (0..wide * high).collect();
    for row in 0..high {
        let (Some(top), Some(bottom)) = (rows.get(row), rows.get(row + 1)) else { continue };
        for column in 0..wide {
            let (Some(left), Some(right)) = (columns.get(column), columns.get(column + 1)) else { continue };
            if column + 1 < wide && !beside.runs(column + 1, *top, *bottom) {
                unite(&mut group, row * wide + column, row * wide + column + 1);
            }
            if row + 1 < high && !below.runs(row + 1, *left, *right) {
                unite(&mut group, row * wide + column, (row + 1) * wide + column);
            }
        }
    }
    // Each cell with the number of its fields.
    let mut fields: SortedMap<usize, (Cell, usize)> = SortedMap::new();
    for at in 0..wide * high {
        let (row, column) = (at / wide, at % wide);
        let own = || (Cell { row, column, row_end: row + 1, column_end: column + 1, ..Cell::default() }, 0);
        let (cell, count) = fields.entry(root(&mut group, at)).or_insert_with(own);
        (cell.row, cell.column) = (cell.row.min(row), cell.column.min(column));
        (cell.row_end, cell.column_end) = (cell.row_end.max(row + 1), cell.column_end.max(column + 1));
        *count += 1;
    }
    let mut cells = Vec::new();
    let mut doubtful = 0;
    for (root_at, (cell, count)) in fields {
        if (cell.row_end - cell.row) * (cell.column_end - cell.column) == count {
            cells.push(cell);
            continue;
        }
        // No box: each row of its fields by itself.
        doubtful += 1;
        for row in cell.row..cell.row_end {
            let mut column = cell.column;
            while column < cell.column_end {
                let from = column;
                while column < cell.column_end && root(&mut group, row * wide + column) == root_at {
                    column += 1;
                }
                if column > from {
                    cells.push(Cell { row, column: from, row_end: row + 1, column_end: column, ..Cell::default() });
                }
                column = column.max(from + 1);
            }
        }
    }
    if cells.len() < 2 {
        return None;
    }
    cells.order_by(|cell| (cell.row, cell.column));
    let (left, right) = (*columns.first()?, *columns.last()?);
    let (top, bottom) = (*rows.first()?, *rows.last()?);
    Some(Ruled { left, top, right, bottom, columns, rows, cells, doubtful, aligned: false })
}

/// Which stretches of each edge are ruled.
struct Lines(Vec<Vec<(i32, i32)>>);

impl Lines {
    fn of(rules: &[Rule], edges: &[i32]) -> Self {
        let mut lines = vec![Vec::new(); edges.len()];
        for rule in rules {
            let at = edges.partition_point(|edge| *edge <= rule.at).saturating_sub(1);
            if let Some(line) = lines.get_mut(at) {
                line.push((rule.from, rule.to));
            }
        }
        Self(lines)
    }

    /// Whether a rule runs along an edge between two places. One that goes only part of the way parts nothing.
    fn runs(&self, edge: usize, from: i32, to: i32) -> bool {
        let covered = |(start, end): &(i32, i32)| ((*end).min(to) - (*start).max(from)).max(0);
        let own: i32 = self.0.get(edge).map_or(0, |line| line.iter().map(covered).sum());
        i64::from(own) * 10 >= i64::from(to - from) * 7
    }
}

impl Ruled {
    /// A table of cells between edges alone.
    pub fn even(columns: Vec<i32>, rows: Vec<i32>) -> Self {
        let ends = |edges: &[i32]| (edges.first().copied().unwrap_or_default(), edges.last().copied().unwrap_or_default());
        let ((left, right), (top, bottom)) = (ends(&columns), ends(&rows));
        let (wide, high) = (columns.len().saturating_sub(1), rows.len().saturating_sub(1));
        let cell = |row: usize, column: usize| Cell { row, column, row_end: row + 1, column_end: column + 1, ..Cell::default() };
        let cells = (0..high).flat_map(|row| (0..wide).map(move |column| cell(row, column))).collect();
        Self { left, top, right, bottom, columns, rows, cells, doubtful: 0, aligned: true }
    }

    pub fn holds(&self, (x, y): (i32, i32)) -> bool {
        (self.left..=self.right).contains(&x) && (self.top..=self.bottom).contains(&y)
    }

    /// The field at a place.
    fn field(&self, (x, y): (i32, i32)) -> Option<(usize, usize)> {
        let row = self.rows.partition_point(|edge| *edge <= y).checked_sub(1)?;
        let column = self.columns.partition_point(|edge| *edge <= x).checked_sub(1)?;
        Some((row.min(self.rows.len().checked_sub(2)?), column.min(self.columns.len().checked_sub(2)?)))
    }

    /// The bounds of a cell.
    fn bounds(&self, cell: &Cell) -> (i32, i32, i32, i32) {
        let edge = |edges: &[i32], at: usize| edges.get(at).copied().unwrap_or_default();
        let (left, right) = (edge(&self.columns, cell.column), edge(&self.columns, cell.column_end));
        (left, edge(&self.rows, cell.row), right, edge(&self.rows, cell.row_end))
    }

    /// Lays words into cells. A word that runs over a rule is of the cell that holds most of it.
    pub fn lay(&mut self, words: Vec<Vec<Letter>>) {
        let wide = self.columns.len().saturating_sub(1);
        let mut owner = vec![0_usize; wide * self.rows.len().saturating_sub(1)];
        for (at, cell) in self.cells.iter().enumerate() {
            for row in cell.row..cell.row_end {
                for column in cell.column..cell.column_end {
                    if let Some(place) = owner.get_mut(row * wide + column) {
                        *place = at;
                    }
                }
            }
        }
        for word in words {
            let mut votes: Vec<(usize, usize)> = Vec::new();
            for letter in &word {
                let Some(cell) = self.field(letter.middle()).and_then(|(row, column)| owner.get(row * wide + column).copied())
                else {
                    continue;
                };
                match votes.iter_mut().find(|(known, _)| *known == cell) {
                    Some((_, count)) => *count += 1,
                    None => votes.push((cell, 1)),
                }
            }
            let most = votes.iter().map(|(_, count)| *count).max().unwrap_or_default();
            let chosen = votes.iter().find(|(_, count)| *count == most).map(|(cell, _)| *cell);
            if let Some(cell) = chosen.and_then(|at| self.cells.get_mut(at)) {
                cell.letters.extend(word);
            }
        }
        self.write();
    }

    /// Makes the texts of the cells out of their letters.
    fn write(&mut self) {
        let mut cells = core::mem::take(&mut self.cells);
        // How far letters keep from the rules: nothing is written nearer.
        let away = |cell: &Cell| {
            let (left, _, right, _) = self.bounds(cell);
            let ends = cell.letters.iter().filter(|letter| !letter.letter.is_whitespace());
            ends.map(|letter| (letter.left - left).min(right - letter.right)).min()
        };
        let margin = cells.iter().filter_map(away).min().unwrap_or_default().clamp(0, 600);
        for cell in &mut cells {
            let (left, top, right, bottom) = self.bounds(cell);
            let written = lines::text(&core::mem::take(&mut cell.letters), (left + margin, top, right - margin, bottom));
            (cell.text, cell.head, cell.tail) = (written.text, written.first, written.last);
            cell.width = right - left - 2 * margin;
            cell.begins = cell.head.as_ref().is_some_and(|line| (line.top - top) * 100 <= line.size * 60);
            cell.ends = cell.tail.as_ref().is_some_and(|line| (bottom - line.bottom) * 100 <= line.size * 60);
        }
        self.cells = cells;
    }
}

//! Which columns of a list a writer may move or leave out, and what happens when one does.

use super::paper::{Paper, Piece, What};
use super::writers::Writer;
use jixiao::id::CellId;
use std::collections::{BTreeMap, BTreeSet};

/// Numbers by a seed, the same in every run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Dice {
        Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    pub fn below(&mut self, most: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % most.max(1)
    }
}

impl Writer {
    /// Columns of a list that hold one cell in each row and a title: what a writer may move or leave out.
    pub fn movable(paper: &Paper<'_>, list: &BTreeSet<u32>) -> Vec<(u32, u32)> {
        let Some(titles) = paper.titles_of(list) else { return Vec::new() };
        let rows: BTreeSet<u32> = list.iter().copied().chain([titles]).collect();
        let single = |from: u32, columns: u32| {
            rows.iter().all(|row| {
                paper
                    .pieces
                    .iter()
                    .any(|piece| piece.row == *row && piece.rows == 1 && piece.column == from && piece.columns == columns)
            })
        };
        let heads = paper.pieces.iter().filter(|piece| piece.row == titles && piece.title && !piece.text.is_empty());
        let mut slots: Vec<(u32, u32)> =
            heads.map(|piece| (piece.column, piece.columns)).filter(|(from, columns)| single(*from, *columns)).collect();
        slots.sort_unstable();
        slots
    }

    /// Rows that stand under the same titles and hold no row of the list: the sum above it, the total below it.
    fn beside(paper: &Paper<'_>, list: &BTreeSet<u32>, titles: u32) -> BTreeSet<u32> {
        let numeric = |row: u32| {
            paper.pieces.iter().filter(|piece| piece.row == row).filter_map(Piece::field).any(|cell| match cell {
                CellId::Fixed(at) => paper.form.cell(at).is_some_and(|cell| cell.kind.is_numeric()),
                CellId::Row { .. } => false,
            })
        };
        let last = list.last().copied().unwrap_or(titles);
        let below = (last + 1..paper.rows()).take_while(|row| numeric(*row));
        (titles + 1..last).filter(|row| !list.contains(row)).chain(below).collect()
    }

    /// Neighbours among the movable columns that may change places: each row beside the list holds a cell for each, or one for all.
    fn runs(paper: &Paper<'_>, list: &BTreeSet<u32>, titles: u32) -> Vec<Vec<(u32, u32)>> {
        let beside = Self::beside(paper, list, titles);
        let over = |(from, columns): (u32, u32)| -> Vec<Option<(u32, u32)>> {
            let cover = |row: &u32| {
                let own = paper.pieces.iter().find(|piece| piece.row == *row && piece.column <= from && piece.end() > from);
                own.filter(|piece| (piece.column, piece.columns) != (from, columns)).map(|piece| (piece.column, piece.columns))
            };
            beside.iter().map(cover).collect()
        };
        let slots = Self::movable(paper, list);
        slots.chunk_by(|a, b| a.0 + a.1 == b.0 && over(*a) == over(*b)).map(<[(u32, u32)]>::to_vec).collect()
    }

    pub fn leave_out(&self, paper: &mut Paper<'_>) {
        if self.without == 0 {
            return;
        }
        for (table, list) in paper.lists() {
            let Some(titles) = paper.titles_of(&list) else { continue };
            // Names stay: a list without them says nothing.
            let names = |column: u32| {
                let at = paper.form.table(table).map(|def| &def.at);
                let own = paper.pieces.iter().filter(|piece| piece.column == column && list.contains(&piece.row));
                own.filter_map(Piece::field).any(|cell| match cell {
                    CellId::Row { column, .. } => at.is_some_and(|at| at.name == Some(column) || at.indicator == Some(column)),
                    CellId::Fixed(_) => false,
                }) || list.iter().all(|row| {
                    paper.pieces.iter().all(|piece| piece.row != *row || piece.column != column || piece.what == What::Label)
                })
            };
            let slots: Vec<(u32, u32)> =
                Self::movable(paper, &list).into_iter().skip(1).filter(|(from, _)| *from > 0 && !names(*from)).collect();
            // Of two titles, none can be spared: one word is no header.
            if paper.pieces.iter().filter(|piece| piece.row == titles && piece.title && !piece.text.is_empty()).count() < 4 {
                continue;
            }
            let Some((from, columns)) = slots.get((self.without - 1) % slots.len().max(1)).copied() else { continue };
            let beside = Self::beside(paper, &list, titles);
            let rows: BTreeSet<u32> = list.iter().copied().chain([titles]).chain(beside).collect();
            paper.pieces.retain(|piece| !(rows.contains(&piece.row) && piece.column == from && piece.columns == columns));
            for row in rows {
                let gone = paper.pieces.iter().all(|piece| piece.row != row || piece.end() <= from || piece.column > from);
                let left = paper.pieces.iter_mut().find(|piece| piece.row == row && piece.end() == from && piece.rows == 1);
                if let Some(left) = left.filter(|_| gone) {
                    left.columns += columns;
                }
            }
        }
    }

    pub fn reorder(&self, paper: &mut Paper<'_>) {
        if self.order == 0 {
            return;
        }
        let mut dice = Dice::new(self.order);
        for (_, list) in paper.lists() {
            let Some(titles) = paper.titles_of(&list) else { continue };
            let beside = Self::beside(paper, &list, titles);
            let rows: BTreeSet<u32> = list.iter().copied().chain([titles]).chain(beside).collect();
            for run in Self::runs(paper, &list, titles) {
                // The name stays in front.
                let first = Self::movable(paper, &list).first().copied();
                let run: Vec<(u32, u32)> = run.into_iter().filter(|slot| Some(*slot) != first).collect();
                let Some(begin) = run.first().map(|(from, _)| *from) else { continue };
                let mut order = run.clone();
                for at in (1..order.len()).rev() {
                    order.swap(at, dice.below(at + 1));
                }
                let mut places: BTreeMap<(u32, u32), u32> = BTreeMap::new();
                let mut next = begin;
                for slot in order {
                    places.insert(slot, next);
                    next += slot.1;
                }
                for piece in paper.pieces.iter_mut().filter(|piece| rows.contains(&piece.row)) {
                    piece.column = places.get(&(piece.column, piece.columns)).copied().unwrap_or(piece.column);
                }
            }
        }
    }
}

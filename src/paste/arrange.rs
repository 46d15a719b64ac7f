//! Which column of a block lies over which column of the sheet.

use super::block::{Block, Spot};
use super::target::{Line, Slot, Target, What};
use super::walk::{Header, Placed, Region};
use super::words::{Likeness, Words};
use crate::prelude::*;
use crate::recognise::text::fits;

/// For each column of a block the column of the sheet's grid.
pub(super) type Columns = Vec<Option<usize>>;

pub(super) struct Arrange<'a> {
    pub target: &'a Target,
    pub block: &'a Block,
    pub words: &'a Words,
}

impl Arrange<'_> {
    /// The arrangement of a region that explains most; the first of equals. `focus` is the slot with the focus where the region begins
    /// there, `before` how the region before lies.
    pub fn columns(&self, region: &Region, focus: Option<usize>, before: Option<&Columns>) -> Columns {
        let candidates = self.candidates(region, focus, before);
        let cost = |columns: &Columns| self.cost(region, columns);
        candidates.into_iter().min_by_key(cost).unwrap_or_default()
    }

    fn candidates(&self, region: &Region, focus: Option<usize>, before: Option<&Columns>) -> Vec<Columns> {
        let Some(line) = self.target.lines.get(region.line) else { return Vec::new() };
        let own = self.own_columns(region);
        let mut candidates = Vec::new();
        if let Some(header) = region.header.as_ref().filter(|header| !header.known.is_empty()) {
            return vec![self.by_titles(region, line, &own, header)];
        }
        let first = region.rows.first().map_or(0, |placed| placed.row);
        for (column, text) in self.block.texts(first).take(2) {
            let named = line
                .slots
                .iter()
                .enumerate()
                .filter(|(at, slot)| focus.is_none_or(|focus| *at <= focus) && self.is_printed(region, *at, slot, text));
            for (at, slot) in named {
                candidates.extend(self.same_grid(region, slot.from, column));
                candidates.push(self.one_by_one(line, &own, column, at));
            }
        }
        if let Some(focus) = focus {
            let from = line.slots.get(focus).map_or(0, |slot| slot.from);
            candidates.extend(self.same_grid(region, from, 0).filter(|_| self.has_spans(region)));
            candidates.push(self.one_by_one(line, &own, 0, focus));
            candidates.extend(self.same_grid(region, from, 0));
        } else {
            candidates.extend(before.cloned());
            candidates.extend(self.same_grid(region, 0, 0));
            candidates.push(self.one_by_one(line, &own, own.first().copied().unwrap_or(0), 0));
        }
        if region.table.is_none() {
            candidates.extend(self.without_gaps(line, first));
        }
        candidates
    }

    /// How many texts find no place, and how many stand where nothing of their kind belongs.
    fn cost(&self, region: &Region, columns: &Columns) -> (usize, usize) {
        let (mut left, mut strange) = (0, 0);
        for placed in &region.rows {
            let Some(line) = self.target.lines.get(placed.line) else { continue };
            let mut taken = Vec::new();
            for (column, text) in self.block.texts(placed.row) {
                let slot = columns.get(column).copied().flatten().and_then(|grid| line.slot_at(grid));
                let twice = slot.is_some_and(|slot| taken.contains(&slot));
                taken.extend(slot);
                match slot.and_then(|at| Some((at, line.slots.get(at)?))) {
                    Some((at, slot)) if self.is_printed(region, at, slot, text) => {}
                    Some((_, Slot { what: What::Cell(field), .. })) if field.locked => strange += 1,
                    Some((_, Slot { what: What::Cell(field), .. })) if !twice => {
                        strange += usize::from(!fits(field.kind, text));
                    }
                    Some(_) | None => left += 1,
                }
            }
        }
        (left, strange)
    }

    /// Whether a text says what the form itself prints at a slot.
    fn is_printed(&self, region: &Region, at: usize, slot: &Slot, text: &str) -> bool {
        match &slot.what {
            What::Words(words, _) => self.words.is(text, words),
            // Numbers are no names.
            What::Cell(field) if field.locked && Words::has_letters(text) => {
                self.target.given(region.table, at).any(|given| self.words.likeness(text, given) >= Likeness::Bare)
            }
            What::Cell(_) => false,
        }
    }

    /// The columns in which cells begin. The rest is only there because cells above or below are cut otherwise.
    fn own_columns(&self, region: &Region) -> Vec<usize> {
        let is_own = |column: &usize| {
            let spots = || region.rows.iter().map(|placed| self.block.spot(placed.row, *column));
            let begins = spots().any(|spot| matches!(spot, Spot::Text(..) | Spot::Above(_)));
            begins || !spots().any(|spot| matches!(spot, Spot::Beside(_)))
        };
        (0..self.block.width()).filter(is_own).collect()
    }

    fn has_spans(&self, region: &Region) -> bool {
        region
            .rows
            .iter()
            .any(|placed| (0..self.block.width()).any(|column| matches!(self.block.spot(placed.row, column), Spot::Beside(_))))
    }

    /// Column by column, so that `column` of the block lies over a slot of the line.
    fn one_by_one(&self, line: &Line, own: &[usize], column: usize, slot: usize) -> Columns {
        let mut columns = vec![None; self.block.width()];
        let pivot = own.iter().position(|own| *own >= column).unwrap_or(0);
        for (at, own) in own.iter().enumerate() {
            let over = slot.saturating_add(at).checked_sub(pivot).and_then(|slot| line.slots.get(slot));
            if let Some(column) = columns.get_mut(*own) {
                *column = over.map(|slot| slot.from);
            }
        }
        columns
    }

    /// By the titles of the block. Where they stand in the order of the sheet, columns between them follow.
    fn by_titles(&self, region: &Region, line: &Line, own: &[usize], header: &Header) -> Columns {
        let Header { known, unknown } = header;
        let at = |column: usize| own.iter().rposition(|own| *own <= column).unwrap_or(0);
        let slots: Vec<(usize, usize)> =
            known.iter().filter_map(|(column, grid)| Some((*column, line.slot_at(*grid)?))).collect();
        let [(column, slot), rest @ ..] = slots.as_slice() else { return vec![None; self.block.width()] };
        let in_order = rest.iter().all(|(other, over)| {
            at(*other).checked_sub(at(*column)).is_some_and(|across| over.checked_sub(*slot) == Some(across))
        });
        if in_order {
            let mut columns = self.one_by_one(line, own, *column, *slot);
            // A name that is merged across leaves blank columns before the first title.
            let has_text = |column: &usize| {
                let spot = |placed: &Placed| self.block.spot(placed.row, *column);
                region.rows.iter().any(|placed| matches!(spot(placed), Spot::Text(..) | Spot::Above(_)))
            };
            let mut before = *slot;
            for column in (0..*column).rev() {
                let slot = before.checked_sub(1).filter(|_| has_text(&column));
                before = slot.unwrap_or(before);
                if let Some(over) = columns.get_mut(column) {
                    *over = slot.and_then(|slot| line.slots.get(slot)).map(|slot| slot.from);
                }
            }
            return columns;
        }
        let mut columns: Columns = vec![None; self.block.width()];
        for (column, slot) in &slots {
            if let (Some(over), Some(slot)) = (columns.get_mut(*column), line.slots.get(*slot)) {
                *over = Some(slot.from);
            }
        }
        // A column of names often has no title.
        let first = at(*column).checked_sub(1).and_then(|before| own.get(before)).filter(|before| !unknown.contains(before));
        if let (Some(before), Some(over)) = (first, slot.checked_sub(1).and_then(|slot| line.slots.get(slot)))
            && !columns.contains(&Some(over.from))
            && let Some(column) = columns.get_mut(*before)
        {
            *column = Some(over.from);
        }
        columns
    }

    /// As the sheet itself is cut, so that `column` lies over the column `grid` of its grid; none where a text lies over anything but
    /// one whole cell.
    fn same_grid(&self, region: &Region, grid: usize, column: usize) -> Option<Columns> {
        let over = |at: usize| at.saturating_add(grid).checked_sub(column);
        let fits = |placed: &Placed| {
            let Some(line) = self.target.lines.get(placed.line) else { return false };
            (0..self.block.width()).all(|at| match self.block.spot(placed.row, at) {
                Spot::Text(_, span) => {
                    let slot = over(at).and_then(|grid| Some((grid, line.slots.get(line.slot_at(grid)?)?)));
                    slot.is_some_and(|(grid, slot)| {
                        slot.from == grid && (span == slot.to.saturating_sub(slot.from) || !self.has_spans(region))
                    })
                }
                Spot::Blank | Spot::Above(_) | Spot::Beside(_) => true,
            })
        };
        region.rows.iter().all(fits).then(|| (0..self.block.width()).map(over).collect())
    }

    /// A line of cells whose texts come without the blank cells between: each text to the next words or cell.
    fn without_gaps(&self, line: &Line, row: usize) -> Option<Columns> {
        let texts: Vec<usize> = self.block.texts(row).map(|(column, _)| column).collect();
        let slots: Vec<usize> =
            line.slots.iter().filter(|slot| !matches!(slot.what, What::Words(_, true))).map(|slot| slot.from).collect();
        let mut columns = vec![None; self.block.width()];
        for (column, slot) in texts.iter().zip(&slots) {
            if let Some(over) = columns.get_mut(*column) {
                *over = Some(*slot);
            }
        }
        (texts.len() == slots.len()).then_some(columns)
    }
}

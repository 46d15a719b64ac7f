//! Names of levels in lines of their own, over the rows that belong to them: 一、产出指标（50分）.

use super::SourcePlace;
use super::key::bare;
use super::read::{Draft, Entry, Mark, Reader};
use super::source::{Cell, Line};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, TableIndex, TableRole};

/// A longer text is no name of a level.
const LONGEST: usize = 16;
/// Rows of a name of a level stand no further below it.
const MOST_BETWEEN: usize = 6;

impl<'r> Reader<'r, '_> {
    /// Whether a line of one cell names the level of the rows below, in whose own column nothing stands.
    pub(super) fn branch(&mut self, number: usize, line: &Line, at: usize, cell: &'r Cell<'r>) -> bool {
        let Some(column) = self.level_of(line, cell) else { return false };
        // Between may stand names of lower levels in lines of their own, and what parts a page from the next: 续表, the titles again.
        let is_between = |next: &&Line| match next.starts.as_slice() {
            [at] => self.cell(*at).is_some_and(|cell| {
                self.level_of(next, cell).is_some_and(|lower| lower > column)
                    || self.plan.is_side(&cell.key)
                    || self.words.turns.iter().any(|turn| cell.key.contains(turn.as_str()))
            }),
            several => several.iter().filter(|at| self.is_own_title(**at)).count() > 1,
        };
        let mut below = self.source.lines.get(number + 1..).unwrap_or_default().iter().take(MOST_BETWEEN);
        let Some(next) = below.find(|next| !is_between(next)).filter(|next| next.starts.len() > 1) else { return false };
        let Some(title) = self.titled(column) else { return false };
        let below: Vec<&Cell<'_>> = next.starts.iter().filter_map(|at| self.cell(*at)).collect();
        if below.iter().any(|cell| self.plan.is_total(&cell.key) || cell.overlap(title.0, title.1) > 0) {
            return false;
        }
        let (higher, ended): (Vec<_>, Vec<_>) =
            core::mem::take(&mut self.branches).into_iter().partition(|(known, _)| *known < column);
        ended.into_iter().for_each(|(_, at)| self.mark(at, Mark::Open));
        self.branches = higher;
        self.branches.push((column, at));
        // Until a row takes it up.
        self.mark(at, Mark::Label);
        true
    }

    /// The column of levels that a name in the first column belongs to.
    fn level_of(&self, line: &Line, cell: &Cell<'_>) -> Option<ColumnIndex> {
        let active = self.active.as_ref().filter(|active| active.open && !active.beside && active.block == line.block)?;
        let table = self.plan.headers.get(active.header)?.table?;
        let def = self.plan.form.table(table).filter(|def| def.role == TableRole::Indicators && !def.fixed)?;
        let name = bare(&cell.key);
        let first = active.titles.first()?;
        let is_name = name.ends_with("指标") && name.chars().count() <= LONGEST && cell.from <= first.from;
        if !is_name || !matches!(cell.place, SourcePlace::Cell { .. }) || !self.hits(cell).is_empty() {
            return None;
        }
        let given = |column: &ColumnIndex| self.plan.given.iter().any(|(known, text)| known == column && bare(text) == name);
        let columns = [def.at.level1, def.at.level2].into_iter().flatten();
        columns.clone().find(given).or(def.at.level1)
    }

    /// Where the title of a column of the list in force stands.
    fn titled(&self, column: ColumnIndex) -> Option<(u32, u32)> {
        let active = self.active.as_ref()?;
        let header = self.plan.headers.get(active.header)?;
        let (_, label) = header.columns.iter().find(|(known, _)| *known == column)?;
        let title = active.titles.iter().find(|title| title.label == *label && label.is_some())?;
        Some((title.from, title.to))
    }

    /// Gives the names that stand over a row to it, the first below them; the rows after it have them from there.
    pub(super) fn take_branches(&mut self, draft: &mut Draft, (table, position): (TableIndex, usize)) {
        for (column, at) in core::mem::take(&mut self.branches) {
            let Some(cell) = self.cell(at) else { continue };
            let text = super::text::tidy(CellKind::Text, &cell.text);
            if !draft.cells.contains_key(&column) {
                draft.cells.insert(column, Entry { text, from: at });
                self.mark(at, Mark::Row(table, position, column));
            }
        }
    }
}

//! Rows of lists: each row of the document goes to a row of the template under the same labels; where those are too few, a row is copied.

use super::blank::reaching;
use super::{Copy, Filling, Sample, Write, printed, put, same};
use crate::block::{Block, Blocks};
use crate::document::{CellId, Document, Row};
use crate::id::{ColumnIndex, TableIndex};
use crate::prelude::*;
use crate::recognise::SourcePlace;
use crate::recognise::key::key;
use crate::template::{Form, TableDef};

/// The labels that hold for a row, by column.
type Names = SortedMap<ColumnIndex, String>;

struct List<'a> {
    /// For each row of the template, by its id.
    names: SortedMap<u32, Names>,
    sample: &'a Sample,
    blocks: &'a Blocks,
    table: TableIndex,
    def: &'a TableDef,
}

pub(super) fn fill(filling: &mut Filling, sample: &Sample, blocks: &Blocks, form: &Form, document: &Document) {
    for (table, def) in (0..).zip(&form.tables) {
        let mut list = List { names: SortedMap::new(), sample, blocks, table, def };
        list.names = list.named();
        list.fill(filling, document);
    }
}

impl List<'_> {
    /// The labels that the template prints for its rows: a blank one goes on with that above, until a higher one begins anew.
    fn named(&self) -> SortedMap<u32, Names> {
        let mut all = SortedMap::new();
        let mut above = Names::new();
        for own in self.sample.found.document.rows(self.table) {
            let mut begun = false;
            for column in self.columns().filter(|column| self.is_merged(*column)) {
                match self.label(own, column) {
                    Some(label) => {
                        begun |= above.get(&column).is_none_or(|above| above != label);
                        above.insert(column, label.to_owned());
                    }
                    None if begun => drop(above.remove(&column)),
                    None => {}
                }
            }
            all.insert(own.id, above.clone());
        }
        all
    }

    /// The label that holds for a row of the template; for a column of names what it prints itself.
    fn holds(&self, own: &Row, column: ColumnIndex) -> Option<&str> {
        if self.is_merged(column) { self.names.get(&own.id)?.get(&column).map(String::as_str) } else { self.label(own, column) }
    }

    fn fill(&self, filling: &mut Filling, document: &Document) {
        let there: &[Rc<Row>] = self.sample.found.document.rows(self.table);
        let is_used = |row: &&Rc<Row>| row.cells.iter().any(|cell| !cell.text().trim().is_empty());
        let mut used: SortedSet<u32> = SortedSet::new();
        // For each row of the template the copies below it, in order: they all go below the row itself.
        let mut copies: Vec<Copy> = Vec::new();
        let mut above: SortedMap<ColumnIndex, String> = SortedMap::new();
        for row in document.rows(self.table).iter().filter(is_used) {
            let own = |column: ColumnIndex| row.cell(column).text().trim().to_owned();
            // A blank label goes on with the one above, until a higher one begins anew.
            let mut begun = false;
            for column in self.columns().filter(|column| self.is_merged(*column)) {
                let text = own(column);
                if !text.is_empty() || begun {
                    begun |= above.get(&column) != Some(&text);
                    above.insert(column, text);
                }
            }
            let text = |column: ColumnIndex| match above.get(&column) {
                Some(label) => label.clone(),
                None => own(column),
            };
            let free = there.iter().find(|own| !used.contains(&own.id) && self.takes(own, &text, true));
            match free.filter(|own| !self.is_added(own)) {
                Some(own) => {
                    used.insert(own.id);
                    self.write(filling, own, row.id, &text);
                }
                // Below the last row of the same labels.
                None => match there
                    .iter()
                    .rev()
                    .find(|own| self.takes(own, &text, false))
                    .and_then(|own| self.copy(own, row.id, &text))
                {
                    Some((copy, left)) => {
                        copies.push(copy);
                        filling.left.extend(left);
                    }
                    None => match there.last().and_then(|last| self.copy_whole(last, row.id, &text)) {
                        Some(copy) => copies.push(copy),
                        None => filling.left.extend(self.all(row.id, &text)),
                    },
                },
            }
        }
        filling.copies.extend(copies);
        for own in there.iter().filter(|own| !used.contains(&own.id)) {
            self.clear(filling, own);
        }
    }

    fn columns(&self) -> impl Iterator<Item = ColumnIndex> + '_ {
        (0..).zip(&self.def.columns).filter(|(_, column)| !column.hidden).map(|(at, _)| at)
    }

    fn place(&self, own: &Row, column: ColumnIndex) -> Option<SourcePlace> {
        self.sample.place(CellId::Row { table: self.table, row: own.id, column })
    }

    /// Whether a row of the template is none of its file.
    fn is_added(&self, own: &Row) -> bool {
        self.columns().filter_map(|column| self.place(own, column)).any(|place| match place {
            SourcePlace::Cell { block, row, .. } => self.sample.is_added(block, row),
            SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => false,
        })
    }

    /// Whether a place is a cell of a single line in which nothing stands.
    fn is_free(&self, place: SourcePlace) -> bool {
        let SourcePlace::Cell { block, row, column } = place else { return false };
        self.sample.is_blank(place) && self.is_single(block, row, column)
    }

    /// What the template prints as the name of a row, or of a group of rows.
    fn label(&self, own: &Row, column: ColumnIndex) -> Option<&str> {
        let place = self.place(own, column).filter(|place| !self.sample.is_blank(*place))?;
        let text = printed(self.blocks, place);
        (!text.is_empty()).then_some(text)
    }

    fn is_merged(&self, column: ColumnIndex) -> bool {
        self.def.column(column).is_some_and(|column| column.merge)
    }

    /// Whether a row may stand in one of the template: under the same labels, and with the same name where one is printed.
    fn takes(&self, own: &Row, text: &dyn Fn(ColumnIndex) -> String, named: bool) -> bool {
        let names = [self.def.at.name, self.def.at.indicator];
        self.columns().filter(|column| self.is_merged(*column) || named && self.given(own, *column, names)).all(|column| {
            let text = text(column);
            self.holds(own, column).is_none_or(|label| text.is_empty() || same(label, &text))
        })
    }

    /// Whether the name of a row is a word of the template, and no old text: nothing in it was answered.
    fn given(&self, own: &Row, column: ColumnIndex, names: [Option<ColumnIndex>; 2]) -> bool {
        names.contains(&Some(column)) && !self.is_answered(own)
    }

    /// Whether somebody filled a row in: 完成值 or 得分 stands there. What only asks, with its points and its standard, is the bureau's own.
    fn is_answered(&self, own: &Row) -> bool {
        let at = &self.def.at;
        [at.actual, at.score, at.single].into_iter().flatten().any(|column| self.label(own, column).is_some())
    }

    fn write(&self, filling: &mut Filling, own: &Row, row: u32, text: &dyn Fn(ColumnIndex) -> String) {
        for column in self.columns() {
            let (text, id) = (text(column), CellId::Row { table: self.table, row, column });
            let Some(place) = self.place(own, column) else {
                // What a form gives itself is a label of the template.
                let given = self.def.fixed && same(own.cell(column).text(), &text);
                if !text.is_empty() && !given {
                    filling.left.push((id, text));
                }
                continue;
            };
            let label = self.holds(own, column).filter(|_| self.is_merged(column) || Some(column) == self.def.at.name);
            match label.filter(|label| text.is_empty() || same(label, &text)) {
                None => put(filling, self.sample, self.blocks, place, id, &text),
                // 产出指标（50分） of the template for 产出指标（40分）.
                Some(label)
                    if !text.is_empty() && key(label) != key(&text) && !filling.kept.iter().any(|(at, _)| *at == place) =>
                {
                    filling.kept.push((place, label.to_owned()));
                }
                Some(_) => {}
            }
        }
    }

    /// A copy of a row of the template, and what finds no place in it.
    fn copy(&self, own: &Row, row: u32, text: &dyn Fn(ColumnIndex) -> String) -> Option<(Copy, Vec<(CellId, String)>)> {
        let cells = self.columns().filter(|column| !self.is_merged(*column)).filter_map(|column| self.place(own, column));
        let (block, line) = cells.into_iter().find_map(|place| match place {
            SourcePlace::Cell { block, row, .. } => Some((block, row)),
            SourcePlace::Paragraph { .. } | SourcePlace::Caption { .. } => None,
        })?;
        let (mut texts, mut left) = (Vec::new(), Vec::new());
        for column in self.columns() {
            let (text, id) = (text(column), CellId::Row { table: self.table, row, column });
            match self.place(own, column) {
                _ if text.is_empty() => {}
                Some(SourcePlace::Cell { block: at, row, column: place })
                    if (at, row) == (block, line)
                        && (!self.is_merged(column) || self.is_free(SourcePlace::Cell { block, row, column: place })) =>
                {
                    texts.push((place, id, text));
                }
                _ if self.holds(own, column).is_some_and(|label| same(label, &text)) => {}
                _ => left.push((id, text)),
            }
        }
        // Below titles, a row looks like theirs.
        let under_titles = self.sample.is_added(block, line);
        let row = if under_titles { line.checked_sub(1)? } else { line };
        let above = match self.blocks.list.get(block) {
            Some(Block::Grid(grid)) if under_titles => {
                let mut above: Vec<u32> = reaching(grid, row).filter(|cell| cell.row < row).map(|cell| cell.column).collect();
                above.order();
                above
            }
            _ => Vec::new(),
        };
        Some((Copy { block, row, texts, under_titles, above }, left))
    }

    /// A copy of the last row with labels of its own, for a row under labels that the template lacks; only where each of its labels stands
    /// in that row alone, so that none of them goes on over the copy.
    fn copy_whole(&self, last: &Row, row: u32, text: &dyn Fn(ColumnIndex) -> String) -> Option<Copy> {
        let mut line: Option<(usize, u32)> = None;
        let mut texts = Vec::new();
        for column in self.columns() {
            let place = self.place(last, column);
            let text = text(column);
            match place {
                Some(SourcePlace::Cell { block, row: at, column: place })
                    if self.is_single(block, at, place) && line.is_none_or(|line| line == (block, at)) =>
                {
                    line = Some((block, at));
                    if !text.is_empty() {
                        texts.push((place, CellId::Row { table: self.table, row, column }, text));
                    }
                }
                None if text.is_empty() => {}
                _ => return None,
            }
        }
        let (block, row) = line.filter(|(block, row)| !self.sample.is_added(*block, *row))?;
        Some(Copy { block, row, texts, under_titles: false, above: Vec::new() })
    }

    /// Whether a cell stands in one line only.
    fn is_single(&self, block: usize, row: u32, column: u32) -> bool {
        let Some(Block::Grid(grid)) = self.blocks.list.get(block) else { return false };
        let at = grid.cells.binary_search_by(|cell| (cell.row, cell.column).cmp(&(row, column)));
        at.ok().and_then(|at| grid.cells.get(at)).is_none_or(|cell| cell.row_span <= 1)
    }

    fn all(&self, row: u32, text: &dyn Fn(ColumnIndex) -> String) -> Vec<(CellId, String)> {
        let texts = self.columns().map(|column| (CellId::Row { table: self.table, row, column }, text(column)));
        texts.filter(|(_, text)| !text.is_empty()).collect()
    }

    /// Takes the old texts out of a row that the document has nothing for; its labels stay.
    fn clear(&self, filling: &mut Filling, own: &Row) {
        // Without a name it is a row of the template: 总体评价, with the points of all.
        if [self.def.at.name, self.def.at.indicator].into_iter().flatten().all(|column| self.label(own, column).is_none()) {
            return;
        }
        if !self.is_answered(own) {
            let named = [self.def.at.indicator, self.def.at.name].into_iter().flatten();
            let kept = named.filter_map(|column| Some((self.place(own, column)?, self.label(own, column)?.to_owned())));
            // A row of the form itself stands in every document.
            filling.kept.extend(kept.take(usize::from(!self.def.fixed)));
            return;
        }
        for column in self.columns().filter(|column| !self.is_merged(*column)) {
            let Some(place) = self.place(own, column).filter(|place| !self.sample.is_blank(*place)) else { continue };
            let old = printed(self.blocks, place).to_owned();
            if !old.is_empty() {
                filling.cleared.push((place, old));
                filling.writes.push(Write { place, cell: None, text: String::new() });
            }
        }
    }
}

//! The texts of a block become texts of cells.

use super::arrange::{Arrange, Columns};
use super::block::{Block, Spot};
use super::target::{Field, Line, Target, What};
use super::walk::{Placed, Region, Walked};
use super::words::Words;
use super::{Asked, Left, Pasted, Why, comma};
use crate::document::{CellId, Document, Edit, RowId};
use crate::prelude::*;
use crate::recognise::key::{bare, key};
use crate::template::{CellKind, Form, TableDef};

/// Every text of a block as one that found no place.
pub(super) fn all_left(block: &Block, why: Why) -> Vec<Left> {
    let mut left = Vec::new();
    (0..block.rows.len()).for_each(|row| leave(&mut left, block, row, why));
    left
}

fn leave(left: &mut Vec<Left>, block: &Block, row: usize, why: Why) {
    left.extend(block.texts(row).map(|(column, text)| Left { row, column, text: text.to_owned(), why }));
}

pub(super) fn lay(
    form: &Form,
    document: &Document,
    target: &Target,
    anchor: (usize, usize),
    block: Block,
    walked: Walked,
    words: &Words,
) -> Pasted {
    let Walked { regions, headings, out, added } = walked;
    let mut lay = Lay {
        form,
        document,
        target,
        words,
        block,
        cells: Vec::new(),
        at: SortedMap::new(),
        columns: SortedSet::new(),
        pasted: Pasted::default(),
    };
    let mut before: Option<Columns> = None;
    for (at, mut region) in regions.into_iter().enumerate() {
        let focus = (at == 0 && region.line == anchor.0).then_some(anchor.1);
        let columns = lay.arranged(&mut region, focus, before.as_ref());
        lay.region(&region, &columns);
        before = Some(columns);
    }
    for (row, why) in out {
        leave(&mut lay.pasted.left, &lay.block, row, why);
    }
    let Lay { cells, columns, mut pasted, .. } = lay;
    // A row that nothing came to stand in is none.
    pasted.left.order_by(|left| (left.row, left.column));
    pasted.columns = columns.len();
    pasted.headings = headings;
    pasted.added = added.iter().map(|(_, count)| count).sum();
    pasted.overwritten = cells
        .iter()
        .filter(|(cell, text)| {
            let old = document.typed(*cell).text();
            !old.trim().is_empty() && old != text.as_str()
        })
        .count();
    if let Some((first, _)) = cells.first() {
        pasted.edit = Some(Edit::Paste { at: *first, rows: added, cells });
    }
    pasted
}

struct Lay<'a> {
    form: &'a Form,
    document: &'a Document,
    target: &'a Target,
    words: &'a Words,
    block: Block,
    cells: Vec<(CellId, String)>,
    /// Where the cells stand in `cells`.
    at: SortedMap<CellId, usize>,
    /// Columns of the block that went into the table.
    columns: SortedSet<usize>,
    pasted: Pasted,
}

impl Lay<'_> {
    /// How a region lies. Rows that are too short to be whole are put in their place first.
    fn arranged(&mut self, region: &mut Region, focus: Option<usize>, before: Option<&Columns>) -> Columns {
        let width = self.block.width();
        let is_short = |block: &Block, placed: &Placed| block.lengths.get(placed.row).is_some_and(|length| *length < width);
        let whole: Vec<Placed> = region.rows.iter().copied().filter(|placed| !is_short(&self.block, placed)).collect();
        let all = core::mem::take(&mut region.rows);
        let mixed = !whole.is_empty() && whole.len() < all.len();
        region.rows = if mixed { whole } else { all.clone() };
        let arrange = |block: &Block, region: &Region| {
            Arrange { target: self.target, block, words: self.words }.columns(region, focus, before)
        };
        let columns = arrange(&self.block, region);
        if !mixed {
            return columns;
        }
        let mut model: Option<usize> = None;
        for placed in &all {
            if !is_short(&self.block, placed) {
                model = Some(placed.row);
            } else if let (Some(model), Some(line)) = (model, self.target.lines.get(placed.line)) {
                let by = missing(&self.block, model, placed.row, line, &columns);
                self.block.shift(placed.row, by);
            }
        }
        region.rows = all;
        columns
    }

    fn region(&mut self, region: &Region, columns: &Columns) {
        let def = region.table.and_then(|table| self.form.table(table));
        let mut levels: SortedMap<usize, String> = SortedMap::new();
        for placed in &region.rows {
            let Some(line) = self.target.lines.get(placed.line) else { continue };
            let to = match def.filter(|def| def.fixed).map(|def| self.named(region, def, placed, line, columns)) {
                None | Some(Named::Here) => placed.to,
                Some(Named::Row(row)) => Some(row),
                Some(Named::Nowhere) => {
                    leave(&mut self.pasted.left, &self.block, placed.row, Why::OtherName);
                    continue;
                }
            };
            if region.table.is_some() && to.is_none() {
                leave(&mut self.pasted.left, &self.block, placed.row, Why::Below);
                continue;
            }
            self.row(placed.row, to, line, columns, region, &mut levels);
        }
    }

    /// The row of a table with given names that a row of the block names.
    fn named(&self, region: &Region, def: &TableDef, placed: &Placed, line: &Line, columns: &Columns) -> Named {
        let Some(name) = def.at.indicator.or(def.at.name) else { return Named::Here };
        let is_name = |slot: &usize| {
            line.slots
                .get(*slot)
                .and_then(|slot| slot.field())
                .is_some_and(|field| field.locked && matches!(field.id, CellId::Row { column, .. } if column == name))
        };
        let over = (0..columns.len()).find(|column| {
            columns.get(*column).copied().flatten().and_then(|grid| line.slot_at(grid)).as_ref().is_some_and(is_name)
        });
        let text = match over.map(|column| self.block.spot(placed.row, column)) {
            Some(Spot::Text(text, _) | Spot::Above(text)) => key(text),
            Some(Spot::Blank | Spot::Beside(_)) | None => return Named::Here,
        };
        let rows = region.table.map(|table| self.document.rows(table)).unwrap_or_default();
        let found = rows.iter().find(|row| {
            let own = key(row.cell(name).text());
            own == text || (!bare(&own).is_empty() && bare(&own) == bare(&text))
        });
        found.map_or(Named::Nowhere, |row| Named::Row(row.id))
    }

    fn row(
        &mut self,
        row: usize,
        to: Option<RowId>,
        line: &Line,
        columns: &Columns,
        region: &Region,
        levels: &mut SortedMap<usize, String>,
    ) {
        // Numbers behind a name that the form has not may belong to no row of it.
        let foreign = region.table.is_none() && self.is_foreign(row, line, columns);
        if foreign {
            leave(&mut self.pasted.left, &self.block, row, Why::OtherName);
            return;
        }
        // Names do not go on over a row of nothing, but where names are all that is pasted.
        let names_only =
            columns.iter().flatten().filter_map(|grid| line.slots.get(line.slot_at(*grid)?)?.field()).all(|field| field.merge);
        let blank = self.block.is_blank(row) && !names_only;
        let mut taken: SortedSet<usize> = SortedSet::new();
        let count = self.cells.len();
        let block = core::mem::take(&mut self.block);
        for column in 0..block.width() {
            let spot = block.spot(row, column);
            let over = columns.get(column).copied().flatten().and_then(|grid| line.slot_at(grid));
            let Some((at, slot)) = over.and_then(|at| Some((at, line.slots.get(at)?))) else {
                if let Spot::Text(text, _) = spot {
                    let known = region.header.as_ref().is_some_and(|header| header.unknown.contains(&column));
                    self.left(row, column, text, if known { Why::NoColumn } else { Why::Beyond });
                }
                continue;
            };
            let first = taken.insert(at);
            match (&slot.what, spot) {
                (What::Words(words, _), Spot::Text(text, _)) if !self.words.is(text, words) => {
                    self.left(row, column, text, Why::Given);
                }
                (What::Words(..), _) => {}
                (What::Cell(_), Spot::Text(text, _)) if !first => self.left(row, column, text, Why::Taken),
                (What::Cell(_), Spot::Text(text, span)) if span > 2 && self.is_wide(column, span, line, columns) => {
                    self.left(row, column, text, Why::Taken);
                }
                (What::Cell(field), spot) if first => self.cell((row, column), to, field, spot, at, blank, levels),
                (What::Cell(_), _) => {}
            }
        }
        self.block = block;
        self.pasted.rows += usize::from(self.cells.len() > count && !blank);
    }

    /// Whether the words beside the cells of a line are others than those of the block.
    fn is_foreign(&self, row: usize, line: &Line, columns: &Columns) -> bool {
        self.block.texts(row).any(|(column, text)| {
            let slot = columns.get(column).copied().flatten().and_then(|grid| line.slots.get(line.slot_at(grid)?));
            slot.and_then(|slot| slot.words())
                .is_some_and(|words| Words::has_letters(words) && Words::has_letters(text) && !self.words.is(text, words))
        })
    }

    /// Whether a text lies over three cells and more: a note, and no value.
    fn is_wide(&self, column: usize, span: usize, line: &Line, columns: &Columns) -> bool {
        let over = columns.iter().skip(column).take(span).filter_map(|grid| line.slot_at((*grid)?));
        over.into_set().len() > 2
    }

    fn left(&mut self, row: usize, column: usize, text: &str, why: Why) {
        self.pasted.left.push(Left { row, column, text: text.to_owned(), why });
    }

    #[expect(clippy::too_many_arguments, reason = "one spot of a block over one cell, and what came before")]
    fn cell(
        &mut self,
        (row, column): (usize, usize),
        to: Option<RowId>,
        field: &Field,
        spot: Spot<'_>,
        slot: usize,
        blank: bool,
        levels: &mut SortedMap<usize, String>,
    ) {
        let id = match (field.id, to) {
            (CellId::Row { table, column, .. }, Some(row)) => CellId::Row { table, row, column },
            (id, _) => id,
        };
        if field.locked {
            if let Spot::Text(text, _) = spot
                && !self.is_given(id, text)
            {
                self.left(row, column, text, Why::Given);
            }
            return;
        }
        let text = match spot {
            Spot::Text(text, _) if field.merge => {
                if levels.get(&slot).is_none_or(|above| above != text) {
                    // A new branch: nothing comes down from above any more.
                    levels.retain(|known, _| *known < slot);
                    levels.insert(slot, text.to_owned());
                }
                text.to_owned()
            }
            Spot::Text(text, _) => text.to_owned(),
            // A blank name goes on with the one above; below a new name of a higher level it is blank, and above all of them as it was.
            Spot::Above(_) | Spot::Blank | Spot::Beside(_) if field.merge => match (levels.get(&slot), spot) {
                (Some(above), _) if !blank => above.clone(),
                (None, Spot::Above(text) | Spot::Beside(text)) if !text.trim().is_empty() => text.to_owned(),
                (None, _) if levels.last_before(&slot).is_some() && !blank => String::new(),
                (Some(_) | None, _) => return,
            },
            Spot::Above(text) if is_said_once(field.kind) => {
                self.pasted.once += usize::from(!text.trim().is_empty());
                String::new()
            }
            Spot::Above(text) => text.to_owned(),
            Spot::Blank | Spot::Beside(_) => String::new(),
        };
        if !text.trim().is_empty() {
            self.columns.insert(column);
        }
        if field.kind.is_numeric() || field.kind == CellKind::Value {
            let options = comma::options(&text);
            if !options.is_empty() {
                self.pasted.asked.push(Asked { cell: id, text: text.clone(), options });
            }
        }
        match self.at.get(&id).and_then(|at| self.cells.get_mut(*at)) {
            // A line that a block names twice: the first stands.
            Some(_) if !text.trim().is_empty() => self.left(row, column, &text, Why::Taken),
            Some(_) => {}
            None => {
                self.at.insert(id, self.cells.len());
                self.cells.push((id, text));
            }
        }
    }

    /// Whether a given cell of the form says the same.
    fn is_given(&self, id: CellId, text: &str) -> bool {
        let own = self.document.typed(id);
        self.words.is(text, own.text())
            || (*own.reading() != crate::number::Reading::Words && *own.reading() == crate::number::read(text))
    }
}

enum Named {
    /// The block has no names here: row after row.
    Here,
    Row(RowId),
    Nowhere,
}

/// Amounts and points of a merged cell would count once for each row.
fn is_said_once(kind: CellKind) -> bool {
    match kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Points => true,
        CellKind::Text
        | CellKind::Prose
        | CellKind::Value
        | CellKind::Year
        | CellKind::Date
        | CellKind::Percent
        | CellKind::Grade
        | CellKind::Choice => false,
    }
}

/// How many cells a short row lacks at its beginning: as many as make its cells like those of a whole row above, and the most of equals.
/// Only names that go on from above can be missing.
fn missing(block: &Block, model: usize, row: usize, line: &Line, columns: &Columns) -> usize {
    let goes_on = |column: &usize| {
        let slot = columns.get(*column).copied().flatten().and_then(|grid| line.slots.get(line.slot_at(grid)?));
        slot.is_some_and(|slot| match &slot.what {
            What::Words(_, beside) => *beside,
            What::Cell(field) => field.merge,
        })
    };
    let length = block.lengths.get(row).copied().unwrap_or(0);
    let most = (0..block.width().saturating_sub(length)).take_while(goes_on).count();
    let unlike = |by: usize| {
        (0..length)
            .filter(|column| {
                let own = Looks::of(block.spot(row, *column));
                let above = Looks::of(block.spot(model, column.saturating_add(by)));
                own != Looks::Blank && above != Looks::Blank && own != above
            })
            .count()
    };
    (0..=most).rev().min_by_key(|by| unlike(*by)).unwrap_or(0)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Looks {
    Blank,
    Number,
    Words,
}

impl Looks {
    fn of(spot: Spot<'_>) -> Looks {
        let (Spot::Text(text, _) | Spot::Above(text) | Spot::Beside(text)) = spot else { return Looks::Blank };
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let letters = text.chars().filter(|char| char.is_alphabetic()).count();
        if digits > 0 && letters <= 2 { Looks::Number } else { Looks::Words }
    }
}

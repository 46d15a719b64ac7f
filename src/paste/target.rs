//! Where a block may go: the lines of the printed sheet, each as the cells that a person sees in it.

use crate::document::{CellId, Document, RowId};
use crate::layout::{Content, Geometry, Sheet};
use crate::prelude::*;
use crate::template::{CellKind, Form, Line as FormLine, TableIndex};

pub(super) struct Target {
    pub lines: Vec<Line>,
    /// Headings between the lines, each with the line below it.
    pub headings: Vec<(usize, String)>,
    /// The title over the sheet, its year and its unit.
    pub around: Vec<String>,
}

/// One printed line.
pub(super) struct Line {
    /// The block of the form that it belongs to.
    pub block: usize,
    pub row: Option<(TableIndex, RowId)>,
    pub slots: Vec<Slot>,
}

/// What a person sees at some columns of the sheet's grid in one line.
#[derive(Clone, Debug)]
pub(super) struct Slot {
    pub from: usize,
    pub to: usize,
    pub what: What,
    /// What the form gives there.
    pub given: Option<String>,
}

#[derive(Clone, Debug)]
pub(super) enum What {
    /// Words of the form, and whether they stand beside several lines.
    Words(String, bool),
    Cell(Field),
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub id: CellId,
    pub kind: CellKind,
    pub locked: bool,
    /// Equal neighbours of its column are printed as one.
    pub merge: bool,
}

impl Slot {
    pub fn field(&self) -> Option<&Field> {
        match &self.what {
            What::Cell(field) => Some(field),
            What::Words(..) => None,
        }
    }

    /// Words that stand in this line alone.
    pub fn words(&self) -> Option<&str> {
        match &self.what {
            What::Words(words, false) => Some(words),
            What::Words(_, true) | What::Cell(_) => None,
        }
    }
}

impl Line {
    /// Whether there is anything to fill in.
    pub fn is_open(&self) -> bool {
        self.slots.iter().any(|slot| slot.field().is_some_and(|field| !field.locked))
    }

    /// The slot that covers a column of the grid.
    pub fn slot_at(&self, column: usize) -> Option<usize> {
        self.slots.iter().position(|slot| (slot.from..slot.to).contains(&column))
    }

    pub fn table(&self) -> Option<TableIndex> {
        self.row.map(|(table, _)| table)
    }
}

impl Target {
    pub fn of(form: &Form, document: &Document, sheet: &Sheet) -> Target {
        let geometry = Geometry::of(sheet);
        let rows = || sheet.sections.iter().flat_map(|section| &section.rows);
        let contents = rows().flat_map(|row| &row.cells).map(|cell| &cell.content);
        // Places and contents stand in one order, that of lines and columns.
        let contents: Vec<&Content> = contents.collect();
        let content = |line: usize, column: usize| {
            let at = geometry.places().binary_search_by_key(&(line, column), |place| (place.line, place.column)).ok()?;
            contents.get(at).copied()
        };
        let slots = |line: usize, row: Option<RowId>| {
            let mut slots: Vec<Slot> = Vec::new();
            while let Some(place) = geometry.at(line, slots.last().map_or(0, |slot| slot.to)) {
                let (what, given) = match content(place.line, place.column) {
                    Some(Content::Field(field)) => {
                        (What::Cell(own(form, field.id, row)), field.locked.then(|| field.typed.clone()))
                    }
                    Some(Content::Label(words)) => (What::Words(words.clone(), place.lines > 1), None),
                    None => (What::Words(String::new(), false), None),
                };
                let to = place.column.saturating_add(place.columns.max(1));
                slots.push(Slot { from: place.column, to, what, given });
            }
            slots
        };
        let lines = rows().zip(blocks(form, document)).enumerate().map(|(at, (row, block))| {
            let row = row.row.map(|(table, row, _)| (table, row));
            Line { block, row, slots: slots(at, row.map(|(_, row)| row)) }
        });
        let lines = lines.collect();
        let mut headings = Vec::new();
        let mut first = 0_usize;
        for section in &sheet.sections {
            headings.extend(section.heading.clone().map(|heading| (first, heading)));
            first = first.saturating_add(section.rows.len());
        }
        Target { lines, headings, around: [&sheet.title, &sheet.year].into_iter().cloned().collect() }
    }

    /// The texts that the form gives at a slot, in all rows of a table.
    pub fn given(&self, table: Option<TableIndex>, slot: usize) -> impl Iterator<Item = &str> {
        let lines = self.lines.iter().filter(move |line| table.is_some() && line.table() == table);
        lines.filter_map(move |line| line.slots.get(slot)?.given.as_deref())
    }

    /// The line and the slot of a cell. Of a cell that is printed over several lines, those of its own row.
    pub fn find(&self, cell: CellId) -> Option<(usize, usize)> {
        let is_it = |slot: &Slot| slot.field().is_some_and(|field| field.id == cell);
        self.lines.iter().enumerate().find_map(|(at, line)| Some((at, line.slots.iter().position(is_it)?)))
    }

    /// The titles over a line: words in the lines above it that hold nothing else, and the names of its own columns.
    pub fn titles<'a>(&'a self, form: &'a Form, at: usize) -> Vec<(&'a str, usize)> {
        let Some(line) = self.lines.get(at) else { return Vec::new() };
        let table = line.table();
        let above = self.lines.iter().take(at).rev().skip_while(|above| table.is_some() && above.table() == table);
        let above = above.take_while(|above| above.block == line.block).filter(|above| !above.is_open() && above.row.is_none());
        let mut titles: Vec<(&str, usize)> = Vec::new();
        for slot in above.flat_map(|above| &above.slots) {
            if let Some(words) = slot.words().filter(|words| !words.trim().is_empty()) {
                titles.push((words, slot.from));
            }
        }
        for slot in &line.slots {
            if let Some(CellId::Row { table, column, .. }) = slot.field().map(|field| field.id)
                && let Some(column) = form.table(table).and_then(|table| table.column(column))
            {
                titles.push((&column.label, slot.from));
            }
        }
        titles
    }
}

/// The field that a line shows: where a cell covers several rows, the row's own.
pub(super) fn own(form: &Form, id: CellId, row: Option<RowId>) -> Field {
    match (id, row) {
        (CellId::Row { table, column, .. }, Some(row)) => {
            let def = form.table(table).and_then(|table| table.column(column));
            let (locked, merge) = def.map_or((true, false), |def| (def.locked, def.merge));
            let id = CellId::Row { table, row, column };
            Field { id, kind: id.kind(form), locked, merge }
        }
        (CellId::Row { .. }, None) | (CellId::Fixed(_), _) => Field { id, kind: id.kind(form), locked: false, merge: false },
    }
}

/// For each line of the sheet the block of the form.
fn blocks<'a>(form: &'a Form, document: &'a Document) -> impl Iterator<Item = usize> + 'a {
    form.blocks.iter().enumerate().flat_map(move |(at, block)| {
        block.lines.iter().flat_map(move |line| {
            let count = match line {
                FormLine::Cells { .. } => 1,
                FormLine::Table(table) => document.rows(*table).len(),
            };
            core::iter::repeat_n(at, count)
        })
    })
}

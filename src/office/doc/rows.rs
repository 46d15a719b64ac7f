//! Paragraphs into tables: the last paragraph of a row says where its cells begin and how they are merged.

use super::sprm::{Properties, id, is_on, whole};
use crate::block::{Limit, Refusal};
use crate::office::docx::Numbering;
use crate::office::flow::{Flow, Span};
use crate::office::grid::Edges;
use crate::office::{bytes, limits};
use crate::prelude::*;

#[derive(Default)]
pub struct Paragraph {
    pub text: String,
    /// It goes on with the next one.
    pub goes_on: bool,
    heading: Option<u8>,
    list: Option<(u16, usize)>,
    /// In how many tables it lies.
    depth: usize,
    ends_cell: bool,
    row: Option<Row>,
}

/// What the end of a row says of it.
#[derive(Clone, Default)]
struct Row {
    /// The edges of its cells, in twentieths of a point.
    edges: Vec<i32>,
    cells: Vec<Merge>,
}

#[derive(Clone, Copy, Default)]
struct Merge {
    with_before: bool,
    with_above: bool,
    with_below: bool,
}

impl Paragraph {
    /// Text without any properties.
    pub fn plain(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// By its properties, the stream where long ones stand, and the mark at its end.
    pub fn of(properties: &[u8], data: &[u8], mark: u16) -> Self {
        let style = bytes::u16(properties, 0).unwrap_or(0);
        let mut paragraph = Self { ends_cell: mark == 0x07, ..Self::default() };
        // The first nine styles behind the plain one are headings in every file.
        paragraph.heading = u8::try_from(style).ok().filter(|style| (1..=9).contains(style));
        let (mut in_table, mut depth, mut ends_row) = (false, None, false);
        let (mut list, mut level) = (None, 0);
        let mut row = Row::default();
        for (id, value) in Properties(whole(properties.get(2..).unwrap_or(&[]), data)) {
            match id {
                id::IN_TABLE => in_table = is_on(value),
                id::TABLE_DEPTH => depth = bytes::size(value, 0),
                id::INNER_CELL => paragraph.ends_cell |= is_on(value),
                id::ROW_END | id::INNER_ROW_END => ends_row |= is_on(value),
                id::OUTLINE => paragraph.heading = value.first().copied().filter(|level| *level < 9).map(|level| level + 1),
                id::LIST_LEVEL => level = value.first().map_or(0, |level| usize::from(*level)),
                id::LIST_USE => list = bytes::u16(value, 0).filter(|list| (1..0xf801).contains(list)),
                id::TABLE => row.read(value),
                id::MERGE => row.merge(value),
                id::MERGE_DOWN => row.merge_down(value),
                _ => {}
            }
        }
        paragraph.depth = if in_table { depth.unwrap_or(1).max(1) } else { depth.unwrap_or(0) };
        paragraph.ends_cell &= paragraph.depth > 0;
        paragraph.list = list.map(|list| (list, level));
        paragraph.row = (ends_row && paragraph.depth > 0).then_some(row);
        paragraph
    }
}

impl Row {
    /// The edges of the cells, then twenty bytes for each cell.
    fn read(&mut self, value: &[u8]) {
        let count = value.first().map_or(0, |count| usize::from(*count));
        let edge = |at: usize| bytes::u16(value, 1 + at * 2).map(|edge| i32::from(edge.cast_signed()));
        self.edges = (0..=count).map_while(edge).collect();
        self.cells = vec![Merge::default(); count];
        for (at, cell) in self.cells.iter_mut().enumerate() {
            let flags = bytes::u16(value, 1 + (count + 1) * 2 + at * 20).unwrap_or(0);
            cell.with_before = flags & 0x02 != 0;
            cell.with_below = flags & 0x40 != 0;
            cell.with_above = flags & 0x20 != 0 && !cell.with_below;
        }
    }

    /// Cells from one to before another are one.
    fn merge(&mut self, value: &[u8]) {
        let (Some(first), Some(end)) = (value.first(), value.get(1)) else { return };
        let inner = self.cells.iter_mut().take(usize::from(*end)).skip(usize::from(*first) + 1);
        inner.for_each(|cell| cell.with_before = true);
    }

    fn merge_down(&mut self, value: &[u8]) {
        let (Some(cell), Some(kind)) = (value.first(), value.get(1)) else { return };
        if let Some(cell) = self.cells.get_mut(usize::from(*cell)) {
            (cell.with_above, cell.with_below) = (*kind == 1, *kind == 3);
        }
    }
}

/// A table as its rows come in, the text of its cells waiting for the end of the row.
#[derive(Default)]
struct Table {
    rows: Vec<(Row, Vec<Vec<Item>>)>,
    cells: Vec<Vec<Item>>,
    cell: Vec<Item>,
}

/// What a cell or the text holds.
enum Item {
    Text(String, Option<u8>),
    Table(Table),
}

/// Writes paragraphs and the tables that they form.
pub fn write(paragraphs: Vec<Paragraph>, numbering: &mut Numbering, flow: &mut Flow) -> Result<(), Refusal> {
    let mut open: Vec<Table> = Vec::new();
    let mut before: Option<String> = None;
    for mut paragraph in paragraphs {
        if let Some(before) = before.take() {
            paragraph.text.insert_str(0, &before);
        }
        if paragraph.goes_on {
            before = Some(paragraph.text);
            continue;
        }
        if paragraph.depth > limits::TABLE_DEPTH {
            return Err(Refusal::Over(Limit::Depth));
        }
        while open.len() > paragraph.depth {
            close(&mut open, flow)?;
        }
        while open.len() < paragraph.depth {
            open.push(Table::default());
        }
        if let Some((list, level)) = paragraph.list
            && paragraph.row.is_none()
        {
            let label = numbering.next(&list.to_string(), level);
            paragraph.text.insert_str(0, &label);
        }
        let item = Item::Text(paragraph.text, paragraph.heading);
        match (open.last_mut(), paragraph.row) {
            (Some(table), Some(row)) => {
                let cells = core::mem::take(&mut table.cells);
                table.rows.push((row, cells));
                table.cell.clear();
            }
            (Some(table), None) => {
                table.cell.push(item);
                if paragraph.ends_cell {
                    let cell = core::mem::take(&mut table.cell);
                    table.cells.push(cell);
                }
            }
            (None, _) => emit(item, flow)?,
        }
    }
    while !open.is_empty() {
        close(&mut open, flow)?;
    }
    Ok(())
}

/// Ends the innermost table: into the cell around it, or into the text.
fn close(open: &mut Vec<Table>, flow: &mut Flow) -> Result<(), Refusal> {
    let Some(mut table) = open.pop() else { return Ok(()) };
    // A row without an end keeps what it has.
    if !table.cell.is_empty() {
        let cell = core::mem::take(&mut table.cell);
        table.cells.push(cell);
    }
    if !table.cells.is_empty() {
        let cells = core::mem::take(&mut table.cells);
        table.rows.push((Row::default(), cells));
    }
    match open.last_mut() {
        Some(around) => around.cell.push(Item::Table(table)),
        None => emit(Item::Table(table), flow)?,
    }
    Ok(())
}

/// Writes an item; tables within one another are as deep as [`limits::TABLE_DEPTH`] at most.
fn emit(item: Item, flow: &mut Flow) -> Result<(), Refusal> {
    let table = match item {
        Item::Text(text, heading) => {
            flow.begin_paragraph();
            flow.text(&text);
            return flow.end_paragraph(heading);
        }
        Item::Table(table) => table,
    };
    let edges = Edges::of(table.rows.iter().flat_map(|(row, _)| row.edges.iter().copied()));
    flow.begin_table()?;
    for (row, cells) in table.rows {
        flow.begin_row()?;
        let mut column = 0;
        for (at, cell) in cells.into_iter().enumerate() {
            let merge = row.cells.get(at).copied().unwrap_or_default();
            let (start, end) = match (row.edges.get(at), row.edges.get(at + 1)) {
                (Some(left), Some(right)) => (edges.column(*left).max(column), edges.column(*right)),
                _ => (column, column + 1),
            };
            let end = end.max(start + 1);
            flow.skip_columns(start - column);
            column = end;
            flow.begin_cell(Span {
                columns: end - start,
                with_before: merge.with_before,
                with_above: merge.with_above,
                with_below: merge.with_below,
                ..Span::default()
            })?;
            for item in cell {
                emit(item, flow)?;
            }
            flow.end_cell()?;
        }
        flow.end_row()?;
    }
    flow.end_table()
}

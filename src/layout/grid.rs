//! The grid of a sheet with the columns that its document shows. A column that a form does not print of itself brings a grid column of its own,
//! and every line that has no cell there makes the cell before it wider; the place of one that is hidden goes to the cell beside it. So every
//! line fills the grid, whatever is shown.

use crate::prelude::*;
use crate::template::{Block, ColumnChoice, ColumnDef, ColumnIndex, Form, Line, LineCell, LineContent, TableDef, TableIndex};

/// Where the grid of a form got more columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grid {
    /// Relative widths.
    pub(super) widths: Vec<u16>,
    /// How many grid columns stand before each column of the form's own grid, and at its end, that are not its own; with the table that
    /// they are for.
    added: Vec<(usize, TableIndex)>,
    /// For each table the columns that are printed, with their spans.
    tables: Vec<Vec<(ColumnIndex, u16)>>,
}

/// A cell of a line, from one grid column of the form to another.
struct Piece<T> {
    what: T,
    from: usize,
    to: usize,
}

impl Grid {
    pub(super) fn of(form: &Form) -> Grid {
        let mut grid = Grid { widths: form.grid.clone(), added: Vec::new(), tables: Vec::new() };
        let mut widths: Vec<(usize, u16)> = Vec::new();
        for (table, def) in (0..).zip(&form.tables) {
            let mut at = start(form, table);
            for column in &def.columns {
                if column.choice == ColumnChoice::WhenUsed {
                    if !column.hidden {
                        grid.added.push((at, table));
                        widths.push((at, column.width));
                    }
                } else if stands_on_grid(column) {
                    at = at.saturating_add(usize::from(column.span));
                }
            }
        }
        let total: u32 = form.grid.iter().map(|width| u32::from(*width)).sum();
        // From the right, so that the places at the left stay what they are.
        widths.order_by(|(at, _)| *at);
        for (at, width) in widths.into_iter().rev() {
            let width = u32::from(width).saturating_mul(total).div_ceil(100);
            grid.widths.insert(at.min(grid.widths.len()), u16::try_from(width).unwrap_or(u16::MAX));
        }
        grid.tables = (0..).zip(&form.tables).map(|(table, def)| grid.columns(form, table, def)).collect();
        grid
    }

    /// The columns of a table that are printed, with their spans.
    pub(super) fn printed(&self, table: TableIndex) -> &[(ColumnIndex, u16)] {
        self.tables.get(usize::from(table)).map_or(&[], Vec::as_slice)
    }

    /// How many grid columns a cell covers that covers these of the form. What was added right behind a cell belongs to it, but for the columns
    /// of `own`, which have cells of their own there.
    fn span(&self, from: usize, to: usize, own: Option<TableIndex>) -> u16 {
        let within = self.added.iter().filter(|(at, table)| *at > from && *at <= to && (*at < to || Some(*table) != own)).count();
        u16::try_from(to.saturating_sub(from).saturating_add(within)).unwrap_or(u16::MAX)
    }

    /// The side label of a block.
    pub(super) fn side(&self, block: &Block) -> u16 {
        self.span(0, usize::from(block.side_span), None)
    }

    fn columns(&self, form: &Form, table: TableIndex, def: &TableDef) -> Vec<(ColumnIndex, u16)> {
        let mut at = start(form, table);
        let mut printed: Vec<(ColumnIndex, u16)> = Vec::new();
        let mut waiting: u16 = 0;
        for (index, column) in (0..).zip(&def.columns) {
            let own = match column.choice {
                ColumnChoice::WhenUsed => u16::from(!column.hidden),
                ColumnChoice::Fixed | ColumnChoice::MayHide if stands_on_grid(column) => {
                    let to = at.saturating_add(usize::from(column.span));
                    let span = self.span(at, to, Some(table));
                    at = to;
                    span
                }
                ColumnChoice::Fixed | ColumnChoice::MayHide => 0,
            };
            match (column.hidden, printed.last_mut()) {
                (false, _) => printed.push((index, own.saturating_add(core::mem::take(&mut waiting)))),
                (true, Some((_, last))) => *last = last.saturating_add(own),
                (true, None) => waiting = waiting.saturating_add(own),
            }
        }
        printed
    }

    /// The cells of a line with their spans. A line of titles gets one for each column that the table below it shows of itself, and loses
    /// those of hidden ones.
    pub(super) fn line<'a>(
        &self,
        form: &'a Form,
        block: &Block,
        cells: &'a [LineCell],
        below: Option<TableIndex>,
    ) -> Vec<(Title<'a>, u16)> {
        let mut at = if block.side.is_some() { usize::from(block.side_span) } else { 0 };
        let mut pieces: Vec<Piece<&LineCell>> = Vec::new();
        for cell in cells {
            let to = at.saturating_add(usize::from(cell.span));
            pieces.push(Piece { what: cell, from: at, to });
            at = to;
        }
        let Some((table, def)) = below.and_then(|table| Some((table, form.table(table)?))) else {
            return pieces.iter().map(|piece| (Title::Own(&piece.what.content), self.span(piece.from, piece.to, None))).collect();
        };
        let hidden = hidden(form, table, def);
        let mut line: Vec<(Title<'a>, u16)> = Vec::new();
        let mut waiting: u16 = 0;
        for piece in &pieces {
            let span = self.span(piece.from, piece.to, Some(table));
            match (hidden.contains(&(piece.from, piece.to)), line.last_mut()) {
                (false, _) => line.push((Title::Own(&piece.what.content), span.saturating_add(core::mem::take(&mut waiting)))),
                (true, Some((_, last))) => *last = last.saturating_add(span),
                (true, None) => waiting = waiting.saturating_add(span),
            }
            line.extend(shown_behind(form, table, def, piece.to).map(|column| (Title::Column(&column.label), 1)));
        }
        line
    }
}

/// What stands in a cell of a line.
pub(super) enum Title<'a> {
    /// What the form prints there.
    Own(&'a LineContent),
    /// The title of a column that the form does not print of itself.
    Column(&'a str),
}

/// Whether a column has its place on the form's own grid: also while the document hides it.
fn stands_on_grid(column: &ColumnDef) -> bool {
    column.choice == ColumnChoice::MayHide || !column.hidden
}

/// The grid column at which a table begins: behind the side label of its block.
fn start(form: &Form, table: TableIndex) -> usize {
    let block = form.blocks.iter().find(|block| block.lines.iter().any(|line| matches!(line, Line::Table(at) if *at == table)));
    block.filter(|block| block.side.is_some()).map_or(0, |block| usize::from(block.side_span))
}

/// From where to where the hidden columns of a table would stand.
fn hidden(form: &Form, table: TableIndex, def: &TableDef) -> Vec<(usize, usize)> {
    let mut at = start(form, table);
    let mut places = Vec::new();
    for column in def.columns.iter().filter(|column| column.choice != ColumnChoice::WhenUsed && stands_on_grid(column)) {
        let to = at.saturating_add(usize::from(column.span));
        if column.hidden {
            places.push((at, to));
        }
        at = to;
    }
    places
}

/// The shown columns without a place of their own that stand behind a grid column of the form.
fn shown_behind<'a>(form: &Form, table: TableIndex, def: &'a TableDef, place: usize) -> impl Iterator<Item = &'a ColumnDef> {
    let mut at = start(form, table);
    def.columns.iter().filter(move |column| {
        if column.choice == ColumnChoice::WhenUsed {
            return !column.hidden && at == place;
        }
        if stands_on_grid(column) {
            at = at.saturating_add(usize::from(column.span));
        }
        false
    })
}

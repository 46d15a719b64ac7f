//! A document as it flows: paragraphs, and tables whose cells hold paragraphs and tables again. Readers of documents say what opens
//! and closes; blocks come out, each text once.

use super::decimal::Decimal;
use super::number_format::beside;
use super::sheet::{Budget, settle};
use super::{limits, words};
use crate::block::{Block, BlockNotice, Blocks, Grid, Limit, Origin, Paragraph, Refusal};
use crate::prelude::*;

mod table;

use table::Table;

#[derive(Default)]
pub struct Flow {
    list: Vec<Block>,
    pub notices: Vec<BlockNotice>,
    /// What is open, the innermost last.
    open: Vec<Holder>,
    paragraphs: u32,
    tables: u32,
    pub budget: Budget,
}

/// What holds paragraphs.
enum Holder {
    /// A paragraph that is being written.
    Paragraph(Draft),
    Table(Box<Table>),
    Cell(Draft),
    /// A text box: its paragraphs wait until the paragraph around it ends.
    Box(Vec<Draft>),
}

#[derive(Default)]
struct Draft {
    text: String,
    heading: Option<u8>,
    /// Paragraphs of text boxes within it.
    later: Vec<Draft>,
}

/// How a cell joins its neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub rows: u32,
    pub columns: u32,
    /// Cells below may go on with it (`vMerge`).
    pub with_below: bool,
    /// It goes on with the cell above, if that one lets it; its own text is not seen then.
    pub with_above: bool,
    /// It goes on with the cell before (`hMerge`).
    pub with_before: bool,
    /// It stays out of the way of cells from above, as in web pages.
    pub dodges: bool,
}

impl Default for Span {
    fn default() -> Self {
        Self { rows: 1, columns: 1, with_below: false, with_above: false, with_before: false, dodges: false }
    }
}

impl Flow {
    pub fn begin_paragraph(&mut self) {
        self.open.push(Holder::Paragraph(Draft::default()));
    }

    pub fn end_paragraph(&mut self, heading: Option<u8>) -> Result<(), Refusal> {
        let Some(at) = self.open.iter().rposition(|holder| matches!(holder, Holder::Paragraph(_))) else { return Ok(()) };
        self.close_down_to(at)?;
        let Some(Holder::Paragraph(mut draft)) = self.open.pop() else { return Ok(()) };
        draft.heading = heading;
        self.place(draft)
    }

    /// Puts a paragraph where it belongs: into the cell or the box around it, or into the list.
    fn place(&mut self, draft: Draft) -> Result<(), Refusal> {
        match self.open.last_mut() {
            Some(Holder::Cell(cell)) => {
                // An empty paragraph is a line too: it parts what stands above it from what stands below.
                if !cell.text.is_empty() {
                    cell.text.push('\n');
                }
                cell.text.push_str(&draft.text);
                for later in draft.later {
                    self.place(later)?;
                }
                return Ok(());
            }
            Some(Holder::Box(drafts)) => {
                drafts.push(draft);
                return Ok(());
            }
            Some(Holder::Paragraph(around)) => {
                around.later.push(draft);
                return Ok(());
            }
            Some(Holder::Table(_)) | None => {}
        }
        let text = words::paragraph(&draft.text);
        if !text.is_empty() {
            self.budget.take(text.len())?;
            self.paragraphs += 1;
            self.push(Block::Paragraph(Paragraph { text, number: self.paragraphs, heading: draft.heading }))?;
        }
        for later in draft.later {
            self.place(later)?;
        }
        Ok(())
    }

    fn push(&mut self, block: Block) -> Result<(), Refusal> {
        if self.list.len() >= limits::BLOCKS {
            return Err(Refusal::Over(Limit::Count));
        }
        self.list.push(block);
        Ok(())
    }

    /// Text of the paragraph or cell that is open.
    pub fn text(&mut self, text: &str) {
        if let Some(Holder::Paragraph(draft) | Holder::Cell(draft)) = self.open.last_mut()
            && draft.text.len() + text.len() <= limits::CELL_TEXT
        {
            draft.text.push_str(text);
        }
    }

    /// The text so far of the paragraph or cell that is open.
    pub fn current(&self) -> &str {
        match self.open.last() {
            Some(Holder::Paragraph(draft) | Holder::Cell(draft)) => &draft.text,
            Some(Holder::Table(_) | Holder::Box(_)) | None => "",
        }
    }

    /// Whether a paragraph is open in the innermost holder.
    pub fn in_paragraph(&self) -> bool {
        matches!(self.open.last(), Some(Holder::Paragraph(_)))
    }

    /// Whether text goes into a cell or a paragraph of a cell.
    pub fn in_cell(&self) -> bool {
        self.open.iter().any(|holder| matches!(holder, Holder::Cell(_)))
    }

    pub fn begin_box(&mut self) -> Result<(), Refusal> {
        let boxes = self.open.iter().filter(|holder| matches!(holder, Holder::Box(_))).count();
        if boxes >= limits::TABLE_DEPTH {
            return Err(Refusal::Over(Limit::Depth));
        }
        self.open.push(Holder::Box(Vec::new()));
        Ok(())
    }

    pub fn end_box(&mut self) -> Result<(), Refusal> {
        let Some(at) = self.open.iter().rposition(|holder| matches!(holder, Holder::Box(_))) else { return Ok(()) };
        self.close_down_to(at)?;
        let Some(Holder::Box(drafts)) = self.open.pop() else { return Ok(()) };
        for draft in drafts {
            match self.open.last_mut() {
                Some(Holder::Paragraph(around) | Holder::Cell(around)) => around.later.push(draft),
                Some(Holder::Box(outer)) => outer.push(draft),
                Some(Holder::Table(_)) | None => self.place(draft)?,
            }
        }
        Ok(())
    }

    pub fn begin_table(&mut self) -> Result<(), Refusal> {
        if self.table_depth() >= limits::TABLE_DEPTH {
            return Err(Refusal::Over(Limit::Depth));
        }
        self.tables += 1;
        let slot = self.list.len();
        let origin = Origin::Table(self.tables);
        self.push(Block::Grid(Grid { origin, caption: None, rows: 0, columns: 0, cells: Vec::new() }))?;
        self.open.push(Holder::Table(Box::new(Table::new(slot, self.tables))));
        Ok(())
    }

    pub fn table_depth(&self) -> usize {
        self.open.iter().filter(|holder| matches!(holder, Holder::Table(_))).count()
    }

    fn table(&mut self) -> Option<&mut Table> {
        self.open.iter_mut().rev().find_map(|holder| match holder {
            Holder::Table(table) => Some(&mut **table),
            Holder::Paragraph(_) | Holder::Cell(_) | Holder::Box(_) => None,
        })
    }

    /// The widths of the columns that the open table is drawn by.
    pub fn widths(&mut self, widths: Vec<i32>) {
        if let Some(table) = self.table() {
            table.widths = widths;
        }
    }

    pub fn caption(&mut self, text: &str) {
        let text = words::paragraph(text);
        if let Some(table) = self.table()
            && !text.is_empty()
        {
            table.caption = Some(text);
        }
    }

    /// Whether the innermost table has a row open.
    pub fn in_row(&mut self) -> bool {
        self.table().is_some_and(|table| table.in_row)
    }

    pub fn begin_row(&mut self) -> Result<(), Refusal> {
        if let Some(table) = self.table() {
            table.in_row = true;
            table.column = 0;
            if table.rows >= limits::ROWS {
                return Err(Refusal::Over(Limit::Size));
            }
        }
        Ok(())
    }

    /// Leaves columns of the row free (`gridBefore`).
    pub fn skip_columns(&mut self, count: u32) {
        if let Some(table) = self.table() {
            table.column = table.column.saturating_add(count.min(limits::TABLE_COLUMNS));
        }
    }

    pub fn end_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if let Some(table) = self.table()
            && table.in_row
        {
            table.in_row = false;
            table.rows += 1;
        }
        Ok(())
    }

    /// Takes back the row that is open: it was deleted.
    pub fn drop_row(&mut self) -> Result<(), Refusal> {
        self.end_cell()?;
        if let Some(table) = self.table()
            && table.in_row
        {
            table.in_row = false;
            let row = table.rows;
            table.cells.retain(|cell| cell.row < row);
            let left = table.cells.len();
            table.above.retain(|_, cell| *cell < left);
        }
        Ok(())
    }

    pub fn begin_cell(&mut self, span: Span) -> Result<(), Refusal> {
        if let Some(table) = self.table() {
            table.begin_cell(span)?;
            self.open.push(Holder::Cell(Draft::default()));
        }
        Ok(())
    }

    /// Ends the cell that is open in the innermost table, if one is.
    pub fn end_cell(&mut self) -> Result<(), Refusal> {
        let table = self.open.iter().rposition(|holder| matches!(holder, Holder::Table(_))).unwrap_or(0);
        let Some(at) = self.open.iter().rposition(|holder| matches!(holder, Holder::Cell(_))) else { return Ok(()) };
        if at < table {
            return Ok(());
        }
        self.close_down_to(at)?;
        let Some(Holder::Cell(mut draft)) = self.open.pop() else { return Ok(()) };
        for later in core::mem::take(&mut draft.later) {
            draft.text.push('\n');
            draft.text.push_str(&later.text);
        }
        let text = words::cell(&draft.text);
        if let Some(table) = self.table()
            && let Some(cell) = table.cell.take().and_then(|cell| table.cells.get_mut(cell))
        {
            cell.exact = cell.exact.take().and_then(|exact| beside(&text, &Decimal::parse(&exact)?));
            cell.text = text;
            let length = cell.text.len();
            self.budget.take(length)?;
        }
        Ok(())
    }

    /// How many columns the cell that is open covers, where the covered ones come as cells too.
    pub fn widen(&mut self, columns: u32) {
        if let Some(table) = self.table()
            && let Some(cell) = table.cell.and_then(|cell| table.cells.get_mut(cell))
        {
            cell.column_span = columns.clamp(1, limits::TABLE_COLUMNS);
        }
    }

    /// The number that is stored for the cell that is open.
    pub fn exact(&mut self, exact: String) {
        if let Some(table) = self.table()
            && let Some(cell) = table.cell.and_then(|cell| table.cells.get_mut(cell))
        {
            cell.exact = Some(exact);
        }
    }

    pub fn end_table(&mut self) -> Result<(), Refusal> {
        let Some(at) = self.open.iter().rposition(|holder| matches!(holder, Holder::Table(_))) else { return Ok(()) };
        if self.in_row() {
            self.end_row()?;
        }
        self.close_down_to(at)?;
        let Some(Holder::Table(mut table)) = self.open.pop() else { return Ok(()) };
        table.join_hairs();
        let mut grid = Grid {
            origin: Origin::Table(table.number),
            caption: table.caption,
            rows: table.rows,
            columns: table.cells.iter().map(|cell| cell.column + 1).max().unwrap_or(0),
            cells: table.cells,
        };
        grid.cells.order_by(|cell| (cell.row, cell.column));
        settle(&mut grid)?;
        if let Some(place) = self.list.get_mut(table.slot) {
            *place = Block::Grid(grid);
        }
        Ok(())
    }

    /// Closes whatever is open above a holder, as it would have been closed.
    fn close_down_to(&mut self, at: usize) -> Result<(), Refusal> {
        while self.open.len() > at + 1 {
            match self.open.last() {
                Some(Holder::Paragraph(_)) => self.end_paragraph(None)?,
                Some(Holder::Table(_)) => self.end_table()?,
                Some(Holder::Cell(_)) => self.end_cell()?,
                Some(Holder::Box(_)) => self.end_box()?,
                None => break,
            }
        }
        Ok(())
    }

    /// Blocks of a part that was read by itself, as if they stood here.
    pub fn append(&mut self, blocks: Blocks) -> Result<(), Refusal> {
        for block in blocks.list {
            match block {
                Block::Paragraph(paragraph) => {
                    self.begin_paragraph();
                    self.text(&paragraph.text);
                    self.end_paragraph(paragraph.heading)?;
                }
                Block::Grid(grid) => {
                    self.tables += 1;
                    let origin = Origin::Table(self.tables);
                    self.push(Block::Grid(Grid { origin, ..grid }))?;
                }
            }
        }
        self.notices.extend(blocks.notices);
        Ok(())
    }

    pub fn finish(mut self) -> Result<Blocks, Refusal> {
        while let Some(last) = self.open.last() {
            match last {
                Holder::Paragraph(_) => self.end_paragraph(None)?,
                Holder::Table(_) => self.end_table()?,
                Holder::Cell(_) => self.end_cell()?,
                Holder::Box(_) => self.end_box()?,
            }
        }
        // Tables without any text say nothing, but keep their number, since people count them.
        self.list.retain(|block| match block {
            Block::Paragraph(_) => true,
            Block::Grid(grid) => grid.cells.iter().any(|cell| !cell.text.is_empty()),
        });
        Ok(Blocks { list: self.list, notices: self.notices })
    }
}

//! Drawing a worksheet row by row.

use super::look::{self, Looks};
use super::{Cell, Content, Down, Look, Page, Worksheet};
use crate::prelude::*;
use crate::wording::workbook as words;

/// What a page leaves between its margins, in tenths of a millimetre.
const UPRIGHT: u32 = 1770;
const LYING: u32 = 2640;
/// The lowest row, in points.
const LOWEST: u16 = 20;

pub(super) struct Drawing<'a> {
    pub(super) sheet: Worksheet,
    pub(super) looks: &'a mut Looks,
}

/// A cell of a row that is drawn.
pub(super) struct Drawn {
    pub(super) content: Content,
    pub(super) look: Look,
    pub(super) link: Option<String>,
}

impl Drawn {
    pub(super) fn text(text: &str, look: Look) -> Drawn {
        Drawn { content: Content::Text(text.to_owned()), look, link: None }
    }
}

impl Drawing<'_> {
    /// A blank sheet with columns of these relative widths.
    pub(super) fn new<'a>(name: &str, grid: &[u16], landscape: bool, looks: &'a mut Looks) -> Drawing<'a> {
        let page = Page {
            landscape,
            // As the print has them.
            margins: if landscape { [18, 15, 15, 18] } else { [18, 15, 18, 18] },
            footer: words::FOOTER.to_owned(),
            repeat: None,
            breaks: Vec::new(),
        };
        let columns = widths(grid, if landscape { LYING } else { UPRIGHT });
        let sheet = Worksheet { name: name.to_owned(), columns, rows: Vec::new(), cells: Vec::new(), page };
        Drawing { sheet, looks }
    }

    pub(super) fn next_row(&self) -> u32 {
        u32::try_from(self.sheet.rows.len()).unwrap_or(u32::MAX)
    }

    /// Begins a row.
    pub(super) fn begin(&mut self) -> u32 {
        let row = self.next_row();
        self.sheet.rows.push(LOWEST);
        row
    }

    /// A row that is one cell.
    pub(super) fn across(&mut self, drawn: Drawn) -> u32 {
        let row = self.begin();
        let columns = self.sheet.width();
        self.put(row, (0, columns), 1, drawn);
        row
    }

    /// A row of cells, one for each column; the last one goes on to the end.
    pub(super) fn row(&mut self, cells: Vec<Drawn>) -> u32 {
        let row = self.begin();
        let (width, count) = (self.sheet.width(), cells.len());
        for (column, (at, cell)) in (0..).zip(cells.into_iter().enumerate()) {
            let is_last = at.checked_add(1) == Some(count);
            let columns = if is_last { width.saturating_sub(column) } else { 1 };
            self.put(row, (column, columns), 1, cell);
        }
        row
    }

    /// Draws a cell from a column on, over some columns and rows.
    pub(super) fn put(&mut self, row: u32, (column, columns): (u16, u16), rows: u32, drawn: Drawn) {
        let content = match drawn.content {
            Content::Text(text) if text.is_empty() => Content::Blank,
            Content::Text(text) => Content::Text(look::cut(text)),
            content => content,
        };
        let look = self.looks.number(drawn.look);
        self.sheet.cells.push(Cell { row, column, rows, columns, content, look, link: drawn.link });
    }

    /// Makes rows high enough for the texts in them. What a merged cell needs beyond its rows goes to the last of them. A text that is too
    /// long for the highest row there is gets smaller letters, so that none of it is cut.
    pub(super) fn grow(&mut self) {
        let Worksheet { columns, rows, cells, .. } = &mut self.sheet;
        let is_text = |cell: &Cell| matches!(cell.content, Content::Text(_));
        let mut all: Vec<&mut Cell> = cells.iter_mut().filter(|cell| is_text(cell)).collect();
        all.order_by(|cell| cell.rows);
        for cell in all {
            let Content::Text(text) = &cell.content else { continue };
            let own = columns.iter().skip(usize::from(cell.column)).take(usize::from(cell.columns));
            let width = own.map(|width| u32::from(*width)).sum();
            let from = usize::try_from(cell.row).unwrap_or(usize::MAX);
            let to = from.saturating_add(usize::try_from(cell.rows).unwrap_or(1));
            let Some(covered) = rows.get_mut(from..to) else { continue };
            let there: u16 = covered.iter().fold(0, |sum, height| sum.saturating_add(*height));
            let most = covered.last().map_or(0, |last| there.saturating_sub(*last)).saturating_add(look::HIGHEST);
            let size = self.looks.list.get(cell.look).map_or(look::TEXT, |look| look.size);
            let sizes = (look::SMALLEST..=size).rev();
            let fits = sizes.map(|size| (size, look::height(text, width, size))).find(|(_, height)| *height <= most);
            let (smaller, needed) = fits.unwrap_or((look::SMALLEST, most));
            if let Some(own) = self.looks.list.get(cell.look).filter(|_| smaller < size).cloned() {
                cell.look = self.looks.number(Look { size: smaller, ..own });
            }
            if let Some(last) = covered.last_mut() {
                *last = last.saturating_add(needed.saturating_sub(there)).min(look::HIGHEST);
            }
        }
        // In the middle of several pages nobody would find a label: it stands on the first. A sheet a little longer than a page is made smaller.
        let most = if self.sheet.page.landscape { look::LYING } else { look::UPRIGHT };
        let Worksheet { rows, cells, .. } = &mut self.sheet;
        let total = rows.iter().fold(0, |sum: u32, row| sum.saturating_add(u32::from(*row)));
        if total <= most.saturating_mul(5) / 2 {
            return;
        }
        for cell in cells.iter_mut().filter(|cell| cell.rows > 1) {
            let own = rows.iter().skip(usize::try_from(cell.row).unwrap_or(usize::MAX));
            let high =
                own.take(usize::try_from(cell.rows).unwrap_or(1)).fold(0, |sum: u32, row| sum.saturating_add(u32::from(*row)));
            if let Some(own) = self.looks.list.get(cell.look).filter(|_| high > most).cloned() {
                cell.look = self.looks.number(Look { down: Down::Top, ..own });
            }
        }
    }
}

/// The columns of a grid, in tenths of a millimetre.
fn widths(grid: &[u16], room: u32) -> Vec<u16> {
    let total = grid.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    let width = |width: &u16| u32::from(*width).saturating_mul(room).checked_div(total).unwrap_or(0);
    grid.iter().map(|own| u16::try_from(width(own)).unwrap_or(u16::MAX)).collect()
}

//! 自评表: the printed sheet, cell by cell where page and print have it.

use super::look::{self, Looks};
use super::number;
use super::{Across, Cell, Content, Look, Page, Worksheet};
use crate::document::Document;
use crate::id::CellId;
use crate::layout::{self, CellView, Field, Geometry, Sheet, SheetRow};
use crate::prelude::*;
use crate::template::{CellKind, Template};
use crate::wording::workbook as words;

/// What a page leaves between its margins, in tenths of a millimetre.
const UPRIGHT: u32 = 1770;
const LYING: u32 = 2640;
/// The lowest row, in points.
const LOWEST: u16 = 20;

/// The worksheet of the printed sheet, and where its cells lie.
pub(super) struct Table {
    pub(super) sheet: Worksheet,
    /// Row and column of every cell that a person may fill, merged ones included.
    pub(super) places: BTreeMap<CellId, (u32, u16)>,
}

pub(super) fn table(template: &Template, document: &Document, printed: &Sheet, looks: &mut Looks) -> Table {
    let landscape = template.form.landscape;
    let columns = widths(&printed.grid, if landscape { LYING } else { UPRIGHT });
    let page = Page {
        landscape,
        // As the print has them.
        margins: if landscape { [18, 15, 15, 18] } else { [18, 15, 18, 18] },
        footer: words::FOOTER.to_owned(),
        repeat: None,
        breaks: Vec::new(),
    };
    let sheet = Worksheet { name: words::TABLE.to_owned(), columns, rows: Vec::new(), cells: Vec::new(), page };
    let mut drawing = Drawing { document, looks, table: Table { sheet, places: BTreeMap::new() } };
    drawing.across(&printed.title, look::title());
    if !printed.year.is_empty() {
        drawing.across(&printed.year, look::outside(Across::Center));
    }
    drawing.across(&words::unit(&printed.unit), look::outside(Across::Right));
    drawing.sections(printed);
    drawing.signatures(printed);
    drawing.table
}

/// The columns of a grid, in tenths of a millimetre.
fn widths(grid: &[u16], room: u32) -> Vec<u16> {
    let total = grid.iter().map(|width| u32::from(*width)).sum::<u32>().max(1);
    let width = |width: &u16| u32::from(*width).saturating_mul(room).checked_div(total).unwrap_or(0);
    grid.iter().map(|own| u16::try_from(width(own)).unwrap_or(u16::MAX)).collect()
}

struct Drawing<'a> {
    document: &'a Document,
    looks: &'a mut Looks,
    table: Table,
}

impl Drawing<'_> {
    fn next_row(&self) -> u32 {
        u32::try_from(self.table.sheet.rows.len()).unwrap_or(u32::MAX)
    }

    /// A row that is one cell.
    fn across(&mut self, text: &str, look: Look) {
        let sheet = &self.table.sheet;
        let width = sheet.columns.iter().map(|width| u32::from(*width)).sum();
        let height = look::height(text, width, look.size).max(LOWEST);
        let cell = Cell {
            row: self.next_row(),
            column: 0,
            rows: 1,
            columns: sheet.width(),
            content: Content::Text(text.to_owned()),
            look: self.looks.number(look),
            link: None,
        };
        self.table.sheet.rows.push(height);
        self.table.sheet.cells.push(cell);
    }

    fn sections(&mut self, printed: &Sheet) {
        let geometry = Geometry::of(printed);
        let mut places = geometry.places().iter().peekable();
        let mut line = 0_usize;
        // The longest run of lines below column titles: its titles repeat.
        let (mut head, mut body, mut longest) = (None, 0_usize, 0_usize);
        for section in &printed.sections {
            if let Some(heading) = &section.heading {
                self.across(heading, Look { bold: true, ..look::outside(Across::Left) });
                head = None;
            }
            for row in &section.rows {
                let at = self.next_row();
                self.table.sheet.rows.push(LOWEST);
                if row.heading {
                    (head, body) = (Some(at), 0);
                } else {
                    body = body.saturating_add(1);
                    if let Some(head) = head.filter(|_| body > longest) {
                        longest = body;
                        self.table.sheet.page.repeat = Some((head, head));
                    }
                }
                for view in &row.cells {
                    let Some(place) = places.next_if(|place| place.line == line) else { continue };
                    self.cell(at, view, (place.column, place.columns, place.lines), row);
                }
                line = line.saturating_add(1);
            }
        }
        self.grow();
    }

    fn cell(&mut self, row: u32, view: &CellView, (column, columns, rows): (usize, usize, usize), line: &SheetRow) {
        let (content, look) = match &view.content {
            layout::Content::Label(text) => {
                (Content::Text(text.clone()), Look { bold: line.heading && rows == 1, ..look::label() })
            }
            layout::Content::Field(field) => self.field(field),
        };
        let column = u16::try_from(column).unwrap_or(u16::MAX);
        if let layout::Content::Field(field) = &view.content {
            for id in core::iter::once(field.id).chain(field.merged.iter().copied()) {
                self.table.places.insert(id, (row, column));
            }
        }
        let (rows, columns) = (u32::try_from(rows).unwrap_or(u32::MAX), u16::try_from(columns).unwrap_or(u16::MAX));
        let content = match content {
            Content::Text(text) if text.is_empty() => Content::Blank,
            content => content,
        };
        let look = self.looks.number(look);
        self.table.sheet.cells.push(Cell { row, column, rows, columns, content, look, link: None });
    }

    /// What was typed, as a number where it is one; else what is shown.
    fn field(&self, field: &Field) -> (Content, Look) {
        let typed = self.document.typed(field.id);
        let own = is_numeric(field.kind).then(|| number::typed(typed.text(), typed.reading())).flatten();
        let computed = || (typed.is_blank() && is_numeric(field.kind)).then(|| number::plain(&field.shown)).flatten();
        match own.or_else(computed) {
            Some(shown) => {
                let look = look::number(&shown.format);
                let look = if field.kind == CellKind::Value { Look { across: Across::Center, ..look } } else { look };
                (Content::Number(shown.number.to_string()), look)
            }
            None => {
                let text = if typed.is_blank() { &field.shown } else { &field.typed };
                (Content::Text(text.clone()), Look { across: across(field.kind), indent: field.depth, ..look::text() })
            }
        }
    }

    /// Makes rows high enough for the texts in them. What a merged cell needs beyond its rows goes to the last of them.
    fn grow(&mut self) {
        let Worksheet { columns, rows, cells, .. } = &mut self.table.sheet;
        let text = |cell: &Cell| match &cell.content {
            Content::Text(text) => Some(text.clone()),
            Content::Blank | Content::Number(_) | Content::Formula { .. } => None,
        };
        let mut all: Vec<(&Cell, String)> = cells.iter().filter_map(|cell| Some((cell, text(cell)?))).collect();
        all.order_by(|(cell, _)| cell.rows);
        for (cell, text) in all {
            let size = self.looks.list.get(cell.look).map_or(look::TEXT, |look| look.size);
            let own = columns.iter().skip(usize::from(cell.column)).take(usize::from(cell.columns));
            let needed = look::height(&text, own.map(|width| u32::from(*width)).sum(), size);
            let from = usize::try_from(cell.row).unwrap_or(usize::MAX);
            let to = from.saturating_add(usize::try_from(cell.rows).unwrap_or(1));
            let Some(covered) = rows.get_mut(from..to) else { continue };
            let there: u16 = covered.iter().fold(0, |sum, height| sum.saturating_add(*height));
            if let Some(last) = covered.last_mut() {
                *last = last.saturating_add(needed.saturating_sub(there)).min(400);
            }
        }
    }

    fn signatures(&mut self, printed: &Sheet) {
        let part = |part: &layout::Signature| {
            let typed = part.field.as_ref().map_or("", |field| field.shown.as_str());
            format!("{}{typed}", part.label)
        };
        let parts: Vec<String> = printed.sign.iter().map(part).collect();
        let row = self.next_row();
        for field in printed.sign.iter().filter_map(|part| part.field.as_ref()) {
            self.table.places.insert(field.id, (row, 0));
        }
        if !parts.is_empty() {
            self.across(&parts.join(words::BETWEEN_SIGNATURES), look::outside(Across::Left));
        }
    }
}

fn is_numeric(kind: CellKind) -> bool {
    match kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points | CellKind::Value => true,
        CellKind::Text | CellKind::Prose | CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => false,
    }
}

fn across(kind: CellKind) -> Across {
    match kind {
        CellKind::Text | CellKind::Prose => Across::Left,
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => Across::Right,
        CellKind::Value | CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => Across::Center,
    }
}

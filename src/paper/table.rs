//! The printed table.

use super::{Align, Block, Cell, Given, PageKind, Pages, Paragraph, Row, Style, Table};
use crate::layout::{self, CellView, Content, Field, Part, Section, Sheet, SheetRow};
use crate::prelude::*;
use crate::template::CellKind;
use crate::wording::paper as words;

pub(super) fn pages(given: Given<'_>, with_code: bool) -> Pages {
    let sheet = given.sheet;
    let mut blocks = head(sheet);
    let widths = sheet.widths(given.landscape);
    for section in &sheet.sections {
        blocks.extend(section.heading.as_deref().map(|heading| said(Style::Heading1, heading)));
        blocks.extend(cut(section, &widths).into_iter().map(Block::Table));
    }
    blocks.extend(sign(sheet));
    blocks.extend(with_code.then(|| said(Style::Note, &given.code())));
    Pages { kind: PageKind::Table, landscape: given.landscape, blocks }
}

/// The same with all lines in one table.
pub(super) fn whole(sheet: &Sheet, landscape: bool) -> Pages {
    let mut blocks = head(sheet);
    blocks.push(Block::Table(of(sheet)));
    blocks.extend(sign(sheet));
    Pages { kind: PageKind::Table, landscape, blocks }
}

fn said(style: Style, text: &str) -> Block {
    Block::Paragraph(Paragraph { style, text: text.to_owned() })
}

/// Title, year and unit.
fn head(sheet: &Sheet) -> Vec<Block> {
    let year = (!sheet.year.is_empty()).then(|| said(Style::Subtitle, &sheet.year));
    let title = said(Style::Title, &sheet.title);
    [Some(title), year, Some(said(Style::Unit, &words::unit(&sheet.unit)))].into_iter().flatten().collect()
}

/// The foot in one line; `None` for a form without one.
fn sign(sheet: &Sheet) -> Option<Block> {
    let part = |part: &layout::Signature| {
        let typed = part.field.as_ref().map_or("", |field| field.shown.as_str());
        if part.field.is_some() && typed.is_empty() { words::to_sign(&part.label) } else { format!("{}{typed}", part.label) }
    };
    let parts: Vec<String> = sheet.sign.iter().map(part).collect();
    (!parts.is_empty()).then(|| said(Style::Sign, &parts.join(words::BETWEEN_SIGNATURES)))
}

/// All lines of a sheet as one table, with headings of sections as lines of their own.
fn of(sheet: &Sheet) -> Table {
    let width = u16::try_from(sheet.grid.len()).unwrap_or(u16::MAX);
    let mut rows = Vec::new();
    for section in &sheet.sections {
        rows.extend(section.heading.iter().map(|heading| Row { heading: false, cells: vec![Cell::label(heading, width)] }));
        rows.extend(section.rows.iter().map(|row| line(row)));
    }
    Table { widths: sheet.grid.clone(), rows }
}

/// The tables of a section: a new one begins with every line of column titles, so that the titles can repeat.
fn cut(section: &Section, widths: &[u16]) -> Vec<Table> {
    layout::parts(section).iter().map(|part| Table { widths: widths.to_vec(), rows: rows(part) }).collect()
}

/// A label at the side that begins beside the titles is cut below them: a cell that reaches out of the titles keeps them from
/// repeating. Its words stay with the titles, and so on every page.
fn rows(part: &Part) -> Vec<Row> {
    let mut rows: Vec<Row> = part.head.iter().chain(&part.body).map(|row| line(row)).collect();
    if let Some((side, below)) = part.head.as_deref().and_then(layout::side)
        && let [head, first, ..] = &mut rows[..]
        && let Some(label) = head.cells.first_mut()
    {
        label.rows = 1;
        label.open_below = true;
        let rest = Cell { rows: below, open_above: true, ..Cell::label("", side.column_span) };
        first.cells.insert(0, rest);
    }
    rows
}

fn line(row: &SheetRow) -> Row {
    Row { heading: row.heading, cells: row.cells.iter().map(cell).collect() }
}

fn cell(view: &CellView) -> Cell {
    let (text, align, depth) = match &view.content {
        Content::Label(text) => (text.as_str(), Align::Center, 0),
        Content::Field(field) => (field.shown.as_str(), align(field), field.depth),
    };
    Cell { rows: view.row_span, align, depth, ..Cell::label(text, view.column_span) }
}

/// Numbers end below each other, texts that are read begin at the left, and what is short stands in the middle.
fn align(field: &Field) -> Align {
    match field.kind {
        CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent | CellKind::Points => Align::Right,
        CellKind::Year | CellKind::Date | CellKind::Grade | CellKind::Choice => Align::Center,
        CellKind::Text | CellKind::Prose | CellKind::Value => Align::Left,
    }
}

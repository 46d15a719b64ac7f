//! Blocks as plain text, for the page, which is handed them by another program ([`wire`]). Only what is read off such a text has to be in the
//! page, and that is little.

use super::wire::{self, LIST as BLOCK, PIECE as PART, THING as CELL};
use crate::block::{Block, Blocks, Grid, GridCell, Origin, Paragraph};
use crate::prelude::*;

/// Blocks as text. What a reader said beside them is no part of it.
pub fn write(blocks: &Blocks) -> String {
    wire::joined(&blocks.list.iter().map(written).collect::<Vec<_>>(), BLOCK)
}

/// `None` where the text was not written by [`write`].
pub fn read(text: &str) -> Option<Blocks> {
    let list = if text.is_empty() { Vec::new() } else { text.split(BLOCK).map(block).collect::<Option<_>>()? };
    Some(Blocks { list, notices: Vec::new() })
}

fn joined(parts: &[&str]) -> String {
    wire::joined(&parts.iter().map(|part| wire::plain(part)).collect::<Vec<_>>(), PART)
}

fn written(block: &Block) -> String {
    match block {
        Block::Paragraph(Paragraph { text, number, heading }) => {
            let heading = heading.map(|level| level.to_string()).unwrap_or_default();
            joined(&["p", &number.to_string(), &heading, text])
        }
        Block::Grid(grid) => {
            let (rows, columns) = (grid.rows.to_string(), grid.columns.to_string());
            // A caption that is none and one that is blank are two things.
            let caption = grid.caption.as_ref().map(|caption| format!("={caption}")).unwrap_or_default();
            let mut text = match &grid.origin {
                Origin::Table(number) => joined(&["t", &number.to_string(), "", "", &rows, &columns, &caption]),
                Origin::Sheet { name, row, column } => {
                    joined(&["s", name, &row.to_string(), &column.to_string(), &rows, &columns, &caption])
                }
            };
            for cell in &grid.cells {
                let place = [cell.row, cell.column, cell.row_span, cell.column_span].map(|number| number.to_string());
                let [row, column, down, across] = &place;
                text.push(CELL);
                text.push_str(&joined(&[row, column, down, across, &cell.text, cell.exact.as_deref().unwrap_or_default()]));
            }
            text
        }
    }
}

fn block(text: &str) -> Option<Block> {
    let mut cells = text.split(CELL);
    let mut parts = cells.next()?.split(PART);
    let mut part = || parts.next();
    let kind = part()?;
    let first = part()?;
    if kind == "p" {
        let heading = part()?.parse().ok();
        return Some(Block::Paragraph(Paragraph { number: first.parse().ok()?, heading, text: part()?.to_owned() }));
    }
    let (row, column) = (part()?, part()?);
    let origin = match kind {
        "t" => Origin::Table(first.parse().ok()?),
        _ => Origin::Sheet { name: first.to_owned(), row: row.parse().ok()?, column: column.parse().ok()? },
    };
    let (rows, columns) = (part()?.parse().ok()?, part()?.parse().ok()?);
    let caption = part()?.strip_prefix('=').map(str::to_owned);
    let cells = cells.map(cell).collect::<Option<_>>()?;
    Some(Block::Grid(Grid { origin, caption, rows, columns, cells }))
}

fn cell(text: &str) -> Option<GridCell> {
    let mut parts = text.split(PART);
    let mut number = || parts.next()?.parse().ok();
    let (row, column, row_span, column_span) = (number()?, number()?, number()?, number()?);
    let text = parts.next()?.to_owned();
    let exact = Some(parts.next()?).filter(|exact| !exact.is_empty()).map(str::to_owned);
    Some(GridCell { row, column, row_span, column_span, text, exact })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Blocks of every kind, with texts that are hard to write down.
    pub fn samples() -> Vec<Block> {
        let cell = |text: &str, exact: Option<&str>| GridCell {
            row: 1,
            column: 2,
            row_span: 3,
            column_span: 4,
            text: text.to_owned(),
            exact: exact.map(str::to_owned),
        };
        let grid = |origin, caption: Option<&str>| {
            let cells = vec![cell("46%", Some("0.455")), cell("“引号\"\n", None), cell("", None)];
            Block::Grid(Grid { origin, caption: caption.map(str::to_owned), rows: 9, columns: 8, cells })
        };
        vec![
            Block::Paragraph(Paragraph { text: String::new(), number: 7, heading: Some(2) }),
            Block::Paragraph(Paragraph { text: "甲\t乙\n丙".to_owned(), number: 8, heading: None }),
            grid(Origin::Table(3), None),
            grid(Origin::Sheet { name: "自评表".to_owned(), row: 5, column: 6 }, Some("表一")),
            Block::Grid(Grid { origin: Origin::Table(0), caption: Some(String::new()), rows: 0, columns: 0, cells: Vec::new() }),
        ]
    }

    #[test]
    fn blocks_come_back_as_they_were_written() {
        for list in [samples(), Vec::new()] {
            let blocks = Blocks { list, notices: Vec::new() };
            assert_eq!(read(&write(&blocks)), Some(blocks));
        }
        for other in ["x", "t\u{1f}1", "p\u{1f}x\u{1f}\u{1f}", "t\u{1f}1\u{1f}\u{1f}\u{1f}1\u{1f}1\u{1f}\u{1e}1"] {
            assert_eq!(read(other), None, "{other:?}");
        }
    }

    #[test]
    fn no_text_ends_a_part_of_another() {
        let text = "甲\u{1c}\u{1d}\u{1e}\u{1f}乙".to_owned();
        let blocks = Blocks { list: vec![Block::Paragraph(Paragraph { text, number: 1, heading: None })], notices: Vec::new() };
        let paragraph = Paragraph { text: "甲乙".to_owned(), number: 1, heading: None };
        let expected = Blocks { list: vec![Block::Paragraph(paragraph)], notices: Vec::new() };
        assert_eq!(read(&write(&blocks)), Some(expected));
    }
}

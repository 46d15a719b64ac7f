//! Blocks as JSON, for programs in JavaScript, and back.

use crate::block::{Block, Blocks, Grid, GridCell, Origin, Paragraph};
use crate::prelude::*;
use serde::{Deserialize, Serialize};

/// A paragraph, which has a `text`, or a grid, which has `cells`.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    number: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    heading: Option<u8>,
    /// The name of its sheet, and the row and column of the sheet (from 0) that it begins at.
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<(String, u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<String>,
    rows: u32,
    columns: u32,
    /// Row, column, rows and columns covered, text, stored number.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cells: Vec<(u32, u32, u32, u32, String, Option<String>)>,
}

/// Blocks as one line of JSON. What a reader said beside them is no part of it.
pub fn write(blocks: &Blocks) -> String {
    let list: Vec<Written> = blocks.list.iter().map(written).collect();
    // Serializing these types can't fail: they hold texts and numbers.
    serde_json::to_string(&list).unwrap_or_default()
}

/// `None` where the text was not written by [`write`].
pub fn read(text: &str) -> Option<Blocks> {
    let list: Vec<Written> = serde_json::from_str(text).ok()?;
    Some(Blocks { list: list.into_iter().map(block).collect(), notices: Vec::new() })
}

fn written(block: &Block) -> Written {
    match block {
        Block::Paragraph(Paragraph { text, number, heading }) => {
            Written { text: Some(text.clone()), number: *number, heading: *heading, ..Written::default() }
        }
        Block::Grid(grid) => {
            let (number, sheet) = match &grid.origin {
                Origin::Table(number) => (*number, None),
                Origin::Sheet { name, row, column } => (0, Some((name.clone(), *row, *column))),
            };
            let cell =
                |cell: &GridCell| (cell.row, cell.column, cell.row_span, cell.column_span, cell.text.clone(), cell.exact.clone());
            let cells = grid.cells.iter().map(cell).collect();
            let (caption, rows, columns) = (grid.caption.clone(), grid.rows, grid.columns);
            Written { number, sheet, caption, rows, columns, cells, ..Written::default() }
        }
    }
}

fn block(written: Written) -> Block {
    let Written { text, number, heading, sheet, caption, rows, columns, cells } = written;
    if let Some(text) = text {
        return Block::Paragraph(Paragraph { text, number, heading });
    }
    let origin = match sheet {
        Some((name, row, column)) => Origin::Sheet { name, row, column },
        None => Origin::Table(number),
    };
    let cell = |(row, column, row_span, column_span, text, exact)| GridCell { row, column, row_span, column_span, text, exact };
    Block::Grid(Grid { origin, caption, rows, columns, cells: cells.into_iter().map(cell).collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Blocks of every kind, with texts that are hard to write down.
    fn samples() -> Vec<Block> {
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
        assert_eq!(read("{}"), None);
    }
}

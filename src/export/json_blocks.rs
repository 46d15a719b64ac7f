//! Blocks as JSON, for programs in JavaScript, and back. The page has a plainer text of its own in [`super::blocks`].

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

    #[test]
    fn blocks_come_back_as_they_were_written() {
        for list in [crate::export::blocks::tests::samples(), Vec::new()] {
            let blocks = Blocks { list, notices: Vec::new() };
            assert_eq!(read(&write(&blocks)), Some(blocks));
        }
        assert_eq!(read("{}"), None);
    }
}

//! What a program put on the clipboard, in two forms of the same.

use super::decode::Decoded;
use super::{html, limits, text};
use crate::block::{Block, Blocks, FileKind, Grid, Limit, Refusal};
use crate::prelude::*;

pub fn read(html: &str, plain: &str) -> Result<Blocks, Refusal> {
    if html.trim().is_empty() && plain.trim().is_empty() {
        return Err(Refusal::Empty);
    }
    if html.len() > limits::FILE || plain.len() > limits::FILE {
        return Err(Refusal::Over(Limit::File));
    }
    let has_grid = |blocks: &Blocks| blocks.list.iter().any(|block| matches!(block, Block::Grid(_)));
    let of_plain = || text::read(&Decoded { text: plain.to_owned(), ..Decoded::default() }, false);
    let blocks = match html::read(html) {
        Ok(blocks) if !html.trim().is_empty() && has_grid(&blocks) => {
            let mut blocks = blocks;
            uncover(&mut blocks, plain);
            blocks
        }
        // Without a table the plain text says the same, and may have one.
        Ok(blocks) if plain.trim().is_empty() => blocks,
        Err(refusal) if plain.trim().is_empty() => return Err(refusal),
        Ok(_) | Err(_) => of_plain()?,
    };
    if blocks.list.is_empty() { Err(Refusal::Blank { kind: FileKind::Text, pictures: false }) } else { Ok(blocks) }
}

/// Where a column was too narrow, a spreadsheet puts `#####` into the HTML and the value into the plain text.
fn uncover(blocks: &mut Blocks, plain: &str) {
    let is_covered = |text: &str| text.len() > 1 && text.bytes().all(|byte| byte == b'#');
    let mut grids = blocks.list.iter_mut().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    let (Some(grid), None) = (grids.next(), grids.next()) else { return };
    if !grid.cells.iter().any(|cell| is_covered(&cell.text)) {
        return;
    }
    let Some(other) = plain_grid(plain).filter(|other| other.rows == grid.rows) else { return };
    for cell in grid.cells.iter_mut().filter(|cell| is_covered(&cell.text)) {
        let same = other.cells.iter().find(|other| (other.row, other.column) == (cell.row, cell.column));
        if let Some(same) = same.filter(|same| !is_covered(&same.text)) {
            cell.text.clone_from(&same.text);
        }
    }
}

fn plain_grid(plain: &str) -> Option<Grid> {
    let read = text::read(&Decoded { text: plain.to_owned(), ..Decoded::default() }, false).ok()?;
    let mut grids = read.list.into_iter().filter_map(|block| match block {
        Block::Grid(grid) => Some(grid),
        Block::Paragraph(_) => None,
    });
    grids.next().filter(|_| grids.next().is_none())
}

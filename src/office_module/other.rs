//! What other modules say of a file. A grid that no form fits: where it stands, the way to have it read as a form, and the grid itself, for
//! the module that checks it by its words. And a file that may be a whole published document, for the module that checks those.

use super::drawn::key;
use super::pane::forms;
use jixiao::block::{Block, BlockNotice, Blocks};
use jixiao::disclosure;
use jixiao::export::blocks as written;
use jixiao::recognise::SourcePlace;
use jixiao::template::Library;
use jixiao::wire::{GRID, WHOLE, escaped};
use jixiao::wording::recognise::block_place;
use jixiao::wording::source as said;

/// The grid as it is named in the list of files. Nothing for one without a text.
pub fn other(block: usize, blocks: &Blocks, library: &Library) -> Option<String> {
    let Block::Grid(grid) = blocks.list.get(block)? else { return None };
    let cell = grid.cells.iter().find(|cell| !cell.text.trim().is_empty())?;
    let asks = format!("\"form\" data-at=\"{}\"", key(SourcePlace::Cell { block, row: cell.row, column: cell.column }));
    let place = block_place(blocks, block);
    let title = escaped(&said::no_form(&place));
    let alone = Blocks { list: vec![Block::Grid(grid.clone())], notices: Vec::new() };
    let told = written::write(&alone);
    let forms = forms(&asks, library, &[]);
    Some(format!("{GRID}<p class=\"import-table\"><span class=\"trouble\">{title}</span>{forms}</p>{GRID}{block} {told}{GRID}"))
}

/// A file that may be a whole published document: how many tables of it have a form, and all that is in it.
pub fn whole(blocks: &Blocks, tables: usize) -> String {
    if !disclosure::may_be(blocks) {
        return String::new();
    }
    let aligned = usize::from(blocks.notices.contains(&BlockNotice::AlignedColumns));
    // What is said where that module can't be had.
    let missing = format!("<p class=\"note\">{}</p>", said::not_as_whole());
    format!("{WHOLE}{missing}{WHOLE}{tables} {aligned} {}{WHOLE}", written::write(blocks))
}

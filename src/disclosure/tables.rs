//! The tables of a document, in the order of the file: by the name above them, in their first rows, or of their sheet; else by their head.

use super::found::{Found, MOST_TABLES};
use super::words::{self, About, Shape, TableKind};
use super::{grid, lines};
use crate::block::{Block, Blocks, Grid, Origin};

/// A name that was met, and the unit named since.
struct Announced {
    kind: &'static TableKind,
    power: Option<u32>,
}

pub(super) fn tables(blocks: &Blocks, about: About) -> Found {
    let mut found = Found::default();
    let mut announced: Option<Announced> = None;
    // The table that the last grid belonged to, while nothing but page numbers followed it.
    let mut open: Option<(usize, u32)> = None;
    let mut at = 0;
    while let Some(block) = blocks.list.get(at).filter(|_| found.tables.len() < MOST_TABLES) {
        match block {
            Block::Paragraph(paragraph) => {
                let named = words::table(&paragraph.text);
                if let Some(kind) = named {
                    found.announced.push((kind, at));
                    announced = Some(Announced { kind, power: words::power(&paragraph.text) });
                    open = None;
                    if let Some(end) = lines::read(blocks, at, kind, &mut found) {
                        announced = None;
                        at = end;
                        continue;
                    }
                } else if words::is_between(&paragraph.text) {
                    if let Some(announced) = &mut announced {
                        announced.power = words::power(&paragraph.text).or(announced.power);
                    }
                } else {
                    announced = None;
                    open = None;
                }
            }
            Block::Grid(grid) => {
                let laid = grid::Laid::of(grid);
                let own = own_name(grid, &laid);
                let kind = own.or(announced.as_ref().map(|announced| announced.kind));
                let power = laid.power().or(announced.as_ref().and_then(|announced| announced.power));
                match (kind, open) {
                    (Some(kind), _) => {
                        let table = found.begin(kind, at, power.unwrap_or(4));
                        grid::read(&laid, kind, table, at, about, &mut found);
                        open = Some((table, grid.columns));
                    }
                    // A table goes on over a page.
                    (None, Some((table, columns))) if columns == grid.columns => {
                        let kind =
                            found.tables.get(table).and_then(|table| words::TABLES.iter().find(|kind| kind.id == table.kind));
                        if let (Some(kind), Some(entry)) = (kind, found.tables.get_mut(table)) {
                            entry.blocks.push(at);
                            grid::read(&laid, kind, table, at, about, &mut found);
                        }
                    }
                    (None, _) => open = None,
                }
                announced = None;
            }
        }
        at += 1;
    }
    found
}

/// The name in a caption, in the first rows of a grid, or of its sheet.
fn own_name(grid: &Grid, laid: &grid::Laid<'_>) -> Option<&'static TableKind> {
    let caption = grid.caption.as_deref().and_then(words::table);
    let sheet = || match &grid.origin {
        Origin::Sheet { name, .. } => words::table(name),
        Origin::Table(_) => None,
    };
    let named = caption.or_else(|| laid.titles().find_map(words::table)).or_else(sheet);
    named.filter(|kind| kind.shape != Shape::None || laid.rows > 1)
}

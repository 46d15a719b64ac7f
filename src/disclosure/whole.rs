//! What a document lacks as a whole: tables that its contents announce, sentences on tables without figures.

use super::Table;
use super::figure::Figure;
use super::statement::{Gap, GapKind};
use super::words::{self, Shape, TableKind};
use crate::block::{Block, Blocks};
use crate::prelude::*;

/// With fewer tables the file is a part of the document, and its contents announce the rest.
const FEWEST: usize = 4;

pub(super) fn gaps(blocks: &Blocks, tables: &[Table], figures: &[Figure], announced: &[(&'static TableKind, usize)]) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = Vec::new();
    if tables.len() < FEWEST {
        return gaps;
    }
    for (kind, block) in announced {
        // One kind may be announced under a name that its table prints otherwise.
        let there = tables.iter().any(|table| table.kind == kind.id || kind.fund != "all" && table.kind.starts_with(kind.fund));
        if kind.shape != Shape::None && !there && !gaps.iter().any(|gap| gap.table == kind.name) {
            gaps.push(Gap { kind: GapKind::Absent, block: *block, table: kind.name });
        }
    }
    for (at, table) in tables.iter().enumerate() {
        let filled = figures.iter().any(|figure| figure.spot.table() == Some(at) && !figure.printed.is_empty());
        let Some(kind) = words::TABLES.iter().find(|kind| kind.id == table.kind && kind.shape != Shape::None) else { continue };
        let fund = words::named(words::FUNDS, kind.fund)
            .map_or("三公", |fund| fund.words.iter().min_by_key(|word| word.len()).copied().unwrap_or_default());
        if !filled && !is_said(blocks, table, fund) {
            gaps.push(Gap { kind: GapKind::Unexplained, block: table.blocks.first().copied().unwrap_or(0), table: table.name });
        }
    }
    gaps
}

/// Whether a sentence says that there is none of it.
fn is_said(blocks: &Blocks, table: &Table, fund: &str) -> bool {
    let from = table.blocks.first().copied().unwrap_or(0);
    blocks.list.iter().enumerate().any(|(at, block)| match block {
        Block::Paragraph(paragraph) => {
            let plain = words::key(&paragraph.text);
            let near =
                at > from && at < from + 40 && words::NOTHING.iter().any(|word| plain.contains(word) && plain.contains("表"));
            near || plain.contains(fund) && words::NOTHING.iter().any(|word| plain.contains(word))
        }
        Block::Grid(grid) => {
            at >= from
                && at < from + 3
                && grid
                    .cells
                    .iter()
                    .any(|cell| words::NOTHING.iter().any(|word| cell.text.contains(word) && cell.text.chars().count() > 6))
        }
    })
}

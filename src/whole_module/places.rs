//! Where figures and numbers of sentences stand, as the page names the places.

use super::drawn::key;
use jixiao::block::{Block, Blocks};
use jixiao::disclosure::{Against, Disclosure, DisclosureFinding, Figure, Relation, Spot, Statement};
use jixiao::recognise::SourcePlace;

/// So many places are marked for one finding.
const MOST: usize = 60;

/// A number of a paragraph, by the byte that it begins at.
pub fn number(block: usize, from: usize) -> String {
    format!("{block}.s{from}")
}

pub fn figure(figure: &Figure) -> String {
    match figure.spot {
        Spot::Cell { block, row, column, .. } => key(SourcePlace::Cell { block, row, column }),
        Spot::Line { block, at, .. } => number(block, at.0),
    }
}

/// A number of a sentence; where the sentence stands in a cell, the cell.
pub fn statement(blocks: &Blocks, one: &Statement) -> String {
    match blocks.list.get(one.block) {
        Some(Block::Grid(grid)) => {
            let cell = grid.cells.iter().find(|cell| cell.text.get(one.at.0..one.at.1) == Some(one.printed.as_str()));
            let cell = cell.or_else(|| grid.cells.iter().find(|cell| cell.text.contains(&one.printed)));
            cell.map_or(String::new(), |cell| key(SourcePlace::Cell { block: one.block, row: cell.row, column: cell.column }))
        }
        Some(Block::Paragraph(_)) | None => number(one.block, one.at.0),
    }
}

/// The claim first, then its parts.
pub fn relation(found: &Disclosure, relation: &Relation) -> String {
    let all = core::iter::once(relation.claim).chain(relation.parts.iter().copied());
    joined(all.filter_map(|at| found.figures.get(at)).map(figure))
}

/// The figure that is named first, then all that it was held against.
pub fn finding(found: &Disclosure, finding: &DisclosureFinding) -> String {
    let relations = finding.relations.iter().filter_map(|at| found.relations.get(*at));
    let others = relations.flat_map(|relation| core::iter::once(relation.claim).chain(relation.parts.iter().copied()));
    joined(core::iter::once(finding.at).chain(others).filter_map(|at| found.figures.get(at)).map(figure))
}

/// The number of the sentence first, then what it was held against.
pub fn against(blocks: &Blocks, found: &Disclosure, one: &Statement) -> String {
    let other = |at: usize| found.statements.get(at).map(|other| statement(blocks, other));
    let ends: Vec<String> = match &one.against {
        Some(Against::Figure(at)) => found.figures.get(*at).map(figure).into_iter().collect(),
        Some(Against::Statement(at) | Against::Beside(at) | Against::Claim { other: at, .. }) => other(*at).into_iter().collect(),
        Some(Against::Sum { parts, .. }) => parts.iter().filter_map(|part| other(*part)).collect(),
        Some(_) | None => Vec::new(),
    };
    joined(core::iter::once(statement(blocks, one)).chain(ends))
}

/// Each place once.
fn joined(places: impl Iterator<Item = String>) -> String {
    let mut list: Vec<String> = Vec::new();
    for place in places {
        if list.len() < MOST && !place.is_empty() && !list.contains(&place) {
            list.push(place);
        }
    }
    list.join(" ")
}

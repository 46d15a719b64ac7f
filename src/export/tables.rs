//! What was found in a grid that no form fits, as it is handed to other programs.

use super::place::At;
use crate::block::{Block, Blocks, Grid};
use crate::prelude::*;
use crate::tabular;
use crate::wording::tabular as words;
use serde::Serialize;

/// The grid as it was checked by its words.
#[derive(Serialize)]
pub struct Checked<'a> {
    /// How many figures were held against others. 0 says that nothing was checked.
    pub relations: usize,
    pub findings: Vec<Finding<'a>>,
}

#[derive(Serialize)]
pub struct Finding<'a> {
    pub code: &'static str,
    pub severity: &'static str,
    pub title: &'static str,
    #[serde(flatten)]
    pub figure: Figure<'a>,
    pub message: String,
    /// What the figure should be, by each reading that the words allow.
    pub readings: Vec<Reading<'a>>,
}

/// A printed figure, where it stands, and how its row and its column are called.
#[derive(Serialize)]
pub struct Figure<'a> {
    pub place: String,
    pub at: At,
    pub row: &'a str,
    pub column: &'a str,
    pub printed: &'a str,
}

#[derive(Serialize)]
pub struct Reading<'a> {
    /// The exact value: a decimal where it ends, else a fraction.
    pub computed: String,
    /// The same, rounded as the printed figure is.
    pub shown: String,
    /// Rounding explains the difference.
    pub tail: bool,
    /// How many figures it follows from; of long sums `operands` names the first.
    pub count: usize,
    pub operands: Vec<Operand<'a>>,
}

#[derive(Serialize)]
pub struct Operand<'a> {
    pub role: &'static str,
    #[serde(flatten)]
    pub figure: Figure<'a>,
}

impl<'a> Checked<'a> {
    /// `block` is the position of the grid among the blocks of its file.
    pub fn new(checked: &'a tabular::Checked, grid: &Grid, block: usize) -> Checked<'a> {
        let figure = |figure: &'a tabular::Figure| Figure {
            place: words::place(grid, figure),
            at: At { block, row: Some(figure.place.row), column: Some(figure.place.column) },
            row: &figure.row,
            column: &figure.column,
            printed: &figure.printed,
        };
        let reading = |reading: &'a tabular::Reading| Reading {
            computed: reading.computed.to_text(),
            shown: reading.shown.to_string(),
            tail: reading.tail,
            count: reading.count,
            operands: reading
                .operands
                .iter()
                .map(|operand| Operand { role: operand.role.id(), figure: figure(&operand.figure) })
                .collect(),
        };
        let finding = |finding: &'a tabular::TableFinding| Finding {
            code: finding.relation.id(),
            severity: finding.severity.id(),
            title: words::relation(finding.relation),
            figure: figure(&finding.claim),
            message: words::finding(finding),
            readings: finding.readings.iter().map(reading).collect(),
        };
        Checked { relations: checked.relations, findings: checked.findings.iter().map(finding).collect() }
    }
}

/// What the words of these grids say of them, by their positions among the blocks.
pub fn checks(blocks: &Blocks, others: &[usize]) -> Vec<(usize, tabular::Checked)> {
    let check = |at: &usize| match blocks.list.get(*at) {
        Some(Block::Grid(grid)) => Some((*at, tabular::check(grid))),
        Some(Block::Paragraph(_)) | None => None,
    };
    others.iter().filter_map(check).collect()
}

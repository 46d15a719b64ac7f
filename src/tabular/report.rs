//! What the checks of one grid put together: findings by place, and which figures they looked at.

use super::judge::Verdict;
use super::lay::Lay;
use super::lines::Line;
use super::section::Section;
use super::strip::Strip;
use super::value::Number;
use super::{Checked, Figure, GridPlace, Operand, Reading, Relation, Role, TableFinding};
use crate::id::Severity;
use crate::number::{Agreement, Exact, Rounding, RoundingMode};
use crate::prelude::*;

/// A table with more findings is not read by anybody.
const MOST_FINDINGS: usize = 2000;
/// Of a longer sum the first parts are listed.
const MOST_PARTS: usize = 60;

/// A strip of a section with its rows.
pub(super) struct Table<'a> {
    pub lay: &'a Lay<'a>,
    pub section: &'a Section,
    pub strip: &'a Strip,
    pub lines: &'a [Line],
}

/// A place of the laid-out grid.
pub(super) type At = (usize, usize);

impl Table<'_> {
    pub fn number(&self, at: At) -> Option<&Number> {
        self.lay.own(at.0, at.1)?.value.number()
    }

    /// The line of a row of the grid.
    pub fn line(&self, row: usize) -> Option<&Line> {
        self.lines.get(self.lines.partition_point(|line| line.row < row)).filter(|line| line.row == row)
    }

    pub fn figure(&self, at: At) -> Option<Figure> {
        let cell = self.lay.own(at.0, at.1)?;
        let line = self.line(at.0);
        let column = self.section.columns.get(at.1).map(|column| column.text.clone()).unwrap_or_default();
        let place = GridPlace { row: cell.source.row, column: cell.source.column };
        Some(Figure { place, row: line.map(|line| line.text.clone()).unwrap_or_default(), column, printed: cell.text.to_owned() })
    }
}

pub(super) struct Report {
    findings: Vec<TableFinding>,
    relations: usize,
    columns: usize,
    covered: Vec<bool>,
    places: Vec<GridPlace>,
    left: usize,
}

/// A reading before it is told: what it follows from, and what comes out.
pub(super) struct Draft {
    pub operands: Vec<(At, Role)>,
    pub computed: Exact,
    pub agreement: Agreement,
    pub verdict: Verdict,
}

impl Report {
    pub fn new(lay: &Lay<'_>) -> Report {
        Report {
            findings: Vec::new(),
            relations: 0,
            columns: lay.columns,
            covered: vec![false; lay.rows * lay.columns],
            places: Vec::new(),
            left: 20_000_000,
        }
    }

    /// Notes that a figure was held against others.
    pub fn checked(&mut self, lay: &Lay<'_>, figures: impl IntoIterator<Item = At>) {
        self.relations += 1;
        for (row, column) in figures {
            let Some(cell) = lay.own(row, column) else { continue };
            if let Some(covered) = self.covered.get_mut(row * self.columns + column).filter(|covered| !**covered) {
                *covered = true;
                self.places.push(GridPlace { row: cell.source.row, column: cell.source.column });
            }
        }
    }

    /// Whether so many more places may be looked at: a table of thousands of sums over thousands of rows is none that people read.
    pub fn spend(&mut self, places: usize) -> bool {
        let enough = self.left >= places;
        self.left = self.left.saturating_sub(places);
        enough
    }

    pub fn is_full(&self) -> bool {
        self.findings.len() >= MOST_FINDINGS
    }

    pub fn find(&mut self, table: &Table<'_>, relation: Relation, severity: Severity, claim: At, drafts: Vec<Draft>) {
        if self.is_full() {
            return;
        }
        let (Some(figure), Some(number)) = (table.figure(claim), table.number(claim)) else { return };
        let reading = |draft: Draft| -> Option<Reading> {
            let decimals = draft.operands.iter().filter_map(|(at, _)| table.number(*at)).map(Number::decimals).max().unwrap_or(0);
            let exact = matches!(relation, Relation::Sum | Relation::Part | Relation::Change | Relation::Balance);
            let dp = if exact { number.decimals().max(decimals) } else { number.decimals() };
            let shown = draft.computed.round(Rounding { dp, mode: RoundingMode::HalfUp }).ok()?;
            let count = draft.operands.len();
            let operands = draft.operands.into_iter().take(MOST_PARTS);
            let operands = operands.filter_map(|(at, role)| Some(Operand { figure: table.figure(at)?, role })).collect();
            let tail = draft.verdict == Verdict::Tail;
            Some(Reading { operands, count, computed: draft.computed, shown, agreement: draft.agreement, tail })
        };
        let readings: Vec<Reading> = drafts.into_iter().filter_map(reading).collect();
        if !readings.is_empty() {
            self.findings.push(TableFinding { relation, severity, claim: figure, readings });
        }
    }

    pub fn close(mut self) -> Checked {
        self.findings.order_by(|finding| (finding.claim.place, finding.relation));
        self.places.order();
        Checked { findings: self.findings, relations: self.relations, covered: self.places }
    }
}

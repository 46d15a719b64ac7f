//! The checks (核对规则): each looks at one thing and reports what it finds. `docs/checks.md` lists them by code.

mod claims;
mod complete;
mod entries;
mod execution;
mod gaps;
mod grade;
mod measured;
mod own_unit;
mod parts;
mod progress;
mod prose;
mod relations;
mod rows;
mod shares;
mod single;
mod sums;
mod texts;
mod total;
mod twice;
mod undefined;
mod units;
mod weights;
mod writing;

use super::evaluation::{Evaluation, LevelSubtotal, Progress, RowEval, RowState};
use super::formula::At;
use super::scoring::Indicator;
use super::values::Values;
use crate::document::{CellId, Document, Row};
use crate::finding::Finding;
use crate::number::Exact;
use crate::prelude::*;
use crate::template::{CellIndex, ColumnIndex, Form, Formula, Profile, Role, TableDef, TableIndex, TableRole};
use core::cell::OnceCell;

/// What every check may look at.
pub struct Checked<'a> {
    pub entered: &'a Values<'a>,
    pub by_rule: &'a Values<'a>,
    pub evaluation: &'a Evaluation,
    parts: OnceCell<parts::Parts>,
    finished: OnceCell<bool>,
}

/// How far the document has come, and what every check finds, in the order of severity, then of code, then of the form.
pub fn run(entered: &Values<'_>, by_rule: &Values<'_>, evaluation: &Evaluation) -> (Progress, Vec<Finding>) {
    let checked = Checked { entered, by_rule, evaluation, parts: OnceCell::new(), finished: OnceCell::new() };
    let mut findings = Vec::new();
    claims::check(&checked, &mut findings);
    shares::check(&checked, &mut findings);
    relations::check(&checked, &mut findings);
    units::check(&checked, &mut findings);
    own_unit::check(&checked, &mut findings);
    sums::check(&checked, &mut findings);
    weights::check(&checked, &mut findings);
    rows::check(&checked, &mut findings);
    measured::check(&checked, &mut findings);
    single::check(&checked, &mut findings);
    total::check(&checked, &mut findings);
    undefined::check(&checked, &mut findings);
    grade::check(&checked, &mut findings);
    execution::check(&checked, &mut findings);
    complete::check(&checked, &mut findings);
    entries::check(&checked, &mut findings);
    texts::check(&checked, &mut findings);
    twice::check(&checked, &mut findings);
    prose::check(&checked, &mut findings);
    writing::check(&checked, &mut findings);
    findings.order_by(|finding| (finding.severity, finding.code));
    (progress::progress(&checked), findings)
}

impl<'a> Checked<'a> {
    pub fn form(&self) -> &'a Form {
        &self.entered.template.form
    }

    pub fn profile(&self) -> &'a Profile {
        &self.entered.template.profile
    }

    pub fn document(&self) -> &'a Document {
        self.entered.document
    }

    /// How the indicator rows stand to one another; worked out once.
    fn parts(&self) -> &parts::Parts {
        self.parts.get_or_init(|| parts::Parts::of(self))
    }

    pub fn role(&self, role: Role) -> Option<CellId> {
        self.form().role(role).map(CellId::Fixed)
    }

    /// The formula of a cell, and the row that it stands in.
    fn formula(&self, cell: CellId) -> (Option<At>, Option<&'a Formula>) {
        let form = self.form();
        match cell {
            CellId::Fixed(at) => (None, form.cell(at).and_then(|def| def.formula.as_ref())),
            CellId::Row { table, row, column } => {
                let position = self.document().row_position(table, row);
                let at = position.map(|position| At { table, position, row });
                (at, form.table(table).and_then(|def| def.column(column)).and_then(|def| def.formula.as_ref()))
            }
        }
    }

    /// Whether the table was brought to its end: with points when a total is typed, without when every row in use has its actual value.
    /// Before that, what is missing is work to do and not a fault.
    pub fn is_finished(&self) -> bool {
        match self.form().role(Role::ScoreTotal) {
            Some(at) => !self.document().fixed(at).is_blank(),
            None => {
                let is_done = || {
                    let mut used = self.indicators().filter(IndicatorRow::is_used).peekable();
                    used.peek().is_some() && used.all(|row| !row.indicator.typed(row.indicator.def.at.actual).is_blank())
                };
                *self.finished.get_or_init(is_done)
            }
        }
    }

    /// Whether a scoring rule of the form reads this cell.
    pub fn is_measured_by_rule(&self, at: CellIndex) -> bool {
        self.form().tables.iter().flat_map(|table| &table.rules).any(|rule| rule.reads == Some(at))
    }

    /// The rows of the indicator table with their evaluation.
    pub fn indicators(&self) -> impl Iterator<Item = IndicatorRow<'a>> {
        self.indicator_tables().flat_map(|(table, def)| self.table_rows(table, def))
    }

    fn indicator_tables(&self) -> impl Iterator<Item = (TableIndex, &'a TableDef)> {
        (0..).zip(&self.form().tables).filter(|(_, def)| def.role == TableRole::Indicators)
    }

    /// The rows of one level.
    pub fn level_rows(&self, level: &'a LevelSubtotal) -> impl Iterator<Item = IndicatorRow<'a>> {
        let (values, table, evals) = (self.entered, level.table, self.evaluation.rows(level.table));
        let (def, rows) = (self.form().table(table), self.document().rows(table));
        level.positions.iter().filter_map(move |position| {
            let indicator = Indicator::new(values, table, def?, *position, rows.get(*position)?);
            Some(IndicatorRow { indicator, eval: evals.get(*position)? })
        })
    }

    fn table_rows(&self, table: TableIndex, def: &'a TableDef) -> impl Iterator<Item = IndicatorRow<'a>> {
        let values = self.entered;
        let rows: &'a [Rc<Row>] = self.document().rows(table);
        let evals = self.evaluation.rows(table);
        rows.iter().zip(evals).enumerate().map(move |(position, (row, eval))| {
            let indicator = Indicator::new(values, table, def, position, row);
            IndicatorRow { indicator, eval }
        })
    }
}

/// How far n rounded figures may be off their sum: (n + 1) halves of the last printed place, `step`.
fn rounding_tolerance(figures: usize, step: Exact) -> Option<Exact> {
    let halves = Exact::from_int(i64::try_from(figures).ok()?.checked_add(1)?);
    step.checked_mul(halves).ok()?.checked_div(Exact::from_int(2)).ok()
}

/// 0.01 for two decimals.
fn last_place(decimals: u32) -> Option<Exact> {
    Exact::ONE.checked_div(Exact::ten_to(decimals).ok()?).ok()
}

/// One indicator row and what came out for it.
pub struct IndicatorRow<'a> {
    pub indicator: Indicator<'a>,
    pub eval: &'a RowEval,
}

impl IndicatorRow<'_> {
    pub fn is_used(&self) -> bool {
        !matches!(self.eval.state, RowState::Unused | RowState::Sum)
    }

    pub fn at(&self, column: Option<ColumnIndex>) -> CellId {
        self.indicator.id(column)
    }

    pub fn score_cell(&self) -> CellId {
        self.at(self.indicator.def.at.score)
    }
}

//! A14 for rows that are sums (合计, 小计) of the rows beside them: in lists, fund sources, details and indicators.

use super::gaps::is_gap;
use super::{Checked, last_place, rounding_tolerance};
use crate::document::{CellId, Edit, Typed};
use crate::engine::calc::sum;
use crate::engine::evaluation::RowEval;
use crate::engine::total::counted;
use crate::engine::values::Basis;
use crate::engine::{Nesting, agreement_of, shown};
use crate::finding::{Code, Facts, Finding, Hint, Severity};
use crate::number::{Agreement, Exact, Reading};
use crate::outcome::Outcome;
use crate::prelude::*;
use crate::template::{CellKind, ColumnDef, ColumnIndex, Role, TableDef, TableIndex, TableRole};

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    groups(checked, findings);
    for (table, def) in (0..).zip(&checked.form().tables) {
        let nesting = checked.entered.nesting(table);
        // No printed list has thousands of sums in thousands of rows, and each may be the sum of any of them.
        if nesting.sums().count().saturating_mul(checked.document().rows(table).len()) > 200_000 {
            continue;
        }
        for position in nesting.sums() {
            let row = SumRow { checked, table, def, nesting, position };
            let scopes = row.scopes();
            for (column, column_def) in (0..).zip(&def.columns).filter(|(column, def)| row.adds_up(*column, def)) {
                findings.extend(row.column(column, column_def, &scopes));
            }
        }
    }
}

/// A02: the points of a group against those of its members.
fn groups(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let template = checked.entered.template;
    for row in checked.indicators().filter(|row| row.eval.meaning.is_group) {
        let (table, def) = (row.indicator.table, row.indicator.def);
        let members = checked.entered.members(table, row.indicator.position);
        let members: Vec<&Rc<RowEval>> = members.iter().filter_map(|row| checked.evaluation.rows(table).get(*row)).collect();
        for (column, score) in [(def.at.weight, false), (def.at.score, true)] {
            let Some(column) = column else { continue };
            let outcomes = || members.iter().map(|row| if score { counted(row, Basis::Entered) } else { &row.weight });
            let sum = sum(outcomes());
            let (cell, typed) = (row.at(Some(column)), row.indicator.typed(Some(column)));
            let (Some(agreement), Some(computed)) =
                (agreement_of(template, CellKind::Points, typed, &sum), shown(template, CellKind::Points, &sum))
            else {
                continue;
            };
            // Where points are still blank, they may be what is missing.
            let short = matches!(agreement, Agreement::Differs { by } if by.is_positive());
            let wrong = matches!(agreement, Agreement::Differs { .. } | Agreement::Padded { .. });
            if !wrong || (short && outcomes().any(Outcome::is_blank)) {
                continue;
            }
            let parts = members.iter().map(|row| CellId::Row { table, row: row.row, column });
            let at = core::iter::once(cell).chain(parts).collect();
            let printed = typed.text().trim().to_owned();
            let facts = Facts::Claim { printed, computed, kind: CellKind::Points, agreement, hint: None };
            // Names still to come may tell that the rows are no group.
            let severity = if checked.is_finished() { Severity::Error } else { Severity::Warning };
            findings.push(Finding::new(Code::A02, at, facts).with_severity(severity));
        }
    }
}

/// A row that is a sum, and its table.
struct SumRow<'a> {
    checked: &'a Checked<'a>,
    table: TableIndex,
    def: &'a TableDef,
    nesting: &'a Nesting,
    position: usize,
}

impl SumRow<'_> {
    fn adds_up(&self, column: ColumnIndex, def: &ColumnDef) -> bool {
        let points = [self.def.at.weight, self.def.at.score].contains(&Some(column));
        match self.def.role {
            TableRole::Indicators => points,
            // Sources have no points of their own.
            TableRole::Funds => def.kind == CellKind::Amount,
            TableRole::Plain => matches!(def.kind, CellKind::Amount | CellKind::Count | CellKind::Points),
        }
    }

    /// The rows that it may be the sum of. A list does not say which, so what agrees with one of them is right.
    fn scopes(&self) -> Vec<Vec<usize>> {
        let (nesting, rows) = (self.nesting, self.checked.document().rows(self.table));
        let item = |position: &usize| nesting.is_top_item(*position);
        let no_sum = |position: &usize| !nesting.is_sum(*position);
        let text =
            |position: usize, column: Option<ColumnIndex>| rows.get(position).map_or("", |row| row.cell_at(column).text().trim());
        let (before, behind) = (0..self.position, self.position + 1..rows.len());
        let since = before.clone().rev().find(|row| nesting.is_sum(*row)).map_or(0, |sum| sum + 1);
        let last = self.position.saturating_sub(1);
        let parent = nesting.parent(last);
        let levels = self.checked.entered.levels(self.table);
        let name = |position| levels.names(self.def, rows, position).0;
        let year = text(last, self.def.at.year);
        let mut scopes: Vec<Vec<usize>> = vec![
            before.clone().filter(item).collect(),
            (since..self.position).filter(item).collect(),
            (since..self.position).filter(|row| no_sum(row) && nesting.parent(*row) == parent).collect(),
            before.clone().filter(|row| item(row) && text(*row, self.def.at.year) == year).collect(),
            before.clone().filter(|row| item(row) && name(*row) == name(last)).collect(),
            behind.clone().take_while(no_sum).filter(item).collect(),
            behind.filter(item).collect(),
            (0..rows.len()).filter(item).collect(),
        ];
        // 其中：中央补助 is a part of the row above.
        let of_which = |row: &usize| text(*row, self.def.at.name).starts_with("其中");
        let without: Vec<Vec<usize>> =
            scopes.iter().map(|rows| rows.iter().copied().filter(|row| !of_which(row)).collect()).collect();
        scopes.extend(without);
        if self.position + 1 < rows.len() {
            scopes.swap(0, 1);
        }
        scopes.retain(|scope| !scope.is_empty());
        scopes.dedup();
        scopes
    }

    fn column(&self, column: ColumnIndex, def: &ColumnDef, scopes: &[Vec<usize>]) -> Option<Finding> {
        let template = self.checked.entered.template;
        let cell = self.cell(self.position, column)?;
        let typed = self.checked.document().typed(cell);
        let mut first: Option<(Exact, Vec<CellId>)> = None;
        for scope in scopes {
            let values: Vec<(CellId, Outcome)> =
                scope.iter().filter_map(|row| Some((self.cell(*row, column)?, self.value(*row, column)))).collect();
            let Some(sum) = sum(values.iter().map(|(_, value)| value)).value() else { continue };
            let with_execution = self.execution(column).and_then(|execution| sum.checked_add(execution).ok());
            for whole in [Some(sum), with_execution].into_iter().flatten() {
                match agreement_of(template, def.kind, typed, &Outcome::Value(whole))? {
                    Agreement::Exact | Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } => return None,
                    Agreement::Padded { .. } | Agreement::Differs { .. } => {}
                }
            }
            let parts = values.into_iter().filter(|(_, value)| value.value().is_some()).map(|(cell, _)| cell).collect();
            first = first.or(Some((sum, parts)));
        }
        let (sum, parts) = first?;
        self.finding(cell, typed, def.kind, sum, parts)
    }

    fn finding(&self, cell: CellId, typed: &Typed, kind: CellKind, sum: Exact, parts: Vec<CellId>) -> Option<Finding> {
        let template = self.checked.entered.template;
        let (sum, printed) = (Outcome::Value(sum), typed.text().trim().to_owned());
        let (agreement, computed) = (agreement_of(template, kind, typed, &sum)?, shown(template, kind, &sum)?);
        let mut at = vec![cell];
        let count = parts.len();
        let tail = match agreement {
            Agreement::Differs { by } => self.tolerance(&parts).is_some_and(|tolerance| by.abs() <= tolerance),
            Agreement::Exact | Agreement::RoundsTo { .. } | Agreement::TruncatesTo { .. } | Agreement::Padded { .. } => false,
        };
        at.extend(parts);
        if tail {
            let facts = Facts::RoundingTail { printed, computed, parts: count, sum: true };
            return Some(Finding::new(Code::A17, at, facts));
        }
        // Before the table is finished, a part may still be to come.
        let items = self.checked.document().rows(self.table).iter().enumerate().filter(|(row, _)| !self.nesting.is_sum(*row));
        let column = match cell {
            CellId::Row { column, .. } => column,
            CellId::Fixed(_) => ColumnIndex::MAX,
        };
        let open = items.filter_map(|(row, _)| self.cell(row, column)).any(|cell| is_gap(self.checked, cell));
        let open = open && matches!(agreement, Agreement::Differs { by } if by.is_positive());
        // The sum or a part may be wrong, but a 0 over parts that are not is.
        let zero = matches!(typed.reading(), Reading::Quantity(quantity) if quantity.number.is_zero());
        let fix = (zero && !open).then(|| Edit::Set { cell, text: computed.to_string() });
        let severity = if open { Severity::Warning } else { Severity::Error };
        let hint = open.then_some(Hint::Gaps);
        let facts = Facts::Claim { printed, computed, kind, agreement, hint };
        Some(Finding::new(Code::A14, at, facts).with_severity(severity).with_fix(fix))
    }

    fn tolerance(&self, parts: &[CellId]) -> Option<Exact> {
        let decimals = parts.iter().filter_map(|cell| match self.checked.document().typed(*cell).reading() {
            Reading::Quantity(quantity) => Some(quantity.decimals()),
            _ => None,
        });
        let most = decimals.max().filter(|most| *most > 0 && parts.len() > 1)?;
        rounding_tolerance(parts.len(), last_place(most)?)
    }

    fn cell(&self, position: usize, column: ColumnIndex) -> Option<CellId> {
        let row = self.checked.document().rows(self.table).get(position)?;
        Some(CellId::Row { table: self.table, row: row.id, column })
    }

    /// What a row counts for: points as they are added up, everything else as it stands.
    fn value(&self, position: usize, column: ColumnIndex) -> Outcome {
        let eval = self.checked.evaluation.rows(self.table).get(position);
        match (self.def.role, eval) {
            (TableRole::Indicators, Some(eval)) if self.def.at.score == Some(column) => counted(eval, Basis::Entered).clone(),
            (TableRole::Indicators, Some(eval)) => eval.weight.clone(),
            (TableRole::Indicators | TableRole::Funds | TableRole::Plain, _) => {
                self.cell(position, column).map_or(Outcome::NotApplicable, |cell| self.checked.entered.cell(cell))
            }
        }
    }

    /// What the row of the execution rate adds to a sum of points.
    fn execution(&self, column: ColumnIndex) -> Option<Exact> {
        let role = if self.def.at.score == Some(column) { Role::ExecutionScore } else { Role::ExecutionWeight };
        let points = self.def.role == TableRole::Indicators;
        self.checked.form().role(role).filter(|_| points).and_then(|at| self.checked.entered.fixed(at).value())
    }
}

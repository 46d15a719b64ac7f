//! 完成值 that are still to be typed: the formula of such a score is that of the same table with some value there.

use crate::document::{Document, Edit, apply};
use crate::engine::scoring::{Indicator, ScoringKind};
use crate::engine::{Evaluation, RowState, Values};
use crate::evaluate;
use crate::id::{CellId, RowId, TableIndex};
use crate::number::{Reading, Unit};
use crate::prelude::*;
use crate::template::Template;

/// A table with its open values filled in.
pub(super) struct Open {
    pub(super) document: Document,
    pub(super) evaluation: Evaluation,
    rows: Vec<(TableIndex, RowId)>,
    /// The cells that were filled in, and whether a percentage belongs there.
    pub(super) cells: SortedMap<CellId, bool>,
}

impl Open {
    /// `None` where no value is open.
    pub(super) fn of(template: &Template, values: &Values<'_>, evaluation: &Evaluation) -> Option<Open> {
        let (table, def) = template.form.indicators()?;
        let actual = def.at.actual?;
        let (mut rows, mut cells, mut edits) = (Vec::new(), SortedMap::new(), Vec::new());
        for row in evaluation.rows(table).iter().filter(|row| row.state == RowState::Scored) {
            let cell = CellId::Row { table, row: row.row, column: actual };
            let Some(indicator) = Indicator::find(values, table, row.row) else { continue };
            if !values.document.typed(cell).is_blank() || indicator.is_measured_elsewhere() {
                continue;
            }
            let Some((text, percent)) = some_value(&indicator, row.kind) else { continue };
            rows.push((table, row.row));
            cells.insert(cell, percent);
            edits.push((cell, text));
        }
        if rows.is_empty() {
            return None;
        }
        let document = apply(values.document, &template.form, &Edit::SetMany(edits));
        let evaluation = evaluate(template, &document);
        Some(Open { document, evaluation, rows, cells })
    }

    /// Whether a cell is the score of a row with an open value.
    pub(super) fn holds(&self, cell: CellId) -> bool {
        matches!(cell, CellId::Row { table, row, .. } if self.rows.contains(&(table, row)))
    }
}

/// A value that is measured as any other would be: the target's own number.
fn some_value(indicator: &Indicator<'_>, kind: ScoringKind) -> Option<(String, bool)> {
    if let Some(rule) = indicator.rule() {
        return Some(if rule.rate { ("100%".to_owned(), true) } else { ("1".to_owned(), false) });
    }
    if !kind.is_quantitative() {
        return None;
    }
    match indicator.target() {
        Reading::Quantity(target) | Reading::Range { low: target, .. } if target.unit == Unit::Percent => {
            Some((format!("{}%", target.number), true))
        }
        Reading::Quantity(target) | Reading::Range { low: target, .. } => Some((target.number.to_string(), false)),
        Reading::Blank | Reading::NotApplicable | Reading::Date(_) | Reading::Words => None,
    }
}

//! Where formulas find what they read: which cell of which worksheet holds a value, and how its number tells it.

use super::{At, Sheets};
use crate::engine::scoring::Indicator;
use crate::engine::{Evaluation, Outcome, RowState, Values, power_of_ten};
use crate::id::CellId;
use crate::number::{Exact, Reading, Unit};
use crate::prelude::*;
use crate::template::CellKind;
use rust_decimal::Decimal;

/// What a printed cell holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) at: At,
    pub(super) holds: Holds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// A number, which may be the ratio of a percentage.
    Number {
        number: Decimal,
        percent: bool,
    },
    Text,
    Blank,
    Formula,
}

/// How a formula takes a value from where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    Cell(Reference),
    /// It stands nowhere, and does not change.
    Number(Exact),
    /// There is none.
    Nothing,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reference {
    pub(super) at: At,
    /// What one of its number is worth: 10000 for an amount in 万元.
    pub(super) worth: Exact,
    pub(super) taken: Taken,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Taken {
    AsItStands,
    /// Taken off, whatever its sign (扣分项).
    Off,
    /// A bare number for a percentage: up to 1 it is the ratio itself.
    Percentage,
}

/// Everything that formulas read.
pub(super) struct Places<'a> {
    pub(super) values: &'a Values<'a>,
    pub(super) evaluation: &'a Evaluation,
    /// The cells of the table.
    pub(super) held: &'a SortedMap<CellId, Held>,
    /// Numbers that stand as texts in the table, or nowhere, on the sheet of formulas.
    pub(super) read: SortedMap<CellId, At>,
    /// Computed values on the sheet of formulas.
    pub(super) computed: SortedMap<CellId, At>,
}

impl Places<'_> {
    /// Whether a number has to be written down apart to be read: it stands in words, such as 约5, or nowhere. What is computed beside
    /// such words counts only where these say nothing.
    pub(super) fn is_apart(&self, cell: CellId, outcome: &Outcome) -> bool {
        let is_typed = || self.values.typed(cell).value().is_some();
        outcome.value().is_some()
            && (!self.computed.contains_key(&cell) || is_typed())
            && self.held.get(&cell).is_none_or(|held| held.holds == Holds::Text)
    }

    /// What is held where every computed value is read from the sheet of formulas, whatever was typed in its place.
    pub(super) fn recomputed(&self) -> SortedMap<CellId, Held> {
        self.held.iter().filter(|(cell, _)| !self.computed.contains_key(cell)).map(|(cell, held)| (*cell, *held)).into_map()
    }

    /// Where the number of a cell is waited for: where it is read. None for what is no cell, and always there.
    pub(super) fn at(&self, cell: CellId, outcome: &Outcome) -> Option<At> {
        match self.find(cell, outcome) {
            Found::Cell(reference) => Some(reference.at),
            Found::Number(_) | Found::Nothing => None,
        }
    }

    /// Where the value of a cell is found.
    pub(super) fn find(&self, cell: CellId, outcome: &Outcome) -> Found {
        if let Some(at) = self.read.get(&cell) {
            return Found::Cell(Reference { at: *at, worth: Exact::ONE, taken: Taken::AsItStands });
        }
        let computed = self.computed.get(&cell).map(|at| self.plain(*at, cell));
        let Some(held) = self.held.get(&cell) else {
            return computed.or(outcome.value().map(Found::Number)).unwrap_or(Found::Nothing);
        };
        let plain = self.plain(held.at, cell);
        match (held.holds, outcome) {
            (Holds::Formula, _) => plain,
            // An open percentage gets the format of one.
            (Holds::Blank, Outcome::Blank(_)) => match plain {
                Found::Cell(reference) if reference.taken == Taken::Percentage => {
                    Found::Cell(Reference { taken: Taken::AsItStands, ..reference })
                }
                other => other,
            },
            (Holds::Blank | Holds::Text, Outcome::Value(value)) => computed.unwrap_or(Found::Number(*value)),
            (Holds::Number { number, percent }, Outcome::Value(value)) => {
                let reference = |worth, taken| Found::Cell(Reference { at: held.at, worth, taken });
                if self.is_deduction(cell) {
                    return reference(Exact::ONE, Taken::Off);
                }
                if self.is_percentage(cell) && !percent {
                    return reference(Exact::ONE, Taken::Percentage);
                }
                let kind = cell.kind(&self.values.template.form);
                let own = matches!(kind, CellKind::Value | CellKind::Percent) || self.values.typed(cell).value() == Some(*value);
                match (own, value.checked_div(Exact::from_decimal(number))) {
                    (true, Ok(worth)) => reference(worth, Taken::AsItStands),
                    // Of 0 nobody can tell what one is worth.
                    (true, Err(_)) => plain,
                    (false, _) => computed.unwrap_or(Found::Number(*value)),
                }
            }
            (Holds::Number { .. } | Holds::Blank | Holds::Text, _) => plain,
        }
    }

    /// A cell whose number is in the units in which such a cell is printed.
    fn plain(&self, at: At, cell: CellId) -> Found {
        let taken = if self.is_deduction(cell) {
            Taken::Off
        } else if self.is_percentage(cell) {
            Taken::Percentage
        } else {
            Taken::AsItStands
        };
        Found::Cell(Reference { at, worth: self.worth(cell), taken })
    }

    /// What one of a number is worth that stands in a cell without a unit of its own.
    pub(super) fn worth(&self, cell: CellId) -> Exact {
        let form = &self.values.template.form;
        match cell.kind(form) {
            CellKind::Amount => power_of_ten(form.unit),
            CellKind::Value => match self.target(cell) {
                Some(Reading::Quantity(target) | Reading::Range { low: target, .. }) if target.unit != Unit::Percent => {
                    target.factor()
                }
                _ => Exact::ONE,
            },
            CellKind::Text
            | CellKind::Prose
            | CellKind::Year
            | CellKind::Date
            | CellKind::Price
            | CellKind::Count
            | CellKind::Percent
            | CellKind::Points
            | CellKind::Grade
            | CellKind::Choice => Exact::ONE,
        }
    }

    /// The target that the actual value in this cell is held against.
    fn target(&self, cell: CellId) -> Option<&Reading> {
        let CellId::Row { table, row, column } = cell else { return None };
        let indicator = Indicator::find(self.values, table, row)?;
        (indicator.def.at.actual == Some(column)).then(|| indicator.target())
    }

    /// Whether a bare number in this cell is a percentage, since the target is one.
    fn is_percentage(&self, cell: CellId) -> bool {
        match self.target(cell) {
            Some(Reading::Quantity(target) | Reading::Range { low: target, .. }) => {
                target.unit == Unit::Percent && target.number > Decimal::TEN
            }
            _ => false,
        }
    }

    /// Whether a cell is the score of a row whose score is taken off.
    fn is_deduction(&self, cell: CellId) -> bool {
        let CellId::Row { table, row, column } = cell else { return false };
        let scores = self.values.template.form.table(table).is_some_and(|def| def.at.score == Some(column));
        scores && self.evaluation.row(table, row).is_some_and(|row| row.state == RowState::Deduction)
    }

    /// How a cell is named on a sheet.
    pub(super) fn name(&self, at: At, from: Sheets) -> String {
        let own = super::reference(at.row, at.column);
        if at.sheet == from { own } else { format!("{}!{own}", at.sheet.name()) }
    }
}

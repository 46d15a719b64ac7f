//! The amounts of the table, by what they are, for texts to be held against.

use super::{Checked, years_in};
use crate::document::{CellId, Row, Typed};
use crate::engine::values::power_of_ten;
use crate::number::{Agreement, Exact, Magnitude, Quantity, Reading, Unit, agreement};
use crate::prelude::*;
use crate::prose::{Topic, topics};
use crate::template::{CellKind, ColumnDef, ColumnIndex, Form, Role, TableDef, TableIndex};
use core::cell::OnceCell;

/// Amounts of one kind, whatever their row or source.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Family {
    Budget,
    Received,
    Executed,
    Balance,
}

pub(super) const FAMILIES: [Family; 4] = [Family::Budget, Family::Received, Family::Executed, Family::Balance];

pub(super) fn family(topic: Topic) -> Option<Family> {
    match topic {
        Topic::Budget | Topic::InitialBudget | Topic::AdjustedBudget => Some(Family::Budget),
        Topic::Received => Some(Family::Received),
        Topic::Executed => Some(Family::Executed),
        Topic::Balance => Some(Family::Balance),
        Topic::Contract | Topic::ExecutionRate | Topic::ReceiptRate | Topic::CompletionRate | Topic::TotalScore => None,
    }
}

/// What the amounts of the table are.
pub(super) struct Ledger<'a> {
    checked: &'a Checked<'a>,
    /// The funds of the table's own year, then those of each row of a table by years.
    pub funds: Vec<Funds>,
    /// Every amount of the table with what its labels say that it is; nothing for an amount that may be anything. Most texts agree
    /// with the main amounts, so it is drawn up when first asked for.
    all: OnceCell<Vec<(Vec<Topic>, Exact)>>,
    pub slipped: Option<Slip>,
}

/// The amounts that texts about one year have to agree with, each with its cell.
#[derive(Default)]
pub(super) struct Funds {
    /// `None`: the year that the text is about.
    pub year: Option<u16>,
    pub initial: Option<(CellId, Exact)>,
    pub adjusted: Option<(CellId, Exact)>,
    pub received: Option<(CellId, Exact)>,
    pub executed: Option<(CellId, Exact)>,
}

/// How the unit of the table was mistaken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// 元 typed where 万元 is meant.
    TooLarge,
    /// 万元 typed where 元 is meant.
    TooSmall,
}

impl Funds {
    /// The cell and the value that a text about this family has to agree with.
    pub fn main(&self, family: Family, topic: Option<Topic>) -> Option<(CellId, Exact)> {
        match family {
            Family::Budget if topic == Some(Topic::InitialBudget) => self.initial,
            Family::Budget if topic == Some(Topic::AdjustedBudget) => self.adjusted,
            Family::Budget => self.adjusted.or(self.initial),
            Family::Received => self.received,
            Family::Executed => self.executed,
            Family::Balance => {
                let ((_, budget), (cell, executed)) = (self.adjusted?, self.executed?);
                Some((cell, budget.checked_sub(executed).ok()?))
            }
        }
    }
}

impl<'a> Ledger<'a> {
    pub fn new(checked: &'a Checked<'a>) -> Ledger<'a> {
        let form = checked.form();
        let main = |role| {
            let at = form.role(role)?;
            Some((CellId::Fixed(at), checked.entered.fixed(at).value()?))
        };
        let own = Funds {
            year: None,
            initial: main(Role::InitialBudget),
            adjusted: main(Role::AdjustedBudget),
            received: None,
            executed: main(Role::ExecutedAmount),
        };
        let by_year = (0..).zip(&form.tables).flat_map(|(table, def)| by_year(checked, table, def));
        Ledger { checked, funds: core::iter::once(own).chain(by_year).collect(), all: OnceCell::new(), slipped: None }
    }

    /// A value of the table as it was meant: in the unit that the texts show.
    pub fn meant(&self, value: Exact) -> Exact {
        let by = power_of_ten(Magnitude(4));
        match self.slipped {
            Some(Slip::TooLarge) => value.checked_div(by).unwrap_or(value),
            Some(Slip::TooSmall) => value.checked_mul(by).unwrap_or(value),
            None => value,
        }
    }

    /// Whether any amount of the table that may be of this family is the one of the text.
    pub fn holds(&self, kind: Family, said: &Quantity) -> bool {
        let fits = |topics: &[Topic]| topics.is_empty() || topics.iter().any(|topic| family(*topic) == Some(kind));
        self.all.get_or_init(|| all(self.checked)).iter().any(|(topics, value)| fits(topics) && agrees(said, self.meant(*value)))
    }
}

/// Every amount with what its labels say that it is.
fn all(checked: &Checked<'_>) -> Vec<(Vec<Topic>, Exact)> {
    let form = checked.form();
    let mut all = Vec::new();
    for (at, def) in (0..).zip(&form.cells) {
        let cell = CellId::Fixed(at);
        if let Some(value) = money(checked, form, cell, def.kind, checked.document().fixed(at)) {
            all.push((topics(&def.label).chain(def.row.iter().flat_map(|row| topics(row))).collect(), value));
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for (column, column_def) in (0..).zip(&def.columns) {
            let topics: Vec<Topic> = topics(&column_def.label).collect();
            for row in checked.document().rows(table) {
                let cell = CellId::Row { table, row: row.id, column };
                if let Some(value) = money(checked, form, cell, column_def.kind, row.cell(column)) {
                    all.push((topics.clone(), value));
                }
            }
        }
    }
    all
}

/// The funds of each year of a table that has one top row for each, with a budget and what was spent of it.
fn by_year(checked: &Checked<'_>, table: TableIndex, def: &TableDef) -> Vec<Funds> {
    let column = |kind: Family, last: bool| {
        let of_kind = |column: &ColumnDef| {
            column.kind == CellKind::Amount && topics(&column.label).any(|topic| family(topic) == Some(kind))
        };
        let mut found = (0..).zip(&def.columns).filter(|(_, column)| of_kind(column)).map(|(at, _)| at);
        if last { found.last() } else { found.next() }
    };
    let Some(year) = def.at.year else { return Vec::new() };
    let (Some(adjusted), Some(executed)) = (column(Family::Budget, true), column(Family::Executed, true)) else {
        return Vec::new();
    };
    let nesting = checked.entered.nesting(table);
    let rows = checked.document().rows(table).iter().enumerate();
    let top = rows.filter(|(position, _)| nesting.is_top_item(*position)).map(|(_, row)| row);
    let dated: Vec<(u16, &Rc<Row>)> = top.filter_map(|row| Some((years_in(row.cell(year).text())?.0, row))).collect();
    let once = dated.iter().all(|(year, _)| dated.iter().filter(|(other, _)| other == year).count() == 1);
    let funds = |(year, row): &(u16, &Rc<Row>)| {
        let value = |column: Option<ColumnIndex>| {
            let cell = CellId::Row { table, row: row.id, column: column? };
            Some((cell, checked.entered.cell(cell).value()?))
        };
        Funds {
            year: Some(*year),
            initial: value(column(Family::Budget, false)),
            adjusted: value(Some(adjusted)),
            received: value(column(Family::Received, true)),
            executed: value(Some(executed)),
        }
    };
    if once { dated.iter().map(funds).collect() } else { Vec::new() }
}

/// The amount in a cell of funds, or of an indicator whose value is money.
fn money(checked: &Checked<'_>, form: &Form, cell: CellId, kind: CellKind, typed: &Typed) -> Option<Exact> {
    match kind {
        CellKind::Amount => checked.entered.cell_typed(cell, kind, typed).value(),
        CellKind::Value | CellKind::Text => match typed.reading() {
            Reading::Quantity(quantity) if matches!(quantity.unit, Unit::Money(_)) => quantity.value().ok(),
            Reading::Quantity(quantity) if kind == CellKind::Value && quantity.unit == Unit::None => {
                Exact::from_decimal(quantity.number).checked_mul(power_of_ten(form.unit)).ok()
            }
            _ => None,
        },
        CellKind::Price
        | CellKind::Count
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Percent
        | CellKind::Points
        | CellKind::Grade
        | CellKind::Choice => None,
    }
}

/// Whether a number of a text is this value, at the decimals it is written with.
pub(super) fn agrees(said: &Quantity, value: Exact) -> bool {
    let differs = |value| matches!(agreement(said.number, value), Agreement::Differs { .. });
    value.checked_div(said.factor()).is_ok_and(|value| !differs(value))
}

//! Values of the table as a report prints them, with their units.

use crate::document::{CellId, Document, Typed};
use crate::engine::{CellEval, Evaluation, percent};
use crate::number::{Comparator, Exact, Magnitude, Quantity, Reading, Rounding, RoundingMode, Unit, group_digits};
use crate::prelude::*;
use crate::template::{CellIndex, CellKind, ColumnIndex, Form, Role, Template};
use crate::wording::report as words;
use rust_decimal::Decimal;

/// The table that the fields of a text are bound to.
#[derive(Clone, Copy)]
pub struct Bound<'a> {
    pub template: &'a Template,
    pub document: &'a Document,
    pub evaluation: &'a Evaluation,
}

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    Value(Value),
    /// A condition, which prints nothing: a sentence of a draft stands where it holds.
    Condition(bool),
    /// Known, but the table has no value there.
    Blank(Option<CellId>),
    Unknown,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// As it is printed, with its unit.
    pub text: String,
    pub number: Option<Number>,
    /// Where it stands in the table.
    pub cell: Option<CellId>,
}

/// A number as it is printed, to be compared with others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// In the form's unit, in percent, or in points.
    pub value: Exact,
    /// Decimals that are printed.
    pub dp: u32,
    pub kind: NumberKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumberKind {
    Amount,
    Percent,
    Points,
    Plain,
}

impl Bound<'_> {
    pub(super) fn form(&self) -> &Form {
        &self.template.form
    }

    pub(super) fn named(&self, name: &str) -> Option<CellIndex> {
        let cells = || (0..).zip(self.form().table_cells());
        let mut labelled = cells().filter(|(_, cell)| cell.label == name);
        let alone = labelled.next().filter(|_| labelled.next().is_none());
        let placed = || cells().find(|(_, cell)| cell.row.is_some() && cell.place() == name);
        let first_of_row = || cells().find(|(_, cell)| cell.row.as_deref() == Some(name));
        alone.or_else(placed).or_else(first_of_row).map(|(at, _)| at)
    }

    pub(super) fn fixed(&self, at: CellIndex) -> Found {
        let cell = CellId::Fixed(at);
        let kind = cell.kind(self.form());
        let typed = self.document.fixed(at);
        let found = if typed.is_blank() && kind == CellKind::Grade {
            self.grade().map(|text| Value { text, number: None, cell: None })
        } else {
            self.cell_value(kind, typed, self.evaluation.cell(at))
        };
        match found {
            Some(value) => Found::Value(Value { cell: Some(cell), ..value }),
            None => Found::Blank(Some(cell)),
        }
    }

    /// 等级 of the total as entered.
    fn grade(&self) -> Option<String> {
        let at = self.evaluation.score.as_ref()?.entered.grade?;
        Some(self.template.profile.grades.as_ref()?.bands.get(at)?.name.clone())
    }

    /// What a cell prints: as it was typed, else as it is computed. Nothing where what was typed is no number and should be one.
    pub(super) fn cell_value(&self, kind: CellKind, typed: &Typed, eval: Option<&CellEval>) -> Option<Value> {
        let shown = eval.and_then(|eval| eval.shown);
        let number_kind = match kind {
            CellKind::Amount => NumberKind::Amount,
            CellKind::Percent => NumberKind::Percent,
            CellKind::Points => NumberKind::Points,
            // 单价 is in 元, whatever the form's unit.
            CellKind::Price => return self.price(typed, shown),
            CellKind::Count => {
                let typed_or = said(typed.text()).map(|value| Value { number: plain(typed.reading()), ..value });
                return typed_or.or_else(|| self.printed(NumberKind::Plain, Magnitude(0), shown?.normalize()));
            }
            CellKind::Year => return year(typed),
            CellKind::Date => return said(&crate::prose::official::dates(typed.text())),
            CellKind::Value => return said(typed.text()).map(|value| Value { number: plain(typed.reading()), ..value }),
            CellKind::Text | CellKind::Prose | CellKind::Grade | CellKind::Choice => return said(typed.text()),
        };
        match typed.reading() {
            Reading::Blank => self.printed(number_kind, self.form().unit, shown?),
            Reading::Quantity(quantity) if matches!(quantity.comparator, None | Some(Comparator::Equal)) => {
                let computed = eval.and_then(|eval| eval.computed.or(&eval.by_rule).value());
                if kind == CellKind::Percent && is_ratio(quantity, computed) {
                    return self.ratio(quantity.number);
                }
                self.quantity(number_kind, quantity)
            }
            Reading::Quantity(_) | Reading::NotApplicable | Reading::Range { .. } | Reading::Date(_) | Reading::Words => None,
        }
    }

    /// The value that the form prints for a role, where it has one.
    pub(super) fn of_role(&self, role: Role) -> Option<Value> {
        match self.fixed(self.form().role(role)?) {
            Found::Value(value) => Some(value),
            Found::Condition(_) | Found::Blank(_) | Found::Unknown => None,
        }
    }

    fn price(&self, typed: &Typed, shown: Option<Decimal>) -> Option<Value> {
        let number = match typed.reading() {
            Reading::Blank => shown?,
            Reading::Quantity(Quantity { number, unit: Unit::None, .. }) => *number,
            _ => return said(typed.text()),
        };
        let text = format!("{}{}", group_digits(&number.to_string()), words::money(Magnitude(0))?);
        let number = Number { value: Exact::from_decimal(number), dp: number.scale(), kind: NumberKind::Plain };
        Some(Value { text, number: Some(number), cell: None })
    }

    /// A rate that was typed as the ratio itself: 0.95 is 95%.
    fn ratio(&self, number: Decimal) -> Option<Value> {
        let mut percent = number.checked_mul(Decimal::ONE_HUNDRED)?;
        percent.rescale(number.scale().saturating_sub(2));
        self.printed(NumberKind::Percent, Magnitude(0), percent)
    }

    fn quantity(&self, kind: NumberKind, quantity: &Quantity) -> Option<Value> {
        match (kind, &quantity.unit) {
            (NumberKind::Amount, Unit::None) => self.printed(kind, self.form().unit, quantity.number),
            (NumberKind::Amount, Unit::Money(magnitude)) => self.printed(kind, *magnitude, quantity.number),
            (NumberKind::Percent, Unit::None | Unit::Percent) => self.printed(kind, Magnitude(0), quantity.number),
            (NumberKind::Points, _) => self.printed(kind, Magnitude(0), quantity.number),
            (NumberKind::Amount | NumberKind::Percent, _) => None,
            (NumberKind::Plain, _) => self.printed(kind, Magnitude(0), quantity.number),
        }
    }

    /// A number with its unit. An amount in another unit than the form's keeps it, and is compared in the form's.
    fn printed(&self, kind: NumberKind, magnitude: Magnitude, number: Decimal) -> Option<Value> {
        let value = Exact::from_decimal(number);
        let (text, value, dp) = match kind {
            NumberKind::Amount => {
                let own = Exact::ten_to(u32::from(self.form().unit.0)).ok()?;
                let value = value.checked_mul(Exact::ten_to(u32::from(magnitude.0)).ok()?).ok()?.checked_div(own).ok()?;
                let dp = if magnitude == self.form().unit { number.scale() } else { least_decimals(value) };
                (format!("{}{}", group_digits(&number.to_string()), words::money(magnitude)?), value, dp)
            }
            NumberKind::Percent => (format!("{number}%"), value, number.scale()),
            NumberKind::Points | NumberKind::Plain => (number.to_string(), value, number.scale()),
        };
        Some(Value { text, number: Some(Number { value, dp, kind }), cell: None })
    }

    /// A number that no cell holds, at so many decimals.
    pub(super) fn computed(&self, kind: NumberKind, value: Exact, dp: u32) -> Option<Value> {
        let number = value.round(Rounding { dp, mode: RoundingMode::HalfUp }).ok()?;
        self.printed(kind, self.form().unit, number)
    }

    /// A typed cell of a row, or what was computed for it.
    pub(super) fn row_value(&self, table: u8, row: &crate::document::Row, column: ColumnIndex) -> Option<Value> {
        let cell = CellId::Row { table, row: row.id, column };
        let eval = self.evaluation.row(table, row.id);
        let eval = eval.and_then(|eval| eval.cells.iter().find(|(at, _)| *at == column)).map(|(_, cell)| cell);
        let value = self.cell_value(cell.kind(self.form()), row.cell(column), eval)?;
        Some(Value { cell: Some(cell), ..value })
    }

    /// 万元
    pub(super) fn unit(&self) -> &'static str {
        self.form().unit_name()
    }
}

/// Whether a bare number in a rate cell counts as the ratio itself.
fn is_ratio(quantity: &Quantity, computed: Option<Exact>) -> bool {
    quantity.unit == Unit::None && percent::worth(quantity.number, computed) == Exact::ONE
}

/// Words without the spaces around them, one line.
fn said(text: &str) -> Option<Value> {
    let mut joined = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        if !joined.is_empty() && !joined.ends_with(words::STOPS) {
            joined.push_str(words::PAUSE);
        }
        joined.push_str(line);
    }
    let marked = !matches!(crate::number::read(&joined), Reading::NotApplicable | Reading::Blank);
    marked.then_some(Value { text: joined, number: None, cell: None })
}

/// 2020, whether 2020年 or 2020年度 was typed.
fn year(typed: &Typed) -> Option<Value> {
    let text = typed.text().trim().trim_end_matches("年度").trim_end_matches('年');
    said(text)
}

fn plain(reading: &Reading) -> Option<Number> {
    let Reading::Quantity(quantity) = reading else { return None };
    let kind = match quantity.unit {
        Unit::Percent => NumberKind::Percent,
        Unit::None | Unit::Money(_) | Unit::Other { .. } => NumberKind::Plain,
    };
    Some(Number { value: Exact::from_decimal(quantity.number), dp: quantity.decimals(), kind })
}

/// The decimals that an amount needs, up to the 分.
pub(super) fn least_decimals(value: Exact) -> u32 {
    (0..6).find(|dp| value.is_decimal_at(*dp)).unwrap_or(6)
}

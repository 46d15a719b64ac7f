//! 换算: the amounts of a document in another unit, digit by digit, so that nothing is rounded.

use super::{CellId, Document, Typed};
use crate::number::{Comparator, Magnitude, Reading, Unit};
use crate::prelude::*;
use crate::template::{CellKind, Form};
use rust_decimal::Decimal;

/// Where zeros were typed behind the point, so many decimals stay: 180.00 in 万元 is 1800000.00 in 元, and 180 is 1800000.
const KEPT_DECIMALS: u32 = 2;

/// What becomes of the typed amounts in another unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Conversion {
    /// The cells whose text changes, each with its new text.
    pub cells: Vec<(CellId, String)>,
    /// Amounts that name a unit of their own and mean the same under any other.
    pub with_unit: usize,
    /// Cells for amounts that hold no plain number, or one with too many digits: they stay as they are.
    pub left: Vec<CellId>,
}

impl Conversion {
    /// Whether any amount was typed.
    pub fn is_any(&self) -> bool {
        !self.cells.is_empty() || self.with_unit > 0 || !self.left.is_empty()
    }

    /// The amounts of `document` in `to` instead of in its own unit.
    pub fn new(document: &Document, form: &Form, to: Magnitude) -> Conversion {
        let mut conversion = Conversion::default();
        for (at, _) in (0..).zip(&form.cells).filter(|(_, cell)| cell.kind == CellKind::Amount) {
            conversion.take(CellId::Fixed(at), document.fixed(at), document.unit, to);
        }
        for (table, def) in (0..).zip(&form.tables) {
            for (column, _) in (0..).zip(&def.columns).filter(|(_, column)| column.kind == CellKind::Amount) {
                for row in document.rows(table) {
                    conversion.take(CellId::Row { table, row: row.id, column }, row.cell(column), document.unit, to);
                }
            }
        }
        conversion
    }

    fn take(&mut self, cell: CellId, typed: &Typed, from: Magnitude, to: Magnitude) {
        match typed.reading() {
            Reading::Blank | Reading::NotApplicable => {}
            Reading::Quantity(quantity) => match (&quantity.unit, quantity.comparator) {
                (Unit::None, None | Some(Comparator::Equal)) => match converted(quantity.number, from, to) {
                    Some(number) => {
                        let sign = if quantity.comparator.is_some() { "=" } else { "" };
                        self.cells.push((cell, format!("{sign}{number}")));
                    }
                    None => self.left.push(cell),
                },
                (Unit::Money(_), _) => self.with_unit = self.with_unit.saturating_add(1),
                // 180万 is as good as 180万元.
                (Unit::Other { name, .. }, _) if name.is_empty() => self.with_unit = self.with_unit.saturating_add(1),
                (Unit::None | Unit::Percent | Unit::Other { .. }, _) => self.left.push(cell),
            },
            Reading::Range { .. } | Reading::Date(_) | Reading::Words => self.left.push(cell),
        }
    }
}

/// A number in another unit, exactly. `None` where it has more digits than a number may have.
pub fn converted(number: Decimal, from: Magnitude, to: Magnitude) -> Option<Decimal> {
    let zeros = number.scale() >= KEPT_DECIMALS && number.normalize().scale() < number.scale();
    let kept = if zeros { KEPT_DECIMALS } else { 0 };
    let (mantissa, scale) = (number.mantissa(), number.scale());
    let moved = if from >= to {
        let more = u32::from(from.0.checked_sub(to.0)?);
        let (over, scale) = (more.saturating_sub(scale), scale.saturating_sub(more));
        Decimal::try_from_i128_with_scale(mantissa.checked_mul(10i128.checked_pow(over)?)?, scale).ok()?
    } else {
        Decimal::try_from_i128_with_scale(mantissa, scale.checked_add(u32::from(to.0.checked_sub(from.0)?))?).ok()?
    };
    let mut least = moved.normalize();
    if least.scale() < kept {
        least.rescale(kept);
    }
    // Where even the zeros do not fit, the number would not be what it was.
    (least == moved && least.scale() >= kept.min(moved.scale())).then_some(least)
}

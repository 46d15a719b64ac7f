use super::outcome::{Outcome, Why};
use crate::document::{CellId, Document, Typed};
use crate::number::{Comparator, Exact, Magnitude, Quantity, Reading, Unit};
use crate::prelude::*;
use crate::template::{CellKind, Form, Template};
use core::num::NonZero;

/// Which numbers a formula reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// 按填报: what stands on the page; a computed cell that is blank counts as computed.
    Entered,
    /// 按口径: everything that has a formula is recomputed.
    Rule,
}

/// The values of the fixed cells under one basis, filled in as they are computed.
pub struct Values<'a> {
    pub template: &'a Template,
    pub document: &'a Document,
    pub basis: Basis,
    fixed: Vec<Outcome>,
}

impl<'a> Values<'a> {
    /// Every fixed cell as typed; computed ones follow by [`Values::put_computed`].
    pub fn new(template: &'a Template, document: &'a Document, basis: Basis) -> Values<'a> {
        let form = &template.form;
        let fixed = (0..)
            .zip(&form.cells)
            .map(|(at, cell)| typed_value(form, cell.kind, document.fixed(at), CellId::Fixed(at)))
            .collect();
        Values { template, document, basis, fixed }
    }

    pub fn fixed(&self, at: u16) -> Outcome {
        self.fixed.get(usize::from(at)).cloned().unwrap_or(Outcome::Blank(Vec::new()))
    }

    /// Settles what a computed cell counts as: by rule the computed value, as entered the typed one, and each the other
    /// where it has none.
    pub fn put_computed(&mut self, at: u16, computed: &Outcome, fill: bool) {
        if let Some(slot) = self.fixed.get_mut(usize::from(at)) {
            *slot = match self.basis {
                Basis::Rule => computed.or(slot),
                Basis::Entered if fill => slot.or(computed),
                Basis::Entered => return,
            };
        }
    }

    /// The value of any typed cell, without regard to formulas of rows.
    pub fn cell(&self, cell: CellId) -> Outcome {
        match cell {
            CellId::Fixed(at) => self.fixed(at),
            CellId::Row { .. } => {
                let form = &self.template.form;
                typed_value(form, cell.kind(form), self.document.typed(cell), cell)
            }
        }
    }
}

/// What a typed text is worth in a numeric cell: amounts in 元, rates as ratios, points as they are.
pub fn typed_value(form: &Form, kind: CellKind, typed: &Typed, cell: CellId) -> Outcome {
    match typed.reading() {
        Reading::Blank => Outcome::Blank(vec![cell]),
        Reading::NotApplicable => Outcome::NotApplicable,
        Reading::Quantity(quantity) => match factor(form, kind, quantity) {
            Some(factor) => Exact::from_decimal(quantity.number).checked_mul(factor).into(),
            None => Outcome::Undefined(Why::Unreadable(cell)),
        },
        Reading::Range { .. } | Reading::Date(_) | Reading::Words => Outcome::Undefined(Why::Unreadable(cell)),
    }
}

/// The value of one printed unit in a cell of this kind; `None` where such a quantity has no place there.
pub fn factor(form: &Form, kind: CellKind, quantity: &Quantity) -> Option<Exact> {
    let plain = matches!(quantity.comparator, None | Some(Comparator::Equal));
    match (kind, &quantity.unit) {
        (CellKind::Amount, Unit::None) if plain => Some(power_of_ten(form.unit)),
        (CellKind::Amount, Unit::Money(magnitude)) if plain => Some(power_of_ten(*magnitude)),
        (CellKind::Amount, Unit::Other { magnitude, name }) if plain && name.is_empty() => Some(power_of_ten(*magnitude)),
        // A rate column without a sign holds percentages: 100.00 under 执行率 is 100.00%.
        (CellKind::Percent, Unit::None | Unit::Percent) if plain => Some(HUNDREDTH),
        (CellKind::Points, Unit::None | Unit::Percent) if plain => Some(Exact::ONE),
        (CellKind::Points, Unit::Other { magnitude: Magnitude(0), name }) if plain && &**name == "分" => Some(Exact::ONE),
        (CellKind::Year, Unit::None) => Some(Exact::ONE),
        (CellKind::Year, Unit::Other { magnitude: Magnitude(0), name }) if name.starts_with('年') => Some(Exact::ONE),
        (CellKind::Value, _) => Some(quantity.factor()),
        _ => None,
    }
}

const HUNDREDTH: Exact = Exact::ratio(1, NonZero::new(100).expect("100 is not 0"));

pub fn power_of_ten(magnitude: Magnitude) -> Exact {
    Exact::from_int(10i64.checked_pow(u32::from(magnitude.0)).unwrap_or(1))
}

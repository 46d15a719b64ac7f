use super::evaluation::Evaluation;
use super::groups::Rows;
use super::levels::Levels;
use super::meaning::{Meaning, Meanings};
use super::nesting::Nesting;
use super::percent;
use super::settled::{Keys, RowsByKey, Settled, Trees};
use crate::document::{CellId, Document, Typed};
use crate::number::{Comparator, Exact, Magnitude, Quantity, Reading, Unit};
use crate::outcome::{Outcome, Why};
use crate::prelude::*;
use crate::template::{CellKind, ColumnIndex, Form, Role, TableIndex, Template};

/// Which numbers a formula reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// 按填报: what stands on the page; a computed cell that is blank counts as computed.
    Entered,
    /// 按口径: everything that has a formula is recomputed.
    Rule,
}

/// The values of all cells under one basis, filled in as they are computed.
pub struct Values<'a> {
    pub template: &'a Template,
    pub document: &'a Document,
    pub basis: Basis,
    settled: Rc<Settled>,
}

impl<'a> Values<'a> {
    /// Every fixed cell as typed; computed ones follow by [`Values::put_computed`].
    pub fn new(template: &'a Template, document: &'a Document, trees: Trees, meanings: Rc<[Meanings]>) -> Values<'a> {
        let form = &template.form;
        let fixed = (0..)
            .zip(form.table_cells())
            .map(|(at, cell)| typed_value(form, cell.kind, document.fixed(at), CellId::Fixed(at)))
            .collect();
        let settled = Settled { fixed, rows: SortedMap::new(), trees, meanings, keys: Keys::default() };
        Values { template, document, basis: Basis::Entered, settled: Rc::new(settled) }
    }

    /// The same by rule, before anything is computed.
    pub(super) fn by_rule(&self) -> Values<'a> {
        Values { basis: Basis::Rule, settled: Rc::new(Settled::clone(&self.settled)), ..*self }
    }

    /// What cells count as in an evaluation of the document, as entered.
    pub fn of(template: &'a Template, document: &'a Document, evaluation: &Evaluation) -> Values<'a> {
        Values { template, document, basis: Basis::Entered, settled: evaluation.settled.clone() }
    }

    /// What an evaluation keeps.
    pub(super) fn settled(&self) -> Rc<Settled> {
        self.settled.clone()
    }

    /// The positions of the rows of a table that say `wanted` in a column, without those that stand below another such row.
    pub(super) fn rows_by_key(&self, table: TableIndex, column: ColumnIndex, wanted: &str) -> Vec<usize> {
        let made = || {
            let mut rows = RowsByKey::new();
            for (position, row) in self.document.rows(table).iter().enumerate() {
                let said = key(row.cell(column).text());
                if !said.is_empty() && !self.is_below(table, column, position, said) {
                    rows.entry(said.to_owned()).or_default().push(position);
                }
            }
            Rc::new(rows)
        };
        let known = self.settled.keys.rows.borrow_mut().entry((table, column)).or_insert_with(made).clone();
        known.get(wanted).cloned().unwrap_or_default()
    }

    /// The sum of a column over the rows that say `wanted` in another, made once. A column is settled before anything sums it.
    pub(super) fn sum_by_key(
        &self,
        (table, column, theirs): (TableIndex, ColumnIndex, ColumnIndex),
        wanted: &str,
        made: impl FnOnce() -> Outcome,
    ) -> Outcome {
        let key = (table, column, theirs, wanted.to_owned());
        if let Some(known) = self.settled.keys.sums.borrow().get(&key) {
            return known.clone();
        }
        let sum = made();
        self.settled.keys.sums.borrow_mut().insert(key, sum.clone());
        sum
    }

    /// Whether a row above says the same.
    fn is_below(&self, table: TableIndex, column: ColumnIndex, position: usize, said: &str) -> bool {
        let (nesting, rows) = (self.nesting(table), self.document.rows(table));
        let mut above = nesting.parent(position);
        while let Some(parent) = above {
            if rows.get(parent).is_some_and(|row| key(row.cell(column).text()) == said) {
                return true;
            }
            above = nesting.parent(parent);
        }
        false
    }

    pub fn fixed(&self, at: u16) -> Outcome {
        self.settled.fixed.get(usize::from(at)).cloned().unwrap_or(Outcome::nothing())
    }

    /// The tree of a table's rows.
    pub fn nesting(&self, table: TableIndex) -> &Nesting {
        self.settled.trees.nesting(table)
    }

    /// The levels of a table's rows.
    pub fn levels(&self, table: TableIndex) -> &Levels {
        self.settled.trees.levels(table)
    }

    /// The one year (预算年度) that the document is of, where it says it.
    pub fn fiscal_year(&self) -> Option<u16> {
        let at = self.template.form.role(Role::FiscalYear)?;
        match self.document.fixed(at).reading() {
            Reading::Quantity(quantity) => u16::try_from(quantity.number).ok().filter(|year| (1900..=2100).contains(year)),
            Reading::Date(date) => date.year,
            Reading::Blank | Reading::NotApplicable | Reading::Range { .. } | Reading::Words => None,
        }
    }

    /// What a row of a table is.
    pub fn meaning(&self, table: TableIndex, position: usize) -> &Meaning {
        const NONE: &Meaning = &Meaning::NONE;
        self.settled.meanings.get(usize::from(table)).map_or(NONE, |meanings| meanings.row(position))
    }

    /// The rows of a group by their positions; none for a row that is no group.
    pub fn members(&self, table: TableIndex, position: usize) -> Vec<usize> {
        self.rows_of(table).map_or(Vec::new(), |rows| rows.members(position))
    }

    /// The rows that hold the values of a nameless row with points.
    pub fn held(&self, table: TableIndex, position: usize) -> Vec<usize> {
        self.rows_of(table).map_or(Vec::new(), |rows| rows.held(position))
    }

    fn rows_of(&self, table: TableIndex) -> Option<Rows<'_>> {
        let def = self.template.form.table(table)?;
        Some(Rows { template: self.template, table, def, rows: self.document.rows(table), levels: self.levels(table) })
    }

    /// Settles what a computed cell counts as: by rule the computed value, as entered the typed one, and each the other
    /// where it has none. What was declared 不适用 is not computed under either.
    pub fn put_computed(&mut self, cell: CellId, computed: &Outcome, fill: bool) {
        let known = self.cell(cell);
        let typed = self.beside(cell, computed).unwrap_or_else(|| known.clone());
        let counts = match self.basis {
            _ if typed == Outcome::NotApplicable => return,
            Basis::Rule => computed.or(&typed),
            Basis::Entered if fill => typed.or(computed),
            // Not filled in, but what was typed may have been settled.
            Basis::Entered if typed != known => typed,
            Basis::Entered => return,
        };
        // Nobody else holds it while cells are settled, so nothing is copied.
        let settled = Rc::make_mut(&mut self.settled);
        match cell {
            CellId::Fixed(at) => {
                if let Some(slot) = settled.fixed.get_mut(usize::from(at)) {
                    *slot = counts;
                }
            }
            CellId::Row { .. } => {
                settled.rows.insert(cell, counts);
            }
        }
    }

    /// What a bare number in a rate cell counts as beside the rate that is computed for it.
    fn beside(&self, cell: CellId, computed: &Outcome) -> Option<Outcome> {
        let form = &self.template.form;
        let computed = computed.value().filter(|_| cell.kind(form) == CellKind::Percent)?;
        let Reading::Quantity(quantity) = self.document.typed(cell).reading() else { return None };
        let bare = quantity.unit == Unit::None && factor(form, CellKind::Percent, quantity).is_some();
        let worth = percent::worth(quantity.number, Some(computed));
        bare.then(|| Exact::from_decimal(quantity.number).checked_mul(worth).into())
    }

    /// The value of any cell.
    pub fn cell(&self, cell: CellId) -> Outcome {
        match cell {
            CellId::Fixed(at) => self.fixed(at),
            CellId::Row { .. } => self.settled.rows.get(&cell).cloned().unwrap_or_else(|| self.typed(cell)),
        }
    }

    /// The same, for those who have what was typed at hand and need not look for its row.
    pub fn cell_typed(&self, cell: CellId, kind: CellKind, typed: &Typed) -> Outcome {
        let computed = if self.settled.rows.is_empty() { None } else { self.settled.rows.get(&cell).cloned() };
        match cell {
            CellId::Fixed(at) => self.fixed(at),
            CellId::Row { .. } => computed.unwrap_or_else(|| typed_value(&self.template.form, kind, typed, cell)),
        }
    }

    /// What was typed in a cell, computed or not.
    pub fn typed(&self, cell: CellId) -> Outcome {
        let form = &self.template.form;
        typed_value(form, cell.kind(form), self.document.typed(cell), cell)
    }
}

/// 2021, 2021年 and 2021年度 are one key.
pub(super) fn key(text: &str) -> &str {
    text.trim().trim_end_matches("年度").trim_end_matches('年')
}

/// What a typed text is worth in a numeric cell: amounts in 元, rates as ratios, points as they are.
pub fn typed_value(form: &Form, kind: CellKind, typed: &Typed, cell: CellId) -> Outcome {
    match typed.reading() {
        Reading::Blank => Outcome::missing(cell),
        Reading::NotApplicable => Outcome::NotApplicable,
        Reading::Quantity(quantity) => match factor(form, kind, quantity) {
            Some(factor) => Exact::from_decimal(quantity.number).checked_mul(factor).into(),
            None => Outcome::Undefined(Why::Unreadable(cell)),
        },
        Reading::Words if is_none(kind, typed.text()) => Outcome::NotApplicable,
        Reading::Range { .. } | Reading::Date(_) | Reading::Words => Outcome::Undefined(Why::Unreadable(cell)),
    }
}

/// 无 where an amount, a count or a rate would stand. Where points or a value stand, it is an answer.
fn is_none(kind: CellKind, text: &str) -> bool {
    let counts = matches!(kind, CellKind::Amount | CellKind::Price | CellKind::Count | CellKind::Percent);
    counts && matches!(text.trim(), "无" | "没有" | "暂无" | "空")
}

/// The value of one printed unit in a cell of this kind; `None` where such a quantity has no place there.
pub fn factor(form: &Form, kind: CellKind, quantity: &Quantity) -> Option<Exact> {
    let plain = matches!(quantity.comparator, None | Some(Comparator::Equal));
    match (kind, &quantity.unit) {
        (CellKind::Amount, Unit::None) if plain => Some(power_of_ten(form.unit)),
        (CellKind::Amount, Unit::Money(magnitude)) if plain => Some(power_of_ten(*magnitude)),
        (CellKind::Amount, Unit::Other { magnitude, name }) if plain && name.is_empty() => Some(power_of_ten(*magnitude)),
        (CellKind::Price, Unit::None) if plain => Some(Exact::ONE),
        (CellKind::Price, Unit::Money(magnitude)) if plain => Some(power_of_ten(*magnitude)),
        (CellKind::Price, Unit::Other { magnitude, name }) if plain && name.starts_with(['元', '/', '／']) => {
            Some(power_of_ten(*magnitude))
        }
        (CellKind::Count, Unit::None | Unit::Other { .. }) if plain => Some(quantity.factor()),
        (CellKind::Percent, Unit::None) if plain => Some(percent::worth(quantity.number, None)),
        (CellKind::Percent, Unit::Percent) if plain => Some(percent::HUNDREDTH),
        (CellKind::Points, Unit::None | Unit::Percent) if plain => Some(Exact::ONE),
        (CellKind::Points, Unit::Other { magnitude: Magnitude(0), name }) if plain && &**name == "分" => Some(Exact::ONE),
        (CellKind::Year, Unit::None) => Some(Exact::ONE),
        (CellKind::Year, Unit::Other { magnitude: Magnitude(0), name }) if name.starts_with('年') => Some(Exact::ONE),
        (CellKind::Value, _) => Some(quantity.factor()),
        _ => None,
    }
}

/// A value in the units in which a cell of this kind is printed: amounts in the form's unit, rates in percent.
pub fn printed_units(form: &Form, kind: CellKind, value: Exact) -> Option<Exact> {
    match kind {
        CellKind::Amount => value.checked_div(power_of_ten(form.unit)).ok(),
        CellKind::Percent => value.checked_mul(Exact::HUNDRED).ok(),
        CellKind::Points
        | CellKind::Price
        | CellKind::Count
        | CellKind::Text
        | CellKind::Prose
        | CellKind::Year
        | CellKind::Date
        | CellKind::Value
        | CellKind::Grade
        | CellKind::Choice => Some(value),
    }
}

pub fn power_of_ten(magnitude: Magnitude) -> Exact {
    Exact::from_int(10i64.checked_pow(u32::from(magnitude.0)).unwrap_or(1))
}

//! L02: amounts that look as if they were typed in another unit than the table's: here throughout the table, in [`mixed`] some beside
//! others.

mod mixed;

use super::{Checked, prose};
use crate::document::{CellId, Edit, Typed};
use crate::engine::values::power_of_ten;
use crate::finding::{Code, Facts, Finding, Severity, UnitFacts};
use crate::number::{Exact, Magnitude, Quantity, Reading, Rounding, RoundingMode, Unit};
use crate::prelude::*;
use crate::template::CellKind;
use rust_decimal::Decimal;

/// From how many on an amount in a unit is looked at.
struct Limits {
    /// Whole amounts of that size are far more often in a smaller unit: 1 亿元 for a project.
    suspicious: i64,
    /// Whole numbers of that size throughout leave no doubt: 10 亿元 for a project of a county or a bureau.
    certain: i64,
    /// Of that size even an amount with decimals is looked at: 100 亿元.
    huge: i64,
    /// The powers of ten by which an amount in a smaller unit that people use is too large, the nearest first.
    slips: &'static [u8],
}

/// Limits for the units that an amount can be too large in. Where a table counts in 亿元, it is a province's or the nation's.
fn limits(unit: Magnitude) -> Option<Limits> {
    match unit {
        Magnitude(3) => Some(Limits { suspicious: 100_000, certain: 1_000_000, huge: 10_000_000, slips: &[3] }),
        Magnitude(4) => Some(Limits { suspicious: 10_000, certain: 100_000, huge: 1_000_000, slips: &[4] }),
        Magnitude(8) => Some(Limits { suspicious: 10_000, certain: 100_000, huge: 1_000_000, slips: &[4, 8] }),
        _ => None,
    }
}

/// Below this many 元 throughout, no project's amounts are.
const SMALL: i64 = 1_000;

/// Below this many, an amount with a part of a 分 is one in 万元.
const SPLIT: i64 = 10_000;

pub fn check(checked: &Checked<'_>, findings: &mut Vec<Finding>) {
    let mixed = mixed::check(checked);
    let mut amounts = amounts(checked);
    // What is in another unit than its neighbours is said already.
    let said = |cell: &CellId| mixed.iter().any(|finding| finding.at.contains(cell));
    amounts.retain(|(cell, _)| !said(cell));
    let unit = checked.form().unit;
    let large = limits(unit).and_then(|limits| too_large(&amounts, unit, &limits));
    let small = (unit == Magnitude(0) && mixed.is_empty()).then(|| too_small(&amounts)).flatten();
    // A text that gives one of these amounts with its unit shows that the unit of the table was meant.
    let is_confirmed = |finding: &Finding| {
        let values = finding.at.iter().filter_map(|cell| checked.entered.cell(*cell).value()).collect::<Vec<_>>();
        prose::says_amount(checked, &values)
    };
    findings.extend(large.into_iter().chain(small).filter(|finding| !is_confirmed(finding)));
    findings.extend(mixed);
}

/// A value in 元 in the table's unit.
fn in_unit(value: Exact, unit: Magnitude) -> Option<Exact> {
    value.checked_div(power_of_ten(unit)).ok()
}

/// Whether a number is whole, whatever zeros stand behind its point.
fn is_whole(quantity: &Quantity) -> bool {
    quantity.number.normalize().scale() == 0
}

/// 元 under 千元 or 万元, 万元 or 元 under 亿元.
fn too_large(amounts: &[(CellId, &Quantity)], unit: Magnitude, limits: &Limits) -> Option<Finding> {
    let from = |number: Decimal, least: i64| Exact::from_decimal(number) >= Exact::from_int(least);
    // Decimals show that somebody meant the unit, unless they are zeros or the amount is out of all proportion.
    let is_suspicious = |quantity: &Quantity| match (is_whole(quantity), quantity.decimals()) {
        (true, 0) => from(quantity.number, limits.suspicious),
        (true, _) => from(quantity.number, limits.certain),
        (false, decimals) => decimals <= 2 && from(quantity.number, limits.huge),
    };
    let suspicious: Vec<&(CellId, &Quantity)> = amounts.iter().filter(|(_, quantity)| is_suspicious(quantity)).collect();
    let (_, first) = suspicious.first()?;
    // Whole numbers of that size throughout are of a smaller unit; decimals, or smaller amounts beside them, show that somebody meant this one.
    let mut filled = amounts.iter().filter(|(_, quantity)| !quantity.number.is_zero());
    let all = filled.all(|(_, quantity)| is_whole(quantity) && from(quantity.number, limits.certain));
    let scaled = |quantity: &Quantity, power: u8| {
        let scaled = Exact::from_decimal(quantity.number).checked_div(power_of_ten(Magnitude(power))).ok()?;
        scaled.round(Rounding { dp: u32::from(power) + 2, mode: RoundingMode::HalfUp }).ok().map(|number| number.normalize())
    };
    // The nearest smaller unit in which the amount is of a usual size.
    let fits = |power: &u8| scaled(first, *power).is_some_and(|number| !from(number, limits.suspicious));
    let power = limits.slips.iter().copied().find(fits).or(limits.slips.last().copied())?;
    let cells: Vec<CellId> = suspicious.iter().map(|(cell, _)| *cell).collect();
    let fix = all.then(|| {
        let texts = suspicious.iter().filter_map(|(cell, quantity)| Some((*cell, scaled(quantity, power)?.to_string())));
        Edit::SetMany(texts.collect())
    });
    // As it stands it is so much, in 亿元.
    let stands = Exact::from_decimal(first.number).checked_div(power_of_ten(Magnitude(8 - unit.0.min(8)))).ok()?;
    let facts = Facts::UnitTooLarge { printed: first.number.to_string(), stands, scaled: scaled(first, power)?, power, all };
    let severity = if all { Severity::Error } else { Severity::Warning };
    Some(Finding::new(Code::L02, cells, facts).with_severity(severity).with_fix(fix))
}

/// 万元 under 元: amounts below 1000 元 throughout, or some with parts of a 分 that are all below 1 万元.
fn too_small(amounts: &[(CellId, &Quantity)]) -> Option<Finding> {
    let filled: Vec<&(CellId, &Quantity)> = amounts.iter().filter(|(_, quantity)| !quantity.number.is_zero()).collect();
    let below =
        |least: i64| filled.iter().all(|(_, quantity)| Exact::from_decimal(quantity.number).abs() < Exact::from_int(least));
    let split = || filled.iter().any(|(_, quantity)| quantity.number.normalize().scale() > 2);
    // A single small amount may be a small amount.
    if filled.len() < 2 || !(below(SMALL) || (below(SPLIT) && split())) {
        return None;
    }
    let (_, first) = filled.first()?;
    let cells = filled.iter().map(|(cell, _)| *cell).collect();
    let facts = Facts::Unit(UnitFacts::TooSmall { printed: first.number.to_string() });
    Some(Finding::new(Code::L02, cells, facts).with_severity(Severity::Warning))
}

/// Every amount typed without a unit of its own.
fn amounts<'a>(checked: &Checked<'a>) -> Vec<(CellId, &'a Quantity)> {
    let document = checked.document();
    let form = checked.form();
    let mut amounts = Vec::new();
    let mut take = |cell: CellId, typed: &'a Typed| match typed.reading() {
        Reading::Quantity(quantity) if quantity.unit == Unit::None => amounts.push((cell, quantity)),
        _ => {}
    };
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Amount {
            take(CellId::Fixed(at), document.fixed(at));
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for row in document.rows(table) {
            for (column, column_def) in (0..).zip(&def.columns) {
                if column_def.kind == CellKind::Amount {
                    take(CellId::Row { table, row: row.id, column }, row.cell(column));
                }
            }
        }
    }
    amounts
}

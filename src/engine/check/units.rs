//! L02: amounts that look as if they were typed in another unit than the table's: here throughout the table, in [`mixed`] some beside
//! others.

mod mixed;

use super::Checked;
use crate::document::{CellId, Edit};
use crate::engine::values::power_of_ten;
use crate::finding::{Code, Facts, Finding, Severity, UnitFacts};
use crate::number::{Exact, Magnitude, Quantity, Reading, Rounding, RoundingMode, Unit};
use crate::prelude::*;
use crate::template::CellKind;

/// From this many 万元 on (1 亿元) a project's amount is looked at: whole amounts of that size are far more often 元.
const SUSPICIOUS: i64 = 10_000;

/// From this many on (10 亿元), whole numbers throughout leave no doubt for a project of a county or a bureau.
const CERTAIN: i64 = 100_000;

/// From this many on (100 亿元) even an amount with decimals is looked at.
const HUGE: i64 = 1_000_000;

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
    match checked.form().unit {
        Magnitude(4) => too_large(&amounts, findings),
        Magnitude(0) if mixed.is_empty() => too_small(&amounts, findings),
        _ => {}
    }
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

/// 元 under 万元.
fn too_large(amounts: &[(CellId, &Quantity)], findings: &mut Vec<Finding>) {
    let from = |quantity: &Quantity, least: i64| Exact::from_decimal(quantity.number) >= Exact::from_int(least);
    // Decimals show that somebody meant 万元, unless they are zeros or the amount is out of all proportion.
    let is_suspicious = |quantity: &Quantity| match (is_whole(quantity), quantity.decimals()) {
        (true, 0) => from(quantity, SUSPICIOUS),
        (true, _) => from(quantity, CERTAIN),
        (false, decimals) => decimals <= 2 && from(quantity, HUGE),
    };
    let suspicious: Vec<&(CellId, &Quantity)> = amounts.iter().filter(|(_, quantity)| is_suspicious(quantity)).collect();
    let Some((_, first)) = suspicious.first() else { return };
    // Whole numbers of that size throughout are 元; decimals, or smaller amounts beside them, show that somebody meant 万元.
    let mut filled = amounts.iter().filter(|(_, quantity)| !quantity.number.is_zero());
    let all = filled.all(|(_, quantity)| is_whole(quantity) && from(quantity, CERTAIN));
    let in_wan = |quantity: &Quantity| {
        let scaled = Exact::from_decimal(quantity.number).checked_div(power_of_ten(Magnitude(4))).ok()?;
        scaled.round(Rounding { dp: 6, mode: RoundingMode::HalfUp }).ok().map(|number| number.normalize())
    };
    let Some(scaled) = in_wan(first) else { return };
    let cells: Vec<CellId> = suspicious.iter().map(|(cell, _)| *cell).collect();
    let fix = all.then(|| {
        let texts = suspicious.iter().filter_map(|(cell, quantity)| Some((*cell, in_wan(quantity)?.to_string())));
        Edit::SetMany(texts.collect())
    });
    let facts = Facts::UnitTooLarge { printed: first.number.to_string(), scaled, all };
    let severity = if all { Severity::Error } else { Severity::Warning };
    findings.push(Finding::new(Code::L02, cells, facts).with_severity(severity).with_fix(fix));
}

/// 万元 under 元: amounts below 1000 元 throughout, or some with parts of a 分 that are all below 1 万元.
fn too_small(amounts: &[(CellId, &Quantity)], findings: &mut Vec<Finding>) {
    let filled: Vec<&(CellId, &Quantity)> = amounts.iter().filter(|(_, quantity)| !quantity.number.is_zero()).collect();
    let below =
        |least: i64| filled.iter().all(|(_, quantity)| Exact::from_decimal(quantity.number).abs() < Exact::from_int(least));
    let split = || filled.iter().any(|(_, quantity)| quantity.number.normalize().scale() > 2);
    // A single small amount may be a small amount.
    if filled.len() < 2 || !(below(SMALL) || (below(SPLIT) && split())) {
        return;
    }
    let Some((_, first)) = filled.first() else { return };
    let cells = filled.iter().map(|(cell, _)| *cell).collect();
    let facts = Facts::Unit(UnitFacts::TooSmall { printed: first.number.to_string() });
    findings.push(Finding::new(Code::L02, cells, facts).with_severity(Severity::Warning));
}

/// Every amount typed without a unit of its own.
fn amounts<'a>(checked: &Checked<'a>) -> Vec<(CellId, &'a Quantity)> {
    let document = checked.document();
    let form = checked.form();
    let mut cells = Vec::new();
    for (at, def) in (0..).zip(&form.cells) {
        if def.kind == CellKind::Amount {
            cells.push((CellId::Fixed(at), document.fixed(at)));
        }
    }
    for (table, def) in (0..).zip(&form.tables) {
        for row in document.rows(table) {
            for (column, column_def) in (0..).zip(&def.columns) {
                if column_def.kind == CellKind::Amount {
                    cells.push((CellId::Row { table, row: row.id, column }, row.cell(column)));
                }
            }
        }
    }
    cells
        .into_iter()
        .filter_map(|(cell, typed)| match typed.reading() {
            Reading::Quantity(quantity) if quantity.unit == Unit::None => Some((cell, quantity)),
            _ => None,
        })
        .collect()
}
